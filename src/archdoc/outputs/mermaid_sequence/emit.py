"""Mermaid's sequences: https://mermaid.js.org/syntax/sequenceDiagram.html."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.outputs.base import Emitted
from archdoc.outputs.mermaid_sequence.lanes import in_boxes
from archdoc.outputs.mermaid_text import aliases, heading, message, one_line, with_codes
from archdoc.outputs.templates import environment
from archdoc.outputs.wrapping import wrapped
from archdoc.views import Diagram, Edge, Node, Shape

_ARROWS = {"solid": "->>", "dashed": "-->>", "dotted": "-->>"}
"""Mermaid has one broken line."""
_WIDTH = 32
"""Characters after which texts are wrapped: they move lanes apart."""
_HEIGHT, _LINE_HEIGHT = 65, 16
"""Pixels: of a lane's head, and of a line on it."""


def emit(diagram: Diagram) -> Emitted:
    """The diagram as a sequence."""
    lanes = in_boxes(diagram)
    alias = aliases(node.id for node in lanes.walk())
    source = (
        environment("mermaid")
        .get_template("sequence.mmd.j2")
        .render(
            diagram=lanes,
            one_line=one_line,
            height=_height(lanes),
            heading=heading,
            lane=lambda node: _lane(node, alias[node.id]),
            messages=list(_messages(lanes.edges, alias)),
        )
    )
    boxes = [node.id for node in lanes.nodes if node.boundary]
    names = {name: id_ for id_, name in alias.items() if id_ not in boxes}
    # Mermaid gives boxes no names: readers count them, from the left.
    return Emitted(with_codes(source), names | {f"box {n}": id_ for n, id_ in enumerate(boxes, 1)})


def _lane(node: Node, alias: str) -> str:
    """Who takes part: `participant app_redis as Redis<br/>[Redis 5.x]`."""
    kind = "actor" if node.shape is Shape.PERSON else "participant"
    return f"{kind} {alias} as {'<br/>'.join(_lines(node))}"


def _lines(node: Node) -> list[str]:
    """What is written on the head of a lane, below each other.

    The name is on one line, by which it can be told from what follows. Empty lines keep it below
    the figure of a person.
    """
    below = [message(text) for text in _wrapped(_bracketed(node.technology), node.description)]
    space = [""] * len(below) if node.shape is Shape.PERSON else []
    return [*space, one_line(node.name), *below]


def _height(diagram: Diagram) -> int | None:
    """The heads' height in pixels, which Mermaid does not work out; None where its own will do."""
    lines = [len(_lines(node)) for node in diagram.walk() if not node.boundary]
    height = max(lines, default=1) * _LINE_HEIGHT + 20
    return height if height > _HEIGHT else None


def _messages(edges: tuple[Edge, ...], alias: dict[str, str]) -> Iterator[str]:
    """Each message; Mermaid numbers them, and is told where numbers do not follow each other."""
    following = 1
    for edge in edges:
        if edge.number is not None and edge.number != following:
            yield f"autonumber {edge.number}"
            following = edge.number
        following += 1
        arrow = ("<<" if edge.two_headed else "") + _ARROWS[edge.line]
        said = map(message, _wrapped(edge.label, _bracketed(edge.technology)))
        yield f"{alias[edge.source]}{arrow}{alias[edge.target]}: {'<br/>'.join(said)}".rstrip()


def _bracketed(text: str) -> str:
    return f"[{text}]" if text else ""


def _wrapped(*texts: str) -> list[str]:
    return [line for text in texts if text for line in wrapped(text, _WIDTH)]
