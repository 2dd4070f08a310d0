"""Whatever somebody does to the bytes of an output, no reader breaks."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from archdoc.pipeline.kept import files
from archdoc.pipeline.kept.expected import Expected
from archdoc.site import read_page, read_search

_SEARCH = "site/search/search_index.json"
_PIECES = (
    *(b"<", b">", b'"', b"[", b"]", b"{", b"}", b"&", b"\0", b"\xff", b"-", b":", b"\n", b"  "),
    *(b"<g>", b"</g>", b"<td>", b"</td>", b"<tr>", b"<svg>", b"</svg>", b"</html>", b"<!--"),
    *(b"null", b"true", b"0", b"1e999", b"nan", b"[]", b"{}", b"services: 1", b"&a ", b"*a"),
    *(b"<<: *a", b'id=""', b"end", b'subgraph a["'),
)


def _spoiled(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(content))
        end = start + chance.choice([1, 3, 10, 200])
        piece = chance.choice([b"", content[start:end] * 2, *chance.sample(_PIECES, 6)])
        content = content[:start] + piece + content[end if chance.random() < 0.7 else start :]
    return content if chance.random() < 0.95 else content[: len(content) // 2]


def _read(path: str, content: bytes, expected: Expected) -> None:
    """What checking an output folder does with one file."""
    page = path.removeprefix("site/")
    if path in expected.texts:
        files.text_differences(path, content, expected)
    elif path in expected.vectors:
        files.picture_differences(expected.vectors[path], content)
    elif path in expected.pixels:
        files.unlike(expected.pixels[path], content)
    elif page in expected.page_paths:
        files.page_differences(read_page(page, content), expected)
    else:
        read_search(content)


@pytest.mark.parametrize("seed", range(4))
def test_no_reader_breaks(whole_build: Path, expected: Expected, seed: int) -> None:
    chance = random.Random(seed)
    paths = [*expected.paths, *(f"site/{path}" for path in expected.page_paths), _SEARCH]
    for _ in range(120):
        path = chance.choice(paths)
        # What cannot be read is a ValueError: that is told, and anything else would be a mistake.
        with suppress(ValueError):
            _read(path, _spoiled((whole_build / path).read_bytes(), chance), expected)
