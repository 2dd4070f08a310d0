"""The fenced blocks of a Markdown page, and how the page wants each to be run.

A comment before a block says so, where it is not the usual way:

    <!-- example: in bookshop -->            begins in a fresh copy of a project (see `projects`)
    <!-- example: file model/app.yaml -->    the block is that file of the project
    <!-- example: at environments.live -->   the block stands at that path of a model
    <!-- example: commands -->               the lines of another tool that call archdoc are run
    <!-- example: not run: needs Docker -->  and why
    <!-- example: not run (docker): why -->  commands that begin with this word are not run
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

_FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,})(?P<language>[a-z]*)[ \t]*$")
_COMMENT = re.compile(r"^ *<!-- example: (?P<said>.+?) -->$")
_NOT_RUN = re.compile(r"not run(?: \((?P<word>[a-z]+)\))?: (?P<reason>.+)")


@dataclass(frozen=True)
class Example:
    """One fenced block."""

    page: Path
    line: int
    language: str
    text: str
    project: str = ""
    """The project that it begins in; empty: it goes on where the one before it ended."""
    file: str = ""
    place: str = ""
    """A path in the model, joined by dots."""
    commands: bool = False
    not_run: str = ""
    """Why it is not run; with `not_run_word`, only commands that begin with that are not."""
    not_run_word: str = ""


def examples_of(page: Path) -> list[Example]:
    """All fenced blocks of a page, in their order. Raises ValueError for an odd comment."""
    found: list[Example] = []
    said: list[str] = []
    opening: re.Match[str] | None = None
    body: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        fence, comment = _FENCE.match(line), _COMMENT.match(line)
        if opening is not None:
            if fence and fence["ticks"].startswith(opening["ticks"]) and not fence["language"]:
                text = "\n".join(part[len(opening["indent"]) :] for part in body) + "\n"
                start = number - len(body) - 1
                found.append(_told(Example(page, start, opening["language"], text), said))
                opening, said = None, []
            else:
                body.append(line)
        elif fence:
            opening, body = fence, []
        elif comment:
            said.append(comment["said"])
        elif line.strip() and said:
            raise ValueError(f"{page}:{number}: no block follows the comment on an example")
    return found


def _told(example: Example, said: list[str]) -> Example:
    for words in said:
        how, _, rest = words.partition(" ")
        not_run = _NOT_RUN.fullmatch(words)
        if not_run:
            reason, word = not_run["reason"], not_run["word"] or ""
            example = replace(example, not_run=reason, not_run_word=word)
        elif how == "in":
            example = replace(example, project=rest)
        elif how == "file":
            example = replace(example, file=rest)
        elif how == "at":
            example = replace(example, place=rest)
        elif words == "commands":
            example = replace(example, commands=True)
        else:
            raise ValueError(f"{example.page}:{example.line}: what does `{words}` mean?")
    return example
