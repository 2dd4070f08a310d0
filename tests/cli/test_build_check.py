"""`archdoc build --check`, as CI runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archdoc.pipeline import Report
from conftest import REFERENCE
from helpers import SMALL, archdoc, write


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def alone(tmp_path: Path, built: Report) -> Path:
    """The reference model without archdoc's own pages, built; its pictures were drawn before."""
    shutil.copytree(REFERENCE, tmp_path / "model")
    assert archdoc("build", cwd=tmp_path).returncode == 0
    return tmp_path / "build"


def test_a_current_folder_passes_and_every_other_file_is_named_with_the_command(
    tmp_path: Path, alone: Path
) -> None:
    """With the site, of which one page is edited."""
    folder = alone
    current = archdoc("build", "-o", "build", "--check", cwd=tmp_path)
    (folder / "site" / "index.html").write_text("edited")
    (folder / "diagrams" / "context.svg").unlink()
    (folder / "mine.txt").write_text("mine")
    before = _state(folder)
    done = archdoc("build", "-o", "build", "--check", cwd=tmp_path)

    assert (current.returncode, current.stdout) == (0, "build is what the model says\n")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "missing  build/diagrams/context.svg",
        "changed  build/site/index.html",
    ]
    assert "error: 2 files are not what the model says\n" in done.stderr
    assert "`archdoc build`" in done.stderr
    assert _state(folder) == before


def test_a_site_is_let_be_where_only_the_rest_is_asked_about(tmp_path: Path, built: Report) -> None:
    """Nor does the command that mends the rest remove it."""
    folder = Path(shutil.copytree(built.folder, tmp_path / "build"))
    command = ("build", REFERENCE, "--check", "--no-site")
    current = archdoc(*command, cwd=tmp_path)
    (folder / "site" / "index.html").write_text("edited")
    (folder / "model.json").write_text("{}")
    done = archdoc(*command, cwd=tmp_path)

    assert current.stdout == "build is what the model says; build/site was not looked at\n"
    assert done.stdout == "changed  build/model.json\n"
    assert done.stderr == (
        "error: 1 file is not what the model says\n"
        "  = note: build/site was not looked at\n"
        f"  = help: write anew: `archdoc build {REFERENCE}`\n"
    )


def test_ends_of_lines_that_git_gave_are_no_difference(tmp_path: Path, alone: Path) -> None:
    """As in a checkout with `core.autocrlf=true`; a picture of pixels has no lines."""
    for file in filter(Path.is_file, alone.rglob("*")):
        content = file.read_bytes()
        if b"\0" not in content[:8000]:
            file.write_bytes(content.replace(b"\n", b"\r\n"))
    png = alone / "diagrams" / "page.png"
    current = archdoc("build", "--check", cwd=tmp_path)
    png.write_bytes(png.read_bytes().replace(b"\n", b"\r\n"))
    done = archdoc("build", "--check", cwd=tmp_path)

    assert current.stdout == "build is what the model says\n"
    assert done.stdout == "changed  build/diagrams/page.png\n"


def test_what_is_not_made_any_more_is_named_and_nothing_is_written(
    tmp_path: Path, engines: None
) -> None:
    write(tmp_path / "model", app=SMALL)
    assert archdoc("build", "--no-site", cwd=tmp_path).returncode == 0
    write(tmp_path / "model", app=SMALL.replace("local:", "here:"))
    before = _state(tmp_path)
    done = archdoc("build", "--no-site", "--check", cwd=tmp_path)

    assert done.returncode == 1
    assert "not made any more  build/compose/local/compose.yaml" in done.stdout.splitlines()
    assert "missing            build/compose/here/compose.yaml" in done.stdout.splitlines()
    assert "`archdoc build --no-site`" in done.stderr
    assert _state(tmp_path) == before


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, engines: None) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc("build", "-o", "a folder", "--no-site", "--check", cwd=tmp_path)

    assert done.returncode == 1
    assert "missing  a folder/model.json" in done.stdout.splitlines()
    assert "`archdoc build -o 'a folder' --no-site`" in done.stderr
    assert not (tmp_path / "a folder").exists()


@pytest.mark.parametrize("name", ["a\x1b[31m", "\u202eevil"])
def test_a_hostile_manifest_cannot_play_with_the_terminal(
    tmp_path: Path, engines: None, name: str
) -> None:
    write(tmp_path / "model", app=SMALL)
    archdoc("build", "--no-site", cwd=tmp_path)
    manifest = tmp_path / "build" / "manifest.json"
    manifest.write_text(manifest.read_text().replace("model.json", name.replace("\x1b", "\\u001b")))
    done = archdoc("build", "--no-site", "--check", cwd=tmp_path)

    assert done.returncode == 1
    assert name not in done.stdout
    assert name[-4:] in done.stdout


def test_what_cannot_be_drawn_is_said_beside_what_would_change(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    done = archdoc(
        *("build", "--no-site", "--check"),
        cwd=tmp_path,
        ARCHDOC_JAVA=str(tmp_path / "nowhere"),
        ARCHDOC_CACHE_DIR=str(tmp_path / "cache"),
    )

    assert done.returncode == 1
    assert "ARCHDOC_JAVA names" in done.stderr
    assert "missing  build/model.json" in done.stdout.splitlines()
    assert not (tmp_path / "build").exists()
