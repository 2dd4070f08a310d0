"""AWS's own icons in PlantUML: https://github.com/awslabs/aws-icons-for-plantuml, version 20."""

from __future__ import annotations

from archdoc.outputs.base import Emitted
from archdoc.outputs.plantuml_text import aliases, label
from archdoc.outputs.templates import environment
from archdoc.views import Diagram, Edge, Node, Side

_NODE_WIDTH = 26
_EDGE_WIDTH = 24
"""Characters after which labels are wrapped."""

_ARROWS = {"solid": ("-", "-"), "dashed": (".", "."), "dotted": ("-[dotted]", "-")}
"""Both halves of a shaft; PlantUML draws `..` with dashes."""
_SIDES = {"ahead": "", "back": "up", "before": "left", "after": "right"}
"""What stands between the halves, by where an arrow leads. PlantUML turns them where arrows lead to
the right."""


def emit(diagram: Diagram) -> Emitted:
    """The diagram as PlantUML with `awslib20`."""
    alias = aliases(node.id for node in diagram.walk())
    icons = [node.icon for node in diagram.walk() if node.icon is not None]
    groups = [node.icon.macro for node in diagram.walk() if node.icon and _is_plain_group(node)]
    source = (
        environment("aws_plantuml")
        .get_template("diagram.puml.j2")
        .render(
            diagram=diagram,
            includes=list(dict.fromkeys(icon.include for icon in icons)),
            groups=list(dict.fromkeys(groups)),
            call=lambda node: _call(node, alias[node.id]),
            relation=lambda edge: _relation(edge, alias, diagram.layout.side(*edge.ends)),
            ties=_ties(diagram, alias),
        )
    )
    return Emitted(source, {name: id_ for id_, name in alias.items()})


def _is_plain_group(node: Node) -> bool:
    """Whether a boundary is a service, for which the library has an icon but no group macro."""
    return node.boundary and node.icon is not None and not node.icon.of_a_group


def _call(node: Node, alias: str) -> str:
    r"""What draws a node: `RDS(rds, "DB\nPostgreSQL 15", "")`, or a group around others."""
    if node.icon is None:
        below = _text(node).removeprefix(_name(node))
        return f'rectangle "<b>{_name(node)}</b>{below}" as {alias}'
    if _is_plain_group(node):
        return f'rectangle "${node.icon.macro}Small  {_name(node)}" as {alias} <<ServiceGroup>>'
    if node.boundary:
        return f'{node.icon.macro}({alias}, "{_name(node)}")'
    return f'{node.icon.macro}({alias}, "{_text(node)}", "")'


def _text(node: Node) -> str:
    """Name, technology and description, a paragraph each; the library makes the first line bold."""
    below = [label(text, _NODE_WIDTH) for text in (node.technology, node.description) if text]
    return r"\n".join([_name(node), *below])


def _name(node: Node) -> str:
    """A name on one line: only the first line is bold."""
    return label(" ".join(node.name.split()))


def _ties(diagram: Diagram, alias: dict[str, str]) -> list[str]:
    """What ties nodes to their places: arrows that nobody sees."""
    ties = [("down", *pair) for pair in diagram.layout.ahead]
    ties += [("right", *pair) for pair in diagram.layout.beside]
    return [f"{alias[a]} -[hidden]{to}- {alias[b]}" for to, a, b in ties]


def _relation(edge: Edge, alias: dict[str, str], side: Side) -> str:
    """An arrow; PlantUML takes its label from after the colon to the end of the line."""
    shaft = _SIDES[side].join(_ARROWS[edge.line])
    arrow = f"<{shaft}>" if edge.two_headed else f"{shaft}>"
    text = edge.label + (f"\n[{edge.technology}]" if edge.technology else "")
    ends = f"{alias[edge.source]} {arrow} {alias[edge.target]}"
    return f"{ends} : {label(text, _EDGE_WIDTH)}" if text else ends
