"""Which file a page means by the address of a picture."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_FILLED_IN = re.compile(r"\{\{|\{%|[$<>]")
"""What a program fills in before anybody sees the page."""


def file_at(page: Path, address: str) -> Path | None:
    """The file that a page shows: beside it, or under the folder from which its site begins.

    HTML in a page may count from the page's own folder on a site. Where nothing is, the first of
    the places is told; None for what may be anywhere, and for what is outside of the project.
    """
    if not address or "\0" in address or _ELSEWHERE.match(address):
        return None
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
    if path.startswith("/"):
        places = [folder / path.lstrip("/") for folder in page.absolute().parents]
    else:
        places = [page.parent / path, page.parent / page.stem / path]
    project = _project(page)
    near = [place for place in map(_normal, places) if _is_within(project, place)]
    found = next((place for place in near if os.path.lexists(place)), None)
    is_told = near and not path.startswith("/") and not _FILLED_IN.search(path)
    return found or (near[0] if is_told and near[0] == _normal(places[0]) else None)


def _normal(path: Path) -> Path:
    """A path without `..`: on a site, a page's own folder need not be one of the project's."""
    return Path(os.path.normpath(path))


def _project(page: Path) -> str:
    """The folder that Git keeps, in which a page is; else the working directory, or everything."""
    folders = Path(os.path.realpath(page)).parents
    kept = next((folder for folder in folders if (folder / ".git").exists()), None)
    here = Path(os.path.realpath("."))
    return str(kept or (here if here in folders else folders[-1]))


def _is_within(project: str, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(project)
