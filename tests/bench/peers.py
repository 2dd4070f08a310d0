"""What archdoc is measured beside, installed into a folder of its own, as its users would do it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from archdoc.render.engines import Engines
from archdoc.render.picoweb import font_configuration

_LIKEC4 = "likec4@1.59.4"
_MKDOCS = ("mkdocs==1.6.1", "mkdocs-material==9.8.1", "plantuml-markdown==3.11.5")
_SETTINGS = """\
site_name: Thirteen diagrams
theme: {{name: material, font: false}}
markdown_extensions:
  - plantuml_markdown: {{plantuml_cmd: "{plantuml}", format: svg{more}}}
"""


def likec4(folder: Path) -> Sequence[str] | None:
    """LikeC4's command; None where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: likec4 is left out", file=sys.stderr)
        return None
    found = folder / "node_modules" / ".bin" / "likec4"
    if not found.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--prefix", str(folder), _LIKEC4], check=True
        )
    return [str(found)]


def mkdocs(folder: Path) -> Sequence[str]:
    """MkDocs with Material and plantuml-markdown, in an environment of its own."""
    venv = folder / "mkdocs"
    python, done = venv / "bin" / "python", venv / "installed"
    if not done.exists() or done.read_text("utf-8") != " ".join(_MKDOCS):
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        quiet = ("--quiet", "--disable-pip-version-check")
        subprocess.run([str(python), "-m", "pip", "install", *quiet, *_MKDOCS], check=True)
        done.write_text(" ".join(_MKDOCS), "utf-8")
    return [str(python), "-m", "mkdocs", "build", "--quiet"]


class PlantUml:
    """PlantUML as people start it, with the Java, the Graphviz and the fonts that archdoc has."""

    def __init__(self, engines: Engines, folder: Path) -> None:
        """Write into `folder` what it needs."""
        self._engines = engines
        self._fonts = folder / "fontconfig.properties"
        self._fonts.write_text(font_configuration(engines.fonts.path or Path()), "utf-8")
        self.script = folder / "plantuml"
        """What mkdocs is told to call."""
        self.script.write_text(f'#!/bin/sh\nexec {" ".join(self._start())} "$@"\n', "utf-8")
        self.script.chmod(0o755)

    @property
    def environ(self) -> Mapping[str, str]:
        """What it is told by its environment."""
        return {"GRAPHVIZ_DOT": str(self._engines.graphviz.path), "PLANTUML_LIMIT_SIZE": "16384"}

    def batch(self, files: Sequence[Path], output: Path, *flags: str) -> Sequence[str]:
        """The command that draws many files in one process, on all cores."""
        options = ("-tsvg", "-nbthread", "auto", "-o", str(output))
        return [*self._start(*flags), *options, *map(str, files)]

    def site(self, place: Path, sources: Mapping[str, str], *, cached: bool) -> None:
        """A site with a page for each source, as `mkdocs build` finds it in `place`."""
        docs = place / "docs"
        docs.mkdir(parents=True)
        more = f", cachedir: {place / 'cache'}" if cached else ""
        settings = _SETTINGS.format(plantuml=self.script, more=more)
        (place / "mkdocs.yml").write_text(settings, "utf-8")
        for name, source in sources.items():
            (docs / f"{name}.md").write_text(f"# {name}\n\n```plantuml\n{source}```\n", "utf-8")

    def _start(self, *flags: str) -> Sequence[str]:
        java, jar = self._engines.java.path, self._engines.plantuml.path
        fonts = f"-Dsun.awt.fontconfig={self._fonts}"
        return [str(java), *flags, "-Djava.awt.headless=true", fonts, "-jar", str(jar)]
