"""The whole way from a path to a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path

from archdoc.model import Container, Model
from archdoc.report import Diagnostic, did_you_mean, in_order
from archdoc.source.files import Project, read_plain, shown, shown_link
from archdoc.source.gather import Layer, gather
from archdoc.source.ignores import Ignore, ignores_in
from archdoc.source.inherit import Inheritance
from archdoc.source.locations import Locations
from archdoc.source.text import SourceText
from archdoc.source.tree import Tree
from archdoc.source.validate import Validated, validate

_MANY_FOREIGN = 10
"""Beyond so many, only their number is said: somebody named the wrong folder."""


class SourceError(Exception):
    """A model that cannot be loaded; `diagnostics` is all that reading found wrong with it."""

    def __init__(
        self, diagnostics: Sequence[Diagnostic], rest: tuple[Loaded, Validated] | None = None
    ) -> None:
        super().__init__(f"{len(diagnostics)} findings")
        self.diagnostics = tuple(in_order(list(diagnostics)))
        self.rest = rest
        """What is left without the values that are wrong, to look for further mistakes in."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A model, and where it came from. Each is only equal to itself."""

    model: Model
    locations: Locations
    roots: tuple[tuple[Path, Project], ...] = ()
    """The folders that the model's own files, such as templates, are relative to: that of the model
    itself first, then those of what it extends."""
    files: tuple[Path, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    """What reading found that keeps nobody from using the model."""
    ignores: tuple[Ignore, ...] = ()
    bases: Mapping[str, str] = field(default_factory=dict)
    """Environment → the one that it extends, where that is one of the model's."""
    home: Path = Path()
    """Where the site's own pages and settings are: beside the model's folder, or its only file."""

    @property
    def root(self) -> Path:
        """The folder of the model itself."""
        return self.roots[0][0] if self.roots else Path()

    def read_file(self, name: str) -> str:
        """The text of a file beside the model, by its path, its lines ended by line feeds.

        Raises OSError where it cannot be read, and ValueError where it leads out of the model's
        folder, is too large or is no text.
        """
        return read_plain(self.find_file(name))

    def text_of(self, name: str) -> SourceText:
        """The same with the places of its lines. Raises the same."""
        file = self.find_file(name)
        return SourceText(shown(file), name, file, read_plain(file))

    def find_file(self, name: str) -> Path:
        """A file beside the model, by its path: a project's own wins over its base's.

        Raises OSError where there is none, and ValueError where it leads out of the model's folder.
        """
        for root, _ in self.roots:
            path = _real(root / name)
            if not path.is_relative_to(_real(root)):
                raise ValueError(f"{name} leads out of the model's folder")
            if path.is_file():
                return root / name
            if path.is_symlink():
                raise ValueError("it is a link that leads nowhere")
            if path.exists():
                raise ValueError("it is a folder" if path.is_dir() else "it is no regular file")
        raise FileNotFoundError(2, f"there is no such file {self._meant(name)}".strip(), name)

    def _meant(self, name: str) -> str:
        """The file that is called almost so; empty without one."""
        for root, _ in self.roots:
            folder = (root / name).parent
            if folder.is_dir() and _real(folder).is_relative_to(_real(root)):
                near = did_you_mean(Path(name).name, sorted(f.name for f in folder.iterdir()))
                if near:
                    return f"in {shown(folder)}: {near}"
        return ""


def load_model(path: Path) -> Loaded:
    """Load the model in a file or a folder. Raises SourceError with everything that is wrong."""
    layers = gather(path)
    problems = [problem for layer in layers for problem in layer.problems]
    trees = [layer.tree for layer in layers if layer.tree is not None]
    if len(trees) < len(layers) or any(_is_broken(problem) for problem in problems):
        raise SourceError(problems)
    engine = Inheritance()
    base, *heirs = trees
    for heir in heirs:
        base = engine.extend_model(base, heir)
    tree = engine.resolve(base)
    validated = validate(tree.with_value(_document(tree)), engine.incomplete)
    problems += [*engine.problems, *validated.problems]
    if validated.model is None:
        raise SourceError(problems)
    loaded = Loaded(
        validated.model,
        Locations(tree, base),
        tuple((layer.root, layer.project) for layer in reversed(layers)),
        tuple(file for layer in reversed(layers) for file in layer.files),
        (*engine.remarks, *_foreign(layers[-1], validated.model)),
        tuple(ignore for layer in layers for ignore in _ignores(layer)),
        _bases(base, validated.model),
        path.resolve().parent,
    )
    if problems:
        raise SourceError(problems, (loaded, validated))
    return loaded


def _is_broken(problem: Diagnostic) -> bool:
    """Whether a file could not be read at all, so that other findings would be about its lack."""
    return problem.code not in {"duplicate-id", "duplicate-key"}


def _document(tree: Tree) -> dict[str, Tree]:
    """What the document says of the model, without how it is made of files."""
    return {key: value for key, value in tree.entries.items() if key not in {"extends", "include"}}


def _bases(tree: Tree, model: Model) -> dict[str, str]:
    """What each environment extends, from the tree in which that is still said."""
    written = tree.at("environments")
    found = {}
    for name in model.environments:
        own = written.at(name) if written is not None else None
        said = own.at("extends") if own is not None else None
        if said is not None and isinstance(said.value, str) and said.value in model.environments:
            found[name] = said.value
    return found


def _ignores(layer: Layer) -> Iterator[Ignore]:
    for source, tree in layer.sources:
        yield from ignores_in(source, tree)


def _real(path: Path) -> Path:
    """A path with its links followed, as far as they lead somewhere: resolve() fails at others."""
    return Path(realpath(path))


def _foreign(layer: Layer, model: Model) -> Iterator[Diagnostic]:
    """Files in a model's folder that no part of the model names."""
    named = {_real(layer.root / name) for name in _named_files(model)}
    foreign = [file for file in layer.foreign if _real(file) not in named]
    for file in foreign[:_MANY_FOREIGN]:
        others = len(foreign) - _MANY_FOREIGN
        more = (
            f"; so are {others} more" if others > 0 and file is foreign[_MANY_FOREIGN - 1] else ""
        )
        yield Diagnostic(
            "foreign-file",
            f"{shown(file)} is in the model's folder, and no part of the model{more}",
            subject=shown_link(file),
            help="name it in `files:` or `docs:`, end its name in `.yaml`, or move it",
        )


def _named_files(model: Model) -> Iterator[str]:
    contents = [element.content for element in model.index.elements.values()]
    for content in (*contents, *model.groups.values()):
        if content.docs:
            yield content.docs
        if isinstance(content, Container):
            yield from (file.template for file in content.files)
    for environment in model.environments.values():
        yield from (node.docs for node in environment.nodes.values() if node.docs)
