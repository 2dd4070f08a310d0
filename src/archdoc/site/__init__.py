"""The docs site: generated and hand-written pages, staged as Markdown, then built by mkdocs."""

from archdoc.site.content import Content, Doc, Figure
from archdoc.site.engine import BuiltSite, SiteError, build_site
from archdoc.site.stage import Staged, stage

__all__ = ["BuiltSite", "Content", "Doc", "Figure", "SiteError", "Staged", "build_site", "stage"]
