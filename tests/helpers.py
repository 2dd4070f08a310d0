"""Small models, and pictures of them, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

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
    done = subprocess.run(
        [sys.executable, "-m", "archdoc", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert "Traceback" not in done.stderr
    return done


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
