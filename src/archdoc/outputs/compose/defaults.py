"""What every service is given that does not say otherwise. docs/compose.md tells why."""

from __future__ import annotations

import re
from typing import Any

from archdoc.model import (
    by_default,
    bytes_of,
    mounted_at,
    needs_of,
    references_in,
    restart_policy_of,
)

_OPTION = "no-new-privileges"
_LOGGING: dict[str, Any] = {"driver": "json-file", "options": {"max-size": "10m", "max-file": "3"}}
_LIMITS: dict[str, Any] = {"memory": "1g", "pids": 512}
_SAID_OTHERWISE = {"cpus": "cpus", "memory": "mem_limit", "pids": "pids_limit"}
"""Limit → the key of a service that says the same.

No limit on processors is given: Docker refuses more than a machine has, so that what runs on one
would not start on a smaller one.
"""


def give_defaults(service: dict[str, Any], *, finishes: bool = False) -> None:
    """Fill in what makes a service safe, where its author has not chosen.

    One that `finishes` is a job that others wait for: started again, it would never have finished,
    and after a failure `docker compose up` says at once that it failed. Where its author writes
    `deploy.restart_policy`, `restart` would be passed over, and mislead readers.
    A service that extends one beside it has that one's: Compose would join equal lists, and refuse
    what is in them twice.
    """
    if any(ref.why == "extend" for ref in references_in(service)):
        return
    if restart_policy_of(service) is None:
        service.setdefault("restart", "no" if finishes else "unless-stopped")
    service.setdefault("init", True)
    service["security_opt"] = _options(service.get("security_opt"))
    service["logging"] = _logging(service.get("logging"))
    _limit(service)
    needs = needs_of(str(service.get("image", "")))
    _take_powers(service, needs.get("cap_add", []))
    if "tmpfs" in needs and service.setdefault("read_only", True):
        _let_write(service, needs["tmpfs"])


def _options(said: list[str] | None) -> list[str]:
    """The author's security options beside ours, which stands first: the last of two is obeyed.

    An empty list, or what they say of the same, is their choice.
    """
    if said is not None and (not said or any(re.match(rf"{_OPTION}\b", text) for text in said)):
        return said
    return [f"{_OPTION}:true", *(said or ())]


def _logging(said: dict[str, Any] | None) -> dict[str, Any]:
    """Where logs go, with what ours says beside the author's; options belong to their driver."""
    if said is not None and (not said or said.get("driver", "json-file") != "json-file"):
        return said
    options = (said or {}).get("options") or {}
    return _LOGGING | (said or {}) | {"options": {**_LOGGING["options"], **options}}


def _take_powers(service: dict[str, Any], needed: list[str]) -> None:
    """Drop all of root's powers, and give those that an image boots with.

    Whoever names one to be dropped does not ask for all of the others; an empty list does. Whoever
    drops all says which ones they give.
    """
    dropped = service.get("cap_drop")
    named = {str(power).upper().removeprefix("CAP_") for power in dropped or ()}
    if service.get("privileged") or dropped == [] or "ALL" in named:
        return
    service["cap_drop"] = ["ALL", *(dropped or ())]
    given = set() if "user" in service else {*needed} - named
    if powers := sorted({*service.get("cap_add", ())} | given):
        service["cap_add"] = powers


def _limit(service: dict[str, Any]) -> None:
    """Add limits in the form that the author uses: Compose refuses both forms beside each other."""
    deploy = service.get("deploy") or {}
    resources_ = deploy.get("resources") or {}
    ours = _LIMITS | {"memory": _memory(service, resources_)}
    if set(_SAID_OTHERWISE.values()) & service.keys():
        if "limits" not in resources_:
            for limit, value in ours.items():
                service.setdefault(_SAID_OTHERWISE[limit], value)
        return
    said = resources_.get("limits") or {}
    limits = said | ours | said  # the author's come first, and are kept
    service["deploy"] = {**deploy, "resources": {**resources_, "limits": limits}}


def _memory(service: dict[str, Any], resources_: dict[str, Any]) -> str:
    """The limit of memory: what the author reserves, if that is more, or allows with swap, if less.

    Docker refuses a limit below what is reserved, or above what there is with swap.
    """
    planned = resources_.get("reservations") or {}
    reserved = planned.get("memory", service.get("mem_reservation"))
    with_swap = service.get("memswap_limit")
    usual: str = _LIMITS["memory"]
    if _bytes(reserved) > _bytes(usual):
        return str(reserved)
    return str(with_swap) if 0 < _bytes(with_swap) < _bytes(usual) else usual


def _bytes(size: Any) -> float:
    """How many a size is as long as nobody sets its variables; 0 where it is not known."""
    return bytes_of(by_default(size) if isinstance(size, str) else size) or 0


def _let_write(service: dict[str, Any], places: list[str]) -> None:
    """Memory where a read-only image writes, unless something of the author's is there."""
    said = service.get("tmpfs", ())
    own = [said] if isinstance(said, str) else list(said)
    taken = {mounted_at(volume) for volume in service.get("volumes", ())}
    taken |= {str(place).partition(":")[0] for place in own}
    if added := [place for place in places if place not in taken]:
        service["tmpfs"] = [*own, *added]
