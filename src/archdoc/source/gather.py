"""From a path to trees: the files of a model, what they include, and the model that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from archdoc.report import Diagnostic
from archdoc.source.combine import combine
from archdoc.source.files import Project, project_of, read_text, shown, yaml_files
from archdoc.source.parse import parse
from archdoc.source.text import SourceText
from archdoc.source.tree import Tree

_MAX_BASES = 20


@dataclass
class Layer:
    """One model as its own files say it, without what it extends."""

    root: Path
    """The folder that its own files, such as templates, are relative to."""
    project: Project
    files: list[Path] = field(default_factory=list)
    foreign: list[Path] = field(default_factory=list)
    """What lies in its folder and is no YAML."""
    tree: Tree | None = None
    sources: list[tuple[SourceText, Tree]] = field(default_factory=list)
    """Each file's text, and its tree."""
    problems: list[Diagnostic] = field(default_factory=list)


def gather(path: Path) -> list[Layer]:
    """The model at a path, after those that it extends: the first is the base of all."""
    layers = [_layer(path, project_of(path))]
    seen = [path.resolve()]
    while layers[0].tree is not None and (said := layers[0].tree.at("extends")) is not None:
        below = layers[0]
        base = _base_of(said, below)
        if base is None:
            break
        base_path, project = base
        if base_path.resolve() in seen or len(seen) > _MAX_BASES:
            message = f"the model extends itself: {shown(base_path)} is in its own chain"
            help_ = "let one of them extend nothing"
            below.problems.append(Diagnostic("extends-cycle", message, span=said.span, help=help_))
            break
        seen.append(base_path.resolve())
        layers.insert(0, _layer(base_path, project))
    return layers


def _layer(path: Path, project: Project) -> Layer:
    layer = Layer(path if path.is_dir() else path.parent, project)
    found, layer.foreign, problems = yaml_files(path, project)
    layer.problems += problems
    reader = _Reader(layer)
    for file in found:
        reader.read(file)
    layer.files = list(reader.trees)
    trees = [tree for tree in reader.trees.values() if tree is not None]
    if trees:
        layer.tree, twice = combine(trees)
        layer.problems += twice
    return layer


class _Reader:
    """Reads files once each, and after each what it includes."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.trees: dict[Path, Tree | None] = {}
        self._done: set[Path] = set()
        self._under_way: list[Path] = []

    def read(self, file: Path) -> None:
        """Read a file, unless that was done before."""
        key = file.resolve()
        if key in self._done:
            return
        self._done.add(key)
        self.trees[file] = None
        source, problems = read_text(file, self.layer.project)
        self.layer.problems += problems
        if source is None:
            return
        tree, problems = parse(source)
        self.layer.problems += problems
        if tree is None:
            return
        self.layer.sources.append((source, tree))
        said = tree.at("include")
        own = {key: value for key, value in tree.entries.items() if key != "include"}
        self.trees[file] = tree.with_value(own)
        if said is not None:
            self._under_way.append(key)
            for item in said.items or [said]:
                self._include(item, file)
            self._under_way.pop()

    def _include(self, said: Tree, file: Path) -> None:
        if not isinstance(said.value, str):
            self._report("wrong-type", "`include`: a path, or a list of paths, is wanted", said)
            return
        target = file.parent / said.value
        problem = _unreachable(target, said, self.layer.project)
        if problem is not None:
            self.layer.problems.append(problem)
            return
        if target.resolve() in self._under_way:
            begin = self._under_way.index(target.resolve())
            loop = " → ".join(shown(f) for f in [*self._under_way[begin:], target])
            self._report("include-cycle", f"these files include each other: {loop}", said)
            return
        files, _, problems = yaml_files(target, self.layer.project)
        self.layer.problems += problems
        for inner in files:
            if inner.resolve() not in self._under_way:  # a folder may hold the includer itself
                self.read(inner)

    def _report(self, code: str, message: str, said: Tree) -> None:
        help_ = "paths are relative to the file that includes them"
        self.layer.problems.append(Diagnostic(code, message, span=said.span, help=help_))


def _unreachable(target: Path, said: Tree, project: Project) -> Diagnostic | None:
    """Why a path that a model names cannot be read; None where it can."""
    try:
        exists = target.exists()
    except (OSError, ValueError):
        exists = False
    if not project.holds(target):
        return Diagnostic(
            "outside-file",
            f"`{said.value}` leads out of the project",
            span=said.span,
            help=f"the project is {shown(project.folder)}: nothing outside of it is read",
        )
    if not exists:
        return Diagnostic(
            "missing-file",
            f"there is nothing at `{said.value}`",
            span=said.span,
            help="paths are relative to the file that names them",
        )
    return None


def _base_of(said: Tree, layer: Layer) -> tuple[Path, Project] | None:
    """Where the model that is extended lies; None, and a finding, where there is none."""
    keys = said.entries.keys()
    if isinstance(said.value, str):
        target = said.source.path.parent / said.value
        problem = _unreachable(target, said, layer.project)
        if problem is None:
            return target, layer.project
        layer.problems.append(problem)
    elif keys and keys <= {"package", "folder"} and "package" in keys:
        return _packaged(said, layer)
    else:
        layer.problems.append(
            Diagnostic(
                "wrong-type",
                "`extends`: a folder is wanted, or a package and a folder in it",
                span=said.span,
                help="`extends: ../base`, or `extends: {package: acme_models, folder: web}`",
            )
        )
    return None


def _packaged(said: Tree, layer: Layer) -> tuple[Path, Project] | None:
    """A model inside an installed Python package, which is looked up and not imported."""
    package, folder = said.at("package"), said.at("folder")
    name = str(package.value) if package is not None else ""
    found = None
    if name.isidentifier():  # of `a.b`, Python would import `a`
        try:
            found = find_spec(name)
        except (ImportError, ValueError):
            found = None
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        layer.problems.append(
            Diagnostic(
                "missing-file",
                f"no package `{name}` is installed",
                span=said.span,
                help=f"install it where archdoc is installed: `pip install {name}`",
            )
        )
        return None
    project = Project(Path(places[0]).resolve(), prefix=f"{name}:")
    target = Path(places[0]) / (str(folder.value) if folder is not None else "")
    problem = _unreachable(target, folder or said, project)
    if problem is not None:
        layer.problems.append(problem)
        return None
    return target, project
