"""A document as a tree in which every key and every value knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import Path, is_octal, wants_number
from archdoc.report import Span
from archdoc.source.text import SourceText

INT = re.compile(r"[-+]?[0-9]+\Z")
_LARGEST = 2**63
"""From here on, other readers of YAML take a whole number for one with an exponent."""


class Number(str):
    """A number as it was written: `1.10` is still "1.10" where a text is wanted."""

    __slots__ = ()

    @property
    def value(self) -> int | float:
        """The number that it stands for."""
        return int(self) if INT.match(self) else float(self)

    @property
    def is_plain(self) -> bool:
        """Whether it reads the same, whoever reads it: not so of `007`, `+1`, `1.10` and `1.0`."""
        return (
            str(self.value) == self and isinstance(self.value, int) and abs(self.value) < _LARGEST
        )


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

    def data(self) -> Any:
        """The plain value; numbers are text, as they were written."""
        value = self.value
        if isinstance(value, dict):
            return {key: inner.data() for key, inner in value.items()}
        if isinstance(value, list):
            return [item.data() for item in value]
        return str(value) if isinstance(value, Number) else value

    def service(self, path: Path = ()) -> Any:
        """The same of a service, with numbers where Compose wants them, or reads them as written.

        Where any text may stand, as in `environment`, `007` is a text. `path` is from the service.
        """
        value = self.value
        if isinstance(value, dict):
            return {key: inner.service((*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [item.service((*path, number)) for number, item in enumerate(value)]
        if not isinstance(value, Number):
            return value
        if path[-1:] == ("mode",) and value[0] == "0" and is_octal(value):
            return str(value)
        return value.value if value.is_plain or wants_number(path) else str(value)

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
