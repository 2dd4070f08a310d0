"""The page of `make pictures`: one file, which asks for nothing and runs nothing."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pictures.changes import Change, Shot


def page(changes: Sequence[Change]) -> str:
    """All changes, each with its pictures and the difference of its sources."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(changes=changes, data=_data)


def _data(shot: Shot) -> str:
    """A picture as an address. As an image it keeps its styles and ids to itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(shot.svg).decode()}"
