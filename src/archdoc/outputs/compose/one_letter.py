"""Volumes whose names are one letter, which Compose takes for drives in their short form."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from archdoc.model import volume_named_in

_SHORT = re.compile(
    r"(?P<source>\$\{.*?\}+|[^:]+):(?P<target>(?:/|\$\{.*?\}+)[^:]*)(?::(?P<options>[^:/]+))?"
)
_ONE_LETTER = re.compile(r"[A-Za-z]")


def spell_out(mount: Any, volumes: Container[str]) -> Any:
    """The long form of a mount that Compose would misread; others as they are.

    `volumes` are those that the model has: `c:/data:/data` may be a folder on a drive.
    """
    name = volume_named_in(mount) or ""
    short = _SHORT.fullmatch(mount) if isinstance(mount, str) else None
    if not _ONE_LETTER.fullmatch(name) or name not in volumes or short is None:
        return mount
    long: dict[str, Any] = {"type": "volume", "source": short["source"], "target": short["target"]}
    for option in (short["options"] or "").split(","):
        if option == "ro":
            long["read_only"] = True
        elif option == "nocopy":
            long["volume"] = {"nocopy": True}
        elif option in {"z", "Z"}:
            long.setdefault("bind", {})["selinux"] = option
    return long
