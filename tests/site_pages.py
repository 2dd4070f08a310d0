"""Pages of a built site as tests look at them: ids, links and text."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BuiltPage(HTMLParser):
    """One page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "src", "xlink:href"} and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(file: Path) -> BuiltPage:
    page = BuiltPage()
    page.feed(file.read_text("utf-8"))
    return page


def looked_at(site: Path) -> list[Path]:
    """What a browser need look at: every page with pictures, and of others those that differ most.

    Pages of rules, or of decisions, are alike: the longest and the shortest of each folder.
    """
    files = [file for file in site.rglob("*.html") if file.name != "404.html"]
    chosen = {file for file in files if b"archdoc-picture" in file.read_bytes()}
    for folder in {file.parent for file in files}:
        by_length = sorted(folder.glob("*.html"), key=lambda file: file.stat().st_size)
        chosen |= {by_length[0], by_length[-1]} & set(files)
    return sorted(chosen)


def broken_links(pages: Mapping[Path, BuiltPage]) -> list[tuple[str, str]]:
    """Which page links to what is not there, a file or an id; links to other hosts aside."""
    broken = []
    for file, page in pages.items():
        if file.name == "404.html":  # served for any path: its links are from the root
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if target.is_dir():
                target /= "index.html"
            if not target.is_file() or (
                parts.fragment and target in pages and parts.fragment not in pages[target].ids
            ):
                broken.append((file.name, link))
    return broken
