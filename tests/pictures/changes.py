"""What became of the pictures of golden sources: each of them before and after."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archdoc.outputs import DIAGRAM_OUTPUTS, Emitted
from archdoc.pipeline import Drawn, Source, draw
from archdoc.views import Diagram

_BEFORE, _AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, or why there is none."""

    svg: bytes = b""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One golden source that is not what the model gives now."""

    name: str
    """Its file: `aws-simple.aws.puml`."""
    view: str
    what: Literal["changed", "added", "removed"]
    before: Shot | None
    """None where there was none, and for what is a text only."""
    after: Shot | None
    difference: tuple[str, ...]
    """Lines of a unified diff of the sources."""


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Every source that differs, in the order of names, with its pictures drawn."""
    names = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
    wanted = {
        (when, name): _source(when, name, texts[name])
        for when, texts in ((_BEFORE, before), (_AFTER, after))
        for name in names
        if name in texts
    }
    drawn = draw(list(wanted.values()), png=False)
    shots = {key: _shot(source, drawn) for key, source in wanted.items() if source.is_drawn}
    return [
        Change(
            name=name,
            view=name.partition(".")[0],
            what="added" if name not in before else "changed" if name in after else "removed",
            before=shots.get((_BEFORE, name)),
            after=shots.get((_AFTER, name)),
            difference=tuple(_difference(before.get(name, ""), after.get(name, ""))),
        )
        for name in names
    ]


def _source(when: str, name: str, text: str) -> Source:
    """A source of which only the text is known: the model that gave it is gone."""
    view = name.partition(".")[0]
    suffix = name.removeprefix(view)
    output = next(output for output in DIAGRAM_OUTPUTS if output.source_suffix == suffix)
    diagram = Diagram(id=f"{when}-{view}", kind="container", title=f"{name}, {when}")
    return Source(diagram, output, Emitted(text))


def _shot(source: Source, drawn: Drawn) -> Shot:
    failure = drawn.failures.get(source.name)
    return Shot(problem=failure.message) if failure else Shot(drawn.pictures[source.name].svg)


def _difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return list(lines)[2:]  # the names of the files stand above
