"""One file that is kept: read back by what it is, and compared with what it should say.

Every function here raises ValueError for a file that cannot be read as what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archdoc.consistency import (
    Difference,
    box_differences,
    compare,
    differences,
    link_differences,
    logical_graph,
    picture_text,
)
from archdoc.outputs import compose, model_json
from archdoc.outputs.plantuml_svg import parse
from archdoc.pipeline import proof
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.findings import Place
from archdoc.pipeline.pictures import Source
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.pipeline.untold import is_told
from archdoc.render import digest_of, seal_of
from archdoc.report import Span
from archdoc.report.unfit import UNFIT, unfit
from archdoc.site import Page, graph_of, read_search, searchable
from archdoc.views import Graph

_ACTIVE = {"script", "foreignObject", "iframe", "object", "embed", "animate", "set", "handler"}
"""Elements that no picture of archdoc's has: they run, fetch, or change what is shown."""
_STYLED = {"style", "fill", "stroke", "filter", "clip-path", "mask", "marker-start", "marker-end"}
_LEADS_OUT = re.compile(r"@import|url\((?!\s*[\"']?(?:#|data:))", re.IGNORECASE)
"""What, in a style, asks for another file."""
_DECLARES = re.compile(rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)
_MOST_PLACES = 200
EDITED, OLD = "edited", "old"
_COMPOSE_FILE = re.compile(r"compose/.*\.ya?ml")


def as_text(content: bytes) -> str:
    """Text with the ends of lines that archdoc writes: Git may have given it others."""
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 text: {error.reason} at byte {error.start}") from error


def text_differences(path: str, content: bytes, expected: Expected) -> tuple[Difference, ...]:
    """The facts in which a text departs from what a build would write.

    Empty, too, where they differ in what is no fact: an option of an engine, a comment.
    """
    wanted = expected.texts[path]
    if as_text(content) == wanted.decode():
        return ()
    if path == MODEL_JSON:
        loaded = expected.loaded
        wanted_graph = logical_graph(loaded.model, loaded.locations.origin)
        return compare(wanted_graph, model_json.read(content))
    if _COMPOSE_FILE.fullmatch(path):
        return compare(*map(compose.read_graph, (wanted, content)))
    if path.startswith("compose/") and path.endswith("/.env.example"):
        return compare(*map(compose.read_dotenv, (wanted, content)))
    source = expected.source_of.get(path)
    return source_differences(source, as_text(content)) if source else ()


def source_differences(source: Source, text: str) -> tuple[Difference, ...]:
    """The facts in which a diagram's text departs from the diagram, where its syntax is read."""
    if source.output.read_text is None:
        return ()
    shown = source.output.shows(source.diagram)
    return differences(shown, source.output.read_text(text), source.emitted.names)


def picture_differences(source: Source, svg: bytes) -> tuple[Difference, ...]:
    """The facts in which a drawn picture departs from its diagram, and what should not be in it."""
    return (*proof.picture_differences(source, svg), *active_content(source.name, svg))


def drawn_differences(source: Source, svg: bytes) -> tuple[Difference, ...]:
    """The facts in which a picture departs from its diagram, whoever has drawn it."""
    try:
        found = source.output.read(svg)
    except UNFIT as error:  # what comes of a picture in pieces
        raise unfit("a picture that Mermaid drew", error) from error
    wrong = differences(source.output.shows(source.diagram), found, source.emitted.names)
    return (*wrong, *active_content(source.name, svg, frozenset({"foreignObject"})))


def active_content(
    name: str, svg: bytes, allowed: frozenset[str] = frozenset()
) -> tuple[Difference, ...]:
    """What runs, or asks somebody else for something: no picture of archdoc's does.

    `allowed` are elements that another engine draws with.
    """
    found = {f"`{what.decode()}`" for what in _DECLARES.findall(svg)}
    for element in parse(svg).iter():
        tag = element.tag.rpartition("}")[2]
        if tag in _ACTIVE - allowed:
            found.add(f"<{tag}>")
        if tag == "style" and _LEADS_OUT.search("".join(element.itertext())):
            found.add("a style that loads something")
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            if attribute.startswith("on") or _is_active(attribute, value):
                found.add(f"the attribute {attribute} of <{tag}>")
    return tuple(Difference(name, what, "absent", "there") for what in sorted(found))


def _is_active(attribute: str, value: str) -> bool:
    if attribute == "href":  # pages make links of elements that have a page of their own
        return re.match(r"\s*(?!data:image/)[a-z]+:|//", value) is not None
    return attribute in _STYLED and _LEADS_OUT.search(value) is not None


def page_differences(
    page: Page, expected: Expected, *, pictures_only: bool = False
) -> tuple[Difference, ...]:
    """The facts in which a page departs from the model: its tables, links, code, pictures."""
    graph = graph_of(page)
    wanted = None if pictures_only else expected.page(page.path)
    shown = {name: svg for name, svg in page.pictures if name in expected.pictures}
    texts = [fact for name in shown for fact in _below(expected.pictures[name], expected)]
    named = {name for name, _ in page.pictures}
    if wanted is None:
        graph = Graph((), (), tuple(fact for fact in graph.facts if fact[0] in named))
        wanted = Graph()
    elif expected.is_mixed(page.path):
        graph, wanted = _without_lists(graph), _without_lists(wanted)
    model = expected.loaded.model
    found = [*compare(Graph(wanted.vertices, (), (*wanted.facts, *texts)), graph)]
    is_others = pictures_only or expected.is_own(page.path) or expected.is_mixed(page.path)
    if not is_others:
        found += link_differences(model, page.named)
    found += box_differences(model, page.boxes)
    lost, unknown = expected.pictures_on(page.path) - named, named - shown.keys()
    found += (Difference(name, "the picture", "there", "missing") for name in sorted(lost))
    found += (Difference(name, "the picture", "absent", "there") for name in sorted(unknown))
    able = expected.shown_on(page.path)
    if able and not able & named:
        found.append(Difference(page.path, "a picture of it", "there", "missing"))
    return (*found, *drawn_on_page(page, expected))


def drawn_on_page(page: Page, expected: Expected) -> tuple[Difference, ...]:
    """The facts in which a page's pictures depart from the model."""
    shown = {name: svg for name, svg in page.pictures if name in expected.pictures}
    return tuple(
        difference
        for name, svg in shown.items()
        for difference in picture_differences(expected.pictures[name], svg.encode())
    )


def _below(source: Source, expected: Expected) -> Iterator[tuple[str, str, str]]:
    """What stands below a picture: its title, files to have, and all of it as text."""
    name, diagram = source.name, source.diagram
    yield from picture_text(name, diagram)
    yield from ((name, "download", path) for path in expected.downloads(source))
    suffixes = [path.rpartition(".")[2].upper() for path in expected.downloads(source)]
    yield name, "caption", f"{diagram.title} {' · '.join(suffixes)}"


def _without_lists(graph: Graph) -> Graph:
    """Without entries of lists: a file of the project's own, on the same page, may have others."""
    facts = (
        fact for fact in graph.facts if not fact[1].startswith(("entry below ", "place below "))
    )
    return replace(graph, facts=tuple(facts))


def search_differences(
    content: bytes, pages: Iterable[Page], expected: Expected
) -> tuple[Difference, ...]:
    """Where an index for searching departs from the pages that can be searched for.

    A page of the project's own may say that nobody should find it.
    """
    found, pages = read_search(content), [*pages]
    if not all(page.has_article for page in pages):
        return ()  # nothing says which part of a page can be searched for
    wrong: list[Difference] = []
    paths = set()
    for page in pages:
        paths.add(page.path)
        there = {place: entry for place, entry in found.items()
                 if place.partition("#")[0] == page.path}  # fmt: skip
        is_own = expected.is_own(page.path) or expected.page(page.path) is None
        wanted = {} if is_own and not there else searchable(page)
        for place in sorted(wanted.keys() | there.keys()):
            should, is_ = wanted.get(place), there.get(place)
            if should is None or is_ is None:
                sides = ("there", "missing") if is_ is None else ("absent", "there")
                wrong.append(Difference(place, "what can be searched for", *sides))
                continue
            for what, one, other in zip(("title", "text"), should, is_, strict=True):
                if "".join(one.split()) != "".join(other.split()):
                    wrong.append(Difference(place, f"the page's {what}", repr(one), repr(other)))
    lost = {place.partition("#")[0] for place in found} - paths
    wrong += (Difference(p, "what can be searched for", "absent", "there") for p in sorted(lost))
    return tuple(wrong)


def unlike(source: Source, picture: bytes) -> str:
    """Why a picture is not the one that would be drawn now, by what it says of itself; else empty.

    Raises ValueError for a damaged PNG.
    """
    seal = seal_of(picture)
    if seal is None or not seal.is_whole or seal.picture != source.name:
        return EDITED
    is_same = not is_told(source) or seal.source == digest_of(source.emitted.source)
    return "" if is_same else OLD


def places(file: str, content: str, wanted: str, *, before: int = 0) -> list[Place]:
    """Where a text is not the wanted one: lines, with what each should be; empty where it is.

    `before` counts the lines of the file above the content. Where lines were added or removed, only
    the first of them is told: what follows is right, at another place.
    """
    lines, others = content.split("\n"), wanted.split("\n")
    shared = min(len(lines), len(others))
    start = next((n for n in range(shared) if lines[n] != others[n]), shared)
    if len(lines) == len(others):
        numbers = [n for n in range(start, shared) if lines[n] != others[n]][:_MOST_PLACES]
    else:
        numbers = [start]
    found: list[Place] = []
    for number in numbers:
        line = lines[number] if number < len(lines) else ""
        column = len(line) - len(line.lstrip()) + 1
        span = Span(file, before + number + 1, column, max(len(line), column) + 1, line)
        found.append((span, others[number].strip() if number < len(others) else ""))
    return found
