"""`make bench`: what whole sites cost to build, to serve and to load, beside LikeC4's.

Nothing here fails on a time: machines differ. Read the ratios. LikeC4's site has its own pictures
of the same model's views, laid out when it is built and drawn in the browser; archdoc's has a page
for every element, too.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archdoc.source import load_model
from bench.archive import forget_pictures, make_archive, put_aside
from bench.c4 import likec4_text
from bench.models import Drawn
from bench.peers import likec4
from bench.processes import Contender, Cost, certainly, run, side_by_side

_ROOT = Path(__file__).parents[2]
_PATIENCE = 600.0
_STATUSES = (0, 1)
"""Graphviz loses the label of an edge now and then where there are many; then a build fails."""
_SHARED = re.compile(r'(?:src|href)="([^":#?]+\.(?:css|js|png|svg))"')
_INDEX = "search/search_index.json"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each command")
    parser.add_argument("--containers", type=int, default=300, help="of the generated model")
    parser.add_argument("--views", type=int, default=60, help="of the generated model")
    parser.add_argument(
        "--peers", type=Path, help="a folder to install peers into; left out, they are not run"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archdoc-bench-") as folder:
        peer = likec4(options.peers) if options.peers else None
        reference = _reference(Path(folder, "reference"))
        _builds("reference model, and archdoc's own docs", reference, {}, options.runs)
        _weights(reference / "build" / "site")
        _serving(reference, options.runs)
        alone = Path(folder, "alone")
        shutil.copytree(_ROOT / "model", alone / "model")
        text = likec4_text(load_model(_ROOT / "model").model)
        _builds("reference model alone", alone, _theirs(peer, alone, text), options.runs)
        generated = Path(folder, "generated")
        drawn = Drawn(options.containers, options.views)
        _write(generated / "model" / "app.yaml", drawn.archdoc())
        title = f"{options.containers} containers, {options.views} views"
        theirs = _theirs(peer, generated, drawn.likec4())
        _builds(title, generated, theirs, max(1, options.runs // 3))
        _weights(generated / "build" / "site")


def _theirs(peer: Sequence[str] | None, folder: Path, text: str) -> dict[str, Contender]:
    """LikeC4's site of a model, with the Graphviz that it brings; nothing where it is missing."""
    if peer is None:
        return {}
    _write(folder / "likec4" / "model.c4", text)
    where = ["--output", str(folder / "theirs"), str(folder / "likec4")]
    command = [*peer, "build", "--no-use-dot", *where]
    return {"likec4 build": Contender(command, patience=_PATIENCE)}


def _reference(folder: Path) -> Path:
    for name in ("model", "docs"):
        shutil.copytree(_ROOT / name, folder / name)
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    return folder


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _builds(title: str, place: Path, theirs: dict[str, Contender], runs: int) -> None:
    """From what a machine makes once, and when nothing has changed; what others take for it.

    That is Java's archive (`bench.render` says how long that takes) and a theme's templates,
    compiled (a third of a second).
    """

    def forget() -> None:
        put_aside(place / "build")
        forget_pictures(place / "cache")

    cold = Contender(
        [sys.executable, "-m", "archdoc", "build"],
        _environ(place), place, forget, lambda _: _is_built(place), _PATIENCE, _STATUSES,
    )  # fmt: skip
    run(replace(cold, environ={**cold.environ, "ARCHDOC_ARCHIVE": "off"}))
    make_archive(place / "cache", sorted((place / "build" / "diagrams").glob("*.puml")))
    same = Contender(cold.command, cold.environ, place, patience=_PATIENCE, statuses=_STATUSES)
    costs = side_by_side({"archdoc build, cold": cold, "  nothing changed": same, **theirs}, runs)
    first = certainly(costs["archdoc build, cold"], title)
    print(f"{title}:")
    for name, cost in costs.items():
        print(f"  {name:<24} {_beside(cost, first)}")


def _environ(place: Path) -> dict[str, str]:
    return {"ARCHDOC_CACHE_DIR": str(place / "cache")}


def _beside(cost: Cost | None, first: Cost) -> str:
    if cost is None:
        return "took too long"
    ratio = "" if cost is first else f"{cost.seconds / first.seconds:6.2f} times as long"
    return f"{cost} {ratio}"


def _is_built(place: Path) -> None:
    pages = len(list((place / "build" / "site").rglob("*.html")))
    if pages < 10:
        raise SystemExit(f"this benchmark would say nothing: {place} has {pages} pages")


def _weights(site: Path) -> None:
    """What pages weigh with all that they load to be shown, uncompressed."""
    weights = sorted((_weight(site, file), file) for file in site.rglob("*.html"))
    heaviest, middle = weights[-1], weights[len(weights) // 2]
    behind = [site / _INDEX, *(site / "assets" / "javascripts" / "workers").glob("*.js")]
    print(
        f"  {len(weights)} pages; one weighs {middle[0] / 1e3:.0f} kB, at most "
        f"{heaviest[0] / 1e3:.0f} kB ({heaviest[1].relative_to(site)}); the search, which comes "
        f"behind the first, {sum(file.stat().st_size for file in behind) / 1e3:.0f} kB"
    )


def _weight(site: Path, page: Path) -> int:
    text = page.read_text("utf-8")
    linked: set[Path] = {(page.parent / path).resolve() for path in _SHARED.findall(text)}
    loaded: set[Path] = {file for file in linked if f"{site.resolve()}/assets/" in f"{file}"}
    return sum(file.stat().st_size for file in {page, *loaded} if file.is_file())


def _serving(place: Path, runs: int) -> None:
    """From the moment at which something is saved to the one at which its page is served."""
    text, model = place / "docs" / "servers.md", place / "model" / "app.yaml"
    with _served(place) as address:
        for what, file, page, old in (
            ("the first", text, "servers.html", "draws everything"),  # it is still getting ready
            ("a text", text, "servers.html", "draws everything"),
            ("a diagram", model, "views.html", "Manages"),  # which one view shows
            ("most of them", model, "index.html", "SQL queries"),
        ):
            before, seconds = file.read_text("utf-8"), []
            for number in range(1 if what == "the first" else runs):
                mark = f"{what.split()[-1]}{number}"
                new = f"{mark} {old}"
                file.write_text(before.replace(old, new, 1), "utf-8")
                began = time.perf_counter()
                _until(lambda: f"{mark} {old}" in _get(f"{address}{page}"))  # noqa: B023
                seconds.append(time.perf_counter() - began)
            said = ", ".join(f"{s:.2f} s" for s in seconds)
            print(f"  archdoc serve, {what:<12} from saved to served: {said}")


@contextmanager
def _served(place: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "archdoc", "serve", "--port", "0"],
        cwd=place, env={**os.environ, **_environ(place)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = (re.match(r"http://[\d.:]+/", line) for line in process.stdout)
        yield next(match[0] for match in said if match)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except urllib.error.URLError:
        return ""


def _until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not fact():
        if time.monotonic() > end:
            raise SystemExit("this benchmark would say nothing: what was saved is not served")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
