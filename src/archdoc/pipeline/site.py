"""The site's part of a build: its pages, and what an engine makes of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from archdoc.outputs.compose import offered_as
from archdoc.pipeline.docs import decisions_beside, read_docs
from archdoc.pipeline.make import STOPPING, BuildError, Made, make, missing, reason
from archdoc.pipeline.tree import Artefact, Manifest, read_manifest
from archdoc.pipeline.untrusted import hash_of
from archdoc.report import Diagnostic
from archdoc.site import Content, Engine, Figure, SiteError, Staged, build_site, exported, stage
from archdoc.source import Loaded


@dataclass(frozen=True, slots=True)
class SitePart:
    """Files of the output folder."""

    artefacts: Mapping[str, Artefact] = field(default_factory=dict)
    kept: Manifest = field(default_factory=Manifest)
    """What an earlier build wrote and is still right."""
    inputs: str = ""
    """Digest of all that it was made from, and of its files."""
    problems: tuple[Diagnostic, ...] = ()


def content_of(loaded: Loaded, made: Made) -> tuple[Content, list[Diagnostic]]:
    """All that pages may show, and what of the project's own texts cannot be read."""
    docs, unread = read_docs(loaded)
    decisions, wrong = decisions_beside(loaded)
    compose = {environment: made.compose(environment) for environment in loaded.model.environments}
    content = Content(loaded.model, made.figures, compose, docs, loaded.bases, decisions)
    return content, [*unread, *wrong]


def downloads_of(made: Made) -> dict[str, bytes]:
    """What pages offer to download: path under the site's root → file."""
    return {
        offered_as(path): artefact.content
        for path, artefact in made.artefacts.items()
        if path.startswith(("diagrams/", "compose/"))
    }


@dataclass(frozen=True, slots=True)
class StagedSite:
    """A site before any engine."""

    content: Content
    staged: Staged
    problems: tuple[Diagnostic, ...]
    """What failed without stopping the rest."""


def stage_site(loaded: Loaded, docs: Path) -> StagedSite:
    """All pages, with pictures, for a project whose own pages are in `docs`.

    Nothing is written. Raises BuildError.
    """
    try:
        made = make(loaded)
    except STOPPING as error:
        raise BuildError(reason(error)) from error
    content, unread = content_of(loaded, made)
    staged = stage(content, loaded.home, downloads_of(made), docs)
    return StagedSite(content, staged, (*made.problems, *unread, *staged.problems))


class Ahead:
    """Makes the pages of a site while engines draw their pictures, which are put in at the end."""

    def __init__(self, loaded: Loaded, engine: Engine | None, *, wanted: bool) -> None:
        """`engine` is one that its owner keeps; without it, there is one for this site alone."""
        self._loaded = loaded
        self._wanted = wanted and (engine is None or engine.is_new)
        self._own: Engine | None = None
        self.engine = engine
        """The one that builds the site; None: a new one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._own.close()

    def prepare(self, made: Made) -> None:
        """Begin, with blanks in place of pictures."""
        if not self._wanted:
            return
        if self.engine is None:
            self.engine = self._own = Engine()
        prepare(self._loaded, made, self.engine)

    def drawn(self, figure: Figure) -> None:
        """Put one picture into its pages already, where they are written."""
        if self._wanted and self.engine and (written := self.engine.written):
            written.ahead(figure)


def prepare(loaded: Loaded, made: Made, engine: Engine) -> None:
    """Let an engine be quick with a site that has all but other pictures."""
    content, _ = content_of(loaded, made)
    engine.prepare(stage(content, loaded.home, downloads_of(made)))


def site_part(  # noqa: PLR0913 - each is a choice of its own, and has a usual value
    loaded: Loaded,
    made: Made,
    folder: Path,
    *,
    as_pages: bool = False,
    anew: bool = False,
    engine: Engine | None = None,
) -> SitePart:
    """The site, unless that in `folder` was made from the same; or what engines build it of.

    `anew` believes nothing that is there. An `engine` that has built the site before is quicker
    than a new one.
    """
    content, unread = content_of(loaded, made)
    before = engine.written if engine else None
    staged = stage(content, loaded.home, downloads_of(made), before=before)
    problems = (*unread, *staged.problems)
    if as_pages:
        return _pages(staged, folder, problems)
    return _built(staged, folder, problems, engine, anew=anew)


def _pages(staged: Staged, folder: Path, problems: tuple[Diagnostic, ...]) -> SitePart:
    try:
        files = exported(staged, folder / "pages")
    except SiteError as error:
        return SitePart(problems=(*problems, missing(error)))
    artefacts = {f"pages/{path}": Artefact(content, "site") for path, content in files.items()}
    return SitePart(artefacts, problems=problems)


def left_alone(folder: Path) -> SitePart:
    """What an earlier build made of the site, for one that only looks at the rest."""
    before = read_manifest(folder)
    there = {p: entry for p, entry in before.files.items() if p.startswith(("site/", "pages/"))}
    return SitePart(kept=Manifest(there), inputs=before.site_inputs)


def _built(
    staged: Staged,
    folder: Path,
    problems: tuple[Diagnostic, ...],
    engine: Engine | None,
    *,
    anew: bool,
) -> SitePart:
    before = read_manifest(folder)
    there = {path: entry for path, entry in before.files.items() if path.startswith("site/")}
    if not anew and _is_current(folder, before, staged.digest):
        return SitePart({}, Manifest(there), before.site_inputs, problems)
    try:
        built = engine.build(staged) if engine else build_site(staged)
    except SiteError as error:
        # The last good site stays; without a digest, the next build tries anew.
        return SitePart({}, Manifest(there), "", (*problems, missing(error)))
    artefacts = {f"site/{path}": Artefact(c, "site") for path, c in built.files.items()}
    # A site that the engine complained of is built anew next time, so that it complains again.
    hashes = {path: artefact.sha256 for path, artefact in artefacts.items()}
    inputs = "" if built.problems else _seal(staged.digest, hashes)
    return SitePart(artefacts, Manifest(), inputs, (*problems, *built.problems))


def _is_current(folder: Path, manifest: Manifest, inputs: str) -> bool:
    """Whether the site in `folder` was made from these inputs and is still as it was written."""
    listed = manifest.files.items()
    hashes = {path: digest for path, (digest, _) in listed if path.startswith("site/")}
    return (
        manifest.site_inputs == _seal(inputs, hashes) != ""
        and hashes.keys() == _files_below(folder, "site")
        and all(hash_of(folder / path) == digest for path, digest in hashes.items())
    )


def _seal(inputs: str, hashes: Mapping[str, str]) -> str:
    """Digest of all that a site was made from, and of its files; empty where that is unknown.

    A manifest of which somebody edited what it says of the files has another.
    """
    said = json.dumps([inputs, sorted(hashes.items())])
    return hashlib.sha256(said.encode()).hexdigest() if inputs else ""


def _files_below(folder: Path, name: str) -> set[str]:
    """The paths of all files in a folder of the output folder."""
    found = (Path(at, file) for at, _, files in os.walk(folder / name) for file in files)
    return {path.relative_to(folder).as_posix() for path in found}
