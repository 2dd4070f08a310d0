"""No secret stands in a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from archdoc.model import Model, Path, variable_named
from archdoc.rules.base import Finding, Rule, containers
from archdoc.rules.clear_text import (
    Clear,
    held,
    secrets_in,
    secrets_in_command,
    secrets_in_file,
)
from archdoc.rules.secret_words import is_secret

_LISTS = {"environment", "args", "labels", "annotations"}
"""What Compose lets be a list of `NAME=value`, wherever it stands."""
_COMMANDS = {"command", "entrypoint", "test"}
_VARIABLE = re.compile(r"\{\{-?\s*variable\.(?P<name>[A-Za-z_]\w*)\s*-?\}\}")
_HELP = "declare it under `secrets:`, and write `{{ secret.its_name }}` here"


def _check(model: Model) -> Iterator[Finding]:
    in_variables = {finding.path: finding for finding in _variables(model)}
    yield from in_variables.values()
    defaults = {
        name: f"${{{variable_named(name)}:-{variable.default}}}"
        for name, variable in model.variables.items()
        if variable.default is not None and ("variables", name, "default") not in in_variables
    }
    places: list[tuple[Path, dict[str, Any]]] = [
        ((*element.path, "service"), content.service) for element, content in containers(model)
    ]
    places += [(("volumes", name, "options"), v.options) for name, v in model.volumes.items()]
    places += [(("networks", name, "options"), n.options) for name, n in model.networks.items()]
    for path, written in places:
        found: dict[Path, list[Clear]] = {}
        for inner, clear in secrets_of(_with_defaults(written, defaults)):
            around = (inner[:length] for length in range(1, len(inner) + 1))
            found.setdefault(next((at for at in around if at in found), inner), []).append(clear)
        for inner, clears in found.items():
            hides = tuple(clear.value for clear in clears)
            yield Finding((*path, *inner), clears[0].said, help=_HELP, hides=hides)


def secrets_of(written: Any) -> Iterator[tuple[Path, Clear]]:
    """Every secret in what is said of a service, or in all of a compose file: where it is."""
    yield from _settings(written, ())
    yield from _commands(written, ())
    yield from _texts(written, ())


def _variables(model: Model) -> Iterator[Finding]:
    """Values in plain text of variables that are called like secrets, or look like them."""
    for name, variable in model.variables.items():
        for key, said in (("default", variable.default), ("example", variable.example)):
            clear = [clear.value for clear in secrets_in(said or "")]
            if said and (clear or is_secret(name, said)):
                yield Finding(
                    ("variables", name, key),
                    f"the {key} of `{name}` is a secret in plain text",
                    help=f"declare `{name}` under `secrets:`, which has neither a default nor an "
                    f"example, and write `{{{{ secret.{name} }}}}` where it is used",
                    hides=(said,) if is_secret(name, said) else tuple(clear),
                )


def _with_defaults(value: Any, defaults: Mapping[str, str]) -> Any:
    """The same with variables of the model as Compose reads them; keys stay as they are."""
    match value:
        case str():
            return _VARIABLE.sub(lambda found: defaults.get(found["name"], found[0]), value)
        case list():
            return [_with_defaults(item, defaults) for item in value]
        case dict():
            return {key: _with_defaults(item, defaults) for key, item in value.items()}
    return value


def _settings(value: Any, path: Path) -> Iterator[tuple[Path, Clear]]:
    """Settings that are called like secrets, in either of Compose's forms."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                yield from _settings(inner, (*path, name))
            elif is_secret(str(name), inner):
                yield (*path, name), held(str(name), inner)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            name, _, said = str(item).partition("=")
            if isinstance(item, dict):
                yield from _settings(item, (*path, number))
            elif path and path[-1] in _LISTS and is_secret(name, said):
                yield (*path, number), held(name, said)


def _commands(value: Any, path: Path) -> Iterator[tuple[Path, Clear]]:
    """Commands, those before and after a service's own and those of its image's build included."""
    if isinstance(value, list):
        value = dict(enumerate(value))
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        here = (*path, key)
        if key in _COMMANDS:
            yield from ((here, clear) for clear in secrets_in_command(inner))
        elif key == "dockerfile_inline" and isinstance(inner, str):
            yield from ((here, clear) for _, clears in secrets_in_file(inner) for clear in clears)
            for line in inner.split("\n"):
                yield from ((here, clear) for clear in secrets_in_command(line))
        elif key not in _LISTS:
            yield from _commands(inner, here)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, Clear]]:
    """Secrets that are known by their look, wherever they stand."""
    if isinstance(value, str):
        yield from ((path, clear) for clear in secrets_in(value))
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
            path = (*element.path, "files", number, "template")
            for line, clears in secrets_in_file(text):
                hides, inside = tuple(clear.value for clear in clears), (file.template, line)
                said, name = clears[0].said, clears[0].name
                yield Finding(path, said, name, help=_IN_FILE, inside=inside, hides=hides)


_IN_FILE = "give it to the service under `secrets:`, and read it from /run/secrets there"

RULE = Rule(
    name="literal-secret",
    code="A304",
    summary="A service, or a file that it mounts, has a password, key or token in plain text.",
    why="A model is read by everybody, and kept for ever in the history of its repository. It does "
    "not matter where a secret stands: in `environment`, in `build.args`, which every image that "
    "is built keeps, in a command, in a label, in a URL, or as the default of a variable. What "
    "a value is, the last word of its name says (`DB_PASS`, and not `PASSWORD_RESET_TIMEOUT`); "
    "some tokens, and what `htpasswd` makes of passwords, are known by their look. "
    "`true`, `1`, a path, or an entry of a secret store "
    "(`vault:…`, `arn:…`) is no secret.",
    example="web: {service: {environment: {DB_PASSWORD: hunter2}}}",
    fix="Declare it under `secrets:` and write `{{ secret.db_password }}`: it becomes a variable "
    "that the operator sets. Change the secret that stood here. One in a mounted file can "
    "be accepted by a comment where the model mounts it.",
    check=_check,
    check_files=_check_files,
)
