"""The compose files that lie where others are written or checked: what they say they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from os.path import realpath
from pathlib import Path
from shlex import quote

import click

from archdoc.cli.common import refuse
from archdoc.model import up_command
from archdoc.outputs.compose import Made, made, made_for
from archdoc.pipeline import (
    KeptFileError,
    chosen_beside,
    departures,
    head_of,
    mains_beside,
    overrides_beside,
    whole_of,
)
from archdoc.report.text import printable

MAIN = "compose.yaml"
_EXAMPLE = ".env.example"


def said_by(main: Path) -> tuple[str, str | None] | None:
    """The environment and the project that a compose file was made for, if archdoc made it."""
    with suppress(KeptFileError):
        return made_for(head_of(main))
    return None


def gone_projects(
    main: Path, is_folder: bool, environment: str, files: Mapping[str, bytes]
) -> Iterator[Path]:
    """Compose files that were made for projects which the environment does not have any more.

    One that says nothing of a project is of the only one that there was. In a folder, there may be
    those of other models, too, which have another title.
    """
    titles = {"", *(_title(new) for _, new in mains(files))}
    others = sorted(main.parent.glob(f"*/{MAIN}")) if is_folder else []
    for path in (main, *others):
        said = said_by(path)
        if said and said[0] == environment:
            made_as = f"{said[1]}/{MAIN}" if said[1] else MAIN
            kept = None if path == main else kept_at(path)
            if made_as not in files and (kept is None or _title(kept) in titles):
                yield path


def _title(made_: Made) -> str:
    return made_.name.partition(f"-{made_.environment.lower()}")[0]


def tell_gone(paths: Iterable[Path], severity: str, files: Mapping[str, bytes]) -> None:
    """Say what to do with the compose files of projects that there are no more.

    `files` are those of the projects that there are: what ran in one may run in another now.
    """
    others = [new for _, new in mains(files)]
    for path in paths:
        down = f"docker compose -f {quote(str(path))} down"
        help_ = f"stop it (`{down}` keeps its volumes), and remove the file"
        if kept := kept_at(path):
            help_ += _for_others(path, kept, others)
        what = f"{path}: the model has no such project any more"
        click.echo(f"{severity}: {printable(what)}\n  = help: {printable(help_)}", err=True)


def _for_others(path: Path, kept: Made, others: list[Made]) -> str:
    """What has to be brought to other projects, where services of this one run in them now."""
    if not any(kept.services & new.services for new in others):
        return ""
    said = f"; what runs in another project now needs a copy of {path.parent / '.env'}"
    said += " and of the files of its secrets"
    if moved := _moved_volumes(kept, others):
        said += (
            f", and begins with empty volumes: what is in {', '.join(moved)} stays there; give "
            f"such a volume `options: {{name: {moved[0]}, external: true}}` in the model, or copy "
            "what is in it"
        )
    return said


def _moved_volumes(kept: Made, others: list[Made]) -> list[str]:
    """What Docker calls volumes of a project that others make anew, each under another name."""
    anew = {name for new in others for name, _ in new.volumes}
    still = {known for new in others for known in new.volumes_of(new.name)}
    volumes = kept.volumes_of(kept.name).items()
    return [known for known, name in volumes if name in anew and known not in still]


def renamed_projects(output: Path, files: Mapping[str, bytes]) -> list[tuple[Path, str, str]]:
    """Compose files there whose project is to be called otherwise: their paths, and both names."""
    there = ((output / main, kept_at(output / main), new.name) for main, new in mains(files))
    return [(p, kept.name, new) for p, kept, new in there if kept and kept.name not in ("", new)]


def warn_of_renamed(projects: Iterable[tuple[Path, str, str]]) -> None:
    """Say that Docker Compose begins with empty volumes where a project is called otherwise."""
    for main, before, now in projects:
        what = (
            f"{main}: the project was called `{before}`, and is now `{now}`: "
            f"its volumes, with all that is in them, stay with `{before}`"
        )
        help_ = (
            f"write COMPOSE_PROJECT_NAME={before} into {main.parent / '.env'} to keep them; "
            f"or stop what runs: `docker compose -p {quote(before)} down` leaves them there"
        )
        warn(what, help_)


def warn_of_files_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Tell of files there that Docker Compose reads beside the compose files, or in their place."""
    for path, _ in mains(files):
        main = folder / path
        up = up_command(str(main))
        chosen = chosen_beside(main)
        if chosen:
            env = main.with_name(".env")
            what = (
                f"{env}: it sets COMPOSE_FILE: `docker compose` reads {chosen} in place of {main}"
            )
            warn(what, f"take COMPOSE_FILE out of it, or name this one: `{up}`")
        if chosen is not None:
            continue
        others = [other for other in mains_beside(main) if realpath(other) != realpath(main)]
        first = next(iter(mains_beside(main)), main)
        if first in others:
            what = f"{main}: `docker compose` reads {first} in its place"
            warn(what, f"remove that one, or name this one: `{up}`")
            continue
        for other in others:
            what = f"{other}: `docker compose` reads {main} in its place"
            warn(what, "remove it, when all that it says is in the model")
        for override in overrides_beside(main)[:1]:
            what = f"{override}: `docker compose` merges it into {main}, and runs something else"
            help_ = "say it in the model, and remove the file; or leave it out: "
            warn(what, f"{help_}`{up}`")


def warn(what: str, help_: str) -> None:
    """Say on standard error what is not as it was, and what to do."""
    click.echo(f"warning: {printable(what)}\n  = help: {printable(help_)}", err=True)


def spare_what_is_not_ours(output: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write over what somebody wrote by hand, or what another model is kept in.

    Only compose files say who made them. Beside one of ours, its example and what it mounts in our
    words is ours, too; and nothing else is, since a model may mount more than it did.
    """
    for main, new in mains(files):
        kept = kept_at(output / main)
        folder = main[: main.rfind("/") + 1]
        ours = {f"{folder}{path}" for path in (_EXAMPLE, *kept.files)} if kept else set()
        for path in [path for path in files if path.startswith(folder)]:
            why = _why_not(kept, new) if path == main else "is there already"
            if path not in ours and why and _is_other(output / path, files[path]):
                refuse(
                    f"{output / path} {why}, and would be lost",
                    "move it away, or name another folder or file with -o",
                )


def mains(files: Mapping[str, bytes]) -> Iterator[tuple[str, Made]]:
    """The compose files among files: their paths, and what they say of themselves."""
    for path, content in files.items():
        if new := made(content):
            yield path, new


def kept_at(main: Path) -> Made | None:
    """What a compose file there says of itself, if archdoc made it."""
    with suppress(KeptFileError):
        return made(whole_of(main))
    return None


def _why_not(kept: Made | None, new: Made) -> str:
    """Why a compose file is not the earlier one of another; empty where it is.

    Of a model, it says only its title, which may change: then there are the same services still.
    """
    if kept is None:
        return "was not made by archdoc"
    if kept.environment != new.environment:
        return f"is of environment `{kept.environment}`"
    if kept.name not in ("", new.name) and not kept.services & new.services:
        return f"is of another model's project, `{kept.name}`"
    return ""


def _is_other(there: Path, content: bytes) -> bool:
    """Whether something is there that would be lost. A folder in the way is told of later."""
    exists = there.is_symlink() or (there.exists() and not there.is_dir())
    return exists and bool(list(departures({there.name: content}, there.parent)))
