"""The stages in their order: what a build, and each command that is a part of one, consists of."""

from archdoc.pipeline.build import BuildError, Report, build
from archdoc.pipeline.check import check, check_path
from archdoc.pipeline.committed import Departure, KeptFileError, departures, head_of
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.pictures import (
    Drawn,
    Source,
    draw,
    failures_of,
    lacking_letters,
    sources,
)
from archdoc.pipeline.servers import servers_for, servers_set, unlike
from archdoc.pipeline.tree import OutputFolderError, write_files

__all__ = [
    "BuildError",
    "ComposeFailedError",
    "Departure",
    "Drawn",
    "KeptFileError",
    "OutputFolderError",
    "Report",
    "Source",
    "build",
    "check",
    "check_path",
    "compose_files",
    "departures",
    "draw",
    "failures_of",
    "head_of",
    "lacking_letters",
    "servers_for",
    "servers_set",
    "sources",
    "unlike",
    "write_files",
]
