"""What `archdoc check --outputs` finds in outputs that somebody keeps."""

from __future__ import annotations

from archdoc.report import Severity
from archdoc.rules.base import Rule

KEPT_RULES: tuple[Rule, ...] = (
    Rule(
        name="stale-output",
        code="A621",
        summary="An output that is kept does not show what the model says now.",
        why="The model has changed since the output was written, or somebody edited it. The output "
        "was read back: the finding names the fact that is wrong in it.",
        example="$ archdoc check --outputs build\n"
        "build/compose/live/compose.yaml does not show what the model says: "
        "db: image is 'postgres:14', and should be 'postgres:15'",
        fix="Write it anew: the finding says with which command.",
        required=True,
    ),
    Rule(
        name="edited-output",
        code="A622",
        summary="An output was edited after archdoc wrote it.",
        why="What was changed in it is lost with the next build. No fact that can be read back is "
        "wrong; its bytes are not those of the folder's manifest, or of the picture's own seal.",
        example="$ archdoc check --outputs build\n"
        "build/diagrams/app.svg was edited after archdoc wrote it",
        fix="Say in the model what you want to be different, and write the output anew.",
        required=True,
    ),
    Rule(
        name="missing-output",
        code="A623",
        summary="An output that the model has is not there.",
        why="It was removed, or the model has grown since the last build.",
        example="$ archdoc check --outputs build\nbuild/diagrams/app.svg is missing",
        fix="Write it: the finding says with which command.",
        required=True,
    ),
    Rule(
        name="unreadable-output",
        code="A624",
        summary="An output cannot be read back.",
        why="It is cut off, damaged, of another version of archdoc, too large, or something else "
        "stands in its place.",
        example="$ archdoc check --outputs build\n"
        "build/model.json cannot be read: it is of version 1, and this archdoc reads 2",
        fix="Write it anew: the finding says with which command.",
        required=True,
    ),
    Rule(
        name="foreign-output",
        code="A625",
        summary="A file among the outputs was not made by archdoc.",
        why="Readers would take it for one that the model stands behind. A build leaves it alone. "
        "Where such a file is named on the command line, this is an error: nothing about it can be "
        "told.",
        example="$ archdoc check --outputs build\nbuild/diagrams/old.svg was not made by archdoc",
        fix="Move it elsewhere, or remove it.",
        severity=Severity.WARNING,
        required=True,
    ),
)
