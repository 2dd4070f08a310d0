"""What is asked of one server, and what of its answers is believed."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from archdoc.render import Job, remote, render
from archdoc.render.remote import Server, _encoded
from archdoc.render.untrusted import harmless
from plantuml_servers import (
    GOOD,
    Asked,
    Behaviour,
    Pretend,
    Start,
    address_of,
    broken,
    cut_off,
    drawn,
    drip,
    elsewhere,
    endless,
    failed,
    garbage,
    hang,
    login,
    nothing,
    send,
    some_jobs,
)

LONG = GOOD.replace(": x", ": " + " ".join(f"naïve{number**5 % 99991}" for number in range(4000)))


MISBEHAVIOURS: dict[Behaviour, str] = {
    hang: "took longer than 1 s",
    drip: "took longer than 1 s",
    endless: "answers with more than",
    cut_off: "broke off its answer",
    garbage: "does not speak HTTP",
    nothing: "broke off its answer",
    login: "answers otherwise than PlantUML",
    broken: "answers otherwise than PlantUML (500",
    elsewhere: "leads elsewhere (302)",
}
misbehaving = pytest.mark.parametrize("behave", MISBEHAVIOURS, ids=lambda behave: behave.__name__)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits a second at most, and reads a million bytes."""
    monkeypatch.setattr(remote, "GREETING_SECONDS", 1.0)
    monkeypatch.setattr(remote, "DIAGRAM_SECONDS", 1.0)
    monkeypatch.setattr(remote, "LARGEST_ANSWER", 1_000_000)


@misbehaving
def test_what_no_plantuml_would_do_is_done_by_another_server(
    tmp_path: Path, real: str, greeting: bytes, pretend: Pretend, behave: Behaviour
) -> None:
    impostor = pretend(behave, greeting)

    assert drawn(some_jobs(6), tmp_path, impostor, real)


@misbehaving
def test_a_server_that_always_fails_costs_each_diagram_two_tries(
    tmp_path: Path, greeting: bytes, pretend: Pretend, asked: list[Asked], behave: Behaviour
) -> None:
    impostor = pretend(behave, greeting)
    failures = failed(some_jobs(2), tmp_path, impostor)

    assert len(asked) == 4
    for failure in failures:
        assert failure.cause == "picture"
        assert f"{impostor} {MISBEHAVIOURS[behave]}" in failure.message


@misbehaving
def test_what_is_no_plantuml_is_sent_no_diagram(
    tmp_path: Path, pretend: Pretend, asked: list[Asked], behave: Behaviour
) -> None:
    impostor = pretend(behave)
    failures = failed(some_jobs(2), tmp_path, impostor)

    assert asked == []
    assert {failure.cause for failure in failures} == {"missing"}
    assert all(f"{impostor} {MISBEHAVIOURS[behave]}" in failure.message for failure in failures)


def test_a_redirection_is_not_followed(tmp_path: Path, pretend: Pretend) -> None:
    seen: list[str] = []
    other = pretend(lambda handler: seen.append(handler.path))
    first = pretend(lambda handler: send(handler, b"", 302, Location=f"{other}/svg/x"))
    failed(some_jobs(1), tmp_path, first)

    assert seen == []


def test_a_server_without_graphviz_is_put_aside(tmp_path: Path, start: Start, real: str) -> None:
    (lame,) = start(1, ARCHDOC_DOT="/bin/false")

    assert drawn(some_jobs(4), tmp_path, address_of(lame), real)
    (failure, *_) = failed(some_jobs(1), tmp_path / "lame", address_of(lame))
    assert address_of(lame) in failure.message


def test_a_diagram_too_long_for_an_address_reaches_picoweb(
    tmp_path: Path, real: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "DIAGRAM_SECONDS", 60.0)
    assert len(_encoded(LONG)) > 2 * remote._LONGEST_PATH
    svg = drawn([Job("j", "plantuml", LONG, "t")], tmp_path, real)["j"]

    assert "naïve".encode() in svg


def test_a_diagram_too_long_for_an_address_is_posted_as_text(
    tmp_path: Path, real: str, greeting: bytes, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for plantuml-server, which takes addresses of 8 KiB, and texts at `/svg/`."""
    monkeypatch.setattr(remote, "DIAGRAM_SECONDS", 60.0)
    received: list[tuple[str, str, str | None]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        text = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        received.append(
            (f"{handler.command} {handler.path}", text, handler.headers["Content-Type"])
        )
        send(handler, Server(real)._ask(text, 60).content)

    address = pretend(answer, greeting) + "/diagrams"
    assert drawn([Job("j", "plantuml", LONG, "t")], tmp_path, address)
    assert received == [("POST /diagrams/svg/", LONG, "text/plain; charset=utf-8")]


def test_a_password_is_sent_and_never_shown(
    tmp_path: Path, greeting: bytes, pretend: Pretend
) -> None:
    sent: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        sent.append(handler.headers["Authorization"])
        send(handler, b"", 401)

    address = pretend(answer)
    (failure,) = failed(some_jobs(1), tmp_path, address.replace("//", "//me:p%40ss@"))

    assert sent == ["Basic bWU6cEBzcw=="]  # me:p@ss
    assert address in failure.message
    assert "p%40ss" not in failure.message
    assert "p@ss" not in failure.message


def test_proxies_get_nothing_to_see(
    tmp_path: Path, real: str, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    proxy = pretend(lambda handler: seen.append(handler.path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy)

    assert drawn(some_jobs(2), tmp_path, real)
    assert seen == []


def test_a_server_without_tls_is_sent_nothing_in_its_place(
    tmp_path: Path, pretend: Pretend, asked: list[Asked]
) -> None:
    address = pretend(nothing).replace("http:", "https:")
    (failure,) = failed(some_jobs(1), tmp_path, address)

    assert f"{address} does not speak TLS as it should" in failure.message
    assert asked == []


def test_breaking_off_waits_for_no_server(
    tmp_path: Path, greeting: bytes, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "DIAGRAM_SECONDS", 60.0)
    before = time.monotonic()

    def broken_off(_: object) -> None:
        raise KeyboardInterrupt

    refused = Job("dot", "dot", "digraph {", "t")
    with pytest.raises(KeyboardInterrupt):
        render(
            [*some_jobs(3), refused],
            cache_dir=tmp_path,
            servers=[pretend(hang, greeting)],
            progress=broken_off,
        )
    assert time.monotonic() - before < 30


HOSTILE = """<?plantuml 1?><svg xmlns="http://www.w3.org/2000/svg" width="1" onload="x()"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml">
  <style>@import "//evil.example";</style><h:iframe srcdoc="evil"/><script>evil</script>
  <a href="#ok"><animate attributeName="href" to="javascript:evil"/><text>url(kept)</text></a>
  <a xlink:href="javascript:evil"/><a href=" JaVaScRiPt:evil"/><use href="//evil.example#x"/>
  <rect style="fill:url(http://evil.example/x)" fill="url(#ok)" filter="URL( 'http://evil' )"/>
  <rect style="fill:u\\72l(//evil)" data-qualified-name="a@b" title="url(kept)"/>
  <image href="http://evil.example/x.png"/><image xlink:href="data:image/png;base64,AA=="/>
  <image href="data:text/html,evil"/><foreignObject><h:img src="evil"/></foreignObject></svg>"""


def test_nothing_of_an_answer_is_kept_that_could_run_or_fetch() -> None:
    kept = harmless(HOSTILE.encode()).decode()

    assert "evil" not in kept.lower()
    assert kept.count("url(kept)") == 2
    for harmless_part in ('"#ok"', '"url(#ok)"', '"a@b"', "data:image/png;base64,AA=="):
        assert harmless_part in kept


BILLION_LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
)
DEEP = '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>"


@pytest.mark.parametrize("body", ["", "<svg/>", "<html/>", "<svg", BILLION_LAUGHS, DEEP])
def test_an_answer_that_is_no_usable_picture_costs_nobody_else(
    tmp_path: Path, real: str, greeting: bytes, pretend: Pretend, body: str
) -> None:
    impostor = pretend(lambda handler: send(handler, body.encode()), greeting)

    assert drawn(some_jobs(3), tmp_path, impostor, real)
