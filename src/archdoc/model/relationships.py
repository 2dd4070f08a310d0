"""Who talks to whom, and what about."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, model_validator

from archdoc.model.base import Base, Ref, Text

_ARROW = re.compile(
    r"^\s*(?P<source>[^\s>]+?)\s*->\s*(?P<target>[^\s>]+?)\s*(?::\s*(?P<label>.+))?$"
)

Line = Literal["solid", "dashed", "dotted"]


class Relationship(Base):
    """One directed relationship. `user -> nginx: Requests` is its short form."""

    source: Ref = Field(alias="from")
    target: Ref = Field(alias="to")
    label: Text = ""
    """What is said or sent: "SQL queries"."""
    technology: Text = ""
    """Over what: "PostgreSQL protocol"."""
    line: Line = "solid"
    opened_by: Literal["source", "target"] | None = None
    """Which end opens the connection, where it is not the source. Messages may flow out of a data
    store (`redis -> celery`), but it is the consumer who connects: left out, that is understood."""
    mount: str = Field(default="", pattern=r"^(/[^:]*(:ro|:rw)?)?$")
    """Where the source mounts the target, if that is a file store on a volume: `/srv/media:ro`."""
    tags: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        """Accept `"a -> b"`, `"a -> b: label"`, and YAML's reading of it: `{"a -> b": label}`."""
        if isinstance(value, dict) and len(value) == 1:
            [(key, label)] = value.items()
            if isinstance(key, str) and key not in cls.model_fields and key not in {"from", "to"}:
                return cls._parse(key, label)
        return cls._parse(value, None) if isinstance(value, str) else value

    @staticmethod
    def _parse(text: str, label: Any) -> dict[str, Any]:
        match = _ARROW.match(text)
        if match is None:
            raise ValueError(f"`{text}` is not a relationship: write `from -> to: label`")
        return {
            "from": match["source"],
            "to": match["target"],
            "label": match["label"] or "" if label is None else label,
        }
