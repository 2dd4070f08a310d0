"""PlantUML servers in place of this machine's PlantUML: several at once, each put aside that fails.

A diagram is tried at most twice. One whose server failed over it may be the reason, so it is
postponed until all others are drawn: whatever it does to another server costs only itself.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple, Self

from archdoc.kept import Cache, key_of
from archdoc.render.jobs import TOO_LARGE, DiagramError, Drawing, PostponedError
from archdoc.render.remote import Server, ServerError

AT_ONCE = 4
"""How many diagrams a server is sent at one time."""
_MOST_WORKERS = 32
_REMEDY = (
    "start them, or correct `render.servers` or ARCHDOC_SERVERS; without any, archdoc draws by "
    "itself"
)


class _LostError(Exception):
    """A server failed over a diagram."""

    def __init__(self, server: Server, reason: ServerError) -> None:
        super().__init__(f"{server.name} {reason}")
        self.server = server


class Servers:
    """All servers of a run. May be used by several threads; `meet` comes before `svg`."""

    def __init__(self, addresses: Sequence[str], cache: Cache) -> None:
        """Ask nobody yet. `addresses` are complete, perhaps with passwords."""
        self._cache = cache
        self._servers = [Server(address) for address in dict.fromkeys(addresses)]
        self._identities = {server: self._remembered(server) for server in self._servers}
        self._aside: dict[Server, ServerError] = {}
        self._busy = dict.fromkeys(self._servers, 0)
        self._changed = threading.Condition()
        self._lost: dict[str, _LostError] = {}
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.abandon()

    @property
    def workers(self) -> int:
        """How many threads keep all servers busy."""
        return min(_MOST_WORKERS, AT_ONCE * len(self._servers))

    @property
    def drawn_by(self) -> tuple[str, ...]:
        """Who draws there: what they say, or said when they were last asked."""
        return tuple(dict.fromkeys(filter(None, self._identities.values())))

    def meet(self) -> bool:
        """Ask all servers who they are; True where some are others than `drawn_by` said.

        Those that do not answer are put aside. What they drew when they did stays usable.
        """
        before = dict(self._identities)
        with ThreadPoolExecutor(len(self._servers)) as pool:
            try:
                list(pool.map(self._examine, self._servers))
            except BaseException:
                self.abandon()
                raise
        return before != self._identities

    def svg(self, source: str) -> Drawing:
        """Draw one diagram. Raises DiagramError, and PostponedError where it has to be tried again.

        Both tries may have failed for reasons of their own; the message tells both.
        """
        first = self._lost.get(source)
        try:
            return self._try(source, besides=first.server if first else None)
        except _LostError as error:
            if first is None:
                self._lost[source] = error
                raise PostponedError from error
            how = f"{error}, twice" if str(first) == str(error) else f"{first}; {error}"
            raise DiagramError(f"PlantUML servers failed: {how}", remedy=TOO_LARGE) from error

    def abandon(self) -> None:
        """Let nobody wait for any server any longer, and ask none anew."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        for server in self._servers:
            server.abandon()

    def _try(self, source: str, besides: Server | None) -> Drawing:
        """Draw on a server, another one than `besides` if possible. Raises _LostError too."""
        while (server := self._take(besides)) is not None:
            try:
                return Drawing(server.draw(source), self._identities[server])
            except ServerError as error:
                self._examine(server, error)
                # One that was gone before it was asked says nothing of the diagram.
                if error.was_asked or server not in self._aside:
                    raise _LostError(server, error) from error
            finally:
                with self._changed:
                    self._busy[server] -= 1
                    self._changed.notify_all()
        reasons = "; ".join(f"{server.name} {error}" for server, error in self._failed())
        raise DiagramError(
            f"no PlantUML server answers: {reasons}", remedy=_REMEDY, cause="missing"
        )

    def _take(self, besides: Server | None) -> Server | None:
        """The least busy server, as soon as one has room; None where all are put aside."""
        with self._changed:
            while not self._over:
                usable = [server for server in self._servers if server not in self._aside]
                if not usable:
                    return None
                others = [server for server in usable if server is not besides] or usable
                server = min(others, key=lambda server: self._busy[server])
                if self._busy[server] < AT_ONCE:
                    self._busy[server] += 1
                    return server
                self._changed.wait()
        raise DiagramError("the run was broken off")

    def _examine(self, server: Server, reason: ServerError | None = None) -> None:
        """Ask a server who it is; puts it aside where it does not say so.

        `reason` is what it failed with before.
        """
        try:
            identity = server.identify()
        except ServerError as error:
            with self._changed:
                self._aside.setdefault(server, reason or error)
                self._changed.notify_all()
            return
        if identity != self._identities[server]:
            self._identities[server] = identity
            self._cache.write(_key(server), identity.encode())

    def _failed(self) -> list[tuple[Server, ServerError]]:
        """The servers that were put aside, and why, in their own order."""
        return [(server, self._aside[server]) for server in self._servers if server in self._aside]

    def _remembered(self, server: Server) -> str:
        """Who drew there when it was last asked; empty where it never was."""
        return (self._cache.read(_key(server)) or b"").decode()


class Met(NamedTuple):
    """What a server says of itself."""

    name: str
    """Its address without any password."""
    drawn_by: str
    """As in `Picture`; empty where it does not say so."""
    problem: str
    """Why it does not, in words that continue its address."""


def met(addresses: Sequence[str]) -> list[Met]:
    """Ask servers who they are, all at once."""

    def ask(address: str) -> Met:
        server = Server(address)
        try:
            return Met(server.name, server.identify(), "")
        except ServerError as error:
            return Met(server.name, "", str(error))

    with ThreadPoolExecutor(max(1, len(addresses))) as pool:
        return list(pool.map(ask, addresses))


def _key(server: Server) -> str:
    return key_of("PlantUML server", server.name)
