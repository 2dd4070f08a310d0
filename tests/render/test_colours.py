"""Colours of pictures: light by default, dark where a reader prefers that, readable in both."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from archdoc.pipeline import draw, sources
from archdoc.render import dark_css
from archdoc.render.colours import follow_scheme, in_light
from archdoc.source import Loaded
from archdoc.views import diagrams

COLOURS = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


def _picture(body: str) -> bytes:
    root = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><g>{body}</g></svg>')
    follow_scheme(root)
    return ET.tostring(root)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast of two colours, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _definitions(css: str) -> dict[str, str]:
    return dict(part.split(":") for part in css.split(";") if part)


def test_what_stands_on_the_canvas_changes_with_the_scheme() -> None:
    svg = _picture('<g class="link"><path style="stroke:#666666;fill:none"/></g>').decode()

    assert 'stroke="var(--archdoc-arrow,#666666)"' in svg
    assert 'fill="none"' in svg


def test_a_filled_box_looks_the_same_in_both_schemes() -> None:
    box = '<g class="entity"><rect fill="#2A6FB5" /><text fill="#FFFFFF">A</text></g>'

    assert b"var(" not in _picture(box)


def test_an_icon_on_a_pale_ground_stands_on_a_plate_that_only_the_dark_scheme_shows() -> None:
    icon = '<image x="1" y="2" width="48" height="48"/>'
    pale = _picture(f'<g class="entity"><rect fill="#FFF3CD"/>{icon}</g>')

    assert b'fill="var(--archdoc-plate,#fff3cd)"' in pale
    assert _definitions(dark_css(pale))["--archdoc-plate"] == "#dde1e6"
    assert b"plate" not in _picture(f'<g class="entity"><rect fill="#2A6FB5"/>{icon}</g>')


def test_what_is_written_in_a_filled_row_of_a_legend_stays_as_it_is() -> None:
    row = '<rect width="50" height="20" fill="#2A6FB5"/><text x="4" y="14" fill="#FFFFFF"/>'
    beside = '<text x="4" y="40" fill="#000000"/>'
    svg = _picture(row + beside).decode()

    assert 'fill="#FFFFFF"' in svg
    assert 'fill="var(--archdoc-ink,#000000)"' in svg


@given(COLOURS)
def test_dark_text_of_any_colour_is_readable_on_the_dark_canvas(colour: str) -> None:
    body = f'<g class="link"><text fill="{colour}"/><rect fill="#ffffff"/></g>'
    dark = _definitions(dark_css(_picture(body)))
    canvas = dark.pop("--archdoc-canvas")

    # Text in the colour of a ground is no more readable before.
    if _contrast(colour, "#ffffff") >= 1.4:
        assert all(_contrast(colour, canvas) >= 4.5 for colour in dark.values())


def test_programs_that_know_no_properties_get_plain_colours() -> None:
    svg = _picture('<g class="link"><text fill="#123456">var(--x,y)</text></g>')

    assert b'fill="#123456"' in in_light(svg)
    assert b"var(--x,y)" in in_light(svg)


def test_every_property_of_a_picture_has_a_dark_definition(
    reference: Loaded, engines: None
) -> None:
    for picture in draw(sources(diagrams(reference.model)), png=False).pictures.values():
        used = set(re.findall(r"var\((--[a-z0-9-]+),", picture.svg.decode()))
        (rule,) = re.findall(
            r"@media\(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}", picture.svg.decode()
        )

        assert set(_definitions(rule)) == used
