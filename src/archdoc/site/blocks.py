"""What a fenced `archdoc` block can show: a view's picture, or a table of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archdoc.model import Container, Element, ElementKind, Model, Placement
from archdoc.report import did_you_mean
from archdoc.site.content import Content, Figure
from archdoc.site.markdown import escape
from archdoc.site.own_pages import OwnPageError

Draw = Callable[[Figure], str]
"""Turns a figure into HTML for the page at hand."""

_OUTPUTS = {"c4": "c4_plantuml", "aws": "aws_plantuml", "diagrams": "aws_diagrams"}
_FACTS = {"table": ("containers", "placement", "versions"), "list": ("containers",)}


def render_block(
    settings: dict[str, str], content: Content, draw: Draw, link: Callable[[str], str]
) -> str:
    """The picture or the table that a block asks for. Raises OwnPageError.

    `link` turns an element's id into Markdown for its name, with a link to its page.
    """
    match settings:
        case {"view": view, "output": output, **rest} if not rest:
            return draw(_figure(content, view, output))
        case {"view": view, **rest} if not rest:
            return draw(_figure(content, view, None))
        case {"table": "containers", **rest} if not rest:
            return containers_table(content.model, link)
        case {"table": "placement", **rest} if not rest:
            return placement_table(content.model, link)
        case {"table": "versions", **rest} if not rest:
            return versions_table(content.model, link)
        case {"list": "containers", **rest} if not rest:
            return containers_list(content.model, link)
    raise OwnPageError(
        "a block says `view: NAME` (and `output: c4`, `aws` or `diagrams`), "
        "`table: containers`, `table: placement`, `table: versions` or `list: containers`",
        *_wrong(settings),
    )


def _wrong(settings: dict[str, str]) -> tuple[str, str]:
    """The first word that no block says, and what was meant."""
    keys = ("view", "output", *_FACTS)
    for key, value in settings.items():
        if key not in keys:
            return key, did_you_mean(key, keys)
        if key in _FACTS and value not in _FACTS[key]:
            return value, did_you_mean(value, _FACTS[key])
    return "", ""


def _figure(content: Content, view: str, output: str | None) -> Figure:
    if output is not None and output not in _OUTPUTS:
        message = f"there is no output `{output}`: use {', '.join(_OUTPUTS)}"
        raise OwnPageError(message, output, did_you_mean(output, _OUTPUTS))
    figure = content.figure(view, _OUTPUTS[output] if output else None)
    if figure is None:
        views = list(dict.fromkeys(f.diagram.id for f in content.figures))
        message = f"there is no view `{view}` drawn like that: views are {', '.join(views)}"
        raise OwnPageError(message, view, "" if view in views else did_you_mean(view, views))
    return figure


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; cells are Markdown already. Empty where there are no rows."""
    heads, rows = list(headings), list(rows)
    if not rows:
        return ""
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def containers(model: Model) -> list[tuple[Element, Container]]:
    """Every container of the model, in its order."""
    return [
        (element, element.content)
        for element in model.index.elements.values()
        if element.kind is ElementKind.CONTAINER and isinstance(element.content, Container)
    ]


def containers_list(model: Model, link: Callable[[str], str]) -> str:
    """Each container and what it is for."""
    return "\n".join(
        f"- **{link(element.id)}**: {escape(content.description)}"
        for element, content in containers(model)
    )


def containers_table(model: Model, link: Callable[[str], str]) -> str:
    """Each container with its technology and version, and what it is for."""
    return table(
        ("Container", "Technology", "What it is for"),
        (
            (link(element.id), escape(content.technology_label), escape(content.description))
            for element, content in containers(model)
        ),
    )


def versions_table(model: Model, link: Callable[[str], str]) -> str:
    """Technology and version by name, and what uses it: to know what an update would touch."""
    users: dict[tuple[str, str], list[str]] = {}
    for element, content in containers(model):
        for name, version in ((content.technology, content.version), _split(content.platform)):
            if name:
                users.setdefault((name, version), []).append(link(element.id))
    ordered = sorted(users.items(), key=lambda entry: (entry[0][0].casefold(), entry[0][1]))
    return table(
        ("Technology", "Version", "Used by"),
        (
            (escape(name), escape(version) or "not specified", ", ".join(names))
            for (name, version), names in ordered
        ),
    )


def _split(platform: str) -> tuple[str, str]:
    """`Python 3.10` → name and version."""
    name, _, version = platform.rpartition(" ")
    return (name, version) if name and version[:1].isdigit() else (platform, "")


def placement_table(model: Model, link: Callable[[str], str]) -> str:
    """Containers × environments: where each one is."""
    placements = [Placement(model, environment) for environment in model.environments]
    names = (escape(p.environment.name or p.environment_id) for p in placements)
    return table(
        ("Container", *names),
        (
            (link(element.id), *(_where(element, placement) for placement in placements))
            for element, _ in containers(model)
        ),
    )


def _where(element: Element, placement: Placement) -> str:
    places = placement.of(element.id)
    if not places:
        return "—"
    return ", ".join(
        escape(place.node.name)
        + (
            f" ({escape(placement.node(local_id(place.node)).catalogued.title)})"
            if place.realised
            else ""
        )
        for place in places
    )


def local_id(node: Element) -> str:
    """A deployment node's id within its environment."""
    return node.id.partition(".")[2]
