"""Which PlantUML servers draw, and whether they draw alike."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping

from archdoc.model import Model, checked_address
from archdoc.pipeline.pictures import Drawn
from archdoc.render import EngineError
from archdoc.report import Diagnostic, Severity
from archdoc.source import Loaded

SETTING = "ARCHDOC_SERVERS"


def servers_set(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """The servers that the environment names, between commas or spaces; None: it says nothing.

    Set and empty, it means this machine. Raises EngineError for what is no address; passwords,
    which only stand here, are not part of the message.
    """
    said = environ.get(SETTING)
    if said is None:
        return None
    addresses = tuple(filter(None, re.split(r"[\s,]+", said)))
    for number, address in enumerate(addresses, 1):
        try:
            checked_address(_without_credentials(address))
        except ValueError as error:
            raise EngineError(f"{SETTING}, address {number}: {error}") from error
    return addresses


def servers_for(model: Model, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The servers that draw a model's diagrams: the environment's, else the model's, else none.

    Raises EngineError as `servers_set` does.
    """
    chosen = servers_set(environ)
    return model.render.servers if chosen is None else chosen


def unlike(loaded: Loaded, drawn: Drawn) -> list[Diagnostic]:
    """A warning where different PlantUMLs drew the pictures of one run, now or earlier."""
    counts = Counter(picture.drawn_by for picture in drawn.pictures.values() if picture.drawn_by)
    if len(counts) < 2:
        return []
    by = ", ".join(f"{number} by {who}" for who, number in sorted(counts.items()))
    span = loaded.locations.value(("render", "servers"))
    return [
        Diagnostic(
            "unlike-servers",
            f"the PlantUML servers draw differently: of the pictures, {by}",
            severity=Severity.WARNING,
            span=None if SETTING in os.environ else span,
            subject=SETTING,
            help="give all of them the same version of PlantUML, the same fonts and the same "
            "configuration; what stands in brackets tells how they draw",
        )
    ]


def _without_credentials(address: str) -> str:
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"
