"""The variables that authors write in Compose's own syntax, as `.env.example` explains them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from archdoc.model import Model, VariableUse, is_set_elsewhere, variable_named, variables_in
from archdoc.outputs.compose.project import Variable

LEFT_OUT = ("It may be left out: there is a default.", "It may be left out: this is its default.")
"""What is said of a variable with a default; the second, where the default stands below."""
DEFAULTS = {":-", "-"}
"""Operators before one (Compose Specification, "Interpolation")."""
_UNLIKE_EMPTY = {"?", "+"}
"""Where Compose takes an empty value for one that is set."""


@dataclass
class _Used:
    """How a compose file uses one variable."""

    by: dict[str, dict[str, None]] = field(default_factory=dict)
    """Kind → names, in their order: `service` → `web`."""
    uses: list[VariableUse] = field(default_factory=list)
    is_passed: bool = False
    """Whether a container gets it as it is: `environment: [X]`."""


def own_variables(parts: Iterable[tuple[str, str, Any]], model: Model) -> Iterator[Variable]:
    """Every variable in parts of a compose file: (what it is, its name, what is said of it)."""
    found: dict[str, _Used] = {}
    for kind, name, said in parts:
        for use in (use for text in texts_in(said) for use in variables_in(text)):
            used = found.setdefault(use.name, _Used())
            used.by.setdefault(kind, {})[name] = None
            used.uses.append(use)
        for passed in _passed(said):
            used = found.setdefault(passed, _Used())
            used.by.setdefault(kind, {})[name] = None
            used.is_passed = True
    declared = _declared(model)
    for name, used in found.items():
        yield _explained(name, used, declared.get(name))


def _declared(model: Model) -> Mapping[str, Variable]:
    """What the model says of variables, which texts may name without asking it."""
    secrets = {variable_named(name): s.description for name, s in model.secrets.items()}
    return {
        **{name: Variable(name, said) for name, said in secrets.items()},
        **{
            (name := variable_named(id_)): Variable(name, v.description, v.example, v.default)
            for id_, v in model.variables.items()
        },
    }


def _explained(name: str, used: _Used, known: Variable | None) -> Variable:
    """An empty line where an operator fills it in; a comment where that would change something."""
    operators = {use.operator for use in used.uses}
    variable = replace(known or Variable(name, ""), is_bare=bool(operators - DEFAULTS))
    variable = _with(variable, f"Used by {_users(used.by)}.")
    if used.is_passed:
        operators.add("+")  # the container gets an empty one, too
        variable = _with(variable, "It is passed on where it is set.")
    if ":?" in operators:
        return variable
    if is_set_elsewhere(name):
        variable = _with(variable, "The operator's shell, or Docker, sets it.")
    elif defaults := {use.operand for use in used.uses if use.operator in DEFAULTS}:
        default = literal(defaults)
        variable = replace(_with(variable, LEFT_OUT[default is not None]), default=default)
    elif variable.default is not None:
        return variable
    elif not operators & _UNLIKE_EMPTY:
        return variable if known else _with(variable, "It may be empty.")
    elif "?" in operators:
        variable = _with(variable, "It has to be set, and may be empty.")
    return replace(variable, in_comment=True)


def _with(variable: Variable, said: str) -> Variable:
    return replace(variable, description=f"{variable.description} {said}".strip())


def literal(defaults: set[str]) -> str | None:
    """The default that all uses have, if it is a text in one line; None otherwise."""
    [default, *others] = defaults
    plain = default.replace("$$", "")
    if others or "$" in plain or not default.isprintable():
        return None
    return default.replace("$$", "$")


def _users(by: Mapping[str, Iterable[str]]) -> str:
    """In words: "the services web, worker and the network back"."""
    named = ((kind, [*names]) for kind, names in by.items())
    return " and ".join(
        f"the {kind}{'s' if len(names) > 1 else ''} {', '.join(names)}" for kind, names in named
    )


def _passed(said: dict[str, Any]) -> Iterator[str]:
    """The variables that a container, or the build of its image, gets from `.env` as they are."""
    build = said.get("build")
    for listed in (said.get("environment"), build.get("args") if isinstance(build, dict) else None):
        if isinstance(listed, dict):
            yield from (str(name) for name, value in listed.items() if value is None)
        elif isinstance(listed, list):
            yield from (str(entry) for entry in listed if not re.search(r"[=$]", str(entry)))


def texts_in(value: Any) -> Iterator[str]:
    """All in a part of a compose file that Compose fills in: values, and never keys."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from texts_in(item)
        case dict():
            for item in value.values():
                yield from texts_in(item)
