"""Make many pictures: from the cache where they are there, else by engines started once.

PlantUML is this machine's, or that of servers; nothing is started or asked for pictures that are in
the cache.
"""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archdoc.kept import Cache, default_folder, key_of
from archdoc.render import seal
from archdoc.render import svg as svg_module
from archdoc.render.archive import Archive
from archdoc.render.colours import in_light
from archdoc.render.early import Early
from archdoc.render.engines import find_engines
from archdoc.render.finishing import finishing
from archdoc.render.fontface import font_face_css, letters_used
from archdoc.render.graphviz import dot_to_svg, icons_in
from archdoc.render.jobs import (
    Cause,
    DiagramError,
    Drawing,
    Failure,
    Job,
    Picture,
    PostponedError,
)
from archdoc.render.labels import free_labels
from archdoc.render.layers import leave_bare
from archdoc.render.letters import Letters
from archdoc.render.outlines import outline
from archdoc.render.plantuml import PlantUml
from archdoc.render.png import PNG_FORMAT, Rasteriser
from archdoc.render.scripts import name_fonts
from archdoc.render.widths import width_with

if TYPE_CHECKING:
    from archdoc.render.servers import Servers

Result = Picture | Failure


def render(  # noqa: PLR0913 - each is a choice of its own, and has a usual value
    jobs: Sequence[Job],
    *,
    environ: Mapping[str, str] = os.environ,
    cache_dir: Path | None = None,
    icon_root: Path | None = None,
    servers: Sequence[str] = (),
    progress: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Make every picture, in the order of the jobs. One that fails costs only itself.

    `servers` are addresses of PlantUML servers, which draw in place of this machine's PlantUML.
    """
    with Rendering(environ, cache_dir, icon_root, servers) as rendering:
        rendering.add(jobs)
        results = rendering.results(progress)
    return [results[job.name] for job in jobs]


class Rendering:
    """Pictures in the making: engines draw what was added, while the caller makes more jobs."""

    def __init__(
        self,
        environ: Mapping[str, str] = os.environ,
        cache_dir: Path | None = None,
        icon_root: Path | None = None,
        servers: Sequence[str] = (),
        early: Early | None = None,
    ) -> None:
        self._engines = find_engines(environ)
        self._cache = Cache(cache_dir or default_folder(environ))
        self._icon_root = icon_root
        archive = Archive.wanted(self._engines, self._cache, environ)
        self._sources: list[str] = []
        self._on_servers = bool(servers)
        self._plantuml: PlantUml | Servers
        if servers:
            from archdoc.render.servers import Servers

            self._plantuml = Servers(servers, self._cache)
        else:
            self._plantuml = PlantUml(self._engines, self._cache, archive, self._sources, early)
        self._rasteriser = Rasteriser(self._engines)
        self._names: list[str] = []
        self._results: dict[str, Result] = {}
        self._waiting: dict[Future[Result], Job] = {}
        self._pools = {
            "plantuml": ThreadPoolExecutor(self._plantuml.workers),
            "dot": ThreadPoolExecutor(1),  # done while Java starts, and not after it
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with closing(self._rasteriser):
            if error is None:
                self._rasteriser.let_go()  # while PlantUML is ended
            self._plantuml.__exit__(kind, error, traceback)
            for pool in self._pools.values():
                pool.shutdown(cancel_futures=True)

    def add(self, jobs: Sequence[Job]) -> None:
        """Take pictures from the cache, and begin to draw the others.

        Java is given fonts for the letters of all that was added when it starts, so add all of
        PlantUML's diagrams at once.
        """
        self._names += [job.name for job in jobs]
        self._sources += [job.source for job in jobs if job.language == "plantuml"]
        kept = self._all_from_cache(jobs)
        # Servers are asked who they are only when one of them is needed.
        if any(j.language == "plantuml" and j.name not in kept for j in jobs):
            kept = self._all_from_cache(jobs) if self._plantuml.meet() else kept
        self._results |= kept
        # The largest first: at the end, nobody should wait for one that takes long.
        for job in sorted(jobs, key=lambda job: -len(job.source)):
            if job.name not in kept:
                self._waiting[self._pools[job.language].submit(self._draw, job)] = job

    @property
    def is_busy(self) -> bool:
        """Whether engines draw now."""
        return bool(self._waiting)

    def results(self, progress: Callable[[Result], None] = lambda _: None) -> dict[str, Result]:
        """All pictures by the names of their jobs, in their order, when they are finished."""
        for kept in self._results.values():
            progress(kept)
        postponed: list[Job] = []
        for future in as_completed(self._waiting):
            try:
                self._finished(future.result(), progress)
            except PostponedError:
                postponed.append(self._waiting[future])
        self._waiting.clear()
        for job in postponed:
            self._finished(self._draw(job), progress)
        return {name: self._results[name] for name in self._names}

    def _finished(self, result: Result, progress: Callable[[Result], None]) -> None:
        self._results[result.name] = result
        progress(result)

    def _all_from_cache(self, jobs: Sequence[Job]) -> dict[str, Result]:
        """The finished pictures of which everything that their jobs want is in the cache."""
        found = ((job.name, self._from_cache(job)) for job in jobs)
        return {name: picture for name, picture in found if picture is not None}

    def _from_cache(self, job: Job) -> Picture | None:
        for drawn_by in self._plantuml.drawn_by if job.language == "plantuml" else ("",):
            key = self._key(job, drawn_by)
            svg = self._cache.read(key)
            png = self._cache.read(f"{key}-{PNG_FORMAT}") if job.png else None
            if svg is not None and (png is not None or not job.png):
                return Picture(job.name, svg, png, fresh=False, drawn_by=drawn_by)
        return None

    def _draw(self, job: Job) -> Result:
        lacking = self._engines.missing_for(job.language, png=job.png, on_servers=self._on_servers)
        if lacking is not None:
            cause: Cause = "engine" if lacking.problem else "missing"
            return Failure(job.name, lacking.lacking, remedy=lacking.remedy, cause=cause)
        try:
            if job.language == "dot":
                drawing = Drawing(dot_to_svg(job.source, self._engines, self._icon_root))
            else:
                drawing = self._plantuml.svg(job.source)
            return self._finish(job, drawing)
        except DiagramError as error:
            return Failure(job.name, str(error), error.line, error.remedy, error.cause)
        except (ET.ParseError, OSError, ValueError, RecursionError, MemoryError) as error:
            return Failure(job.name, f"the engine's picture cannot be used: {error}")

    def _finish(self, job: Job, drawing: Drawing) -> Picture:
        captions = svg_module.Captions(job.name, job.title, job.description, job.names, job.arrows)
        root = svg_module.clean_svg(drawing.svg, captions)
        texts = list(svg_module.texts(root))
        letters = Letters.of(self._engines, (text for _, text in texts))
        free_labels(root, width_with(letters))
        name_fonts(root, letters)
        fonts = font_face_css(letters_used(texts, letters), letters.ours)
        svg = seal.sealed_svg(svg_module.serialise(root, fonts), job.name, job.source)
        png = None
        if job.png:
            outline(root, letters)
            leave_bare(root)  # pixels begin white
            png = self._rasteriser.png(in_light(svg_module.plain(root)))
            png = seal.sealed_png(png, job.name, job.source)
        key = self._key(job, drawing.drawn_by)
        self._cache.write(key, svg)
        if png is not None:
            self._cache.write(f"{key}-{PNG_FORMAT}", png)
        return Picture(job.name, svg, png, fresh=True, drawn_by=drawing.drawn_by)

    def _key(self, job: Job, drawn_by: str) -> str:
        """Tells apart what servers with different PlantUMLs and this machine draw."""
        names = json.dumps(sorted(job.names.items()))
        icons = icons_in(job.source, self._icon_root) if job.language == "dot" else ""
        engines = self._engines
        return key_of(
            finishing(),
            f"{drawn_by} {engines.finishing}" if drawn_by else engines.fingerprint,
            job.language,
            job.source,
            job.name,
            job.title,
            job.description,
            names,
            json.dumps(job.arrows),
            icons,
        )
