"""What mkdocs does anew for each site, although it is the same for all: the work for a theme.

Templates are compiled once, and kept. Folders whose names begin with a dot hold nothing that mkdocs
would take, so nobody looks for it there: mkdocs-material has ten thousand icons in one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2

from archdoc.kept.templates import keep_compiled


def quicken(theme: Any) -> None:
    """Let mkdocs's theme give an environment of templates that are kept compiled."""
    make = theme.get_env

    def quick() -> jinja2.Environment:
        made: jinja2.Environment = make()
        made.loader = _Loader(theme.dirs)
        keep_compiled(made)
        return made

    theme.get_env = quick


class _Loader(jinja2.FileSystemLoader):
    def list_templates(self) -> list[str]:
        found = {
            Path(folder, name).relative_to(root).as_posix()
            for root in self.searchpath
            for folder, names in _shown(Path(root))
            for name in names
        }
        return sorted(found)


def _shown(root: Path) -> Iterator[tuple[str, list[str]]]:
    """The folders below one, with their files, but for those that are hidden."""
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield folder, names
