"""Graphviz for dot sources: text to SVG, with every icon inside the picture."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

from archdoc.render.engines import Engines
from archdoc.render.plantuml import DiagramError

_SECONDS = 60.0
_IMAGE_ATTRIBUTE = re.compile(r'(?<=\bimage=)"?([^"\s\]]+\.png)"?')
_HREF = re.compile(r'xlink:href="([^"]+\.png)"')


def dot_to_svg(source: str, engines: Engines, icon_root: Path | None) -> bytes:
    """Draw a dot source whose `image` attributes are paths under `icon_root`.

    Raises DiagramError, also for an image outside of that folder.
    """
    images: dict[str, Path] = {}

    def absolute(match: re.Match[str]) -> str:
        path = _icon(match[1], icon_root)
        images[str(path)] = path
        return f'"{path}"'

    try:
        done = subprocess.run(
            [str(engines.graphviz.path), "-Tsvg"],
            input=_IMAGE_ATTRIBUTE.sub(absolute, source).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DiagramError(f"Graphviz failed: {error}") from error
    if done.returncode != 0 or b"<svg" not in done.stdout:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise DiagramError(f"Graphviz failed: {message[0] if message else 'no picture'}")
    return _embed(done.stdout.decode(), images).encode()


def _icon(name: str, icon_root: Path | None) -> Path:
    if icon_root is None:
        raise DiagramError("the icons of the `diagrams` package are not installed")
    path = (icon_root / name).resolve()
    if not path.is_relative_to(icon_root.resolve()) or not path.is_file():
        raise DiagramError(f"there is no icon {name}")
    return path


def _embed(svg: str, images: dict[str, Path]) -> str:
    """Replace paths of icons by the icons, so that the picture is one file and names no machine."""

    def data(match: re.Match[str]) -> str:
        content = base64.b64encode(images[match[1]].read_bytes()).decode()
        return f'xlink:href="data:image/png;base64,{content}"'

    return _HREF.sub(data, svg)
