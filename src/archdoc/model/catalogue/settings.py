"""What can be said of an AWS service beside its name: typed facts for readers' tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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
    type: Literal["text", "choice", "flag", "count", "number", "size"]
    pattern: str = ""
    """What a text has to match as a whole; empty: anything."""
    choices: tuple[str, ...] = ()
    unit: str = ""
    """What is counted: "days"."""
    example: str = ""

    def fits(self, value: str) -> bool:
        """Whether a value is of the type."""
        if self.type == "choice":
            return value in self.choices
        return re.fullmatch(self.pattern or _FORMS[self.type], value) is not None

    @property
    def form(self) -> str:
        """What values look like, in words."""
        such = f", such as `{self.example}`" if self.example else ""
        return {
            "flag": "`true` or `false`",
            "count": f"a whole number{f' of {self.unit}' if self.unit else ''}",
            "number": f"a number above 0{such}",
            "size": f"a size in MiB, GiB or TiB{such}",
            "choice": f"one of: {', '.join(f'`{choice}`' for choice in self.choices)}",
            "text": f"a text{such}",
        }[self.type]

    def shown(self, value: str) -> str:
        """A value as tables say it."""
        if self.type == "flag":
            return "yes" if value == "true" else "no"
        return f"{value} {self.unit}".rstrip()
