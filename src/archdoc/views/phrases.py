"""How sentences and tables name places and lists: in words, on one line."""

from __future__ import annotations

from collections.abc import Sequence

from archdoc.model import Link, Placement

_MANY = 8
"""Beyond so many things of a list, only their number is said."""


def node_phrase(placement: Placement, node_id: str) -> str:
    """A node by its product and its name: "Amazon RDS (DB)"; by one of them where that says all.

    `node_id` is its local id.
    """
    content, name = placement.node(node_id), placement.nodes[node_id].name
    product = content.product
    if content.catalogued.runs == "compose" and not content.technology_label:
        product = "the Docker Compose project"
    says_all = set(name.casefold().split()) <= set(product.casefold().split())
    return product if says_all else f"{product} ({name})"


def parent_of(placement: Placement, node_id: str) -> str | None:
    """The local id of the node around another; None for the outermost."""
    return next(iter(placement.chain(node_id)[1:]), None)


def link_phrase(link: Link, label: str) -> str:
    """A relationship by its ends, its label and its technology: "User → Nginx: “Asks” (HTTP)"."""
    technology = f" ({link.relationship.technology})" if link.relationship.technology else ""
    said = f"{quoted(label) if label else ''}{technology}".strip()
    return ends_phrase(link) + (f": {said}" if said else "")


def ends_phrase(link: Link) -> str:
    """The two ends of a relationship: "User → Nginx"."""
    arrow = "↔" if link.relationship.direction == "two-way" else "→"
    return f"{link.source.name} {arrow} {link.target.name}"


def listed(words: Sequence[str]) -> str:
    """Several things as a list: "a, b and c"; of very many, the first and the number of others."""
    if len(words) > _MANY:
        return f"{', '.join(words[: _MANY - 1])} and {len(words) - _MANY + 1} others"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def quoted(label: str) -> str:
    """A label in quotation marks, and what is said of an empty one."""
    return f"“{one_line(label)}”" if label else "no label"


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """A text with a capital letter at its start and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}."
