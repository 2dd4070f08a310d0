"""Pictures of random models show what the models say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archdoc.pipeline import Source, draw, sources
from archdoc.pipeline.proof import prove_pictures
from archdoc.report import Severity
from archdoc.rules import check
from archdoc.source import Loaded, Locations
from archdoc.views import diagrams
from conftest import examples
from random_models import Chance

_EACH = examples(15, 125)


@pytest.mark.parametrize("run", range(4))
def test_pictures_of_random_models_show_what_they_say(run: int, engines: None) -> None:
    """All in one go: Java starts once."""
    wanted: list[Source] = []
    for number in range(run * _EACH, (run + 1) * _EACH):
        model = Chance(number).model()
        found = check(Loaded(model, Locations()))
        if not any(finding.severity is Severity.ERROR for finding in found):
            wanted += sources(replace(d, id=f"m{number}-{d.id}") for d in diagrams(model))
    drawn = draw(wanted, png=False)

    assert wanted
    assert [f"{name}: {failure.message}" for name, failure in drawn.failures.items()] == []
    assert [problem.message for problem in prove_pictures(wanted, drawn)] == []


def test_arrows_that_a_picture_draws_to_an_icon_of_a_group_keep_their_relationships(
    engines: None,
) -> None:
    """Graphviz joins icons only; a page tells by the relationship what belongs together."""
    wanted: list[Source] = []
    for number in (1106, 1110):
        every = sources(
            replace(d, id=f"g{number}-{d.id}") for d in diagrams(Chance(number).model())
        )
        wanted += (source for source in every if source.output.name == "aws_diagrams")
    drawn = draw(wanted, png=False)

    assert wanted
    assert [problem.message for problem in prove_pictures(wanted, drawn)] == []
