"""The kinds of deployment node: what they are called, where they may stand, how they are drawn.

AWS's are data: `aws/*.toml`, a file for each part of the catalogue, where kinds go without `aws.`.
Names of icons are those of PlantUML's stdlib `awslib20` (AWS Icons for PlantUML 20) and of the
`diagrams` package; a test renders every one of them with both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

from archdoc.model.catalogue.addresses import blocks
from archdoc.model.catalogue.kinds import ANYWHERE, AwsIcon, NodeKind
from archdoc.model.catalogue.limits import Limit
from archdoc.model.catalogue.settings import Setting
from archdoc.model.elements import ContainerKind

__all__ = [
    "ANYWHERE",
    "CATALOGUE",
    "PEOPLE_ICON",
    "AwsIcon",
    "Limit",
    "NodeKind",
    "Setting",
    "blocks",
    "formerly_called",
    "product_of",
]

_MACHINES = ("host", "node", "aws.ec2", "aws.lightsail")

_OTHERS: dict[str, NodeKind] = {
    "host": NodeKind("Server", ("",), "Machines"),
    "node": NodeKind("Node", (ANYWHERE,), "Machines", runs="tasks"),
    "infrastructure": NodeKind("Infrastructure", (ANYWHERE,), "Machines"),
    "docker.compose": NodeKind("Docker Compose", ("", *_MACHINES), "Docker", runs="compose"),
    "docker.volume": NodeKind(
        "Docker volume", ("docker.compose",), "Docker", realises=(ContainerKind.FILE_STORE,)
    ),
}
_PARTS = ("groups", "compute", "data", "network", "integration", "operations")


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath("aws", f"{name}.toml").read_text())


def _read() -> Iterator[tuple[str, NodeKind]]:
    places = _data("places")
    settings = _data("settings")
    for part in _PARTS:
        for category, said in _data(part).items():
            for name, kind in said["kinds"].items():
                can = {s: _setting(s, settings[s], name) for s in kind.get("settings", ())}
                yield f"aws.{name}", _kind(category, said, kind, places, tuple(can.values()))


def _setting(name: str, said: dict[str, Any], kind: str) -> Setting:
    """One setting of one kind of node: `rds` has what is said of it, and so has `rds.mysql`."""
    limits = said.get("limits", {})
    limit = limits.get(kind, limits.get(kind.partition(".")[0]))
    form = {key: value for key, value in said.items() if key != "limits"}
    return Setting(
        name,
        **form | {"choices": tuple(said.get("choices", ()))},
        limit=_limit(**limit) if limit else None,
    )


def _limit(
    source: str, of: Iterable[str] = (), by_cpu: Mapping[str, Any] | None = None, **bounds: Any
) -> Limit:
    return Limit(
        source,
        of=tuple(map(str, of)),
        by_cpu=tuple((cpu, _limit(source, **limit)) for cpu, limit in (by_cpu or {}).items()),
        **{key: str(value) for key, value in bounds.items()},
    )


def _kind(
    category: str,
    defaults: Mapping[str, str],
    said: Mapping[str, Any],
    places: Mapping[str, list[str]],
    settings: tuple[Setting, ...],
) -> NodeKind:
    library = defaults["awslib"]
    return NodeKind(
        title=said["title"],
        stands_in=tuple(_stands_in(said["stands_in"], places)),
        category=category,
        group=said.get("group", library == "Groups"),
        runs=said.get("runs", "nothing"),
        runs_only=tuple(map(ContainerKind, said.get("runs_only", ()))),
        needs_capacity=said.get("needs_capacity", False),
        replicates=said.get("replicates", False),
        realises=tuple(map(ContainerKind, said.get("realises", ()))),
        technologies=tuple(said.get("technologies", ())),
        fronts=said.get("fronts", False),
        public=said.get("public", False),
        zones=said.get("zones", 1),
        settings=settings,
        isolates=said.get("isolates", False),
        icon=AwsIcon(f"{library}/{said['icon']}", _diagrams(defaults, said)),
        formerly=tuple(said.get("formerly", ())),
    )


def _stands_in(said: str | list[str], places: Mapping[str, list[str]]) -> Iterator[str]:
    for one in [f"@{said}"] if isinstance(said, str) else said:
        for kind in places[one[1:]] if one.startswith("@") else [one]:
            yield kind and f"aws.{kind}"


def _diagrams(defaults: Mapping[str, str], said: Mapping[str, Any]) -> str:
    """Module and class: both by default as `awslib` has them; groups are clusters there."""
    module = defaults.get("diagrams")
    if module is None:
        return ""
    name = said.get("diagrams", said["icon"])
    return f"aws.{name}" if "." in name else f"aws.{module}.{name}"


CATALOGUE: dict[str, NodeKind] = _OTHERS | dict(_read())

PEOPLE_ICON = AwsIcon("General/Users", "aws.general.Users")
"""How AWS pictures draw people."""


def product_of(icon: AwsIcon) -> str:
    """What an icon stands for: "Amazon RDS"; empty for people's."""
    return next((kind.title for kind in CATALOGUE.values() if kind.icon == icon), "")


def formerly_called(name: str) -> str | None:
    """The kind that an older `awslib` draws by this include or macro; None for no such."""
    for kind, known in CATALOGUE.items():
        names = (*known.formerly, known.icon.include if known.icon else "")
        if any(name and name in (n, n.rpartition("/")[2]) for n in names):
            return kind
    return None
