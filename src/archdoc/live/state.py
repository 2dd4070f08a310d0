"""What open pages have to know: which build they show, and what is wrong now."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Moment(NamedTuple):
    """One state of the site."""

    build: int
    """Grows whenever pages have changed."""
    problem: str
    """What keeps newer pages from being made, as it is said in the terminal; empty if nothing."""
    is_building: bool = False
    """Whether something was saved, and newer pages are being made."""


class State:
    """May be asked and changed by several threads."""

    def __init__(self) -> None:
        self._moment = Moment(0, "")
        self._changed = threading.Condition()

    @property
    def moment(self) -> Moment:
        """How it is now."""
        with self._changed:
            return self._moment

    @contextmanager
    def building(self) -> Iterator[None]:
        """Something was saved, and is built until the block ends."""
        self._set(self._moment._replace(is_building=True))
        try:
            yield
        finally:
            self._set(self._moment._replace(is_building=False))

    def built(self, *, changed: bool) -> None:
        """A build succeeded; whether it changed any file."""
        self._set(Moment(self._moment.build + changed, ""))

    def failed(self, problem: str) -> None:
        """The last good pages stay, and say this."""
        self._set(Moment(self._moment.build, problem))

    def after(self, known: Moment, seconds: float) -> Moment:
        """The next state that is another one, or the known one when time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self._moment != known, seconds)
            return self._moment

    def _set(self, moment: Moment) -> None:
        with self._changed:
            self._moment = moment
            self._changed.notify_all()
