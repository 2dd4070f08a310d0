"""SVG to PNG, with our own fonts only.

Each picture is made in a process of its own: resvg keeps Python's lock while it works, and for most
of the time that a picture takes it compresses pixels. So they are made on all cores, and one that
asks for more memory than there is ends only its own process.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from archdoc.render.engines import FONT_FAMILY, FONT_FILES
from archdoc.render.jobs import TOO_LARGE, DiagramError

SCALE = 2
"""Pixels of the PNG for each unit of the SVG: sharp on dense screens."""
PIXELS = 32_000_000
"""A PNG has at most so many, four times those of a large screen, but one for each unit of the SVG:
many programs refuse much larger ones, and compressing them would take most of a build's time."""
PNG_FORMAT = f"png-{SCALE}-{PIXELS}"
"""Part of the cache key, beside the version of resvg."""

_SECONDS = 60.0
_MAKE = """
import json, sys
sys.path.append(sys.argv[1])
from resvg import render, usvg
asked = json.load(sys.stdin)
options = usvg.Options.default()
options.font_family = asked["font"]
for file in asked["fonts"]:
    options.load_font_file(file)
zoom, size = asked["zoom"], asked["size"]
tree = usvg.Tree.from_str(asked["svg"], options)
sys.stdout.buffer.write(render(tree, (zoom, 0, 0, 0, zoom, 0), bg_size=tuple(size)))
"""
"""Needs nothing but resvg and Python's own library, so it starts in a hundredth of a second."""


def svg_to_png(svg: bytes, fonts: Path, resvg: Path) -> bytes:
    """The picture in pixels; `resvg` is the file of its package. Raises DiagramError."""
    width, height = _size(svg)
    zoom = max(1.0, min(SCALE, math.sqrt(PIXELS / (width * height))))
    asked = {
        "svg": svg.decode(),
        "zoom": zoom,
        "size": [round(width * zoom), round(height * zoom)],
        "font": FONT_FAMILY,
        "fonts": [str(fonts / name) for name in FONT_FILES.values()],
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _MAKE, str(resvg.parents[1])],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DiagramError(f"resvg took longer than {_SECONDS:.0f} s", remedy=TOO_LARGE) from error
    except OSError as error:
        raise DiagramError(f"resvg cannot be started: {error}", cause="engine") from error
    if done.returncode < 0:
        message = f"resvg was ended by signal {-done.returncode} while drawing it in pixels"
        raise DiagramError(message, remedy=TOO_LARGE)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise DiagramError(f"resvg failed: {said[-1] if said else 'no picture'}")
    return done.stdout


def _size(svg: bytes) -> tuple[float, float]:
    """How wide and high a picture is, in its own units."""
    root = ET.fromstring(svg)  # noqa: S314 - our own picture
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    if width <= 0 or height <= 0:
        raise DiagramError("the engine's picture has no size")
    return width, height
