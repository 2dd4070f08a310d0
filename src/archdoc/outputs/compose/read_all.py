"""All that a compose file and its `.env.example` say: every value that is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archdoc.outputs.compose.read import as_graph, document_of, facts_of
from archdoc.report.unfit import UNFIT, unfit
from archdoc.views import Graph

_Fact = tuple[str, str, str]
_TOLD = {"image", "ports", "depends_on", "environment", "volumes"}
"""The keys of a service that `as_graph` tells of, or that are told of here in another form."""


_SET = re.compile(r"(# ?)?([A-Za-z_]\w*)=(.*)")
"""A variable; one that may be left out stands in a comment."""


def read_graph(content: bytes) -> Graph:
    """A compose file: services, who waits for whom, and every value as a fact.

    A fact is of a service, or of an entry at the top: `networks django-postgres`. Raises ValueError
    for what is no compose file.
    """
    document = document_of(content)
    graph = as_graph(facts_of(document))
    others = tuple(fact for fact in graph.facts if fact[1] not in {"volumes", "environment"})
    try:
        return replace(graph, facts=(*others, *_services(document["services"]), *_top(document)))
    except UNFIT as error:
        raise unfit("a compose file", error) from error


def read_dotenv(content: bytes) -> Graph:
    """A `.env.example`: the value of every variable, and what is said above it; so of the file.

    Raises ValueError for what is not UTF-8.
    """
    facts: list[_Fact] = []
    blocks = content.decode("utf-8").replace("\r\n", "\n").split("\n\n")
    for number, block in enumerate(blocks):
        said: list[str] = []
        about = "the file"
        for line in filter(None, map(str.strip, block.split("\n"))):
            if found := _SET.fullmatch(line):
                about = found[2]
                facts.append((about, "may be left out" if found[1] else "value", found[3]))
                facts += [(about, "description", " ".join(said))] if said else []
                said = []
            else:
                said.append(line.lstrip("# "))
        what = "a comment" if number else "description"
        facts += [(about, what, " ".join(said))] if said else []
    return Graph((), (), tuple(facts))


def _services(services: dict[str, Any]) -> Iterator[_Fact]:
    for name, service in services.items():
        for key, value in service.items():
            if key not in _TOLD:
                yield from _flat(str(name), str(key), value)
        for mount in service.get("volumes") or ():
            yield str(name), "volumes", _written(mount)
        variables = service.get("environment") or {}
        if isinstance(variables, list):
            variables = dict(str(entry).partition("=")[::2] for entry in variables)
        for variable, value in variables.items():
            yield str(name), f"environment {variable}", _written(value)


def _top(document: dict[str, Any]) -> Iterator[_Fact]:
    for key, value in document.items():
        if key == "services":
            continue
        if not isinstance(value, dict):
            yield "the project", str(key), _written(value)
            continue
        for name, entry in value.items():
            subject = f"{key} {name}"
            yield subject, "there", "yes"
            yield from _flat(subject, "", entry or {})


def _flat(subject: str, attribute: str, value: Any) -> Iterator[_Fact]:
    """A nested value: a fact for each that has none inside of it; lists are told as one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(subject, f"{attribute} {key}".strip(), inner)
    else:
        yield subject, attribute or "it", _written(value)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
