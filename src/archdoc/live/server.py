"""A small web server for one reader: the built pages, and what happens to them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from threading import Thread
from typing import Any

from archdoc.live.state import Moment, State

HOST = "127.0.0.1"
_EVENTS, _SCRIPT = "/.archdoc/events", "/.archdoc/live.js"
_TAG = f'<script src="{_SCRIPT}" data-build="%d"></script></body>'.encode()
_NOTHING_YET = b"<!doctype html><title>archdoc</title><body><p>No site could be built yet.</body>"
_LOST = "404.html"
_PATIENCE = 10.0
"""Seconds after which a connection is told that nothing happened: it may be gone."""


class AddressError(Exception):
    """The address cannot be served on; the text says why."""


@contextmanager
def open_server(site: Path, state: State, port: int) -> Iterator[str]:
    """Serve a folder on this machine only, until the block ends; gives the address.

    Port 0 is any that is free. Raises AddressError.
    """

    class Handler(_Handler):
        folder, events = site.absolute(), state

    try:
        server = _Server((HOST, port), Handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AddressError(f"port {port} cannot be used: {reason}") from error
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who leaves in the middle is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    folder: Path
    events: State

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, directory=str(self.folder), **options)

    def do_GET(self) -> None:
        """Answer with a page, a file, or what happens."""
        if not self._is_meant():
            return
        if self.path == _EVENTS:
            self._tell_events()
        elif self.path == _SCRIPT:
            script = resources.files(__package__).joinpath("live.js").read_bytes()
            self._send(script, "text/javascript; charset=utf-8")
        elif (page := self._page()) is not None:
            self._send_page(page)
        elif self._is_lost():
            self._send_page(self.folder / _LOST, HTTPStatus.NOT_FOUND)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """As for GET, without the content."""
        if self._is_meant():
            super().do_HEAD()

    def end_headers(self) -> None:
        """Nothing is kept: the next build may be a second away."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """The terminal is for what is wrong with the model."""

    def _is_meant(self) -> bool:
        """Refuse what another site's pages ask for under a name that leads here (DNS rebinding)."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name in {HOST, "localhost"}:
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This server is for this machine only")
        return False

    def _page(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        is_folder = self.path.partition("?")[0].endswith("/") and path.is_dir()
        page = path / "index.html" if is_folder else path
        is_there = page.is_file() or page == self.folder / "index.html"
        return page if page.suffix == ".html" and is_there else None

    def _is_lost(self) -> bool:
        """Whether a page is not there, which may be there again after the next save."""
        is_page = self.path.partition("?")[0].endswith((".html", "/"))
        return is_page and (self.folder / _LOST).is_file()

    def _send_page(self, page: Path, status: HTTPStatus = HTTPStatus.OK) -> None:
        tag = _TAG % self.events.moment.build  # asked before the page, which may be newer
        content = page.read_bytes() if page.is_file() else _NOTHING_YET
        self._send(content.replace(b"</body>", tag, 1), "text/html; charset=utf-8", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _tell_events(self) -> None:
        """Server-sent events: one for every moment, until the reader is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        moment = self.events.moment
        with suppress(OSError):
            self._tell(moment)
            while True:
                moment = self.events.after(moment, _PATIENCE)
                self._tell(moment)

    def _tell(self, moment: Moment) -> None:
        self.wfile.write(f"data: {json.dumps(moment._asdict())}\n\n".encode())
        self.wfile.flush()
