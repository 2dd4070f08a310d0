"""Pages and `.env.example` with something wrong in what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from posixpath import dirname, relpath

from mutation.mutant import Mutant, has_number, other_number, other_words

_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
_CELL = re.compile(r"<(td|li|h1|h2|h3|figcaption|p)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_RUN = re.compile(r">([^<>]*[^\W_][^<>]*)<")
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#?:]+)(?:#[^"]*)?"')
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_KINDS = {"td": "cell", "li": "list entry", "h1": "title", "h2": "heading", "h3": "heading",
          "figcaption": "caption", "p": "lead"}  # fmt: skip


_Change = tuple[str, int, int, str]
"""Kind, from where to where, and what stands there instead."""


def mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every way to spoil one page: cells, lists, titles, links, code, pictures."""
    article = _ARTICLE.search(text)
    if article is None:
        return
    own = text[: article.end()]
    pictures = [m.span() for m in _SVG.finditer(own, article.start())]
    code = [m.span() for m in _CODE.finditer(own, article.start())]
    found: list[_Change] = [("picture dropped", *span, "") for span in pictures]
    for span in code:
        found += _of_code(own, *span)
    for element in _CELL.finditer(own, article.start()):
        if not _within([*pictures, *code], element.start()):
            found += _of_element(path.removeprefix("site/"), own, element)
    for link in _LINK.finditer(own, article.start()):
        kind = "link of a picture" if _within(pictures, link.start()) else "link"
        found += ((f"{kind} retargeted", *link.span(1), to) for to in _elsewhere(path))
    for kind, start, end, said in found:
        if text[start:end] != said:
            change = f"{text[max(0, start - 60) : end][-160:]!r} -> {said!r}"
            yield Mutant("site", kind, path, change, partial(_made, text, start, end, said))


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _elsewhere(path: str) -> list[str]:
    here = dirname(path.removeprefix("site/")) or "."
    pages = ("elements/staff.html", "environments/aws-simple.html", "versions.html")
    return [relpath(page, here) for page in pages]


def _made(text: str, start: int, end: int, said: str) -> bytes:
    return f"{text[:start]}{said}{text[end:]}".encode()


def _says_the_same_everywhere(path: str, text: str, element: re.Match[str]) -> bool:
    """Words that no model says: "Its place", "Pictures", where to go from the start page."""
    match element[1]:
        case "p":
            return "archdoc-lead" not in element[2]
        case "h1":
            return "/" not in path and path != "index.html"
        case "li":
            return "archdoc-ways" in text[element.start() - 4000 : element.start()]
    return element[1] in {"h2", "h3"}


def _of_element(path: str, text: str, element: re.Match[str]) -> Iterator[_Change]:
    if _says_the_same_everywhere(path, text, element):
        return
    kind = _KINDS[element[1]]
    if element[1] == "td":
        yield f"{kind} emptied", element.start(3), element.end(3), ""
    if element[1] == "li":
        yield f"{kind} dropped", element.start(), element.end(), ""
    for run in _RUN.finditer(text, element.start(3) - 1, element.end(3) + 1):
        said = run[1]
        if said in {"&para;", " · "}:
            continue
        yield f"{kind} changed", run.start(1), run.end(1), other_words(said)
        if has_number(re.sub(r"&#\d+;", "", said)):
            yield f"number in {kind} changed", run.start(1), run.end(1), _other_number(said)


def _other_number(said: str) -> str:
    """Not in the number of a character: `4&#46;2`."""
    plain = re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), said)
    return other_number(plain).replace("&", "&amp;").replace("<", "&lt;")


def _of_code(text: str, start: int, end: int) -> Iterator[_Change]:
    for run in _RUN.finditer(text, start, end):
        yield "code changed", run.start(1), run.end(1), other_words(run[1])


def settings(path: str, text: str) -> Iterator[Mutant]:
    """Every way to spoil what `.env.example` says."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        changes: dict[str, list[str]] = {}
        name, equals, value = line.partition("=")
        if line.startswith("#"):
            changes = {"comment changed": [other_words(line)], "comment dropped": []}
        elif equals:
            changes = {
                "variable dropped": [],
                "variable renamed": [f"X{line}"],
                "value changed": [f"{name}=x{value}"],
                "variable commented out": [f"# {line}"],
            }
        for kind, changed in changes.items():
            after = "\n".join([*lines[:at], *changed, *lines[at + 1 :]])
            yield Mutant(".env.example", kind, path, line, after.encode)
