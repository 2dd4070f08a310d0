"""What a view shows: by id, tag, kind, group and neighbourhood, in views of every kind."""

from __future__ import annotations

from typing import Any

import pytest

import archdoc
from archdoc.model import Model
from archdoc.views import Diagram, all_views, diagrams
from conftest import ROOT
from helpers import archdoc_model

EVERYTHING = archdoc.load(ROOT / "tests" / "models" / "everything.yaml")


def _with_view(**view: Any) -> Model:
    data = EVERYTHING.model_dump(by_alias=True, exclude={"views"})
    return Model.model_validate({**data, "views": {"v": view}})


def _diagram(**view: Any) -> Diagram:
    return diagrams(_with_view(**view))[0]


def _boxes(diagram: Diagram) -> set[str]:
    return {node.id for node in diagram.walk() if not node.boundary}


def _shown(include: list[Any], exclude: list[Any] | None = None, **view: Any) -> set[str]:
    view = {"kind": "container", "of": "shop", **view}
    return _boxes(_diagram(include=include, exclude=exclude or [], **view))


SELECTIONS: list[tuple[list[Any], list[Any], set[str]]] = [
    (["web"], [], {"shop.web"}),
    (["*"], ["web", "app", "jobs", "db"], {"user", "shop.api", "bank"}),
    ([{"tag": "vip"}], [], {"user", "shop.web"}),
    ([{"kind": "database"}, {"kind": "person"}], [], {"shop.db", "user"}),
    ([{"group": "inner"}], [], {"shop.app", "shop.api"}),
    ([{"inside": "shop"}], [{"kind": "queue"}], {"shop.web", "shop.app", "shop.api", "shop.db"}),
    ([{"inside": "shop"}], [{"inside": "shop"}, "web"], set()),
    ([{"around": "db"}], [], {"shop.db", "shop.api"}),
    ([{"around": "api", "direction": "in"}], [], {"shop.web", "shop.app", "shop.api"}),
    (
        [{"around": "api", "direction": "out"}],
        [],
        {"shop.api", "shop.db", "shop.jobs", "bank.ledger"},
    ),
    ([{"around": "db", "depth": 3}], [{"group": "inner"}], {
        "shop.db", "shop.web", "shop.jobs", "user", "bank.ledger"
    }),
    (["api", "api.orders"], [], {"shop.api"}),  # components are below what the view shows
]  # fmt: skip


@pytest.mark.parametrize(("include", "exclude", "expected"), SELECTIONS)
def test_a_view_shows_what_it_includes_without_what_it_excludes(
    include: list[Any], exclude: list[Any], expected: set[str]
) -> None:
    assert _shown(include, exclude) == expected


def test_neighbours_are_shown_at_the_level_of_the_view() -> None:
    around = [{"around": "api"}]

    assert _shown(around, kind="context") == {"user", "bank"} - {"user"} | {"shop"}
    assert _shown(around, kind="landscape", of=None) == {"shop", "bank"}


def test_the_parts_of_other_systems_stand_inside_them() -> None:
    diagram = _diagram(kind="container", of="shop", include=["*", "bank.ledger"])
    parents = {node.id: parent for node, parent in diagram.with_parents()}

    assert parents["bank.ledger"] == "bank"
    assert ("shop.api", "bank.ledger") in {(e.source, e.target) for e in diagram.edges}


def test_elements_of_a_group_stand_inside_it_once() -> None:
    diagram = _diagram(kind="container", of="shop")
    parents = {node.id: parent for node, parent in diagram.with_parents()}

    assert parents["shop"] == parents["bank"] == "/money"
    assert parents["shop.api"] == parents["shop.app"] == "shop/inner"
    assert parents["shop/inner"] == "shop"


@pytest.mark.parametrize("kind", ["deployment", "aws"])
def test_views_of_environments_use_the_same_selection(kind: str) -> None:
    shown = archdoc.load(ROOT / "model")
    data = shown.model_dump(by_alias=True, exclude={"views"})
    view = {"kind": kind, "environment": "aws-advanced", "exclude": ["s3", "celery", "staff"]}
    model = Model.model_validate({**data, "views": {"v": view}})
    (diagram, *_) = diagrams(model)
    elements = {node.element for node in diagram.walk()}

    assert not {"aws-advanced.s3", "app.celery", "staff"} & elements
    assert "aws-advanced.rds" in elements
    labels = {edge.label for edge in diagram.edges}
    assert "SSH" not in labels
    assert "API Requests" not in labels


def test_who_selects_a_node_selects_what_is_in_it() -> None:
    view = {"kind": "deployment", "environment": "local", "include": ["project", "bank"]}
    diagram = _diagram(**view)
    ids = {node.id for node in diagram.walk()}

    assert {"machine", "project", "shop.api@project", "bank"} <= ids
    assert not {"lb", "user"} & ids


_FRONTED = """
    name: Shop
    people: {user: {}}
    systems:
      bank: {external: true, containers: {ledger: {}}}
      shop: {containers: {web: {}, db: {kind: database}, files: {kind: file-store}}}
    relationships: [user -> web: Orders, web -> db: Queries, web -> ledger: Pays, web -> files: x]
    environments:
      live:
        reword: {x: null}
        nodes:
          aws: {kind: aws.cloud}
          region: {kind: aws.region, in: aws}
          vpc: {kind: aws.vpc, in: region}
          ec2: {kind: aws.ec2, in: vpc}
          project: {kind: docker.compose, in: ec2, runs: [web]}
          rds: {kind: aws.rds, in: vpc, realises: db}
          s3: {kind: aws.s3, in: region, realises: files}
          alb: {kind: aws.alb, in: vpc, fronts: ec2}
    views:
      v: {kind: KIND, environment: live, include: [SELECTOR], exclude: [HIDDEN]}
"""
_PLACES = {"aws", "region", "vpc"}


@pytest.mark.parametrize(
    ("selector", "hidden", "expected"),
    [
        ("{around: alb}", "", {"alb", "ec2", "user"}),
        ("{around: alb, direction: out}", "", {"alb", "ec2"}),
        ("{around: ec2}", "", {"alb", "ec2", "rds", "bank"}),
        ("{around: ec2}", "alb", {"user", "ec2", "rds", "bank"}),
        ("{around: web}", "", {"alb", "ec2", "rds", "bank"}),
        ("{around: rds, depth: 2, direction: in}", "", {"rds", "ec2", "alb"}),
        ("{around: user}", "", {"user", "alb"}),
    ],
)
def test_neighbours_are_those_that_arrows_of_the_picture_lead_to(
    selector: str, hidden: str, expected: set[str]
) -> None:
    said = _FRONTED.replace("SELECTOR", selector).replace("HIDDEN", hidden)
    (aws,) = diagrams(archdoc_model(said.replace("KIND", "aws")))
    c4, _ = diagrams(archdoc_model(said.replace("KIND", "deployment")))

    assert {node.id for node in aws.walk()} - _PLACES == expected
    assert expected - {node.id for node in c4.walk()} == set()


def test_an_aws_view_gives_no_other_picture() -> None:
    data = archdoc.load(ROOT / "model").model_dump(by_alias=True, exclude={"views"})
    views = {"v": {"kind": "aws", "environment": "aws-simple"}}

    assert [d.kind for d in diagrams(Model.model_validate({**data, "views": views}))] == ["aws"]


def test_steps_are_numbered_and_take_words_and_lines_from_relationships() -> None:
    edges = [d for d in diagrams(EVERYTHING) if d.id == "dyn"][0].edges  # noqa: RUF015 - there is one

    assert [(e.number, e.source, e.target, e.label, e.line) for e in edges] == [
        (1, "user", "shop.web", "Opens", "solid"),
        (2, "shop.web", "shop.api", "JSON", "solid"),
        (3, "shop.api", "shop.db", "Asks", "solid"),
        (4, "shop.db", "shop.api", "Answers", "solid"),
        (5, "shop.api", "shop.jobs", "Tasks", "dotted"),
    ]


def test_an_asynchronous_relationship_is_dashed_and_a_two_way_one_has_two_heads() -> None:
    model = _with_view(kind="container", of="shop").model_copy(update={"styles": {}})
    edges = {(e.source, e.target, e.label): e for e in diagrams(model)[0].edges}

    assert edges["shop.api", "shop.jobs", "Tasks"].line == "dashed"
    assert edges["shop.api", "shop.db", "SQL"].two_headed


def test_relationships_are_drawn_by_order_then_as_the_model_has_them() -> None:
    model = Model.model_validate(
        {
            "name": "x",
            "systems": {"a": {}, "b": {}},
            "relationships": [
                {"a -> b": "second"}, {"a -> b": "third"},
                {"from": "a", "to": "b", "label": "first", "order": -1},
            ],
            "views": {"v": {"kind": "landscape"}},
        }
    )  # fmt: skip

    assert [e.label for e in diagrams(model)[0].edges] == ["first", "second", "third"]


def test_what_is_said_of_parts_reaches_the_picture_of_where_they_run() -> None:
    (diagram,) = [d for d in diagrams(EVERYTHING) if d.id == "dep"]
    edges = {(e.source, e.target, e.label) for e in diagram.edges}

    assert ("shop.api@project", "shop.db@project", "Reads") in edges  # said of a component
    assert ("shop.api@project", "bank", "Payments") in edges  # said to a container elsewhere


def test_an_app_on_phones_belongs_to_pictures_of_what_it_talks_to() -> None:
    (diagram,) = [d for d in diagrams(EVERYTHING) if d.id == "dep"]
    edges = {(e.source, e.target, e.label) for e in diagram.edges}

    assert ("shop.app", "shop.api@project", "JSON") in edges
    assert ("user", "shop.app", "Orders") in edges
    assert {node.id for node in diagram.nodes} == {"user", "machine", "shop.app", "bank"}


def test_the_usual_views_have_names_of_their_own() -> None:
    data = {
        "name": "x",
        "systems": {
            "a": {"containers": {"b": {"components": {"c": {}}}, "b-c": {}}},
            "a-b": {"containers": {"c": {"components": {"d": {}}}}},
            "far": {"external": True, "containers": {"x": {}}},
        },
        "environments": {"landscape": {}, "context-a": {}, "components-a-b": {}},
    }
    views = all_views(Model.model_validate(data))

    assert list(views) == [
        "landscape", "context-a", "containers-a", "components-a-b", "context-a-b",
        "containers-a-b", "components-a-b-c", "context-far", "deployment-landscape",
        "deployment-context-a", "deployment-components-a-b",
    ]  # fmt: skip
