"""`archdoc doctor`."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

import archdoc
from archdoc.cli.common import UNUSABLE, refuse
from archdoc.kept import default_folder
from archdoc.pipeline import servers_set
from archdoc.render import Engine, EngineError, Trial, find_engines, tried
from archdoc.render.servers import Met, met
from archdoc.report.text import printable

_SITE = ("mkdocs", "mkdocs-material")


@click.command("doctor")
def command() -> None:
    """Say which engines are used, whether they work, and how to get one that does."""
    try:
        engines, servers = find_engines(os.environ), servers_set(os.environ) or ()
    except EngineError as error:
        refuse(str(error), error.help)
    rows: list[tuple[str, str, str, str]]
    trials = {t.engine: t for t in tried(engines, os.environ, on_servers=bool(servers))}
    rows = [_engine(engine, trials.get(engine.name)) for engine in engines.all()]
    if servers:  # which draw in place of these two
        rows[:2] = [(n, v, o.replace("missing", "optional"), place) for n, v, o, place in rows[:2]]
    rows += [_server(server) for server in met(servers)]
    rows += [_package(name, "render") for name in ("diagrams",)]
    rows += [_package(name, "site") for name in _SITE]
    rows.append(_compose())
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    click.echo(f"archdoc {archdoc.__version__}, Python {sys.version.split()[0]}")
    for name, version_, origin, place in rows:
        cells = zip((name, version_, origin), widths, strict=True)
        click.echo("  ".join([*(cell.ljust(width) for cell, width in cells), place]).rstrip())
    click.echo(f"cache: {default_folder(os.environ)}")
    missing = [row for row in rows if row[2] == "missing"]
    if missing:
        click.echo(f"missing: {', '.join(row[0] for row in missing)}", err=True)
    broken = [trial for trial in trials.values() if trial.problem]
    for trial in broken:
        said = f"error: {printable(trial.problem)}\n  = help: {printable(trial.remedy)}"
        click.echo(said, err=True)
    if missing or broken:
        sys.exit(UNUSABLE)


def _engine(engine: Engine, trial: Trial | None) -> tuple[str, str, str, str]:
    place = str(engine.path or ": ".join(filter(None, (engine.problem, engine.remedy))))
    origin = "optional" if not engine.found and engine.optional else engine.origin
    if trial is None:
        version = "" if engine.origin == "setting" else engine.version
        return engine.name, version, origin, place
    version = engine.version if engine.origin == "wheel" else trial.version
    return engine.name, version, "broken" if trial.problem else origin, place


def _server(server: Met) -> tuple[str, str, str, str]:
    """A PlantUML server of the environment; a model may name others."""
    if server.drawn_by:
        return "server", server.drawn_by, "setting", server.name
    return "server", "", "missing", f"{server.name} {server.problem}"


def _package(name: str, extra: str) -> tuple[str, str, str, str]:
    try:
        return name, version(name), "package", ""
    except PackageNotFoundError:
        return name, "", "missing", f"install it with `pip install 'archdoc-c4[{extra}]'`"


def _compose() -> tuple[str, str, str, str]:
    """Only for running what archdoc writes, so it may be absent."""
    beside = Path(sys.executable).parent / "docker-compose"
    found = str(beside) if beside.exists() else shutil.which("docker-compose")
    found = found or shutil.which("docker")
    return "compose", "", "PATH" if found else "optional", found or "to run compose files"
