"""Whatever mistake is made in an emitter, the proof that every build runs finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline.proof import prove_compose
from archdoc.source import Loaded
from helpers import loaded
from mutation import bugs_found, emitters
from mutation.emitters import Bug


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(tmp_path_factory.mktemp("shop"), bugs_found.SHOP)


def test_every_bug_of_what_writes_diagrams_is_found(shop: Loaded, engines: None) -> None:
    bugs = bugs_found.in_diagrams(shop)
    expected = {f"{bug.output}: {bug.kind}" for bug in emitters.PICTURES}
    expected |= {f"{name}: wrong parent" for name in emitters.WRONG_PARENT}

    assert bugs.keys() == expected
    lost = [f"{name}: {s.path}" for name, some in bugs.items() for s, found in some if not found]
    assert lost == []


def test_outputs_without_bugs_have_nothing_wrong(shop: Loaded) -> None:
    assert bugs_found.in_texts(shop) == []


@pytest.mark.parametrize("bug", emitters.TEXTS, ids=lambda bug: f"{bug.output}: {bug.kind}")
def test_every_bug_of_compose_files_and_json_is_found(
    shop: Loaded, bug: Bug, monkeypatch: pytest.MonkeyPatch
) -> None:
    bug.put(monkeypatch)

    assert bugs_found.in_texts(shop)


@pytest.mark.parametrize("bug", emitters.SITE, ids=lambda bug: bug.kind)
def test_every_bug_of_the_site_is_found_by_the_check_of_outputs(
    shop: Loaded, bug: Bug, engines: None, tmp_path: Path
) -> None:
    """Not by the build itself: its pages may be anybody's, in any theme."""
    told = bugs_found.in_site(shop, bug, tmp_path / "build")

    assert told
    assert all(f"{tmp_path / 'build' / 'site'}" in finding.subject for finding in told)


def test_a_variable_that_no_example_tells_of_is_found(shop: Loaded) -> None:
    files = {"compose.yaml": b"services: {a: {image: '${TAG}'}}", ".env.example": b"OTHER=1\n"}
    told = [problem.message for problem in prove_compose(shop, "local", files)]

    assert any("TAG: its example is missing" in message for message in told)
    assert any("OTHER: its example is there" in message for message in told)
