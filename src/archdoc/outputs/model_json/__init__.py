"""`model.json`: the resolved model, for tools: every element, and where it runs."""

from archdoc.outputs.model_json.emit import emit
from archdoc.outputs.model_json.read import read

__all__ = ["emit", "read"]
