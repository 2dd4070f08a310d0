"""The texts of all pages, with marks where pictures will be.

Pages are written while engines still draw, and once more when the pictures are there: only what
stands in the places of the marks is another then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from archdoc.render import texts_in
from archdoc.site.content import Content, Doc, Figure
from archdoc.site.own_pages import Problem
from archdoc.site.pages import Pages


@dataclass(frozen=True)
class Written:
    """What is written of some content."""

    content: Content
    pages: Pages
    _own: dict[tuple[str, str], tuple[str, list[Problem]]] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    """The number of the first figure of each hand-written page."""

    @classmethod
    def of(cls, content: Content, before: Written | None = None) -> Written:
        """That of `before`, where all but its pictures is the same; or else it is written anew."""
        if before and _without_pictures(before.content) == _without_pictures(content):
            return replace(before, content=content)
        return cls(content, Pages(content))

    @cached_property
    def generated(self) -> dict[str, str]:
        """Every generated page: path → Markdown."""
        return {path: self._shown(text) for path, text in self.pages.texts.items()}

    @property
    def problems(self) -> list[tuple[Doc, Problem]]:
        """What is wrong in files that elements name."""
        return self.pages.problems

    def own(self, path: str, text: str) -> tuple[str, list[Problem]]:
        """A hand-written page with its blocks and values filled in, and what is wrong in it."""
        if (path, text) not in self._own:
            counts = self.pages.marks.numbers
            counts[path] = self._first.setdefault(path, counts.get(path, 0))
            self._own[path, text] = self.pages.own(path, text)
        expanded, problems = self._own[path, text]
        return self._shown(expanded), problems

    def ahead(self, figure: Figure) -> None:
        """Work out what pages need of a picture, while others are still drawn."""
        self.pages.marks.ahead(figure)
        if figure.svg is not None:
            texts_in(figure.svg)

    def _shown(self, text: str) -> str:
        return self.pages.marks.replaced(text, self.content.figures)


def _without_pictures(content: Content) -> Content:
    return replace(content, figures=tuple(map(_blank, content.figures)))


def _blank(figure: Figure) -> Figure:
    return replace(figure, svg=None, problem="")
