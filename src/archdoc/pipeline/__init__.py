"""The stages in their order: what a build, and each command that is a part of one, consists of."""

from archdoc.pipeline.build import BuildError, Report, build
from archdoc.pipeline.compose import ComposeFailedError, compose_files
from archdoc.pipeline.pictures import Source, draw, sources

__all__ = [
    "BuildError",
    "ComposeFailedError",
    "Report",
    "Source",
    "build",
    "compose_files",
    "draw",
    "sources",
]
