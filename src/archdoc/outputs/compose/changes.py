"""What changes for whoever runs the one environment under Docker Compose, and then the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from archdoc.outputs.compose.read import Facts, read
from archdoc.outputs.compose.read_all import read_dotenv
from archdoc.views import Change, ChangeKind

_Files = Mapping[str, bytes]
_Volume = tuple[str, str]
"""The project's name and the volume's, which make up the one by which Docker keeps it."""


@dataclass(frozen=True, slots=True)
class ToRun:
    """What whoever runs an environment's compose projects has to do with: nothing where is none."""

    variables: Mapping[str, str]
    """Those of `.env`, in its order, and what is to be done about each."""
    volumes: Mapping[_Volume, str]
    """Those of all projects, each with the services that use it, in words."""

    @classmethod
    def of(cls, files: _Files) -> Self:
        """By the files, as `emit` writes them. Raises ValueError for what is no compose file."""
        return cls(_asked(files), _kept(files))


def compose_changes(old: ToRun, new: ToRun) -> tuple[Change, ...]:
    """First the variables of `.env`, then the volumes whose data no container sees any more."""
    return (*_variables(old.variables, new.variables), *_volumes(old.volumes, new.volumes))


def _variables(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in [name for name in new if name not in old]:
        said = f"{name} {new[name]}"
        yield Change(ChangeKind.VARIABLE_ADDED, said, after=name)
    for name in [name for name in old if new and name not in new]:
        said = f"{name} is no longer read from .env."
        yield Change(ChangeKind.VARIABLE_REMOVED, said, before=name)


def _asked(files: _Files) -> dict[str, str]:
    asked: dict[str, str] = {}
    for content in _named(files, ".env.example"):
        facts = read_dotenv(content).facts
        about = {name: text for name, what, text in facts if what == "description"}
        for name, what, _ in facts:
            if what in {"value", "may be left out"}:
                must = "has to be set" if what == "value" else "may be set"
                why = about.get(name, "").partition(" For example:")[0]
                asked.setdefault(name, f"{must} in .env{f': {why}' if why else '.'}")
    return asked


def _volumes(old: Mapping[_Volume, str], new: Mapping[_Volume, str]) -> Iterator[Change]:
    for (project, name), services in old.items():
        if (project, name) not in new:
            said = (
                f"The data in volume {name}{services} stays with project {project}: "
                "move what is to be kept."
            )
            yield Change(ChangeKind.VOLUME_LEFT, said, before=f"{project}_{name}")


def _kept(files: _Files) -> dict[_Volume, str]:
    found: dict[_Volume, str] = {}
    for facts in map(read, _named(files, "compose.yaml")):
        for name in sorted(facts.volumes):
            found[facts.name, name] = _used_by(facts, name)
    return found


def _used_by(facts: Facts, volume: str) -> str:
    users = [
        name
        for name, service in facts.services.items()
        if any(source == volume for source, _ in service.volumes)
    ]
    return f" ({', '.join(users)})" if users else ""


def _named(files: _Files, name: str) -> list[bytes]:
    return [content for path, content in files.items() if path.rpartition("/")[2] == name]
