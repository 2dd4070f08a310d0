"""The files of a new project: a small model that can be checked, drawn and run at once."""

from archdoc.outputs.starter.emit import emit

__all__ = ["emit"]
