"""One build: from a checked model to everything that archdoc makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from archdoc.pipeline.beside import is_main, read_instead
from archdoc.pipeline.make import STOPPING, BuildError, Made, make, reason
from archdoc.pipeline.pictures import Progress
from archdoc.pipeline.site import Ahead, SitePart, left_alone, site_part
from archdoc.pipeline.spared import spare_what_is_not_ours
from archdoc.pipeline.tree import MANIFEST, Change, Manifest, read_manifest, update
from archdoc.render import Early
from archdoc.report import Diagnostic, Severity, in_order
from archdoc.site import Engine
from archdoc.source import Loaded

_LEFT = Diagnostic(
    "missing-engine",
    "the site was left as it is: without the package it would lose pictures",
    severity=Severity.WARNING,
    help="install it, or build into another folder",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    folder: Path
    pictures: int
    rendered: int
    """How many pictures an engine drew; the others were in the cache, or failed."""
    not_drawn: int
    """How many pictures failed."""
    made: Made
    """What a next build may take over."""
    changes: Mapping[str, Change]
    """What was written or removed or, of a build that only looks, what would have been."""
    problems: tuple[Diagnostic, ...] = ()
    """What failed without stopping the rest: pictures, links; what Compose reads beside ours."""
    unseen: frozenset[str] = frozenset()
    """What is there of an earlier build, and was not looked at: `site`, `pages`."""

    @property
    def changed(self) -> int:
        """How many files were written or removed, but for the manifest."""
        return len(self.changes.keys() - {MANIFEST})

    @property
    def failed(self) -> bool:
        """Whether anything that should be in the folder is not."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def build(  # noqa: PLR0913 - each is a choice of its own, and has a usual value
    loaded: Loaded,
    folder: Path,
    *,
    with_site: bool = True,
    as_pages: bool = False,
    writes: bool = True,
    progress: Progress = lambda *_: None,
    begin: Callable[[str], None] = lambda _: None,
    early: Early | None = None,
    engine: Engine | None = None,
    made: Made | None = None,
) -> Report:
    """Bring `folder` up to date with the model. Raises BuildError; then nothing was written.

    It is raised, too, where a file would be lost that archdoc did not make. A picture that cannot
    be drawn stays as it is in `folder`, where it was drawn from the same text.

    With `as_pages`, what a site engine builds the site of is written in its place. Without `writes`
    it only finds out what that would change, and leaves the folder alone; so, without `with_site`,
    it lets be what is there of a site. `begin` is called with a
    few words whenever the next stage begins. `early` is a Java that may be running, and an `engine`
    that has built the site before is quicker than a new one. `made` is what an earlier build made,
    where nothing of the model was saved since.
    """
    try:
        begin("Drawing")
        with Ahead(loaded, engine, wanted=with_site and not as_pages) as ahead:
            made = made or make(loaded, progress, early, ahead.prepare, ahead.drawn, last=folder)
            site = SitePart() if writes or with_site else left_alone(folder)
            if with_site and _would_lose_pictures(made, folder, "pages/" if as_pages else "site/"):
                site = replace(left_alone(folder), problems=(_LEFT,))
            elif with_site:
                begin("Writing the pages" if as_pages else "Building the site")
                site = site_part(
                    loaded, made, folder, as_pages=as_pages, anew=not writes, engine=ahead.engine
                )
        kept = _with_untold(site.kept, made, folder)
        todo = update(folder, {**made.artefacts, **site.artefacts}, kept, site.inputs)
        spare_what_is_not_ours(todo)
        if writes:
            todo.apply()
        else:
            todo = todo.but_for_ends_of_lines()
            todo.refuse_links()
    except STOPPING as error:
        raise BuildError(reason(error)) from error
    severity = Severity.WARNING if writes else Severity.ERROR
    mains = (folder / path for path in made.artefacts if is_main(path))
    beside = [finding for main in mains for finding in read_instead(main, severity)]
    return Report(
        folder,
        pictures=sum(source.is_drawn for source in made.wanted),
        rendered=made.drawn.rendered,
        not_drawn=len(made.drawn.failures),
        made=made,
        changes=todo.changes,
        problems=tuple(in_order([*made.problems, *site.problems, *beside])),
        unseen=frozenset(path.partition("/")[0] for path in site.kept.files if not with_site),
    )


def _would_lose_pictures(made: Made, folder: Path, root: str) -> bool:
    """Whether pages there show pictures that cannot be made without a package."""
    there = (path for path in read_manifest(folder).files if path.startswith(root))
    return any(path in made.untold for path in there)


def _with_untold(kept: Manifest, made: Made, folder: Path) -> Manifest:
    """What stays, with files of which nobody can say here whether they should be otherwise."""
    there = read_manifest(folder).files
    untold = {path: entry for path, entry in there.items() if path in made.untold}
    return replace(kept, files={**untold, **kept.files})
