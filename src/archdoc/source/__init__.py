"""YAML files → `Model`, with the place of every key and value, or diagnostics."""

from archdoc.source.files import project_of, shown
from archdoc.source.ignores import Ignore
from archdoc.source.load import Loaded, SourceError, load_model
from archdoc.source.locations import Locations
from archdoc.source.schema import schema, schema_text
from archdoc.source.validate import Validated

__all__ = [
    "Ignore",
    "Loaded",
    "Locations",
    "SourceError",
    "Validated",
    "load_model",
    "project_of",
    "schema",
    "schema_text",
    "shown",
]
