"""The keys of a service in the Compose Specification.

Source: the specification's `services` chapter and its JSON Schema (compose-spec/compose-spec,
schema/compose-spec.json, `definitions.service.properties`).
"""

from __future__ import annotations

import re
from typing import Any

from archdoc.report import did_you_mean

SERVICE_KEYS = frozenset(
    """
    annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs
    container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime
    cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices
    dns dns_opt dns_search domainname entrypoint env_file environment expose extends
    external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation
    label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness
    memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit
    platform ports post_start pre_stop privileged profiles provider pull_policy
    pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open
    stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user
    userns_mode uts volumes volumes_from working_dir
    """.split()  # noqa: SIM905 - ninety words read better without quotes
)


_LISTS = frozenset(
    """
    cap_add cap_drop configs device_cgroup_rules devices expose external_links group_add links ports
    profiles secrets security_opt volumes volumes_from
    """.split()  # noqa: SIM905 - words read better without quotes
)
_MAPPINGS = frozenset({"blkio_config", "deploy", "develop", "healthcheck", "logging"})
_EITHER = frozenset({"annotations", "depends_on", "environment", "labels", "networks", "sysctls"})
"""Which of them take a list, a mapping, or one or the other, by the same schema."""


def check_service(service: dict[str, Any]) -> dict[str, Any]:
    """The same service; raises ValueError for a key that Compose does not know, or takes otherwise.

    Only the form that a key's value must have is checked here.
    """
    for key, value in service.items():
        if key not in SERVICE_KEYS and not key.startswith("x-"):
            meant = did_you_mean(key, sorted(SERVICE_KEYS))
            said = f"`{key}` is not a service key of the Compose Specification"
            raise ValueError(f"{said}: {meant}" if meant else said)
        for keys, types, wanted in (
            (_LISTS, list, "a list"),
            (_MAPPINGS, dict, "a mapping"),
            (_EITHER, list | dict, "a list or a mapping"),
        ):
            if key in keys and not isinstance(value, types):
                raise ValueError(f"`{key}` takes {wanted}")
    return service


VOLUME_KEYS = frozenset({"driver", "driver_opts", "external", "labels", "name"})
"""The keys of a top-level volume, by the same schema."""
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def check_volume(options: dict[str, Any]) -> dict[str, Any]:
    """The same options; raises ValueError for a key that Compose does not know."""
    for key in options:
        if key not in VOLUME_KEYS and not key.startswith("x-"):
            meant = did_you_mean(key, sorted(VOLUME_KEYS))
            said = f"`{key}` is not a key of a volume in the Compose Specification"
            raise ValueError(f"{said}: {meant}" if meant else said)
    return options


def volume_named_in(mount: Any) -> str | None:
    """The named volume that an entry of `volumes` mounts; None for folders and nameless ones."""
    if isinstance(mount, dict):
        is_volume = mount.get("type", "volume") == "volume"
        source = str(mount.get("source", "")) if is_volume else ""
    else:
        source, colon, _ = str(mount).partition(":")
        source = source if colon else ""
    return source if _NAME.fullmatch(source) else None


def is_switched_off(healthcheck: Any) -> bool:
    """Whether a `healthcheck` says that there is none (Compose file reference, "healthcheck")."""
    check = healthcheck or {}
    return not check or bool(check.get("disable")) or check.get("test") in ("NONE", ["NONE"])
