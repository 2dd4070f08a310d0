"""What is said of an AWS service is what AWS knows of it, and agrees with the model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from archdoc.model import CATALOGUE, Container, DeploymentNode, Model, Path, Setting
from archdoc.report import did_you_mean
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id, node in environment.nodes.items():
            if node.kind in CATALOGUE:
                path: Path = ("environments", name, "nodes", node_id)
                yield from _settings(node, path)
                yield from _version(model, node, path)
                yield from _replicas(node, path)
                yield from _order(node, path)


def _settings(node: DeploymentNode, path: Path) -> Iterator[Finding]:
    known = {setting.name: setting for setting in node.catalogued.settings}
    for name, value in node.settings.items():
        if name not in known:
            yield Finding(
                (*path, "settings", name),
                f"{node.catalogued.title} has no setting `{name}`",
                on_key=True,
                label=did_you_mean(name, known),
                help=f"it has: {', '.join(known)}" if known else "say it in `properties`",
            )
        elif not known[name].fits(value):
            meant = known[name].meant(value)
            yield Finding(
                (*path, "settings", name),
                f"`{name}` cannot be `{value}`",
                label=f"did you mean `{meant}`?" if meant else "",
                help=f"it is {known[name].form}",
            )
        else:
            yield from _limit(node, known[name], path)


def _limit(node: DeploymentNode, setting: Setting, path: Path) -> Iterator[Finding]:
    """What AWS allows for this kind of node, as far as its documentation says so."""
    value, cpu = node.settings[setting.name], node.settings.get("cpu", "")
    limit = setting.limit.with_cpu(cpu) if setting.limit else None
    if limit is None or limit.allows(value):
        return
    depends = f" with {cpu} vCPUs" if setting.limit and setting.limit.by_cpu else ""
    yield Finding(
        (*path, "settings", setting.name),
        f"`{setting.name}` of {node.catalogued.title} cannot be `{value}`{depends}",
        help=f'it is {limit.words(setting.unit)} (AWS\'s documentation, "{limit.source}")',
    )


def _version(model: Model, node: DeploymentNode, path: Path) -> Iterator[Finding]:
    """A version is said once; where AWS's is more exact, it is one of that series."""
    said = node.settings.get("engine_version")
    for ref in node.realises if said else ():
        container = model.index.find_container(ref)
        content = container.content if container is not None else None
        if not isinstance(content, Container) or not content.version or said is None:
            continue
        series = content.version.removesuffix(".x")
        if said != series and not said.startswith(f"{series}."):
            yield Finding(
                (*path, "settings", "engine_version"),
                f"`{ref}` has version {content.version}, and would be {said} here",
                help=f"leave it out, or name a version of {content.version}",
            )


def _replicas(node: DeploymentNode, path: Path) -> Iterator[Finding]:
    """Each task of an ECS service runs each of its containers once."""
    for number, instance in enumerate(node.runs if node.tasks else ()):
        if instance.replicas not in (None, node.tasks):
            yield Finding(
                (*path, "settings", "desired"),
                f"`{instance.container}` has {instance.replicas} replicas here, and "
                f"{node.tasks} by `desired`",
                help="say it once: leave out `replicas`, or `desired`",
                other=(*path, "runs", number, "replicas"),
                other_message="how often it runs",
            )


def _order(node: DeploymentNode, path: Path) -> Iterator[Finding]:
    """There are at least as many as the minimum, and at most as many as the maximum."""
    known = [s for s in node.catalogued.settings if s.name in _GROWING and s.name in node.settings]
    said = {s.name: int(node.settings[s.name]) for s in known if s.fits(node.settings[s.name])}
    for less, more in combinations((name for name in _GROWING if name in said), 2):
        if said[less] > said[more]:
            yield Finding(
                (*path, "settings", more),
                f"`{more}` is {said[more]}, and `{less}` {said[less]}",
                help=f"`{more}` cannot be less than `{less}`",
                other=(*path, "settings", less),
                other_message="said here",
            )
            return


_GROWING = ("minimum", "desired", "maximum")

RULE = Rule(
    name="unfit-setting",
    code="A208",
    summary="A setting is none of its AWS service, has the wrong form, or contradicts the model.",
    why="Readers plan, and pay, by what the tables say.",
    example="nodes:\n  rds: {kind: aws.rds, in: vpc, settings: {instance_clas: db.t4g.medium}}",
    fix="Use a setting of the service, in the form that the message names.",
    check=_check,
)
