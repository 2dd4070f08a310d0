"""Docker Compose: one project for every node that runs containers under Docker Compose."""

from archdoc.outputs.compose.emit import emit
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.read import Facts, ServiceFacts, as_graph, made_for, read

__all__ = ["ComposeError", "Facts", "ServiceFacts", "as_graph", "emit", "made_for", "read"]
