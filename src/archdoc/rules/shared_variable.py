"""Each secret and each variable is an environment variable of its own."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import Model, Path, file_variable_named, variable_named
from archdoc.rules.base import Finding, Rule


def variables(model: Model) -> Iterator[tuple[str, Path]]:
    """The environment variable of every secret and variable, and where that stands."""
    for id_, secret in model.secrets.items():
        named = file_variable_named(id_) if secret.file else variable_named(id_)
        yield named, ("secrets", id_)
    for id_ in model.variables:
        yield variable_named(id_), ("variables", id_)


def _check(model: Model) -> Iterator[Finding]:
    taken: dict[str, Path] = {}
    for variable, path in variables(model):
        first = taken.setdefault(variable, path)
        if first != path:
            yield Finding(
                path,
                f"{_said(path)} and {_said(first)} would both be the variable `{variable}`",
                on_key=True,
                help="rename one of them: capitals, `-` and `_` make no difference there",
                other=first,
                other_message="the other one",
            )


def _said(path: Path) -> str:
    section, id_ = path
    return f"the {str(section)[:-1]} `{id_}`"


RULE = Rule(
    name="shared-variable",
    code="A328",
    summary="Two secrets or variables would be one environment variable.",
    why="One of them would silently get the value of the other. `db-pw` and `db_pw` are both "
    "`DB_PW`, and a secret `tls` that is a file is `TLS_FILE`.",
    example="secrets: {db-pw: Of the role., db_pw: Of the superuser.}",
    fix="Rename one of them.",
    check=_check,
    required=True,
)
