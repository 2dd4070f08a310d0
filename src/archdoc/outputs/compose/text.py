"""A project's files as others take them: values that Compose reads as they are meant, paths."""

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


def offered_as(path: str) -> str:
    """Where a site offers a file, by its path in a project: `.env.example` loses its first dot.

    Web servers and CDNs often keep files whose names begin with a dot to themselves.
    """
    return path.replace("/.", "/").removeprefix(".")
