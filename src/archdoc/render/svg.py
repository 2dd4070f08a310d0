"""An engine's SVG made fit to publish: self-contained, accessible, safe, the same everywhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archdoc.render.engines import FONT_FAMILY
from archdoc.render.sequence import group_sequence

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FONT_STACK = f"'{FONT_FAMILY}', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"
_FONT_STYLE_CLASS = "archdoc-font"

_UNWANTED_ELEMENTS = {"script", "foreignObject", "metadata", "title", "desc"}
_UNWANTED_ATTRIBUTES = {"contentStyleType", "zoomAndPan", "preserveAspectRatio", "style", "version"}
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


def clean_svg(raw: bytes, captions: Captions) -> ET.Element:
    """The same picture, fit to publish. Raises ET.ParseError for what is not XML.

    Kept for readers: PlantUML's `data-qualified-name` and `data-entity-…`, Graphviz's names as
    `data-name` (its `<title>`s would show up as tooltips with internal ids).
    """
    root = ET.fromstring(raw)  # noqa: S314 - written by our own engine; comments are dropped
    _name_graphviz_groups(root)
    group_sequence(root)
    _drop_unwanted(root)
    _mark_elements(root, captions.names)
    _prefix_ids(root, captions.prefix)
    for text in root.iter(f"{{{SVG}}}text"):
        text.set("font-family", FONT_STACK)
    _caption(root, captions)
    return root


def serialise(root: ET.Element, font_css: str = "") -> bytes:
    """The picture as bytes; with `font_css`, it brings its own font."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    if font_css:
        style = ET.Element(f"{{{SVG}}}style", {"class": _FONT_STYLE_CLASS})
        style.text = font_css
        root.insert(2, style)
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


def without_font(svg: bytes) -> bytes:
    """A picture without its own font, for a page that has that font already."""
    pattern = f'<style class="{_FONT_STYLE_CLASS}">.*?</style>'
    return re.sub(pattern.encode(), b"", svg, count=1, flags=re.DOTALL)


def texts(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Every text of a picture with its style: `plain`, `bold`, `italic` or `bolditalic`."""
    for text in root.iter(f"{{{SVG}}}text"):
        bold = text.get("font-weight") in {"bold", "600", "700"}
        italic = text.get("font-style") == "italic"
        style = ("bold" if bold else "") + ("italic" if italic else "")
        yield style or "plain", "".join(text.itertext())


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
            if dangerous or (element is root and name in _UNWANTED_ATTRIBUTES):
                del element.attrib[name]


def _mark_elements(root: ET.Element, names: Mapping[str, str]) -> None:
    """Say which element of the model each group shows, and which elements an arrow joins."""
    by_engine_id: dict[str, str] = {}
    for group in root.iter(f"{{{SVG}}}g"):
        if group.get("class") not in {"entity", "cluster", "node"}:
            continue
        engine_name = group.get("data-qualified-name") or group.get("data-name") or ""
        element = names.get(engine_name) or names.get(engine_name.rpartition(".")[2])
        if element is not None:
            group.set("data-element", element)
            by_engine_id[group.get("id", "")] = element
            by_engine_id[engine_name] = element
    for group in root.iter(f"{{{SVG}}}g"):
        ends = _ends(group)
        if ends is not None and all(end in by_engine_id for end in ends):
            group.set("data-source", by_engine_id[ends[0]])
            group.set("data-target", by_engine_id[ends[1]])


def _ends(group: ET.Element) -> tuple[str, str] | None:
    if group.get("class") == "link":
        return group.get("data-entity-1", ""), group.get("data-entity-2", "")
    if group.get("class") == "edge":
        source, _, target = group.get("data-name", "").partition("->")
        return source, target
    return None


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
    """Size without units, a white ground, and a title and description for those who cannot see it.

    `role="group"`, not `img`: a picture with links in it is not one image.
    """
    _, _, width, height = (root.get("viewBox") or "0 0 0 0").split()
    root.set("width", width)
    root.set("height", height)
    root.set("style", "background:#fff")
    root.set("role", "group")
    labels = []
    for position, (tag, text) in enumerate(
        (("title", captions.title), ("desc", captions.description or captions.title))
    ):
        label = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{captions.prefix}-{tag}"})
        label.text = text
        root.insert(position, label)
        labels.append(label.attrib["id"])
    root.set("aria-labelledby", " ".join(labels))
