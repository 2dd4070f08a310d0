"""The reference page of the keys that a model may have."""

from archdoc.outputs.key_page.emit import emit

__all__ = ["emit"]
