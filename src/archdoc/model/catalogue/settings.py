"""What can be said of an AWS service beside its name: typed facts for readers' tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from archdoc.model.catalogue.addresses import LARGEST, SMALLEST, blocks, meant
from archdoc.model.catalogue.limits import Limit

_FORMS = {
    "flag": r"true|false",
    "count": r"\d{1,9}",
    "number": r"(?=.*[1-9])\d{1,9}(\.\d{1,9})?",
    "size": r"\d{1,9}(\.\d{1,3})? (MiB|GiB|TiB)",
    "text": r".+",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be said: `instance_class: db.t4g.medium`."""

    name: str
    title: str
    """How tables call it: "Instance class"."""
    type: Literal["text", "choice", "flag", "count", "number", "size", "block", "blocks"]
    pattern: str = ""
    """What a text has to match as a whole; empty: anything."""
    words: str = ""
    """The same for people: "a text that begins with `db.`"."""
    choices: tuple[str, ...] = ()
    unit: str = ""
    """What is counted: "days"."""
    example: str = ""
    limit: Limit | None = None
    """What AWS allows for this kind of node; None: anything of the type, as far as is known."""

    def fits(self, value: str) -> bool:
        """Whether a value is of the type."""
        match self.type:
            case "choice":
                return value in self.choices
            case "block":
                return len(blocks(value)) == 1
            case "blocks":
                return bool(blocks(value))
        return re.fullmatch(self.pattern or _FORMS[self.type], value) is not None

    @property
    def form(self) -> str:
        """What values look like, in words."""
        such = f", such as `{self.example}`" if self.example else ""
        block = f"IPv4 addresses, from /{LARGEST} to /{SMALLEST}{such}"
        return {
            "flag": "`true` or `false`",
            "count": f"a whole number{f' of {self.unit}' if self.unit else ''}",
            "number": f"a number above 0{such}",
            "size": f"a size in MiB, GiB or TiB{such}",
            "choice": f"one of: {', '.join(f'`{choice}`' for choice in self.choices)}",
            "block": f"a block of {block}",
            "blocks": f"blocks of {block}",
            "text": f"{self.words or 'a text'}{such}",
        }[self.type]

    def meant(self, value: str) -> str:
        """What was most likely meant by a value that does not fit; empty where nobody can tell."""
        said = meant(value) if self.type == "block" else ""
        return said if said and self.fits(said) else ""

    def shown(self, value: str) -> str:
        """A value as tables say it."""
        if self.type == "flag":
            return "yes" if value == "true" else "no"
        return f"{value} {self.unit}".rstrip()
