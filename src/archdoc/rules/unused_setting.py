"""A secret or a variable is declared because something uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from archdoc.model import Model
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers


def _check(model: Model) -> Iterator[Finding]:
    if any(content.files for _, content in containers(model)):
        return  # a mounted file may use them, too, and files are not the model's
    services = [content.service for _, content in containers(model)]
    text = json.dumps(services, default=str)
    mounted = {str(name) for service in services for name in _secrets(service)}
    for key, names in (("secrets", model.secrets), ("variables", model.variables)):
        for name in names:
            used = re.search(rf"\b{key[:-1]}\s*(?:\.\s*{re.escape(name)}\b|\[)", text)
            if not used and not (key == "secrets" and name in mounted):
                yield Finding(
                    (key, name),
                    f"nothing uses the {key[:-1]} `{name}`",
                    on_key=True,
                    help=f"write `{{{{ {key[:-1]}.{name} }}}}` where it is needed, or remove it",
                )


def _secrets(service: dict[str, object]) -> Iterator[object]:
    listed = service.get("secrets")
    for secret in listed if isinstance(listed, list) else ():
        yield secret.get("source") if isinstance(secret, dict) else secret


RULE = Rule(
    name="unused-setting",
    code="A308",
    summary="A secret or a variable is declared, and nothing uses it.",
    why="An operator would look for a value that does nothing.",
    example="variables:\n  domain: What users type.     # and nowhere `{{ variable.domain }}`",
    fix="Use it in a service, or remove it.",
    check=_check,
    severity=Severity.WARNING,
)
