"""`make bench`: what pictures cost, beside PlantUML's own ways; whole processes, medians, ratios.

Nothing here fails on a time: machines differ. Read the ratios. That what is timed was really done
is checked, and stops the benchmark where it was not.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from archdoc.kept import Cache
from archdoc.render import find_engines
from bench.archive import forget_pictures, make_archive, put_aside
from bench.models import Drawn
from bench.peers import PlantUml, mkdocs
from bench.processes import Contender, Cost, certainly, run, side_by_side

_MODEL = Path(__file__).parents[2] / "model"
_LEFT_OUT = re.compile(r"  (?:task|aws-multi-az):\n(?:    .*\n)+")
"""A view and an environment of the reference model. Without their pictures, PlantUML draws
thirteen."""
_BY_PLANTUML = 13
_LABEL = "  - staff -> app: Manages"
"""A relationship that one view shows: the system in its context."""
_PATIENCE = 1_200.0
_LARGE_STATUSES = (0, 1)
"""Graphviz loses the label of an edge now and then where there are many; then a build fails."""
_FROM_NOTHING, _PEER = "archdoc build --no-site", "mkdocs + plantuml-markdown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one model is built, with a cache of its own."""

    folder: Path

    @property
    def model(self) -> Path:
        """The model's folder."""
        return self.folder / "model"

    @property
    def cache(self) -> Path:
        """The folder of earlier pictures."""
        return self.folder / "cache"

    @property
    def pictures(self) -> list[Path]:
        """What was drawn."""
        return list(self.folder.glob("build/diagrams/*.svg"))

    @property
    def sources(self) -> dict[str, Path]:
        """What PlantUML draws of it, by the names of its pictures."""
        return {file.stem: file for file in sorted(self.folder.glob("build/diagrams/*.puml"))}

    def empty(self) -> None:
        """Forget all pictures, and keep what Java starts from."""
        put_aside(self.folder / "build")
        forget_pictures(self.cache)

    def build(self, said: str) -> Contender:
        """Build it; what it prints has to match this."""
        output = str(self.folder / "build")
        return Contender(
            [sys.executable, "-m", "archdoc", "build", str(self.model), "--no-site", "-o", output],
            {"ARCHDOC_CACHE_DIR": str(self.cache)},
            check=lambda text: _certain(bool(re.search(said, text)), f"no {said!r} in {text!r}"),
            patience=_PATIENCE,
        )


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each command")
    parser.add_argument(
        "--peers", type=Path, help="a folder to install peers into; left out, they are not run"
    )
    parser.add_argument("--model", type=Path, default=_MODEL, help="another reference model")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archdoc-bench-") as name:
        folder = Path(name)
        plantuml = PlantUml(find_engines(os.environ), folder)
        place = Place(folder / "reference")
        shutil.copytree(options.model, place.model)
        for file in place.model.glob("*.yaml"):
            file.write_text(_LEFT_OUT.sub("", file.read_text("utf-8")), "utf-8")
        _first(place)
        _thirteen(place, plantuml, options.peers and options.peers.absolute(), options.runs)
        _without_java(place)
        for containers, pictures, runs in ((100, 20, options.runs), (1_000, 200, 1)):
            place = Place(folder / f"{containers} containers")
            place.model.mkdir(parents=True)
            text = Drawn(containers, pictures).archdoc()
            (place.model / "app.yaml").write_text(text, "utf-8")
            _first(place)
            _large(place, pictures, plantuml, runs)


def _first(place: Place) -> None:
    """Build once, and make what Java starts from, which a user's first build leaves to others."""
    first = place.build(r"rendered (\d+) of \1 pictures")
    without = {**first.environ, "ARCHDOC_ARCHIVE": "off"}
    run(replace(first, environ=without, statuses=_LARGE_STATUSES))
    seconds = make_archive(place.cache, place.sources.values())
    print(f"\n{place.folder.name}: Java's archive, made once a machine, took {seconds:.1f} s")


def _thirteen(place: Place, plantuml: PlantUml, peers: Path | None, runs: int) -> None:
    """From nothing, when nothing changed, and when one label did; and PlantUML's own ways."""
    sources, count = place.sources, len(place.pictures)
    _certain(len(sources) == _BY_PLANTUML, f"PlantUML should draw {_BY_PLANTUML}: {list(sources)}")
    print(f"{count} pictures, {len(sources)} of them by PlantUML: {', '.join(sources)}")
    app, number = place.model / "app.yaml", itertools.count()
    text = app.read_text("utf-8")
    _certain(text.count(_LABEL) == 1, f"the model should say once: {_LABEL}")

    def reword() -> None:
        app.write_text(text.replace(_LABEL, f"{_LABEL} {next(number)}"), "utf-8")

    whole = f"rendered {count} of {count} pictures"
    contenders = {
        _FROM_NOTHING: replace(place.build(whole), prepare=place.empty),
        "  nothing changed": place.build("nothing to render"),
        "  one label changed": replace(
            place.build(f"rendered 1 of {count} pictures"), prepare=reword
        ),
        "archdoc render --format svg": _without_pixels(place),
        **_batches(place, plantuml),
    }
    if peers is not None:
        contenders |= dict(_sites(place, plantuml, peers))
    costs = side_by_side(contenders, runs)
    _certain(len(place.pictures) == count, "pictures are missing")
    _table(f"{len(sources)} diagrams", costs)
    peer, same = costs.get(_PEER), certainly(costs["  nothing changed"], "a build without changes")
    if peer is not None:
        print(f"  {_PEER} / nothing changed: {peer.seconds / same.seconds:.0f}")


def _without_pixels(place: Place) -> Contender:
    """What the others make, too: every picture as SVG, and no PNG. In a cache of its own."""
    output, cache = place.folder / "svg", place.folder / "cache of svg"

    def prepare() -> None:
        for folder in (output, cache):
            shutil.rmtree(folder, ignore_errors=True)
        kept = Cache(place.cache).archives
        shutil.copytree(kept, Cache(cache).archives)

    def check(_: str) -> None:
        drawn = len(list(output.glob("*.svg")))
        _certain(drawn == len(place.pictures), f"archdoc drew {drawn} pictures")

    what = ("render", "--format", "svg", "--model", str(place.model), "-o", str(output))
    command = [sys.executable, "-m", "archdoc", *what]
    environ = {"ARCHDOC_CACHE_DIR": str(cache)}
    return Contender(command, environ, None, prepare, check, _PATIENCE)


def _without_java(place: Place) -> None:
    """Check that Java is started for what has to be drawn, and not otherwise."""
    log, script = place.folder / "java.log", place.folder / "java"
    java = find_engines(os.environ).java.path
    script.write_text(f'#!/bin/sh\necho started >> "{log}"\nexec "{java}" "$@"\n', "utf-8")
    script.chmod(0o755)
    watched = {"ARCHDOC_JAVA": str(script), "ARCHDOC_ARCHIVE": "off"}
    starts = []
    for said in (r"rendered (\d+) of \1 pictures", "nothing to render"):
        contender = place.build(said)
        run(replace(contender, environ={**contender.environ, **watched}))
        starts.append(len(log.read_text("utf-8").splitlines()))
    _certain(starts == [1, 1], f"Java should start once, and then no more: {starts}")
    print("  Java was started once to draw everything, and not when nothing had changed")


def _large(place: Place, pictures: int, plantuml: PlantUml, runs: int) -> None:
    """Many views: how many diagrams a second."""
    whole, lost = place.build(f"rendered {pictures} of {pictures} pictures"), set[str]()

    def check(text: str) -> None:
        whole.check(text)
        lost.update(re.findall(r"error\[.*", text))

    mine = replace(whole, prepare=place.empty, check=check, statuses=_LARGE_STATUSES)
    contenders = {_FROM_NOTHING: mine, **_batches(place, plantuml)}
    costs = side_by_side(contenders, runs)
    _table(f"{place.folder.name}, {pictures} views", costs)
    _certain(all("inconsistent-output" in error for error in lost), "\n".join(lost))
    if lost:
        print(
            f"  what Graphviz lost of these pictures, which archdoc says: {len(lost)} differences"
        )
    rates = (f"{name.strip()} {pictures / c.seconds:.1f}" for name, c in costs.items() if c)
    print(f"  diagrams a second: {', '.join(rates)}")


def _batches(place: Place, plantuml: PlantUml) -> dict[str, Contender]:
    """PlantUML's own way with many files: as it is, and told to compile less."""
    files = list(place.sources.values())
    output = place.folder / "batch"

    def prepare() -> None:
        shutil.rmtree(output, ignore_errors=True)

    def check(_: str) -> None:
        drawn = len(list(output.glob("*.svg")))
        _certain(drawn == len(files), f"PlantUML drew {drawn} of {len(files)}")

    def contender(*flags: str) -> Contender:
        command = plantuml.batch(files, output, *flags)
        return Contender(command, plantuml.environ, None, prepare, check, _PATIENCE)

    return {
        "plantuml -nbthread auto": contender(),
        "  -XX:TieredStopAtLevel=1": contender("-XX:TieredStopAtLevel=1"),
    }


def _sites(place: Place, plantuml: PlantUml, peers: Path) -> Iterator[tuple[str, Contender]]:
    """MkDocs with plantuml-markdown: as it comes, and with its cache of what it drew before."""
    command = mkdocs(peers)
    sources = {name: file.read_text("utf-8") for name, file in place.sources.items()}
    for name, cached in ((_PEER, False), ("  its cachedir, nothing changed", True)):
        site = place.folder / f"site {cached}".replace(" ", "-")
        plantuml.site(site, sources, cached=cached)
        check = _shows(site / "site", list(sources))
        contender = Contender(command, plantuml.environ, site, check=check, patience=_PATIENCE)
        if cached:
            run(contender)
        yield name, contender


def _shows(site: Path, names: list[str]) -> Callable[[str], None]:
    def check(_: str) -> None:
        pages = (site / name / "index.html" for name in names)
        drawn = sum("<svg" in page.read_text("utf-8") for page in pages)
        _certain(drawn == len(names), f"mkdocs shows {drawn} of {len(names)} pictures")

    return check


def _table(title: str, costs: Mapping[str, Cost | None]) -> None:
    """Costs, and how they compare with the first one."""
    first = certainly(next(iter(costs.values())), title)
    print(f"{title}:")
    for name, cost in costs.items():
        beside = "" if cost is None else f"{cost.seconds / first.seconds:6.2f} times as long"
        print(f"  {name:<33} {cost or 'took too long'} {'' if cost is first else beside}")


def _certain(fact: bool, otherwise: str) -> None:
    if not fact:
        raise SystemExit(f"this benchmark would say nothing: {otherwise}")


if __name__ == "__main__":
    main()
