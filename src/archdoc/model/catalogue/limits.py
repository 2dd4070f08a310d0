"""What AWS's documentation allows for settings, beyond their form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_MIB = {"MiB": 1, "GiB": 1024, "TiB": 1024 * 1024}


@dataclass(frozen=True, slots=True)
class Limit:
    """The values that one kind of node can have in one setting: some, or all in a range."""

    source: str
    """The title of the page of AWS's documentation that says so."""
    least: str = ""
    most: str = ""
    step: str = ""
    """From one value to the next, beginning with the least; empty: any in between."""
    of: tuple[str, ...] = ()
    """The only ones; empty: a range."""
    by_cpu: tuple[tuple[str, Limit], ...] = ()
    """What goes with how many vCPUs."""

    def with_cpu(self, cpu: str) -> Limit | None:
        """What goes with some vCPUs; None for what cannot be told."""
        if not self.by_cpu:
            return self
        return next((limit for cpus, limit in self.by_cpu if cpu and _same(cpus, cpu)), None)

    def allows(self, value: str) -> bool:
        """Whether a value, which has the right form, can be."""
        if self.of:
            return any(_same(value, one) for one in self.of)
        number, least = _amount(value), _amount(self.least)
        within = least <= number <= _amount(self.most)
        return within and (not self.step or (number - least) % _amount(self.step) == 0)

    def words(self, unit: str = "") -> str:
        """What it allows: "from 1 to 900 seconds"."""
        if self.of:
            return f"{', '.join(self.of[:-1])} or {self.of[-1]} {unit}".rstrip()
        steps = f", in steps of {self.step}" if self.step else ""
        return f"from {self.least} to {self.most} {unit}".rstrip() + steps


def _amount(value: str) -> Decimal:
    """A number, or a size in MiB, as what can be compared."""
    number, _, unit = value.partition(" ")
    return Decimal(number) * _MIB.get(unit, 1)


def _same(one: str, other: str) -> bool:
    return _amount(one) == _amount(other)
