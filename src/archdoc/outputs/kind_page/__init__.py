"""A page of documentation: the kinds of deployment node."""

from archdoc.outputs.kind_page.emit import emit

__all__ = ["emit"]
