"""What a service says as long as nobody sets its variables."""

from __future__ import annotations

import re
from typing import Any

from archdoc.model.compose import when_unset
from archdoc.model.model import Model

_VARIABLE = re.compile(r"\{\{-?\s*variable\.(?P<name>\w+)\s*-?\}\}")


def by_defaults(model: Model, value: Any) -> Any:
    """A nested value with the defaults of its variables: `${X:-y}`, and `{{ variable.x }}`."""

    def default(placeholder: re.Match[str]) -> str:
        variable = model.variables.get(placeholder["name"])
        if variable is None or variable.default is None:
            return placeholder[0]
        return variable.default.replace("$", "$$")

    match value:
        case str():
            return when_unset(_VARIABLE.sub(default, value))
        case list():
            return [by_defaults(model, item) for item in value]
        case dict():
            return {key: by_defaults(model, item) for key, item in value.items()}
    return value
