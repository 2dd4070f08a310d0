"""An engine's SVG made fit to publish: self-contained, accessible, safe, the same everywhere."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archdoc.render.arrows import turn_arrows
from archdoc.render.colours import canvas, dark_css, follow_scheme
from archdoc.render.engines import FONT_FAMILY
from archdoc.render.jobs import Arrow
from archdoc.render.layers import in_layers
from archdoc.render.seal import unsealed
from archdoc.render.sequence import group_sequence

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FONT_STACK = f"'{FONT_FAMILY}', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"
_STYLE_CLASS = "archdoc-style"
_DESCRIPTION = re.compile(rb"<desc\b[^>]*(?:/>|>[^<]*</desc>)")

_UNWANTED_ELEMENTS = {"script", "foreignObject", "metadata", "title", "desc"}
_UNWANTED_ATTRIBUTES = {"contentStyleType", "zoomAndPan", "preserveAspectRatio", "style", "version"}
_ENDS = re.compile("[\u2028\u2029]")
"""Of lines and paragraphs: no font has them, and browsers show a blank."""
_EXTENT = {"x", "textLength"}
_LINE = "data-source-line"
"""PlantUML's, of what it was given: without macros, another line than people know."""
_REFERENCES = ("data-entity-1", "data-entity-2", "aria-labelledby")


@dataclass(frozen=True, slots=True)
class Captions:
    """What a picture says of itself."""

    prefix: str
    """Put before every id, so that several pictures can stand in one page."""
    title: str
    description: str
    names: Mapping[str, str]
    """The engine's name of a node → the id of the model's element that it shows."""
    arrows: Sequence[Arrow] = ()
    """What its arrows stand for, in the order of the source."""


def clean_svg(raw: bytes, captions: Captions) -> ET.Element:
    """The same picture, fit to publish. Raises ET.ParseError for what is not XML.

    Kept for readers: PlantUML's `data-qualified-name` and `data-entity-…`, Graphviz's names as
    `data-name` (its `<title>`s would show up as tooltips with internal ids).
    """
    root = ET.fromstring(raw)  # noqa: S314 - written by our own engine; comments are dropped
    _name_graphviz_groups(root)
    group_sequence(root)
    turn_arrows(root)
    _drop_unwanted(root)
    _mark_elements(root, captions)
    _join_words(root)
    _prefix_ids(root, captions.prefix)
    for text in root.iter(f"{{{SVG}}}text"):
        text.set("font-family", FONT_STACK)
        if text.text and not text.text.isascii():
            text.text = _ENDS.sub(" ", text.text)
    follow_scheme(root)
    in_layers(root)
    _caption(root, captions)
    return root


def serialise(root: ET.Element, font_css: str = "") -> bytes:
    """The picture as bytes, with the style that it needs where it stands alone.

    That is its dark colours and, with `font_css`, its font. It stands behind the description.
    """
    svg = plain(root)
    text = f"{font_css}@media(prefers-color-scheme:dark){{:root{{{dark_css(svg)}}}}}"
    style = f'<style class="{_STYLE_CLASS}">{text}</style>'.encode()
    return _DESCRIPTION.sub(lambda described: described[0] + style, svg, count=1)


def plain(root: ET.Element) -> bytes:
    """The picture as bytes, without that style."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


def bare(svg: bytes) -> bytes:
    """A picture without what only one that stands alone has: that style, and its seal.

    For a page, which has its font and its colours already.
    """
    pattern = f'<style class="{_STYLE_CLASS}">.*?</style>'
    return re.sub(pattern.encode(), b"", unsealed(svg), count=1, flags=re.DOTALL)


def texts(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Every text of a picture with its style."""
    for text in root.iter(f"{{{SVG}}}text"):
        yield style_of(text), "".join(text.itertext())


@functools.lru_cache(maxsize=256)
def texts_in(svg: bytes) -> tuple[tuple[str, str], ...]:
    """The same of a picture that was made; remembered for all who ask."""
    return tuple(texts(ET.fromstring(svg)))  # noqa: S314 - our own picture


def style_of(text: ET.Element) -> str:
    """`plain`, `bold`, `italic` or `bolditalic`."""
    bold = text.get("font-weight") in {"bold", "600", "700"}
    italic = text.get("font-style") == "italic"
    return ("bold" if bold else "") + ("italic" if italic else "") or "plain"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name_graphviz_groups(root: ET.Element) -> None:
    for group in root.iter(f"{{{SVG}}}g"):
        title = group.find(f"{{{SVG}}}title")
        if title is not None and group.get("class") in {"node", "edge", "cluster"}:
            group.set("data-name", title.text or "")


def _drop_unwanted(root: ET.Element) -> None:
    for element in list(root.iter()):
        for child in list(element):
            if _local(child.tag) in _UNWANTED_ELEMENTS:
                element.remove(child)
        for name, value in list(element.attrib.items()):
            local = _local(name).lower()
            dangerous = local.startswith("on") or (
                local == "href" and not value.startswith(("#", "data:image/"))
            )
            unwanted = name in _UNWANTED_ATTRIBUTES if element is root else name == _LINE
            if dangerous or unwanted:
                del element.attrib[name]


def _join_words(root: ET.Element) -> None:
    """Make one text of the words that PlantUML sets side by side: people search for phrases."""
    for group in root.iter(f"{{{SVG}}}g"):
        last: ET.Element | None = None
        for child in list(group):
            if last is not None and _continues(last, child):
                end = float(child.get("x", 0)) + float(child.get("textLength", 0))
                last.text = ((last.text or "") + (child.text or "")).replace("\N{NBSP}", " ")
                last.set("textLength", f"{end - float(last.get('x', 0)):.4f}")
                group.remove(child)
            else:
                last = child if child.tag == f"{{{SVG}}}text" and not len(child) else None


def _continues(text: ET.Element, other: ET.Element) -> bool:
    """Whether a text begins where another one, in the same letters, ends."""
    if other.tag != text.tag or len(other) or None in (text.get("textLength"), other.get("x")):
        return False
    gap = float(other.get("x", 0)) - float(text.get("x", 0)) - float(text.get("textLength", 0))
    looks = [{k: v for k, v in t.attrib.items() if k not in _EXTENT} for t in (text, other)]
    return looks[0] == looks[1] and abs(gap) < 1


def _mark_elements(root: ET.Element, captions: Captions) -> None:
    """Say which element of the model each group shows, and what an arrow joins and stands for.

    The ids of several relationships stand on a line each: they hold labels, which hold spaces.
    """
    names: dict[str, str] = {}
    for group in root.iter(f"{{{SVG}}}g"):
        if group.get("class") not in {"entity", "cluster", "node"}:
            continue
        full_name = group.get("data-qualified-name") or group.get("data-name") or ""
        name = full_name if full_name in captions.names else full_name.rpartition(".")[2]
        names[group.get("id", "")] = names[full_name] = name
        if name in captions.names:
            group.set("data-element", captions.names[name])
    # Engines draw the arrows between the same two nodes in the order of the source.
    waiting: dict[_Way, list[Arrow]] = defaultdict(list)
    for arrow in reversed(captions.arrows):
        waiting[_way(arrow.source, arrow.target, arrow.two_headed)].append(arrow)
    for group in root.iter(f"{{{SVG}}}g"):
        ends = [names.get(end, "") for end in _ends(group)]
        for attribute, end in zip(("data-source", "data-target"), ends, strict=False):
            if end in captions.names:
                group.set(attribute, captions.names[end])
        two_headed = len(group.findall(f"{{{SVG}}}polygon")) > 1
        same = waiting[_way(ends[0], ends[1], two_headed)] if ends else []
        if same:
            group.set("data-relationship", "\n".join(same.pop().relationships))


_Way = tuple[str, ...]


def _way(source: str, target: str, two_headed: bool) -> _Way:
    """What arrows between the same boxes in the same direction have in common.

    PlantUML may turn one around, for its layout; of one with two heads nothing tells that.
    """
    return ("both", *sorted((source, target))) if two_headed else (source, target)


def _ends(group: ET.Element) -> tuple[str, ...]:
    """The engine's names of what an arrow joins; empty for any other group."""
    if group.get("class") == "link":
        return group.get("data-entity-1", ""), group.get("data-entity-2", "")
    if group.get("class") == "edge":
        source, _, target = group.get("data-name", "").partition("->")
        return source, target
    return ()


def _prefix_ids(root: ET.Element, prefix: str) -> None:
    ids = {element.get("id") for element in root.iter()} - {None}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id" or (name in _REFERENCES and value in ids):
                element.set(name, f"{prefix}-{value}")
            elif value.startswith("#") and value[1:] in ids:
                element.set(name, f"#{prefix}-{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}-"))


def _caption(root: ET.Element, captions: Captions) -> None:
    """Size without units, a canvas, and a title and description for those who cannot see it.

    `role="group"`, not `img`: a picture with links in it is not one image.
    """
    _, _, width, height = (root.get("viewBox") or "0 0 0 0").split()
    root.set("width", width)
    root.set("height", height)
    root.set("role", "group")
    labels = []
    for position, (tag, text) in enumerate(
        (("title", captions.title), ("desc", captions.description or captions.title))
    ):
        label = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{captions.prefix}-{tag}"})
        label.text = text
        root.insert(position, label)
        labels.append(label.attrib["id"])
    root.insert(len(labels), canvas(width, height))
    root.set("aria-labelledby", " ".join(labels))
