"""YAML files → `Model`, with the place of every key and value, or diagnostics."""

from archdoc.source.decisions import body_of, read_decisions
from archdoc.source.files import checkout_around, project_of, shown
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
    "body_of",
    "checkout_around",
    "load_model",
    "project_of",
    "read_decisions",
    "schema",
    "schema_text",
    "shown",
]
