"""From YAML to a tree.

Values are built from PyYAML's events by the rules of YAML 1.2's core schema
(https://yaml.org/spec/1.2.2/#103-core-schema), because PyYAML's own are those of YAML 1.1, where
`NO` is false and `22:22` is 1342. Events, not nodes: libyaml composes nodes recursively in C, where
a file of brackets only ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from archdoc.report import Diagnostic, Note, Span
from archdoc.source.text import SourceText
from archdoc.source.tree import INT, Number, Tree

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_COPIES = 500_000
"""More than any model needs; a few aliases of aliases reach it at once ("billion laughs")."""
_MAX_DEPTH = 60

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_LONGEST_NUMBER = 300
"""Characters; Python refuses to read integers of more than 4300 digits."""
_TAG = "tag:yaml.org,2002:"
_CORE = ("str", "int", "float", "bool", "null", "map", "seq")
_TAGS = {None, "!", *(_TAG + name for name in _CORE)}
_TEXT_TAGS = {"!", f"{_TAG}str"}


class TreeBuilder:
    """Builds the tree of one file, and collects what is wrong with it."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self._next: Callable[[], Any]  # PyYAML's types leave out what events hold
        self._built = 0
        """Values so far, those behind aliases counted every time."""
        self._anchors: dict[str, tuple[Tree, int] | None] = {}
        """Anchor → its value and how many values that is; None while it is being read."""

    def build(self) -> Tree | None:
        """The tree of the file's one document; None, and a problem, where there is none.

        Raises yaml.YAMLError for what is not YAML, and TooLargeError.
        """
        loader = _LOADER(_as_yaml_1_1(self.source.text))
        try:
            self._next = loader.get_event
            self._next()
            if isinstance(self._next(), yaml.StreamEndEvent):
                return None
            tree = self._value(self._next(), 0)
            self._next()
            after = self._next()
            if not isinstance(after, yaml.StreamEndEvent):
                start = after.start_mark.index
                self._report(
                    "yaml-syntax",
                    "a second document begins here",
                    self.source.span(start, start + 3),
                    help_="write one document a file, without `---`",
                )
            return tree
        finally:
            loader.dispose()

    def _value(self, event: Any, depth: int) -> Tree:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        start, end = event.start_mark.index, event.end_mark.index
        if depth > _MAX_DEPTH:
            raise TooLargeError("the file is nested too deeply", self.source.span(start, end))
        if event.tag not in _TAGS:
            self._report(
                "yaml-syntax",
                f"the tag `{event.tag}` is not allowed",
                self.source.span(start, end),
                help_="leave it out: a model is text, numbers, lists and mappings",
            )
        before = self._built
        self._built += 1
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            tree = Tree(_scalar(event), self.source, start, end)
        elif isinstance(event, yaml.SequenceStartEvent):
            tree = self._sequence(start, depth)
        else:
            tree = self._mapping(start, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = (tree, self._built - before)
        return tree

    def _alias(self, event: Any) -> Tree:
        span = self.source.span(event.start_mark.index, event.end_mark.index)
        if event.anchor not in self._anchors:
            self._report(
                "yaml-syntax",
                f"there is no anchor `&{event.anchor}` before this",
                span,
                help_="text that begins with `*` must stand in quotes",
            )
            return Tree(None, self.source, event.start_mark.index, event.end_mark.index)
        known = self._anchors[event.anchor]
        if known is None:
            raise TooLargeError(f"`*{event.anchor}` contains itself", span)
        tree, size = known
        self._built += size
        if self._built > _MAX_COPIES and size > 1:
            raise TooLargeError("the aliases of this file unfold to too much", span)
        return tree

    def _sequence(self, start: int, depth: int) -> Tree:
        items: list[Tree] = []
        event: Any
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return Tree(items, self.source, start, self._end(event))

    def _mapping(self, start: int, depth: int) -> Tree:
        own: dict[str, Tree] = {}
        merged: dict[str, Tree] = {}
        keys: dict[str, Tree] = {}
        merged_keys: dict[str, Tree] = {}
        event: Any
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(self._next(), depth + 1)
            if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
                self._merge(value, merged, merged_keys)
                continue
            name = _name(event, key)
            if name is None:
                self._report("yaml-syntax", "a key must be a plain word", key.span)
            elif name in own:
                self._report(
                    "duplicate-key",
                    f"`{name}` is given twice",
                    key.span,
                    notes=(Note("first given here", keys[name].span),),
                    help_="keep one of them",
                )
            else:
                own[name], keys[name] = value, key
        return Tree(
            {**merged, **own}, self.source, start, self._end(event),
            {**merged_keys, **keys},
        )  # fmt: skip

    @staticmethod
    def _end(event: Any) -> int:
        end: int = event.end_mark.index
        return end

    def _merge(self, value: Tree, merged: dict[str, Tree], keys: dict[str, Tree]) -> None:
        """`<<: *anchor`: the anchor's keys, unless they are given here (YAML's merge key type)."""
        for tree in value.items or [value]:
            if not isinstance(tree.value, dict):
                self._report("yaml-syntax", "`<<` takes a mapping", tree.span)
                continue
            for key, inner in tree.value.items():
                merged.setdefault(key, inner)
                keys.setdefault(key, tree.keys[key])

    def _report(
        self, code: str, message: str, span: Span, *, notes: tuple[Note, ...] = (), help_: str = ""
    ) -> None:
        self.problems.append(Diagnostic(code, message, span=span, notes=notes, help=help_))


def _scalar(event: Any) -> str | bool | None:
    text = _as_written(event)
    if event.style or event.tag in _TEXT_TAGS:  # quoted or a block: text, whatever it looks like
        return text
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    is_number = len(text) < _LONGEST_NUMBER and (INT.match(text) or _FLOAT.match(text))
    return Number(text) if is_number else text


def _name(event: Any, key: Tree) -> str | None:
    """A key's text, whatever it looks like; None for a key that is no text."""
    if isinstance(event, yaml.ScalarEvent):
        return _as_written(event)
    return key.value if isinstance(key.value, str) else None


# Characters that end a line in YAML 1.1, and so for libyaml, but not in YAML 1.2 (section 5.4) nor
# in any editor. They are replaced by private ones while libyaml reads.
_BREAKS = "\x85\u2028\u2029"
_STAND_INS = "\U0010fbf0\U0010fbf1\U0010fbf2"
_HIDE = str.maketrans(_BREAKS, _STAND_INS)
_SHOW = str.maketrans(_STAND_INS, _BREAKS)


def _as_yaml_1_1(text: str) -> str:
    return text if text.isascii() else text.translate(_HIDE)


def _as_written(event: Any) -> str:
    text: str = event.value
    return text if text.isascii() else text.translate(_SHOW)


class TooLargeError(Exception):
    """A file is nested too deeply, contains itself, or unfolds to too many values."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span
