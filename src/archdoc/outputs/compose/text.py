"""Dotenv text that Compose reads as it is meant."""

from __future__ import annotations

import re


def dotenv_value(text: str) -> str:
    """A value for an environment file: quoted where Compose would read it differently.

    Compose takes single quotes literally (Compose, "Syntax for environment files").
    """
    if re.fullmatch(r"[\w./:@%+,-]*", text, flags=re.ASCII):
        return text
    if "'" not in text and "\n" not in text and not text.endswith("\\"):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return '"' + escaped.replace("\n", "\\n") + '"'
