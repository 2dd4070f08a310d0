"""Who waits until another service is healthy, or has finished, is told so one day.

Nor does it share memory that the other one keeps for itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import (
    FINISHED,
    Element,
    Model,
    Path,
    is_filled_in,
    is_switched_off,
    references_in,
    restart_policy_of,
)
from archdoc.rules.base import Finding, Rule, projects, service_of

_HEALTHCHECK_INSIDE = frozenset(
    {
        "axllent/mailpit",
        "gitlab/gitlab-ce",
        "gitlab/gitlab-ee",
        "itzg/minecraft-server",
        "louislam/uptime-kuma",
        "netdata/netdata",
        "pihole/pihole",
        "vaultwarden/server",
    }
)
"""Images that say themselves when they are healthy: `HEALTHCHECK` in their Dockerfiles."""


def _check(model: Model) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for placement, node_id in projects(model):
        services = placement.services(node_id)
        for name, element in services.items():
            for ref in references_in(service_of(element)):
                other = services.get(ref.name)
                path = (*element.path, "service", *ref.at)
                if ref.at == ("ipc",) and other is not None and not _lends_memory(other):
                    found[path] = _kept_memory(name, ref.name, path)
                is_job = ref.condition == FINISHED
                if other is not None and is_job and (key := _starts_again(other)):
                    again = (*other.path, "service", *key)
                    found[again] = _started_again(name, ref.name, again, path)
                if ref.condition != "service_healthy" or other is None or _can_tell(other):
                    continue
                found[path] = Finding(
                    path,
                    f"`{name}` waits until `{ref.name}` is healthy, which has no health check",
                    on_key=True,
                    help=f"give `{ref.name}` a `healthcheck`, or wait for `service_started`; if "
                    "its image has a HEALTHCHECK, ignore this finding and say so",
                )
    yield from found.values()


def _starts_again(job: Element) -> Path:
    """Where a job says that it is started again whenever it ends; empty where it does not."""
    service = service_of(job)
    policy = restart_policy_of(service)
    if policy is None:
        again = str(service.get("restart", "")) in {"always", "unless-stopped"}
        return ("restart",) if again else ()
    at: Path = ("deploy", "restart_policy")
    if "condition" not in policy:  # then it is `any`
        return at
    again = str(policy["condition"]) in {"always", "any", "unless-stopped"}
    return (*at, "condition") if again else ()


def _started_again(name: str, job: str, path: Path, other: Path) -> Finding:
    return Finding(
        path,
        f"`{name}` waits until `{job}` has finished, which is started again whenever it ends",
        help="write `restart: on-failure:3` where it may be tried again; left out, it is `no`. A "
        "`deploy.restart_policy` wins over it, and needs `condition: none` or `on-failure`",
        other=other,
        other_message="waited for here",
    )


def _lends_memory(element: Element) -> bool:
    ipc = str(service_of(element).get("ipc", ""))
    return ipc in {"shareable", "host"} or is_filled_in(ipc)


def _kept_memory(name: str, lender: str, path: Path) -> Finding:
    return Finding(
        path,
        f"`{name}` shares the memory of `{lender}`, which keeps it for itself",
        help=f"write `ipc: shareable` in the service of `{lender}`",
    )


def _can_tell(element: Element) -> bool:
    service = service_of(element)
    if "healthcheck" in service:
        check = service["healthcheck"]
        # Without a test, settings such as `interval` change the image's own health check.
        return not is_switched_off(check)
    image = str(service.get("image", "")).removeprefix("docker.io/")
    return image.partition("@")[0].partition(":")[0] in _HEALTHCHECK_INSIDE


RULE = Rule(
    name="unmet-condition",
    code="A323",
    summary="A service waits for another one, or shares its memory, which that one never grants.",
    why="`docker compose up` fails, as the container has no health check; or waits for ever, as "
    "the job is started again whenever it ends. Docker refuses to share the memory of a container "
    "that is not `shareable`, when that one is up already.",
    example="web: {service: {build: ., depends_on: {db: {condition: service_healthy}}}}\n"
    "db: {service: {image: postgres}}",
    fix="Add a `healthcheck` to the other one, or wait for `service_started`. A job that others "
    "wait for is not started again: leave its `restart` and `deploy.restart_policy` out. Who lends "
    "its memory says `ipc: shareable`.",
    check=_check,
)
