"""Decision records: Markdown files `docs/decisions/NNNN-title.md` that begin with front matter.

Folders in `docs/decisions/` are categories with numbers of their own, as in MADR
(https://adr.github.io/madr/decisions/0010-support-categories.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from archdoc.model import (
    AmbiguousReferenceError,
    Decision,
    DecisionStatus,
    Element,
    FrontMatter,
    Model,
    UnknownReferenceError,
    display_name,
    find_subject,
)
from archdoc.report import Diagnostic, Note, Span, nearest
from archdoc.source.advice import mistakes_in
from archdoc.source.files import Project, read_text
from archdoc.source.locations import Locations
from archdoc.source.parse import parse
from archdoc.source.text import SourceText
from archdoc.source.tree import Tree
from archdoc.source.validate import diagnostic_of

_NAME = re.compile(r"(?P<number>\d{1,9})-(?P<title>[^/]+)\.md")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TITLE = re.compile(
    r"^#[ \t]+(?:(?:ADR[- ]?\d+[.:)]?|\d+[.:)])[ \t]+)?(?P<title>.*)$", re.MULTILINE
)
"""The first heading; tools write the number before it: `# 3. Use RDS`."""
_NO_STATUS = (
    "begin the file with its front matter, three lines: `---`, then `status: accepted`, then `---`"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A decision with the places of what it says."""

    decision: Decision
    source: SourceText
    front: Tree

    def at(self, *path: str | int) -> Span | None:
        """Where something in the front matter stands."""
        return Locations(self.front).value(path)


def read_decisions(home: Path, model: Model) -> tuple[tuple[Decision, ...], list[Diagnostic]]:
    """The decisions beside a model, by category and number, and all that is wrong with them.

    `home` is the folder that holds `docs/`. What cannot be read as a decision is left out.
    """
    problems: list[Diagnostic] = []
    found: list[_Read] = []
    for file in _files(home / "docs" / "decisions"):
        read = _read(file, home / "docs", model, problems)
        if read is not None:
            found.append(read)
    found.sort(key=lambda r: (r.decision.category, r.decision.number, r.decision.page))
    problems += [*_numbers(found), *_superseded(found)]
    return tuple(read.decision for read in found), problems


def body_of(text: str) -> str:
    """A decision's text without its front matter, whose lines are left empty."""
    end = _end_of_front(text)
    return "\n" * text.count("\n", 0, end) + text[end:]


def _files(folder: Path) -> list[Path]:
    """Files named like decisions; links that lead out of the folder are not followed."""
    root = folder.resolve()
    return [
        file
        for pattern in ("*.md", "*/*.md")
        for file in sorted(folder.glob(pattern))
        if _NAME.fullmatch(file.name)
        and not file.parent.name.startswith(".")
        and file.is_file()
        and file.resolve().is_relative_to(root)
    ]


def _read(file: Path, docs: Path, model: Model, problems: list[Diagnostic]) -> _Read | None:
    source, unreadable = read_text(file, Project(docs.resolve()))
    problems += unreadable
    named = _NAME.fullmatch(file.name)
    if source is None or named is None:
        return None
    front = _front_matter(source, problems)
    if front is None:
        return None
    try:
        said = FrontMatter.model_validate(front.data())
    except ValidationError as error:
        for detail in mistakes_in(error):
            problem = diagnostic_of(detail, Locations(front), FrontMatter)
            help_ = _NO_STATUS if problem.code == "missing-key" else problem.help
            problems.append(replace(problem, help=help_))
        return None
    decision = Decision(
        category="" if file.parent == docs / "decisions" else file.parent.name,
        number=int(named["number"]),
        title=_title(source.text) or display_name(named["title"]),
        page=file.relative_to(docs).as_posix(),
        said=said,
    )
    read = _Read(decision, source, front)
    subjects = list(_subjects(read, model, problems))
    elements = tuple(subject for subject in subjects if isinstance(subject, Element))
    environments = tuple(subject for subject in subjects if isinstance(subject, str))
    return replace(read, decision=replace(decision, elements=elements, environments=environments))


def _title(text: str) -> str:
    """What the first heading says; empty for none."""
    heading = _TITLE.search(body_of(text))
    words = heading["title"].replace("`", "").split() if heading else []
    if words and not words[-1].strip("#"):  # `# Title #` is the same as `# Title`
        words.pop()
    return " ".join(words)


def _end_of_front(text: str) -> int:
    """Where the text begins after the front matter; 0 where there is none, or it has no end."""
    begin = _FENCE.match(text)
    end = _END.search(text, begin.end()) if begin else None
    return end.end() if end else 0


def _front_matter(source: SourceText, problems: list[Diagnostic]) -> Tree | None:
    """The front matter as a tree with the places of the whole file; None, and why, for none."""
    first = source.span(0, len(source.text))
    begin = _FENCE.match(source.text)
    if begin is None:
        message = "a decision begins with front matter, and this file does not"
        problems.append(Diagnostic("missing-key", message, span=first, help=_NO_STATUS))
        return None
    end = _END.search(source.text, begin.end())
    if end is None:
        message = "the front matter that begins here does not end"
        help_ = "write `---` on a line of its own after it"
        problems.append(Diagnostic("yaml-syntax", message, span=first, help=help_))
        return None
    tree, found = parse(replace(source, text=source.text[: end.start()]))
    if tree is not None:
        problems += found
        return tree
    message = "front matter is a mapping, with keys such as `status:`"
    problems += [
        replace(problem, message=message, help=_NO_STATUS)
        if problem.code == "wrong-type"
        else problem
        for problem in found
    ]
    return None


def _subjects(read: _Read, model: Model, problems: list[Diagnostic]) -> Iterator[Element | str]:
    """What a decision is about; what leads nowhere is a problem."""
    for number, ref in enumerate(read.decision.said.about):
        try:
            yield find_subject(model, ref)
        except UnknownReferenceError as error:
            known = [*error.known, *model.environments]
            meant = nearest(ref, known)
            problems.append(
                Diagnostic(
                    "unknown-reference",
                    f"no element, node or environment is called `{ref}`",
                    span=read.at("about", number),
                    label=f"did you mean `{meant}`?" if meant else "",
                    help="a node is named with its environment, as in `aws-simple.vpc`",
                )
            )
        except AmbiguousReferenceError as error:
            problems.append(
                Diagnostic(
                    "ambiguous-reference",
                    str(error),
                    span=read.at("about", number),
                    help=f"write one of: {', '.join(error.matches)}",
                )
            )


def _numbers(found: list[_Read]) -> Iterator[Diagnostic]:
    """Decisions of one category that have the same number."""
    first: dict[tuple[str, int], _Read] = {}
    for read in found:
        decision = read.decision
        other = first.setdefault((decision.category, decision.number), read)
        if other is not read:
            where = f" in `{decision.category}`" if decision.category else ""
            yield Diagnostic(
                "duplicate-id",
                f"two decisions{where} have the number {decision.number}",
                span=read.source.span(0, len(read.source.text)),
                help="rename one of the files: its name begins with the number",
                notes=(Note("the other one", other.source.span(0, len(other.source.text))),),
            )


def _superseded(found: list[_Read]) -> Iterator[Diagnostic]:
    """Numbers of no decision, and decisions that are superseded by none."""
    numbers = {(read.decision.category, read.decision.number) for read in found}
    gone: set[tuple[str, int]] = set()
    for read in found:
        decision = read.decision
        for place, number in enumerate(decision.said.supersedes):
            gone.add((decision.category, number))
            there = [n for category, n in sorted(numbers) if category == decision.category]
            if number == decision.number:
                yield _wrong(read, place, "a decision does not supersede itself")
            elif number not in there:
                listed = ", ".join(map(str, there))
                message = f"no decision has the number {number}"
                yield _wrong(read, place, message, f"numbers beside it: {listed}")
    for read in found:
        decision = read.decision
        is_gone = (decision.category, decision.number) in gone
        if decision.said.status is DecisionStatus.SUPERSEDED and not is_gone:
            yield Diagnostic(
                "unknown-reference",
                "nothing says what supersedes this decision",
                span=read.at("status"),
                help=f"write `supersedes: {decision.number}` into the one that takes its place",
            )


def _wrong(read: _Read, place: int, message: str, help_: str = "name another one") -> Diagnostic:
    span = read.at("supersedes", place)
    return Diagnostic("unknown-reference", message, span=span, help=help_)
