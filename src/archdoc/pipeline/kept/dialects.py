"""What mkdocs and GitHub add to Markdown, written as CommonMark with as many lines.

Admonitions and tabs (https://squidfunk.github.io/mkdocs-material/reference/admonitions/) hold what
is indented below them, which CommonMark takes for code; a footnote looks like a link's address.
"""

from __future__ import annotations

import re

_OPENS = re.compile(r'(?P<indent> *)(?:!!!|\?\?\?\+?|={3}[!+]{0,2}(?= *"))')
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_INDENT = 4
_DEEPEST = 20


def as_commonmark(text: str) -> str:
    """The same lines, with what stands in admonitions, tabs and footnotes as if it stood alone."""
    inside: list[int] = []
    """Of each admonition around a line, how far what is in it is indented."""
    fence, lines = "", []
    for line in text.split("\n"):
        blank = not line.strip()
        indent = len(line) - len(line.lstrip(" "))
        while inside and not blank and indent < inside[-1]:
            inside.pop()
            fence = ""
        own = line[inside[-1] if inside else 0 :]
        found = _FENCE.match(own)
        opens = None if fence else _OPENS.match(line)
        if fence and found and found[1].startswith(fence):
            fence = ""
        elif not fence and found:
            fence = found[1]
        if opens and len(inside) < _DEEPEST:
            inside.append(len(opens["indent"]) + _INDENT)
            own = ""
        lines.append(own if fence else _FOOTNOTE.sub("", own, count=1))
    return "\n".join(lines)
