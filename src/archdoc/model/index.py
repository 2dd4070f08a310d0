"""Finding things in a model: full ids, references by suffix, and who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archdoc.model.base import display_name
from archdoc.model.elements import LogicalContent, Person, SoftwareSystem
from archdoc.model.environments import DeploymentNode, Environment

Path = tuple[str | int, ...]
"""Where a value stands in the model's document: ("systems", "app", "containers", "django")."""


class ElementKind(StrEnum):
    """C4's abstractions, and the deployment nodes that they run on."""

    PERSON = "person"
    SYSTEM = "system"
    CONTAINER = "container"
    COMPONENT = "component"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Element:
    """One element with its full id and its place."""

    id: str
    kind: ElementKind
    content: LogicalContent | DeploymentNode
    parent: str | None
    path: Path
    is_external: bool = False
    """Whether it is somebody else's, or a part of what is."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.content.name or display_name(self.local_id)

    @property
    def local_id(self) -> str:
        """The last part of its id: `django`."""
        return self.id.rpartition(".")[2]

    @property
    def group(self) -> str | None:
        """The group that it belongs to."""
        return None if isinstance(self.content, DeploymentNode) else self.content.group


class UnknownReferenceError(LookupError):
    """A reference that leads nowhere."""

    def __init__(self, ref: str, known: Iterable[str]) -> None:
        super().__init__(f"no element is called `{ref}`")
        self.ref = ref
        self.known = tuple(known)


class AmbiguousReferenceError(LookupError):
    """A reference that leads to several elements."""

    def __init__(self, ref: str, matches: Iterable[str]) -> None:
        super().__init__(f"`{ref}` could be several elements")
        self.ref = ref
        self.matches = tuple(matches)


class Index:
    """All elements of a model by full id, in the order of the document."""

    def __init__(
        self,
        people: Mapping[str, Person],
        systems: Mapping[str, SoftwareSystem],
        environments: Mapping[str, Environment],
    ) -> None:
        self.elements: dict[str, Element] = {
            element.id: element for element in _logical_elements(people, systems)
        }
        self.nodes: dict[str, dict[str, Element]] = {
            environment: {
                node_id: Element(
                    f"{environment}.{node_id}",
                    ElementKind.NODE,
                    node,
                    f"{environment}.{node.within}" if node.within else None,
                    ("environments", environment, "nodes", node_id),
                )
                for node_id, node in content.nodes.items()
            }
            for environment, content in environments.items()
        }
        self._by_suffix = _suffixes(self.elements)
        self._inside: dict[str | None, list[Element]] = defaultdict(list)
        for element in self.elements.values():
            self._inside[element.parent].append(element)

    def children(self, element_id: str | None) -> tuple[Element, ...]:
        """The elements directly inside another, or the outermost ones (None), in their order."""
        return tuple(self._inside.get(element_id, ()))

    def descendants(self, element_id: str) -> Iterator[Element]:
        """All elements inside another, at every depth, without itself."""
        for child in self._inside.get(element_id, ()):
            yield child
            yield from self.descendants(child.id)

    def find(self, ref: str, environment: str | None = None) -> Element | None:
        """What `resolve` finds; None where it would raise."""
        try:
            return self.resolve(ref, environment)
        except LookupError:
            return None

    def resolve(self, ref: str, environment: str | None = None) -> Element:
        """The one element that `ref` means; inside `environment`, its nodes may be meant too.

        A full id wins over a suffix, and a node of the environment over an element elsewhere.
        Raises UnknownReferenceError or AmbiguousReferenceError.
        """
        nodes: Mapping[str, Element] = self.nodes.get(environment or "", {})
        if ref in nodes:
            return nodes[ref]
        if ref in self.elements:
            return self.elements[ref]
        matches = self._by_suffix.get(ref, [])
        if not matches:
            raise UnknownReferenceError(ref, [*self._by_suffix, *nodes])
        if len(matches) > 1:
            raise AmbiguousReferenceError(ref, matches)
        return self.elements[matches[0]]

    def container(self, ref: str) -> Element:
        """The one container that `ref` means, whatever else shares its name.

        Raises as `resolve`.
        """
        matches = [
            id_
            for id_ in self._by_suffix.get(ref, [])
            if self.elements[id_].kind is ElementKind.CONTAINER
        ]
        if ref in matches:  # a full id wins over the end of another's
            return self.elements[ref]
        if len(matches) == 1:
            return self.elements[matches[0]]
        if matches:
            raise AmbiguousReferenceError(ref, matches)
        containers = [e.id for e in self.elements.values() if e.kind is ElementKind.CONTAINER]
        raise UnknownReferenceError(ref, _suffixes(containers))

    def find_container(self, ref: str) -> Element | None:
        """What `container` finds; None where it would raise."""
        try:
            return self.container(ref)
        except LookupError:
            return None

    def ancestors(self, element_id: str) -> list[str]:
        """The ids around an element, innermost first, without itself."""
        around: list[str] = []
        parent = self.elements[element_id].parent
        while parent is not None:
            around.append(parent)
            parent = self.elements[parent].parent
        return around


def _logical_elements(
    people: Mapping[str, Person], systems: Mapping[str, SoftwareSystem]
) -> Iterable[Element]:
    for person_id, person in people.items():
        path: Path = ("people", person_id)
        yield Element(person_id, ElementKind.PERSON, person, None, path, person.external)
    for system_id, system in systems.items():
        path = ("systems", system_id)
        yield Element(system_id, ElementKind.SYSTEM, system, None, path, system.external)
        yield from _inside_system(system_id, system, path)


def _inside_system(system_id: str, system: SoftwareSystem, path: Path) -> Iterable[Element]:
    for container_id, container in system.containers.items():
        full_id = f"{system_id}.{container_id}"
        inner: Path = (*path, "containers", container_id)
        yield Element(full_id, ElementKind.CONTAINER, container, system_id, inner, system.external)
        for component_id, component in container.components.items():
            yield Element(
                f"{full_id}.{component_id}",
                ElementKind.COMPONENT,
                component,
                full_id,
                (*inner, "components", component_id),
                system.external,
            )


def _suffixes(ids: Iterable[str]) -> dict[str, list[str]]:
    """Every dotted suffix of every id, with the ids that it could mean."""
    found: dict[str, list[str]] = defaultdict(list)
    for full_id in ids:
        parts = full_id.split(".")
        for start in range(len(parts)):
            found[".".join(parts[start:])].append(full_id)
    return dict(found)
