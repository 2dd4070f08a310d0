"""A deployment node must stand where its kind can stand, and run what its kind can run."""

from __future__ import annotations

from collections.abc import Iterator

from archdoc.model import ANYWHERE, CATALOGUE, Environment, Model, Path
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        for node_id in environment.nodes:
            path: Path = ("environments", name, "nodes", node_id)
            yield from _standing(environment, node_id, path)
            yield from _running(environment, node_id, path)


def _standing(environment: Environment, node_id: str, path: Path) -> Iterator[Finding]:
    node = environment.nodes[node_id]
    around, seen = node.within, [node_id]
    while around is not None and around in environment.nodes and around not in seen:
        seen.append(around)
        around = environment.nodes[around].within
    if around in seen:
        yield Finding(
            (*path, "in"),
            f"`{node_id}` stands in itself: {' in '.join([*seen, around])}",
            help="let the outermost of them stand in another node, or in none",
        )
        return
    kind = CATALOGUE.get(node.kind)
    outer = environment.nodes.get(node.within or "")
    if kind is None or (node.within is not None and (outer is None or outer.kind not in CATALOGUE)):
        return  # another rule's
    allowed = kind.stands_in
    if ANYWHERE in allowed:
        return
    if (outer.kind if outer else "") not in allowed:
        where = f"in a node of kind `{outer.kind}`" if outer else "outside of any other node"
        possible = [f"`{kind_}`" if kind_ else "no other node" for kind_ in allowed]
        yield Finding(
            (*path, "in") if outer else path,
            f"{kind.title} (`{node.kind}`) cannot stand {where}",
            on_key=outer is None,
            help=f"it stands in {' or '.join(possible)}",
        )


def _running(environment: Environment, node_id: str, path: Path) -> Iterator[Finding]:
    node = environment.nodes[node_id]
    kind = CATALOGUE.get(node.kind)
    if kind is None:
        return
    if node.runs and kind.runs == "nothing":
        able = ", ".join(f"`{name}`" for name, k in CATALOGUE.items() if k.runs != "nothing")
        yield Finding(
            (*path, "runs"), f"{kind.title} runs no containers", help=f"these kinds do: {able}"
        )
    if node.realises and not kind.realises:
        able = ", ".join(f"`{name}`" for name, k in CATALOGUE.items() if k.realises)
        yield Finding(
            (*path, "realises"),
            f"{kind.title} does not take the place of a container",
            help=f"these kinds do: {able}",
        )
    if (node.fronts or node.carries) and not kind.fronts:
        able = ", ".join(f"`{name}`" for name, k in CATALOGUE.items() if k.fronts)
        yield Finding(
            (*path, "fronts" if node.fronts else "carries"),
            f"requests to others do not pass through {kind.title}",
            help=f"they pass through these kinds: {able}",
        )


RULE = Rule(
    name="impossible-topology",
    code="A202",
    summary="A node stands where its kind cannot stand, or runs what it cannot run.",
    why="A picture of something that cannot be built is worse than none.",
    example="nodes:\n  vpc: {kind: aws.vpc, in: region}\n  files: {kind: aws.s3, in: vpc}",
    fix="Put the node into one of the kinds that the message names.",
    check=_check,
    required=True,
)
