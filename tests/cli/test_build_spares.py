"""`archdoc build -o` writes over what archdoc made, and over nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archdoc.pipeline import BuildError, build
from archdoc.source import Loaded, load_model
from helpers import SMALL, archdoc, write

_MOUNTS = "files: [{template: x.conf, to: /etc/x.conf}], service: {build: .}"
_TEXT = SMALL.replace("service: {build: .}", _MOUNTS)


def _model(folder: Path, text: str = _TEXT, mounted: str = "port 1\n") -> Loaded:
    write(folder, app=text)
    (folder / "x.conf").write_text(mounted)
    return load_model(folder)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory, engines: None) -> Path:
    folder = tmp_path_factory.mktemp("spares")
    return build(_model(folder / "model"), folder / "build", with_site=False).folder


@pytest.fixture
def folder(built_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_once, tmp_path / "build"))


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


OWN = {
    "manifest.json": '{"name": "Shop", "icons": []}',
    "model.json": '{"geometries": []}',
    "diagrams/containers.svg": "<svg/>",
    "diagrams/containers.mmd": "flowchart TB",
    "compose/local/compose.yaml": "services: {}",
    "compose/local/.env.example": "MINE=1",
    "compose/local/web/x.conf": "mine",
    "site/index.html": "<h1>Mine</h1>",
}


@pytest.mark.parametrize("path", OWN)
def test_a_file_that_archdoc_did_not_make_is_not_lost(
    tmp_path: Path, engines: None, path: str
) -> None:
    loaded, folder = _model(tmp_path / "model"), tmp_path / "own"
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(OWN[path])
    with pytest.raises(BuildError) as error:
        build(loaded, folder, with_site=path.startswith("site/"))

    found = error.value.diagnostic
    assert found.code == "output-folder"
    assert found.message == f"{folder / path} was not made by archdoc, and would be lost"
    assert found.help == "move them away, or name another folder with -o"
    assert _files(folder) == {path: OWN[path].encode()}


def test_a_few_are_named_and_how_many_more_before_anything_is_written(
    tmp_path: Path, engines: None
) -> None:
    _model(tmp_path / "model")
    for path, content in OWN.items():
        (tmp_path / "own" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / path).write_text(content)
    for arguments in ([], ["--check"]):
        done = archdoc("build", "-o", "own", "--no-site", *arguments, cwd=tmp_path)

        assert done.returncode == 2
        assert (
            "error[output-folder]: own/compose/local/.env.example, own/compose/local/compose.yaml, "
            "own/compose/local/web/x.conf and 4 more were not made by archdoc, and would be lost\n"
        ) in done.stderr
    assert len(_files(tmp_path / "own")) == len(OWN)


def test_a_file_where_the_model_has_something_new_is_not_lost(folder: Path, tmp_path: Path) -> None:
    """Beside those of a build, whose manifest does not list it."""
    (folder / "diagrams" / "new.svg").write_text("<svg/>")
    views = "    views:\n      new: {kind: context, of: shop}\n"
    with pytest.raises(BuildError, match=r"new\.svg was not made by archdoc"):
        build(_model(tmp_path / "model", _TEXT + views), folder, with_site=False)


def test_what_would_be_written_as_it_is_there_or_is_empty_is_nothing_to_lose(
    folder: Path, tmp_path: Path
) -> None:
    loaded = _model(tmp_path / "model")
    (folder / "manifest.json").unlink()
    (folder / "diagrams" / "containers.svg").write_text("")

    assert build(loaded, folder, with_site=False).changed == 1


def _cut(size: int) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes()[:size])


def _of_another_version(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 9}))


LOST: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": _cut(0),
    "cut off at once": _cut(12),
    "cut off": _cut(900),
    "another version": _of_another_version,
}


@pytest.mark.parametrize("lost", LOST)
def test_over_its_own_files_it_builds_although_the_manifest_is(
    folder: Path, tmp_path: Path, lost: str
) -> None:
    """Of a model that has changed since, so that every file is another one."""
    LOST[lost](folder / "manifest.json")
    text = _TEXT.replace("Sells.", "Sells books.").replace("Django", "Flask")
    loaded = _model(tmp_path / "model", text.replace("Serves.", "Serves all."), "port 2\n")
    report = build(loaded, folder, with_site=False)

    assert {"model.json", "compose/local/web/x.conf"} <= report.changes.keys()
    assert build(loaded, folder, with_site=False).changes == {}


@pytest.mark.parametrize("as_pages", [False, True])
def test_over_its_own_site_it_builds_although_the_manifest_is_gone(
    tmp_path: Path, engines: None, as_pages: bool
) -> None:
    folder = tmp_path / "build"
    build(_model(tmp_path / "model"), folder, as_pages=as_pages)
    (folder / "manifest.json").unlink()
    loaded = _model(tmp_path / "model", _TEXT.replace("Shop", "The shop"))
    report = build(loaded, folder, as_pages=as_pages)
    page = "pages/docs/index.md" if as_pages else "site/index.html"

    assert page in report.changes
