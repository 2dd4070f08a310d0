"""What keeps a compose file from being written."""

from __future__ import annotations

from archdoc.model import Path


class ComposeError(Exception):
    """A compose project cannot be derived from the model."""

    def __init__(self, path: Path, message: str, help_: str = "", word: str = "") -> None:
        super().__init__(message)
        self.path = path
        """Where in the model the reason stands."""
        self.help = help_
        self.word = word
        """The word at that place that it is about; the whole value otherwise."""
