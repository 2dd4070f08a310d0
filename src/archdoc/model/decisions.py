"""Decisions about an architecture: what a record says of itself, and what it speaks of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from archdoc.model.base import Base, Name, Ref, mistake
from archdoc.model.index import Element

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class DecisionStatus(StrEnum):
    """How far a decision has got. The words are those of MADR (https://adr.github.io/madr/)."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


def _as_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value) if _DATE.fullmatch(value) else _no_date(value)
    except ValueError:  # the 31st of February
        return _no_date(value)


def _no_date(value: str) -> dt.date:
    raise mistake(f"`{value}` is no date", "write year, month and day: `2026-03-31`")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _numbers(value: Any) -> Any:
    values = value if isinstance(value, list) else [value]
    for place, number in enumerate(values):
        if not str(number).isdecimal():
            at = (place,) if isinstance(value, list) else ()
            raise mistake(f"`{number}` is no number of a decision", "write it as in `3`", *at)
    return values


class FrontMatter(Base):
    """What the lines before a decision's text say: `status: accepted`."""

    status: DecisionStatus
    date: Annotated[dt.date | None, BeforeValidator(_as_date)] = None
    """When it was taken, or last changed."""
    about: Annotated[tuple[Ref, ...], BeforeValidator(_listed)] = ()
    """The elements, nodes (`aws-advanced.rds`) and environments that it is about."""
    supersedes: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    """The numbers of the decisions, in the same folder, that it takes the place of."""
    decision_makers: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = Field(
        default=(), alias="decision-makers"
    )
    consulted: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = ()
    informed: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that has been read."""

    category: str
    """The folder in `docs/decisions/` that it stands in; empty for none."""
    number: int
    """Unique within its category."""
    title: str
    page: str
    """Its Markdown file, as a path under `docs/`."""
    said: FrontMatter
    elements: tuple[Element, ...] = ()
    """The elements and nodes that it is about."""
    environments: tuple[str, ...] = ()
    """The ids of the environments that it is about."""
