"""A page of documentation: which output can show what."""

from archdoc.outputs.feature_page.emit import emit

__all__ = ["emit"]
