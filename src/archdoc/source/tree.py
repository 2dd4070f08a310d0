"""A document as a tree in which every key and every value knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import Path, is_octal
from archdoc.report import Span
from archdoc.source.text import SourceText

INT = re.compile(r"[-+]?[0-9]+\Z")


class Number(str):
    """A number as it was written: `1.10` is still "1.10" where a text is wanted."""

    __slots__ = ()

    @property
    def value(self) -> int | float:
        """The number that it stands for."""
        return int(self) if INT.match(self) else float(self)


class Tree:
    """One value with its place."""

    __slots__ = ("end", "keys", "source", "start", "value")

    def __init__(
        self,
        value: dict[str, Tree] | list[Tree] | str | bool | None,
        source: SourceText,
        start: int,
        end: int,
        keys: dict[str, Tree] | None = None,
    ) -> None:
        self.value = value
        self.source = source
        self.start, self.end = start, end
        self.keys: dict[str, Tree] = keys if keys is not None else {}
        """The keys of a mapping, as trees of their own."""

    def with_value(
        self, value: dict[str, Tree] | list[Tree], keys: dict[str, Tree] | None = None
    ) -> Tree:
        """Another value at the same place."""
        return Tree(value, self.source, self.start, self.end, self.keys if keys is None else keys)

    @property
    def span(self) -> Span:
        """Where it stands: to its end, or to the end of its first line."""
        return self.source.span(self.start, self.end)

    @property
    def entries(self) -> dict[str, Tree]:
        """The values of a mapping; nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Tree]:
        """The values of a list; nothing for any other value."""
        return self.value if isinstance(self.value, list) else []

    def data(self, *, numbers: bool = False) -> Any:
        """The plain value; numbers as text unless asked for, and file modes such as `0440`."""
        value = self.value
        if isinstance(value, dict):
            return {
                key: inner.data(numbers=numbers and not (key == "mode" and inner.is_octal))
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [item.data(numbers=numbers) for item in value]
        if isinstance(value, Number):
            return value.value if numbers else str(value)
        return value

    @property
    def is_octal(self) -> bool:
        """Whether it is a number that only a file mode begins with a 0."""
        return isinstance(self.value, Number) and self.value[0] == "0" and is_octal(self.value)

    def along(self, path: Path) -> Iterator[Tree]:
        """The values along a path, from this one to the last that exists.

        Parts that name nothing are passed over, if a later one does.
        """
        here = self
        yield here
        for part in path:
            inner: Tree | None = None
            if isinstance(here.value, dict):
                inner = here.value.get(str(part))
            elif isinstance(here.value, list) and isinstance(part, int) and part < len(here.value):
                inner = here.value[part]
            if inner is not None:
                here = inner
                yield here

    def at(self, *path: str) -> Tree | None:
        """The value at the end of a path of keys; None where there is none."""
        here: Tree | None = self
        for part in path:
            here = here.entries.get(part) if here is not None else None
        return here
