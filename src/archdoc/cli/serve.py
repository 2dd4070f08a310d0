"""`archdoc serve`."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from archdoc.cli.common import build_option, model_argument, outside, refuse
from archdoc.cli.ending import Ending, ending
from archdoc.cli.progress import meter
from archdoc.live import AddressError, State, Watch, open_server
from archdoc.pipeline import BuildError, Made, build, check_path, prepare
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
    watch, models = Watch(output), Watch(output)
    watch.begin(_places(model, None))
    models.begin(_parts(model, None))
    with ending() as end, Early(model, ("serve",)) as early, Engine() as engine:
        kept = _Kept(model, output, state, early, engine)
        with end.at_once():
            kept.bring_up_to_date()
        watch.follow(_places(model, kept.loaded))
        models.follow(_parts(model, kept.loaded))
        try:
            with open_server(site, state, port) as address, suppress(KeyboardInterrupt):
                click.echo(f"{address} shows what you save; Ctrl+C ends it")
                with end.at_once():
                    kept.warm()
                while True:
                    early.prepare()
                    _wait_for_a_change(watch, end)
                    began = time.monotonic()
                    with end.at_once(), state.building():
                        kept.bring_up_to_date(is_same_model=not models.has_changed())
                    watch.follow(_places(model, kept.loaded))
                    models.follow(_parts(model, kept.loaded))
                    if not state.moment.problem:
                        click.echo(f"built in {time.monotonic() - began:.1f} s")
        except AddressError as error:
            refuse(str(error), "name another one with --port; 0 is any that is free")


def _wait_for_a_change(watch: Watch, end: Ending) -> None:
    """Until something was saved, and nothing more is: editors and Git write in several steps.

    Or until somebody asks for the end.
    """
    while not (watch.has_changed() or end.is_asked):
        time.sleep(_LOOK_EVERY)
    while watch.has_changed() and not end.is_asked:
        time.sleep(_LOOK_EVERY / 4)


@dataclass
class _Kept:
    """What is served, and what makes building it anew quick."""

    model: Path
    output: Path
    state: State
    early: Early
    engine: Engine
    loaded: Loaded | None = None
    made: Made | None = None
    """What was made of the model, as it was last built."""

    def bring_up_to_date(self, *, is_same_model: bool = False) -> None:
        """Build what can be built; what is wrong goes to the terminal and to open pages."""
        made, self.made = self.made if is_same_model else None, None
        loaded = self.loaded if made else self._checked()
        if loaded is None:
            return
        try:
            with meter() as progress:
                report = build(
                    loaded,
                    self.output,
                    progress=progress.advance,
                    begin=progress.begin,
                    early=self.early,
                    engine=self.engine,
                    made=made,
                )
        except BuildError as error:
            _say(self.state, [error.diagnostic])
            return
        self.made = None if report.not_drawn else report.made
        self.state.built(changed=bool(report.changed))
        if report.problems:
            _say(self.state, list(report.problems))

    def _checked(self) -> Loaded | None:
        """The model, if nothing is wrong; else what is wrong is said."""
        loaded, found = check_path(self.model)
        self.loaded = loaded or self.loaded
        errors = [d for d in found if d.severity is Severity.ERROR]
        if errors or loaded is None:
            _say(self.state, errors)
            return None
        return loaded

    def warm(self) -> None:
        """Let the first save be as quick as any, where the site was there and nothing was built."""
        if self.loaded and self.made and self.engine.is_new and not self.state.moment.problem:
            prepare(self.loaded, self.made, self.engine)


def _say(state: State, problems: list[Diagnostic]) -> None:
    text = full(problems)
    click.echo(text, err=True, nl=False)
    if any(problem.severity is Severity.ERROR for problem in problems):
        state.failed(text)


def _places(model: Path, loaded: Loaded | None) -> list[Path]:
    """All that the site is made from. Without a model that can be read, where it should be."""
    home = loaded.home if loaded else model.parent
    return [*_parts(model, loaded), home / "docs", home / "mkdocs.yml"]


def _parts(model: Path, loaded: Loaded | None) -> list[Path]:
    """All that the model is made from, templates among it."""
    roots = [root for root, _ in loaded.roots] if loaded and model.is_dir() else []
    files = list(loaded.files) if loaded else []
    return [model, *roots, *files]
