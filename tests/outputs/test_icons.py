"""Icons of technologies: which box gets which, and that PlantUML's library has them all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.outputs.c4_plantuml.emit import emit
from archdoc.outputs.c4_plantuml.icons import find
from archdoc.outputs.c4_plantuml.technologies import CASED, ICONS
from archdoc.outputs.c4_sequence.emit import emit as emit_sequence
from archdoc.render import Job, Picture, render
from archdoc.views import Diagram, Edge, Node, Shape, diagrams
from helpers import loaded

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [name for names in ICONS.values() for name in names]


def _diagram(*nodes: Node) -> Diagram:
    return Diagram("t", "container", "t", nodes=nodes)


def test_plantuml_draws_a_picture_of_its_own_for_every_technology(engines: None) -> None:
    nodes = [
        Node(f"n{number}", f"n{number}", Shape.CONTAINER, names[0], names[0])
        for number, names in enumerate(ICONS.values())
    ]
    (result,) = render([Job("icons", "plantuml", emit(_diagram(*nodes)).source, "icons")])
    assert isinstance(result, Picture)
    boxes = [
        [image.get("{http://www.w3.org/1999/xlink}href") for image in group.iter(f"{SVG}image")]
        for group in ET.fromstring(result.svg).iter(f"{SVG}g")
        if group.get("class") == "entity"
    ]

    assert len(boxes) == len(ICONS)
    assert {len(images) for images in boxes} == {1}
    assert len({image for (image,) in boxes}) == len(ICONS)


def test_no_two_technologies_share_a_name_and_no_two_includes_a_sprite() -> None:
    names = Counter(name.casefold() for name in NAMES)
    sprites = Counter(include.rpartition("/")[2] for include in ICONS)

    assert [name for name, times in names.items() if times > 1] == []
    assert [sprite for sprite, times in sprites.items() if times > 1] == []
    assert {*NAMES} >= CASED


def test_a_technology_is_found_by_each_of_its_names() -> None:
    wanted = {name: include for include, names in ICONS.items() for name in names}

    assert {name: find(name) for name in NAMES} == wanted
    assert {name: find(f"{name} 4.2.x on Windows, 3 instances") for name in NAMES} == wanted


@pytest.mark.parametrize(
    ("technology", "icon"),
    [
        ("Django 4.2 on Python 3.10", "django"),
        ("Celery 5.3 on Python 3.10", "python"),
        ("Amazon RDS for PostgreSQL", "postgresql"),
        ("redis cache", "redis"),
        ("NGINX", "nginx"),
        ("Ruby on Rails", "rails"),
        ("Ruby", "ruby"),
        ("Java and Spring MVC", "java"),
        ("Apache Kafka topic", "apachekafka_original"),
        ("C/C++", "c"),
        ("C++", "cplusplus"),
        ("Node.js + TypeScript", "nodejs"),
        ("Custom (Go 1.22)", "go"),
        ("Spring\nBoot", ""),
        ("Django-like", ""),
        ("Djangos", ""),
        ("Go kart", ""),
        ("go", ""),
        ("Cargo", ""),
        ("Mongo", ""),
        ("SWIFT", ""),
        ("R&D", ""),
        ("C4", ""),
        ("NoSQL", ""),
        ("SQL\N{LATIN SMALL LETTER DOTLESS I}te", ""),
        ("My SQL Server thing", ""),
        ("Node", ""),
        ("", ""),
    ],
)
def test_only_what_is_named_as_a_whole_is_found(technology: str, icon: str) -> None:
    assert find(technology).rpartition("/")[2] == icon


def test_a_box_shows_the_icon_of_its_technology_and_a_boundary_none() -> None:
    inner = Node("s.a", "s.a", Shape.COMPONENT, "A", "Django 4.2")
    outer = Node("s", "s", Shape.CONTAINER, "S", "Redis", boundary=True, children=(inner,))
    source = emit(_diagram(outer, Node("x", "x", Shape.DATABASE, "X", "Sesame"))).source

    assert "!include <tupadr3/devicons2/django>\n" in source
    assert 'Component(s_a, "A", "Django 4.2", $sprite="django")' in source
    assert 'ContainerDb(x, "X", "Sesame")' in source
    assert "redis" not in source


def test_a_view_can_do_without_icons(tmp_path: Path) -> None:
    model = loaded(
        tmp_path,
        """
        name: Shop
        systems:
          shop:
            containers: {web: {technology: Django}}
        views:
          with: {kind: container, of: shop}
          without: {kind: container, of: shop, icons: false}
        """,
    ).model
    with_icons, without = (emit(diagram).source for diagram in diagrams(model))

    assert "django" in with_icons
    assert "django" not in without


def test_lanes_of_a_sequence_show_none() -> None:
    boxes = tuple(Node(n, n, Shape.CONTAINER, n, "Django") for n in "ab")
    steps = replace(_diagram(*boxes), kind="dynamic", edges=(Edge("a", "b", "x", number=1),))

    assert "django" in emit(steps).source
    assert "django" not in emit_sequence(steps).source
