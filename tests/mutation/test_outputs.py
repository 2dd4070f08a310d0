"""Whatever fact is changed in an output, the check of outputs finds it."""

from __future__ import annotations

import pytest

from archdoc.pipeline import Report
from archdoc.pipeline.kept.expected import Expected
from archdoc.source import Loaded
from conftest import examples
from mutation.folder import Folder
from mutation.mutant import Score, some

_EACH = examples(1, 100_000)
"""Of each kind of mistake in each output."""


@pytest.fixture(scope="module")
def folder(built: Report, reference: Loaded) -> Folder:
    return Folder(built.folder, Expected(reference))


def test_outputs_as_they_were_built_have_nothing_wrong(folder: Folder) -> None:
    """The same readers and comparisons: a check that finds something everywhere proves nothing."""
    for path in folder.paths:
        assert folder.differences(path, (folder.root / path).read_bytes()) == [], path


def test_every_wrong_fact_in_an_output_is_found(folder: Folder) -> None:
    score = Score()
    for mutant in some(folder.mutants(), _EACH):
        score.add(mutant, found=folder.finds(mutant))

    assert sum(score.tried.values()) > 150
    assert not score.survivors, "\n".join(score.lines())


def test_every_output_is_spoiled_in_every_way_that_matters(folder: Folder) -> None:
    """So that a change of an output's form does not end its mutants without anybody noticing."""
    tried = {(mutant.output, mutant.kind) for mutant in folder.mutants()}

    pictures = ("C4 picture", "C4 sequence", "awslib picture", "diagrams picture", "Mermaid")
    for output in pictures:
        for kind in ("arrow dropped", "arrow reversed", "arrow retargeted", "label changed",
                     "name changed", "box dropped", "parent changed", "line changed"):  # fmt: skip
            assert (output, kind) in tried
    assert {("C4 picture", "number in technology changed"), ("C4 picture", "description changed"),
            ("compose.yaml", "image number changed"), ("compose.yaml", "ports number changed"),
            ("compose.yaml", "networks dropped"), ("compose.yaml", "depends_on dropped"),
            ("compose.yaml", "deploy number changed"), (".env.example", "variable dropped"),
            ("model.json", "version number changed"), ("model.json", "parent changed"),
            ("site", "cell changed"), ("site", "link retargeted"),
            ("site", "link of a picture retargeted"),
            ("search index", "title changed")} <= tried  # fmt: skip
