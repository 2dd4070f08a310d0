"""A reference must lead to one thing only."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import AmbiguousReferenceError, Model
from archdoc.rules.base import Finding, Rule, container_references, references


def _check(model: Model) -> Iterator[Finding]:
    for path, ref, environment in references(model):
        try:
            model.index.resolve(ref, environment)
        except AmbiguousReferenceError as error:
            yield _finding(path, ref, error.matches)
        except LookupError:
            continue
    for path, ref, _ in container_references(model):
        try:
            model.index.container(ref)
        except AmbiguousReferenceError as error:
            yield _finding(path, ref, error.matches)
        except LookupError:
            continue


def _finding(path: tuple[str | int, ...], ref: str, matches: tuple[str, ...]) -> Finding:
    could = ", ".join(f"`{match}`" for match in matches)
    return Finding(
        path, f"`{ref}` could be several elements", word=ref, help=f"write one of {could}"
    )


RULE = Rule(
    name="ambiguous-reference",
    code="A102",
    summary="A reference could mean several elements.",
    why="archdoc never guesses: a guess that is wrong looks exactly like one that is right.",
    example="relationships:\n  - web -> api: Calls     # shop.web, or admin.web?",
    fix="Write more of the id's path: `shop.web`.",
    check=_check,
    required=True,
)
