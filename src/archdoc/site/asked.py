"""What the project's own pages ask for in vain, as findings: told without drawing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archdoc.report import Diagnostic, Severity, Span
from archdoc.site.blocks import render_block
from archdoc.site.content import Content, Doc
from archdoc.site.own_pages import Problem, expand
from archdoc.source import body_of


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of the project's own."""

    file: str
    """Its path as people know it."""
    text: str
    page: str = ""
    """Its path under `docs/`; empty for one that elements name."""

    @property
    def asks(self) -> bool:
        """Whether anything has to be filled in; most texts ask for nothing."""
        return "{{" in self.text or "archdoc" in self.text


def own_texts(docs: Path, named: Mapping[str, Doc]) -> list[OwnText]:
    """The project's pages in `docs`, and what its elements name."""
    pages = [
        OwnText(shown(file), read_text(file.read_bytes()), file.relative_to(docs).as_posix())
        for file in own_files(docs)
        if file.suffix == ".md"
    ]
    return [*pages, *(OwnText(doc.file, doc.text) for doc in named.values())]


def asked_in_vain(texts: Iterable[OwnText], content: Content) -> Iterator[Diagnostic]:
    """What is asked for and does not exist. Of `content`, figures need no pictures."""
    decisions = {decision.page for decision in content.decisions}
    for own in texts:
        _, problems = expand(
            body_of(own.text) if own.page in decisions else own.text,
            content.model,
            lambda settings: render_block(settings, content, lambda _: "", str),
        )
        lines = own.text.splitlines()
        yield from (finding(own.file, problem, lines) for problem in problems)


def finding(file: str, found: Problem, lines: list[str]) -> Diagnostic:
    """What is wrong on a page, at its place."""
    text = lines[found.line - 1]
    end = found.end_column or len(text) + 1
    return Diagnostic(
        code="own-page",
        message=found.message,
        severity=Severity.ERROR,
        span=Span(file, found.line, found.column, end, text),
        label=found.label,
        help="the page shows this message in its place until it is mended",
    )


def own_files(docs: Path) -> list[Path]:
    """The project's files, without hidden ones; links that lead out of `docs/` are not followed."""
    if not docs.is_dir():
        return []
    root = docs.resolve()
    return [
        file
        for file in sorted(docs.rglob("*"))
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(docs).parts)
        and file.resolve().is_relative_to(root)
    ]


def read_text(data: bytes) -> str:
    """A page's text; what is not UTF-8 in it is replaced."""
    return data.decode("utf-8-sig", "replace")


def shown(file: Path) -> str:
    """A file's path as people know it."""
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
