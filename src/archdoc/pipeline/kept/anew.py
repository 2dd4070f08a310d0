"""What brings a copy up to date, whatever it is called and wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.findings import Advice
from archdoc.pipeline.kept.forms import PACKED, suffix_of
from archdoc.pipeline.pictures import Source
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.report.mend import Mend

_MAIN = "compose.yaml"
_FORMATS = {".svg": "svg", ".png": "png", ".mmd": "mermaid", ".puml": "puml", ".dot": "dot"}
_OWN = {".md", ".markdown"}


def drawn(mend: Mend, source: Source, path: Path) -> str:
    """How a picture, or a diagram's text, is made anew where it lies."""
    suffix = suffix_of(path)
    command = mend.render(source.diagram.id, _FORMATS[suffix], path.parent)
    made = _made(source, suffix)
    if made in {None, path.name}:
        return command
    packed = ", packed by gzip," if path.suffix.lower() == PACKED else ""
    return Advice(f"write it anew: `{command}`, and put its {made}{packed} in place of {path.name}")


def block(mend: Mend, source: Source, page: str, text: str, before: int) -> str:
    """How a text is made anew: a file, or a page's block below `before` lines."""
    if not before:
        return drawn(mend, source, Path(page))
    folder, last = Path("diagrams"), before + text.rstrip("\n").count("\n") + 1
    format_ = _FORMATS[PurePosixPath(source.path).suffix]
    command = mend.render(source.diagram.id, format_, folder)
    where = f"lines {before + 1} to {last} of {page}"
    made = (folder / _name(source.path)).as_posix()
    return Advice(f"write it anew: `{command}`, and put {made} in place of {where}")


def inline(mend: Mend, source: Source, page: str, line: int) -> Advice:
    """How a picture is made anew that stands in a page itself, from a line on."""
    folder = Path("diagrams")
    command, made = mend.render(source.diagram.id, "svg", folder), _name(source.svg_path)
    where = f"what begins in line {line} of {page}"
    return Advice(f"write it anew: `{command}`, and put {folder / made} in place of {where}")


def by_mermaid(mend: Mend, source: Source, path: Path) -> Advice:
    """How a picture that Mermaid drew is made anew."""
    command = mend.render(source.diagram.id, "mermaid", path.parent)
    made = _name(source.path)
    return Advice(
        f"write its text anew: `{command}`, and have Mermaid draw {path.name} from {made}"
    )


def copied(mend: Mend, made_as: str = "") -> Advice:
    """How a file is made anew that a build makes, and no other command where it lies."""
    which = f": {made_as}" if made_as else ""
    return Advice(f"copy it anew from the output folder of `{mend.build()}`{which}")


def project(
    mend: Mend, said: tuple[str, str | None], path: Path, made_as: str, nodes: Iterable[str]
) -> str:
    """How a file of a compose project is made anew, whose compose file is at a path.

    A project that was taken out of several is copied: the command would write the others, too.
    """
    environment, node = said
    if node is None:
        return mend.compose(environment, path.parent if path.name == _MAIN else path)
    top = path.parent.parent
    is_whole = all((top / other / _MAIN).exists() for other in nodes)
    if (path.parent.name, path.name) == (node, _MAIN) and is_whole:
        return mend.compose(environment, top)
    return copied(mend, made_as)


def by_name(mend: Mend, expected: Expected, path: Path) -> str:
    """How a file is made anew of which only the name is known."""
    suffix = suffix_of(path)
    if suffix in _OWN:
        return Advice("it is a page of your own: mend it, or name another file")
    if not suffix and not path.is_file():
        return mend.build(path)
    if suffix in _FORMATS:
        for source in expected.sources:
            if _made(source, suffix) == path.name:
                return drawn(mend, source, path)
    return copied(mend, MODEL_JSON if path.name == MODEL_JSON else "")


def _made(source: Source, suffix: str) -> str | None:
    """The name of the file that a view gets in a format; None where it has none."""
    if suffix not in {".svg", ".png"}:
        return _name(source.path) if source.path.endswith(suffix) else None
    path = (source.png_path if suffix == ".png" else source.svg_path) if source.is_drawn else None
    return _name(path) if path else None


def _name(path: str) -> str:
    return PurePosixPath(path).name
