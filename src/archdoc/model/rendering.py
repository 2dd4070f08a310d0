"""How pictures are made, where that is not as usual."""

from __future__ import annotations

import re
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from archdoc.model.base import Base, mistake

_PRINTABLE = re.compile(r"[!-~]+")
_PATTERN = r"^https?://[^\s/?#@]+(?:/[^\s?#]*)?$"


def checked_address(text: str) -> str:
    """The address of a PlantUML server, as it is. Raises ValueError, which never quotes it.

    A model is shared and shown, so it holds no password; the environment may.
    """
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not _PRINTABLE.fullmatch(text):
        raise ValueError("this is no address of a server: write `https://…` or `http://…`")
    if "@" in parts.netloc:
        raise ValueError("a password has no place in a model: set ARCHDOC_SERVERS to this address")
    if parts.query or parts.fragment or text.endswith(("?", "#")):
        raise ValueError("the address of a server has no `?` and no `#`: leave them out")
    return text


ServerAddress = Annotated[
    str,
    AfterValidator(checked_address),
    WithJsonSchema({"type": "string", "pattern": _PATTERN}),
]
"""Where a PlantUML server is, without `/svg`: `http://plantuml.example.org:8080/plantuml`."""


class Rendering(Base):
    """Where pictures are drawn."""

    servers: tuple[ServerAddress, ...] = Field(default=())
    """PlantUML servers that draw diagrams, several at once, in place of this machine's PlantUML.
    They are sent what diagrams say. Not inherited by models that extend this one."""

    @model_validator(mode="after")
    def _names_each_server_once(self) -> Self:
        for number, address in enumerate(self.servers):
            if address.rstrip("/") in {other.rstrip("/") for other in self.servers[:number]}:
                raise mistake("this server is named twice", "keep one of them", "servers", number)
        return self
