"""What changes for whoever runs the one environment under Docker Compose, and then the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from archdoc.model import VariableUse, variables_in
from archdoc.outputs.compose.read import Facts, document_of, facts_of, named_volumes
from archdoc.outputs.compose.read_all import read_dotenv
from archdoc.outputs.compose.variables import DEFAULTS, LEFT_OUT, literal, texts_in
from archdoc.views import Change, ChangeKind

_Files = Mapping[str, bytes]
_REQUIRED = {":?", "?"}
"""Operators of variables that have to be set (Compose Specification, "Interpolation")."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A variable of `.env`."""

    must: bool = False
    """Whether Compose refuses to start without it."""
    default: str | None = None
    """What holds where it is not set, as far as that is one text."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ToRun:
    """What whoever runs an environment's compose projects has to do with: nothing where is none."""

    projects: tuple[str, ...]
    variables: Mapping[str, Asked]
    """Those of all `.env.example`, in their order."""
    volumes: Mapping[str, str]
    """What Docker calls each, and the services that use it, in words."""

    @classmethod
    def of(cls, files: _Files) -> Self:
        """By the files, as `emit` writes them. Raises ValueError for what is no compose file."""
        documents = [document_of(content) for content in _named(files, "compose.yaml")]
        asked: dict[str, Asked] = {}
        volumes: dict[str, str] = {}
        uses = [use for d in documents for text in texts_in(d) for use in variables_in(text)]
        for content in _named(files, ".env.example"):
            for name, why in _explained(content).items():
                asked.setdefault(name, _asked([use for use in uses if use.name == name], why))
        projects = [facts_of(document) for document in documents]
        for facts, document in zip(projects, documents, strict=True):
            for name, known in named_volumes(document):
                volumes[known or f"{facts.name}_{name}"] = _used_by(facts, name)
        return cls(tuple(facts.name for facts in projects), asked, volumes)


def compose_changes(old: ToRun, new: ToRun) -> tuple[Change, ...]:
    """First the projects, then the variables of `.env`, then volumes that nobody uses any more."""
    return (
        *_projects(old.projects, new.projects),
        *_variables(old.variables, new.variables),
        *_volumes(old.volumes, new.volumes),
    )


def _projects(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    if len(new) > 1 and len(new) != len(old):
        names = ", ".join(new)
        said = f"There are {len(new)} projects ({names}): each has an .env of its own."
        yield Change(ChangeKind.PROJECTS_CHANGE, said, before=", ".join(old), after=names)


def _variables(old: Mapping[str, Asked], new: Mapping[str, Asked]) -> Iterator[Change]:
    for name, asked in new.items():
        if name not in old:
            yield Change(ChangeKind.VARIABLE_ADDED, f"{name} {_how(asked)}", after=name)
        elif asked.must != old[name].must:
            said = "now has to be" if asked.must else "no longer has to be"
            yield _changed(name, f"{said} set in .env.", old[name], asked)
        elif asked.default != old[name].default and asked.default is not None:
            said = f"is {_shown(asked.default)} where .env does not set it"
            before = old[name].default
            was = f", and was {_shown(before)}." if before is not None else "."
            yield _changed(name, said + was, old[name], asked)
    for name in old:
        if new and name not in new:
            said = f"{name} is no longer read from .env."
            yield Change(ChangeKind.VARIABLE_REMOVED, said, before=name)


def _changed(name: str, said: str, old: Asked, new: Asked) -> Change:
    ends = [name if one.default is None else f"{name}={one.default}" for one in (old, new)]
    return Change(ChangeKind.VARIABLE_CHANGES, f"{name} {said}", before=ends[0], after=ends[1])


def _how(asked: Asked) -> str:
    why = f": {asked.why}" if asked.why else "."
    if asked.must:
        return f"has to be set in .env{why}"
    default = f" ({_shown(asked.default)} where it is not)" if asked.default is not None else ""
    return f"may be set in .env{default}{why}"


def _shown(default: str) -> str:
    return default or "empty"


def _asked(uses: list[VariableUse], why: str) -> Asked:
    must = any(use.operator in _REQUIRED for use in uses)
    has_default = bool(uses) and all(use.operator in DEFAULTS for use in uses)
    return Asked(must, literal({use.operand for use in uses}) if has_default else None, why)


def _explained(content: bytes) -> dict[str, str]:
    """The variables of a `.env.example`, in its order, with what is said of each."""
    facts = read_dotenv(content).facts
    said = {name: text for name, what, text in facts if what == "description"}
    told = (name for name, what, _ in facts if what in {"value", "may be left out"})
    return {name: _why(said.get(name, "")) for name in told}


def _why(said: str) -> str:
    """Without what the default says that stands below it there."""
    for end in LEFT_OUT:
        said = said.removesuffix(end).rstrip()
    return said


def _volumes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name, services in old.items():
        if name not in new:
            said = f"Nothing uses the volume {name}{services} any more: move what is to be kept."
            yield Change(ChangeKind.VOLUME_LEFT, said, before=name)


def _used_by(facts: Facts, volume: str) -> str:
    users = [
        name
        for name, service in facts.services.items()
        if any(source == volume for source, _ in service.volumes)
    ]
    return f" ({', '.join(users)})" if users else ""


def _named(files: _Files, name: str) -> list[bytes]:
    return [content for path, content in files.items() if path.rpartition("/")[2] == name]
