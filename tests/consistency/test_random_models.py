"""What random models say is what is read from all that is made of them without an engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from archdoc.consistency import compare, link_differences
from archdoc.model import Model
from archdoc.outputs import model_json
from archdoc.pipeline import sources
from archdoc.pipeline.compose import compose_files
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.proof import prove_compose, prove_model_json, prove_texts
from archdoc.report import Severity
from archdoc.rules import check
from archdoc.site import Content, Figure, Written, graph_of, read_page
from archdoc.site.settings import EXTENSIONS
from archdoc.source import Loaded, Locations
from archdoc.views import Graph, diagrams
from conftest import examples
from outputs.compose.random_projects import projects
from random_models import Chance

_HTML = Markdown(extensions=[*EXTENSIONS, "pymdownx.superfences"])
_MODELS = st.integers(0, 2**32).map(lambda number: Chance(number).model())
_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def _loaded(model: Model) -> Loaded | None:
    """A model that a build would take; None for any other."""
    loaded = Loaded(model, Locations())
    found = check(loaded)
    return None if any(f.severity is Severity.ERROR for f in found) else loaded


@settings(max_examples=examples(60, 5000), suppress_health_check=_SLOW)
@given(model=_MODELS)
def test_json_and_mermaid_say_what_any_model_says(model: Model) -> None:
    loaded = _loaded(model)
    if loaded is None:
        return
    found = [*prove_model_json(loaded, model_json.emit(model))]
    found += prove_texts(sources(diagrams(model)))

    assert [problem.message for problem in found] == []


@settings(max_examples=examples(60, 5000), suppress_health_check=_SLOW)
@given(model=projects())
def test_compose_files_say_what_any_model_says(model: Model) -> None:
    loaded = Loaded(model, Locations())
    found = [*prove_compose(loaded, "e", compose_files(loaded, "e"))]

    assert [problem.message for problem in found] == []


@settings(max_examples=examples(30, 5000), suppress_health_check=_SLOW)
@given(model=_MODELS)
def test_pages_say_what_any_model_says(model: Model) -> None:
    """As Markdown's library makes them; pictures aside, and what mkdocs and a theme put around."""
    loaded = _loaded(model)
    if loaded is None:
        return
    compose = {e: dict(compose_files(loaded, e)) for e in model.environments}
    expected = Expected(loaded)
    figures = tuple(
        Figure(source.diagram, source.output.name, _SVG.format(name).encode())
        for name, source in expected.pictures.items()
    )
    for path, text in Written.of(Content(model, figures, compose)).generated.items():
        page = read_page(str(Path(path).with_suffix(".html")), _page(text))
        wanted = expected.page(page.path)
        if wanted is None:
            continue
        found = [*compare(*map(_here, (wanted, graph_of(page))))]
        found += link_differences(model, page.named)

        assert [str(difference) for difference in found] == [], path


_SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title id="{}-title"></title></svg>'
_OF_PICTURES = {"caption", "download", "leads on to", "row of an element", "row of an arrow"}


def _here(graph: Graph) -> Graph:
    """Without what is said of pictures: these are empty here."""
    return replace(graph, facts=tuple(f for f in graph.facts if f[1] not in _OF_PICTURES))


def _page(text: str) -> bytes:
    """A page of Markdown as mkdocs makes one: front matter gone, links to other pages' HTML."""
    if text.startswith("---\n"):
        text = text.partition("\n---\n")[2]
    html = _HTML.reset().convert(text).replace('.md"', '.html"').replace(".md#", ".html#")
    return f"<!doctype html>\n<html><article>{html}</article></html>".encode()
