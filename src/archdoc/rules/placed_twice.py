"""A container must not be in two places that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archdoc.model import Container, Model, Path
from archdoc.rules.base import Finding, Rule


def _check(model: Model) -> Iterator[Finding]:
    for name, environment in model.environments.items():
        places: dict[str, list[tuple[Path, bool, int]]] = defaultdict(list)
        for node_id, node in environment.nodes.items():
            base: Path = ("environments", name, "nodes", node_id)
            stated = [(i.container, node.replicas(i), "runs") for i in node.runs]
            stated += [(ref, 1, "realises") for ref in node.realises]
            numbers = [*range(len(node.runs)), *range(len(node.realises))]
            for (ref, replicas, key), number in zip(stated, numbers, strict=True):
                container = model.index.find_container(ref)
                if container is None:
                    continue  # another rule's
                places[container.id].append(((*base, key, number), key == "realises", replicas))
        for id_, where in places.items():
            yield from _judge(model, id_, where)


def _judge(model: Model, id_: str, where: list[tuple[Path, bool, int]]) -> Iterator[Finding]:
    content = model.index.elements[id_].content
    name = id_.rpartition(".")[2]
    last = where[-1][0]
    nodes = [path[3] for path, _, _ in where]
    if len(set(nodes)) < len(nodes):
        yield Finding(
            last,
            f"`{name}` is on `{last[3]}` twice",
            help="say how many there are: `{container: " + name + ", replicas: 2}`",
        )
        return
    if len(where) > 1 and any(realised for _, realised, _ in where):
        others = ", ".join(f"`{path[3]}`" for path, _, _ in where[:-1])
        yield Finding(
            last,
            f"`{name}` is in two places: a service takes its place here, and it is in {others} too",
            help="a container either runs, or one managed service realises it",
        )
        return
    alone = isinstance(content, Container) and content.singleton
    if alone and sum(replicas for _, _, replicas in where) > 1:
        by_desired = len(where) == 1 and _is_left_to_desired(model, last)
        yield Finding(
            (*last[:4], "settings", "desired") if by_desired else last,
            f"`{name}` is a singleton, and would run more than once",
            help="let it be 1, or run it in a service of its own"
            if by_desired
            else "run it once, on one node",
        )


def _is_left_to_desired(model: Model, path: Path) -> bool:
    """Whether it is the node's `desired` that says how often a container runs there."""
    node, number = model.environments[str(path[1])].nodes[str(path[3])], path[-1]
    return isinstance(number, int) and bool(node.tasks) and node.runs[number].replicas is None


RULE = Rule(
    name="placed-twice",
    code="A203",
    summary="A container is in two places of an environment that exclude each other.",
    why="It would be two databases, or a schedule that starts every task twice.",
    example="nodes:\n  project: {kind: docker.compose, runs: [postgres]}\n"
    "  rds: {kind: aws.rds, in: vpc, realises: postgres}",
    fix="Take it out of one of them.",
    check=_check,
)
