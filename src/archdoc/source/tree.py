"""YAML as a tree in which every key and every value knows where it stands.

Values are built from PyYAML's node graph by the rules of YAML 1.2's core schema
(https://yaml.org/spec/1.2.2/#103-core-schema), because PyYAML's own are those of YAML 1.1, where
`NO` is false and `22:22` is 1342.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from archdoc.model import Path
from archdoc.report import Diagnostic, Note, Span

_MAX_NODES = 500_000
"""More than any model needs; a few aliases of aliases reach it at once ("billion laughs")."""
_MAX_DEPTH = 60

_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")


class Number(str):
    """A number as it was written: `1.10` is still "1.10" where a text is wanted."""

    __slots__ = ()

    @property
    def value(self) -> int | float:
        """The number that it stands for."""
        return int(self) if _INT.match(self) else float(self)


@dataclass(slots=True)
class Tree:
    """One value with its place."""

    value: dict[str, Tree] | list[Tree] | str | bool | None
    span: Span
    keys: dict[str, Span] = field(default_factory=dict)
    """Where each key of a mapping stands."""

    def data(self, *, numbers: bool = False) -> Any:
        """The plain value; numbers as text unless asked for."""
        match self.value:
            case dict():
                return {k: v.data(numbers=numbers) for k, v in self.value.items()}
            case list():
                return [item.data(numbers=numbers) for item in self.value]
            case Number():
                return self.value.value if numbers else str(self.value)
        return self.value

    def at(self, path: Path) -> Iterator[Tree]:
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


class TreeBuilder:
    """Builds the tree of one file, and collects what is wrong with it."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.problems: list[Diagnostic] = []
        self._built = 0
        self._open: list[int] = []

    def build(self, node: yaml.Node) -> Tree:
        """The tree of a node. Raises TooLargeError for a file that grows without end."""
        self._built += 1
        if self._built > _MAX_NODES or len(self._open) > _MAX_DEPTH or id(node) in self._open:
            raise TooLargeError(self.span(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or ":python" in node.tag:
            self._report("yaml-syntax", f"the tag `{node.tag}` is not allowed", self.span(node))
        if isinstance(node, yaml.ScalarNode):
            return Tree(self._scalar(node), self.span(node))
        self._open.append(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return Tree([self.build(item) for item in node.value], self.span(node))
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node)
            raise TypeError(f"YAML has no {type(node).__name__}")
        finally:
            self._open.pop()

    def span(self, node: yaml.Node) -> Span:
        """Where a node stands: to its end, or to the end of its first line."""
        start, end = node.start_mark, node.end_mark
        line = self.lines[start.line].rstrip("\r") if start.line < len(self.lines) else ""
        stop = end.column if end.line == start.line else len(line)
        return Span(
            self.file, start.line + 1, start.column + 1, max(stop, start.column + 1) + 1, line
        )

    def _mapping(self, node: yaml.MappingNode) -> Tree:
        own: dict[str, Tree] = {}
        merged: dict[str, Tree] = {}
        keys: dict[str, Span] = {}
        for key_node, value_node in node.value:
            span = self.span(key_node)
            if key_node.tag == "tag:yaml.org,2002:merge":
                self._merge(value_node, merged, keys)
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self._report("yaml-syntax", "a key must be a plain word", span)
                continue
            key = key_node.value
            if key in own:
                self._report(
                    "duplicate-key",
                    f"`{key}` is given twice",
                    span,
                    notes=(Note("first given here", keys[key]),),
                    help_="keep one of them",
                )
                continue
            own[key] = self.build(value_node)
            keys[key] = span
        return Tree({**merged, **own}, self.span(node), keys)

    def _merge(self, node: yaml.Node, merged: dict[str, Tree], keys: dict[str, Span]) -> None:
        """`<<: *anchor`: the anchor's keys, unless they are given here (YAML's merge key type)."""
        for source in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            tree = self.build(source)
            if not isinstance(tree.value, dict):
                self._report("yaml-syntax", "`<<` takes a mapping", tree.span)
                continue
            for key, value in tree.value.items():
                merged.setdefault(key, value)
                keys.setdefault(key, tree.keys[key])

    def _scalar(self, node: yaml.ScalarNode) -> str | bool | None:
        text: str = node.value
        if node.style:  # quoted or a block: text, whatever it looks like
            return text
        if _NULL.match(text):
            return None
        if _BOOL.match(text):
            return text.lower() == "true"
        return Number(text) if _INT.match(text) or _FLOAT.match(text) else text

    def _report(
        self, code: str, message: str, span: Span, *, notes: tuple[Note, ...] = (), help_: str = ""
    ) -> None:
        self.problems.append(Diagnostic(code, message, span=span, notes=notes, help=help_))


class TooLargeError(Exception):
    """A file is nested too deeply, contains itself, or unfolds to too many values."""

    def __init__(self, span: Span) -> None:
        super().__init__("the file is nested too deeply, or unfolds without end")
        self.span = span
