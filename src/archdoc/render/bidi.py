"""In which order letters stand that are read from the right (a shorter form of UAX 9)."""

from __future__ import annotations

import unicodedata
from itertools import groupby

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_BETWEEN_DIGITS = {"ES", "CS"}


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read from the right (P2 and P3)."""
    directions = (_STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next(filter(None, directions), "L") == "R"


def levels(text: str) -> list[int]:
    """How deep each letter stands: odd numbers are read from the right (W1 to N2, I1 and I2)."""
    base = "R" if is_right_to_left(text) else "L"
    kinds = _without_neutrals(_kinds(text, base), base)
    deep = {"L": 2, "R": 1, "N": 2} if base == "R" else {"L": 0, "R": 1, "N": 2}
    return [deep[kind] for kind in kinds]


def in_visual_order(pieces: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Pieces of a text with their levels, as they stand from the left (L2)."""
    for deepest in range(max((level for level, _ in pieces), default=0), 0, -1):
        inside = [level >= deepest for level, _ in pieces]
        ordered: list[tuple[int, str]] = []
        for turned, group in groupby(zip(inside, pieces, strict=True), lambda pair: pair[0]):
            found = [piece for _, piece in group]
            ordered += reversed(found) if turned else found
        pieces = ordered
    return pieces


def _kinds(text: str, base: str) -> list[str]:
    """L and R; N for numbers after letters read from the right; else nothing."""
    kinds: list[str] = []
    strong = base
    names = [unicodedata.bidirectional(letter) for letter in text]
    for place, name in enumerate(names):
        strong = _STRONG.get(name, strong)
        beside = set(names[max(place - 1, 0) : place + 2 : 2]) if place else set()
        if name in {"NSM", "BN"} and kinds:
            kinds.append(kinds[-1])
        elif name in {"EN", "AN"} or (name in _BETWEEN_DIGITS and beside == {"EN"}):
            kinds.append("N" if strong == "R" else "L")
        else:
            kinds.append(_STRONG.get(name, ""))
    return kinds


def _without_neutrals(kinds: list[str], base: str) -> list[str]:
    """What has no direction has that of what stands on both sides of it, else the text's."""
    found: list[str] = []
    before = base
    for kind, group in groupby(kinds):
        size = len(list(group))
        if kind:
            found += [kind] * size
            before = "R" if kind == "N" else kind
            continue
        after = next(filter(None, kinds[len(found) + size :]), base)
        found += [before if before == ("R" if after == "N" else after) else base] * size
    return found
