"""What a service says as long as nobody sets its variables."""

from __future__ import annotations

import re
from typing import Any

from archdoc.model.compose import when_unset
from archdoc.model.model import Model
from archdoc.model.variables import variable_named

_VARIABLE = re.compile(r"\{\{-?\s*variable\.(?P<name>\w+)\s*-?\}\}")


def with_variables(model: Model, text: str) -> str:
    """A text with `{{ variable.x }}` filled in as compose files have it, where it has a default."""

    def expression(placeholder: re.Match[str]) -> str:
        name = placeholder["name"]
        variable = model.variables.get(name)
        if variable is None or variable.default is None:
            return placeholder[0]
        default = variable.default.replace("$", "$$")  # Compose fills in defaults too
        return f"${{{variable_named(name)}:-{default}}}"

    return _VARIABLE.sub(expression, text)


def by_defaults(model: Model, value: Any) -> Any:
    """A nested value with the defaults of its variables: `${X:-y}`, and `{{ variable.x }}`."""
    match value:
        case str():
            return when_unset(with_variables(model, value))
        case list():
            return [by_defaults(model, item) for item in value]
        case dict():
            return {key: by_defaults(model, item) for key, item in value.items()}
    return value
