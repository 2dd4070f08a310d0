"""A picture in a page: inline SVG with links to pages, and the same as a table of text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from posixpath import commonprefix, dirname, relpath

from archdoc.render import bare
from archdoc.site.content import Figure

PageOf = Callable[[str], str | None]
"""The page of an element, as a path of an HTML file under the site's root, and perhaps a place on
it; None if it has none."""


@dataclass(frozen=True, slots=True)
class Other:
    """The same picture of an environment, which may be the one at hand."""

    name: str
    address: str
    """The HTML page with the anchor, under the site's root."""
    is_here: bool


ICONS = "assets/icons/"
"""Where icons of pictures are, under the site's root."""
_ICON = re.compile(
    r'"data:image/png;base64,((?:[A-Za-z0-9+/]{4}){300,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"'
)
_BLANK = re.compile(r"<text\b[^>]*>(?:\s|&#160;)*</text>")
"""An empty line: links underline it, too, as a dash that stands for nothing."""
_GROUP = re.compile(r'<g\b[^>]*\bdata-element="([^"]*)"[^>]*>')


def figure_html(  # noqa: PLR0913 - where it is, and what is around it
    figure: Figure,
    page: str,
    page_of: PageOf,
    number: int,
    *,
    others: Sequence[Other] = (),
    here: str = "",
) -> str:
    """The figure as one block of HTML for the Markdown file `page` (`environments/compose.md`).

    `number` tells apart the figures of one page, which may show the same picture twice. `others`
    are the same picture of every environment, among which readers switch. `here` is the id of the
    element that the page is about: it stands out.
    """
    title = html.escape(figure.diagram.title)
    if figure.svg is None:
        problem = html.escape(figure.problem)
        return (
            f'<figure class="archdoc-figure archdoc-failed" id="{_anchor(figure, page, number)}">'
            f"{_switch(others, number, page)}<p>{title}: {problem}</p></figure>"
        )
    svg = _unique_ids(_BLANK.sub("", bare(figure.svg).decode()), number)
    svg = _with_links(_standing_out(svg, here) if here else svg, page, page_of)
    svg = _ICON.sub(lambda icon: f'"{_to(_icon_path(icon[1]), page)}"', svg)
    downloads = " · ".join(
        f'<a href="{html.escape(_to(path, page))}" download>{path.rpartition(".")[2].upper()}</a>'
        for path in figure.downloads
    )
    keys = "Plus and minus zoom, 0 shows all, F fills the screen."
    if len({edge.number for edge in figure.diagram.edges} - {None}) > 1:
        keys += " Right and left arrow go through its steps."
    return (
        f'<figure class="archdoc-figure" id="{_anchor(figure, page, number)}"'
        f' data-kind="{figure.diagram.kind}">{_switch(others, number, page)}'
        f'<div class="archdoc-picture" data-search-exclude tabindex="0" role="group"'
        f' aria-label="{title}. {keys}">'
        f"{svg}</div>"
        f"<figcaption>{title}<span class='archdoc-downloads'>{downloads}</span></figcaption>"
        f"{_as_text(figure)}</figure>"
    )


def icon_files(svgs: Iterable[bytes]) -> dict[str, bytes]:
    """The icons of pictures as files of the site: browsers load each once, for all pages.

    Small ones stay in the picture.
    """
    found = {icon for svg in svgs for icon in _ICON.findall(svg.decode())}
    return {_icon_path(icon): base64.b64decode(icon) for icon in sorted(found)}


def _icon_path(encoded: str) -> str:
    return f"{ICONS}{hashlib.sha256(encoded.encode()).hexdigest()[:16]}.png"


def anchor_at_home(figure: Figure) -> str:
    """A figure's id on its environment's page: the same for that picture of every environment."""
    return f"picture-{figure.output}".replace("_", "-")


def _anchor(figure: Figure, page: str, number: int) -> str:
    if page == f"environments/{figure.diagram.environment}.md":
        return anchor_at_home(figure)
    suffix = f"-{number}" if number else ""
    return f"picture-{figure.diagram.id}-{figure.output}{suffix}".replace("_", "-")


def _switch(others: Sequence[Other], number: int, page: str) -> str:
    if len(others) < 2:
        return ""
    here = ' aria-current="page"'
    links = "".join(
        f'<a href="{html.escape(_to(other.address, page))}"{here if other.is_here else ""}>'
        f"{html.escape(other.name)}</a>"
        for other in others
    )
    label = f"Other environments, picture {number + 1}"
    return f'<nav class="archdoc-switch" aria-label="{label}">{links}</nav>'


def _standing_out(svg: str, element_id: str) -> str:
    """Mark the element's group, for the style sheet."""
    said = f'data-element="{html.escape(element_id)}"'

    def marked(match: re.Match[str]) -> str:
        tag = match[0]
        return tag.replace('class="', 'class="archdoc-here ', 1) if said in tag else tag

    return _GROUP.sub(marked, svg)


def _to(path: str, page: str) -> str:
    return relpath(path, dirname(page) or ".")


def _to_place(target: str, page: str) -> str:
    """The same, without the path for a place on the page itself, which then need not load anew."""
    path, _, place = target.partition("#")
    is_here = place and path == f"{page.removesuffix('.md')}.html"
    return f"#{place}" if is_here else _to(target, page)


def _unique_ids(svg: str, number: int) -> str:
    """Ids are unique in a picture; make them unique in a page that shows a picture twice."""
    if number == 0:
        return svg
    ids = {rest.partition('"')[0] for rest in svg.split(' id="')[1:]}
    begin = re.escape(commonprefix(list(ids)))  # where they may be, is found by how all begin
    pattern = re.compile(rf'(?<=["#( ]){begin}[^"#() ]*(?=[") ])')
    return pattern.sub(lambda it: f"{it[0]}-{number}" if it[0] in ids else it[0], svg)


def _with_links(svg: str, page: str, page_of: PageOf) -> str:
    """Make every element that has a page of its own a link to it."""
    parts: list[str] = []
    position = 0
    for match in _GROUP.finditer(svg):
        target = page_of(html.unescape(match[1]))
        end = _end_of_group(svg, match.end())
        if target is None or end is None or match.start() < position:
            continue
        href = html.escape(_to_place(target, page))
        parts += [
            svg[position : match.start()],
            f'<a href="{href}">',
            svg[match.start() : end],
            "</a>",
        ]
        position = end
    return "".join([*parts, svg[position:]])


def _end_of_group(svg: str, start: int) -> int | None:
    """Where the group whose opening tag ends at `start` is closed."""
    depth = 1
    for tag in re.compile(r"<g\b[^>]*?(/?)>|</g>").finditer(svg, start):
        if tag[0] == "</g>":
            depth -= 1
        elif not tag[1]:
            depth += 1
        if depth == 0:
            return tag.end()
    return None


def _as_text(figure: Figure) -> str:
    """The picture for those who cannot see it, or would rather search: as two tables.

    What it has no room for stands there, too; what is shown elsewhere only is named first.
    """
    diagram, phrases = figure.diagram, html.escape("; ".join(figure.diagram.left_out))
    left_out = f"<p>Not in this picture: {phrases}.</p>" if phrases else ""
    names = {node.id: node.name for node in diagram.walk()}
    nodes = _rows(
        (node.name, node.technology, node.description, names.get(parent or "", ""))
        for node, parent in diagram.with_parents()
    )
    edges = _rows(
        (
            (names[edge.source], "↔" if edge.two_headed else "→", names[edge.target], edge.label)
            for edge in diagram.edges
        ),
        [edge.number for edge in diagram.edges],
    )
    return (
        f'<details class="archdoc-text" data-search-exclude><summary>As text</summary>{left_out}'
        "<table><thead><tr><th>Element</th><th>Technology</th><th>Description</th><th>In</th></tr>"
        f"</thead><tbody>{nodes}</tbody></table>"
        "<table><thead><tr><th>From</th><th>Direction</th><th>To</th><th>What</th></tr></thead>"
        f"<tbody>{edges}</tbody></table></details>"
    )


def _rows(rows: Iterable[tuple[str, ...]], steps: Iterable[int | None] = repeat(None)) -> str:
    """Rows of a table; those of a flow say which step they are, for the script that tells it."""
    return "".join(
        (f'<tr data-step="{step}">' if step else "<tr>")
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
        + "</tr>"
        for row, step in zip(rows, steps, strict=False)
    )
