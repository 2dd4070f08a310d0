"""One PlantUML server, as far away as it may be: how it is asked, and what counts as an answer.

The protocol is that of the `plantuml` client, `GET …/svg/<encoded diagram>`, which PlantUML's own
`-picoweb` and plantuml-server both speak. The latter takes no address of more than 8 KiB, but the
text itself by POST (https://github.com/plantuml/plantuml-server/issues/324 and 67).
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from archdoc.render.jobs import DiagramError
from archdoc.render.picoweb import DIAGRAM_SECONDS, LayoutError, checked
from archdoc.render.untrusted import harmless

CONNECT_SECONDS = 5.0
GREETING_SECONDS = 10.0
"""For a small diagram; a server that has just started takes about two."""
LARGEST_ANSWER = 16_000_000
"""Bytes; pictures of a hundred elements take less than one million."""
_LONGEST_PATH = 6_000
"""Characters; with the rest of a request's head, well below 8 KiB."""
_LONGEST_COMPLAINT = 300

GREETING = """@startuml
rectangle "PlantUML" as a
rectangle "<b>Quick</b> //fox//" as b
a --> b : jumps
@enduml
"""
"""Drawn with every style of letters, and laid out by Graphviz: its picture differs wherever others
would."""


class ServerError(Exception):
    """A server did not answer as PlantUML does; the text continues its address."""

    def __init__(self, message: str, *, was_asked: bool = True) -> None:
        super().__init__(message)
        self.was_asked = was_asked
        """Whether the diagram may have reached it, and so may be the reason."""


class _Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    content: bytes


class Server:
    """One server. May be used by several threads; each request is a connection of its own."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        credentials, _, place = parts.netloc.rpartition("@")
        self.name = f"{parts.scheme}://{place}{parts.path.rstrip('/')}"
        """Its address without any password."""
        self._host, self._port = parts.hostname or "", parts.port
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._path = parts.path.rstrip("/")
        self._headers = {"Connection": "close", "User-Agent": "archdoc"}
        if credentials:
            token = base64.b64encode(unquote(credentials).encode()).decode()
            self._headers["Authorization"] = f"Basic {token}"
        self._takes_long_paths = False
        self._under_way: set[socket.socket] = set()
        self._over = False

    def identify(self) -> str:
        """Who draws there, as far as pictures depend on it: PlantUML's version, fonts, layout.

        Raises ServerError, also for one that is no PlantUML, or not one that archdoc can use.
        """
        try:
            answer = self._ask(GREETING, GREETING_SECONDS)
            svg = _picture(answer)
        except DiagramError as error:
            raise ServerError(f"cannot draw a small diagram: {error}") from error
        said = f"{answer.headers.get('Server')} {answer.headers.get('X-Powered-By')}"
        self._takes_long_paths = "PicoWeb" in said
        version = re.search(rb"<\?plantuml ([\w.-]{1,40})\?>", answer.content[:500])
        if version is None or b'data-qualified-name="a"' not in svg:
            raise ServerError("has no Graphviz, or a PlantUML that is too old for archdoc")
        drawn = hashlib.sha256(svg).hexdigest()[:8]
        return f"PlantUML {version[1].decode()} ({drawn})"

    def draw(self, source: str) -> bytes:
        """The SVG of a diagram, harmless. Raises DiagramError where PlantUML refuses the diagram.

        Raises ServerError where there is no answer, or another one than PlantUML's.
        """
        return _picture(self._ask(source, DIAGRAM_SECONDS))

    def abandon(self) -> None:
        """Let nobody wait for it any longer."""
        self._over = True
        for connection in list(self._under_way):
            _cut(connection)

    def _ask(self, source: str, seconds: float) -> _Answer:
        path = f"{self._path}/svg/{_encoded(source)}"
        if len(path) > _LONGEST_PATH and not self._takes_long_paths:
            answer = self._exchange("POST", f"{self._path}/svg/", source.encode(), seconds)
            # Redirected, not found, not allowed, not implemented: it does not know POST.
            if answer.status not in {301, 302, 303, 404, 405, 501}:
                return answer
        return self._exchange("GET", path, None, seconds)

    def _exchange(self, method: str, path: str, body: bytes | None, seconds: float) -> _Answer:
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "text/plain; charset=utf-8"
        with self._connected(seconds) as connection:
            connection.request(method, path, body, headers)
            with connection.getresponse() as response:
                content = response.read(LARGEST_ANSWER + 1)
                if len(content) > LARGEST_ANSWER:
                    size = LARGEST_ANSWER // 1_000_000
                    raise ServerError(f"answers with more than {size} MB")
                if response.length:
                    raise ServerError("broke off its answer")
                return _Answer(response.status, response.headers, content)

    @contextmanager
    def _connected(self, seconds: float) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut when time is up, however slowly its other end sends."""
        connection = self._connect()
        peer: socket.socket = connection.sock
        peer.settimeout(seconds)
        late = threading.Event()

        def stop() -> None:
            late.set()
            _cut(peer)

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        self._under_way.add(peer)
        try:
            if self._over:
                raise TimeoutError
            yield connection
            if late.is_set():
                raise TimeoutError
        except (OSError, http.client.HTTPException) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                raise ServerError(f"took longer than {seconds:.0f} s") from error
            raise ServerError(_said(error)) from error
        finally:
            watch.cancel()
            self._under_way.discard(peer)
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        connection = (
            http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
            if self._tls is None
            else http.client.HTTPSConnection(
                self._host, self._port, timeout=CONNECT_SECONDS, context=self._tls
            )
        )
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            connection.close()
            raise ServerError(_said(error), was_asked=False) from error
        return connection


def _encoded(source: str) -> str:
    """A diagram as a part of an address (https://plantuml.com/text-encoding).

    Raises ServerError where what encodes it is not installed.
    """
    try:
        # Only this: the client's class follows redirects, reads without an end, and loses the
        # headers in which PlantUML says what is wrong (docs/decisions/archdoc says more).
        from plantuml import deflate_and_encode
    except ImportError as error:
        how = "pip install 'archdoc-c4[render]'"
        message = f"cannot be asked: {error.name} is not installed (`{how}`)"
        raise ServerError(message, was_asked=False) from error
    encoded: str = deflate_and_encode(source)
    return encoded


def _picture(answer: _Answer) -> bytes:
    """The picture in an answer. Raises DiagramError for PlantUML's refusals, else ServerError."""
    status, headers, content = answer
    complaint = headers.get("X-PlantUML-Diagram-Error")
    if complaint and len(complaint) > _LONGEST_COMPLAINT:
        headers.replace_header(
            "X-PlantUML-Diagram-Error", f"{complaint[: _LONGEST_COMPLAINT - 1]}…"
        )
    try:
        if complaint or status == http.client.OK or headers.get("X-PlantUML-Diagram-Width") == "0":
            checked(status, "", headers, content)
    except LayoutError as error:
        raise ServerError("has a Graphviz that failed over it") from error
    if 300 <= status < 400:
        raise ServerError(f"leads elsewhere ({status}), which is not followed")
    try:
        svg = harmless(content)
    except ValueError as error:
        what = f"{status}, {error}" if status != http.client.OK else str(error)
        raise ServerError(f"answers otherwise than PlantUML ({what})") from error
    if status == http.client.BAD_REQUEST:
        raise DiagramError("PlantUML refuses it, and its server does not say why")
    if status != http.client.OK:
        raise ServerError(f"answers {status}")
    return svg


def _cut(connection: socket.socket) -> None:
    """End it under whoever reads from it. An SSL socket's own `shutdown` is not meant for that."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


_SAID: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "has a certificate that is not trusted"),
    (ssl.SSLError, "does not speak TLS as it should"),
    (socket.gaierror, "has a name that is not known"),
    (UnicodeError, "has a name that is not known"),
    (ConnectionRefusedError, "refuses connections"),
    (TimeoutError, f"was not reached within {CONNECT_SECONDS:.0f} s"),
    (ConnectionError, "broke off its answer"),
    (http.client.IncompleteRead, "broke off its answer"),
    (http.client.HTTPException, "does not speak HTTP"),
)
"""What goes wrong on the way to a server, the more special first."""


def _said(error: Exception) -> str:
    """What went wrong, in words that continue "http://…"."""
    known = next((said for kind, said in _SAID if isinstance(error, kind)), None)
    return known or f"was not reached ({getattr(error, 'strerror', None) or type(error).__name__})"
