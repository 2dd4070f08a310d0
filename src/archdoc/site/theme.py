"""What mkdocs does anew for each site, although it is the same for all: the work for a theme.

Templates are compiled once, and kept. Folders whose names begin with a dot hold nothing that mkdocs
would take, so nobody looks for it there: mkdocs-material has ten thousand icons in one.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from archdoc.render import Cache, default_folder
from archdoc.render.cache import key_of


def quicken(theme: Any) -> None:
    """Let mkdocs's theme give an environment of templates that are kept compiled."""
    make = theme.get_env

    def quick() -> jinja2.Environment:
        made: jinja2.Environment = make()
        made.loader = _Loader(theme.dirs)
        keep_compiled(made)
        return made

    theme.get_env = quick


def keep_compiled(environment: jinja2.Environment) -> None:
    """Read templates that were compiled before, where nobody else could have written them."""
    cache = Cache(default_folder(os.environ)).programs
    if cache is not None:
        environment.bytecode_cache = _Compiled(cache, environment)


class _Compiled(jinja2.BytecodeCache):
    def __init__(self, cache: Cache, environment: jinja2.Environment) -> None:
        self._cache = cache
        self._environment = environment

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._cache.read(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.write(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        """Of all that compiling depends on. Filters of constants are applied when compiling."""
        used = self._environment
        return key_of(
            f"{platform.python_implementation()} {platform.python_version()} {jinja2.__version__}",
            *(bucket.key, bucket.checksum),
            " ".join(sorted(used.extensions)),
            " ".join(sorted(used.filters)),
            repr((used.trim_blocks, used.lstrip_blocks, used.keep_trailing_newline)),
            str(used.autoescape if isinstance(used.autoescape, bool) else "by the template's name"),
        )


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
