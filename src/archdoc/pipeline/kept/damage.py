"""Files that are so damaged that nothing in them says what they were."""

from __future__ import annotations

import json
from pathlib import Path

from archdoc.outputs.plantuml_svg import parse
from archdoc.pipeline.kept.forms import suffix_of
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.render import chunks

_DRAWN = {".svg", ".png", ".mmd", ".puml", ".dot"}
_NAMED = {MODEL_JSON} | {
    f"{name}{suffix}" for name in ("compose", "docker-compose") for suffix in (".yaml", ".yml")
}
_POINTER = b"version https://git-lfs.github.com/spec/"
"""How what Git LFS keeps in place of a file begins: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""


def damage(path: Path, content: bytes) -> str:
    """Why a file cannot be what its name says; empty where it may be.

    Only of names that outputs have: an empty page may be meant so.
    """
    suffix = suffix_of(path)
    if suffix not in _DRAWN and path.name not in _NAMED:
        return ""
    if not content.strip():
        return "it is empty"
    if is_pointer(content):
        return "it is a pointer of Git LFS, which `git lfs pull` replaces by the file"
    try:
        if suffix == ".svg":
            parse(content)
        elif suffix == ".png":
            any(kind == b"IEND" for kind, _, _ in chunks(content))
        elif path.name == MODEL_JSON:
            json.loads(content)
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return f"it is no JSON: {error}" if path.name == MODEL_JSON else str(error)
    return ""


def is_pointer(content: bytes) -> bool:
    """Whether something is what Git LFS keeps in place of a file."""
    return content.startswith(_POINTER)
