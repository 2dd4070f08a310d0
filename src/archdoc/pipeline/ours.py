"""Which files archdoc wrote, by what they say themselves: anybody may have put them there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from archdoc.pipeline.untrusted import read_whole

_ENTRY = {"sha256", "made_from"}
"""What a manifest says of each file, in every version."""


def is_manifest(path: Path) -> bool:
    """Whether a file is the manifest of a build: of any version, and however damaged it is.

    Many others are called so: that of a web app, or of a browser's extension.
    """
    content = _content(path)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):  # cut off, or with the marks of a merge in it
        return all(f'"{word}"'.encode() in content for word in _ENTRY)
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, dict):
        return False
    entries = files.values()
    return "site_inputs" in document or any(e.keys() >= _ENTRY for e in entries if _is_map(e))


def is_model_json(path: Path) -> bool:
    """Whether a file is a `model.json` of archdoc's form, as far as it can be read."""
    content = _content(path)
    return b'"elements"' in content and b'"relationships"' in content


def is_others_model(content: bytes) -> bool:
    """Whether JSON called `model.json` is of somebody else: a net's weights, a thing in 3D."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return False
    if not isinstance(document, dict) or isinstance(document.get("version"), int):
        return False
    return not document.keys() & {"elements", "relationships", "environments"}


def _is_map(value: object) -> bool:
    return isinstance(value, Mapping)


def _content(path: Path) -> bytes:
    try:
        return read_whole(path)
    except (OSError, ValueError):
        return b""
