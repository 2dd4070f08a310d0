"""Whether engines work: each is run for a moment, the way that pictures run it."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from archdoc.render.engines import Engine, Engines
from archdoc.render.graphviz import refuse_broken
from archdoc.render.jobs import DiagramError, Failure, Job
from archdoc.render.run import render

_SECONDS = 20.0
_DIAGRAM = "@startuml\nrectangle a\nrectangle b\na --> b : works\n@enduml\n"


class Trial(NamedTuple):
    """How an engine did."""

    engine: str
    version: str = ""
    """What it says of itself; empty where that is not known."""
    problem: str = ""
    """What is wrong, as a sentence without its end; empty where it works."""
    remedy: str = ""


def tried(engines: Engines, environ: Mapping[str, str], *, on_servers: bool) -> Iterator[Trial]:
    """Run every program that is there, and then all engines together for one small picture.

    `on_servers`: nothing is drawn here but what Graphviz draws, so Java is not asked.
    """
    trials = [_graphviz(engines)] if engines.graphviz.found else []
    if engines.java.found and not on_servers:
        trials.append(_java(engines.java))
    yield from trials
    works = not any(trial.problem for trial in trials)
    if works and not on_servers and engines.missing_for("plantuml", png=True) is None:
        yield _together(engines.plantuml, environ)


def _java(java: Engine) -> Trial:
    try:
        version = re.search(r'version "([^"]+)"', _said(java, "-version"))
    except (OSError, subprocess.TimeoutExpired) as error:
        return Trial(
            "java", problem=f"Java cannot be started ({_short(error)})", remedy=java.remedy
        )
    if version is None:
        problem = f"{java.path} is no Java: it does not answer `-version`"
        return Trial("java", problem=problem, remedy=java.remedy)
    return Trial("java", f"Java {version[1]}")


def _graphviz(engines: Engines) -> Trial:
    dot = engines.graphviz
    try:
        refuse_broken(engines)
        version = re.search(r"version ([\d.]+)", _said(dot, "-V"))
    except DiagramError as error:
        return Trial("graphviz", problem=str(error), remedy=dot.remedy)
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = f"Graphviz does not answer `-V` ({_short(error)})"
        return Trial("graphviz", problem=problem, remedy=dot.remedy)
    return Trial("graphviz", f"Graphviz {version[1]}" if version else "")


def _together(plantuml: Engine, environ: Mapping[str, str]) -> Trial:
    """All of them, where each that can be asked alone works: what is wrong is PlantUML, then."""
    job = Job("trial", "plantuml", _DIAGRAM, "A trial", png=True)
    with tempfile.TemporaryDirectory(prefix="archdoc-") as folder:
        own = {**environ, "ARCHDOC_ARCHIVE": "off"}
        (result,) = render([job], environ=own, cache_dir=Path(folder))
    if isinstance(result, Failure):
        problem = f"no picture can be drawn: {result.message}"
        return Trial("plantuml", problem=problem, remedy=plantuml.remedy)
    return Trial("plantuml")


def _said(engine: Engine, option: str) -> str:
    done = subprocess.run(
        [str(engine.path), option],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        timeout=_SECONDS,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")


def _short(error: OSError | subprocess.TimeoutExpired) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no answer in {_SECONDS:.0f} s"
    return error.strerror or str(error)
