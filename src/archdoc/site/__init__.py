"""The docs site: generated and hand-written pages, staged as Markdown, then built by mkdocs."""

from archdoc.site.aside import without_pictures
from archdoc.site.asked import asked_in_vain, own_texts
from archdoc.site.comparison import differences
from archdoc.site.content import SEEN_IN, Content, Doc, Figure
from archdoc.site.engine import BuiltSite, Engine, SiteError, build_site
from archdoc.site.export import exported
from archdoc.site.navigation import merged
from archdoc.site.page import Page
from archdoc.site.page_reader import read_page
from archdoc.site.read import graph_of, read, read_search, searchable
from archdoc.site.sealed import LIST, PageSeal, built_page, read_list, seal_of_page
from archdoc.site.settings import adapt
from archdoc.site.stage import Staged, reaches_out, stage
from archdoc.site.to_know import to_know
from archdoc.site.view_pages import page_of_view
from archdoc.site.written import Written

__all__ = [
    "LIST",
    "SEEN_IN",
    "BuiltSite",
    "Content",
    "Doc",
    "Engine",
    "Figure",
    "Page",
    "PageSeal",
    "SiteError",
    "Staged",
    "Written",
    "adapt",
    "asked_in_vain",
    "build_site",
    "built_page",
    "differences",
    "exported",
    "graph_of",
    "merged",
    "own_texts",
    "page_of_view",
    "reaches_out",
    "read",
    "read_list",
    "read_page",
    "read_search",
    "seal_of_page",
    "searchable",
    "stage",
    "to_know",
    "without_pictures",
]
