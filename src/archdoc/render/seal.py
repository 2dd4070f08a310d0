"""What a picture says of itself, so that a copy of it can be judged wherever it lies.

An SVG ends with it, as a processing instruction (https://www.w3.org/TR/xml/#sec-pi), which nothing
shows; a PNG has it in a chunk of text (https://www.w3.org/TR/png-3/#11tEXt).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SAID = re.compile(
    rb'<\?archdoc picture="(?P<picture>[^"<>?]{1,300})" source="(?P<source>[0-9a-f]{64})" '
    rb'rest="(?P<rest>[0-9a-f]{64})"\?>'
)
_LONGEST = 1000
"""Bytes from the end of an SVG in which it stands."""
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"archdoc\0"


@dataclass(frozen=True, slots=True)
class Seal:
    """Which picture it is, and what it was drawn from."""

    picture: str
    """Its name: `aws-advanced.aws`."""
    source: str
    """The digest of the text that it was drawn from."""
    is_whole: bool
    """Whether the rest of the file is what was drawn."""


def digest_of(source: str) -> str:
    """The digest of what a picture is drawn from, as its seal says it."""
    return hashlib.sha256(source.encode()).hexdigest()


def sealed_svg(svg: bytes, picture: str, source: str) -> bytes:
    """The same SVG with its seal."""
    return svg + _said(svg, picture, source) + b"\n"


def sealed_png(png: bytes, picture: str, source: str) -> bytes:
    """The same PNG with its seal, before its last chunk. Raises ValueError for what is none."""
    *_, (_, start, _) = chunks(png)
    content = b"tEXt" + _KEYWORD + _said(png, picture, source)
    sums = zlib.crc32(content).to_bytes(4)
    chunk = (len(content) - 4).to_bytes(4) + content + sums
    return png[:start] + chunk + png[start:]


def unsealed(svg: bytes) -> bytes:
    """An SVG without its seal: in a page it is part of something else."""
    found = _in_svg(svg)
    return svg[: found.start()] if found else svg


def seal_of(picture: bytes) -> Seal | None:
    """What an SVG or a PNG says of itself; None where it says nothing.

    Git may have given the lines of an SVG other ends: that is no difference. Raises ValueError for
    a damaged PNG.
    """
    if picture.startswith(_PNG):
        for kind, start, end in chunks(picture):
            found = _SAID.fullmatch(picture, start + 8 + len(_KEYWORD), end - 4)
            if kind == b"tEXt" and found:
                return _seal(found, picture[:start] + picture[end:])
        return None
    text = picture.replace(b"\r\n", b"\n")
    found = _in_svg(text)
    return _seal(found, text[: found.start()]) if found else None


def chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The kind of every piece of a PNG, and where it begins and ends.

    Raises ValueError for what is not a whole PNG, by the sums that its pieces carry
    (https://www.w3.org/TR/png-3/#5Chunk-layout).
    """
    if not png.startswith(_PNG):
        raise ValueError("not a PNG picture")
    start = len(_PNG)
    while start + 12 <= len(png):
        end = start + 12 + int.from_bytes(png[start : start + 4])
        if zlib.crc32(png[start + 4 : end - 4]) != int.from_bytes(png[end - 4 : end]):
            raise ValueError("a PNG picture that is damaged, or not complete")
        kind = png[start + 4 : start + 8]
        yield kind, start, end
        if kind == b"IEND":
            return
        start = end
    raise ValueError("a PNG picture that is not complete")


def _said(rest: bytes, picture: str, source: str) -> bytes:
    rest_is = hashlib.sha256(rest).hexdigest()
    return f'<?archdoc picture="{picture}" source="{digest_of(source)}" rest="{rest_is}"?>'.encode()


def _in_svg(svg: bytes) -> re.Match[bytes] | None:
    start = svg.rfind(b"<?archdoc ", max(0, len(svg) - _LONGEST))
    found = _SAID.match(svg, start) if start >= 0 else None
    return found if found and not svg[found.end() :].strip() else None


def _seal(found: re.Match[bytes], rest: bytes) -> Seal:
    is_whole = hashlib.sha256(rest).hexdigest() == found["rest"].decode()
    return Seal(found["picture"].decode("utf-8", "replace"), found["source"].decode(), is_whole)
