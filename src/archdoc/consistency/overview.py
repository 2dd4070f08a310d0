"""What the pages that tell of everything have to say: the start page, comparisons, groups, lists.

A row is its cells, an entry of a list its text; elements that they link to stand after them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from archdoc.model import (
    Container,
    Decision,
    DecisionStatus,
    Element,
    ElementKind,
    Model,
    Place,
    Placement,
    display_name,
    up_command,
)
from archdoc.views import Change, Diagram, Graph, GraphVertex, compare

Fact = tuple[str, str, str]
Compared = Iterable[tuple[str, str, tuple[Change, ...]]]
"""(An environment, another one, what changes from the one to the other)."""


def start_page(model: Model, to_know: Iterable[str], ways: Iterable[str]) -> Graph:
    """The start page: what there is, who uses it, where it runs, sentences to know.

    `ways` are the pages to which it leads on.
    """
    path = "index.html"
    facts: list[Fact] = [(path, "entry below What to know", sentence) for sentence in to_know]
    facts += ((path, "leads on to", way) for way in ways)
    facts += _to_run(model)
    for element, content in _containers(model):
        cells = (linked(element), content.technology_label, content.description)
        facts.append((path, "row below What it consists of", " | ".join(cells)))
        where = (_where(model, element, environment) for environment in model.environments)
        if model.environments:
            facts.append((path, "row below Where it runs", " | ".join([linked(element), *where])))
    for id_, person in model.people.items():
        scale = f" ({person.scale})" if person.scale else ""
        entry = f"{_entry(_name(model, id_), person.description)}{scale} [{id_}]"
        facts.append((path, "entry below Who uses it", entry))
    for id_, environment in model.environments.items():
        entry = _entry(environment.name or id_, environment.description)
        facts.append((path, "entry below Where it runs", entry))
    return Graph((GraphVertex(path, model.name, None, model.description),), (), tuple(facts))


def _to_run(model: Model) -> Iterator[Fact]:
    """The commands that run the first environment that can be run at home."""
    runnable = next((e for e in model.environments if Placement(model, e).compose_projects), None)
    if runnable is not None:
        commands = (
            f"archdoc compose {runnable} -o deploy\n"
            "cd deploy && cp .env.example .env   # then fill it in\n"
            f"{up_command()}\n"
        )
        yield "index.html", "code below Run it", commands
        yield "index.html", "place below Run it", f"environments/{runnable}.html#compose-files"


def _entry(name: str, description: str) -> str:
    return f"{name}: {description}" if description else name


def comparison_page(model: Model, compared: Compared) -> Graph:
    """The page that compares environments: where everything runs, and what changes."""
    path, facts = "environments.html", []
    for row in compare(model):
        cells = (linked(row.container), *(cell.words for cell in row.cells))
        facts.append((path, "row below Where everything runs", " | ".join(cells)))
    counts: dict[tuple[str, str], str] = {}
    for old, new, changes in compared:
        counts[old, new] = _count(changes)
        entry = f"entry below from.{old}.to.{new}"
        facts += ((path, entry, change.sentence) for change in changes)
    for old, environment in model.environments.items():
        others = (counts.get((old, new), "" if old == new else "—") for new in model.environments)
        row_ = " | ".join([environment.name or old, *others])
        facts.append((path, "row below What changes", row_))
    return Graph((), (), tuple(facts))


def compared_with(
    model: Model, compared: Compared, base: str | None, environment: str
) -> Iterator[Fact]:
    """On an environment's page: what changes from `base`, which it extends, and the rest."""
    page = "environments.html"
    if len(model.environments) < 2:
        return
    for old, new, changes in compared:
        if (old, new) == (base, environment):
            name = model.environments[old].name or old
            said = f"What changes from {name}, which it extends: {_count(changes)} [{page}]"
            yield environment, "entry below its title", said
            yield environment, "place below its title", f"{page}#from.{old}.to.{new}"
    yield environment, "entry below its title", f"All environments compared [{page}]"


def _count(changes: tuple[Change, ...]) -> str:
    return f"{len(changes) or 'no'} change{'' if len(changes) == 1 else 's'}"


def groups_page(model: Model) -> Graph:
    """The page of groups: what each is part of, its members, and what is said of it."""
    facts: list[Fact] = []
    for id_, group in model.groups.items():
        members = [e for e in model.index.elements.values() if e.group == id_]
        told = {}
        if group.within:
            within = model.groups[group.within]
            told["Part of"] = within.name or display_name(group.within)
        names, ids = ", ".join(e.name for e in members), ", ".join(e.id for e in members)
        told["Members"] = f"{names} [{ids}]" if members else ""
        told |= {"Owner": group.owner} if group.owner else {}
        told |= {"Address": group.url} if group.url else {}
        rows = [*told.items(), *group.links.items(), *group.properties.items()]
        rows += [("Tags", ", ".join(group.tags))] if group.tags else []
        heading = f"row below {group.name or display_name(id_)}"
        facts += (("groups.html", heading, f"{name} | {value}") for name, value in rows)
    return Graph((), (), tuple(facts))


def children(model: Model, id_: str) -> Iterator[Fact]:
    """On an element's page: what it consists of."""
    for child in model.index.children(id_):
        said = f"{child.name}: {child.content.description} [{child.id}]"
        yield id_, "entry below What it consists of", said


def flows(model: Model, pages: Mapping[str, Iterable[Diagram]], id_: str) -> Iterator[Fact]:
    """On an element's page: the flows in which it takes part, or what is inside it.

    `pages` are those of views, with what each shows.
    """
    inside = {id_, *(element.id for element in model.index.descendants(id_))}
    told: set[str] = set()
    for page, diagrams in pages.items():
        for diagram in diagrams:
            if diagram.kind != "dynamic" or diagram.id in told or not inside & diagram.ends:
                continue
            told.add(diagram.id)
            said = _entry(diagram.title, diagram.description)
            yield id_, "entry below Takes part in", f"{said} [{page}]"
            if page == "views.html":
                yield id_, "place below Takes part in", f"{page}#flow.{diagram.id}"


def own_relationships(model: Model, environment: str) -> Iterator[Fact]:
    """On an environment's page: what is said there only."""
    for link in model.links_by_environment[environment]:
        said = f"{link.source.name} → {link.target.name}: {link.label}"
        yield environment, "entry below Relationships of this environment", said


def decisions_about(model: Model, decisions: Iterable[Decision], id_: str) -> Iterator[Fact]:
    """On the page of an element or an environment: what was decided about it, or its nodes."""
    every = [*decisions]
    nodes = {node.id for node in model.index.nodes.get(id_, {}).values()}
    for decision in every:
        subjects = {*decision.environments, *(element.id for element in decision.elements)}
        if not subjects & {id_, *nodes}:
            continue
        later = [
            d
            for d in every
            if d.category == decision.category and decision.number in d.said.supersedes
        ]
        status = str(decision.said.status)
        if later:
            others = ", ".join(f"{d.number}. {d.title}" for d in later)
            status = f"{DecisionStatus.SUPERSEDED} by {others}"
        when = f", {decision.said.date}" if decision.said.date else ""
        pages = ", ".join(f"{d.page.removesuffix('.md')}.html" for d in (decision, *later))
        said = f"{decision.number}. {decision.title}: {status}{when} [{pages}]"
        yield id_, "entry below Decisions about it", said


def plain(model: Model, sentence: str) -> str:
    """A sentence of Markdown as it is shown; then what it links to: ids between NULs."""
    elements = model.index.elements
    text = html.unescape(re.sub(r"\*\*|`|</?code>", "", sentence))
    ids = re.findall("\0(.*?)\0", text)
    said = re.sub("\0(.*?)\0", lambda found: elements[found[1]].name, text)
    return f"{said} [{', '.join(ids)}]" if ids else said


def linked(element: Element) -> str:
    """An element's name with a link to its page."""
    return f"{element.name} [{element.id}]"


def _containers(model: Model) -> Iterator[tuple[Element, Container]]:
    for element in model.index.elements.values():
        if element.kind is ElementKind.CONTAINER and isinstance(element.content, Container):
            yield element, element.content


def _where(model: Model, element: Element, environment: str) -> str:
    placement = Placement(model, environment)

    def said(place: Place) -> str:
        product = placement.node(place.node.local_id).catalogued.title
        return f"{place.node.name} ({product})" if place.realised else place.node.name

    return ", ".join(map(said, placement.of(element.id))) or "—"


def _name(model: Model, id_: str) -> str:
    return model.index.elements[id_].name
