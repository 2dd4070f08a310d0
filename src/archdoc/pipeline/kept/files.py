"""One file that is kept: read back by what it is, and compared with what it should say.

Every function here raises ValueError for a file that cannot be read as what it should be.
"""

from __future__ import annotations

import re
import zlib

from archdoc.consistency import Difference, compare, differences, logical_graph, picture_text
from archdoc.outputs import compose, model_json
from archdoc.outputs.plantuml_svg import parse
from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.kept.findings import Place
from archdoc.pipeline.pictures import Source
from archdoc.pipeline.tree import MODEL_JSON
from archdoc.report import Span
from archdoc.site import Page, graph_of
from archdoc.views import Graph

_ACTIVE = {"script", "foreignObject", "iframe", "object", "embed", "animate", "set", "handler"}
"""Elements that no picture of archdoc's has: they run, fetch, or change what is shown."""
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PLACES = 200
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
        return compare(logical_graph(expected.loaded.model), model_json.read(content))
    if _COMPOSE_FILE.fullmatch(path):
        return compare(*(compose.as_graph(compose.read(text)) for text in (wanted, content)))
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
    return (*drawn_differences(source, svg), *active_content(source.name, svg))


def drawn_differences(source: Source, svg: bytes) -> tuple[Difference, ...]:
    """The facts in which a picture departs from its diagram, whoever has drawn it."""
    try:
        found = source.output.read(svg)
    except (LookupError, RecursionError) as error:  # what comes of a picture in pieces
        raise ValueError(f"not a picture of archdoc's: {error}") from error
    return differences(source.output.shows(source.diagram), found, source.emitted.names)


def active_content(name: str, svg: bytes) -> tuple[Difference, ...]:
    """What runs, or asks somebody else for something: no picture of archdoc's does."""
    found: set[str] = set()
    for element in parse(svg).iter():
        tag = element.tag.rpartition("}")[2]
        if tag in _ACTIVE:
            found.add(f"<{tag}>")
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            # Pages make links of elements that have a page of their own.
            leads_out = attribute == "href" and re.match(r"\s*(?!data:image/)[a-z]+:|//", value)
            if attribute.startswith("on") or leads_out:
                found.add(f"the attribute {attribute} of <{tag}>")
    return tuple(Difference(name, what, "absent", "there") for what in sorted(found))


def page_differences(page: Page, expected: Expected) -> tuple[Difference, ...]:
    """The facts in which a page departs from the model: its tables, its code, its pictures."""
    graph, wanted = graph_of(page), expected.page(page.path)
    shown = {name: svg for name, svg in page.pictures if name in expected.pictures}
    texts = tuple(
        fact for name in shown for fact in picture_text(name, expected.pictures[name].diagram)
    )
    named = {name for name, _ in page.pictures}
    if wanted is None:
        graph = Graph((), (), tuple(fact for fact in graph.facts if fact[0] in named))
        wanted = Graph()
    found = [*compare(Graph(wanted.vertices, (), (*wanted.facts, *texts)), graph)]
    lost, unknown = expected.pictures_on(page.path) - named, named - shown.keys()
    found += (Difference(name, "the picture", "there", "missing") for name in sorted(lost))
    found += (Difference(name, "the picture", "absent", "there") for name in sorted(unknown))
    for name, svg in shown.items():
        found += picture_differences(expected.pictures[name], svg.encode())
    return tuple(found)


def check_png(content: bytes) -> None:
    """Raise ValueError for what is not a whole PNG, by the sums that its pieces carry.

    https://www.w3.org/TR/png-3/#5Chunk-layout
    """
    if not content.startswith(_PNG):
        raise ValueError("not a PNG picture")
    position = len(_PNG)
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4])
        end = position + 8 + length
        if zlib.crc32(content[position + 4 : end]) != int.from_bytes(content[end : end + 4]):
            raise ValueError("a PNG picture that is damaged, or not complete")
        if content[position + 4 : position + 8] == b"IEND":
            return
        position = end + 4
    raise ValueError("a PNG picture that is not complete")


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
