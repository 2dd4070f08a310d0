"""Where in a service which form is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Union

from archdoc.model.compose import engine_forms as e
from archdoc.model.compose import forms as f
from archdoc.model.compose.forms import Form
from archdoc.model.compose.interpolation import has_placeholder, is_filled_in

Forms = dict[str, Union[Form, "Forms"]]
"""Keys → what is wanted there. `*` is any key, `[]` any entry of a list and `[0]` the first one;
`=` is wanted of the value itself, if it is neither a list nor a mapping."""

_HOSTS: Forms = {"[]": e.HOST, "*": {"=": e.HOST_ADDRESS, "[]": e.HOST_ADDRESS}}
_RATES: Forms = {"[]": {"rate": f.SIZE}}
_WEIGHTS: Forms = {"[]": {"weight": f.UNQUOTED}}
_GRANTS: Forms = {"[]": {"mode": f.MODE}}
_UPDATE: Forms = {
    "parallelism": f.WHOLE,
    "delay": f.DURATION,
    "monitor": f.DURATION,
    "max_failure_ratio": f.NUMBER,
}
_HOOKS: Forms = {"[]": {"command": f.COMMAND, "privileged": f.FLAG}}
_DEVICES: Forms = {"[]": {"count": f.ALL_OR_COUNT}}
_PLANNED: Forms = {
    "cpus": e.CPUS,
    "memory": f.SIZE,
    "pids": f.WHOLE,
    "devices": _DEVICES,
    "generic_resources": {"[]": {"discrete_resource_spec": {"value": f.WHOLE}}},
}

SERVICE: Forms = {
    "attach": f.FLAG,
    "blkio_config": {
        "device_read_bps": _RATES,
        "device_read_iops": _RATES,
        "device_write_bps": _RATES,
        "device_write_iops": _RATES,
        "weight": f.UNQUOTED,
        "weight_device": _WEIGHTS,
    },
    "build": {
        "=": f.NOT_EMPTY,
        "additional_contexts": {"[]": f.KEY_VALUE},
        "args": {"[]": f.SETTING},
        "extra_hosts": _HOSTS,
        "no_cache": f.FLAG,
        "privileged": f.FLAG,
        "pull": f.FLAG,
        "secrets": _GRANTS,
        "shm_size": f.SIZE,
        "ssh": {"[]": f.SSH},
        "ulimits": {"*": {"=": f.UNQUOTED, "soft": f.UNQUOTED, "hard": f.UNQUOTED}},
    },
    "cap_add": {"[]": e.CAPABILITY},
    "cap_drop": {"[]": e.CAPABILITY},
    "command": f.COMMAND,
    "configs": _GRANTS,
    "cpu_count": f.COUNT,
    "cpu_percent": f.PERCENT,
    "cpu_period": e.PERIOD,
    "cpu_quota": e.QUOTA,
    "cpu_rt_period": f.WHOLE,
    "cpu_rt_runtime": f.WHOLE,
    "cpu_shares": e.SHARES,
    "cpus": e.CPUS,
    "cpuset": e.CPU_SET,
    "depends_on": {"*": {"restart": f.FLAG}, "[]": f.NOT_EMPTY},
    "deploy": {
        "placement": {"max_replicas_per_node": f.WHOLE},
        "replicas": f.COUNT,
        "resources": {"limits": _PLANNED, "reservations": _PLANNED},
        "restart_policy": {
            "condition": e.WHEN,
            "delay": f.DURATION,
            "max_attempts": f.COUNT,
            "window": f.DURATION,
        },
        "rollback_config": _UPDATE,
        "update_config": _UPDATE,
    },
    "develop": {"watch": {"[]": {"path": f.NOT_EMPTY, "exec": _HOOKS["[]"]}}},
    "device_cgroup_rules": {"[]": e.DEVICE_RULE},
    "dns": {"=": e.NAME_SERVER, "[]": e.NAME_SERVER},
    "entrypoint": f.COMMAND,
    "environment": {"[]": f.SETTING},
    "env_file": {
        "=": f.NOT_EMPTY,
        "[]": {"=": f.NOT_EMPTY, "path": f.NOT_EMPTY, "required": f.FLAG},
    },
    "expose": {"[]": f.EXPOSED},
    "extends": {"=": f.NOT_EMPTY, "service": f.NOT_EMPTY},
    "extra_hosts": _HOSTS,
    "gpus": _DEVICES,
    "group_add": {"[]": f.NOT_EMPTY},
    "healthcheck": {
        "disable": f.FLAG,
        "interval": e.INTERVAL,
        "retries": f.COUNT,
        "start_interval": e.INTERVAL,
        "start_period": e.INTERVAL,
        "test": {"[0]": f.FIRST_OF_TEST},
        "timeout": e.INTERVAL,
    },
    "hostname": e.HOST_NAME,
    "image": f.IMAGE,
    "init": f.FLAG,
    "ipc": e.IPC,
    "label_file": {"=": f.NOT_EMPTY, "[]": f.NOT_EMPTY},
    "links": {"[]": f.NOT_EMPTY},
    "mac_address": e.MAC_ADDRESS,
    "mem_limit": f.SIZE,
    "mem_reservation": f.SIZE,
    "mem_swappiness": e.SWAPPINESS,
    "memswap_limit": f.SIZE,
    "networks": {
        "*": {
            "ipv4_address": e.IPV4,
            "ipv6_address": e.IPV6,
            "link_local_ips": {"[]": f.ADDRESS},
            "mac_address": e.MAC_ADDRESS,
        }
    },
    "oom_kill_disable": f.FLAG,
    "oom_score_adj": f.OOM_SCORE,
    "pids_limit": f.WHOLE,
    "ports": {
        "[]": {
            "=": f.PORT,
            "host_ip": f.ADDRESS,
            "protocol": f.PROTOCOL,
            "published": f.PUBLISHED,
            "target": f.PORT_NUMBER,
        }
    },
    "post_start": _HOOKS,
    "pre_stop": _HOOKS,
    "privileged": f.FLAG,
    "read_only": f.FLAG,
    "restart": f.RESTART,
    "scale": f.COUNT,
    "secrets": _GRANTS,
    "security_opt": {"[]": e.SECURITY_OPTION},
    "shm_size": f.SIZE,
    "stdin_open": f.FLAG,
    "stop_grace_period": f.DURATION,
    "stop_signal": e.SIGNAL,
    "tmpfs": {"=": e.TMPFS, "[]": e.TMPFS},
    "tty": f.FLAG,
    "ulimits": {"*": {"=": f.WHOLE, "soft": f.WHOLE, "hard": f.WHOLE}},
    "user": e.USER,
    "volumes": {
        "[]": {
            "=": e.MOUNT,
            "bind": {"create_host_path": f.FLAG},
            "read_only": f.FLAG,
            "target": e.MOUNTED_AT,
            "tmpfs": {"mode": f.MODE, "size": f.SIZE},
            "volume": {"nocopy": f.FLAG},
        }
    },
    "volumes_from": {"[]": f.NOT_EMPTY},
    "working_dir": e.WORKING_DIR,
}
NETWORK: Forms = {
    "ipam": {
        "config": {
            "[]": {
                "aux_addresses": {"*": f.ADDRESS},
                "gateway": f.ADDRESS,
                "ip_range": e.SUBNET,
                "subnet": e.SUBNET,
            }
        }
    }
}

Path = tuple[str | int, ...]


def form_at(path: Path) -> Form | None:
    """What is wanted of the value at a path of a service; None: whatever the schema allows."""
    here: Form | Forms | None = SERVICE
    for part in path:
        here = _inner(here, part) if isinstance(here, dict) else None
    found = here.get("=") if isinstance(here, dict) else here
    return found if isinstance(found, Form) else None


_NUMBERS = (
    *(f.SIZE, f.WHOLE, f.COUNT, f.MODE, f.PERCENT, f.OOM_SCORE, f.NUMBER, f.UNQUOTED),
    *(f.ALL_OR_COUNT, f.PORT, f.PORT_NUMBER, f.PUBLISHED, f.EXPOSED),
    *(e.SWAPPINESS, e.CPUS, e.SHARES, e.PERIOD, e.QUOTA),
)
_PRIORITIES = {"priority", "gw_priority"}


def wants_number(path: Path) -> bool:
    """Whether what stands at a path of a service is a number, and no text that looks like one."""
    is_priority = path[:1] == ("networks",) and path[-1] in _PRIORITIES
    return is_priority or form_at(path) in _NUMBERS


def misfits(value: Any, wanted: Form | Forms, path: Path = ()) -> Iterator[tuple[Path, Any, Form]]:
    """Every value that has not the form that is wanted in its place: (path, value, form).

    What is filled in later is not known yet.
    """
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for part, inner in parts:
            form = _inner(wanted, part) if isinstance(wanted, dict) else None
            if form is not None:
                yield from misfits(inner, form, (*path, part))
        return
    form = wanted.get("=") if isinstance(wanted, dict) else wanted
    if isinstance(form, Form) and isinstance(value, str | int | float):
        is_open = has_placeholder if form is f.COMMAND else is_filled_in
        later = isinstance(value, str) and is_open(value)
        if not later and not form.fits(value):
            yield path, value, form


def _inner(wanted: Forms, part: str | int) -> Form | Forms | None:
    if isinstance(part, int):
        return wanted.get(f"[{part}]", wanted.get("[]"))
    return wanted.get(part, wanted.get("*"))
