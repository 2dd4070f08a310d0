"""A volume that services mount is declared, so that a mistyped name does not begin an empty one."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, by_defaults, source_of, volume_named_in
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule, projects, service_of


def _check(model: Model) -> Iterator[Finding]:
    found: dict[tuple[object, ...], Finding] = {}
    for placement, node_id in projects(model):
        known = [*model.volumes, *placement.volumes(node_id).values()]
        for element in placement.services(node_id).values():
            mounts = by_defaults(model, service_of(element).get("volumes") or [])
            for number, mount in enumerate(mounts):
                name = source_of(mount)
                path = (*element.path, "service", "volumes", number)
                if name and name not in known:
                    found[path] = Finding(
                        path,
                        f"no volume is called `{name}`",
                        word=name,
                        label=did_you_mean(name, known) or _as_folder(name),
                        help=_help(mount, name),
                    )
    yield from found.values()


def _as_folder(name: str) -> str:
    is_path = not name.startswith(("/", ".", "~")) and {"/", "."} & set(name)
    return f"did you mean `./{name}`?" if is_path else ""


def _help(mount: object, name: str) -> str:
    if volume_named_in(mount):
        declare = f"declare it: `volumes: {{{name}: what is kept there}}`"
    else:
        declare = "the name of a volume has letters, digits, `_`, `.` and `-` only"
    folder = (
        "is mounted with `type: bind`" if isinstance(mount, dict) else "begins with `./` or `/`"
    )
    return f"{declare}; a folder {folder}"


RULE = Rule(
    name="unknown-volume",
    code="A310",
    summary="A service mounts a volume that is declared nowhere.",
    why="Docker makes a volume for any name: with a mistyped one, the database begins empty.",
    example="db: {kind: database, service: {image: postgres, "
    'volumes: ["db-dta:/var/lib/postgresql/data"]}}',
    fix="Declare it at the top of the model, `volumes: {db-data: Rows of the shop}`, or let a node "
    "of kind `docker.volume` realise a file store.",
    check=_check,
)
