"""All of a command is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archdoc.model import Model, read_command, shown
from archdoc.report import Severity
from archdoc.rules.base import Finding, Rule, containers

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def _check(model: Model) -> Iterator[Finding]:
    for element, content in containers(model):
        for key in ("command", "entrypoint"):
            said = content.service.get(key)
            text = shown(_PLACEHOLDER.sub("value", said)) if isinstance(said, str) else ""
            if unread := read_command(text).unread:
                short = unread if len(unread) <= 40 else f"{unread[:39]}…"
                yield Finding(
                    (*element.path, "service", key),
                    f"no shell reads the {key} of `{element.id}`: `{short}` is left out",
                    help="""let one read it: `["sh", "-c", "…"]`""",
                )


RULE = Rule(
    name="unread-command",
    code="A327",
    summary="The end of a command is left out: only a shell would understand it.",
    why="Docker Compose runs a command without a shell, and reads it up to the first `;`, `&`, "
    "`|`, `<` or `>` outside of quotes. The rest is missing without a word.",
    example="web: {service: {build: ., command: migrate && serve}}",
    fix='Write `command: ["sh", "-c", "migrate && serve"]`, or do it in the image\'s entrypoint.',
    check=_check,
    severity=Severity.WARNING,
)
