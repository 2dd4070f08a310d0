"""Write the catalogue of node kinds as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archdoc.model import ANYWHERE, Limit, NodeKind, Setting
from archdoc.outputs.templates import environment


def emit(catalogue: Mapping[str, NodeKind]) -> bytes:
    """The page: a table for each category, and one of all settings."""
    categories: dict[str, dict[str, NodeKind]] = {}
    for name, kind in catalogue.items():
        categories.setdefault(kind.category, {})[name] = kind
    settings: dict[str, Setting] = {}
    for kind in catalogue.values():
        settings |= {setting.name: setting for setting in kind.settings}
    template = environment("kinds").get_template("kinds.md.j2")
    page = template.render(
        categories=categories,
        settings=[settings[name] for name in sorted(settings)],
        stands_in=_stands_in,
        does=_does,
        limits=list(_limits(catalogue)),
    )
    return page.encode()


def _limits(catalogue: Mapping[str, NodeKind]) -> Iterator[tuple[str, Setting, str, Limit]]:
    """What AWS allows: kind, setting, on what it depends, and the limit."""
    for name, kind in catalogue.items():
        for setting in kind.settings:
            if setting.limit and setting.limit.by_cpu:
                for cpu, limit in setting.limit.by_cpu:
                    yield name, setting, f" with {cpu} vCPUs", limit
            elif setting.limit:
                yield name, setting, "", setting.limit


def _stands_in(kind: NodeKind) -> str:
    if ANYWHERE in kind.stands_in:
        return "anything, or nothing"
    return ", ".join(f"`{place}`" if place else "nothing" for place in kind.stands_in)


def _does(kind: NodeKind) -> str:
    """What it does for containers: "takes the place of a database: PostgreSQL, MySQL"."""
    said = []
    if kind.runs != "nothing":
        said.append(f"runs: {', '.join(kind.runs_only)}" if kind.runs_only else "runs containers")
    if kind.fronts:
        said.append(f"stands before others{', for those outside' if kind.public else ''}")
    if kind.realises:
        language = f" ({', '.join(kind.technologies)})" if kind.technologies else ""
        said.append(f"takes the place of: {', '.join(kind.realises)}{language}")
    return "; ".join(said)
