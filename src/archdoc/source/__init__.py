"""YAML files → `Model`, with the place of every key and value, or diagnostics."""

from archdoc.source.files import shown
from archdoc.source.load import Loaded, SourceError, load_model
from archdoc.source.validate import Locations

__all__ = ["Loaded", "Locations", "SourceError", "load_model", "shown"]
