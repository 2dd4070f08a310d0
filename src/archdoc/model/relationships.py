"""Who talks to whom, and what about."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, model_validator

from archdoc.model.base import Base, Name, Ref, Tag, Text, mistake

_ARROW = re.compile(
    r"^\s*(?P<source>[^\s<>]+?)\s*(?P<shaft><?->)\s*(?P<target>[^\s<>]+?)\s*"
    r"(?::\s*(?P<label>.+))?$",
    re.DOTALL,
)

_LIKE_ARROW = re.compile(
    r"^\s*(?P<left>[^\s<>=]+?)\s*(?P<shaft>[-=~<>→←↔⇒]*[-=~<>→←↔⇒])\s*(?P<right>[^\s<>=]+?)\s*"
    r"(?::\s*(?P<label>.+))?$",
    re.DOTALL,
)
"""What was meant as an arrow, most likely."""
_LONGEST = 200
"""Characters of a text in which an arrow is looked for: looking takes time."""

Line = Literal["solid", "dashed", "dotted"]
Direction = Literal["one-way", "two-way"]


class Arrow(Base):
    """Something said by one element to another. `user -> nginx: Requests` is its short form."""

    source: Ref = Field(alias="from")
    """Who says it."""
    target: Ref = Field(alias="to")
    """To whom."""
    label: Text = ""
    """What is said or sent: "SQL queries"."""
    technology: Name = ""
    """Over what: "PostgreSQL protocol"."""

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        """Accept `"a -> b"`, `"a -> b: label"`, and YAML's reading of it: `{"a -> b": label}`."""
        if isinstance(value, dict) and len(value) == 1:
            [(key, label)] = value.items()
            known = {name for n, f in cls.model_fields.items() for name in (n, f.alias)}
            if isinstance(key, str) and key not in known and ("->" in key or _is_arrow(key)):
                return cls._parse(key, label)
        return cls._parse(value, None) if isinstance(value, str) else value

    @classmethod
    def _parse(cls, text: str, label: Any) -> dict[str, Any]:
        ends = arrow_ends(text)
        if ends is None:
            raise mistake(f"`{text}` is not a relationship", _meant(text, label))
        if isinstance(label, dict | list):
            said = _label_in(label)
            raise mistake(
                f"the label of `{text}` is a text",
                f"write `{text}: {said}`, or `{{from: {ends[0]}, to: {ends[2]}, label: {said}}}`",
            )
        source, shaft, target, said = ends
        parsed = {"from": source, "to": target, "label": said if label is None else label}
        if shaft == "<->":
            if "direction" not in cls.model_fields:
                raise mistake("a step goes one way", f"write `{source} -> {target}: …`")
            parsed["direction"] = "two-way"
        return parsed


class Relationship(Arrow):
    """One relationship of the model; `a <-> b: label` goes both ways."""

    description: Text = ""
    """What there is to say beyond the label."""
    asynchronous: bool = Field(default=False, alias="async")
    """The sender does not wait for an answer. Drawn dashed, unless `line` says otherwise."""
    direction: Direction = "one-way"
    """`two-way`: an arrow with two heads."""
    line: Line | None = None
    """How it is drawn: solid, unless it is asynchronous."""
    order: int = 0
    """Where it stands among the others in pictures and tables; equals keep the model's order."""
    opened_by: Literal["source", "target"] | None = None
    """Which end opens the connection, where it is not the source. Messages may flow out of a data
    store (`redis -> celery`), but it is the consumer who connects: left out, that is understood."""
    direct: bool = False
    """It goes through nothing that stands before whoever is reached (`fronts`): SSH to a machine
    behind a load balancer."""
    mount: str = Field(default="", pattern=r"^(/[^:\x00]*(:ro|:rw)?)?$")
    """Where the source mounts the target, if that is a file store on a volume: `/srv/media:ro`."""
    tags: tuple[Tag, ...] = ()
    """Free words to select and style by."""

    @property
    def drawn_line(self) -> Line:
        """How it is drawn, whatever decides it."""
        return self.line or ("dashed" if self.asynchronous else "solid")


def arrow_ends(text: str) -> tuple[str, str, str, str] | None:
    """The parts of `a -> b: label`: from, shaft, to, label; None for what is no arrow."""
    match = _ARROW.match(text)
    if match is None:
        return None
    return match["source"], match["shaft"], match["target"], match["label"] or ""


def _is_arrow(text: str) -> bool:
    """Whether a key was most likely meant as an arrow: two words, and something between them."""
    match = _LIKE_ARROW.match(text[:_LONGEST])
    return match is not None and bool(re.search(r"\s", text.strip()) or len(match["shaft"]) > 1)


def _meant(text: str, label: Any) -> str:
    """What to write instead of something that is nearly an arrow."""
    match = _LIKE_ARROW.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return "write `from -> to: label`"
    left, right, shaft = match["left"], match["right"], match["shaft"]
    label = match["label"] if label is None else label
    said = f": {label}" if isinstance(label, str) else ""
    leads_left = any(head in shaft for head in "<←↔")
    leads_right = any(head in shaft for head in ">→⇒↔")
    if leads_left and not leads_right:
        left, right = right, left
    return f"write `{left} {'<->' if leads_left and leads_right else '->'} {right}{said}`"


def _label_in(label: Any) -> str:
    said = label.get("label") if isinstance(label, dict) else None
    return said if isinstance(said, str) else "label"
