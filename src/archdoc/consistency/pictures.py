"""Whether a picture shows what the model says it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archdoc.consistency.compare import Difference, compare
from archdoc.views import Graph


def differences(expected: Graph, shown: Graph, names: Mapping[str, str]) -> tuple[Difference, ...]:
    """Everything in which a picture departs from what it should show.

    `names` gives the ids of what the picture calls by its engine's names.
    """
    return compare(expected, _rename(shown, names))


def _rename(graph: Graph, names: Mapping[str, str]) -> Graph:
    def name(engine_name: str) -> str:
        return names.get(engine_name, f"?{engine_name}")

    return Graph(
        tuple(
            replace(v, id=name(v.id), parent=None if v.parent is None else name(v.parent))
            for v in graph.vertices
        ),
        tuple(replace(e, source=name(e.source), target=name(e.target)) for e in graph.edges),
    )
