"""Make many pictures: from the cache where they are there, else by engines started once.

PlantUML is this machine's, or that of servers; nothing is started or asked for pictures that are in
the cache.
"""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archdoc.render import svg as svg_module
from archdoc.render.archive import Archive
from archdoc.render.cache import Cache, default_folder, finishing, key_of
from archdoc.render.colours import in_light
from archdoc.render.engines import Engines, find_engines
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
from archdoc.render.letters import Letters
from archdoc.render.plantuml import PlantUml
from archdoc.render.png import PNG_FORMAT, Rasteriser
from archdoc.render.scripts import name_fonts, outlined
from archdoc.render.servers import Servers
from archdoc.render.widths import width_with

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
    engines, cache = find_engines(environ), Cache(cache_dir or default_folder(environ))
    archive = None if environ.get("ARCHDOC_ARCHIVE") == "off" else Archive(engines, cache)
    sources = [job.source for job in jobs if job.language == "plantuml"]
    here = PlantUml(engines, cache, archive, sources)
    drawing = Servers(servers, cache) if servers else here
    with drawing as plantuml, closing(Rasteriser(engines)) as rasteriser:
        run = _Run(engines, cache, plantuml, rasteriser, icon_root)
        results: dict[str, Result] = run.all_from_cache(jobs)
        if any(job.language == "plantuml" and job.name not in results for job in jobs):
            # Servers are asked who they are only now that one of them is needed.
            results = run.all_from_cache(jobs) if plantuml.meet() else results
        for kept in results.values():
            progress(kept)
        missing = [job for job in jobs if job.name not in results]
        for result in run.draw_all(missing, progress):
            results[result.name] = result
    return [results[job.name] for job in jobs]


@dataclass(frozen=True, slots=True)
class _Run:
    engines: Engines
    cache: Cache
    plantuml: PlantUml | Servers
    rasteriser: Rasteriser
    icon_root: Path | None

    def all_from_cache(self, jobs: Sequence[Job]) -> dict[str, Result]:
        """The finished pictures of which everything that their jobs want is in the cache."""
        found = ((job.name, self._from_cache(job)) for job in jobs)
        return {name: picture for name, picture in found if picture is not None}

    def _from_cache(self, job: Job) -> Picture | None:
        for drawn_by in self.plantuml.drawn_by if job.language == "plantuml" else ("",):
            key = self._key(job, drawn_by)
            svg = self.cache.read(key)
            png = self.cache.read(f"{key}-{PNG_FORMAT}") if job.png else None
            if svg is not None and (png is not None or not job.png):
                return Picture(job.name, svg, png, fresh=False, drawn_by=drawn_by)
        return None

    def draw_all(self, jobs: Sequence[Job], progress: Callable[[Result], None]) -> list[Result]:
        """Draw pictures on all cores, or on all servers; what is postponed, one at a time."""
        if not jobs:
            return []
        results: list[Result] = []

        def finished(result: Result) -> None:
            results.append(result)
            progress(result)

        with ThreadPoolExecutor(self.plantuml.workers) as pool:
            futures = {pool.submit(self._draw, job): job for job in jobs}
            postponed: list[Job] = []
            try:
                for future in as_completed(futures):
                    try:
                        finished(future.result())
                    except PostponedError:
                        postponed.append(futures[future])
                for job in postponed:
                    finished(self._draw(job))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.plantuml.abandon()
                raise
        return results

    def _draw(self, job: Job) -> Result:
        on_servers = isinstance(self.plantuml, Servers)
        lacking = self.engines.missing_for(job.language, png=job.png, on_servers=on_servers)
        if lacking is not None:
            cause: Cause = "engine" if lacking.problem else "missing"
            return Failure(job.name, lacking.lacking, remedy=lacking.remedy, cause=cause)
        try:
            if job.language == "dot":
                drawing = Drawing(dot_to_svg(job.source, self.engines, self.icon_root))
            else:
                drawing = self.plantuml.svg(job.source)
            return self._finish(job, drawing)
        except DiagramError as error:
            return Failure(job.name, str(error), error.line, error.remedy, error.cause)
        except (ET.ParseError, OSError, ValueError, RecursionError, MemoryError) as error:
            return Failure(job.name, f"the engine's picture cannot be used: {error}")

    def _finish(self, job: Job, drawing: Drawing) -> Picture:
        captions = svg_module.Captions(job.name, job.title, job.description, job.names, job.arrows)
        root = svg_module.clean_svg(drawing.svg, captions)
        texts = list(svg_module.texts(root))
        letters = Letters.of(self.engines, (text for _, text in texts))
        free_labels(root, width_with(letters))
        is_foreign = name_fonts(root, letters)
        fonts = font_face_css(letters_used(texts, letters), letters.ours)
        svg = svg_module.serialise(root, fonts)
        png = None
        if job.png:
            plain = svg_module.without_style(svg)
            plain = outlined(plain, letters) if is_foreign else plain
            png = self.rasteriser.png(in_light(plain))
        key = self._key(job, drawing.drawn_by)
        self.cache.write(key, svg)
        if png is not None:
            self.cache.write(f"{key}-{PNG_FORMAT}", png)
        return Picture(job.name, svg, png, fresh=True, drawn_by=drawing.drawn_by)

    def _key(self, job: Job, drawn_by: str) -> str:
        """Tells apart what servers with different PlantUMLs and this machine draw."""
        names = json.dumps(sorted(job.names.items()))
        icons = icons_in(job.source, self.icon_root) if job.language == "dot" else ""
        engines = self.engines
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
