"""Small models, and pictures of them, for tests."""

from __future__ import annotations

import atexit
import functools
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import forked
from archdoc.model import Model
from archdoc.source import Loaded, load_model

HOSTILE = (
    "quo\"te ' back\\slash ]] [[link]] <script>alert(1)</script> !include /etc/passwd "
    '%getenv("HOME") $macro() || **bold** __under__ ~~wave~~ //it// --st-- lit\\n &#60; &amp; '
    '<b>b</b> <img:x> ""mono"" <U+0041> a,b (c) #h =e {{ x }} ${HOME} `code` | cell'
)
"""A label that every output must show as it is."""

INTERNATIONAL = "naïve Ünïcode 🎉 مرحبا שלום Ω Ж 日本"


def write(folder: Path, **files: str) -> Path:
    """Write `name="content"` as `name.yaml` into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(textwrap.dedent(content), "utf-8")
    return folder


def loaded(folder: Path, content: str) -> Loaded:
    """The model in one file."""
    return load_model(write(folder, app=content))


def archdoc_model(content: str) -> Model:
    """The model that some YAML says."""
    with tempfile.TemporaryDirectory() as folder:
        return loaded(Path(folder), content).model


def archdoc(
    *arguments: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command; it must never show a traceback."""
    words = [*map(str, arguments)]
    if forked.needs_a_start(environment):
        done = subprocess.run(
            [sys.executable, "-m", "archdoc", *words],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )
    else:
        done = _forked(words, cwd, environment)
    assert "Traceback" not in done.stderr
    return done


def _forked(
    words: list[str], cwd: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    with (
        Path(os.devnull).open() as nothing,
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as error,
    ):
        streams = [stream.fileno() for stream in (nothing, out, error)]
        status = forked.call(forks(), words, str(cwd), {**os.environ, **environment}, streams)
        for stream in (out, error):
            stream.seek(0)
        return subprocess.CompletedProcess(words, status, out.read(), error.read())


@functools.cache
def forks() -> str:
    """Where the process listens that runs commands, for as long as this one is there."""
    folder = tempfile.mkdtemp(prefix="archdoc-")
    place = f"{folder}/forks"
    command = [sys.executable, forked.__file__, "serve", place]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(process.communicate)
    if process.stdout is None or not process.stdout.readline():
        raise RuntimeError("the process that runs commands does not start")
    return place


def program(place: Path) -> None:
    """Write an `archdoc` to be found on PATH."""
    words = [sys.executable, "-I", "-S", forked.__file__, forks()]
    place.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
    place.chmod(0o755)


SMALL = """
    name: Shop
    people:
      user: {name: User, description: Buys.}
    systems:
      shop:
        description: Sells.
        containers:
          web: {technology: Django, version: "4.2", description: Serves., port: 8000,
                service: {build: .}}
          db: {kind: database, technology: PostgreSQL, version: "15", description: Keeps.,
               port: 5432, service: {image: postgres, healthcheck: {test: pg_isready}, tmpfs: /var/lib/postgresql/data}}
    relationships:
      - user -> web: Orders
      - web -> db: SQL queries
    environments:
      local:
        description: Here.
        nodes:
          project: {kind: docker.compose, runs: [web, db]}
"""  # noqa: E501 - tests know its lines by their numbers

_AWS = """
name: x
systems:
  s: {description: d, containers: {db: {description: d}, web: {description: d, singleton: true}}}
environments:
  e:
    nodes:
      aws: {kind: aws.cloud}
      region: {kind: aws.region, in: aws}
      vpc: {kind: aws.vpc, in: region}
"""


def on_aws(text: str) -> str:
    """A model with a VPC on AWS, and more nodes."""
    return _AWS + "".join(f"      {line}\n" for line in text.splitlines())
