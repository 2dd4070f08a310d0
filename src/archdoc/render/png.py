"""SVG to PNG, with our own fonts only."""

from __future__ import annotations

from pathlib import Path

from archdoc.render.engines import FONT_FAMILY, FONT_FILES

SCALE = 2
"""Pixels of the PNG for each unit of the SVG: sharp on dense screens."""
PNG_FORMAT = f"png-{SCALE}"
"""Part of the cache key, beside the version of resvg."""


def svg_to_png(svg: bytes, fonts: Path) -> bytes:
    """The picture in pixels. Raises ValueError where resvg cannot read it."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            zoom=SCALE,
            skip_system_fonts=True,
            font_files=[str(fonts / name) for name in FONT_FILES.values()],
            font_family=FONT_FAMILY,
            sans_serif_family=FONT_FAMILY,
        )
    )
