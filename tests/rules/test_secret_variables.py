"""Secrets in plain text among the variables of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.rules import check
from helpers import SMALL, loaded

VARIABLES = [
    ("db_password: {description: d, default: hunter2}", "hunter2", "the default of `db_password`"),
    ("db_password: {description: d, example: hunter2}", "hunter2", "the example of `db_password`"),
    (
        "x: {description: d, default: 'amqp://a:hunter2@q'}",
        "'amqp://a:hunter2@q'",
        "the default of `x`",
    ),
    ("api-key: {description: d, default: 12345}", "12345", "the default of `api-key`"),
]


@pytest.mark.parametrize(("variable", "place", "said"), VARIABLES)
def test_a_secret_is_found_in_a_variable_of_the_model(
    tmp_path: Path, variable: str, place: str, said: str
) -> None:
    name = variable.partition(":")[0]
    web = f"{{build: ., environment: {{DB_PASSWORD: '{{{{ variable.{name} }}}}'}}}}"
    text = SMALL.replace("{build: .}", web) + f"    variables: {{{variable}}}\n"
    [found] = [f for f in check(loaded(tmp_path, text)) if f.code == "literal-secret"]

    assert found.message == f"{said} is a secret in plain text"
    assert found.span is not None
    hidden = found.span.text[found.span.column - 1 : found.span.end_column - 1]
    assert (len(hidden), "*" in hidden, "hunter2" in hidden) == (len(place), True, False)


USES = {
    "environment: {X: 'postgres://u:{{ variable.part }}@db/x'}": "a URL has its password",
    "environment: {DB_PASSWORD: '{{variable.part}}'}": "`DB_PASSWORD` holds its secret",
    "command: 'serve --password {{ variable.part }}'": "`--password` is given its secret",
    "environment: {X: '{{ variable.part }}', Y: '{{ variable.other }}'}": "",
    "environment: {DB_PASSWORD: '{{ variable.other }}'}": "",
    "environment: {DB_PASSWORD: '{{ variable.nobody }}'}": "",
}


@pytest.mark.parametrize("use", USES)
def test_the_default_of_a_variable_is_a_secret_where_it_is_used_as_one(
    tmp_path: Path, use: str
) -> None:
    variables = (
        "    variables: {part: {description: d, default: hunter2}, other: {description: d}}\n"
    )
    text = SMALL.replace("{build: .}", f"{{build: ., {use}}}") + variables
    found = [f.message for f in check(loaded(tmp_path, text)) if f.code == "literal-secret"]

    assert [bool(USES[use]) and message.startswith(USES[use]) for message in found] == (
        [True] if USES[use] else []
    )


def test_a_variable_of_a_harmless_name_or_value_is_no_secret(tmp_path: Path) -> None:
    variables = (
        "    variables: {token_lifetime: {description: d, default: '300'},"
        " smtp_password: {description: d}, tls_secret: {description: d, default: /run/secrets/x}}\n"
    )

    assert "literal-secret" not in [f.code for f in check(loaded(tmp_path, SMALL + variables))]
