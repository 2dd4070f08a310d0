"""`archdoc serve`."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import click

from archdoc.cli.common import build_option, model_argument, outside, refuse
from archdoc.cli.progress import meter
from archdoc.live import AddressError, State, Watch, open_server
from archdoc.pipeline import BuildError, build, check_path
from archdoc.render import Early
from archdoc.report import Diagnostic, Severity
from archdoc.report.text import full
from archdoc.site import Engine
from archdoc.source import Loaded

_LOOK_EVERY = 0.2


@click.command("serve")
@model_argument
@build_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to serve on this machine; 0 is any free port.",
)
def command(model: Path, output: Path, port: int) -> None:
    """Serve MODEL's site, and build it anew whenever something of it is saved."""
    outside(output, model)
    state = State()
    site = output / "site"
    site.mkdir(parents=True, exist_ok=True)
    watch = Watch(output)
    watch.begin(_places(model, None))
    with Early(model, ("serve",)) as early, Engine() as engine:
        loaded = _bring_up_to_date(model, output, state, early)
        watch.follow(_places(model, loaded))
        try:
            with open_server(site, state, port) as address, suppress(KeyboardInterrupt):
                click.echo(f"{address} shows what you save; Ctrl+C ends it")
                if loaded is not None and not state.moment.problem:
                    _warm(loaded, output, engine)
                while True:
                    early.prepare()
                    _wait_for_a_change(watch)
                    began = time.monotonic()
                    loaded = _bring_up_to_date(model, output, state, early, engine) or loaded
                    watch.follow(_places(model, loaded))
                    if not state.moment.problem:
                        click.echo(f"built in {time.monotonic() - began:.1f} s")
        except AddressError as error:
            refuse(str(error), "name another one with --port; 0 is any that is free")


def _wait_for_a_change(watch: Watch) -> None:
    """Until something was saved, and nothing more is: editors and Git write in several steps."""
    while not watch.has_changed():
        time.sleep(_LOOK_EVERY)
    while watch.has_changed():
        time.sleep(_LOOK_EVERY / 4)


def _bring_up_to_date(
    model: Path, output: Path, state: State, early: Early, engine: Engine | None = None
) -> Loaded | None:
    """Build what can be built; what is wrong goes to the terminal and to open pages."""
    loaded, found = check_path(model)
    errors = [d for d in found if d.severity is Severity.ERROR]
    if loaded is None or errors:
        _say(state, errors)
        return loaded
    try:
        with meter() as progress:
            report = build(
                loaded,
                output,
                progress=progress.advance,
                begin=progress.begin,
                early=early,
                engine=engine,
            )
    except BuildError as error:
        _say(state, [error.diagnostic])
        return loaded
    state.built(changed=bool(report.changed))
    if report.problems:
        _say(state, list(report.problems))
    return loaded


def _warm(loaded: Loaded, output: Path, engine: Engine) -> None:
    """Have the site built once by what builds it from now on: the first save is as quick as others.

    What is wrong was said just now.
    """
    with suppress(BuildError):
        build(loaded, output, engine=engine)


def _say(state: State, problems: list[Diagnostic]) -> None:
    text = full(problems)
    click.echo(text, err=True, nl=False)
    if any(problem.severity is Severity.ERROR for problem in problems):
        state.failed(text)


def _places(model: Path, loaded: Loaded | None) -> list[Path]:
    """All that the site is made from. Without a model that can be read, where it should be."""
    home = loaded.home if loaded else model.parent
    roots = [root for root, _ in loaded.roots] if loaded and model.is_dir() else []
    files = list(loaded.files) if loaded else []
    return [model, *roots, *files, home / "docs", home / "mkdocs.yml"]
