"""Docker Compose: one project for every node that runs containers under Docker Compose."""

from archdoc.outputs.compose.changes import ToRun, compose_changes
from archdoc.outputs.compose.emit import emit
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.read import (
    Facts,
    Made,
    ServiceFacts,
    document_of,
    made,
    made_for,
    port_of,
    read,
)
from archdoc.outputs.compose.read_all import read_dotenv, read_graph
from archdoc.outputs.compose.text import offered_as

__all__ = [
    "ComposeError",
    "Facts",
    "Made",
    "ServiceFacts",
    "ToRun",
    "compose_changes",
    "document_of",
    "emit",
    "made",
    "made_for",
    "offered_as",
    "port_of",
    "read",
    "read_dotenv",
    "read_graph",
]
