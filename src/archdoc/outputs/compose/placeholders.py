"""`{{ postgres.host }}` in service settings and in mounted files: one place for hosts and ports.

Rendered in Jinja2's sandbox: a model may come from anybody.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from archdoc.model import Element, Path
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.project import Project, Variable, container_of
from archdoc.report import did_you_mean

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.runtime import Context
    from jinja2.sandbox import SandboxedEnvironment

# What an expression may raise while it is worked out: `1/0`, `"a" + 1`, `range(10**9)`, …
_EVALUATION_ERRORS = (ArithmeticError, TypeError, ValueError, LookupError, RuntimeError)

_MOST_TEXT, _MOST_POWER = 1_000_000, 1_000
"""Characters that an expression may repeat a text to; what a power may be made of."""
_WORD = re.compile(r"[A-Za-z_]\w*")
ATTRIBUTES = ("host", "port", "version", "name", "url", "path", "bucket")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Fills in what one service says, from where the service runs."""

    project: Project
    service: str
    in_file: bool = False
    """Compose fills in variables in compose.yaml, but not in mounted files."""

    def render(self, text: str, path: Path) -> str:
        """The text with its placeholders filled in. Raises ComposeError at `path`."""
        from jinja2 import TemplateError, UndefinedError

        if "{" not in text:
            return text
        try:
            return _template(text).render(self._context(text))
        except _WrongPlaceholderError as error:
            raise ComposeError(path, str(error), error.help, error.word) from error
        except UndefinedError as error:
            known = ["secret", "variable", *self.project.names]
            raise _unknown_name(path, error, known) from error
        except (TemplateError, *_EVALUATION_ERRORS) as error:
            line = getattr(error, "lineno", None)
            where = f" (line {line})" if line and "\n" in text else ""
            raise ComposeError(path, f"placeholder: {error}{where}") from error

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
            context["secret"] = _Lookup(secrets, "secret")
        if "variable" in words:
            variables = {name: partial(self._variable, name) for name in model.variables}
            context["variable"] = _Lookup(variables, "variable")
        return context

    def _lookup(self, name: str, meant: Element | Mapping[str, Element]) -> _Lookup:
        if isinstance(meant, Element):
            return _Lookup({a: partial(self._attribute, meant, a) for a in ATTRIBUTES}, name)
        return _Lookup({part: self._lookup(e.id, e) for part, e in meant.items()}, name)

    def _secret(self, name: str) -> str:
        secret = self.project.placement.model.secrets[name]
        if secret.file:
            raise _WrongPlaceholderError(
                f"secret `{name}` is a file",
                f"list it under `secrets:`, and read /run/secrets/{name}",
            )
        return self._use(Variable(name.upper().replace("-", "_"), secret.description, "change-me"))

    def _variable(self, name: str) -> str:
        variable = self.project.placement.model.variables[name]
        usual = "change-me" if variable.default is None else variable.default
        example = variable.example or usual
        named = name.upper().replace("-", "_")
        return self._use(Variable(named, variable.description, example, variable.default))

    def _use(self, variable: Variable) -> str:
        if self.in_file:
            raise _WrongPlaceholderError(
                f"`{variable.name}` is known only when the project starts, too late for a file",
                "read it from the container's environment instead",
            )
        _check(variable)
        known = self.project.variables.get(variable.name, variable)
        if known != variable:
            raise _WrongPlaceholderError(
                f"two things would both be the variable `{variable.name}`",
                "rename the secret, variable or container behind one of them",
            )
        return self.project.use(variable)

    def _attribute(self, element: Element, attribute: str) -> str:
        values: dict[str, Callable[[Element], str]] = {
            "host": self._host,
            "port": self._port,
            "version": lambda e: container_of(e).version,
            "name": lambda e: e.name,
            "url": self._url,
            "path": self._mounted_at,
            "bucket": lambda e: self._use(self._outside(e, "BUCKET", "Bucket of {}.", "media")),
        }
        return values[attribute](element)

    def _host(self, element: Element) -> str:
        if element.id in self.project.name_of:
            return self.project.name_of[element.id]
        example = f"{element.id.rpartition('.')[2]}.example.org"
        return self._use(self._outside(element, "HOST", "Host name of {}.", example))

    def _mounted_at(self, element: Element) -> str:
        own = self.project.services[self.service].id
        return self.project.mounts(own).get(element.id, "").partition(":")[0]

    def _url(self, element: Element) -> str:
        """A file store's URL: where this service mounts its volume, or the bucket."""
        if element.id not in self.project.volumes:
            return f"s3://{self._attribute(element, 'bucket')}"
        path = self._mounted_at(element)
        if not path:
            raise _WrongPlaceholderError(
                f"`{self.service}` does not mount `{element.id}`",
                f"add a relationship from it to `{element.id}` with `mount:`",
            )
        return f"file://{path}"

    def _port(self, element: Element) -> str:
        port = container_of(element).port
        if port is None:
            raise _WrongPlaceholderError(
                f"`{element.id}` has no port", "say in the model which `port:` it listens on"
            )
        if element.id in self.project.name_of or self.in_file:
            return str(port)
        variable = self._outside(element, "PORT", "Port of {}.", str(port))
        return self._use(Variable(variable.name, variable.description, str(port), str(port)))

    def _outside(self, element: Element, suffix: str, what: str, example: str) -> Variable:
        """A variable for something that runs elsewhere. It must be somewhere in the environment."""
        places = self.project.placement.of(element.id)
        if not places:
            environment = self.project.placement.environment_id
            raise _WrongPlaceholderError(
                f"`{element.id}` is nowhere in environment `{environment}`",
                "run it on a node, or let a node realise it",
            )
        node = places[0].node
        product = self.project.placement.node(node.id.partition(".")[2]).catalogued.title
        local = element.id.rpartition(".")[2]
        return Variable(
            f"{local.upper().replace('-', '_')}_{suffix}",
            what.format(f"{element.name} ({node.name}, {product})"),
            example,
        )


def _unknown_name(path: Path, error: Exception, known: list[str]) -> ComposeError:
    """What is wrong with a placeholder that begins with a word that means nothing."""
    match = re.search(r"'(\w+)' is undefined", str(error))
    if match is None:
        return ComposeError(path, f"placeholder: {error}")
    meant = did_you_mean(match[1], known)
    there = f"there are: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}"
    message = f"placeholder: `{match[1]}` means nothing"
    return ComposeError(path, message, f"{meant} {there}".strip(), match[1])


def _check(variable: Variable) -> None:
    """Compose has no way to write some names and defaults; raises _WrongPlaceholderError."""
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable.name):
        raise _WrongPlaceholderError(
            f"`{variable.name}` cannot be the name of a variable", "begin its id with a letter"
        )
    if variable.default is not None and re.search(r"[}\n]", variable.default):
        raise _WrongPlaceholderError(
            f"the default of `{variable.name}` has a `}}` or a line break in it",
            "Compose cannot express that: leave out the default, and give an example",
        )


class _WrongPlaceholderError(Exception):
    def __init__(self, message: str, help_: str = "", word: str = "") -> None:
        super().__init__(message)
        self.help = help_
        self.word = word


class _Lookup:
    """`secret.x` for templates; a name that it does not have is an error that lists the others.

    A value is worked out only when it is asked for: only then is its variable used.
    """

    def __init__(self, values: Mapping[str, object], name: str) -> None:
        self._values, self._name = values, name

    def __getitem__(self, key: str) -> object:
        if key not in self._values:
            known = ", ".join(self._values) or "none"
            help_ = f"{did_you_mean(key, self._values)} there are: {known}".strip()
            raise _WrongPlaceholderError(
                f"`{self._name}` has no `{key}`", help_, f"{self._name}.{key}"
            )
        value = self._values[key]
        return str(value()) if callable(value) else value

    def __str__(self) -> str:
        message = f"`{self._name}` alone is no value"
        raise _WrongPlaceholderError(message, f"write `{self._name}.…`: {', '.join(self._values)}")


@cache
def _sandbox() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    class Bounded(SandboxedEnvironment):
        """Neither a repeated text nor a power takes all memory."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            numbers = [abs(x) for x in (left, right) if isinstance(x, int | float)]
            lengths = [len(x) for x in (left, right) if isinstance(x, str | list | tuple)]
            is_power = operator == "**" and max(numbers, default=0) > _MOST_POWER
            if is_power or (lengths and math.prod([*lengths, *numbers]) > _MOST_TEXT):
                raise OverflowError(f"the result of `{operator}` is too large")
            return super().call_binop(context, operator, left, right)

    return Bounded(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


@cache
def _template(text: str) -> Template:
    """Compiled once: environments say mostly the same."""
    return _sandbox().from_string(text)
