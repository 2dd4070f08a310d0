"""No secret stands in a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from archdoc.model import Element, Model, Path
from archdoc.rules.base import Finding, Rule, containers
from archdoc.rules.clear_text import is_secret, secret_in, secret_in_command, secrets_in_file

_SETTINGS: tuple[Path, ...] = (("environment",), ("build", "args"), ("labels",), ("annotations",))
_COMMANDS: tuple[Path, ...] = (("command",), ("entrypoint",), ("healthcheck", "test"))
_HELP = "declare it under `secrets:`, and write `{{ secret.its_name }}` here"


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        found: dict[Path, str] = {}
        for path, message in _in_service(content.service):
            found.setdefault(path, message)
        for path, message in found.items():
            yield Finding((*element.path, "service", *path), message, help=_HELP)


def _in_service(service: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for place in _SETTINGS:
        for key, name, value in _settings(_at(service, place)):
            if is_secret(name, value):
                yield (*place, key), f"`{name}` holds its secret in plain text"
    for place in _COMMANDS:
        option = secret_in_command(_at(service, place))
        if option:
            yield place, f"`{option}` is given its secret in plain text"
    for path, text in _texts(service, ()):
        if said := secret_in(text):
            yield path, said


def _at(service: dict[str, Any], place: Path) -> Any:
    value: Any = service
    for key in place:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _settings(said: Any) -> Iterator[tuple[str | int, str, object]]:
    """Key or number, name and value of each setting, in either of Compose's forms."""
    if isinstance(said, dict):
        yield from ((name, name, value) for name, value in said.items())
    elif isinstance(said, list):
        for number, item in enumerate(said):
            name, _, value = str(item).partition("=")
            yield number, name, value


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def _check_files(model: Model, read_file: Callable[[str], str]) -> Iterator[Finding]:
    for element, content in containers(model):
        for number, file in enumerate(content.files):
            try:
                text = read_file(file.template)
            except (OSError, ValueError):  # making the compose file says so
                continue
            for line, said in secrets_in_file(text):
                yield _in_file(element, number, f"`{file.template}`, line {line}: {said}")


def _in_file(element: Element, number: int, message: str) -> Finding:
    help_ = "give it to the service under `secrets:`, and read it from /run/secrets there"
    return Finding((*element.path, "files", number, "template"), message, help=help_)


RULE = Rule(
    name="literal-secret",
    code="A304",
    summary="A service, or a file that it mounts, has a password, key or token in plain text.",
    why="A model is read by everybody, and kept for ever in the history of its repository. It does "
    "not matter where a secret stands: in `environment`, in `build.args`, which every image that "
    "is built keeps, in a command, in a label, in a URL, or as the default of a variable.",
    example="web: {service: {environment: {DB_PASSWORD: hunter2}}}",
    fix="Declare it under `secrets:` and write `{{ secret.db_password }}`: it becomes a variable "
    "that the operator sets. Change the secret that stood here.",
    check=_check,
    check_files=_check_files,
)
