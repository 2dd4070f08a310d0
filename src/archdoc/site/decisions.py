"""Pages of decisions: an index for each category, and what stands above each decision's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, relpath
from typing import Any

from archdoc.model import Decision, DecisionStatus, Element, ElementKind
from archdoc.site.blocks import table
from archdoc.site.content import Content
from archdoc.site.markdown import escape

INDEX = "decisions/index.md"
_HEADING = re.compile(r"^#[ \t].*$", re.MULTILINE)

Link = Callable[[str], str]
"""An element's id → Markdown for its name, with a link to its page."""


def categories(content: Content) -> dict[str, list[Decision]]:
    """Decisions by category, in their order; those of none first."""
    found: dict[str, list[Decision]] = {}
    for decision in content.decisions:
        found.setdefault(decision.category, []).append(decision)
    return found


def index_of(category: str) -> str:
    """The page that lists a category's decisions."""
    return f"decisions/{category}/index.md" if category else INDEX


def label(decision: Decision) -> str:
    """How a decision is called among others: "3. Use RDS"."""
    return f"{decision.number}. {decision.title}"


def about(content: Content, subject: Element | str) -> list[Decision]:
    """The decisions about an element, or about an environment (its id) and its nodes."""
    if isinstance(subject, Element):
        return [d for d in content.decisions if subject in d.elements]
    nodes = {node.id for node in content.model.index.nodes[subject].values()}
    return [
        decision
        for decision in content.decisions
        if subject in decision.environments or nodes & {e.id for e in decision.elements}
    ]


def status(content: Content, decision: Decision, page: str) -> str:
    """Its status in Markdown; one that another takes the place of links to that."""
    later = [
        other
        for other in content.decisions
        if other.category == decision.category and decision.number in other.said.supersedes
    ]
    if later:
        return f"{DecisionStatus.SUPERSEDED} by {', '.join(_to(d, page) for d in later)}"
    return str(decision.said.status)


def listed(content: Content, decisions: list[Decision], page: str) -> str:
    """Decisions as a list in Markdown; empty for none."""
    lines = []
    for decision in decisions:
        when = f", {decision.said.date}" if decision.said.date else ""
        lines.append(f"- {_to(decision, page)}: {status(content, decision, page)}{when}")
    return "\n".join(lines)


def decisions_table(content: Content, category: str, page: str, link: Link) -> str:
    """Number, title, status, date, and what each decision of a category is about.

    A column that is empty for all says nothing, and is left out.
    """
    decisions = categories(content).get(category, [])
    heads = ["Number", "Decision", "Status", "Date", "About"]
    rows = [
        (
            str(d.number),
            f"[{escape(d.title)}]({relpath(d.page, dirname(page))})",
            status(content, d, page),
            str(d.said.date or ""),
            ", ".join(_subjects(content, d, page, link)),
        )
        for d in decisions
    ]
    said = [n for n, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return table((heads[n] for n in said), ([row[n] for n in said] for row in rows))


def with_facts(text: str, content: Content, decision: Decision, link: Link) -> str:
    """A decision's text, with what its front matter says below the heading."""
    facts = f"\n{table(('Fact', 'Value'), _facts(content, decision, link))}\n"
    heading = _HEADING.search(text)
    if heading is None:
        return f"# {escape(decision.title)}\n{facts}\n{text}"
    return f"{text[: heading.end()]}\n{facts}{text[heading.end() :]}"


def navigation(content: Content) -> list[Any]:
    """The pages of decisions as mkdocs wants them: categories below what has none."""
    entries: list[Any] = [{"All decisions": INDEX}]
    for category, decisions in categories(content).items():
        pages: list[Any] = [{label(d): d.page} for d in decisions]
        entries += [{category: [index_of(category), *pages]}] if category else pages
    return entries


def _facts(content: Content, decision: Decision, link: Link) -> Iterator[tuple[str, str]]:
    said, page = decision.said, decision.page
    yield "Number", f"[{decision.number}]({relpath(index_of(decision.category), dirname(page))})"
    yield "Status", status(content, decision, page)
    if said.date:
        yield "Date", str(said.date)
    subjects = list(_subjects(content, decision, page, link))
    if subjects:
        yield "About", ", ".join(subjects)
    earlier = [
        other
        for other in content.decisions
        if other.category == decision.category and other.number in said.supersedes
    ]
    if earlier:
        yield "Supersedes", ", ".join(_to(other, page) for other in earlier)
    for name, people in (
        ("Decided by", said.decision_makers),
        ("Consulted", said.consulted),
        ("Informed", said.informed),
    ):
        if people:
            yield name, ", ".join(map(escape, people))


def _subjects(content: Content, decision: Decision, page: str, link: Link) -> Iterator[str]:
    nodes: dict[str, list[str]] = {}
    for element in decision.elements:
        if element.kind is ElementKind.NODE:
            nodes.setdefault(element.id.partition(".")[0], []).append(escape(element.name))
        else:
            yield link(element.id)
    for id_, names in nodes.items():
        yield f"{', '.join(names)} ({_environment(content, id_, page)})"
    for id_ in decision.environments:
        yield _environment(content, id_, page)


def _environment(content: Content, id_: str, page: str) -> str:
    name = content.model.environments[id_].name or id_
    return f"[{escape(name)}]({relpath(f'environments/{id_}.md', dirname(page))})"


def _to(decision: Decision, page: str) -> str:
    return f"[{escape(label(decision))}]({relpath(decision.page, dirname(page) or '.')})"
