"""Other forms in which people keep what archdoc makes: under other suffixes, packed, in UTF-16."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import Path

from archdoc.pipeline.untrusted import LARGEST

PACKED = ".svgz"
_SUFFIXES = {
    PACKED: ".svg",
    ".mermaid": ".mmd",
    **dict.fromkeys((".plantuml", ".pu", ".iuml", ".wsd"), ".puml"),
    ".gv": ".dot",
}
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""\A(<\?xml[^>]{0,200}?\sencoding=["'])[\w.-]{1,40}""")


def suffix_of(path: Path) -> str:
    """The suffix that archdoc gives to what a file is called as: `.puml` for `a.plantuml`."""
    suffix = path.suffix.lower()
    return _SUFFIXES.get(suffix, suffix)


def as_written(path: Path, content: bytes) -> bytes:
    """A file's content as archdoc writes it: not packed, in UTF-8. Raises ValueError."""
    if path.suffix.lower() == PACKED and content.startswith(_GZIP):
        content = _unpacked(content)
    if content.startswith(_UTF16):
        # XML says in which encoding it is, and may do so once it is in another.
        content = _DECLARED.sub(rb"\1UTF-8", content.decode("utf-16").encode())
    if suffix_of(path) == ".svg":
        content = content.removeprefix(codecs.BOM_UTF8)
    return content


def _unpacked(content: bytes) -> bytes:
    """What is in it, within bounds: a few bytes may become any number."""
    reader = zlib.decompressobj(wbits=31)  # with the head that gzip writes
    try:
        found = reader.decompress(content, LARGEST)
    except zlib.error as error:
        raise ValueError(f"not packed by gzip, or damaged: {error}") from error
    if not reader.eof:
        too_large = reader.unconsumed_tail
        raise ValueError("too large once it is unpacked" if too_large else "it is cut off")
    return found
