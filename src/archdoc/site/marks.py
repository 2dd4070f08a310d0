"""Where pictures will be in the texts of pages: a mark for each, until they are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archdoc.site.content import Content, Figure
from archdoc.site.figures import Other, PageOf, anchor_at_home, figure_html

_MARK = re.compile("\0([0-9]+)\0")
"""No text of a model has such a character."""


@dataclass(frozen=True)
class Marks:
    """Those of all pages."""

    content: Content
    page_of: PageOf
    numbers: dict[str, int] = field(default_factory=dict)
    """How many a page has so far."""
    _places: list[tuple[int, Callable[[Figure], str]]] = field(default_factory=list)
    """Of each: which of the figures it is for, and what that is there."""
    _drawn: dict[int, tuple[Figure, str]] = field(default_factory=dict)
    """What was put in its place last."""

    def on(self, path: str) -> Callable[..., str]:
        """What gives a mark for a figure on a page; there, an element may stand out (`here`)."""

        def draw(figure: Figure, here: str = "") -> str:
            number = self.numbers.get(path, 0)
            self.numbers[path] = number + 1
            place = next(n for n, one in enumerate(self.content.figures) if one is figure)
            others = self._others(figure) if path.startswith("environments/") else ()

            def shown(figure: Figure) -> str:
                return figure_html(figure, path, self.page_of, number, others=others, here=here)

            self._places.append((place, shown))
            return f"\0{len(self._places) - 1}\0"

        return draw

    def ahead(self, figure: Figure) -> None:
        """Work out what a figure is on all pages."""
        for number, (place, _) in enumerate(self._places):
            same = self.content.figures[place]
            if same.diagram is figure.diagram and same.output == figure.output:
                self._put(number, figure)

    def _put(self, number: int, figure: Figure) -> str:
        before, text = self._drawn.get(number, (None, ""))
        if before != figure:
            text = self._places[number][1](figure)
            self._drawn[number] = figure, text
        return text

    def replaced(self, text: str, figures: Sequence[Figure]) -> str:
        """A text with figures in the places of its marks: the content's own, or newer ones."""

        def figure(mark: re.Match[str]) -> str:
            number = int(mark[1])
            if number >= len(self._places):
                return mark[0]
            return self._put(number, figures[self._places[number][0]])

        return _MARK.sub(figure, text)

    def _others(self, figure: Figure) -> tuple[Other, ...]:
        """The same picture of every environment that has it."""
        environments = self.content.model.environments
        return tuple(
            Other(
                environments[other.diagram.environment].name or other.diagram.environment,
                f"environments/{other.diagram.environment}.html#{anchor_at_home(other)}",
                other is figure,
            )
            for other in self.content.figures
            if other.output == figure.output and other.diagram.environment
        )
