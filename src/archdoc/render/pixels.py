"""Pictures in pixels, made by a process that archdoc starts for nothing else.

It reads a line of JSON for each picture, which has no texts, and answers with a line that says how
many bytes follow, or what is wrong. It needs nothing but a package with resvg and Python's own
library, imports nothing of archdoc, and ends with whoever asks. Its argument is the folder of
packages.

Most of the work is to compress. `svg2png-py` hands over pixels as they are, and zlib-ng compresses
them in a tenth of the time that resvg's own PNG takes; where they are not, `resvg` does it all.
"""

from __future__ import annotations

import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator

Draw = Callable[[str, float, tuple[int, int]], bytes]
"""A picture, pixels for each of its units, and how many there are of them: a PNG."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 3
_EIGHT_BITS, _WITH_ALPHA = 8, 6
_AS_IT_IS, _LIKE_ABOVE = b"\0", b"\2"
"""Filters of a row of pixels (PNG specification, 9.2)."""
_ROOT = re.compile(r"<svg\b([^>]*)>")
_SIZE = re.compile(r"""\s(?:width|height)=(?:"[^"]*"|'[^']*')""")
_WHITE = (255, 255, 255, 255)


def quick() -> Draw:
    """Drawn by svg2png-py. Raises ImportError where that or zlib-ng is missing."""
    import zlib_ng.zlib_ng  # noqa: F401 - asked for here, so that the other way is taken in time
    from svg2png_py import FontDatabase, svg_to_rgba

    none = FontDatabase()

    def draw(svg: str, _: float, size: tuple[int, int]) -> bytes:
        return png(*svg_to_rgba(_sized(svg, size), none, bg_color=_WHITE))

    return draw


def thorough() -> Draw:
    """Drawn by `resvg`, which makes the PNG, too."""
    from resvg import render, usvg

    options = usvg.Options.default()

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
    sys.path.append(sys.argv[1])
    try:
        draw = quick()
    except ImportError:
        draw = thorough()
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
