"""What is known of the Docker Official Images, by the names that compose files have for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

_OFFICIAL = re.compile(
    r"(?:docker\.io/)?(?:library/|valkey/)?(?P<name>[a-z]+)(?::(?P<major>\d+)?[^@]*)?(?:@.*)?"
)
"""Official images, by all that they are called; Valkey's stand under its own name."""


def needs_of(image: str) -> Mapping[str, Any]:
    """What an image needs of root's powers, and where it writes; nothing is known of most."""
    official = _OFFICIAL.fullmatch(image)
    return _images().get(official["name"], {}) if official else {}


def data_folder(image: str) -> str:
    """Where an image keeps its data, in a volume without a name unless one is mounted just there.

    Without a version, as the newest does; empty where that is not known.
    """
    folders: Mapping[str, str] = needs_of(image).get("data", {})
    official = _OFFICIAL.fullmatch(image)
    if not folders or official is None:
        return ""
    since = max(folders, key=int)
    if major := official["major"]:
        since = max((first for first in folders if int(first) <= int(major)), key=int)
    return folders[since]


@cache
def _images() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("images.toml").read_text())
