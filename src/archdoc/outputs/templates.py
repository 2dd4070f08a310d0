"""Where archdoc's own templates are: at a checkout's top level, or in the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).parent.parent


def folder() -> Path:
    """The folder of all templates. Raises FileNotFoundError for an incomplete installation."""
    for candidate in (_PACKAGE / "_templates", _PACKAGE.parent.parent / "templates"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("archdoc's templates are missing: install archdoc-c4 again")


@cache
def environment(output: str) -> Environment:
    """Jinja2 for the templates of one output; what a template does not know is an error.

    Nothing is escaped by Jinja2 itself: what has to be escaped, and how, differs from output to
    output, and each brings its own filters.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from archdoc.kept.templates import AsWritten, keep_compiled

    made = Environment(
        loader=FileSystemLoader(folder() / output),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - these templates write PlantUML, Markdown and dotenv
        optimized=False,
    )
    made.code_generator_class = AsWritten
    keep_compiled(made)
    return made
