"""How much the texts of a compose project may take to be rendered."""

from __future__ import annotations

_OF_A_TEXT, _OF_A_PROJECT = 1_000_000, 10_000_000
"""Characters, values and steps. A step takes a few microseconds at most."""


class TooMuchError(Exception):
    """A template would take more time or memory than it is given."""

    def __init__(self) -> None:
        super().__init__(f"too large, or too many steps: more than {_OF_A_TEXT:,}")


class Budget:
    """What is left for the texts of one project."""

    def __init__(self) -> None:
        """As much as a project may take, and no text yet that takes it."""
        self._project, self._text = _OF_A_PROJECT, 0

    def begin(self) -> None:
        """Another text is rendered."""
        self._text = _OF_A_TEXT

    def spend(self, amount: float) -> None:
        """Take something from it. Raises TooMuchError where there is not so much left."""
        if not amount <= min(self._text, self._project):
            raise TooMuchError
        self._text -= int(amount)
        self._project -= int(amount)

    def weigh(self, value: object) -> int:
        """Take what a value weighs, with all that is in it, and tell how much that was."""
        if isinstance(value, dict):
            value = [*value, *value.values()]
        if isinstance(value, list | tuple):
            self.spend(1)
            return 1 + sum(map(self.weigh, value))
        weight = 1 + len(value) if isinstance(value, str | range) else 1
        if isinstance(value, int):
            weight += value.bit_length() // 3  # about as many as its digits
        self.spend(weight)
        return weight
