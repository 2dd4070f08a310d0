"""Random models whose references lead somewhere, so that pictures can be made of them."""

from __future__ import annotations

import random
from typing import Any

from archdoc.model import ContainerKind, Model

_TEXTS = [
    "", "x", "Two words", '<b>&"q" ]] [[l]]', "日本 مرحبا 🎉", "a\nb", "%x() $y !z", "long " * 12,
    "|t|", "-- a --", "*a*",
]  # fmt: skip
_TAGS = ["t1", "t 2", "é"]
_IDS = ["a", "b", "c", "end", "note", "x-1", "A", "1", "group"]


class Chance:
    """Draws a model by chance; the same number gives the same one."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.groups = ["g1", "g2", "g3"][: self.random.randint(0, 3)]
        self.systems = self._some(["s", "t", "u"], 1, 3)
        self.people = self._some(["p1", "p2", "user"], 0, 3)
        self.containers = [
            f"{system}.{name}" for system in self.systems for name in self._some(_IDS, 0, 4)
        ]
        self.components = [
            f"{name}.{part}" for name in self.containers for part in self._some(["k1", "k2"], 0, 2)
        ]
        self.elements = [*self.people, *self.systems, *self.containers, *self.components]

    def model(self) -> Model:
        """The model."""
        relationships = [self._relationship(self.elements) for _ in range(self._up_to(8))]
        environments = {name: self._environment() for name in self._some(["e1", "e2"], 0, 2)}
        views = [self._view(environments, relationships) for _ in range(self._up_to(5))]
        return Model.model_validate(
            {
                "name": "Random",
                "groups": {name: self._group(name) for name in self.groups},
                "people": {p: self._said() | {"plural": self._text()} for p in self.people},
                "systems": {name: self._system(name) for name in self.systems},
                "relationships": relationships,
                "environments": environments,
                "views": {f"v{n}": view for n, view in enumerate(views) if view is not None},
                "styles": {tag: {"border": "#ff0000", "line": "dotted"} for tag in _TAGS[:2]},
            }
        )

    def _up_to(self, most: int) -> int:
        return self.random.randint(0, most)

    def _some(self, things: list[str], least: int, most: int) -> list[str]:
        return self.random.sample(things, self.random.randint(least, most))

    def _text(self) -> str:
        return self.random.choice(_TEXTS)

    def _said(self) -> dict[str, Any]:
        said = {"name": self._text(), "description": self._text(), "tags": self._some(_TAGS, 0, 2)}
        grouped = bool(self.groups) and self.random.random() < 0.4
        return said | ({"group": self.random.choice(self.groups)} if grouped else {})

    def _group(self, name: str) -> dict[str, Any]:
        said = {"name": self._text()}
        return said | ({"in": "g1"} if name != "g1" and self._up_to(1) else {})

    def _system(self, system: str) -> dict[str, Any]:
        mine = [name for name in self.containers if name.startswith(f"{system}.")]
        containers = {name.rpartition(".")[2]: self._container(name) for name in mine}
        return self._said() | {"external": not self._up_to(4), "containers": containers}

    def _container(self, name: str) -> dict[str, Any]:
        parts = [part for part in self.components if part.startswith(f"{name}.")]
        return self._said() | {
            "kind": self.random.choice(list(ContainerKind)),
            "technology": self._text(),
            "service": {"image": "i:1", "healthcheck": {"disable": True}},
            "components": {p.rpartition(".")[2]: self._said() for p in parts},
        }

    def _relationship(self, ends: list[str]) -> dict[str, Any]:
        return {
            "from": self.random.choice(ends),
            "to": self.random.choice(ends),
            "label": self._text(),
            "technology": self._text() if self._up_to(1) else "",
            "async": not self._up_to(4),
            "direction": "one-way" if self._up_to(4) else "two-way",
            "order": self.random.randint(-1, 1),
            "tags": self._some(_TAGS, 0, 1),
        }

    def _environment(self) -> dict[str, Any]:
        nodes: dict[str, dict[str, Any]] = {
            "aws": {"kind": "aws.cloud"},
            "region": {"kind": "aws.region", "in": "aws"},
            "vpc": {"kind": "aws.vpc", "in": "region"},
            "ec2": {"kind": "aws.ec2", "in": "vpc"},
            "balancer": {"kind": "infrastructure", "in": self.random.choice(["vpc", "ec2"])},
            "machine": {"kind": "node", "technology": self._text()},
            "project": {"kind": "docker.compose", "in": self.random.choice(["ec2", "machine"])},
        }
        free = self.random.sample(self.containers, len(self.containers))
        for holder in ("project", "ec2", "machine"):
            number = self._up_to(3)
            mine, free = free[:number], free[number:]
            runs = [{"container": name, "replicas": self.random.randint(1, 3)} for name in mine]
            nodes[holder]["runs"] = runs
        if not nodes["project"]["runs"]:
            del nodes["project"]
        ends = [*self.elements, "ec2", "balancer", "machine"]
        said = {name: node | {"description": self._text()} for name, node in nodes.items()}
        own = [self._relationship(ends) for _ in range(self._up_to(3))]
        return {"nodes": said, "relationships": own}

    def _view(
        self, environments: dict[str, Any], relationships: list[dict[str, Any]]
    ) -> dict[str, Any] | None:
        kind = self.random.choice(
            ["landscape", "context", "container", "component", "deployment", "aws", "dynamic"]
        )
        view: dict[str, Any] = {"kind": kind, "name": self._text(), "legend": not self._up_to(1)}
        needs: dict[str, tuple[str, list[Any]]] = {
            "context": ("of", self.systems),
            "container": ("of", self.systems),
            "component": ("of", self.containers),
            "deployment": ("environment", list(environments)),
            "aws": ("environment", list(environments)),
            "dynamic": ("steps", relationships),
        }
        if kind in needs:
            key, choices = needs[kind]
            if not choices:
                return None
            view[key] = self.random.choice(choices)
        if kind == "dynamic":
            view["steps"] = [
                {"from": r["from"], "to": r["to"], "label": self._text()}
                for r in self.random.choices(relationships, k=3)
            ]
        pool = [*self.elements, *(["ec2", "machine", "vpc"] if "environment" in view else [])]
        for key in ("include", "exclude"):
            if not self._up_to(1):
                view[key] = [self._selector(pool) for _ in range(self.random.randint(1, 3))]
        return view

    def _selector(self, pool: list[str]) -> Any:
        direction = self.random.choice(["in", "out", "both"])
        return self.random.choice(
            [
                "*",
                self.random.choice(pool),
                {"tag": self.random.choice(_TAGS)},
                {"kind": self.random.choice(["person", "container", "database"])},
                {"inside": self.random.choice(pool)},
                {"around": self.random.choice(pool), "direction": direction},
                *({"group": group} for group in self.groups[:1]),
            ]
        )
