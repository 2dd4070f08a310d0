"""Pictures of random models show what the models say."""

from __future__ import annotations

import pytest

from archdoc.pipeline import draw, sources
from archdoc.pipeline.proof import prove_pictures
from archdoc.report import Severity
from archdoc.rules import check
from archdoc.source import Loaded, Locations
from archdoc.views import diagrams
from random_models import Chance

_EACH = 15


@pytest.mark.parametrize("run", range(4))
def test_pictures_of_random_models_show_what_they_say(run: int, engines: None) -> None:
    wanted = []
    for number in range(run * _EACH, (run + 1) * _EACH):
        model = Chance(number).model()
        found = check(Loaded(model, Locations()))
        if not any(finding.severity is Severity.ERROR for finding in found):
            wanted.append(sources(diagrams(model)))
    assert wanted
    for pictures in wanted:
        drawn = draw(pictures, png=False)

        assert [failure.message for failure in drawn.failures.values()] == []
        assert [problem.message for problem in prove_pictures(pictures, drawn)] == []
