"""No finding shows the secrets that stand in its line."""

# ruff: noqa: E501 - one case a line is read most easily

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.api import ModelError, load
from archdoc.pipeline import check_path
from archdoc.report import Diagnostic
from archdoc.report.machine import as_json, github, sarif
from archdoc.report.text import concise, full
from archdoc.rules import check
from helpers import SMALL, loaded, write


def _shown(tmp_path: Path, service: str) -> list[str]:
    """The lines of all findings that show a service which stands in one line."""
    text = SMALL.replace("service: {build: .}", f"service: {{image: 'a:1', {service}}}")
    return [line for line in full(check(loaded(tmp_path, text))).split("\n") if "'a:1'" in line]


HIDDEN = {
    "environment: {DB_PASSWORD: hunter2}": "environment: {DB_PASSWORD: *******}",
    "environment: {A_TOKEN: one_, B_TOKEN: two_}": "environment: {A_TOKEN: ****, B_TOKEN: ****}",
    "environment: {A_TOKEN: hunter2, OTHER: hunter2}": "environment: {A_TOKEN: *******, OTHER: *******}",
    "environment: {DB_PASSWORD: ab}, user: abc": "environment: {DB_PASSWORD: **}, user: abc",
    "environment: {DB_PASSWORD: 'it''s'}": "environment: {DB_PASSWORD: *******}",
    r'environment: {DB_PASSWORD: "hunt\x65r2"}': "environment: {DB_PASSWORD: ************}",
    "environment: {A: 'amqp://a:one_@q amqp://a:two_@q'}": "environment: {A: 'amqp://a:****@q amqp://a:****@q'}",
    "command: serve --password=hunter2 -x": "command: serve --password=******* -x",
    "environment: {A_TOKEN: hunter2}, depends_on: [dbb]": "environment: {A_TOKEN: *******}, depends_on: [dbb]",
}


@pytest.mark.parametrize("setting", HIDDEN)
def test_no_finding_shows_a_secret_that_stands_in_its_line(tmp_path: Path, setting: str) -> None:
    shown = _shown(tmp_path, setting)

    assert shown
    assert all(HIDDEN[setting] in line for line in shown)


def test_what_has_no_secret_in_its_first_line_is_shown_as_it_is(tmp_path: Path) -> None:
    service = """service:
              image: a:1
              command:
                - serve
                - --password
                - hunter2
              environment:
                DB_PASSWORD: '{{ variable.part }}'"""
    text = SMALL.replace(
        '{technology: Django, version: "4.2", description: Serves., port: 8000,\n', "\n"
    )
    text = text.replace("                service: {build: .}}", f"            {service}")
    text += "    variables: {part: {description: d, default: hunter2}}\n"
    shown = full([f for f in check(loaded(tmp_path, text)) if f.code == "literal-secret"])

    assert "| " + " " * 12 + "- serve\n" in shown
    assert "DB_PASSWORD: '{{ variable.part }}'\n" in shown
    assert "hunter2" not in shown


SAID = {
    "environment: ['DB_PASSWORD = hunter2']": "`DB_PASSWORD = *******` is not a variable",
    "environment: ['A=${DB_PASSWORD:-hunter2']": "`${DB_PASSWORD:-*******` is no variable",
    'command: "serve --password=hunter2 \'"': "`serve --password=******* '` is not a command",
    "labels: ['db.password=hunter2', 'db.password=hunter2']": "`db.password=*******` is listed twice",
    f"environment: ['DB_PASSWORD = hunter2{'x' * 80}']": "`DB_PASSWORD = ****",
}


@pytest.mark.parametrize("setting", SAID)
def test_no_finding_says_a_secret_in_its_own_words(tmp_path: Path, setting: str) -> None:
    text = SMALL.replace("{build: .}", f"{{image: 'a:1', {setting}}}")
    path = write(tmp_path, app=text)
    shown = full(check_path(path)[1])

    assert SAID[setting] in shown
    assert "hunter2" not in shown
    with pytest.raises(ModelError) as error:
        load(path)
    assert "hunter2" not in str(error.value)


FORMATS: dict[str, Callable[[list[Diagnostic]], str]] = {
    "full": full,
    "concise": concise,
    "json": as_json,
    "github": github,
    "sarif": lambda found: sarif(found, {}, "1"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_shows_a_secret(tmp_path: Path, name: str) -> None:
    settings = (
        "environment: {A_TOKEN: hunter2, B: 'amqp://a:hunter2@q'}, command: x --password hunter2"
    )
    text = SMALL.replace("{build: .}", f"{{image: 'a:1', {settings}}}")
    shown = FORMATS[name](check(loaded(tmp_path, text)))

    assert shown.count("literal-secret") >= 3
    assert "hunter2" not in shown
