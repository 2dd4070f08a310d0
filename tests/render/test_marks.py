"""What a picture says of the model: elements, relationships, whole phrases."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from archdoc.pipeline import draw, sources
from archdoc.source import Loaded
from archdoc.views import Diagram, diagrams

SVG = "{http://www.w3.org/2000/svg}"


def _said(group: ET.Element) -> str:
    texts = ("".join(text.itertext()) for text in group.iter(f"{SVG}text"))
    return " ".join(" ".join(texts).split())


def test_every_arrow_names_its_relationships(reference: Loaded, engines: None) -> None:
    """Also of several between the same two boxes: each has the label of its own relationship."""
    wanted = [source for source in sources(diagrams(reference.model)) if source.is_drawn]
    drawn = draw(wanted, png=False)
    for source in wanted:
        root = ET.fromstring(drawn.pictures[source.name].svg)
        found = [
            (group.get("data-relationship"), _said(group))
            for group in root.iter(f"{SVG}g")
            if group.get("class") in {"link", "edge"}
        ]

        assert sorted(found, key=str) == sorted(_expected(source.diagram), key=str), source.name


def _expected(diagram: Diagram) -> list[tuple[str, str]]:
    return [
        (
            "\n".join(edge.relationships),
            " ".join(filter(None, (edge.said, edge.technology and f"[{edge.technology}]"))),
        )
        for edge in diagram.edges
    ]


def test_every_box_names_its_element(reference: Loaded, engines: None) -> None:
    wanted = [source for source in sources(diagrams(reference.model)) if source.is_drawn]
    drawn = draw(wanted, png=False)
    for source in wanted:
        root = ET.fromstring(drawn.pictures[source.name].svg)
        found = [group.get("data-element") for group in root.iter() if group.get("data-element")]

        assert sorted(map(str, found)) == sorted(node.element for node in source.diagram.walk())


def test_a_phrase_is_one_text_that_people_can_search_for(reference: Loaded, engines: None) -> None:
    wanted = [s for s in sources(diagrams(reference.model)) if s.diagram.id == "containers"]
    root = ET.fromstring(draw(wanted, png=False).pictures["containers"].svg)

    assert "Requests over HTTPS" in {text.text for text in root.iter(f"{SVG}text")}
