"""One output with one fact in it that is wrong, and how many of such a check finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mutant:
    """A spoiled file of an output folder."""

    output: str
    """What was spoiled: "C4 picture", "compose.yaml"."""
    kind: str
    """How: "arrow reversed", "version changed"."""
    path: str
    """The file's path in the output folder."""
    change: str
    """What exactly is wrong now, for whoever reads of one that was not found."""
    make: Callable[[], bytes]
    """The spoiled content; made when it is wanted, since there are thousands."""


@dataclass
class Score:
    """How many mutants were found, and which were not."""

    tried: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    survivors: list[Mutant] = field(default_factory=list)

    def add(self, mutant: Mutant, *, found: bool) -> None:
        """Count one mutant."""
        self.tried[mutant.output, mutant.kind] += 1
        if not found:
            self.survivors.append(mutant)

    def lines(self) -> Iterator[str]:
        """A table, output × kind: found of how many; then every survivor."""
        lost: dict[tuple[str, str], int] = defaultdict(int)
        for mutant in self.survivors:
            lost[mutant.output, mutant.kind] += 1
        width = max((len(kind) for _, kind in self.tried), default=0)
        for output in dict.fromkeys(output for output, _ in self.tried):
            yield output
            for (_, kind), total in sorted(i for i in self.tried.items() if i[0][0] == output):
                found = total - lost[output, kind]
                mark = "" if found == total else "  <- not all"
                yield f"  {kind:{width}} {found:5} of {total:5}{mark}"
        total = sum(self.tried.values())
        yield f"{total - len(self.survivors)} of {total} found"
        for mutant in self.survivors:
            yield f"NOT FOUND: {mutant.output}: {mutant.kind}: {mutant.path}: {mutant.change}"


def some(mutants: Iterable[Mutant], most: int) -> list[Mutant]:
    """At most so many of each output and kind, spread evenly over all of them."""
    groups: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        groups[mutant.output, mutant.kind].append(mutant)
    chosen: list[Mutant] = []
    for group in groups.values():
        number = min(most, len(group))
        chosen += (group[at * len(group) // number] for at in range(number))
    return chosen


def other_words(text: str) -> str:
    """A text that says something else: a letter or a digit of it is another one.

    Never white space or case, which no reader has to tell apart.
    """
    start = re.match(r"(?:<[a-z][^<>]*>\s*)*", text)  # a search index keeps some tags
    begin = start.end() if start else 0
    searches = (re.compile(pattern) for pattern in (r"[A-Za-z]", r"\w", r"\S"))
    found = next(filter(None, (pattern.search(text, begin) for pattern in searches)), None)
    if found is None:
        raise ValueError("nothing is said here")
    letter = "x" if found[0] not in "xX" else "z"
    return text[: found.start()] + letter + text[found.end() :]


def other_number(text: str) -> str:
    """A text in which the last number is one more: a version, a port, how many there are."""
    found = [*re.finditer(r"[0-9]+", text)][-1]
    return f"{text[: found.start()]}{int(found[0]) + 1}{text[found.end() :]}"


def has_number(text: str) -> bool:
    """Whether `other_number` can change it."""
    return re.search(r"[0-9]", text) is not None
