"""What Docker Compose says nothing of, and is found all the same; volumes that others make."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from archdoc.model import Network, Volume, mistakes_in


def test_a_variable_in_a_name_is_written_in_a_list() -> None:
    (found,) = mistakes_in({"environment": {"${V:-k}": "x"}})

    assert found.on_key
    assert found.help == 'write `environment` as a list: `["${V:-k}=…"]`'
    assert mistakes_in({"environment": ["${V:-k}=x"], "labels": {"$$V": "x", "a$": "y"}}) == []


@pytest.mark.parametrize("signal", ["SIGTERM", "quit", "SIGRTMIN+3", "RTMAX-1", "15", "${S:-INT}"])
def test_signals_that_docker_knows_are_taken(signal: str) -> None:
    assert mistakes_in({"stop_signal": signal}) == []


@pytest.mark.parametrize("signal", ["FOO", "SIG", "0", "-9", "SIGTERMS"])
def test_a_signal_that_no_container_could_get_is_a_mistake(signal: str) -> None:
    """`docker run` says "invalid signal", when everything else is up already."""
    (found,) = mistakes_in({"stop_signal": signal})

    assert found.at == ("stop_signal",)
    assert "is not a signal" in found.said


REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"volumes": ["data"]}, ("volumes", 0), "`data` is not a mount"),
    ({"volumes": ["data:place"]}, ("volumes", 0), "`data:place` is not a mount"),
    ({"volumes": [{"type": "volume", "source": "a", "target": "b"}]},
     ("volumes", 0, "target"), "`b` is not a place in the container"),
    ({"tmpfs": ["run"]}, ("tmpfs", 0), "`run` is not a place in the container"),
    ({"tmpfs": "run"}, ("tmpfs",), "`run` is not a place in the container"),
    ({"working_dir": "app"}, ("working_dir",), "`app` is not a place in the container"),
    ({"cap_add": ["NET_BIND"]}, ("cap_add", 0), "`NET_BIND` is not a capability"),
    ({"cap_drop": ["ALL", ""]}, ("cap_drop", 1), "`` is not a capability"),
    ({"mem_limit": "3m"}, ("mem_limit",), "Docker wants 6m or more"),
    ({"mem_limit": "100m", "mem_reservation": "200m"}, ("mem_reservation",), "more than"),
    ({"mem_limit": "64m", "mem_reservation": "${M:-1g}"}, ("mem_reservation",), "more than"),
    ({"stop_signal": "${S:-TREM}"}, ("stop_signal",), "`TREM` is not a signal"),
    ({"mem_swappiness": 200}, ("mem_swappiness",), "`200` is not a percentage"),
    ({"ulimits": {"nofiles": 3}}, ("ulimits", "nofiles"), "there is no limit `nofiles`"),
    ({"ulimits": {"nofile": {"soft": 30, "hard": 2}}}, ("ulimits", "nofile", "soft"), "above"),
    ({"mac_address": "zz"}, ("mac_address",), "`zz` is not a MAC address"),
    ({"deploy": {"restart_policy": {"condition": "always"}}},
     ("deploy", "restart_policy", "condition"), "`always` is not when to start again"),
    ({"deploy": {"restart_policy": {"condition": "on-failure", "max_attempts": -1}}},
     ("deploy", "restart_policy", "max_attempts"), "`-1` is not a whole number from 0"),
    ({"volumes": ["data:/"]}, ("volumes", 0), "`data:/` is not a mount"),
    ({"tmpfs": ["/."]}, ("tmpfs", 0), "`/.` is not a place in the container"),
    ({"tmpfs": ["/run:sise=1m"]}, ("tmpfs", 0), "`/run:sise=1m` is not a place in the container"),
    ({"extra_hosts": ["db=here"]}, ("extra_hosts", 0), "`db=here` is not a host with its address"),
    ({"extra_hosts": ["db:1.2.3"]}, ("extra_hosts", 0), "is not a host with its address"),
    ({"extra_hosts": ["db="]}, ("extra_hosts", 0), "is not a host with its address"),
    ({"extra_hosts": {"db": "::1,::2"}}, ("extra_hosts", "db"), "`::1,::2` is not the address"),
    ({"extra_hosts": {"db": "here"}}, ("extra_hosts", "db"), "`here` is not the address of a host"),
    ({"extra_hosts": {"db": ["::1", ""]}}, ("extra_hosts", "db", 1), "is not the address of"),
    ({"build": {"context": ".", "extra_hosts": ["a=b"]}}, ("build", "extra_hosts", 0), "`a=b`"),
    ({"healthcheck": {"test": "x", "interval": "-5s"}},
     ("healthcheck", "interval"), "`-5s` is not a duration: it is less than 1ms"),
    ({"healthcheck": {"test": "x", "timeout": "900us"}}, ("healthcheck", "timeout"), "less than"),
    ({"healthcheck": {"test": "x", "start_period": "-1h"}},
     ("healthcheck", "start_period"), "less than 1ms"),
    ({"user": "a:b:c"}, ("user",), "`a:b:c` is not a user"),
    ({"user": "1000:-1"}, ("user",), "`1000:-1` is not a user"),
    ({"user": "2147483648"}, ("user",), "`2147483648` is not a user"),
    ({"cpuset": "0-"}, ("cpuset",), "`0-` is not a set of processors"),
    ({"cpuset": "3-1"}, ("cpuset",), "`3-1` is not a set of processors"),
    ({"cpuset": "0, 1"}, ("cpuset",), "`0, 1` is not a set of processors"),
    ({"cpus": "-1"}, ("cpus",), "`-1` is not a number"),
    ({"cpus": 0.001}, ("cpus",), "`0.001` is not a number"),
    ({"cpu_period": 10}, ("cpu_period",), "`10` is not a time in microseconds"),
    ({"cpu_quota": "10"}, ("cpu_quota",), "`10` is not a time in microseconds"),
    ({"cpu_shares": -1}, ("cpu_shares",), "`-1` is not a share of the processors"),
    ({"cpu_shares": 1}, ("cpu_shares",), "`1` is not a share of the processors"),
    ({"mem_reservation": "5m"}, ("mem_reservation",), "Docker wants 6m or more"),
    ({"deploy": {"resources": {"reservations": {"memory": "5m"}}}},
     ("deploy", "resources", "reservations", "memory"), "Docker wants 6m or more"),
    ({"deploy": {"restart_policy": {"condition": "any", "max_attempts": 3}}},
     ("deploy", "restart_policy", "max_attempts"), "Docker counts with `condition: on-failure`"),
    ({"deploy": {"restart_policy": {"condition": "none", "max_attempts": "3"}}},
     ("deploy", "restart_policy", "max_attempts"), "Docker counts with `condition: on-failure`"),
    ({"logging": {"options": {"mode": "fast"}}},
     ("logging", "options", "mode"), "`mode` is fast, which logs do not know"),
    ({"sysctls": {"kernel.panic": 1}}, ("sysctls", "kernel.panic"), "is the whole machine's"),
    ({"sysctls": ["vm.swappiness=1"]}, ("sysctls", 0), "is the whole machine's"),
    ({"sysctls": ["kernel.hostname=a"]}, ("sysctls", 0), "is said by `hostname`"),
    ({"sysctls": {"net.core.somaxconn": 9}, "network_mode": "host"},
     ("sysctls", "net.core.somaxconn"), "the machine's where `network_mode` is `host`"),
    ({"sysctls": {"kernel.shmmax": 9}, "ipc": "host"},
     ("sysctls", "kernel.shmmax"), "the machine's where `ipc` is `host`"),
    ({"uts": "host", "domainname": "x"}, ("domainname",), "`domainname` is the machine's"),
    ({"tmpfs": ["/run", "/proc"]}, ("tmpfs", 1), "nothing can be mounted at `/proc`"),
    ({"tmpfs": "/proc/x:size=1m"}, ("tmpfs",), "nothing can be mounted at `/proc/x`"),
    ({"volumes": ["./a:/proc/sys"]}, ("volumes", 0), "nothing can be mounted at `/proc/sys`"),
    ({"volumes": [{"type": "volume", "source": "data", "target": "/proc/"}]},
     ("volumes", 0), "nothing can be mounted at `/proc/`"),
    ({"secrets": ["a", {"source": "s", "uid": "999"}]}, ("secrets", 1, "uid"), "changes nothing"),
    ({"secrets": [{"source": "s", "gid": "999"}]}, ("secrets", 0, "gid"), "`gid` changes nothing"),
    ({"secrets": [{"source": "s", "mode": "0400"}]}, ("secrets", 0, "mode"), "mounts the file"),
    ({"labels": {"a": "b", "${V:-k}": "x"}}, ("labels", "${V:-k}"), "Compose fills in no"),
    ({"build": {"context": ".", "args": {"$V": 1}}}, ("build", "args", "$V"), "fills in no"),
    ({"logging": {"driver": "x", "options": {"${V}": "y"}}},
     ("logging", "options", "${V}"), "fills in no"),
    ({"group_add": ["1000", ""]}, ("group_add", 1), "`` is not a value"),
    ({"healthcheck": {"test": ["CMD"]}}, ("healthcheck", "test"), "and there is none"),
    ({"healthcheck": {"test": ["CMD-SHELL"]}}, ("healthcheck", "test"), "and there is none"),
    ({"environment": ["A=1", "B", "A=2"]}, ("environment", 2), "`A` stands here twice"),
    ({"cpus": 1, "cpu_quota": 50000}, ("cpu_quota",), "`cpu_quota` and `cpus` say the same"),
    ({"security_opt": ["no-new-privilege:true"]}, ("security_opt", 0), "is not a security option"),
    ({"security_opt": ["no-new-privileges:yes"]}, ("security_opt", 0), "is not a security option"),
    ({"security_opt": ["apparmor"]}, ("security_opt", 0), "is not a security option"),
    ({"ipc": "shared"}, ("ipc",), "`shared` is not a way to share memory"),
    ({"device_cgroup_rules": ["c 1:3 mrx"]}, ("device_cgroup_rules", 0), "not a rule for devices"),
    ({"dns": "resolver"}, ("dns",), "`resolver` is not the address of a name server"),
    ({"dns": ["1.1.1.1", "1.1.1"]}, ("dns", 1), "`1.1.1` is not the address of a name server"),
    ({"hostname": "x" * 65}, ("hostname",), "is not a host name"),
    ({"networks": {"n": {"ipv4_address": "::1"}}},
     ("networks", "n", "ipv4_address"), "`::1` is not an IPv4 address"),
    ({"networks": {"n": {"ipv6_address": "10.0.0.5"}}},
     ("networks", "n", "ipv6_address"), "`10.0.0.5` is not an IPv6 address"),
    ({"deploy": {"resources": {"limits": {"memory": "3m"}}}},
     ("deploy", "resources", "limits", "memory"), "Docker wants 6m or more"),
    ({"deploy": {"resources": {"limits": {"memory": "1g"}, "reservations": {"memory": "2g"}}}},
     ("deploy", "resources", "reservations", "memory"), "is 2g, which is more than"),
    ({"mem_limit": "1g", "memswap_limit": "512m"}, ("memswap_limit",), "`mem_limit` is 1g, which"),
    ({"mem_reservation": "1g", "memswap_limit": "512m"}, ("memswap_limit",), "which is more than"),
    ({"network_mode": "container:x", "ports": ["80"]}, ("ports",), "`ports` is that of `x`"),
    ({"network_mode": "service:x", "hostname": "y"}, ("hostname",), "`hostname` is that of `x`"),
    ({"network_mode": "host", "mac_address": "02:42:ac:11:00:02"}, ("mac_address",), "machine's"),
    ({"network_mode": "host", "ports": ["80:80"]}, ("ports",), "`ports` publishes nothing"),
    ({"network_mode": "${M:-host}", "ports": ["80"]}, ("ports",), "`ports` publishes nothing"),
    ({"uts": "host", "hostname": "y"}, ("hostname",), "`hostname` is the machine's"),
    ({"logging": {"options": {"max_size": "1m"}}},
     ("logging", "options", "max_size"), "`json-file` has no option `max_size`"),
    ({"logging": {"driver": "json-file", "options": {"max-size": "-1"}}},
     ("logging", "options", "max-size"), "`max-size` is -1"),
    ({"logging": {"driver": "syslog", "options": {"syslog-address": "foo"}}},
     ("logging", "options", "syslog-address"), "`syslog-address` is foo, to which `syslog` cannot"),
    ({"logging": {"driver": "syslog", "options": {"syslog-address": "http://x:1"}}},
     ("logging", "options", "syslog-address"), "is http://x:1, to which"),
    ({"logging": {"driver": "gelf", "options": {"gelf-address": "x:12201"}}},
     ("logging", "options", "gelf-address"), "is x:12201, to which"),
    ({"logging": {"driver": "fluentd", "options": {"fluentd-address": "http://x:1"}}},
     ("logging", "options", "fluentd-address"), "is http://x:1, to which"),
    ({"logging": {"options": {"max-file": 0}}}, ("logging", "options", "max-file"), "1 or more"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "at", "said"), REFUSED, ids=lambda case: str(case)[:40])
def test_what_the_engine_refuses_is_a_mistake_at_its_place(
    service: dict[str, Any], at: tuple[str | int, ...], said: str
) -> None:
    (found,) = mistakes_in(service)

    assert found.at == at
    assert said in found.said
    assert found.help


@pytest.mark.parametrize(
    "service",
    [
        {"volumes": ["/a", "v:/a:ro", "./a:/b", "C:\\a:/b", "C:/a:D:/b"]},
        {"volumes": ["${V:?}:/x", "{{ a.path }}"]},
        {"tmpfs": ["/run", "/var/x:size=64m,mode=1777"], "working_dir": "/srv"},
        {"cap_add": ["NET_BIND_SERVICE", "cap_sys_time"], "cap_drop": ["ALL"]},
        {"mem_limit": "0", "mem_reservation": "64m"},
        {"mem_limit": "64m", "mem_reservation": "${M:?}", "mem_swappiness": "0"},
        {"ulimits": {"nofile": {"soft": -1, "hard": -1}, "memlock": -1}},
        {"mac_address": "02:42:ac:11:00:02"},
        {"deploy": {"restart_policy": {"condition": "on-failure"}}},
        {"extra_hosts": ["a=10.0.0.5", "b=[fd00::5]", "c:host-gateway", "d:::1", "${H:?}"]},
        {"extra_hosts": ["e=10.0.0.5,::1"]},
        {"extra_hosts": {"a": "10.0.0.5", "b": ["::1", "host-gateway"], "c": "${IP:?}"}},
        {"healthcheck": {"test": "x", "interval": "0s", "timeout": "1ms", "start_period": "1m30s"}},
        {"user": "1000:1000", "hostname": "x" * 64},
        {"pid": "private", "uts": "private", "userns_mode": "keep-id"},
        {"user": "app", "pid": "service:other", "ipc": "shareable", "userns_mode": "host"},
        {"user": "1000", "pid": None, "cpuset": "0-3,5", "dns": "fe80::1%eth0"},
        {"cpus": 0, "cpu_period": 50000, "cpu_quota": -1, "cpuset": ""},
        {"cpus": "0.5", "deploy": {"resources": {"limits": {"cpus": "0.5"}}}},
        {"security_opt": ["no-new-privileges", "seccomp=./x.json", "label:type:y", "apparmor:z"]},
        {"device_cgroup_rules": ["c 1:3 mr", "a *:* rwm"]},
        {"mem_limit": "1g", "memswap_limit": -1, "mem_reservation": "1g"},
        {"deploy": {"resources": {"limits": {"memory": "1g"}, "reservations": {"memory": "1g"}}}},
        {"network_mode": "${MODE}", "ports": ["80"]},
        {"network_mode": "host", "hostname": "x", "dns": ["1.1.1.1"]},
        {"logging": {"driver": "syslog", "options": {"syslog-address": "udp://x:1"}}},
        {"logging": {"driver": "syslog", "options": {"syslog-address": "unix:///dev/log"}}},
        {"logging": {"driver": "syslog", "options": {"syslog-address": "${A}", "tag": "x"}}},
        {"logging": {"driver": "gelf", "options": {"gelf-address": "udp://x:12201"}}},
        {"logging": {"driver": "fluentd", "options": {"fluentd-address": "x:24224"}}},
        {"logging": {"driver": "fluentd", "options": {"fluentd-address": "unix:///x"}}},
        {"logging": {"driver": "loki", "options": {"loki-address": "x"}}},
        {"logging": {"options": {"max-size": "${SIZE:?}", "max-file": "3", "compress": "true"}}},
        {"logging": {"options": {"mode": "non-blocking", "max-buffer-size": "4m"}}},
        {"sysctls": {"net.core.somaxconn": 9, "kernel.sem": "1 2 3 4", "fs.mqueue.msg_max": 9}},
        {"sysctls": ["net.core.somaxconn=9", "kernel.domainname=x"], "cpu_shares": 2},
        {"volumes": ["/proc:/proc:ro", "./a:/proc/cpuinfo", "/proc:/host/proc", "data:/process"]},
        {"deploy": {"restart_policy": {"max_attempts": 3}}, "cpu_shares": "0"},
        {"deploy": {"restart_policy": {"condition": "any", "max_attempts": 0}}},
        {"secrets": [{"source": "s", "target": "t"}]},
        {"build": {"context": ".", "secrets": [{"source": "s", "mode": "0400"}]}},
        {"healthcheck": {"test": ["NONE"]}, "group_add": ["1000", "docker"]},
        {"networks": {"n": {"ipv4_address": "10.0.0.5", "ipv6_address": "fd00::5"}, "m": None}},
        {"tmpfs": "/run:rw,noexec,size=1m,uid=5", "working_dir": "${W:-}", "stop_signal": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_engine_takes_is_none(service: dict[str, Any]) -> None:
    assert mistakes_in(service) == []


_OPTIONS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"external": True}, ()),
    ({"external": True, "name": "theirs", "x-note": "y"}, ()),
    ({"external": False, "driver": "local"}, ()),
    ({"driver": "local", "driver_opts": {"type": "nfs"}}, ()),
    ({"external": True, "driver": "local", "labels": {"a": "b"}}, ("driver", "labels")),
    ({"external": "true", "driver_opts": {}}, ("driver_opts",)),
    ({"external": {"name": "a"}, "driver": "local"}, ("driver",)),
    ({"external": {"name": "a"}, "name": "b"}, ("external",)),
]


def _found(kind: type[Volume | Network], options: dict[str, Any]) -> list[str]:
    try:
        kind.model_validate({"options": options})
    except ValidationError as error:
        (detail,) = error.errors()
        return [str(mistake.at[-1]) for mistake in detail["ctx"]["all"]]
    return []


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_what_somebody_else_makes_is_told_nothing_as_compose_has_it(
    options: dict[str, Any], wrong: tuple[str, ...], tmp_path: Path, compose: str
) -> None:
    services = {"a": {"image": "a:1", "volumes": ["v:/v"]}}
    (tmp_path / "compose.yaml").write_text(
        json.dumps({"services": services, "volumes": {"v": options}})
    )
    done = subprocess.run(
        [compose, "config", "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert _found(Volume, options) == list(wrong)
    assert (done.returncode != 0) == bool(wrong), done.stderr


@pytest.mark.parametrize(("options", "wrong"), _OPTIONS, ids=str)
def test_the_same_of_networks_where_compose_passes_over_it(
    options: dict[str, Any], wrong: tuple[str, ...]
) -> None:
    assert _found(Network, options) == list(wrong)


@pytest.mark.parametrize(
    ("block", "at"),
    [
        ({"subnet": "10.0.0.0"}, "subnet"),
        ({"subnet": "10.0.0.0/24", "ip_range": "some"}, "ip_range"),
        ({"subnet": "10.0.0.0/24", "gateway": "10.0.0"}, "gateway"),
        ({"subnet": "10.0.0.0/24", "aux_addresses": {"router": "x"}}, "router"),
    ],
)
def test_addresses_of_networks_are_addresses(block: dict[str, Any], at: str) -> None:
    assert _found(Network, {"ipam": {"config": [block]}}) == [at]


def test_a_network_may_have_addresses() -> None:
    block = {"subnet": "fd00::/64", "ip_range": "${RANGE:?}", "gateway": "fd00::1"}

    assert _found(Network, {"ipam": {"config": [block]}}) == []
