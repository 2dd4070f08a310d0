"""Drawn pictures with something wrong in what they show, whatever their engine calls it.

What is spoiled is what is seen: texts, where boxes and arrowheads stand, what there is; and what
pages tell from: which element a box is of, and where it leads.
"""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial

from mutation.mutant import Mutant, has_number, other_number, other_words

SVG = "{http://www.w3.org/2000/svg}"
BOXES, ARROWS = {"entity", "node", "cluster"}, {"link", "edge"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FAR = 5000.0
"""Pixels: further away than any picture is wide."""

Spoil = Callable[[ET.Element], None]
"""Changes one group of a picture."""


def mutants(output: str, path: str, svg: bytes, inside: frozenset[str]) -> Iterator[Mutant]:
    """Every way to spoil one picture; `inside` are the engine's names of what has a parent."""
    root = ET.fromstring(svg)
    groups = [*root.iter(f"{SVG}g")]
    for tag in ("title", "desc"):
        said = root.findtext(f"{SVG}{tag}") or ""
        yield Mutant(output, f"{tag} changed", path, said, partial(_caption, root, tag))
    for number, group in enumerate(groups):
        classes = set(group.get("class", "").split())
        changes = _of_box(group, inside) if classes & BOXES else ()
        changes = _of_arrow(group, classes) if classes & ARROWS else changes
        for kind, change, spoil in changes:
            make = partial(_spoiled, root, number, spoil)
            yield Mutant(output, kind, path, change, make)


def _spoiled(root: ET.Element, number: int, spoil: Spoil) -> bytes:
    changed = copy.deepcopy(root)
    group = [*changed.iter(f"{SVG}g")][number]
    spoil(group)
    for parent in changed.iter():  # a group without anything in it is gone
        for child in list(parent):
            if child.get("spoiled") == "gone":
                parent.remove(child)
    return ET.tostring(changed)


def _caption(root: ET.Element, tag: str) -> bytes:
    changed = copy.deepcopy(root)
    said = changed.find(f"{SVG}{tag}")
    assert said is not None
    said.text = other_words(said.text or "")
    return ET.tostring(changed)


def _gone(group: ET.Element) -> None:
    group.set("spoiled", "gone")


def _of_box(group: ET.Element, inside: frozenset[str]) -> Iterator[tuple[str, str, Spoil]]:
    name = _name(group)
    yield "box dropped", name, _gone
    yield from _of_texts(group, name)
    called = group.get("data-name") or group.get("data-qualified-name", "").rpartition(".")[2]
    if "cluster" not in group.get("class", "") and called in inside:
        yield "parent changed", name, _moved_away
    if group.get("data-element"):
        yield "element of a box changed", name, partial(_set, "data-element", "nobody")


def _of_arrow(group: ET.Element, classes: set[str]) -> Iterator[tuple[str, str, Spoil]]:
    name = _name(group)
    heads = group.findall(f".//{SVG}polygon")
    yield "arrow dropped", name, _gone
    yield from _of_texts(group, name)
    if any(_said(text) for text in group.iter(f"{SVG}text")):
        yield "label dropped", name, _unlabelled
    if "edge" in classes:
        source, _, target = group.get("data-name", "").partition("->")
        ends = {
            "arrow retargeted": f"{source}->{source}",
            "arrow from another": f"{target}->{target}",
        }
        yield from ((kind, name, partial(_set, "data-name", to)) for kind, to in ends.items()
                    if source != target)  # fmt: skip
    else:
        one, two = group.get("data-entity-1", ""), group.get("data-entity-2", "")
        if one != two:
            yield "arrow retargeted", name, partial(_set, "data-entity-2", one)
            yield "arrow from another", name, partial(_set, "data-entity-1", two)
    yield "line changed", name, _otherwise_drawn
    if len(heads) == 1 and _ends(group) is not None:
        yield "arrow reversed", name, _reversed
        yield "second head added", name, _second_head
    if len(heads) == 2:
        yield "second head dropped", name, _one_head
    if group.get("data-relationship"):
        wrong = partial(_set, "data-relationship", "nobody->nothing:x")
        yield "relationship of an arrow changed", name, wrong
        if group.get("data-source") != group.get("data-target"):
            yield "element of an arrow's end changed", name, partial(_set, "data-target", "nobody")


def _of_texts(group: ET.Element, name: str) -> Iterator[tuple[str, str, Spoil]]:
    """Each line of text: other words, another number, gone."""
    for number, text in enumerate(group.iter(f"{SVG}text")):
        said = _said(text)
        if not re.search(r"\w", said):
            continue
        what = _what(group, text)
        yield f"{what} changed", f"{name}: {said}", partial(_written, number, other_words(said))
        if has_number(said):
            more = other_number(said)
            yield f"number in {what} changed", f"{name}: {said}", partial(_written, number, more)
        if len([*group.iter(f"{SVG}text")]) > 1:
            yield f"{what} dropped", f"{name}: {said}", partial(_written, number, "")


def _what(group: ET.Element, text: ET.Element) -> str:
    if set(group.get("class", "").split()) & ARROWS:
        return "technology of an arrow" if text.get("font-style") == "italic" else "label"
    if text.get("font-style") == "italic":
        return "technology"
    return "name" if text.get("font-weight") in {"bold", "600", "700"} else "description"


def _said(text: ET.Element) -> str:
    """What is written; C4-PlantUML keeps the place of an empty label with a dot of no size."""
    is_there = float(text.get("font-size", 0)) > 0
    return " ".join("".join(text.itertext()).split()) if is_there else ""


def _name(group: ET.Element) -> str:
    ends = f"{group.get('data-source', '')} -> {group.get('data-target', '')}"
    named = ends if group.get("data-source") else group.get("id", "")
    return group.get("data-element", "") or named


def _set(key: str, value: str, group: ET.Element) -> None:
    group.set(key, value)


def _written(number: int, said: str, group: ET.Element) -> None:
    text = [*group.iter(f"{SVG}text")][number]
    for child in list(text):
        text.remove(child)
    text.text = said


def _unlabelled(group: ET.Element) -> None:
    for text in list(group.iter(f"{SVG}text")):
        text.set("spoiled", "gone")


def _otherwise_drawn(group: ET.Element) -> None:
    """A broken line becomes a whole one, and the other way round."""
    for stroke in group.iter():
        if stroke.tag in {f"{SVG}path", f"{SVG}line"}:
            if stroke.get("stroke-dasharray"):
                del stroke.attrib["stroke-dasharray"]
            else:
                stroke.set("stroke-dasharray", "5,2" if group.get("data-name") else "7,7")


def _ends(group: ET.Element) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Where an arrow's line begins and ends; None for one that comes back to where it begins."""
    for stroke in group.iter():
        if stroke.tag == f"{SVG}line":
            x1, y1, x2, y2 = (float(stroke.get(k, 0)) for k in ("x1", "y1", "x2", "y2"))
            ends = (x1, y1), (x2, y2)
        elif stroke.tag == f"{SVG}path":
            numbers = [float(n) for n in _NUMBER.findall(stroke.get("d", ""))]
            ends = (numbers[0], numbers[1]), (numbers[-2], numbers[-1])
        else:
            continue
        return ends if group.get("data-source") != group.get("data-target") else None
    return None


def _moved(points: str, by: tuple[float, float]) -> str:
    numbers = [float(n) for n in _NUMBER.findall(points)]
    return ",".join(f"{n + by[at % 2]:.2f}" for at, n in enumerate(numbers))


def _to_other_end(group: ET.Element, head: ET.Element) -> str:
    """The points of an arrowhead, moved from its end of the line to the other one."""
    ends = _ends(group)
    assert ends is not None
    x, y = (float(n) for n in _NUMBER.findall(head.get("points", ""))[:2])
    near, far = sorted(ends, key=lambda end: abs(end[0] - x) + abs(end[1] - y))
    return _moved(head.get("points", ""), (far[0] - near[0], far[1] - near[1]))


def _reversed(group: ET.Element) -> None:
    (head,) = group.findall(f".//{SVG}polygon")
    head.set("points", _to_other_end(group, head))


def _second_head(group: ET.Element) -> None:
    (head,) = group.findall(f".//{SVG}polygon")
    other = copy.deepcopy(head)
    other.set("points", _to_other_end(group, head))
    group.append(other)


def _one_head(group: ET.Element) -> None:
    group.findall(f".//{SVG}polygon")[1].set("spoiled", "gone")


def _moved_away(group: ET.Element) -> None:
    """Out of every boundary: all that is drawn of a box, far to the right."""
    for shape in group.iter():
        for key in ("x", "x1", "x2", "cx"):
            if value := shape.get(key):
                shape.set(key, str(float(value) + _FAR))
        for key in ("points", "d"):
            if value := shape.get(key):
                shape.set(key, _far(value))


def _far(numbers: str) -> str:
    """Coordinates, moved to the right: every first one of a pair. Paths have no `h`, `v` or `a`."""
    count = iter(range(1_000_000))
    return _NUMBER.sub(lambda n: f"{float(n[0]) + (_FAR if next(count) % 2 == 0 else 0)}", numbers)
