"""The whole way from a path to a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archdoc.model import Model
from archdoc.report import Diagnostic, in_order
from archdoc.source.extends import resolve_extends
from archdoc.source.files import combine, model_files, read_tree
from archdoc.source.validate import Locations, validate


class SourceError(Exception):
    """A model that cannot be loaded; `diagnostics` is all that is wrong with it."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} findings")
        self.diagnostics = tuple(in_order(diagnostics))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model, and where it came from."""

    model: Model
    locations: Locations
    root: Path
    """The folder that the model's own files, such as templates, are relative to."""
    files: tuple[Path, ...]

    def read_template(self, name: str) -> str:
        """A template's text, by its path relative to `root`.

        Raises OSError where it cannot be read, and ValueError where it leads out of the folder or
        is not UTF-8.
        """
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ValueError(f"{name} leads out of the model's folder")
        return path.read_text("utf-8")


def load_model(path: Path) -> Loaded:
    """Load the model in a file or a folder. Raises SourceError with everything that is wrong."""
    files, problems = model_files(path)
    trees = []
    for file in files:
        tree, wrong = read_tree(file)
        problems += wrong
        if tree is not None:
            trees.append(tree)
    if not trees or problems:
        raise SourceError(problems)
    combined, twice = combine(trees)
    tree, wrong = resolve_extends(combined)
    model, invalid = validate(tree)
    if model is None or twice or wrong:
        raise SourceError([*twice, *wrong, *invalid])
    root = path if path.is_dir() else path.parent
    return Loaded(model, Locations(tree), root, tuple(files))
