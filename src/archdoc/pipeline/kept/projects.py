"""Compose files that stand somewhere else, with what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from archdoc.outputs.compose import made_for, offered_as
from archdoc.pipeline.beside import is_main, mains_beside, read_instead
from archdoc.pipeline.kept import anew, files, findings
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.guard import guarded
from archdoc.pipeline.kept.marks import site_around
from archdoc.pipeline.kept.told import GoneError, UnknownError
from archdoc.pipeline.untrusted import read_whole, shown
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend

MAIN = "compose.yaml"
_Project = tuple[str, str | None]
"""An environment, and which of its several projects it is."""


@dataclass(frozen=True)
class Projects:
    """The compose files at the places that are looked at."""

    expected: Expected
    mend: Mend
    _seen: dict[tuple[Path, str], set[str]] = field(default_factory=dict)
    """The folder and the environment of several projects → those that have been looked at."""

    def check(self, path: Path, content: bytes) -> Iterator[Diagnostic]:
        """A compose file, and what lies beside it. Raises UnknownError and GoneError."""
        said = made_for(content)
        if said is None:
            yield self._headless(path)
            return
        environment, node = said
        every = self._every.get(said)
        if every is None:
            raise GoneError("remove it: the model has no such project any more")
        place = path.absolute().parent.name
        if node and place != node and (environment, place) in self._every:
            again = self.mend.compose(environment, _above(path.parent))
            yield findings.misplaced(shown(path), node, again)
            return
        if node and place == node:
            self._seen.setdefault((_above(path.parent), environment), set()).add(node)
        yield from self._all(path, said, every)
        yield from read_instead(path)

    def lost(self) -> Iterator[Diagnostic]:
        """Projects of an environment that are not there, beside others that are."""
        for (folder, environment), seen in self._seen.items():
            nodes = {node for env, node in self._every if env == environment and node}
            mains = (folder / node / MAIN for node in sorted(nodes - seen))
            for main in mains:
                if not mains_beside(main):
                    again = self.mend.compose(environment, folder)
                    yield findings.missing(shown(main), again)

    @cached_property
    def _every(self) -> Mapping[_Project, Mapping[str, str]]:
        """The files of each project: path beside its compose file → path in the output folder."""
        found: dict[_Project, Mapping[str, str]] = {}
        texts = self.expected.texts
        for main in filter(is_main, texts):
            start = main.removesuffix(MAIN)
            said = made_for(texts[main])
            if said:
                found[said] = {p.removeprefix(start): p for p in texts if p.startswith(start)}
        return found

    def _all(self, path: Path, said: _Project, every: Mapping[str, str]) -> Iterator[Diagnostic]:
        nodes = [node for environment, node in self._every if environment == said[0] and node]
        in_site = site_around(path) is not None
        for file, made_as in every.items():
            there = offered_as(file) if in_site else file
            kept = path if file == MAIN else path.parent / there
            again = anew.project(self.mend, said, path, made_as, nodes)
            yield from guarded(shown(kept), again, partial(self._one, kept, made_as, again))

    def _one(self, path: Path, made_as: str, again: str) -> Iterator[Diagnostic]:
        """A file of a project, which may not be there."""
        try:
            content = read_whole(path)
        except FileNotFoundError:
            return iter([findings.missing(shown(path), again)])
        return check_text(self.expected, shown(path), made_as, content, again)

    def _headless(self, path: Path) -> Diagnostic:
        """A compose file that does not say what it was made for, and lies where one of ours did."""
        project = self._beside(path) if path in mains_beside(path) else None
        if project is None:
            raise UnknownError(
                "it does not begin with the comment that archdoc's compose files have"
            )
        environment, node = project
        again = self.mend.compose(environment, _above(path.parent) if node else path.parent)
        reason = (
            "its first comment is gone, which says what it was made for; "
            f"beside it lie files of environment `{environment}`"
        )
        return findings.unreadable(shown(path), reason, again)

    def _beside(self, path: Path) -> _Project | None:
        """The project whose other files lie beside a compose file, and nothing else is of it."""
        others = (p for p in path.parent.iterdir() if p.suffix in {".yaml", ".yml"})
        if any(made_for(_content(other)) for other in others):
            return None
        most = {project: self._same(path.parent, every) for project, every in self._every.items()}
        best = max(most, key=most.__getitem__, default=None)
        return best if best and most[best] else None

    def _same(self, folder: Path, every: Mapping[str, str]) -> int:
        """How many of a project's other files are as they were made; none where one is missing."""
        kept = {as_: folder / file for file, as_ in every.items() if file != MAIN}
        if not all(place.is_file() for place in kept.values()):
            return 0
        texts = self.expected.texts
        return sum(_content(place).strip() == texts[as_].strip() for as_, place in kept.items())


def check_text(
    expected: Expected, name: str, made_as: str, content: bytes, again: str
) -> Iterator[Diagnostic]:
    """A text of which all of the content is known."""
    try:
        wrong = files.text_differences(made_as, content, expected)
        text, wanted = files.as_text(content), expected.texts[made_as].decode()
    except ValueError as error:
        yield findings.unreadable(name, error, again)
        return
    places = files.places(name, text, wanted)
    yield from findings.stale(name, wrong, again, places)
    if places and not wrong:
        yield findings.other(name, again, places[0])


def _above(folder: Path) -> Path:
    return folder.parent if folder.name not in {"", ".."} else folder / ".."


def _content(path: Path) -> bytes:
    try:
        return read_whole(path).replace(b"\r\n", b"\n")
    except (OSError, ValueError):
        return b""
