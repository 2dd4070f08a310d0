"""The known word that somebody most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MANY = 500


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The nearest of some words, if one is near.

    Among very many, only those of about the same length that share an end are looked at: comparing
    with all of them would take longer than a person wants to wait for a hint.
    """
    words = list(known)
    if len(words) > _MANY:
        words = [
            other
            for other in words
            if abs(len(other) - len(word)) <= 2 and {other[:1], other[-1:]} & {word[:1], word[-1:]}
        ][:_MANY]
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return close[0]
    return next((other for other in words if _is_alike(word.casefold(), other.casefold())), None)


def _is_alike(word: str, other: str) -> bool:
    """Whether two words are one but for case, or short ones but for the order: `bd` for `db`."""
    return word == other or (len(word) <= 3 and sorted(word) == sorted(other))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A label that offers the nearest known word; empty if none is near."""
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close else ""
