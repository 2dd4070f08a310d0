"""Diagram sources → pictures. Knows engines, and nothing of the model."""

from archdoc.render.colours import dark_css
from archdoc.render.early import Early
from archdoc.render.engines import Engine, EngineError, Engines, find_engines
from archdoc.render.fontface import page_font_css
from archdoc.render.jobs import Arrow, Failure, Job, Picture
from archdoc.render.letters import lacking
from archdoc.render.run import Rendering, render
from archdoc.render.seal import Seal, chunks, digest_of, seal_of
from archdoc.render.svg import bare, texts_in
from archdoc.render.trial import Trial, tried

__all__ = [
    "Arrow",
    "Early",
    "Engine",
    "EngineError",
    "Engines",
    "Failure",
    "Job",
    "Picture",
    "Rendering",
    "Seal",
    "Trial",
    "bare",
    "chunks",
    "dark_css",
    "digest_of",
    "find_engines",
    "lacking",
    "page_font_css",
    "render",
    "seal_of",
    "texts_in",
    "tried",
]
