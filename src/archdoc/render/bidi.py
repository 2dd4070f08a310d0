"""In which order letters stand that are read from the right (Unicode's UAX 9).

Names of rules are those of that text. Marks that embed or isolate a piece of a text are not heeded.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from itertools import groupby

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_AS_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""What a neutral letter sees beside itself (N0 and N1)."""
_TURNING = {"R", "AL", "AN"}
"""Without any of them a text stands as it is written."""
_IGNORED = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"}
_ISOLATES = {"LRI", "RLI", "FSI", "PDI"}
_DEEP = {"L": {"L": 0, "R": 1, "EN": 2, "AN": 2}, "R": {"L": 2, "R": 1, "EN": 2, "AN": 2}}
_OPEN_AT_ONCE = 63
"""Of more brackets none are pairs (BD16)."""


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read from the right (P2 and P3)."""
    directions = (_STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next(filter(None, directions), "L") == "R"


def levels(text: str) -> list[int]:
    """How deep each letter stands: odd numbers are read from the right."""
    names = [unicodedata.bidirectional(letter) or "L" for letter in text]
    if _TURNING.isdisjoint(names):
        return [0] * len(text)
    base = "R" if is_right_to_left(text) else "L"
    heeded = [place for place, name in enumerate(names) if name not in _IGNORED]
    kinds = [names[place] for place in heeded]
    _resolve_weak(kinds, base)
    _resolve_brackets([text[place] for place in heeded], kinds, base)
    _resolve_neutral(kinds, base)
    deep = dict(zip(heeded, (_DEEP[base][kind] for kind in kinds), strict=True))
    found: list[int] = []
    for place in range(len(text)):
        found.append(deep.get(place, found[-1] if found else _DEEP[base][base]))
    return _with_blank_ends(found, names, _DEEP[base][base])


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


def _resolve_weak(kinds: list[str], base: str) -> None:
    """Marks and what belongs to numbers (W1 to W7). Changes `kinds`: to L, R, EN, AN and others."""
    before = base
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = "ON" if before in _ISOLATES else before
        before = kinds[place]
    strong = base
    for place, kind in enumerate(kinds):
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _resolve_separators(kinds)
    strong = base
    for place, kind in enumerate(kinds):
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "L":
            kinds[place] = "L"


def _resolve_separators(kinds: list[str]) -> None:
    """What is inside a number and beside it is part of it, else it is neutral (W4 to W6)."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and (kind, after) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[place] = after
    start = 0
    for kind, group in groupby(kinds.copy()):
        end = start + len(list(group))
        if kind == "ET":
            beside = {*kinds[max(start - 1, 0) : start], *kinds[end : end + 1]}
            kinds[start:end] = ["EN" if "EN" in beside else "ON"] * (end - start)
        elif kind in {"ES", "CS"}:
            kinds[start:end] = ["ON"] * (end - start)
        start = end


def _resolve_brackets(letters: list[str], kinds: list[str], base: str) -> None:
    """Pairs of brackets have one direction: that of what is in them (N0). Changes `kinds`."""
    for opens, closes in sorted(_pairs(letters, kinds)):
        inside = {_AS_STRONG.get(kind) for kind in kinds[opens + 1 : closes]} - {None}
        if not inside:
            continue
        found = base
        if base not in inside:
            before = (_AS_STRONG.get(kind) for kind in reversed(kinds[:opens]))
            found = next(filter(None, before), base)
        for place in (opens, closes):
            kinds[place] = found
            for mark in range(place + 1, len(letters)):
                if unicodedata.bidirectional(letters[mark]) != "NSM":
                    break
                kinds[mark] = found


def _pairs(letters: list[str], kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Where brackets that belong together stand (BD16)."""
    waiting: list[tuple[str, int]] = []
    for place, letter in enumerate(letters):
        if kinds[place] != "ON" or not unicodedata.mirrored(letter):
            continue
        if closing := _closing(letter):
            if len(waiting) == _OPEN_AT_ONCE:
                return
            waiting.append((closing, place))
            continue
        said = unicodedata.normalize("NFC", letter)
        depth = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == said), None)
        if depth is not None:
            yield waiting[depth][1], place
            del waiting[depth:]


@functools.cache
def _closing(letter: str) -> str:
    """The bracket that closes one; empty for what opens none. They are near each other."""
    if unicodedata.category(letter) != "Ps":
        return ""
    beside = (chr(ord(letter) + step) for step in (1, 2))
    found = next((other for other in beside if unicodedata.category(other) == "Pe"), "")
    return unicodedata.normalize("NFC", found)


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """What has no direction has that of what stands on both sides, else the text's (N1 and N2)."""
    start, before = 0, base
    groups = [(kind, len(list(group))) for kind, group in groupby(kinds, _AS_STRONG.get)]
    for number, (kind, size) in enumerate(groups):
        if kind is None:
            after = groups[number + 1][0] if number + 1 < len(groups) else base
            kinds[start : start + size] = [before if before == after else base] * size
        else:
            before = kind
        start += size


def _with_blank_ends(deep: list[int], names: list[str], base: int) -> list[int]:
    """Blanks at the end of a line, and before a gap, stand as the whole text does (L1)."""
    found, at_end = deep.copy(), True
    for place in range(len(deep) - 1, -1, -1):
        name = names[place]
        at_end = name in {"S", "B"} or (at_end and name in {"WS", *_IGNORED, *_ISOLATES})
        if at_end:
            found[place] = base
    return found
