"""A build with nothing to do ends before it reads the model; whatever differs is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from archdoc.cli.unchanged import Unchanged
from helpers import SMALL, archdoc, write

_RUN = """
import sys
from archdoc.cli import main
try:
    main()
finally:
    print("read" if "archdoc.source" in sys.modules else "not read")
"""


def _build(folder: Path, *arguments: str, **environment: str) -> list[str]:
    """The lines that it says, the last of which tells whether the model was read."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "build", *(arguments or ["--no-site"])],
        cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.fixture
def built(tmp_path: Path, engines: None) -> Path:
    """A project that was just built."""
    write(tmp_path / "model", app=SMALL)
    (tmp_path / "model" / "notes.txt").write_text("Mine.\n")
    time.sleep(0.1)  # as files are that somebody has written a while ago
    assert _build(tmp_path)[-1] == "read"
    assert _build(tmp_path)[-1] == "not read"
    return tmp_path


def test_it_says_what_a_build_says_that_finds_nothing_to_do(built: Path) -> None:
    said = _build(built)
    whole = _build(built, ARCHDOC_ANYTHING="else")

    assert whole[-1] == "read"
    assert said[:-1] == whole[:-1]
    assert "nothing to render" in said[0]
    assert "no file changed" in said[0]


def _same_size_and_time(folder: Path) -> None:
    file = folder / "model" / "app.yaml"
    before = file.stat()
    file.write_text(file.read_text().replace("Sells.", "Lends."))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word of the model": _same_size_and_time,
    "a new file of the model": lambda f: write(f / "model", more="groups: {a: {name: A}}"),
    "a file beside the model": lambda f: (f / "model" / "notes.txt").write_text("Yours.\n"),
    "a removed file": lambda f: (f / "model" / "notes.txt").unlink(),
    "a page": lambda f: write(f / "docs") and (f / "docs" / "index.md").write_text("# Mine\n"),
    "the site's settings": lambda f: (f / "mkdocs.yml").write_text("site_name: Mine\n"),
    "an output": lambda f: (f / "build" / "model.json").write_text("{}"),
    "a removed output": lambda f: (f / "build" / "diagrams" / "containers.svg").unlink(),
    "the list of outputs": lambda f: (f / "build" / "manifest.json").unlink(),
}


def test_whatever_differs_is_noticed_and_known_from_then_on(built: Path) -> None:
    known = partial(Unchanged, built / "model", built / "build", "none")
    for change, make in CHANGES.items():
        make(built)
        time.sleep(0.1)
        assert known().said() is None, change
        said = archdoc("build", "--no-site", cwd=built).stdout
        assert ("no file changed but manifest.json" in said) == (change == "the list of outputs")
        assert (built / "build" / "model.json").stat().st_size > 100, change
        assert (built / "build" / "diagrams" / "containers.svg").exists(), change
        assert known().said() is not None, change


def test_another_engine_is_noticed(built: Path) -> None:
    assert _build(built, PATH=f"{built}{os.pathsep}{os.environ['PATH']}")[-1] == "read"


def test_what_was_made_otherwise_or_elsewhere_is_no_reason_to_do_nothing(built: Path) -> None:
    assert _build(built, "--no-site", "-o", "other")[-1] == "read"
    assert _build(built, "--pages")[-1] == "read"
    assert _build(built, "--no-site", "--check")[-1] == "read"


def test_what_is_wrong_is_said_every_time(tmp_path: Path, engines: None) -> None:
    write(tmp_path / "model", app=SMALL)
    time.sleep(0.1)
    # A Java that cannot start: nothing is drawn, and everything else is written.
    twice = [_build(tmp_path, ARCHDOC_JAVA="/bin/false") for _ in range(2)]

    assert [said[-1] for said in twice] == ["read", "read"]
    assert "failed" in twice[1][0]


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_known(
    tmp_path: Path, engines: None
) -> None:
    model = write(tmp_path / "model", app=SMALL) / "app.yaml"
    later = time.time_ns() + 60_000_000_000
    os.utime(model, ns=(later, later))

    assert [_build(tmp_path)[-1] for _ in range(2)] == ["read", "read"]
