"""A network that services join is declared, so that a mistyped name does not make a new one."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, by_defaults, is_filled_in, pair_networks
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        derived = [name for name, _ in pair_networks(placement, node_id).values()]
        known = ["default", *model.networks, *derived]
        for element in placement.services(node_id).values():
            said = service_of(element).get("networks") or ()
            joined = said if isinstance(said, dict) else by_defaults(model, said)
            for number, name in enumerate(joined):
                if name in known or is_filled_in(name):
                    continue
                by_name = isinstance(joined, dict)
                path = (*element.path, "service", "networks", name if by_name else number)
                found[path] = Finding(
                    path,
                    f"no network is called `{name}`",
                    on_key=by_name,
                    label=did_you_mean(name, known),
                    help=f"declare it: `networks: {{{name}: who meets there}}`; services with a "
                    "relationship share a network without it",
                )
    yield from found.values()


RULE = Rule(
    name="unknown-network",
    code="A321",
    summary="A service joins a network that is declared nowhere.",
    why="A mistyped name would make one more network, on which nobody else is, and from which the "
    "outside can be reached.",
    example="db: {service: {image: postgres, networks: [bakend]}}",
    fix="Correct the name, or declare it at the top of the model: `networks: {backend: Who works "
    "behind the proxy}`. Networks that relationships make are known by their names (`web-db`).",
    check=_check,
)
