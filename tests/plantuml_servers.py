"""PlantUML servers for tests: real ones, and others that are none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from os import environ
from pathlib import Path
from typing import Any

import pytest

from archdoc.render import Failure, Job, Picture, find_engines, render
from archdoc.render.picoweb import Picoweb
from archdoc.render.remote import GREETING, Server, _encoded
from conftest import skip

GOOD = "@startuml\nrectangle A\nrectangle B\nA --> B : x\n@enduml\n"

Start = Callable[..., list[Picoweb]]
Asked = tuple[str, str]
"""A server's address, and the diagram that it was asked for."""


def some_jobs(count: int, *culprits: str) -> list[Job]:
    """Culprits among good diagrams, on both sides."""
    good = [GOOD.replace(": x", f": x{number}") for number in range(count)]
    sources = [*good[: count // 2], *culprits, *good[count // 2 :]]
    return [Job(f"j{number}", "plantuml", source, "t") for number, source in enumerate(sources)]


def address_of(server: Picoweb) -> str:
    return f"http://127.0.0.1:{server._port}/plantuml"


def drawn(jobs: Sequence[Job], cache: Path, *servers: str) -> dict[str, bytes]:
    results = render(jobs, cache_dir=cache, servers=servers)
    pictures = {r.name: r.svg for r in results if isinstance(r, Picture)}
    assert pictures.keys() == {job.name for job in jobs}, results
    return pictures


def failed(jobs: Sequence[Job], cache: Path, *servers: str) -> list[Failure]:
    results = render(jobs, cache_dir=cache, servers=servers)
    assert [result.name for result in results] == [job.name for job in jobs]
    return [result for result in results if isinstance(result, Failure)]


@pytest.fixture(scope="session")
def client(engines: None) -> None:
    """Asks for what asks servers."""
    if find_spec("plantuml") is None or find_spec("six") is None:
        skip("the client of PlantUML servers is missing: pip install 'archdoc-c4[render]'")


@pytest.fixture
def start(tmp_path: Path, client: None) -> Iterator[Start]:
    """Starts real PlantUML servers."""
    with ExitStack() as stack:

        def begin(count: int, **changed: str) -> list[Picoweb]:
            started = []
            for number in range(count):
                folder = tmp_path / f"server{number}{len(changed)}"
                folder.mkdir()
                server = Picoweb(find_engines({**environ, **changed}), folder)
                stack.callback(server.end)
                started.append(server)
            for server in started:
                server.wait_until_ready()
            return started

        yield begin


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, client: None) -> Iterator[str]:
    """The address of a real PlantUML server that nobody kills."""
    server = Picoweb(find_engines(environ), tmp_path_factory.mktemp("server"))
    server.wait_until_ready()
    yield address_of(server)
    server.end()


@pytest.fixture(scope="session")
def greeting(real: str) -> bytes:
    """What a real server answers when it is asked who it is."""
    return Server(real)._ask(GREETING, 60).content


Behaviour = Callable[[BaseHTTPRequestHandler], None]
Pretend = Callable[..., str]


@pytest.fixture
def pretend(client: None) -> Iterator[Pretend]:
    """Starts servers that are none: they behave as told, after a good greeting if one is given."""
    with ExitStack() as stack:

        def begin(behave: Behaviour, greeting: bytes = b"") -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    if greeting and self.path.endswith(_encoded(GREETING)):
                        send(self, greeting)
                    else:
                        with suppress(OSError):
                            behave(self)

                do_POST = do_GET  # noqa: N815 - http.server's name

                def log_message(self, *_: Any) -> None:
                    """Say nothing."""

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            server.daemon_threads = True
            server.block_on_close = False
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}"

        yield begin


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hang(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        threading.Event().wait(0.1)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<svg")


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x15\x03\x01\x00\x02\x02")


def nothing(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def login(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"<!DOCTYPE html><html><form>Password?</form></html>", Content_Type="text/html")


def broken(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"<html>oops</html>", 500)


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 302, Location="http://127.0.0.1:9/login")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Which diagrams servers were asked for: (server, source)."""
    found: list[Asked] = []
    draw = Server.draw

    def remembered(self: Server, source: str) -> bytes:
        found.append((self.name, source))
        return draw(self, source)

    monkeypatch.setattr(Server, "draw", remembered)
    return found
