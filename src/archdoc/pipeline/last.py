"""Pictures of the last build, which stay where they cannot be drawn anew.

What they say of themselves tells whether they were drawn from what would be drawn now.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archdoc.pipeline.pictures import Drawn, Source
from archdoc.pipeline.untrusted import read_whole
from archdoc.render import Picture


def with_last(drawn: Drawn, wanted: Iterable[Source], folder: Path | None) -> Drawn:
    """The same, with pictures in the output folder for what failed; it stays a failure."""
    if folder is None or not drawn.failures:
        return drawn
    failed = (source for source in wanted if source.name in drawn.failures)
    found = {source.name: _last(source, folder) for source in failed}
    kept = {name: picture for name, picture in found.items() if picture is not None}
    return replace(drawn, pictures={**drawn.pictures, **kept})


def _last(source: Source, folder: Path) -> Picture | None:
    """The picture of a source that is there; pixels only go with it where they are right, too."""
    # Heavy, and only needed where something failed.
    from archdoc.pipeline.kept.files import picture_differences

    svg = _current(source, folder / source.svg_path)
    if svg is None:
        return None
    with suppress(ValueError):
        # A seal is no signature: what is shown and loaded is read as well.
        if not picture_differences(source, svg):
            png = _current(source, folder / source.png_path) if source.png_path else None
            return Picture(source.name, svg, png, fresh=False)
    return None


def _current(source: Source, file: Path) -> bytes | None:
    """A file that says that it was drawn from this text, and was not edited."""
    from archdoc.pipeline.kept.files import unlike

    try:
        content = read_whole(file)
        return None if unlike(source, content) else content
    except (OSError, ValueError):
        return None
