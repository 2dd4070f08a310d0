"""Mermaid's flowcharts: https://mermaid.js.org/syntax/flowchart.html.

Only what every site that draws Mermaid has understood for years: the shapes in brackets, classes,
and text in bold and italics. Mermaid has a C4 diagram of its own, still called an experiment, which
draws no arrow to a boundary and knows neither styles nor deployment nodes inside of others.
"""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.outputs.base import Emitted
from archdoc.outputs.mermaid.flow import in_flow
from archdoc.outputs.mermaid.looks import Looks
from archdoc.outputs.mermaid_text import aliases, label, one_line, unlike, with_codes
from archdoc.outputs.templates import environment
from archdoc.outputs.wrapping import wrapped
from archdoc.views import Diagram, Edge, Node, Shape

_SHAPES = {
    Shape.PERSON: ("([", "])"),
    Shape.WEB: ("{{", "}}"),
    Shape.MOBILE: ("(", ")"),
    Shape.DATABASE: ("[(", ")]"),
    Shape.QUEUE: ("[[", "]]"),
}
_BOX = ("[", "]")
_BESIDE, _WIDEST = 14, 30
"""Characters of a boundary's title for which there is room beside what is in it, and above the
longest text in there: that is wrapped, too.
"""
_ARROWS = {"solid": "-->", "dashed": "-.->", "dotted": "-.->"}
"""Mermaid has one broken line; `Looks` makes dots of it."""


def emit(diagram: Diagram) -> Emitted:
    """The diagram as a flowchart."""
    drawn = in_flow(diagram)
    alias = _names(drawn)
    looks = Looks(drawn)
    source = (
        environment("mermaid")
        .get_template("diagram.mmd.j2")
        .render(
            diagram=drawn,
            one_line=one_line,
            looks=looks,
            box=lambda node: _box(node, alias[node.id], looks.of(node)),
            group=lambda node: f'subgraph {alias[node.id]}["{_group_title(node)}"]',
            title_lines=max(map(_title_height, _boundaries(drawn)), default=1),
            about=lambda node: f'{alias[node.id]}-about["{label(node.description)}"]:::about',
            arrow=lambda edge: _arrow(edge, alias),
            groups=_groups(drawn, alias, looks),
            sample=lambda name, text: f'legend-{name}["{label(text)}"]:::{name}',
        )
    )
    return Emitted(with_codes(source), {name: id_ for id_, name in alias.items()})


def _names(diagram: Diagram) -> dict[str, str]:
    """Node id → its name.

    Mermaid joins the names of an arrow's ends with `_`, and mistakes `a_b` → `c` for `a` → `b_c`:
    where both are there, one of the ends is called otherwise.
    """
    alias = aliases(node.id for node in diagram.walk())
    while (end := _mistaken(diagram.edges, alias)) is not None:
        alias[end] = unlike(f"{alias[end]}_", alias.values())
    return alias


def _mistaken(edges: tuple[Edge, ...], alias: dict[str, str]) -> str | None:
    """The end of an arrow that Mermaid mistakes for an earlier one."""
    joined: dict[str, tuple[str, str]] = {}
    for edge in edges:
        name = f"{alias[edge.source]}_{alias[edge.target]}"
        if joined.setdefault(name, edge.ends) != edge.ends:
            return edge.target
    return None


def _box(node: Node, alias: str, name: str) -> str:
    """A node: `app_redis[("<b>Redis</b><br/><i>[Redis 5.x]</i>")]:::container`."""
    before, after = _BOX if node.boundary else _SHAPES.get(node.shape, _BOX)
    return f'{alias}{before}"{_text(node)}"{after}:::{name}'


def _text(node: Node) -> str:
    """Name, technology and description, each in its own style."""
    said = (*_title(node.name, node.technology), label(node.description))
    return "<br/>".join(filter(None, said))


def _title(name: str, technology: str) -> list[str]:
    name, technology = label(name), label(technology)
    return [f"<b>{name}</b>"] * bool(name) + [f"<i>[{technology}]</i>"] * bool(technology)


def _group_title(node: Node) -> str:
    """The name and the technology of a boundary: on one line, unless they are long."""
    if _title_height(node) == 1:
        return " ".join(_title(node.name, node.technology))
    wide = ["\n".join(wrapped(text, _room(node))) for text in (node.name, node.technology)]
    return "<br/>".join(_title(*wide))


def _title_height(node: Node) -> int:
    """How many lines the title of a boundary has."""
    texts = [text for text in (node.name, node.technology) if text]
    if sum(map(len, texts)) <= _room(node):
        return 1
    return sum(len(wrapped(text, _room(node))) for text in texts)


def _room(node: Node) -> int:
    """How many characters the title of a boundary may have.

    Mermaid 11 draws a boundary as wide as its title, and leaves no room for that: it would reach
    into what stands beside it.
    """
    texts = (t for n in node.walk() if n is not node for t in (n.name, n.technology, n.description))
    return _BESIDE + min(_WIDEST, max(map(len, texts), default=0))


def _arrow(edge: Edge, alias: dict[str, str]) -> str:
    """An arrow: `app_django -->|"SQL queries"| app_postgres`."""
    arrow = ("<" if edge.two_headed else "") + _ARROWS[edge.line]
    said = [label(edge.said)] if edge.said else []
    said += [f"<i>[{label(edge.technology)}]</i>"] if edge.technology else []
    text = f'|"{"<br/>".join(said)}"|' if said else ""
    return f"{alias[edge.source]} {arrow}{text} {alias[edge.target]}"


def _groups(diagram: Diagram, alias: dict[str, str], looks: Looks) -> dict[str, list[str]]:
    """Which boundaries have which class: a subgraph cannot say it where it begins."""
    found: dict[str, list[str]] = {}
    for node in _boundaries(diagram):
        found.setdefault(looks.of(node), []).append(alias[node.id])
    return found


def _boundaries(diagram: Diagram) -> Iterator[Node]:
    """Those that are drawn around something."""
    return (node for node in diagram.walk() if node.boundary and node.children)
