"""A Java that starts while the model is still being read: when it does, and that it is let go."""

from __future__ import annotations

import os
import shutil
import threading
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from archdoc.render import Early, Job, Picture, Rendering, find_engines
from archdoc.render.picoweb import Picoweb

JOB = Job("x", "plantuml", "@startuml\nrectangle a\n@enduml\n", "t")
LINE = "name: App\n"


@pytest.fixture
def environ(tmp_path: Path, engines: None) -> dict[str, str]:
    """A cache of its own, and a Java that tells of its starts."""
    java = find_engines(os.environ).java.path
    script = tmp_path / "java"
    script.write_text(f'#!/bin/sh\necho $$ >> "{tmp_path}/starts"\nexec "{java}" "$@"\n', "utf-8")
    script.chmod(0o755)
    own = {"ARCHDOC_CACHE_DIR": str(tmp_path / "cache"), "ARCHDOC_JAVA": str(script)}
    return {**os.environ, **own}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with one file."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "app.yaml").write_text(LINE, "utf-8")
    return folder


def _starts(tmp_path: Path) -> list[int]:
    file = tmp_path / "starts"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def _runs(process: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except FileNotFoundError:
        return False


def test_what_was_started_early_draws(environ: dict[str, str], model: Path, tmp_path: Path) -> None:
    with Early(model, environ=environ) as early, Rendering(environ, early=early) as rendering:
        rendering.add([JOB])
        (result,) = rendering.results().values()

    assert isinstance(result, Picture)
    (started,) = _starts(tmp_path)
    assert not _runs(started)


@pytest.mark.parametrize(("line", "pictures"), [(LINE, 1), ("name: aws\n", 2)])
def test_its_first_pictures_are_like_those_of_the_model(
    line: str,
    pictures: int,
    environ: dict[str, str],
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (model / "app.yaml").write_text(line, "utf-8")
    drawn: list[bytes] = []
    done = threading.Event()
    draw = Picoweb.draw

    def noted(self: Picoweb, source: str) -> bytes:
        drawn.append(draw(self, source))
        if len(drawn) == pictures:
            done.set()
        return drawn[-1]

    monkeypatch.setattr(Picoweb, "draw", noted)
    with Early(model, environ=environ):
        assert done.wait(60)

    assert all(ET.fromstring(svg).tag.endswith("}svg") for svg in drawn)


def test_it_draws_letters_that_it_was_not_started_for(
    environ: dict[str, str], model: Path, tmp_path: Path
) -> None:
    arabic = Job(
        "x", "plantuml", "@startuml\nrectangle \u0645\u0631\u062d\u0628\u0627\n@enduml", "t"
    )
    with Early(model, environ=environ) as early, Rendering(environ, early=early) as rendering:
        rendering.add([arabic])
        (early_one,) = rendering.results().values()
    shutil.rmtree(tmp_path / "cache")
    with Rendering(environ) as rendering:
        rendering.add([arabic])
        (other,) = rendering.results().values()

    assert isinstance(early_one, Picture)
    assert isinstance(other, Picture)
    assert early_one.svg == other.svg
    assert not any(map(_runs, _starts(tmp_path)))


def _starts_for(environ: dict[str, str], model: Path, *what: str) -> bool:
    """Whether one is started now; nobody takes it."""
    with Early(model, what, environ) as early:
        process = early.take()
        if process is None:
            return False
        process.end()
        return True


def test_it_is_not_started_for_what_was_drawn(environ: dict[str, str], model: Path) -> None:
    assert _starts_for(environ, model)
    assert not _starts_for(environ, model)

    (model / "app.yaml").write_text(f"{LINE}description: More\n", "utf-8")
    assert _starts_for(environ, model)
    assert _starts_for(environ, model, "something else")
    assert not _starts_for(environ, model)


def test_a_run_that_failed_counts_for_nothing(environ: dict[str, str], model: Path) -> None:
    with pytest.raises(SystemExit), Early(model, environ=environ):
        raise SystemExit(1)
    assert _starts_for(environ, model)


def test_one_that_nobody_takes_ends(
    environ: dict[str, str], model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Picoweb] = []

    def make(*given: Any) -> Picoweb:
        made.append(Picoweb(*given))
        return made[-1]

    monkeypatch.setattr("archdoc.render.early.Picoweb", make)
    with Early(model, environ=environ):
        (process,) = made
        process.wait_until_ready()
        assert process.process.poll() is None
    assert process.process.poll() is not None


@pytest.mark.parametrize("kind", ["none", "empty", "servers", "no engine"])
def test_it_is_not_started_in_vain(
    environ: dict[str, str], model: Path, tmp_path: Path, kind: str
) -> None:
    if kind == "none":
        shutil.rmtree(model)
    elif kind == "empty":
        (model / "app.yaml").unlink()
    elif kind == "servers":
        text = "render:\n  servers: [http://one.test]\n"
        (model / "app.yaml").write_text(text, "utf-8")
    else:
        environ["ARCHDOC_PLANTUML"] = str(tmp_path / "missing.jar")

    with Early(model, environ=environ) as early:
        assert early.take() is None
    assert _starts(tmp_path) == []


def test_a_pipe_in_the_model_is_not_waited_for(
    environ: dict[str, str], model: Path, tmp_path: Path
) -> None:
    os.mkfifo(model / "pipe.yaml")
    (model / "link.yaml").symlink_to(tmp_path / "nowhere")

    with Early(model, environ=environ) as early:
        process = early.take()
        assert process is not None
        process.end()
