"""No secret stands in a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archdoc.model import Model
from archdoc.rules.base import Finding, Rule, containers

_NAMES = re.compile(
    r"(?:PASSW(?:OR)?D|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_|$)", re.I
)
_HARMLESS_NAMES = re.compile(r"_(?:FILE|PATH|NAME|URL|TTL|AGE|EXPIRY|LIFETIME|HEADER)$", re.I)
_IN_URL = re.compile(r"://[^/@:\s]*:(?P<password>[^/@\s]+)@")
_TOKENS = re.compile(
    r"(?:^|[=\s])(?:[sr]k_(?:live|test)_\w|gh[pousr]_\w{20}|AKIA[0-9A-Z]{16}|xox[abprs]-\w)"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""What Stripe, GitHub, AWS and Slack put before their tokens, and PEM before keys."""
_FILLED_IN = re.compile(r"\{\{|\$\{?[A-Za-z_]")


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        for key, name, value in _settings(content.service.get("environment")):
            if _is_secret(name, value):
                yield Finding(
                    (*element.path, "service", "environment", key),
                    f"`{name}` holds its secret in plain text",
                    help="declare it under `secrets:`, and write `{{ secret.its_name }}` here",
                )


def _settings(environment: Any) -> Iterator[tuple[str | int, str, object]]:
    """Key or number, name and value of each setting, in either of Compose's forms."""
    if isinstance(environment, dict):
        yield from ((name, name, value) for name, value in environment.items())
    elif isinstance(environment, list):
        for number, item in enumerate(environment):
            name, _, value = str(item).partition("=")
            yield number, name, value


def _is_secret(name: str, value: object) -> bool:
    text = "" if value is None or isinstance(value, bool) else str(value)
    in_url = _IN_URL.search(text)
    if in_url is not None and not _FILLED_IN.search(in_url["password"]):
        return True
    if _TOKENS.search(text):
        return True
    named = _NAMES.search(name) is not None and not _HARMLESS_NAMES.search(name)
    return named and bool(text) and not _FILLED_IN.search(text)


RULE = Rule(
    name="literal-secret",
    code="A304",
    summary="A service's environment holds a password, key or token in plain text.",
    why="A model is read by everybody, and kept for ever in the history of its repository.",
    example="web: {service: {environment: {DB_PASSWORD: hunter2}}}",
    fix="Declare it under `secrets:` and write `{{ secret.db_password }}`: it becomes a variable "
    "that the operator sets. Change the secret that stood here.",
    check=_check,
)
