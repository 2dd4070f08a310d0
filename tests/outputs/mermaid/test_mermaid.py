"""What the real Mermaid draws of what is written for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from archdoc.consistency import differences
from archdoc.model import Style
from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.outputs.mermaid_text import label, message
from archdoc.pipeline import Source
from archdoc.source import Loaded, load_model
from archdoc.views import Diagram, Edge, Node, Shape, diagrams
from conftest import PROOF, ROOT
from helpers import HOSTILE, INTERNATIONAL
from npm_scripts import pinned
from outputs.diagrams_of import changed, hostile_aws, hostile_c4, hostile_steps
from outputs.mermaid.conftest import Mermaid

_OUTPUTS = [output for output in DIAGRAM_OUTPUTS if output.name.startswith("mermaid")]
_MEANT_FOR_MERMAID = (
    "`x`", "`**x**`", "**b** *i* _u_ __x__", "1. a", "1) x", "- b", "# h", "> q", "* x", "+", "---",
    "$$x^2$$", "$", "%%{init: {}}%%", "%% c", "10 % %", "fa:fa-car x", "fab:fa-x", "--> x", "a|b",
    "style a:b#c;d", "classDef x:#f;", "linkStyle 0 x:#f", "wrap: x", "nowrap:x", ";", "a;b",
    "\ufb02\xb0\xb035\xb6\xdf", "#35;", "#quot;", "R&D", "&copy x", "{{x}}", "((x))", "[l](h://x)",
    "C:\\new\\temp", "\\n", "http://example.com/a_b_c*d*?x=1&y=2#z", "javascript:alert(1)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "accTitle: x", "end\nend",
    "@{ shape: x }", "e1@--> x", "~~~x~~~", "rgb(1,2,3) x", "transparent", "\u202eRTL\u200b",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}", "x" * 500, "word " * 100,
)  # fmt: skip


def _sources(*of: Diagram) -> list[Source]:
    return [Source(d, o, o.emit(d)) for d in of for o in _OUTPUTS if o.draws(d)]


def _wrong(source: Source, svg: bytes) -> list[str]:
    shown = source.output.read(svg)
    found = differences(source.output.shows(source.diagram), shown, source.emitted.names)
    return [f"{source.path}: {difference}" for difference in found]


def _all_wrong(mermaid: Mermaid, wanted: Iterable[Source]) -> list[str]:
    texts = {str(number): source.emitted.source for number, source in enumerate(wanted)}
    drawn = mermaid.draw(texts)
    return [w for s, svg in zip(wanted, drawn.values(), strict=True) for w in _wrong(s, svg)]


def test_every_view_of_the_reference_model_shows_what_its_diagram_says(
    mermaid: Mermaid, reference: Loaded
) -> None:
    wanted = _sources(*diagrams(reference.model))

    assert {source.output.name for source in wanted} == {output.name for output in _OUTPUTS}
    assert _all_wrong(mermaid, wanted) == []


def test_the_whole_language_is_shown(mermaid: Mermaid) -> None:
    model = load_model(ROOT / "tests" / "models" / "everything.yaml").model

    assert _all_wrong(mermaid, _sources(*diagrams(model))) == []


_LABELS = (
    HOSTILE, INTERNATIONAL, "two\nlines", "x" * 60, "~", "<b>", "-", "' c", "<a>", "#1", "a\tb",
    "[[x]]", "&lt;", "\\", "%", "end", '"',
)  # fmt: skip
_NEWEST = max(pinned("mermaid"), key=lambda pin: int(pin.version.split("@")[1].split(".")[0]))
_DRAWN = [
    pytest.param(pin, text, id=f"{pin.version}-{text[:10]!a}")
    for pin in pinned("mermaid")
    for text in (*_LABELS, *_MEANT_FOR_MERMAID)
    if PROOF or pin == _NEWEST or text in {HOSTILE, INTERNATIONAL}
]
"""Older versions are tried with two that have nearly everything, and in `make proof` with all."""


@pytest.mark.parametrize(("mermaid", "text"), _DRAWN, indirect=["mermaid"])
def test_any_label_is_shown_as_it_is(text: str, mermaid: Mermaid) -> None:
    wanted = _sources(hostile_c4(text), hostile_aws(text), hostile_steps(text))

    assert _all_wrong(mermaid, wanted) == []
    assert mermaid.requests == []


def test_a_title_is_read_out_as_it_is(mermaid: Mermaid) -> None:
    for text in (HOSTILE, "<script>x</script>", "; # %%", "accDescr: x"):
        wanted = _sources(hostile_c4(text), hostile_steps(text))
        mermaid.draw({"x": wanted[0].emitted.source})
        for source in wanted:
            mermaid.draw({"x": source.emitted.source})
            for tag in ("title", "desc"):
                said = mermaid.page.locator(f"#picture > {tag}").text_content() or ""
                assert said.replace("\ufeff", "") == " ".join(text.split())


def _box(id_: str, shape: Shape = Shape.CONTAINER, **about: object) -> Node:
    return Node(id_, id_, shape, **{"name": id_, **about})  # type: ignore[arg-type]


def _c4(*nodes: Node, edges: tuple[Edge, ...] = ()) -> Diagram:
    return Diagram("t", "container", "t", nodes=nodes, edges=edges)


_KEYWORDS = """
    end graph flowchart subgraph style linkStyle class classDef click default direction call href
    actor participant box loop alt else opt par and rect note over activate autonumber title links
    o x v _ 9 L _self End default_ flowchart-x-1 critical break option off create destroy as
""".split()  # noqa: SIM905 - a line of words
_MANY = tuple(map(_box, _KEYWORDS))
_PAIRS = tuple(
    Edge(a.id, b.id, "x", number=number) for number, (a, b) in enumerate(pairwise(_MANY), 1)
)
_STEPS = (
    Edge("a", "s", "x", number=2),
    Edge("b", "a", "", number=3),
    Edge("a", "a", "y", number=9),
)
_SYSTEM = _box("s", Shape.SYSTEM, boundary=True, description="D", children=(_box("b"), _box("c")))

CORNERS = {
    "ids that are Mermaid's own words": _c4(*_MANY, edges=_PAIRS),
    "lanes that are Mermaid's own words": replace(_c4(*_MANY, edges=_PAIRS), kind="dynamic"),
    "two pairs whose arrows have the same name": _c4(
        _box("a"),
        _box("b_c"),
        _box("a_b"),
        _box("c"),
        edges=(Edge("a", "b_c", "x"), Edge("a_b", "c", "y"), Edge("c", "a", "")),
    ),
    "an arrow whose name could be another's": _c4(
        *map(_box, ("a", "b_c", "a_b", "c")), edges=(Edge("a_b", "c", "x"), Edge("c", "a", "y"))
    ),
    "several arrows from a node to itself": _c4(
        _box("a"),
        _box("b"),
        edges=(
            Edge("a", "a", "x", number=1),
            Edge("a", "a", "y", "T", number=2),
            Edge("a", "b", "z"),
        ),
    ),
    "several arrows between the same two": _c4(
        _box("a"),
        _box("b"),
        edges=(Edge("a", "b", "x"), Edge("a", "b", "x", "T"), Edge("b", "a", "x", line="dotted")),
    ),
    "arrows to a boundary, from it, and into it": _c4(
        _box("a"),
        _SYSTEM,
        edges=(Edge("a", "s", "x"), Edge("s", "a", "y"), Edge("s", "b", "z"), Edge("b", "c", "")),
    ),
    "a boundary with nothing in it": _c4(
        _box("n", Shape.DEPLOYMENT_NODE, technology="VPC", description="D", boundary=True),
        _box("b"),
        edges=(Edge("b", "n", "x"),),
    ),
    "two separate boundaries": _c4(
        _SYSTEM, _box("t", Shape.SYSTEM, boundary=True, children=(_box("d"),))
    ),
    "steps that are left out": replace(_c4(_box("a"), _SYSTEM, edges=_STEPS), kind="dynamic"),
    "a message in both directions": replace(
        _c4(_box("a"), _box("b"), edges=(Edge("a", "b", "x", two_headed=True, number=1),)),
        kind="dynamic",
    ),
    "names in brackets": _c4(
        _box(
            "s",
            Shape.SYSTEM,
            name="[s]",
            technology="[t]",
            description="[d]",
            boundary=True,
            children=(_box("b", name="[b]", technology="t [q]", description="[d] e"),),
        ),
    ),
    "boundaries with long names, in each other": _c4(
        _box(
            "long",
            Shape.SYSTEM,
            name="A boundary with a name that is rather long " * 2,
            technology="and a technology",
            boundary=True,
            children=(_SYSTEM,),
        ),
    ),
    "styles, and codes after them": replace(
        _c4(
            _box("stylist", name="A coding style", description='says:"x"', tags=("style",)),
            _box("style", name="style", tags=("a style: b",)),
            edges=(Edge("style", "stylist", 'classDef x:"y"', "style:#z", number=1),),
        ),
        kind="dynamic",
        styles={"style": Style(border="#ff0000"), "a style: b": Style(border="#00ff00")},
        legend=True,
    ),
    "nothing at all": _c4(),
}


@pytest.mark.parametrize("corner", CORNERS)
def test_corners_are_drawn_as_they_are_meant(corner: str, mermaid: Mermaid) -> None:
    wanted = _sources(CORNERS[corner])

    assert _all_wrong(mermaid, wanted) == []


@pytest.mark.parametrize("change", ["drop", "rename", "flip", "relabel", "line", "heads", "parent"])
@pytest.mark.parametrize(("view", "form"), [
    ("aws-advanced", "aws"), ("page", "map"), ("page", "sequence")
])  # fmt: skip
def test_a_picture_that_departs_from_the_model_is_found(
    view: str, form: str, change: str, mermaid: Mermaid, reference: Loaded
) -> None:
    (output,) = (output for output in _OUTPUTS if output.form == form)
    (diagram,) = (d for d in diagrams(reference.model) if d.id == view and output.draws(d))
    departed = output.emit(changed(diagram, change)).source

    assert _wrong(Source(diagram, output, output.emit(diagram)), mermaid.draw({"x": departed})["x"])


def test_a_style_of_a_tag_is_what_the_picture_is_drawn_in(mermaid: Mermaid) -> None:
    style = Style(background="#123456", text="#fedcba", border="#abcdef")
    group = _box("g", Shape.GROUP, boundary=True, tags=("x",), children=(_box("c"),))
    (source,) = _sources(
        replace(
            _c4(_box("a", tags=("x",)), group, edges=(Edge("a", "c", "t", tags=("x",)),)),
            styles={"x": style},
        )
    )
    mermaid.draw({"x": source.emitted.source})
    computed = mermaid.page.evaluate("""
        () => {
          const style = query => getComputedStyle(document.querySelector(query));
          return [
            style('[id*=flowchart-a-] rect').fill, style('[id*=flowchart-a-] rect').stroke,
            style('[id*=flowchart-a-] span').color, style('[id$=-g] > rect').stroke,
            style('path[data-edge]').stroke,
          ];
        }""")

    assert computed == [
        "rgb(18, 52, 86)", "rgb(171, 205, 239)", "rgb(254, 220, 186)", "rgb(171, 205, 239)",
        "rgb(171, 205, 239)",
    ]  # fmt: skip


def test_a_legend_is_drawn_and_is_no_part_of_the_architecture(mermaid: Mermaid) -> None:
    diagram = replace(
        _c4(_box("a", tags=("x",))), legend=True, styles={"x": Style(border="#ff0000")}
    )
    (source,) = _sources(diagram)
    svg = mermaid.draw({"x": source.emitted.source})["x"]

    assert _wrong(source, svg) == []
    assert sorted(re.findall(r"<p>(.*?)</p>", svg.decode())) == [
        "<b>Legend</b>",
        "<b>a</b>",
        "container",
        "x",
    ]


def test_ordinary_labels_read_as_they_are_in_the_source() -> None:
    for text in ("Requests over HTTPS", "Django 4.2 on Python 3.10", "2 × Django (web) + x: y & z"):
        assert (label(text), message(text)) == (text, text)


def _luminance(colour: str) -> float:
    """As WCAG 2 defines it: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_in_boxes_is_legible() -> None:
    shapes = (Shape.PERSON, Shape.SYSTEM, Shape.CONTAINER, Shape.COMPONENT, Shape.ICON)
    boxes = (_box(f"{s.name}{x}", s, external=x) for s in shapes for x in (False, True))
    (source,) = _sources(_c4(*boxes))
    found = re.findall(r"fill:(#\w{6}),color:(#\w{6})", source.emitted.source)

    assert len(found) >= 8
    for pair in found:
        darker, lighter = sorted(map(_luminance, pair))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
