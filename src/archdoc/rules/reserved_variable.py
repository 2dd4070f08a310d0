"""No secret or variable has the name of a variable that shells or Docker set."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, is_set_elsewhere
from archdoc.rules.base import Finding, Rule
from archdoc.rules.shared_variable import variables


def _check(model: Model) -> Iterator[Finding]:
    for variable, path in variables(model):
        if is_set_elsewhere(variable):
            yield Finding(
                path,
                f"`{variable}` is a variable of the operator's shell, or of Docker's commands",
                on_key=True,
                help=f"rename it, as in `app_{path[-1]}`: what a shell has set wins over `.env`",
            )


RULE = Rule(
    name="reserved-variable",
    code="A329",
    summary="A secret or a variable would be called like one that shells or Docker set.",
    why="Docker Compose fills in what the operator's shell has, before it looks into `.env`: a "
    "secret `user` would be the operator's name. `COMPOSE_FILE` and its like change what Compose "
    "does.",
    example="secrets: {user: Name of the database role.}",
    fix="Rename it: `db_user`.",
    check=_check,
    required=True,
)
