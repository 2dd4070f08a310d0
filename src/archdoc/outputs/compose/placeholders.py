"""`{{ postgres.host }}` in service settings and in mounted files: one place for hosts and ports.

Rendered in Jinja2's sandbox: a model may come from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from archdoc.model import (
    ContainerKind,
    Element,
    Path,
    is_set_elsewhere,
    port_from_outside,
    variable_named,
)
from archdoc.outputs.compose.errors import ComposeError, WrongPlaceholderError
from archdoc.outputs.compose.mistakes import MISTAKES, mistake
from archdoc.outputs.compose.project import Project, Variable, container_of
from archdoc.outputs.compose.proxies import networks_before
from archdoc.report import did_you_mean

_WORD = re.compile(r"[A-Za-z_]\w*")
ATTRIBUTES = ("host", "port", "version", "name", "url", "path", "bucket", "proxies")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Fills in what one service says, from where the service runs."""

    project: Project
    service: str
    template: str = ""
    """The mounted file that is rendered, if one is. Compose fills in variables in compose.yaml, but
    not in such files."""
    later: dict[str, str] = field(default_factory=dict)
    """Expressions of variables that were filled in → the placeholder that asked for each. Their
    values are known only when the project starts."""

    def render(self, text: str, path: Path) -> str:
        """The text with its placeholders filled in. Raises ComposeError at `path`."""
        if "{" not in text:
            return text
        from jinja2 import TemplateError

        from archdoc.outputs.compose.sandbox import render

        try:
            return render(text, self._context(text), self.project.budget, self.later)
        except (TemplateError, *MISTAKES) as error:
            wrong = mistake(error, ["secret", "variable", *self.project.names])
            if self.template:
                inside = (self.template, wrong.line)
                raise ComposeError(path, wrong.message, wrong.help, wrong.word, inside) from error
            where = f" (line {wrong.line})" if "\n" in text and not wrong.word else ""
            message = f"placeholder: {wrong.message}{where}"
            raise ComposeError(path, message, wrong.help, wrong.word) from error

    def render_all(self, value: Any, path: Path) -> Any:
        """The same for every text in a nested value; keys stay as they are."""
        match value:
            case str():
                return self.render(value, path)
            case list():
                return [self.render_all(item, (*path, i)) for i, item in enumerate(value)]
            case dict():
                return {key: self.render_all(item, (*path, key)) for key, item in value.items()}
        return value

    def _context(self, text: str) -> dict[str, object]:
        """What the names in a text stand for; others are not worked out."""
        model, names = self.project.placement.model, self.project.names
        words = set(_WORD.findall(text))
        context: dict[str, object] = {
            name: self._lookup(name, names[name]) for name in words & names.keys()
        }
        if "secret" in words:
            secrets = {name: partial(self._secret, name) for name in model.secrets}
            context["secret"] = _Lookup(secrets, "secret", self.later)
        if "variable" in words:
            variables = {name: partial(self._variable, name) for name in model.variables}
            context["variable"] = _Lookup(variables, "variable", self.later)
        return context

    def _lookup(self, name: str, meant: Element | Mapping[str, Element]) -> _Lookup:
        if isinstance(meant, Element):
            values = {a: partial(self._attribute, meant, a) for a in ATTRIBUTES}
            return _Lookup(values, name, self.later)
        return _Lookup({part: self._lookup(e.id, e) for part, e in meant.items()}, name, self.later)

    def _secret(self, name: str) -> str:
        secret = self.project.placement.model.secrets[name]
        if secret.file:
            raise WrongPlaceholderError(
                f"secret `{name}` is a file",
                f"list it under `secrets:`, and read /run/secrets/{name}",
            )
        return self._use(Variable(variable_named(name), secret.description))

    def _variable(self, name: str) -> str:
        variable = self.project.placement.model.variables[name]
        named = variable_named(name)
        return self._use(Variable(named, variable.description, variable.example, variable.default))

    def _use(self, variable: Variable) -> str:
        if self.template:
            raise WrongPlaceholderError(
                f"`{variable.name}` is known only when the project starts, too late for a file",
                "read it from the container's environment instead",
            )
        _check(variable)
        known = self.project.variables.get(variable.name, variable)
        if known != variable:
            raise WrongPlaceholderError(
                f"two things would both be the variable `{variable.name}`",
                "rename the secret, variable or container behind one of them",
            )
        expression = self.project.use(variable)
        self.later.setdefault(expression, variable.name)
        return expression

    def _attribute(self, element: Element, attribute: str) -> str | tuple[str, ...]:
        values: dict[str, Callable[[Element], str | tuple[str, ...]]] = {
            "host": self._host,
            "port": self._port,
            "version": self._version,
            "name": lambda e: e.name,
            "url": self._url,
            "path": self._mounted_at,
            "bucket": self._bucket,
            "proxies": lambda e: networks_before(self.project.placement, e),
        }
        return values[attribute](element)

    def _host(self, element: Element) -> str:
        if element.id in self.project.name_of:
            return self.project.name_of[element.id]
        example = f"{element.id.rpartition('.')[2]}.example.org"
        return self._use(self._outside(element, "HOST", "Host name of {}.", example))

    def _version(self, element: Element) -> str:
        version = container_of(element).version
        if not version:
            raise WrongPlaceholderError(
                f"`{element.id}` has no version", "say in the model which `version:` it has"
            )
        return version

    def _bucket(self, element: Element) -> str:
        if container_of(element).kind is not ContainerKind.FILE_STORE:
            raise WrongPlaceholderError(
                f"`{element.id}` is no file store: only these have a URL or a bucket",
                f"write `{element.local_id}.host` and `{element.local_id}.port`; or say in the "
                "model that its `kind` is `file-store`",
            )
        return self._use(self._outside(element, "BUCKET", "Bucket of {}.", "media"))

    def _mounted_at(self, element: Element) -> str:
        own = self.project.services[self.service].id
        return self.project.mounts(own).get(element.id, "").partition(":")[0]

    def _url(self, element: Element) -> str:
        """A file store's URL: where this service mounts its volume, or the bucket."""
        if element.id not in self.project.volumes:
            return f"s3://{self._bucket(element)}"
        path = self._mounted_at(element)
        if not path:
            raise WrongPlaceholderError(
                f"`{self.service}` does not mount `{element.id}`",
                f"add a relationship from it to `{element.id}` with `mount:`",
            )
        return f"file://{path}"

    def _port(self, element: Element) -> str:
        port = container_of(element).port
        if port is None:
            raise WrongPlaceholderError(
                f"`{element.id}` has no port", "say in the model which `port:` it listens on"
            )
        if element.id in self.project.name_of:
            return str(port)
        places = self.project.placement.of(element.id)
        known = port_from_outside(self.project.placement, places[0]) if places else port
        if self.template and known is not None:
            return str(known)
        variable = self._outside(element, "PORT", "Port of {}.", "")
        default = None if known is None else str(known)
        return self._use(Variable(variable.name, variable.description, default=default))

    def _outside(self, element: Element, suffix: str, what: str, example: str) -> Variable:
        """A variable for something that runs elsewhere. It must be somewhere in the environment."""
        places = self.project.placement.of(element.id)
        if not places:
            environment = self.project.placement.environment_id
            raise WrongPlaceholderError(
                f"`{element.id}` is nowhere in environment `{environment}`",
                "run it on a node, or let a node realise it",
            )
        node = places[0].node
        product = self.project.placement.node(node.id.partition(".")[2]).catalogued.title
        local = element.id.rpartition(".")[2]
        return Variable(
            f"{variable_named(local)}_{suffix}",
            what.format(f"{element.name} ({node.name}, {product})"),
            example,
        )


def _check(variable: Variable) -> None:
    """Compose has no way to write some names and defaults; raises WrongPlaceholderError."""
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable.name):
        raise WrongPlaceholderError(
            f"`{variable.name}` cannot be the name of a variable", "begin its id with a letter"
        )
    if is_set_elsewhere(variable.name):
        raise WrongPlaceholderError(
            f"`{variable.name}` is a variable of the operator's shell, or of Docker's commands",
            "rename what it is made of: what a shell has set wins over `.env`",
        )
    if variable.default is not None and re.search(r"[}\n]", variable.default):
        raise WrongPlaceholderError(
            f"the default of `{variable.name}` has a `}}` or a line break in it",
            "Compose cannot express that: leave out the default, and give an example",
        )


class _Lookup:
    """`secret.x` for templates; a name that it does not have is an error that lists the others.

    A value is worked out only when it is asked for: only then is its variable used.
    """

    def __init__(self, values: Mapping[str, object], name: str, later: dict[str, str]) -> None:
        self._values, self._name, self._later = values, name, later

    def __getitem__(self, key: str) -> object:
        if key not in self._values:
            known = ", ".join(self._values) or "none"
            help_ = f"{did_you_mean(key, self._values)} there are: {known}".strip()
            raise WrongPlaceholderError(
                f"`{self._name}` has no `{key}`", help_, f"{self._name}.{key}"
            )
        value = self._values[key]
        try:
            found = value() if callable(value) else value
        except WrongPlaceholderError as error:
            error.word = error.word or f"{self._name}.{key}"
            raise
        if isinstance(found, str):
            asked = [expression for expression in self._later if expression in found]
            self._later.update(dict.fromkeys(asked, f"{self._name}.{key}"))
        return found

    def __str__(self) -> str:
        message = f"`{self._name}` alone is no value"
        help_ = f"write `{self._name}.…`: {', '.join(self._values)}"
        raise WrongPlaceholderError(message, help_, self._name)
