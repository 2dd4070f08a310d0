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
_TRIAL_SECONDS = 10.0
"""For a single box, which takes a fraction of one."""
_IMAGE = re.compile(r'(?<=<image xlink:href=")([^"]*)(?=")')
_NODE = re.compile(r'<g id="[^"]*" class="node">.*?</g>', re.DOTALL)
_IMAGE_AT = re.compile(r'<image [^>]*width="([0-9.]+)px"[^>]* x="(-?[0-9.]+)"')
_SHAPE = re.compile(r' (?:d|points)="([^"]*)"')
_X = re.compile(r"(-?[0-9.]+),")
_BEGINNING = re.compile(r'text-anchor="start" x="-?[0-9.]+"')
_UNREADABLE = re.compile(r"while opening (.+)|improper image=(.+) for node")
_NAMED = re.compile(r'(?:image|SRC)="([^"\\]+)"')


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
        # Relative images are found from the folder of icons. The source stays as it is: whatever
        # looked for `image=` in it would also find the words in a label.
        done = _run(engines, source, icon_root, _SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"Graphviz took longer than {_SECONDS:.0f} s"
        raise DiagramError(message, remedy=TOO_LARGE) from error
    except OSError as error:
        raise _broken(engines, f"cannot be started ({error.strerror})") from error
    said = done.stderr.decode("utf-8", "replace").strip()
    unreadable = _UNREADABLE.search(said)
    if unreadable:
        raise DiagramError(f"there is no icon {unreadable[1] or unreadable[2]}")
    if done.returncode != 0 or b"<svg" not in done.stdout:
        refuse_broken(engines)
    if done.returncode < 0:
        message = f"Graphviz was ended by signal {-done.returncode} while drawing it"
        raise DiagramError(message, remedy=TOO_LARGE)
    if done.returncode != 0 or b"<svg" not in done.stdout:
        raise DiagramError(f"Graphviz failed: {said.splitlines()[0] if said else 'no picture'}")
    return _embed(_centred(done.stdout.decode()), icon_root).encode()


def refuse_broken(engines: Engines) -> None:
    """Raises DiagramError where Graphviz does not even draw a single box.

    What it fails over may be the diagram's fault, and is Graphviz's own if it fails over all.
    """
    try:
        done = _run(engines, "digraph { a }", None, _TRIAL_SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"does not draw a single box in {_TRIAL_SECONDS:.0f} s"
        raise _broken(engines, message) from error
    except OSError as error:
        raise _broken(engines, f"cannot be started ({error.strerror})") from error
    if b"<svg" not in done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        code = done.returncode
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        how += f": {said[0]}" if said else ""
        raise _broken(engines, f"does not draw even a single box ({how})")


def _broken(engines: Engines, problem: str) -> DiagramError:
    remedy = f"{engines.graphviz.remedy}; `archdoc doctor` tries it"
    return DiagramError(f"Graphviz {problem}", remedy=remedy, cause="engine")


def _run(
    engines: Engines, source: str, folder: Path | None, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(engines.graphviz.path), "-Tsvg"],
        input=source.encode(),
        capture_output=True,
        cwd=folder,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        timeout=seconds,
        check=False,
    )


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


def _centred(svg: str) -> str:
    """Lines of markup in nodes by their middle, as those of plain labels are.

    Graphviz gives where they begin in the font that it measures with. The one that is shown is a
    little narrower, so they would stand off to the left.
    """

    def middle(node: re.Match[str]) -> str:
        image, shape = _IMAGE_AT.search(node[0]), _SHAPE.search(node[0])
        if image is not None:
            at = float(image[2]) + float(image[1]) / 2
        elif shape is not None:
            xs = [float(x) for x in _X.findall(shape[1])]
            at = (min(xs) + max(xs)) / 2
        else:
            return node[0]
        return _BEGINNING.sub(f'text-anchor="middle" x="{at:g}"', node[0])

    return _NODE.sub(middle, svg)


def _embed(svg: str, icon_root: Path | None) -> str:
    """Replace paths of icons by the icons, so that the picture is one file and names no machine."""

    def data(match: re.Match[str]) -> str:
        content = base64.b64encode(_icon(html.unescape(match[1]), icon_root).read_bytes()).decode()
        return f"data:image/png;base64,{content}"

    return _IMAGE.sub(data, svg)
