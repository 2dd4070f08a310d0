"""Hand-written pages: fenced `archdoc` blocks become pictures and tables, `{{ x.version }}` values.

Done on the Markdown text before any site engine sees it, so that every engine shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archdoc.model import AmbiguousReferenceError, Model, UnknownReferenceError, find_subject
from archdoc.report import did_you_mean
from archdoc.site.markdown import escape

_FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_VALUE = re.compile(r"\{\{\s*(?P<ref>[\w.-]+)\.(?P<attribute>[a-z_]+)\s*\}\}")
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)")
_ATTRIBUTES = ("name", "description", "technology", "technology_label", "version", "platform",
               "port", "plural", "scale")  # fmt: skip


class OwnPageError(ValueError):
    """What a page asks for does not exist."""

    def __init__(self, message: str, said: str = "", label: str = "") -> None:
        super().__init__(message)
        self.said = said
        """The words of the page that are wrong; empty: all of them."""
        self.label = label
        """As in `Problem`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on a hand-written page."""

    line: int
    message: str
    column: int = 1
    end_column: int | None = None
    """After its last letter; None: at the end of the line."""
    label: str = ""
    """What was meant, if something is near."""


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
    start = 0
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
    if fence is not None:
        out.append(_unended(fence, body, start, problems))
    return "\n".join(out) + "\n", problems


def _closes(fence: re.Match[str], candidate: re.Match[str]) -> bool:
    return candidate["ticks"].startswith(fence["ticks"]) and not candidate["info"].strip()


def _block(
    fence: re.Match[str], body: list[str], line: int, block: Block, problems: list[Problem]
) -> str:
    if not _is_ours(fence):
        return "\n".join(body)
    try:
        return "\n" + block(_settings(body[1:-1])) + "\n"
    except OwnPageError as error:
        at, column, end = _place(body[1:-1], line + 1, error.said) or (line, 1, None)
        problems.append(Problem(at, str(error), column, end, error.label))
        return _failure(str(error))


def _unended(fence: re.Match[str], body: list[str], line: int, problems: list[Problem]) -> str:
    """A block that goes on to the end of the page."""
    if not _is_ours(fence):
        return "\n".join(body)
    problem = Problem(line, f"this block has no end: write {fence['ticks']} in the line after it")
    problems.append(problem)
    return "\n".join([_failure(problem.message), *body])


def _is_ours(fence: re.Match[str]) -> bool:
    # Indented as deep as code, as in a list, it is an example.
    return fence["info"].strip() == "archdoc" and len(fence["indent"]) <= 3


def _failure(message: str) -> str:
    return f"\n!!! failure\n\n    {escape(message)}\n"


def _place(body: list[str], first: int, said: str) -> tuple[int, int, int] | None:
    """Where a block says something: the line, and from which column to which."""
    for number, line in enumerate(body, first):
        key, _, value = line.partition(":")
        for part, before in ((key, 0), (value, len(key) + 1)):
            if said and part.strip() == said:
                column = before + len(part) - len(part.lstrip()) + 1
                return number, column, column + len(said)
    return None


def _settings(lines: list[str]) -> dict[str, str]:
    """`key: value` lines; raises OwnPageError for anything else."""
    settings: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise OwnPageError(f"`{line.strip()}` is not `key: value`", line.strip())
        if line.strip():
            settings[key.strip()] = value.strip()
    return settings


def _values(line: str, number: int, model: Model, problems: list[Problem]) -> str:
    """One line of prose with its values filled in; code spans are left alone."""
    parts: list[str] = []
    position = 0

    def value(match: re.Match[str]) -> str:
        try:
            return escape(value_of(model, match["ref"], match["attribute"]))
        except OwnPageError as error:
            group = "attribute" if error.said == match["attribute"] else "ref"
            at = [position + column + 1 for column in match.span(group)]
            problems.append(Problem(number, str(error), at[0], at[1], error.label))
            return f"<mark>{escape(match[0])}: {escape(error)}</mark>"

    for span in _CODE_SPAN.finditer(line):
        parts += [_VALUE.sub(value, line[position : span.start()]), span[0]]
        position = span.end()
    return "".join([*parts, _VALUE.sub(value, line[position:])])


def value_of(model: Model, ref: str, attribute: str) -> str:
    """One attribute of an element, an environment or a node (`aws-simple.region`).

    Raises OwnPageError for a reference that leads nowhere or an attribute that it does not have.
    """
    try:
        subject = find_subject(model, ref)
    except (UnknownReferenceError, AmbiguousReferenceError) as error:
        raise OwnPageError(str(error), ref, _meant(model, ref)) from error
    content: object = model.environments[subject] if isinstance(subject, str) else subject.content
    name = model.environments[subject].name if isinstance(subject, str) else subject.name
    if attribute == "name" and name:
        return name
    known = [word for word in _ATTRIBUTES if hasattr(content, word)]
    if attribute not in known:
        message = f"`{ref}` has no `{attribute}`, but {', '.join(known)}"
        raise OwnPageError(message, attribute, did_you_mean(attribute, known))
    return str(getattr(content, attribute))


def _meant(model: Model, ref: str) -> str:
    index = model.index
    local = [element.local_id for element in index.elements.values()]
    nodes = [node.id for nodes in index.nodes.values() for node in nodes.values()]
    return did_you_mean(ref, [*local, *index.elements, *model.environments, *nodes])
