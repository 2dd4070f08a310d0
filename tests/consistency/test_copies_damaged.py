"""Copies that somebody damaged, or changed where no fact of them says so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.pipeline.kept.copies import check_copies
from archdoc.pipeline.kept.expected import Expected
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.source import load_model
from conftest import ROOT


def _check(expected: Expected, path: Path) -> list[Diagnostic]:
    return [*check_copies(expected, path, Mend())]


def _changed(folder: Path, file: str, old: str, new: str) -> Expected:
    """What the reference model says with something in it changed."""
    model = folder / "model"
    shutil.copytree(ROOT / "model", model)
    shutil.copytree(ROOT / "docs", folder / "docs")
    text = (model / file).read_text()
    assert old in text
    (model / file).write_text(text.replace(old, new, 1))
    return Expected(load_model(model))


_TURNED = "  containers:\n    kind: container\n    of: app\n    direction: right\n"
_BOX = (
    '<rect x="10" y="10" width="90" height="40" fill="#fff" stroke="#000"/>'
    '<text x="20" y="30">X</text>'
)
SPOILED: dict[str, Callable[[str], str]] = {
    "a box more": lambda svg: svg.replace("</svg>", f"{_BOX}</svg>", 1),
    "a line more": lambda svg: svg.replace(
        "</svg>", '<path d="M0 0L99 99" stroke="#000"/></svg>', 1
    ),
    "hidden": lambda svg: svg.replace("<g ", '<g display="none" ', 1),
    "faded": lambda svg: svg.replace("<g ", '<g opacity="0" ', 1),
    "cut to a corner": lambda svg: svg.replace('viewBox="0 0 ', 'viewBox="9000 9000 ', 1),
    "covered": lambda svg: svg.replace("</svg>", '<rect width="9999" height="9999"/></svg>', 1),
    "hidden by a style": lambda svg: svg.replace("</style>", "text{display:none}</style>", 1),
    "loads a style": lambda svg: svg.replace("</style>", "@import 'https://x/y';</style>", 1),
    "loads a picture": lambda svg: svg.replace("</style>", "g{fill:url(https://x/y)}</style>", 1),
    "a style sheet": lambda svg: f'<?xml-stylesheet href="https://x/y.css"?>{svg}',
    "a document type": lambda svg: f'<!DOCTYPE svg SYSTEM "https://x/y.dtd">{svg}',
    "a comment": lambda svg: f"{svg}<!-- x -->",
    "without its seal": lambda svg: svg[: svg.rindex("<?archdoc")],
    "with another's seal": lambda svg: svg.replace('picture="containers"', 'picture="context"'),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_picture_that_was_changed_is_found_though_no_box_or_arrow_was(
    without_site: Path, tmp_path: Path, expected: Expected, how: str
) -> None:
    svg = (without_site / "diagrams" / "containers.svg").read_text()
    copy = tmp_path / "copy.svg"
    copy.write_bytes(svg.replace("\n", "\r\n").encode())
    right = _check(expected, copy)
    spoiled = SPOILED[how](svg)
    copy.write_text(spoiled)

    assert right == []
    assert spoiled != svg
    assert {f.code for f in _check(expected, copy)} <= {"stale-output", "edited-output"}
    assert _check(expected, copy)


@pytest.mark.parametrize("how", ["loads a style", "a style sheet", "a document type"])
def test_what_a_picture_loads_is_named(
    without_site: Path, tmp_path: Path, expected: Expected, how: str
) -> None:
    copy = tmp_path / "copy.svg"
    copy.write_text(SPOILED[how]((without_site / "diagrams" / "containers.svg").read_text()))
    (finding,) = _check(expected, copy)

    assert finding.code == "stale-output"
    assert "should be absent" in finding.message


def test_a_png_says_what_it_was_drawn_from(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    copy, changed = tmp_path / "copy.png", _changed(tmp_path, "app.yaml", '"15"', '"16"')
    png = (without_site / "diagrams" / "containers.png").read_bytes()
    copy.write_bytes(png)
    right, (old,) = _check(expected, copy), _check(changed, copy)
    copy.write_bytes(png.replace(b'picture="containers"', b'picture="containerz"'))
    (damaged,) = _check(expected, copy)

    assert right == []
    assert (old.code, old.message) == ("stale-output", f"{copy} is not what would be written now")
    assert "archdoc render containers --format png" in old.help
    assert damaged.code == "unreadable-output"


def test_an_svg_that_shows_the_facts_of_another_layout_is_old(
    without_site: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.svg"
    turned = _changed(tmp_path, "views.yaml", "views:\n", f"views:\n{_TURNED}")
    shutil.copy(without_site / "diagrams" / "containers.svg", copy)
    (finding,) = _check(turned, copy)

    assert finding.message == f"{copy} is not what would be written now"


_LISTED = json.dumps(
    {
        "version": 2,
        "elements": [],
        "environments": [],
        "relationships": [{"direction": "one-way", "source": "", "target": "", "line": []}],
    }
).encode()


@pytest.mark.parametrize(
    ("name", "spoiled"),
    [
        ("diagrams/context.svg", (b"", "it is empty")),
        (
            "diagrams/context.svg",
            (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
        ),
        ("diagrams/context.svg", (b"<svg xmlns='http://www.w3.org/2000/svg'><g", "not an SVG")),
        ("diagrams/context.png", (b"\n", "it is empty")),
        ("diagrams/context.png", (b"\x89PNG\r\n\x1a\n", "not complete")),
        ("diagrams/context.mmd", (b"", "it is empty")),
        ("model.json", (b'{"version": 2, "elem', "no JSON")),
        ("model.json", (b"null", "something else stands where")),
        ("model.json", (b'{"version": 2}', "does not say `")),
        ("model.json", (_LISTED, "has the line []")),
        ("model.json", (b"[" * 100_000, "nested too deeply")),
        ("compose/compose/compose.yaml", (b"", "it is empty")),
    ],
)
def test_a_damaged_file_of_a_folder_is_found(
    without_site: Path, tmp_path: Path, expected: Expected, name: str, spoiled: tuple[bytes, str]
) -> None:
    (content, reason), folder = spoiled, tmp_path / "copy"
    shutil.copytree(without_site, folder)
    (folder / "manifest.json").unlink()
    (folder / name).write_bytes(content)
    (finding,) = _check(expected, folder)

    assert finding.code == "unreadable-output"
    assert reason in finding.message


_HEADER = b"# Environment `compose`, generated by archdoc\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"services: &a {x: *a}", "*a stands in itself"),
        (b"services: {a: &b {x: [*b]}}", "*b stands in itself"),
        (b"services: {a: {<<: &c {<<: *c}}}", "*c stands in itself"),
        (b"services: {a: {x: [{1: 2, a: 3}]}}", "something else stands where"),
        (b"services: {a: {environment: x}}", "something else stands where"),
    ],
)
def test_a_compose_file_that_cannot_be_read_hides_nothing_of_others(
    tmp_path: Path, expected: Expected, text: bytes, reason: str
) -> None:
    (tmp_path / "a.yaml").write_bytes(_HEADER + text)
    (tmp_path / "b.svg").touch()
    found = {finding.subject: finding for finding in _check(expected, tmp_path)}

    assert reason in found[f"{tmp_path}/a.yaml"].message
    assert found[f"{tmp_path}/.env.example"].code == "missing-output"
    assert "it is empty" in found[f"{tmp_path}/b.svg"].message


def test_a_mistake_of_archdocs_own_at_one_file_hides_nothing_of_others(
    tmp_path: Path, expected: Expected, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object) -> None:
        raise AssertionError("oh")

    monkeypatch.setattr("archdoc.pipeline.kept.files.text_differences", break_)
    (tmp_path / "a.yaml").write_bytes(_HEADER)
    (tmp_path / "b.svg").touch()
    found = {finding.subject: finding for finding in _check(expected, tmp_path)}

    assert "a mistake of its own: AssertionError: oh" in found[f"{tmp_path}/a.yaml"].message
    assert "please report it" in found[f"{tmp_path}/a.yaml"].help
    assert "it is empty" in found[f"{tmp_path}/b.svg"].message
    monkeypatch.setenv("ARCHDOC_TRACEBACK", "1")
    with pytest.raises(AssertionError):
        _check(expected, tmp_path)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("EVIL=1", "EVIL: value is '1', and should be missing"),
        ("# Mine.", "DOMAIN: a comment is 'Mine.', and should be missing"),
        ("\n# Mine.", "the file: a comment is 'Mine.', and should be missing"),
        ("\n# EVIL=1", "EVIL: may be left out is '1', and should be missing"),
    ],
)
def test_what_was_added_to_an_env_example_is_one_finding_at_its_line(
    without_site: Path, tmp_path: Path, expected: Expected, lines: str, said: str
) -> None:
    deploy = Path(shutil.copytree(without_site / "compose" / "compose", tmp_path / "deploy"))
    with (deploy / ".env.example").open("a") as file:
        file.write(f"{lines}\n")
    (finding,) = _check(expected, deploy)

    assert finding.message.endswith(f"model says: {said}")
    assert finding.span is not None
    assert finding.span.line > 20


def test_a_text_of_a_view_that_is_gone_is_found_in_a_folder(
    without_site: Path, tmp_path: Path, expected: Expected
) -> None:
    mermaid = (without_site / "diagrams" / "containers.mmd").read_text()
    (tmp_path / "a.mmd").write_text(mermaid)
    (tmp_path / "b.mmd").write_text(mermaid.replace("View `containers`", "View `gone`"))
    assert "gone" in (tmp_path / "b.mmd").read_text()
    (finding,) = _check(expected, tmp_path)

    assert finding.subject.endswith("b.mmd")
    assert "does not say any more" in finding.message


def test_a_folder_with_more_than_can_be_looked_at_says_so(
    tmp_path: Path, expected: Expected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archdoc.pipeline.kept.copies._MOST_FILES", 2)
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()

    assert "more than 2 files" in _check(expected, tmp_path)[0].message
