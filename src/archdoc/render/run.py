"""Make many pictures: from the cache where they are there, else by engines started once."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from archdoc.render import svg as svg_module
from archdoc.render.archive import Archive
from archdoc.render.cache import Cache, default_folder, finishing, key_of
from archdoc.render.colours import in_light
from archdoc.render.engines import Engines, find_engines
from archdoc.render.fontface import font_face_css
from archdoc.render.graphviz import dot_to_svg, icons_in
from archdoc.render.jobs import DiagramError, Failure, Job, Picture
from archdoc.render.plantuml import PlantUml
from archdoc.render.png import PNG_FORMAT, svg_to_png

Result = Picture | Failure


def render(
    jobs: Sequence[Job],
    *,
    environ: Mapping[str, str] = os.environ,
    cache_dir: Path | None = None,
    icon_root: Path | None = None,
    progress: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Make every picture, in the order of the jobs. One that fails costs only itself.

    Raises EngineError for a setting that names an engine which is not there.
    """
    engines, cache = find_engines(environ), Cache(cache_dir or default_folder(environ))
    archive = None if environ.get("ARCHDOC_ARCHIVE") == "off" else Archive(engines, cache)
    run = _Run(engines, cache, archive, icon_root)
    results: dict[str, Result] = {}
    for job in jobs:
        kept = run.from_cache(job)
        if kept is not None:
            results[job.name] = kept
            progress(kept)
    missing = [job for job in jobs if job.name not in results]
    for result in run.draw_all(missing, progress):
        results[result.name] = result
    return [results[job.name] for job in jobs]


@dataclass(frozen=True, slots=True)
class _Run:
    engines: Engines
    cache: Cache
    archive: Archive | None
    icon_root: Path | None

    def from_cache(self, job: Job) -> Picture | None:
        """The finished picture, if everything that the job wants of it is in the cache."""
        key = self._key(job)
        svg = self.cache.read(key)
        png = self.cache.read(f"{key}-{PNG_FORMAT}") if job.png else None
        if svg is None or (job.png and png is None):
            return None
        return Picture(job.name, svg, png, fresh=False)

    def draw_all(self, jobs: Sequence[Job], progress: Callable[[Result], None]) -> list[Result]:
        """Draw pictures on all cores; starts PlantUML only if one of them needs it."""
        if not jobs:
            return []
        results: list[Result] = []
        needs_java = any(job.language == "plantuml" for job in jobs)
        workers = min(8, os.cpu_count() or 1)
        with (
            PlantUml(self.engines, self.cache, self.archive)
            if needs_java
            else nullcontext() as plantuml,
            ThreadPoolExecutor(workers) as pool,
        ):
            futures: list[Future[Result]] = [pool.submit(self._draw, job, plantuml) for job in jobs]
            try:
                for future in as_completed(futures):
                    results.append(future.result())
                    progress(results[-1])
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                if plantuml is not None:
                    plantuml.abandon()
                raise
        return results

    def _draw(self, job: Job, plantuml: PlantUml | None) -> Result:
        lacking = self.engines.missing_for(job.language, png=job.png)
        if lacking is not None:
            message = f"{lacking.name} is not installed"
            return Failure(job.name, message, remedy=lacking.remedy, cause="missing")
        try:
            if job.language == "dot" or plantuml is None:
                raw = dot_to_svg(job.source, self.engines, self.icon_root)
            else:
                raw = plantuml.svg(job.source)
            return self._finish(job, raw)
        except DiagramError as error:
            return Failure(job.name, str(error), error.line, error.remedy, error.cause)
        except (ET.ParseError, OSError, ValueError, RecursionError, MemoryError) as error:
            return Failure(job.name, f"the engine's picture cannot be used: {error}")

    def _finish(self, job: Job, raw: bytes) -> Picture:
        fonts = self.engines.fonts.path or Path()
        captions = svg_module.Captions(job.name, job.title, job.description, job.names, job.arrows)
        root = svg_module.clean_svg(raw, captions)
        svg = svg_module.serialise(root, font_face_css(svg_module.texts(root), fonts))
        png = svg_to_png(in_light(svg_module.without_style(svg)), fonts) if job.png else None
        key = self._key(job)
        self.cache.write(key, svg)
        if png is not None:
            self.cache.write(f"{key}-{PNG_FORMAT}", png)
        return Picture(job.name, svg, png, fresh=True)

    def _key(self, job: Job) -> str:
        names = json.dumps(sorted(job.names.items()))
        icons = icons_in(job.source, self.icon_root) if job.language == "dot" else ""
        return key_of(
            finishing(),
            self.engines.fingerprint,
            job.language,
            job.source,
            job.name,
            job.title,
            job.description,
            names,
            json.dumps(job.arrows),
            icons,
        )
