"""Write the same for people at a terminal: plain text, within the columns that there are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from archdoc.model import Model
from archdoc.report.text import columns, printable
from archdoc.views import Change, compare


def table_text(model: Model, width: int) -> str:
    """Containers × environments: a table if it fits into `width` columns, or else a list."""
    head = ["Container", *(printable(_name(model, e)) for e in model.environments)]
    rows = [
        [printable(row.container.name), *(printable(cell.words) for cell in row.cells)]
        for row in compare(model)
    ]
    widths = [max(map(columns, column)) for column in zip(head, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > width:
        return "\n\n".join(_as_list([*model.environments], rows, width)) + "\n"
    rule = ["-" * size for size in widths]
    return "".join(_line(cells, widths) + "\n" for cells in (head, rule, *rows))


def _as_list(environments: list[str], rows: list[list[str]], width: int) -> Iterator[str]:
    """A paragraph for each container; environments are named by their ids, which are short."""
    longest = max(map(len, environments), default=0)
    for name, *cells in rows:
        lines = [
            _wrapped(f"  {environment.ljust(longest)}  ", cell, width)
            for environment, cell in zip(environments, cells, strict=True)
        ]
        yield "\n".join([name, *lines])


def changes_text(model: Model, old: str, new: str, changes: Sequence[Change], width: int) -> str:
    """What changes from environment `old` to environment `new`, under headings."""
    title = f"From {_name(model, old)} ({old}) to {_name(model, new)} ({new})"
    lines = [_wrapped("", printable(title), width)]
    for heading, some in groupby(changes, lambda change: change.kind.about):
        lines += ["", heading]
        lines += [_wrapped("  - ", printable(change.sentence), width) for change in some]
    if not changes:
        lines += ["", "Nothing changes."]
    return "\n".join(lines) + "\n"


def _wrapped(start: str, text: str, width: int) -> str:
    return textwrap.fill(
        text,
        max(width, len(start) + 20),
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (size - columns(cell)) for cell, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _name(model: Model, environment: str) -> str:
    return model.environments[environment].name or environment
