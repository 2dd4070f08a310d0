"""The reference page of the command line."""

from archdoc.outputs.command_page.emit import emit

__all__ = ["emit"]
