"""The docs site: generated and hand-written pages, staged as Markdown, then built by mkdocs."""

from archdoc.site.content import Content, Doc, Figure
from archdoc.site.engine import BuiltSite, Engine, SiteError, build_site
from archdoc.site.export import exported
from archdoc.site.navigation import merged
from archdoc.site.page import Page, read_page
from archdoc.site.pages import Pages
from archdoc.site.read import graph_of, read, read_search
from archdoc.site.settings import adapt
from archdoc.site.stage import Staged, stage

__all__ = [
    "BuiltSite",
    "Content",
    "Doc",
    "Engine",
    "Figure",
    "Page",
    "Pages",
    "SiteError",
    "Staged",
    "adapt",
    "build_site",
    "exported",
    "graph_of",
    "merged",
    "read",
    "read_page",
    "read_search",
    "stage",
]
