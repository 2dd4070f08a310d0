"""Graphviz for dot sources: text to SVG, with every icon inside the picture."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path

from archdoc.render.engines import Engines
from archdoc.render.jobs import TOO_LARGE, DiagramError

_SECONDS = 60.0
_IMAGE = re.compile(r'(?<=<image xlink:href=")([^"]*)(?=")')
_UNREADABLE = re.compile(r"while opening (.+)|improper image=(.+) for node")
_NAMED = re.compile(r'image="([^"\\]+)"')


def icons_in(source: str, icon_root: Path | None) -> str:
    """A digest of the icons that a dot source names: they are part of its picture.

    What only looks like an icon, in a label, is counted as one; that does no harm.
    """
    hasher = hashlib.sha256()
    for name in sorted(set(_NAMED.findall(source))):
        with suppress(DiagramError, OSError, ValueError):
            hasher.update(
                hashlib.sha256(_icon(html.unescape(name), icon_root).read_bytes()).digest()
            )
    return hasher.hexdigest()


def dot_to_svg(source: str, engines: Engines, icon_root: Path | None) -> bytes:
    """Draw a dot source whose `image` attributes are paths under `icon_root`.

    Raises DiagramError, also for an image outside of that folder.
    """
    try:
        done = subprocess.run(
            [str(engines.graphviz.path), "-Tsvg"],
            input=source.encode(),
            capture_output=True,
            # Relative images are found from here. The source stays as it is: whatever looked for
            # `image=` in it would also find the words in a label.
            cwd=icon_root,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"Graphviz took longer than {_SECONDS:.0f} s"
        raise DiagramError(message, remedy=TOO_LARGE) from error
    except OSError as error:
        raise DiagramError(f"Graphviz cannot be started: {error}", cause="engine") from error
    said = done.stderr.decode("utf-8", "replace").strip()
    unreadable = _UNREADABLE.search(said)
    if unreadable:
        raise DiagramError(f"there is no icon {unreadable[1] or unreadable[2]}")
    if done.returncode < 0:
        message = f"Graphviz was ended by signal {-done.returncode} while drawing it"
        raise DiagramError(message, remedy=TOO_LARGE)
    if done.returncode != 0 or b"<svg" not in done.stdout:
        raise DiagramError(f"Graphviz failed: {said.splitlines()[0] if said else 'no picture'}")
    return _embed(done.stdout.decode(), icon_root).encode()


_STEADY = """#!/bin/sh
# PlantUML asks Graphviz to order every row a second time, without regard to who was said to stand
# beside whom (`remincross`): then one box more may turn whole rows around.
case "$1" in
-V) exec {graphviz} "$@" ;;
*) sed 's/^remincross=true;$/remincross=false;/' | exec {graphviz} "$@" ;;
esac
"""


def steady(engines: Engines, folder: Path) -> Path:
    """The Graphviz for PlantUML: a program, written into `folder`, that keeps rows in order.

    PlantUML takes a program and no options (https://plantuml.com/graphviz-dot). Where nothing in
    that folder may be run, Graphviz itself. Raises OSError.
    """
    program = folder / "dot"
    program.write_text(_STEADY.format(graphviz=shlex.quote(str(engines.graphviz.path))), "utf-8")
    program.chmod(0o700)
    return program if os.access(program, os.X_OK) else engines.graphviz.path or program


def _icon(name: str, icon_root: Path | None) -> Path:
    if icon_root is None:
        raise DiagramError("the icons of the `diagrams` package are not installed")
    path = (icon_root / name).resolve()
    if not path.is_relative_to(icon_root.resolve()) or not path.is_file() or path.suffix != ".png":
        raise DiagramError(f"there is no icon {name}")
    return path


def _embed(svg: str, icon_root: Path | None) -> str:
    """Replace paths of icons by the icons, so that the picture is one file and names no machine."""

    def data(match: re.Match[str]) -> str:
        content = base64.b64encode(_icon(html.unescape(match[1]), icon_root).read_bytes()).decode()
        return f"data:image/png;base64,{content}"

    return _IMAGE.sub(data, svg)
