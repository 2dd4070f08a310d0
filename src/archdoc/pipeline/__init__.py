"""The stages in their order: what a build, and each command that is a part of one, consists of."""

from archdoc.pipeline.beside import chosen_beside, mains_beside, overrides_beside
from archdoc.pipeline.build import Report, build
from archdoc.pipeline.check import check, check_pages, check_path
from archdoc.pipeline.committed import Departure, KeptFileError, departures, head_of, whole_of
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.make import BuildError, Made
from archdoc.pipeline.pictures import (
    Drawn,
    Source,
    draw,
    sources,
)
from archdoc.pipeline.servers import servers_for, servers_set, unlike
from archdoc.pipeline.site import StagedSite, prepare, stage_site
from archdoc.pipeline.tree import OutputFolderError, write_files
from archdoc.pipeline.undrawn import failures_of, lacking_letters

__all__ = [
    "BuildError",
    "ComposeFailedError",
    "Departure",
    "Drawn",
    "KeptFileError",
    "Made",
    "OutputFolderError",
    "Report",
    "Source",
    "StagedSite",
    "build",
    "check",
    "check_pages",
    "check_path",
    "chosen_beside",
    "compose_files",
    "departures",
    "draw",
    "failures_of",
    "head_of",
    "lacking_letters",
    "mains_beside",
    "overrides_beside",
    "prepare",
    "servers_for",
    "servers_set",
    "sources",
    "stage_site",
    "unlike",
    "whole_of",
    "write_files",
]
