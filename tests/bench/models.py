"""Generated models of any size, in archdoc's language and in LikeC4's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_IN_A_SYSTEM = 20
_VIEWS = 50
_NEAR = 2
_AT_HOME = 0.85
"""How many relationships stay in their system, where pictures are wanted."""


@dataclass(frozen=True)
class View:
    """The containers of a system; where `around` is said, of those what is near to one."""

    of: str
    around: str = ""


class Generated:
    """Containers in systems of twenty, two relationships each with random ends, fifty views."""

    def __init__(self, containers: int, seed: int = 1) -> None:
        chance = random.Random(seed)
        self.systems = {
            f"s{start}": [f"c{n}" for n in range(start, min(start + _IN_A_SYSTEM, containers))]
            for start in range(0, containers, _IN_A_SYSTEM)
        }
        ends = [f"{system}.{name}" for system, names in self.systems.items() for name in names]
        self.relationships = [
            (end, chance.choice(ends), f"Calls {number}")
            for end in ends
            for number in (chance.randrange(10_000), chance.randrange(10_000))
        ]
        self.views = [View(chance.choice(list(self.systems))) for _ in range(_VIEWS)]

    def archdoc(self) -> str:
        """The model as `app.yaml`."""
        return "\n".join(self._yaml()) + "\n"

    def _yaml(self) -> Iterator[str]:
        yield "name: Generated\nsystems:"
        for system, names in self.systems.items():
            yield f"  {system}:\n    name: System {system}\n    description: Holds some containers."
            yield "    containers:"
            for name in names:
                yield f"      {name}:\n        name: Container {name}\n        technology: Django"
                yield f'        version: "4.2"\n        description: Does what {name} does.'
        yield "relationships:"
        yield from (
            f"  - {source} -> {target}: {label}" for source, target, label in self.relationships
        )
        yield "views:"
        for number, view in enumerate(self.views):
            near = f", include: [{{around: {view.around}, depth: {_NEAR}}}]" if view.around else ""
            yield f"  v{number}: {{kind: container, of: {view.of}{near}}}"

    def likec4(self) -> str:
        """The same as `model.c4`."""
        return "\n".join(self._c4()) + "\n"

    def _c4(self) -> Iterator[str]:
        yield "specification {\n  element system\n  element container\n}\nmodel {"
        for system, names in self.systems.items():
            yield f"  {system} = system 'System {system}' {{"
            yield "    description 'Holds some containers.'"
            for name in names:
                yield f"    {name} = container 'Container {name}' {{ technology 'Django 4.2'"
                yield f"      description 'Does what {name} does.' }}"
            yield "  }"
        for source, target, label in self.relationships:
            if source != target:  # LikeC4 refuses those
                yield f"  {source} -> {target} '{label}'"
        yield "}\nviews {"
        for number, view in enumerate(self.views):
            shown = ", ".join(self._near(view.around)) if view.around else "*"
            yield f"  view v{number} of {view.of} {{ include {shown} }}"
        yield "}"

    def _near(self, end: str) -> list[str]:
        """What as many relationships lead to or from; LikeC4's language has one step only."""
        found = {end}
        for _ in range(_NEAR):
            found |= {e for pair in self._pairs() if found & pair for e in pair}
        return sorted(found)

    def _pairs(self) -> Iterator[set[str]]:
        yield from ({source, target} for source, target, _ in self.relationships)


class Drawn(Generated):
    """The same as people draw it: most of what a container calls is in its own system.

    There is a view of every system, and views of what is around one container.
    """

    def __init__(self, containers: int, views: int, seed: int = 2) -> None:
        super().__init__(containers)
        chance = random.Random(seed)
        homes = {f"{s}.{name}": s for s, names in self.systems.items() for name in names}
        others = [end for end in homes for _ in range(2)]
        self.relationships = [
            (
                end,
                chance.choice(
                    [e for e in homes if homes[e] == homes[end] and e != end]
                    if chance.random() < _AT_HOME
                    else [e for e in homes if homes[e] != homes[end]]
                ),
                f"Calls {number}",
            )
            for number, end in enumerate(others)
        ]
        around = chance.sample(list(homes), views - len(self.systems))
        self.views = [View(system) for system in self.systems]
        self.views += [View(homes[end], end) for end in around]
