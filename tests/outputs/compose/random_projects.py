"""Random models whose containers run under Docker Compose, as people could have written them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from archdoc.model import Model

_NAMES = ("web", "api-2", "w_1", "db", "cache", "jobs")
_KINDS = ("application", "api", "worker", "proxy", "database", "cache", "queue")
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(
    lambda text: text.replace("{", "(").replace("$", "$$")
)
_SIZES = st.sampled_from(["64m", "1g", "200M"])
_DURATIONS = st.sampled_from(["5s", "1m30s", "2h"])
_SERVICE: dict[str, st.SearchStrategy[Any]] = {
    "command": st.just("run --all 'two words'") | st.lists(_TEXT, min_size=1, max_size=3),
    "environment": st.dictionaries(st.sampled_from(["A", "B_1", "no"]), _TEXT | st.integers(0, 9)),
    "healthcheck": st.sampled_from([{"disable": True}, {"test": ["CMD", "true"], "retries": 3}]),
    "restart": st.sampled_from(["no", "always", "on-failure:3"]),
    "init": st.booleans(),
    "read_only": st.booleans(),
    "tmpfs": st.sampled_from(["/tmp", ["/run", "/tmp:size=1m"]]),  # noqa: S108 - in a container
    "user": st.sampled_from(["1000", "nobody:nogroup"]),
    "profiles": st.just(["tools"]),
    "volumes": st.sampled_from([["data:/data"], ["./conf:/conf:ro", "cache:/var/cache/nginx"]]),
    "mem_limit": _SIZES,
    "pids_limit": st.integers(1, 99),
    "deploy": st.sampled_from([{}, {"resources": {"reservations": {"cpus": "0.5"}}}]),
    "labels": st.dictionaries(st.sampled_from(["x.y", "z"]), _TEXT),
    "cap_add": st.just(["SYS_TIME"]),
    "cap_drop": st.sampled_from([[], ["NET_RAW"], ["ALL"]]),
    "stop_grace_period": _DURATIONS,
    "ulimits": st.just({"nofile": {"soft": 10, "hard": 20}}),
    "sysctls": st.just({"net.core.somaxconn": 1024}),
    "extra_hosts": st.just(["host.docker.internal:host-gateway"]),
}
_IMAGES = st.sampled_from(
    ["nginx", "postgres", "redis", "memcached", "example.org/o/app", f"app@sha256:{'0' * 64}"]
)


@st.composite
def projects(draw: st.DrawFn) -> Model:
    """A model whose environment `e` has one or two compose projects."""
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=5, unique=True))
    containers = {name: draw(_container(number)) for number, name in enumerate(names)}
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    split = draw(st.integers(1, len(names)))
    nodes: dict[str, Any] = {"host": {"kind": "host"}}
    for node, mine in (("p1", names[:split]), ("p2", names[split:])):
        # One port of a machine is for one of them only, and so is the volume of a data store.
        alone = {"ports", "volumes"}
        most = {name: 1 if alone & containers[name]["service"].keys() else 3 for name in mine}
        runs = [{"container": n, "replicas": draw(st.integers(1, most[n]))} for n in mine]
        if runs:
            nodes[node] = {"kind": "docker.compose", "in": "host", "runs": runs}
    return Model.model_validate(
        {
            "name": f"x{draw(_TEXT)}",
            "systems": {"s": {"containers": containers}},
            "relationships": [_said(*pair, containers) for pair in chosen],
            "volumes": {"data": "Rows.", "cache": "Pages."},
            "environments": {"e": {"nodes": nodes}},
        }
    )


@st.composite
def _container(draw: st.DrawFn, number: int) -> dict[str, Any]:
    service = draw(st.fixed_dictionaries({"image": _IMAGES}, optional=_SERVICE))
    if draw(st.booleans()):
        service["ports"] = [f"{8000 + number}:80"]
    return {
        "kind": draw(st.sampled_from(_KINDS)),
        "description": draw(_TEXT),
        "version": draw(st.sampled_from(["1.2", "3", "10-alpine"])),
        "port": draw(st.integers(1, 65535)),
        "service": service,
    }


def _said(one: str, other: str, containers: dict[str, Any]) -> dict[str, str]:
    """A relationship in which `one` opens the connection: so that none waits for itself."""
    stores = [containers[name]["kind"] in {"database", "cache", "queue"} for name in (one, other)]
    if stores == [True, False]:
        one, other = other, one
    return {"from": one, "to": other, "label": "Uses"}
