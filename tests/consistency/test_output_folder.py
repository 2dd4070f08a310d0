"""`archdoc check --outputs build`: every fact of every file, and every byte."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from archdoc.pipeline import build
from archdoc.pipeline.kept import check_outputs
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.folder import check_folder
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.source import Loaded, load_model
from helpers import HOSTILE, INTERNATIONAL, SMALL, archdoc, write

Spoil = Callable[[Path], object]


def _check(expected: Expected, folder: Path) -> list[Diagnostic]:
    return [*check_folder(expected, folder, Mend())]


def _edit(old: str, new: str) -> Spoil:
    def edit(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text, path
        path.write_text(text.replace(old, new), "utf-8")

    return edit


def _state(folder: Path) -> dict[Path, tuple[int, int]]:
    stats = {path: path.lstat() for path in folder.rglob("*")}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


EDITS = [
    ("compose/compose/compose.yaml", _edit("postgres:15", "postgres:14"), "stale-output",
     "postgres: image is 'postgres:14', and should be 'postgres:15'"),
    ("compose/aws-simple/compose.yaml", _edit('"443:443"', '"444:443"'), "stale-output",
     "nginx: ports is '444:443', and should be '443:443'"),
    ("compose/aws-advanced/compose.yaml", _edit("# Copy", "# copy"), "edited-output", ""),
    ("compose/compose/.env.example", _edit("DB_PASSWORD=", "DB_PASS="), "stale-output",
     "DB_PASSWORD: value is missing, and should be ''"),
    ("model.json", _edit('"version": "15"', '"version": "14"'), "stale-output",
     "app.postgres: version is '14', and should be '15'"),
    ("diagrams/containers.mmd", _edit("PostgreSQL 15", "PostgreSQL 14"), "stale-output",
     "app.postgres: technology is 'PostgreSQL 14', and should be 'PostgreSQL 15'"),
    ("diagrams/page.sequence.mmd", _edit("Reads what the cache lacks", "Reads"), "stale-output",
     "4: Reads"),
    ("diagrams/context.puml", _edit('"User"', '"Users"'), "edited-output", ""),
    ("diagrams/aws-simple.aws.dot", _edit("Requests", "Queries"), "edited-output", ""),
    ("diagrams/containers.svg", _edit(">[PostgreSQL 15]<", ">[PostgreSQL 14]<"), "stale-output",
     "app.postgres: technology is 'PostgreSQL 14', and should be 'PostgreSQL 15'"),
    ("diagrams/aws-simple.aws.svg", _edit("</svg>", "<script>alert(1)</script></svg>"),
     "stale-output", "aws-simple.aws: <script> is there, and should be absent"),
    ("diagrams/context.svg", _edit("<svg ", '<svg onload="x()" '), "stale-output",
     "the attribute onload of <svg> is there"),
    ("diagrams/page.svg", _edit("</svg>", "<!-- x --></svg>"), "edited-output", ""),
    ("diagrams/task.png", lambda path: path.write_bytes(path.read_bytes()[:5000]),
     "unreadable-output", "not complete"),
    ("diagrams/page.png", lambda path: path.write_bytes(path.read_bytes() + b"x"),
     "edited-output", ""),
    ("diagrams/task.svg", Path.unlink, "missing-output", ""),
]  # fmt: skip


def test_what_was_just_built_has_no_findings(whole: Path, expected: Expected) -> None:
    before = _state(whole)

    assert _check(expected, whole) == []
    assert _state(whole) == before


def test_every_edit_is_told_with_its_file_its_fact_and_the_command(
    folder: Path, expected: Expected
) -> None:
    for path, spoil, _, _ in EDITS:
        spoil(folder / path)
    before = _state(folder)
    found = _check(expected, folder)

    for path, _, code, said in EDITS:
        told = [finding for finding in found if finding.subject == str(folder / path)]
        assert {finding.code for finding in told} == {code}, (path, told)
        assert any(said in finding.message for finding in told), (path, told)
        assert all(f"`archdoc build -o {folder} --no-site`" in finding.help for finding in told)
        if path.endswith((".yaml", ".json", ".mmd", ".puml", ".dot", ".example")):
            lines = (folder / path).read_text().split("\n")
            for finding in told:
                assert finding.span is not None
                assert finding.span.text == lines[finding.span.line - 1]
                assert finding.label.startswith("should be `")
    assert {finding.subject for finding in found} == {str(folder / path) for path, *_ in EDITS}
    assert _state(folder) == before


SITE_EDITS = [
    ("elements/app.django.html", _edit("<td>8000</td>", "<td>8001</td>"),
     "app.django: Listens on port is '8001', and should be '8000'"),
    ("elements/app.redis.html", _edit("Redis 5&#46;x", "Redis 6&#46;x"),
     "app.redis: Technology is 'Redis 6.x', and should be 'Redis 5.x'"),
    ("elements/app.celery.html", _edit(">SQL queries</td>", ">Queries</td>"),
     "app.celery: who it talks to is 'app.celery -> app.postgres: Queries'"),
    ("elements/app.nginx.html", _edit("Proxies and exposes the app", "Exposes the app"),
     "app.nginx: description"),
    ("environments/aws-ecs-ec2.html", _edit("2 × <a", "3 × <a"), "Web cluster | 3, app.nginx"),
    ("environments/aws-multi-az.html", _edit("db&#46;t4g&#46;medium", "db&#46;t4g&#46;large"),
     "Instance class of DB is 'db.t4g.large', and should be 'db.t4g.medium'"),
    ("environments/compose.html", _edit("<h1", '<a href="gone.html">x</a><h1'),
     "environments/gone.html: what a link leads to is missing"),
    ("environments/aws-simple.html",
     lambda path: path.write_text(re.sub("<svg .*?</svg>", "", path.read_text(), flags=re.DOTALL)),
     "aws-simple.aws: the picture is missing, and should be there"),
    ("environments/aws-ecs-fargate.html", _edit('href="#node.rds"', 'href="#node.s3"'),
     "what its box links to is 'environments/aws-ecs-fargate.html#node.s3'"),
    ("elements/app.media.html", _edit("</article>", "<h2>Takes part in</h2>"
     '<ul><li><a href="../views.html#flow.page">A page</a></li></ul></article>'),
     "app.media: place below Takes part in is 'views.html#flow.page'"),
    ("environments/aws-advanced.html", _edit("#from.aws-simple.to", "#from.compose.to"),
     "place below its title is 'environments.html#from.compose.to.aws-advanced'"),
    ("versions.html", _edit("<td>15</td>", "<td>14</td>"),
     "app.postgres: uses is 'PostgreSQL 14', and should be 'PostgreSQL 15'"),
    ("views.html", _edit(">Cache requests<", ">Cash<"), "the arrow is there"),
    ("search/search_index.json", _edit('"title":"Nginx"', '"title":"nginx"'),
     "elements/app.nginx.html: the page's title is 'nginx', and should be 'Nginx'"),
    ("diagrams/containers.mmd", _edit("PostgreSQL 15", "PostgreSQL 14"), "technology is 'Postgre"),
    ("compose/compose/compose.yaml", _edit("postgres:15", "postgres:14"), "postgres: image"),
]  # fmt: skip


def test_every_edit_of_the_site_is_told(whole: Path, expected: Expected) -> None:
    site = whole / "site"
    for path, spoil, _ in SITE_EDITS:
        spoil(site / path)
    (site / "assets" / "archdoc.js").write_text("alert(1)")
    (site / "elements" / "staff.html").unlink()
    (site / "elements" / "app.beat.html").write_text("<html><body>cut off")
    (site / "elements" / "old.html").write_text("<html></html>")
    found = _check(expected, whole)

    for path, _, said in SITE_EDITS:
        told = [f.message for f in found if f.subject == str(site / path)]
        assert any(said in message for message in told), (path, told)
    others = {f.subject: f.code for f in found}
    assert others[str(site / "assets" / "archdoc.js")] == "edited-output"
    assert others[str(site / "elements" / "staff.html")] == "missing-output"
    assert others[str(site / "elements" / "app.beat.html")] == "unreadable-output"
    assert others[str(site / "elements" / "old.html")] == "foreign-output"
    assert len(others) == len(SITE_EDITS) + 4


def test_a_site_that_is_gone_is_one_finding(whole: Path, expected: Expected) -> None:
    shutil.rmtree(whole / "site")
    (finding,) = _check(expected, whole)

    assert (finding.code, finding.subject) == ("missing-output", str(whole / "site"))
    assert "--no-site" not in finding.help


def test_a_model_that_has_changed_makes_every_output_stale(folder: Path, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "model" / "app.yaml").read_text()
    changed = tmp_path / "changed"
    changed.mkdir()
    for file in (Path(__file__).parents[2] / "model").rglob("*"):
        target = changed / file.relative_to(Path(__file__).parents[2] / "model")
        target.parent.mkdir(exist_ok=True)
        if file.is_file():
            target.write_bytes(file.read_bytes())
    (changed / "app.yaml").write_text(text.replace('version: "15"', 'version: "16"'))
    found = check_outputs(load_model(changed), (folder,), Mend())
    stale = {Path(f.subject).relative_to(folder).as_posix() for f in found if "16" in f.message}

    assert {f.code for f in found} == {"stale-output"}
    assert {"model.json", "diagrams/containers.svg", "diagrams/containers.mmd"} <= stale
    assert {"compose/compose/compose.yaml", "diagrams/aws-advanced.aws.svg"} <= stale
    assert "compose/aws-advanced/compose.yaml" not in stale  # RDS has taken its place
    assert all(n.message == "the model has changed since archdoc wrote it"
               for f in found for n in f.notes)  # fmt: skip


def test_what_the_model_does_not_say_any_more_is_told(tmp_path: Path, engines: None) -> None:
    folder = tmp_path / "build"
    build(load_model(write(tmp_path / "old", app=SMALL)), folder, with_site=False)
    now = load_model(write(tmp_path / "new", app=SMALL.replace("local:", "here:")))
    found = {f.subject: f for f in check_outputs(now, (folder,), Mend())}
    old, new = (str(folder / "compose" / name / "compose.yaml") for name in ("local", "here"))

    assert (found[old].code, found[new].code) == ("stale-output", "missing-output")
    assert "does not say any more" in found[old].message


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _replace_by_endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _replace_by_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _enlarge(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(5 * 2**30)  # sparse: it takes no room


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in pairwise("abcdefghi")
)
RUIN: dict[str, Spoil] = {
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 100),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "endless": _replace_by_endless,
    "a pipe": _replace_by_pipe,
    "a folder": _replace_by_folder,
    "enormous": _enlarge,
    "brackets": lambda path: path.write_text("[" * 300_000),
    "elements": lambda path: path.write_text("<svg>" * 1_200_000),
    "nested": lambda path: path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 200_000 + "</g>" * 200_000 + "</svg>"
    ),
    "laughs": lambda path: path.write_text(LAUGHS),
}
KINDS = ["manifest.json", "model.json", "compose/compose/compose.yaml", "diagrams/context.svg",
         "diagrams/context.png", "diagrams/context.mmd", "diagrams/context.puml"]  # fmt: skip


@pytest.mark.parametrize("ruin", RUIN)
def test_a_ruined_file_is_a_finding_and_stays_as_it_is(
    folder: Path, expected: Expected, ruin: str
) -> None:
    """One of each kind at once; the others are still checked."""
    for path in KINDS:
        RUIN[ruin](folder / path)
    before = _state(folder)
    found = _check(expected, folder)

    told = {Path(finding.subject).relative_to(folder).as_posix() for finding in found}
    assert set(KINDS) == told
    assert all(finding.message and finding.help for finding in found)
    assert _state(folder) == before


@pytest.mark.parametrize("first", [0, 2])
def test_a_ruined_site_is_findings(whole: Path, expected: Expected, first: int) -> None:
    pages = ["elements/app.html", "environments/compose.html", "search/search_index.json",
             "versions.html", "index.html"]  # fmt: skip
    ruins = ["empty", "binary", "cut off", "a folder", "nested"]
    for path, ruin in zip(pages, [*ruins[first:], *ruins[:first]], strict=True):
        RUIN[ruin](whole / "site" / path)
    found = _check(expected, whole)

    assert {Path(f.subject).relative_to(whole / "site").as_posix() for f in found} == {*pages}
    assert {f.code for f in found} == {"unreadable-output"}


@pytest.mark.parametrize(
    ("file", "version"), [("manifest.json", '"version": 1'), ("model.json", '"version": 2')]
)
def test_an_output_of_another_version_is_said_so(
    folder: Path, expected: Expected, file: str, version: str
) -> None:
    path = folder / file
    path.write_text(path.read_text().replace(version, '"version": 99', 1))
    (finding,) = _check(expected, folder)

    assert finding.code == "unreadable-output"
    assert "version 99" in finding.message


@pytest.mark.parametrize(
    "path", ["../out", "/etc/passwd", "a\0b", "\ud800", "\x1b[31m", "\u202ex", "a" * 5000, ""]
)
def test_a_hostile_manifest_leads_nowhere(folder: Path, expected: Expected, path: str) -> None:
    manifest = folder / "manifest.json"
    document = json.loads(manifest.read_text())
    document["files"][path] = {"sha256": "0", "made_from": ""}
    manifest.write_text(json.dumps(document))

    assert _check(expected, folder) == []


def test_a_manifest_that_fits_no_more_is_told_once(folder: Path, expected: Expected) -> None:
    """Somebody edited a file, and the manifest with it: facts are compared all the same."""
    manifest = folder / "manifest.json"
    document = json.loads(manifest.read_text())
    for path in ("model.json", "diagrams/context.svg"):
        del document["files"][path]
    document["files"]["diagrams/context.puml"]["sha256"] = "0" * 64
    manifest.write_text(json.dumps(document))
    (finding,) = _check(expected, folder)

    assert finding.subject == str(manifest)
    assert "diagrams/context.puml, diagrams/context.svg, model.json" in finding.message


def test_other_ends_of_lines_are_no_difference(folder: Path, expected: Expected) -> None:
    """Git may have given a committed folder others."""
    for path in folder.rglob("*"):
        if path.suffix in {".mmd", ".puml", ".yaml", ".conf", ".dot"} or path.name == "model.json":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert _check(expected, folder) == []


def test_what_others_put_there_is_a_warning_and_the_check_passes(
    folder: Path, expected: Expected, tmp_path: Path
) -> None:
    (folder / "diagrams" / "mine.svg").write_text("<svg/>")
    done = archdoc("check", Path(__file__).parents[2] / "model", "--outputs", "build", cwd=tmp_path)

    assert done.returncode == 0
    assert "warning[foreign-output]: build/diagrams/mine.svg was not made" in done.stderr


def test_any_text_of_a_model_is_read_back_from_everything(tmp_path: Path, engines: None) -> None:
    """No finding where nothing is wrong, whatever the labels hold."""
    said = json.dumps(f"{HOSTILE} {INTERNATIONAL}", ensure_ascii=False)
    text = SMALL.replace("Sells.", "X").replace("description: X", f"description: {said}")
    text = text.replace("- web -> db: SQL queries", f"- {{from: web, to: db, label: {said}}}")
    text = text.replace("{technology: Django,", f"{{name: {said}, owner: {said}, tags: [{said}], "
                        f"properties: {{Technology: {said}}}, technology: {said},")  # fmt: skip
    loaded: Loaded = load_model(write(tmp_path / "model", app=text))
    build(loaded, tmp_path / "build")

    assert loaded.model.index.elements["shop.web"].name == f"{HOSTILE} {INTERNATIONAL}"
    assert check_outputs(loaded, (tmp_path / "build",), Mend()) == []
