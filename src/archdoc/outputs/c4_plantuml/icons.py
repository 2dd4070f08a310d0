"""Which icon a box gets: that of the technology which it names."""

from __future__ import annotations

import re
from functools import cache

from archdoc.outputs.c4_plantuml.technologies import CASED, ICONS
from archdoc.views import Node, Shape

_WITH_ICON = {
    Shape.CONTAINER,
    Shape.WEB,
    Shape.MOBILE,
    Shape.DATABASE,
    Shape.QUEUE,
    Shape.COMPONENT,
}

_BETWEEN = r"[,;/|()\[\]]|\s[&+]\s|\b(?:and|for|in|on|over|using|via|with)\b"
"""What stands between technologies: "Java and Spring MVC", "Django 4.2 on Python 3.10"."""
_VERSION = r"v?\d[\w.+-]*"
_SORTS = (
    "api|app|application|broker|cache|cluster|container|database|db|image|queue|script|server|"
    "service|topic|worker"
)
"""What may follow a technology without making another one of it: "Redis cache"."""


def icon(node: Node) -> str:
    """The include of a node's icon, `tupadr3/devicons2/django`; empty if it has none."""
    if node.boundary or node.shape not in _WITH_ICON:
        return ""
    return find(node.technology)


@cache
def find(technology: str) -> str:
    """The include of the first technology with an icon that a phrase names; else empty.

    Names are compared as a whole: "Go" is in neither "Django" nor "Go kart".
    """
    match = _pattern().search(technology)
    return _by_name()[match["name"].casefold()] if match else ""


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): include for include, names in ICONS.items() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    # Longest first: "Ruby on Rails" is more than Ruby.
    names = sorted((n for names in ICONS.values() for n in names), key=len, reverse=True)
    either = "|".join(f"(?-i:{re.escape(n)})" if n in CASED else re.escape(n) for n in names)
    return re.compile(
        rf"(?:^|{_BETWEEN})\s*(?P<name>(?a:{either}))(?:\s+{_VERSION})?(?:\s+(?:{_SORTS}))?"
        rf"\s*(?=$|{_BETWEEN})",
        re.IGNORECASE,
    )
