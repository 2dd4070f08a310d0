"""Mistakes that somebody could make in what writes outputs, each put in its place for a moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pytest

from archdoc.model import Container
from archdoc.outputs.c4_plantuml.calls import Calls
from archdoc.outputs.compose.placeholders import Renderer
from archdoc.outputs.compose.project import Project
from archdoc.site import figures, pages
from archdoc.site.pages import Pages
from archdoc.views import Diagram, Edge, Node

Patch = pytest.MonkeyPatch


def _emit_of(output: str) -> Any:
    """The module; its package has a function of the same name."""
    return import_module(f"archdoc.outputs.{output}.emit")


aws_diagrams, aws_plantuml, model_json = map(
    _emit_of, ("aws_diagrams", "aws_plantuml", "model_json")
)
compose_services: Any = import_module("archdoc.outputs.compose.services")
mermaid, mermaid_sequence, compose = map(_emit_of, ("mermaid", "mermaid_sequence", "compose"))


@dataclass(frozen=True, slots=True)
class Bug:
    """One mistake."""

    output: str
    """The name of the output in which it shows."""
    kind: str
    put: Callable[[Patch], None]


def _turned(edge: Edge) -> Edge:
    return replace(edge, source=edge.target, target=edge.source)


def _old(node: Node) -> Node:
    """The same without the number of its version."""
    return replace(node, technology=re.sub(r"[\d.]+", "", node.technology).strip())


def _changed(
    owner: Any, name: str, at: int, change: Callable[[Any], Any]
) -> Callable[[Patch], None]:
    """A bug that changes one argument of a function."""

    def put(patch: Patch) -> None:
        right = getattr(owner, name)

        def wrong(*arguments: Any, **named: Any) -> Any:
            given = list(arguments)
            given[at] = change(given[at])
            return right(*given, **named)

        patch.setattr(owner, name, wrong)

    return put


def _label_of_another(patch: Patch) -> None:
    """Every arrow of a diagram says what its first one says."""
    right = Calls.edge

    def wrong(self: Calls, edge: Edge, **named: Any) -> str:
        return right(self, replace(edge, label=self._diagram.edges[0].label), **named)

    patch.setattr(Calls, "edge", wrong)


def _moved_up(diagram: Diagram) -> Diagram:
    """The last thing inside of something stands outside of everything."""
    for outer in diagram.nodes:
        if outer.children:
            *others, moved = outer.children
            rest = [replace(n, children=tuple(others)) if n is outer else n for n in diagram.nodes]
            return replace(diagram, nodes=(*rest, moved))
    return diagram


def _rewritten(module: Any, old: str, new: str) -> Callable[[Patch], None]:
    """A bug in a template: a text in it is another one."""

    def put(patch: Patch) -> None:
        right = module.environment if hasattr(module, "environment") else module.templates
        name = "environment" if hasattr(module, "environment") else "templates"

        def wrong(folder: str) -> Any:
            jinja = right(folder).overlay(cache_size=0)
            loader = jinja.loader
            source = loader.get_source

            class _Wrong(type(loader)):  # type: ignore[misc]
                def get_source(self, environment: Any, template: str) -> Any:
                    text, path, fresh = source(environment, template)
                    return text.replace(old, new), path, fresh

            other = object.__new__(_Wrong)
            other.__dict__.update(loader.__dict__)
            jinja.loader = other
            return jinja

        patch.setattr(module, name, wrong)

    return put


def _without_tag(service: dict[str, Any]) -> dict[str, Any]:
    if "image" in service:
        service["image"] = str(service["image"]).partition(":")[0]
    return service


def _port_off_by_one(patch: Patch) -> None:
    right = Renderer._port
    patch.setattr(Renderer, "_port", lambda self, element: re.sub(
        r"^\d+$", lambda n: str(int(n[0]) + 1), right(self, element)))  # fmt: skip


def _without_the_last(patch: Patch) -> None:
    right = compose.content_of

    def wrong(*arguments: Any) -> Any:
        content = right(*arguments)
        content.services.popitem()
        return content

    patch.setattr(compose, "content_of", wrong)


def _on_one_network(patch: Patch) -> None:
    right = compose_services.derive_networks

    def wrong(project: Project, services: dict[str, dict[str, Any]]) -> Any:
        networks = right(project, services)
        first = next(iter(networks))
        for service in services.values():
            service["networks"] = [*dict.fromkeys([*service["networks"], first])]
        return networks

    patch.setattr(compose_services, "derive_networks", wrong)


def _waits_for_nobody(patch: Patch) -> None:
    right = compose_services._in_order

    def wrong(service: dict[str, Any]) -> Any:
        return right({key: value for key, value in service.items() if key != "depends_on"})

    patch.setattr(compose_services, "_in_order", wrong)


def _published_elsewhere(service: dict[str, Any]) -> dict[str, Any]:
    if "ports" in service:
        service["ports"] = [f"1{port}" for port in service["ports"]]
    return service


def _one_of_each(patch: Patch) -> None:
    right = compose_services.give_defaults

    def wrong(service: dict[str, Any], *, finishes: bool = False) -> None:
        right(service, finishes=finishes)
        service["deploy"].pop("replicas", None)

    patch.setattr(compose_services, "give_defaults", wrong)


def _not_resolved(container: Container) -> Container:
    return container.model_copy(update={"version": ""})


_CALLS = [
    Bug("c4_plantuml", "arrow reversed", _changed(Calls, "edge", 1, _turned)),
    Bug("c4_plantuml", "label of another arrow", _label_of_another),
    Bug("c4_plantuml", "version dropped", _changed(Calls, "node", 1, _old)),
    Bug("c4_plantuml", "description dropped",
        _changed(Calls, "node", 1, lambda node: replace(node, description=""))),
    Bug("c4_plantuml", "second head dropped",
        _changed(Calls, "edge", 1, lambda edge: replace(edge, two_headed=False))),
    Bug("c4_plantuml", "technology of arrows dropped",
        _changed(Calls, "edge", 1, lambda edge: replace(edge, technology=""))),
    Bug("c4_sequence", "arrow reversed", _changed(Calls, "edge", 1, _turned)),
    Bug("c4_sequence", "numbers off by one",
        _changed(Calls, "edge", 1, lambda e: replace(e, number=e.number and e.number + 1))),
]  # fmt: skip

PICTURES = [
    *_CALLS,
    Bug("aws_plantuml", "arrow reversed", _changed(aws_plantuml, "_relation", 0, _turned)),
    Bug("aws_plantuml", "version dropped", _changed(aws_plantuml, "_call", 0, _old)),
    Bug("aws_plantuml", "line is solid",
        _changed(aws_plantuml, "_relation", 0, lambda edge: replace(edge, line="solid"))),
    Bug("aws_diagrams", "arrow reversed", _changed(aws_diagrams, "_connect", 2, _turned)),
    Bug("aws_diagrams", "version dropped", _changed(aws_diagrams, "_label", 0, _old)),
    Bug("aws_diagrams", "label dropped",
        _changed(aws_diagrams, "_connect", 2, lambda edge: replace(edge, label=""))),
    Bug("mermaid", "arrow reversed", _changed(mermaid, "_arrow", 0, _turned)),
    Bug("mermaid", "version dropped", _changed(mermaid, "_text", 0, _old)),
    Bug("mermaid", "arrows dropped", _rewritten(mermaid, "  {{ arrow(edge) }}\n", "")),
    Bug("mermaid_sequence", "box dropped",
        _rewritten(mermaid_sequence, "{% if node.boundary %}", "{% if false %}")),
]  # fmt: skip
"""Bugs of what writes diagrams; `shows`, which says what is right, is as it was."""

WRONG_PARENT = ("c4_plantuml", "aws_plantuml", "aws_diagrams", "mermaid")
"""Outputs that get a diagram in which something stands outside of its boundary."""
moved_up = _moved_up

TEXTS = [
    Bug("compose", "image without its version",
        _changed(compose_services, "give_defaults", 0, _without_tag)),
    Bug("compose", "published port changed",
        _changed(compose_services, "give_defaults", 0, _published_elsewhere)),
    Bug("compose", "port of a placeholder off by one", _port_off_by_one),
    Bug("compose", "last service missing", _without_the_last),
    Bug("compose", "network shared too widely", _on_one_network),
    Bug("compose", "dependencies missing", _waits_for_nobody),
    Bug("compose", "replicas dropped", _one_of_each),
    Bug("model_json", "version dropped", _changed(model_json, "_built", 0, _not_resolved)),
    Bug("model_json", "everything one-way", _changed(
        model_json, "_relationship", 0, lambda link: replace(
            link, relationship=link.relationship.model_copy(update={"direction": "one-way"})))),
]  # fmt: skip
"""Bugs of what needs no engine."""

SITE = [
    Bug("site", "links to elements lead to another page", _changed(
        Pages, "_html_page", 1, lambda id_: "user" if id_ == "shop.web" else id_)),
    Bug("site", "port off by one",
        _rewritten(pages, "{{ facts.port }}", "{{ facts.port + 1 }}")),
    Bug("site", "rows of arrows dropped",
        _rewritten(pages, "{% for relationship in incoming + outgoing %}",
                   "{% for relationship in incoming %}")),
    Bug("site", "text of a picture without its last row", _changed(
        figures, "_rows", 0, lambda rows: [*rows][:-1])),
]  # fmt: skip
"""Bugs of what writes pages."""
