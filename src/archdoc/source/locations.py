"""Where the values of a model were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archdoc.model import Path
from archdoc.report import Span
from archdoc.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Locations:
    """Paths in the model's document → places in files. A model built in Python has none."""

    tree: Tree | None = None
    written: Tree | None = None
    """The same before environments took over what they extend; None where that is not known."""

    def value(self, path: Path) -> Span | None:
        """Where a value stands, or the nearest thing around it that was written."""
        if self.tree is None:
            return None
        *_, last = self.tree.along(path)
        return last.span

    def key(self, path: Path) -> Span | None:
        """Where a value's key stands."""
        key = self._key(path)
        return self.value(path) if key is None else key.span

    def word(self, path: Path, word: str) -> Span | None:
        """Where a word stands in the text of a value or of its key: one end of `a -> b: label`.

        A path that ends in `to` means the second end of a relationship in its short form.
        """
        span = self.value(path)
        if span is None or self.tree is None:
            return None
        start = span.column - 1
        *_, parent = self.tree.along(path[:-1])
        if path[-1:] == ("to",) and "to" not in parent.entries:
            start = max(span.text.find("->", start), start)
        found = _find_word(span.text, word, start)
        if found < 0:
            return span
        return Span(span.file, span.line, found + 1, found + 1 + len(word), span.text)

    def origin(self, path: Path) -> tuple[str, int] | None:
        """The file and the line of a value's key, or of the nearest thing around it."""
        if self.tree is None:
            return None
        *_, last = self.tree.along(path)
        place = self._key(path) or last
        return place.source.name, place.source.line_of(place.start)

    def inherited(self, path: Path, *, on_key: bool = False) -> bool:
        """Whether an environment has a value, or its key, from another one that it extends."""
        if self.tree is None or self.written is None or path[:1] != ("environments",):
            return False
        own = self.written.at(*map(str, path[:2]))
        if own is None or "extends" not in own.entries:
            return False
        *_, last = self.tree.along(path)
        place = (self._key(path) if on_key else None) or last
        return not any(
            other.source is place.source and other.start == place.start for other in _places(own)
        )

    def _key(self, path: Path) -> Tree | None:
        if self.tree is None or not path:
            return None
        *_, parent = self.tree.along(path[:-1])
        return parent.keys.get(str(path[-1]))


def _places(tree: Tree) -> Iterator[Tree]:
    """A value with everything in it, and all keys."""
    yield tree
    yield from tree.keys.values()
    for inner in (*tree.entries.values(), *tree.items):
        yield from _places(inner)


def _find_word(text: str, word: str, start: int) -> int:
    """Where a whole word begins in a line; -1 where it does not stand there."""
    position = text.find(word, max(start, 0))
    while position >= 0:
        before = text[position - 1 : position] if position else ""
        after = text[position + len(word) : position + len(word) + 1]
        if not (before.isalnum() or before in {"_", "."}) and not (after.isalnum() or after == "_"):
            return position
        position = text.find(word, position + 1)
    return -1
