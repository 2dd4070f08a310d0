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
PIXELS = 16_000_000
"""A PNG has at most so many, four pages of a large screen, but one for each unit of the SVG: many
programs refuse much larger ones, and compressing them would take most of a build's time."""
PNG_FORMAT = f"png-{SCALE}-{PIXELS}"
"""Part of the cache key, beside the version of resvg."""

_SECONDS = 60.0
_MAKE = """
import json, sys
sys.path.append(sys.argv[1])
from resvg_py import svg_to_bytes
try:
    png = svg_to_bytes(**json.load(sys.stdin))
except ValueError as error:
    sys.exit(str(error))
sys.stdout.buffer.write(bytes(png))
"""
"""Needs nothing but resvg and Python's own library, so it starts in a hundredth of a second."""


def svg_to_png(svg: bytes, fonts: Path, resvg: Path) -> bytes:
    """The picture in pixels; `resvg` is the file of its package. Raises DiagramError."""
    options = {
        "svg_string": svg.decode(),
        "zoom": _scale(svg),
        "skip_system_fonts": True,
        "font_files": [str(fonts / name) for name in FONT_FILES.values()],
        "font_family": FONT_FAMILY,
        "sans_serif_family": FONT_FAMILY,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _MAKE, str(resvg.parents[1])],
            input=json.dumps(options).encode(),
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


def _scale(svg: bytes) -> float:
    """How many pixels a unit of this picture gets."""
    root = ET.fromstring(svg)  # noqa: S314 - our own picture
    area = float(root.get("width", 0)) * float(root.get("height", 0))
    return max(1.0, min(SCALE, math.sqrt(PIXELS / area))) if area else SCALE
