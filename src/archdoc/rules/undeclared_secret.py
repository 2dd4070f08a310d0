"""Secrets, configs and models that a service is given are declared, and what placeholders name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archdoc.model import Model, Path, Reference, by_defaults, grants_in, is_filled_in
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule, run_under_compose

_INSTEAD = {
    "configs": "in place of a config, let `files:` of the container mount a file that archdoc "
    "writes, or `volumes:` one of yours",
    "models": "in place of a model, say the address of one in a variable under `environment:`",
}
_ASKED = re.compile(r"\{\{\s*(secret|variable)\.([A-Za-z_]\w*)\s*(?=[}|])")


class Asked(NamedTuple):
    """A placeholder for a secret or a variable that is not declared."""

    path: Path
    kind: str
    name: str


def asked_in_vain(model: Model) -> Iterator[Asked]:
    """Such placeholders in services, as far as they can be told without filling them in."""
    declared = _declared(model)
    for element, content in run_under_compose(model):
        for path, text in _texts(content.service, (*element.path, "service")):
            for found in _ASKED.finditer(text):
                before = text[: found.start()]
                is_quoted = before.count("{{") > before.count("}}")
                if not is_quoted and found[2] not in declared[found[1]]:
                    yield Asked(path, found[1], found[2])


def _declared(model: Model) -> dict[str, list[str]]:
    return {"secret": [*model.secrets], "variable": [*model.variables]}


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a nested value but those with statements, which may mean anything."""
    match value:
        case str() if "{%" not in value and "{#" not in value:
            yield path, value
        case list():
            for number, item in enumerate(value):
                yield from _texts(item, (*path, number))
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))


def _check(model: Model) -> Iterator[Finding]:
    declared = _declared(model)
    for path, kind, name in asked_in_vain(model):
        yield Finding(
            path,
            f"no {kind} is called `{name}`",
            f"{kind}.{name}",
            label=did_you_mean(name, declared[kind]),
            help=f"correct it, or declare it at the top of the model: `{kind}s: {{{name}: …}}`",
        )
    files = [name for name, secret in model.secrets.items() if secret.file]
    for element, content in run_under_compose(model):
        service = by_defaults(model, content.service)
        for ref in grants_in(service, "secrets"):
            if ref.name not in files:
                yield _secret((*element.path, "service", *ref.at), ref, model, files)
        for kind, help_ in _INSTEAD.items():
            for ref in grants_in(service, kind):
                path = (*element.path, "service", *ref.at)
                message = f"a model has no {kind} at its top, so that none is called `{ref.name}`"
                yield Finding(path, message, on_key=ref.on_key, help=help_)


def _secret(path: Path, ref: Reference, model: Model, files: list[str]) -> Finding:
    if ref.name in model.secrets:
        return Finding(
            path,
            f"the secret `{ref.name}` is no file",
            help=f"say where the operator keeps it: `secrets: {{{ref.name}: {{file: …}}}}`; or "
            f"write `{{{{ secret.{ref.name} }}}}` in a variable",
        )
    if is_filled_in(ref.name):
        return Finding(
            path,
            f"nobody knows which secret `{ref.name}` is, so that none can be declared",
            help="write the name itself, or a variable with a default that is one: "
            "`${NAME:-its_name}`",
        )
    return Finding(
        path,
        f"no secret is called `{ref.name}`",
        label=did_you_mean(ref.name, files),
        help=f"declare it: `secrets: {{{ref.name}: {{description: …, file: …}}}}`",
    )


RULE = Rule(
    name="undeclared-secret",
    code="A322",
    summary="A service is given a secret, a config or a model, or names a variable, that is "
    "declared nowhere.",
    why="Docker Compose refuses the file, or there is nothing to write in the placeholder's place.",
    example="web: {service: {build: ., secrets: [sining_key]}}",
    fix="Correct the name, or declare the secret at the top of the model, with a `file`. In place "
    "of configs there are `files:`.",
    check=_check,
    required=True,
)
