"""What the site is made from: the model, the pictures, and the compose files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archdoc.model import Decision, Element, ElementKind, Model
from archdoc.views import Diagram, DiagramKind

SEEN_IN: Mapping[ElementKind, tuple[DiagramKind, ...]] = {
    ElementKind.PERSON: ("context", "landscape", "container"),
    ElementKind.SYSTEM: ("context", "landscape", "container"),
    ElementKind.CONTAINER: ("container", "component"),
    ElementKind.COMPONENT: ("component",),
}
"""The kinds of pictures that show an element among its neighbours, the best first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture on a page."""

    diagram: Diagram
    output: str
    """The name of the output that drew it: `c4_plantuml`, `aws_plantuml`, `aws_diagrams`."""
    svg: bytes | None
    """None where the picture failed; then `problem` says why, in the picture's place."""
    problem: str = ""
    downloads: tuple[str, ...] = ()
    """Files of the picture, as paths under the site's root: its SVG, its source, and the same in
    syntaxes that others draw."""


@dataclass(frozen=True, slots=True)
class Doc:
    """A Markdown file that an element names."""

    file: str
    """Its path as people know it."""
    text: str


@dataclass(frozen=True)
class Content:
    """All that pages may show."""

    model: Model
    figures: tuple[Figure, ...]
    compose: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    """Environment → the files of its compose projects."""
    docs: Mapping[str, Doc] = field(default_factory=dict)
    """The Markdown files that elements name, by the paths that name them."""
    bases: Mapping[str, str] = field(default_factory=dict)
    """Environment → the one that it extends."""
    decisions: tuple[Decision, ...] = ()
    """By category and number."""

    def figure(self, view: str, output: str | None = None) -> Figure | None:
        """A view's picture in one output, or in the first that has it."""
        return next(
            (
                figure
                for figure in self.figures
                if figure.diagram.id == view and output in {None, figure.output}
            ),
            None,
        )

    def of_environment(self, environment: str) -> tuple[Figure, ...]:
        """All pictures of one environment: AWS's overview first, where there is one."""
        figures = [f for f in self.figures if f.diagram.environment == environment]
        return tuple(sorted(figures, key=lambda figure: figure.output != "aws_plantuml"))

    def of_kind(self, *kinds: DiagramKind) -> tuple[Figure, ...]:
        """All pictures of some kinds."""
        return tuple(f for f in self.figures if f.diagram.kind in kinds)

    def picture_of(self, element: Element) -> Figure | None:
        """The picture in which an element is best seen among its neighbours."""
        shown = (
            figure
            for kind in SEEN_IN.get(element.kind, ())
            for figure in self.of_kind(kind)
            if any(node.element == element.id for node in figure.diagram.walk())
        )
        return next(shown, None)
