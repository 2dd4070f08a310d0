"""What outputs say of the same thing is the same, whichever is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from archdoc.model import Container, Model, Placement
from archdoc.outputs import compose, model_json
from archdoc.pipeline import Report, build, sources
from archdoc.site import read, read_search
from archdoc.source import Loaded, load_model
from archdoc.views import Graph, GraphVertex, diagrams
from conftest import ROOT

_MODELS = [ROOT / "model", ROOT / "tests" / "models" / "everything.yaml"]

_SITE_READERS = ("read.py", "page.py", "page_reader.py")


@pytest.fixture(scope="module", params=_MODELS, ids=lambda path: path.stem)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engines: None
) -> tuple[Loaded, Path]:
    """A model, and everything that is made of it."""
    if request.param == ROOT / "model":
        report: Report = request.getfixturevalue("built")
        return request.getfixturevalue("reference"), report.folder
    loaded = load_model(request.param)
    folder = tmp_path_factory.mktemp("across") / "build"
    build(loaded, folder)
    return loaded, folder


@pytest.fixture(scope="module")
def listed(both: tuple[Loaded, Path]) -> Graph:
    """What model.json says."""
    return model_json.read((both[1] / "model.json").read_bytes())


@pytest.fixture(scope="module")
def pages(both: tuple[Loaded, Path]) -> Mapping[str, Graph]:
    """What every page says, by its path under the site's root."""
    site = both[1] / "site"
    paths = (file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html")))
    return {path: read(path, (site / path).read_bytes()) for path in paths}


def _vertices(graphs: Mapping[str, Graph], folder: str) -> dict[str, GraphVertex]:
    found = (v for path, graph in graphs.items() if path.startswith(folder) for v in graph.vertices)
    return {vertex.id: vertex for vertex in found}


def _fact(graph: Graph, id_: str, attribute: str) -> list[str]:
    return [value for i, a, value in graph.facts if (i, a) == (id_, attribute) and value]


def _words(text: str | None) -> str:
    return "".join((text or "").split())


def test_every_element_of_the_site_is_in_model_json_and_the_reverse(
    both: tuple[Loaded, Path], listed: Graph, pages: Mapping[str, Graph]
) -> None:
    of_site, model = _vertices(pages, "elements/"), both[0].model
    of_json = {v.id: v for v in listed.vertices if v.id in model.index.elements}
    searched = read_search((both[1] / "site" / "search" / "search_index.json").read_bytes())

    assert of_site.keys() == of_json.keys() == model.index.elements.keys()
    for id_, vertex in of_site.items():
        other = of_json[id_]
        assert _words(vertex.name) == _words(other.name)
        assert _words(vertex.description) == _words(other.description)
        assert vertex.parent == other.parent
        assert _words(searched[f"elements/{id_}.html"][0]) == _words(other.name)


def test_versions_and_ports_are_the_same_on_pages_in_json_and_in_tables(
    listed: Graph, pages: Mapping[str, Graph]
) -> None:
    technologies = {vertex.id: vertex.technology for vertex in listed.vertices}
    for id_ in _vertices(pages, "elements/"):
        page = pages[f"elements/{id_}.html"]
        assert [_words(v) for v in _fact(page, id_, "Technology")] == [
            _words(technology) for technology in [technologies[id_]] if technology
        ]
        assert _fact(page, id_, "Listens on port") == _fact(listed, id_, "port")
        for version in _fact(listed, id_, "version"):
            if _fact(listed, id_, "kind") == ["container"]:
                uses = [_words(use) for use in _fact(pages["versions.html"], id_, "uses")]
                assert any(use.endswith(_words(version)) for use in uses)


def test_pictures_name_every_element_as_json_does(both: tuple[Loaded, Path], listed: Graph) -> None:
    loaded, folder = both
    names = {vertex.id: vertex for vertex in listed.vertices}
    seen = set()
    for source in sources(diagrams(loaded.model)):
        if source.output.name != "c4_plantuml":
            continue
        graph = source.output.read((folder / source.svg_path).read_bytes())
        shown = {vertex.id: vertex for vertex in graph.vertices}
        for alias, node_id in source.emitted.names.items():
            (node,) = (node for node in source.diagram.walk() if node.id == node_id)
            # A box around others is a boundary, which says what kind of thing it is.
            if node.element in loaded.model.index.elements and not node.boundary:
                assert _words(names[node.element].name) in _words(shown[alias].name)
                assert _words(names[node.element].technology) in _words(shown[alias].technology)
                seen.add(node.element)

    assert seen


def test_an_environments_services_are_its_placed_containers(
    both: tuple[Loaded, Path], listed: Graph
) -> None:
    loaded, folder = both
    for environment in loaded.model.environments:
        placement = Placement(loaded.model, environment)
        for node in placement.compose_projects:
            several = len(placement.compose_projects) > 1
            file = folder / "compose" / environment / (node if several else "") / "compose.yaml"
            facts = compose.read(file.read_bytes())
            placed = placement.services(node)
            full = f"{environment}.{node}"
            of_json = {
                id_ for id_, attribute, places in listed.facts
                if attribute == f"where it runs in {environment}"
                and full in {place.rpartition(" × ")[2] for place in places.split(", ")}
            }  # fmt: skip

            assert facts.services.keys() == placed.keys()
            assert {container.id for container in placed.values()} == of_json
            _assert_same_versions(loaded.model, environment, node, file, listed)


def _assert_same_versions(
    model: Model, environment: str, node: str, file: Path, listed: Graph
) -> None:
    """Images have the version, and variables the host names and ports, of model.json."""
    services = yaml.safe_load(file.read_bytes())["services"]
    for name, container in Placement(model, environment).services(node).items():
        content = container.content
        assert isinstance(content, Container)
        image = services[name].get("image", "")
        own_tag = set(":@") & set(str(content.service.get("image", "")).rpartition("/")[2])
        for version in _fact(listed, container.id, "version"):
            assert not image or own_tag or image.endswith(f":{version.removesuffix('.x')}")
        for variable in (services[name].get("environment") or {}).values():
            for host, port in re.findall(r"//(?:[^@/\s]*@)?([a-z][\w-]*):(\d+)", str(variable)):
                if host in services:
                    other = Placement(model, environment).services(node)[host]
                    assert _fact(listed, other.id, "port") == [port]


def test_no_reader_knows_how_its_output_is_written() -> None:
    readers = [*(ROOT / "src" / "archdoc" / "outputs").rglob("read*.py")]
    readers += [
        ROOT / "src" / "archdoc" / "site" / name
        for name in ("read.py", "page.py", "page_reader.py")
    ]

    assert len(readers) >= 9
    for file in readers:
        assert not re.search(r"import .*\bemit|\.emit\b|templates|\bModel\b", file.read_text()), (
            file
        )
