"""What keeps a compose file from being written."""

from __future__ import annotations

from archdoc.model import Path


class ComposeError(Exception):
    """A compose project cannot be derived from the model."""

    def __init__(
        self,
        path: Path,
        message: str,
        help_: str = "",
        word: str = "",
        inside: tuple[str, int] = ("", 0),
    ) -> None:
        super().__init__(message)
        self.path = path
        """Where in the model the reason stands."""
        self.help = help_
        self.word = word
        """The word at that place that it is about; the whole value otherwise."""
        self.template, self.line = inside
        """The mounted file that it is in, where it is in one, and its line there, from 1; `path` is
        what mounts it."""


class WrongPlaceholderError(Exception):
    """A placeholder asks for something that its element, or this project, does not have."""

    def __init__(self, message: str, help_: str = "", word: str = "") -> None:
        super().__init__(message)
        self.help = help_
        self.word = word
        """The words of the placeholder that it is about."""
