"""Environments compared: where containers are, and what changes from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings

from archdoc.model import ElementKind, Model
from archdoc.outputs.comparison import changes_text
from archdoc.source import Loaded
from archdoc.views import ChangeKind, changes, compare
from strategies import MODELS

FROM_COMPOSE_TO_ADVANCED = """\
From Docker Compose (compose) to Advanced architecture on AWS (aws-advanced)

Containers
  - PostgreSQL moves from the Docker Compose project to Amazon RDS (DB).
  - Redis moves from the Docker Compose project to Amazon ElastiCache for Redis.
  - Media and static files moves from Docker volume (Media volume) to Amazon S3
    (S3 Bucket).

Nodes
  - The Docker Compose project now stands in Amazon EC2 (with Nginx, Django,
    Celery and Celery beat).
  - AWS Cloud is added.
  - Region (us-east-1) is added in AWS Cloud.
  - VPC is added in us-east-1.
  - Amazon EC2 is added in VPC.
  - Amazon RDS (DB) is added in VPC.
  - Amazon ElastiCache for Redis is added in VPC.
  - Amazon S3 (S3 Bucket) is added in us-east-1.
  - Docker volume (Media volume) is removed.

Relationships
  - Magnet staff → EC2: “SSH” is added.
  - User → S3 Bucket: “Requests” is added.
  - Nginx → Media and static files: “Serves files” is removed.
  - “Requests over HTTPS” becomes “Requests” (User → Nginx).
  - “SQL queries” becomes “Queries” (Django → PostgreSQL and Celery →
    PostgreSQL).
  - “Cache requests” becomes “Cache” (Django → Redis).
  - “Stores files” becomes “API Requests” (Django → Media and static files).
"""


def test_the_reference_model_says_what_moving_to_managed_services_means(reference: Loaded) -> None:
    pair = ("compose", "aws-advanced")
    said = changes_text(reference.model, *pair, changes(reference.model, *pair), 80)

    assert said == FROM_COMPOSE_TO_ADVANCED


def test_every_cell_says_where_a_container_is_and_how(reference: Loaded) -> None:
    rows = {row.container.local_id: row for row in compare(reference.model)}
    cells = {cell.environment: cell for cell in rows["django"].cells}
    (compose,), (ecs,) = cells["aws-simple"].spots, cells["aws-ecs-ec2"].spots
    (rds,) = next(c for c in rows["postgres"].cells if c.environment == "aws-advanced").spots

    assert (compose.how, compose.kind, compose.replicas) == ("compose", "docker.compose", 1)
    assert [outer.node.name for outer in compose.around] == [
        "App server", "VPC", "us-east-1", "AWS Cloud"
    ]  # fmt: skip
    assert (ecs.how, ecs.replicas) == ("tasks", 2)
    assert ecs.words == "2 × on Amazon EC2 (Web instances) in Web cluster"
    assert (rds.how, rds.product, rds.words) == (
        "realised", "Amazon RDS", "realised by Amazon RDS (DB)"
    )  # fmt: skip


def _model(names: list[str], old: dict[str, Any], new: dict[str, Any]) -> Model:
    systems = {"s": {"containers": {name: {"description": "x"} for name in names}}}
    environments = {"old": old, "new": new}
    people: dict[str, Any] = {"user": {}}
    return Model.model_validate(
        {"name": "m", "people": people, "systems": systems, "environments": environments}
    )


def _sentences(
    old: str, new: str, old_says: Sequence[Any] = (), new_says: Sequence[Any] = ()
) -> list[tuple[str, str]]:
    """The changes between the nodes, and the relationships, of two environments."""
    before = {"nodes": yaml.safe_load(old), "relationships": list(old_says)}
    after = {"nodes": yaml.safe_load(new), "relationships": list(new_says)}
    model = _model(["a", "b"], before, after)
    return [(c.kind.value, c.sentence) for c in changes(model, "old", "new")]


def test_a_container_can_appear_and_disappear() -> None:
    assert _sentences("{n: {kind: host, runs: [a]}}", "{n: {kind: host, runs: [b]}}") == [
        ("container-disappears", "A disappears from Server (N)."),
        ("container-appears", "B appears: Server (N)."),
    ]


def test_a_container_can_be_in_one_place_more_or_less() -> None:
    one = "{n: {kind: node, runs: [a]}, m: {kind: node, name: Spare}}"
    two = "{n: {kind: node, runs: [a]}, m: {kind: node, name: Spare, runs: [a]}}"

    assert _sentences(one, two) == [
        ("container-moves", "A is also on Node (Spare)."),
        ("replicas-change", "A has 2 replicas instead of 1."),
    ]
    assert _sentences(two, one)[0] == ("container-moves", "A is no longer on Node (Spare).")


def test_nodes_that_are_called_alike_are_told_apart_by_their_ids() -> None:
    old = "{n1: {kind: host, name: Server, runs: [a]}}"

    assert _sentences(old, old.replace("n1", "n2"))[0] == (
        "container-moves", "A moves from Server (n1) to Server (n2)."
    )  # fmt: skip


def test_replicas_and_facts_of_nodes_are_compared() -> None:
    old = "{n: {kind: node, runs: [a], properties: {Size: small, Zone: '1'}}}"
    new = """{n: {kind: node, technology: K3s, runs: [{container: a, replicas: 3}],
                  properties: {Size: large}, owner: Ops}}"""

    assert _sentences(old, new) == [
        ("replicas-change", "A has 3 replicas instead of 1."),
        ("node-becomes", "Node (N) becomes K3s (N)."),
        ("node-fact-changes", "Owner of K3s (N) is now Ops."),
        ("node-fact-changes", "Size of K3s (N) changes from small to large."),
        ("node-fact-changes", "Zone of K3s (N) is no longer said (1)."),
    ]


def test_settings_zones_and_what_is_behind_a_balancer_are_told_by_name() -> None:
    nodes = """{v: {kind: aws.vpc}, z: {kind: aws.availability-zone, in: v, name: First zone},
        y: {kind: aws.availability-zone, in: v, name: Second zone},
        n: {kind: aws.ec2, in: v, runs: [a]}, m: {kind: aws.ec2, in: v, name: App server},
        lb: {kind: aws.alb, in: v, SAID}}"""
    one = nodes.replace("SAID", "spans: [z, y], fronts: [n, m], settings: {scheme: internal}")
    two = nodes.replace("SAID", "spans: [y], fronts: [m, a], settings: {scheme: internet-facing}")
    alb, fact = "Application Load Balancer (Lb)", "node-fact-changes"

    assert _sentences(one, two) == [
        (fact, f"Scheme of {alb} changes from internal to internet-facing."),
        (fact, f"{alb} is spread over Second zone instead of First zone and Second zone."),
        (fact, f"{alb} passes requests to App server and A instead of N and App server."),
        (fact, f"{alb} carries only requests from outside instead of all requests."),
    ]
    assert _sentences(one, nodes.replace("SAID", ""))[1:] == [
        (fact, f"{alb} is no longer spread over First zone and Second zone."),
        (fact, f"{alb} no longer passes requests to N and App server."),
    ]
    assert (fact, f"{alb} now passes requests to App server and A.") in _sentences(
        nodes.replace("SAID", ""), two
    )


def test_a_node_of_another_kind_is_another_place() -> None:
    said = _sentences("{n: {kind: host, runs: [a]}}", "{n: {kind: node, runs: [a]}}")

    assert said == [
        ("container-moves", "A moves from Server (N) to Node (N)."),
        ("node-becomes", "Server (N) becomes Node (N)."),
    ]


def test_relationships_with_a_node_are_the_same_in_both_environments() -> None:
    nodes = "{n: {kind: host, runs: [a]}}"
    ssh = ["user -> n: SSH"]

    assert _sentences(nodes, nodes, ssh, ssh) == []
    assert _sentences(nodes, nodes, [], ssh) == [
        ("relationship-added", "User → N: “SSH” is added.")
    ]


def test_a_label_with_line_breaks_stays_a_sentence() -> None:
    nodes = "{n: {kind: host, runs: [a]}}"
    own = [{"user -> n": "one\n\ntwo"}]

    assert _sentences(nodes, nodes, [], own)[0][1] == "User → N: “one two” is added."


def test_many_containers_that_move_with_a_node_are_counted() -> None:
    names = [f"c{number}" for number in range(12)]
    machine = {"kind": "node", "runs": names}
    old = {"nodes": {"n": machine, "m": {"kind": "node"}}}
    new = {"nodes": {"n": {**machine, "in": "m"}, "m": {"kind": "node"}}}
    model = _model(names, old, new)
    (change,) = changes(model, "old", "new")

    assert change.sentence.endswith("C6 and 5 others).")
    assert len(change.elements) == 12


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_nothing_changes_between_an_environment_and_itself(model: Model) -> None:
    compare(model)

    assert all(changes(model, one, one) == () for one in model.environments)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_the_way_back_names_the_same_containers(model: Model) -> None:
    for old in model.environments:
        for new in model.environments:
            assert _named(model, old, new) == _named(model, new, old)


def _named(model: Model, old: str, new: str) -> set[tuple[str, str]]:
    """Containers with what sort of change they are named in; coming mirrors going."""
    mirrors = {ChangeKind.CONTAINER_DISAPPEARS: ChangeKind.CONTAINER_APPEARS}
    mirrors[ChangeKind.RELATIONSHIP_REMOVED] = ChangeKind.RELATIONSHIP_ADDED
    return {
        (mirrors.get(change.kind, change.kind).value, id_)
        for change in changes(model, old, new)
        for id_ in change.elements
        if model.index.elements[id_].kind is ElementKind.CONTAINER
    }
