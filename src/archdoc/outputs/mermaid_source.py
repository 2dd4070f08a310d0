"""Reading what is written for Mermaid: flowcharts and sequences, as Markdown files hold them.

Knows Mermaid's syntax, as far as pages that people keep have it, and nothing of how archdoc writes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from archdoc.outputs.plantuml_text import unmarked

_CODE = re.compile(r"#(\w+);")
_MARKUP = re.compile(r"<(/?)(b|i)>|<br/?>")
_STYLES = {"b": "bold", "i": "italic"}
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


def statements(source: str) -> Iterator[str]:
    """The lines that say something: no front matter, no comments, no titles for screen readers."""
    # What the settings of a diagram say moves things, and shows nothing.
    for line in _FRONT_MATTER.sub("", source.replace("\r\n", "\n"), count=1).split("\n"):
        said = line.strip()
        if said and not said.startswith(("%%", "accTitle:", "accDescr:")):
            yield said


def title(source: str) -> str | None:
    """What screen readers call the diagram; None where nothing is said."""
    found = re.search(r"^[ \t]*accTitle:[ \t]*(.*)$", source.replace("\r\n", "\n"), re.MULTILINE)
    return said(found[1], "plain") if found else None


def lines(text: str) -> list[str]:
    """A text's lines, decoded; those of nothing but white space are empty."""
    return [" ".join(_decoded(part).split()) for part in re.split(r"<br/?>", text)]


def said(text: str, style: str) -> str:
    """What a label says in one style (bold, italic or plain), on one line."""
    pieces: list[str] = []
    here, position = "plain", 0
    for mark in _MARKUP.finditer(text):
        pieces += [text[position : mark.start()]] if here == style else []
        if mark[2] is None:
            pieces.append(" ")
        else:
            here = "plain" if mark[1] else _STYLES[mark[2]]
        position = mark.end()
    pieces += [text[position:]] if here == style else []
    return " ".join(_decoded("".join(pieces)).split())


def _decoded(text: str) -> str:
    """With what codes stand for: `#quot;`, `#35;`; they are HTML's, with `#` for `&`."""
    return unmarked(_CODE.sub(_character, text))


def _character(code: re.Match[str]) -> str:
    name = code[1]
    written = f"&#{name};" if name.isdecimal() else f"&{name};"
    meant = html.unescape(written)
    return code[0] if meant == written else meant
