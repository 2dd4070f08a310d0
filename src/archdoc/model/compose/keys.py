"""What several packages ask of single values of a service."""

from __future__ import annotations

import re
from typing import Any

from archdoc.model.compose.interpolation import is_filled_in, when_unset

_FOLDERS = ("/", ".", "~")
"""What the source of a folder begins with (Compose file reference, "volumes", short syntax)."""
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def volume_named_in(mount: Any) -> str | None:
    """The named volume that an entry of `volumes` mounts; None for folders and nameless ones."""
    source = source_of(mount)
    return source if _NAME.fullmatch(source) else None


def source_of(mount: Any) -> str:
    """What Compose takes for the name of a volume in an entry of `volumes`, possible or not.

    As long as nobody sets its variables. Empty for folders, for nameless volumes, and for what is
    known only later.
    """
    mount = when_unset(mount)
    if isinstance(mount, dict):
        is_volume = mount.get("type", "volume") == "volume"
        source = str(mount.get("source", "")) if is_volume else ""
    else:
        source, colon, _ = str(mount).partition(":")
        source = source if colon else ""
    is_folder = source.startswith(_FOLDERS) and not isinstance(mount, dict)
    return "" if is_folder or is_filled_in(source) else source


def mounted_at(volume: Any) -> str:
    """Where in the container an entry of `volumes` is mounted, in either of Compose's forms."""
    volume = when_unset(volume)
    if isinstance(volume, dict):
        return str(volume.get("target", ""))
    head, colon, rest = str(volume).partition(":")
    return rest.partition(":")[0] if colon else head


def joined_by(service: dict[str, Any]) -> list[str]:
    """The networks that a service joins as long as nobody sets its variables.

    Compose fills in the entries of a list, and no keys. Without those that are known only later.
    """
    said = service.get("networks") or ()
    names = said if isinstance(said, dict) else map(when_unset, map(str, said))
    return [name for name in names if not is_filled_in(name)]


def is_switched_off(healthcheck: Any) -> bool:
    """Whether a `healthcheck` says that there is none (Compose file reference, "healthcheck")."""
    check = healthcheck or {}
    disabled = str(check.get("disable", "")).lower() in {"true", "yes", "on", "y"}
    test = check.get("test")
    return (
        not check or disabled or test == "NONE" or (isinstance(test, list) and test[:1] == ["NONE"])
    )


def restart_policy_of(service: dict[str, Any]) -> dict[str, Any] | None:
    """What `deploy.restart_policy` says, which wins over `restart`; None where nothing does."""
    deploy = service.get("deploy")
    policy = deploy.get("restart_policy") if isinstance(deploy, dict) else None
    return policy if isinstance(policy, dict) else None
