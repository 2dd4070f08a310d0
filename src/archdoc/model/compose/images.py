"""What is known of images, by the names that compose files have for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_OFFICIAL = re.compile(
    r"(?:docker\.io/)?(?:library/|valkey/)?(?P<name>[a-z]+)(?::(?P<major>\d+)?[^@]*)?(?:@.*)?"
)
"""Official images, by all that they are called; Valkey's stand under its own name."""
_ANY = re.compile(r"(?:docker\.io/)?(?P<name>[^:@]+/[^:@]+)(?::(?P<major>\d+)?[^@]*)?(?:@.*)?")


def needs_of(image: str) -> Mapping[str, Any]:
    """What an image needs of root's powers, and where it writes; nothing is known of most."""
    official = _OFFICIAL.fullmatch(image)
    return _images().get(official["name"], {}) if official else {}


@dataclass(frozen=True, slots=True)
class Data:
    """Where an image keeps its data: in its own layer, or in a volume without a name."""

    folder: str
    former: frozenset[str] = frozenset()
    """Where other versions keep theirs, which this one would not find; none of a version that is
    not known."""
    keeps: bool = False
    """Whether they are to last, though it is no database."""


def data_of(image: str) -> Data | None:
    """Where an image keeps its data; without a version, as the newest does. None: nobody knows."""
    named = _OFFICIAL.fullmatch(image) or _ANY.fullmatch(image)
    known = _images().get(named["name"], {}) if named else {}
    folders: Mapping[str, str] = known.get("data", {})
    if not folders or named is None:
        return None
    since, major = max(folders, key=int), named["major"]
    if major:
        since = max((first for first in folders if int(first) <= int(major)), key=int)
    former = {*folders.values()} - {folders[since]} if major else ()
    return Data(folders[since], frozenset(former), known.get("keeps", False))


@cache
def _images() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("images.toml").read_text())
