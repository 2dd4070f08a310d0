"""Pictures in pixels, made by a process that archdoc starts for nothing else.

It reads a line of JSON for each picture, and answers with a line that says how many bytes follow,
or what is wrong. It needs nothing but a package with resvg and Python's own library, imports
nothing of archdoc, and ends with whoever asks. Arguments: the folder of packages, the family of
fonts, and its files: plain, bold, italic, and both.

Most of the work is to compress. `svg2png-py` hands over pixels as they are, and zlib-ng compresses
them in a tenth of the time that resvg's own PNG takes; where they are not, `resvg` does it all.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

Draw = Callable[[str, float, tuple[int, int]], bytes]
"""A picture, pixels for each of its units, and how many there are of them: a PNG."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 4
_EIGHT_BITS, _WITH_ALPHA = 8, 6
_AS_IT_IS, _LIKE_ABOVE = b"\0", b"\2"
"""Filters of a row of pixels (PNG specification, 9.2)."""
_ROOT = re.compile(r"<svg\b([^>]*)>")
_SIZE = re.compile(r"""\s(?:width|height)=(?:"[^"]*"|'[^']*')""")
_STYLES = ("", "bold", "italic", "bolditalic")
"""Of the fonts that are asked for, in their order."""
_TEXT = re.compile(r"<text\b[^>]*>(?=[^<]*</text>)")
_STYLE = re.compile(r'\sfont-(?:weight|style)="(bold|italic)"')
_WHITE = (255, 255, 255, 255)


def quick(family: str, fonts: Sequence[str]) -> Draw:
    """Drawn by svg2png-py. Raises ImportError where that or zlib-ng is missing."""
    import zlib_ng.zlib_ng  # noqa: F401 - asked for here, so that the other way is taken in time
    from svg2png_py import FontDatabase, RenderOptions, svg_to_rgba

    known = FontDatabase()
    names = _load(known.load_font_file, family, fonts)
    options = RenderOptions(font_family=family)

    def draw(svg: str, _: float, size: tuple[int, int]) -> bytes:
        text = _TEXT.sub(lambda tag: _without_style(tag[0], family, names), _sized(svg, size))
        return png(*svg_to_rgba(text, known, bg_color=_WHITE, options=options))

    return draw


def _load(load: Callable[[str], None], family: str, fonts: Sequence[str]) -> Mapping[str, str]:
    """Load fonts, and those of a style once more, each with a name of its own: style → name.

    For text in a style, resvg 0.47 looks for axes of variation: it opens and reads the font anew
    for each letter. Text in a family that is bold need not be bold.
    """
    names: dict[str, str] = {}
    for style, file in zip(_STYLES, fonts, strict=True):
        load(file)
        if style and hasattr(os, "memfd_create"):
            names[style] = f"{family[:-1]}{len(names)}"
            load(_renamed(file, family, names[style]))
    return names


def _renamed(file: str, family: str, name: str) -> str:
    """A copy of a font with another name, which is as long. It is there until the process ends."""
    with open(file, "rb") as font:  # noqa: PTH123 - pathlib takes as long to import as all else
        data = font.read()
    copy = os.memfd_create(name)
    with os.fdopen(os.dup(copy), "wb") as renamed:
        renamed.write(data.replace(family.encode("utf-16-be"), name.encode("utf-16-be")))
    return f"/proc/self/fd/{copy}"


def _without_style(tag: str, family: str, names: Mapping[str, str]) -> str:
    """The tag of a text, with the name of a font that has its style."""
    style = "".join(found[1] for found in _STYLE.finditer(tag))
    named = tag.replace(f"'{family}'", f"'{names.get(style, family)}'")
    return tag if named == tag else _STYLE.sub("", named)


def thorough(family: str, fonts: Sequence[str]) -> Draw:
    """Drawn by `resvg`, which makes the PNG, too."""
    from resvg import render, usvg

    options = usvg.Options.default()
    options.font_family = family
    for file in fonts:
        options.load_font_file(file)

    def draw(svg: str, zoom: float, size: tuple[int, int]) -> bytes:
        tree = usvg.Tree.from_str(svg, options)
        drawn = (zoom, 0.0, 0.0, 0.0, zoom, 0.0)
        return bytes(render(tree, drawn, bg_size=size, bg_color=_WHITE))

    return draw


def _sized(svg: str, size: tuple[int, int]) -> str:
    """The picture in another size: its `viewBox` says what is shown, not how large."""
    width, height = size

    def root(tag: re.Match[str]) -> str:
        return f'<svg width="{width}" height="{height}"{_SIZE.sub("", tag[1])}>'

    return _ROOT.sub(root, svg, count=1)


def png(pixels: bytes, width: int, height: int) -> bytes:
    """Pixels, four bytes each, as a PNG. Raises ImportError without zlib-ng."""
    from zlib_ng import zlib_ng

    compressor = zlib_ng.compressobj(_LEVEL)
    packed = b"".join(compressor.compress(part) for part in _rows(pixels, width * 4))
    header = struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _WITH_ALPHA, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed + compressor.flush()), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _rows(pixels: bytes, length: int) -> Iterator[bytes]:
    """Rows behind their filters: one like the row above is no difference to it, all zeros."""
    above, none = b"", bytes(length)
    for start in range(0, len(pixels), length):
        row = pixels[start : start + length]
        if row == above:
            yield _LIKE_ABOVE
            yield none
        else:
            yield _AS_IT_IS
            yield row
        above = row


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def main() -> None:
    """Answer until nobody asks any more."""
    packages, family, *fonts = sys.argv[1:]
    sys.path.append(packages)
    try:
        draw = quick(family, fonts)
    except ImportError:
        draw = thorough(family, fonts)
    for line in sys.stdin.buffer:
        zoom, size, svg = json.loads(line)
        made, said = b"", ""
        try:
            made = draw(svg, zoom, (size[0], size[1]))
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            said = str(error)
        sys.stdout.buffer.write(json.dumps([len(made), said]).encode() + b"\n" + made)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
