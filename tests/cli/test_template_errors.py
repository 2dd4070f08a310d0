"""What is wrong with a file that a service mounts is said with the line of that file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from archdoc.pipeline import check_path
from archdoc.report import Severity
from archdoc.report.text import full
from helpers import SMALL, archdoc, write

_MODEL = SMALL.replace(
    "service: {build: .}", "files: [{template: files/x.j2, to: /etc/x}], service: {build: .}"
)


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "model", app=_MODEL)
    (tmp_path / "model" / "files").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "model" / "files" / "x.j2"


def _said() -> str:
    _, found = check_path(Path("model"))
    assert [finding.code for finding in found if finding.severity is Severity.ERROR] == ["compose"]
    return full(found)


def test_a_mistake_in_a_template_is_shown_in_it_and_where_it_is_mounted(template: Path) -> None:
    template.write_text("# x\nserver {\n    listen {{ web.port }};\n    to {{ db.hots }};\n}\n")
    said = _said()

    assert "no compose file for `local`: `db` has no `hots`" in said
    assert "--> model/files/x.j2:4:11\n" in said
    assert "4 |     to {{ db.hots }};\n" in said
    assert re.search(r"\n +\|           \^{7}\n", said)
    assert re.search(r"note: `files/x\.j2` is mounted here\n +--> model/app\.yaml:\d+:\d+", said)
    assert "there are: host, port" in said


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a\n{% for x in y %}\n{% endfor %}\n", "2:13", "`y` means nothing"),
        ("a\n\n  {% if %}\n", "3:3", "Expected an expression"),
        ("{% if true %}\na\n", "2:1", "Unexpected end of template"),
        ("a\n{{ web.port\n   ~ db.hots }}", "3:6", "`db` has no `hots`"),
        ("{{ web.name|uper }}", "1:13", "there is no filter `uper` here"),
        ("\n{{ 1 / 0 }}", "2:1", "division by zero"),
        ("\n{{ 'x'|center(10**9) }}", "2:1", "too large"),
        ("\n{{ secret.x }}", "2:4", "`secret` has no `x`"),
        ("\r\n{{ web }}", "2:4", "`web` alone is no value"),
    ],
)
def test_every_kind_of_mistake_has_its_line(
    template: Path, text: str, place: str, message: str
) -> None:
    template.write_bytes(text.encode())
    said = _said()

    assert message in said
    assert f"--> model/files/x.j2:{place}\n" in said


def test_what_is_no_text_is_said_with_the_place_that_mounts_it(template: Path) -> None:
    wrong = {
        b"\x89PNG\r\n\x00\x01": "no text: it has a NUL",
        b"a\nb\ncaf\xe9": "not UTF-8 (line 3)",
    }
    for content, message in wrong.items():
        template.write_bytes(content)
        said = _said()
        assert f"template `files/x.j2` cannot be read: it is {message}" in said
        assert "--> model/app.yaml:" in said


@pytest.mark.parametrize("kind", ["folder", "fifo", "loop", "missing", "misspelt", "unreadable"])
def test_what_is_no_file_is_said_without_waiting(template: Path, kind: str) -> None:
    match kind:
        case "folder":
            template.mkdir()
            (template / "x").write_text("x")
        case "fifo":
            os.mkfifo(template)
        case "loop":
            template.symlink_to(template.name)
        case "misspelt":
            (template.parent / "x.j3").write_text("x")
        case "unreadable":
            if os.geteuid() == 0:
                pytest.skip("root may read everything")
            template.touch(0o000)
    message = {
        "folder": "it is a folder",
        "fifo": "it is no regular file",
        "loop": "it is a link that leads nowhere",
        "missing": "there is no such file",
        "misspelt": "there is no such file in model/files: did you mean `x.j3`?",
        "unreadable": "Permission denied",
    }[kind]

    assert f"template `files/x.j2` cannot be read: {message}" in _said()


def test_a_file_that_an_editor_on_windows_saved_is_read_as_it_is_meant(template: Path) -> None:
    template.write_bytes(b"\xef\xbb\xbflisten {{ web.port }};\r\n")
    done = archdoc("compose", "local", "-o", "out", cwd=template.parents[2])

    assert done.returncode == 0, done.stderr
    assert (template.parents[2] / "out/web/x").read_bytes() == b"listen 8000;\n"
