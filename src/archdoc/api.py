"""archdoc from Python: load, check and write models. `import archdoc` offers all of it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from archdoc.model import Model
from archdoc.outputs import model_yaml
from archdoc.pipeline import check as check_loaded
from archdoc.pipeline import check_path
from archdoc.report import Diagnostic
from archdoc.report.masking import alike
from archdoc.rules import unsaid
from archdoc.source import Loaded, Locations, SourceError, load_model, project_of


class ModelError(ValueError):
    """A model that cannot be loaded. Its text says all that is wrong, with places."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        from archdoc.report.text import full

        super().__init__(full(diagnostics))
        self.diagnostics = diagnostics
        """The same as values, sorted by place."""


def load(path: str | PathLike[str]) -> Model:
    """The model in a file or a folder, with everything that it includes and extends.

    Raises ModelError where the files do not have a model's form. What the rules find is not looked
    for here: `check` does that.
    """
    try:
        return load_model(Path(path)).model
    except SourceError as error:
        raise ModelError(tuple(alike(map(unsaid, error.diagnostics)))) from None


def check(
    model: Model | str | PathLike[str], folder: str | PathLike[str] = "."
) -> list[Diagnostic]:
    """All that is wrong with a model, or with the model at a path, sorted; empty: nothing.

    Findings about a model built in Python have no place in a file: their `subject` is the path of
    the value, such as `systems.app.containers.web`. `folder` is what the files that such a model
    names are relative to.
    """
    if isinstance(model, Model):
        root = Path(folder)
        return check_loaded(Loaded(model, Locations(), ((root, project_of(root)),)))
    return check_path(Path(model))[1]


def dump(model: Model) -> str:
    """The model as YAML, from which `load` makes an equal one."""
    return model_yaml.emit(model)
