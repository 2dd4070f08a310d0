"""A page of documentation for every rule, and one that lists them."""

from archdoc.outputs.rule_pages.emit import emit

__all__ = ["emit"]
