"""An engine that has built a site before makes the same bytes as a new one, of whatever changes."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest

from archdoc.site import Engine, Staged, build_site

_PAGES = {
    "index.md": b"# Start\n\nHere is [one](one.md) and [two](two.md#there).\n",
    "one.md": b"# One\n\nFirst words.\n\n## Part\n\nMore of one.\n",
    "two.md": b"# Two\n\nSecond words.\n\n## There\n\nMore of two.\n",
    "assets/archdoc.css": b"p {}",
    "assets/archdoc.js": b"",
    "assets/from-disk.js": b"",
    "picture.svg": b"<svg/>",
}
_FIRST = Staged(_PAGES, ({"One": "one.md"}, "two.md"), None, "Site")  # type: ignore[arg-type]


def _with(**changed: bytes) -> Staged:
    names = {name.replace("_", "."): content for name, content in changed.items()}
    return replace(_FIRST, files={**_PAGES, **names})


@pytest.mark.parametrize(
    ("then", "is_quick"),
    [
        (_with(one_md=b"# One\n\nOther words.\n\n## Piece\n\nMore.\n"), True),
        (_with(picture_svg=b"<svg></svg>"), True),
        (_with(one_md=b"# One\n\nA\n", two_md=b"# Two\n\n## There\n\nB\n"), True),
        (_with(two_md=b"# Another title\n\n## There\n"), False),
        (_with(three_md=b"# Three\n"), False),
        (replace(_FIRST, name="Other"), False),
        (replace(_FIRST, navigation=({"One": "one.md"},)), False),
    ],
)
def test_what_is_built_in_part_is_what_is_built_whole(then: Staged, is_quick: bool) -> None:
    with Engine() as engine:
        first = engine.build(_FIRST)
        with mock.patch("archdoc.site.engine._whole", wraps=_whole()) as whole:
            second = engine.build(then)
        again = engine.build(_FIRST)

    assert whole.called is not is_quick
    assert dict(second.files) == dict(build_site(then).files)
    assert dict(again.files) == dict(first.files)


def _whole() -> object:
    from archdoc.site import engine

    return engine._whole


def test_what_is_complained_of_is_said_every_time_and_once() -> None:
    broken = _with(one_md=b"# One\n\n[Nowhere](nowhere.md)\n")
    with Engine() as engine:
        engine.build(_FIRST)
        said = [[p.message for p in engine.build(broken).problems] for _ in range(2)]
        mended = engine.build(_FIRST)

    assert len(said[0]) == 1
    assert said[0] == said[1]
    assert mended.problems == ()
