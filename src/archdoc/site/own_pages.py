"""Hand-written pages: fenced `archdoc` blocks become pictures and tables, `{{ x.version }}` values.

Done on the Markdown text before any site engine sees it, so that every engine shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archdoc.model import AmbiguousReferenceError, Model, UnknownReferenceError, find_subject
from archdoc.site.markdown import escape

_FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_VALUE = re.compile(r"\{\{\s*(?P<ref>[\w.-]+)\.(?P<attribute>[a-z_]+)\s*\}\}")
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)")
_ATTRIBUTES = ("name", "description", "technology", "technology_label", "version", "platform",
               "port", "plural", "scale")  # fmt: skip


class OwnPageError(ValueError):
    """What a page asks for does not exist."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on a hand-written page."""

    line: int
    message: str


Block = Callable[[dict[str, str]], str]
"""Turns the content of a fenced block into Markdown or HTML. Raises OwnPageError."""


def expand(text: str, model: Model, block: Block) -> tuple[str, list[Problem]]:
    """A page with its blocks and values filled in, and what could not be.

    What is wrong is shown in its place on the page, too. Code is left alone: a page may explain
    these very blocks by fencing them once more.
    """
    problems: list[Problem] = []
    out: list[str] = []
    fence: re.Match[str] | None = None
    body: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        opening = _FENCE.match(line)
        if fence is None:
            if opening is None:
                out.append(_values(line, number, model, problems))
                continue
            fence, body, start = opening, [line], number
        else:
            body.append(line)
            if opening is None or not _closes(fence, opening):
                continue
            out.append(_block(fence, body, start, block, problems))
            fence = None
    return "\n".join([*out, *(body if fence else [])]) + "\n", problems


def _closes(fence: re.Match[str], candidate: re.Match[str]) -> bool:
    return candidate["ticks"].startswith(fence["ticks"]) and not candidate["info"].strip()


def _block(
    fence: re.Match[str], body: list[str], line: int, block: Block, problems: list[Problem]
) -> str:
    # Indented as deep as code, as in a list, it is an example.
    if fence["info"].strip() != "archdoc" or len(fence["indent"]) > 3:
        return "\n".join(body)
    try:
        return "\n" + block(_settings(body[1:-1])) + "\n"
    except OwnPageError as error:
        problems.append(Problem(line, str(error)))
        return f"\n!!! failure\n\n    {escape(error)}\n"


def _settings(lines: list[str]) -> dict[str, str]:
    """`key: value` lines; raises OwnPageError for anything else."""
    settings: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise OwnPageError(f"`{line.strip()}` is not `key: value`")
        if line.strip():
            settings[key.strip()] = value.strip()
    return settings


def _values(line: str, number: int, model: Model, problems: list[Problem]) -> str:
    """One line of prose with its values filled in; code spans are left alone."""
    parts: list[str] = []
    position = 0
    for span in _CODE_SPAN.finditer(line):
        parts += [_fill(line[position : span.start()], number, model, problems), span[0]]
        position = span.end()
    return "".join([*parts, _fill(line[position:], number, model, problems)])


def _fill(text: str, number: int, model: Model, problems: list[Problem]) -> str:
    def value(match: re.Match[str]) -> str:
        try:
            return escape(value_of(model, match["ref"], match["attribute"]))
        except OwnPageError as error:
            problems.append(Problem(number, str(error)))
            return escape(match[0])

    return _VALUE.sub(value, text)


def value_of(model: Model, ref: str, attribute: str) -> str:
    """One attribute of an element, an environment or a node (`aws-simple.region`).

    Raises OwnPageError for a reference that leads nowhere or an attribute that it does not have.
    """
    try:
        subject = find_subject(model, ref)
    except (UnknownReferenceError, AmbiguousReferenceError) as error:
        raise OwnPageError(str(error)) from error
    content: object = model.environments[subject] if isinstance(subject, str) else subject.content
    name = model.environments[subject].name if isinstance(subject, str) else subject.name
    if attribute == "name" and name:
        return name
    if attribute not in _ATTRIBUTES or not hasattr(content, attribute):
        raise OwnPageError(f"`{ref}` has no `{attribute}`")
    return str(getattr(content, attribute))
