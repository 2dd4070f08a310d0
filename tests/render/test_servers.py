"""Diagrams drawn by PlantUML servers, of which some die."""

from __future__ import annotations

import itertools
import signal
import socket
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from os import environ
from pathlib import Path
from typing import Any

import pytest

from archdoc.pipeline import build
from archdoc.render import Picture, find_engines, remote, render
from archdoc.render.plantuml import PlantUml
from archdoc.render.remote import GREETING, Server, _encoded
from conftest import REFERENCE
from helpers import SMALL, archdoc, loaded
from plantuml_servers import GOOD, Asked, Pretend, Start, address_of, drawn, failed, send, some_jobs

REFUSED = "@startuml\nrectangle A\nthis is no diagram\n@enduml\n"
CRASHING = GOOD.replace(": x", ": \x01")


def nobody() -> str:
    """An address at which nothing listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_server_that_is_killed_midway_loses_no_picture(
    tmp_path: Path, start: Start, asked: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, survivor = start(2)
    draw, answers = Server.draw, itertools.count(1)

    def killed_after_the_fifth(self: Server, source: str) -> bytes:
        svg = draw(self, source)
        if self.name == address_of(victim) and next(answers) == 5:
            victim.process.send_signal(signal.SIGKILL)
        return svg

    monkeypatch.setattr(Server, "draw", killed_after_the_fifth)
    jobs = some_jobs(40)
    pictures = drawn(jobs, tmp_path / "both", address_of(victim), address_of(survivor))
    servers = [name for name, _ in asked]

    assert victim.process.wait() == -signal.SIGKILL
    assert servers.count(address_of(victim)) >= 5
    assert servers.count(address_of(survivor)) >= 20
    assert pictures == drawn(jobs, tmp_path / "one", address_of(survivor))


def test_a_diagram_that_kills_its_servers_is_tried_twice_and_after_all_others(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = {address_of(server): server for server in start(3)}
    draw, order = Server.draw, []

    def deadly(self: Server, source: str) -> bytes:
        order.append(source)
        if "deadly" in source:
            servers[self.name].process.send_signal(signal.SIGKILL)
            servers[self.name].process.wait()
            raise remote.ServerError("broke off its answer")
        return draw(self, source)

    monkeypatch.setattr(Server, "draw", deadly)
    jobs = some_jobs(20, GOOD.replace(": x", ": deadly"))
    (failure,) = failed(jobs, tmp_path, *servers)
    kills = [server.process.poll() or 0 for server in servers.values()]
    second = [place for place, source in enumerate(order) if "deadly" in source][1]

    assert failure.name == "j10"
    assert failure.cause == "picture"
    assert failure.message.count("broke off its answer") == 2
    assert "show less" in failure.remedy
    assert sorted(kills) == [-9, -9, 0]
    assert {job.source for job in jobs} == set(order[:second])


def test_a_diagram_that_plantuml_refuses_costs_only_itself_and_is_sent_once(
    tmp_path: Path, real: str, asked: list[Asked]
) -> None:
    refused, crashed = failed(some_jobs(6, REFUSED, CRASHING), tmp_path, real)

    assert (refused.name, refused.line) == ("j3", 3)
    assert (crashed.name, crashed.message) == ("j4", "PlantUML crashed on this diagram")
    assert len(asked) == 8


def test_a_refusal_points_at_the_view_in_the_model(
    tmp_path: Path, real: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("ARCHDOC_SERVERS", real)
    draw = Server.draw
    monkeypatch.setattr(
        Server, "draw", lambda self, s: draw(self, REFUSED if "Deployment" in s else s)
    )
    views = """
    views:
      overview: {kind: container, of: shop}
      ours: {kind: deployment, environment: local}
    """
    report = build(loaded(tmp_path / "model", SMALL + views), tmp_path / "build", with_site=False)
    (problem,) = report.problems

    assert problem.code == "render-failed"
    assert problem.span is not None
    assert problem.span.text.strip().startswith("ours: {kind: deployment")
    assert {file.name for file in (tmp_path / "build" / "diagrams").glob("*.svg")} == {
        "overview.svg"
    }


def test_no_server_that_answers_is_one_finding_and_costs_no_other_picture(
    tmp_path: Path, client: None
) -> None:
    first, second = nobody(), nobody().replace("//", "//ci:hunter2@")
    done = archdoc(
        "build", REFERENCE, "-o", "build", "--no-site", cwd=tmp_path,
        ARCHDOC_CACHE_DIR=str(tmp_path / "cache"), ARCHDOC_SERVERS=f"{first}, {second}",
    )  # fmt: skip
    written = {file.name for file in (tmp_path / "build" / "diagrams").glob("*.svg")}

    assert done.returncode == 2
    assert done.stderr.count("error[") == done.stderr.count("error[missing-engine]") == 1
    assert f"{first} refuses connections; {second.replace('ci:hunter2@', '')} ref" in done.stderr
    assert "ARCHDOC_SERVERS" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "aws-simple.diagrams.svg" in written
    assert all(name.endswith(".diagrams.svg") for name in written)


def test_what_is_in_the_cache_is_asked_of_no_server(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    (server,) = start(1)
    first = drawn(some_jobs(3), tmp_path / "cache", address_of(server))
    server.end()
    monkeypatch.setattr(Server, "_connect", lambda _: pytest.fail("a server was asked"))

    assert drawn(some_jobs(3), tmp_path / "cache", address_of(server)) == first


def test_pictures_of_a_server_that_is_gone_stay_usable(tmp_path: Path, start: Start) -> None:
    (server,) = start(1)
    drawn(some_jobs(3), tmp_path / "cache", address_of(server))
    server.end()

    (failure,) = failed(some_jobs(4), tmp_path / "cache", address_of(server))
    assert failure.name == "j3"


def test_pictures_are_drawn_anew_when_a_server_draws_otherwise(
    tmp_path: Path, real: str, greeting: bytes, pretend: Pretend
) -> None:
    versions = [greeting, greeting.replace(b"<?plantuml 1.", b"<?plantuml 2.")]
    current = versions[0]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_greeting = handler.path.endswith(_encoded(GREETING))
        send(handler, current if is_greeting else diagram)

    diagram = Server(real)._ask(GOOD, 60).content
    address, jobs = pretend(answer), some_jobs(2)
    drawn(jobs[:1], tmp_path, address)
    current = versions[1]
    results = render(jobs, cache_dir=tmp_path, servers=[address])

    assert [r.fresh for r in results if isinstance(r, Picture)] == [True, True]
    assert {r.drawn_by[:10] for r in results if isinstance(r, Picture)} == {"PlantUML 2"}


def test_servers_that_draw_differently_are_a_warning(
    tmp_path: Path, real: str, greeting: bytes, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    old = greeting.replace(b"<?plantuml 1.", b"<?plantuml 0.")
    proxy = Server(real)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, proxy._exchange("GET", f"/plantuml{handler.path}", None, 60).content)

    text = SMALL + f"    render: {{servers: ['{real}', '{pretend(answer, old)}']}}\n"
    report = build(loaded(tmp_path / "model", text), tmp_path / "build", with_site=False)
    (problem,) = report.problems

    assert problem.code == "unlike-servers"
    assert not report.failed
    assert problem.span is not None
    assert problem.span.text.strip().startswith("render:")
    assert "by PlantUML 0.2" in problem.message
    assert "by PlantUML 1.2" in problem.message


def test_servers_of_one_kind_draw_what_this_machine_draws(tmp_path: Path, real: str) -> None:
    jobs = some_jobs(2)

    assert drawn(jobs, tmp_path / "there", real) == drawn(jobs, tmp_path / "here")


def test_this_machines_pictures_are_not_taken_for_a_servers(
    tmp_path: Path, real: str, asked: list[Asked]
) -> None:
    drawn(some_jobs(1), tmp_path)
    drawn(some_jobs(1), tmp_path, real)

    assert len(asked) == 1


def test_with_servers_no_java_is_needed(
    tmp_path: Path, real: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlantUml, "svg", lambda *_: pytest.fail("this machine draws"))
    engines = find_engines(environ)
    monkeypatch.setattr(
        "archdoc.render.run.find_engines",
        lambda _: type(engines)(*(_gone(e) for e in engines.all()[:3]), *engines.all()[3:]),
    )

    assert drawn(some_jobs(2), tmp_path, real)


def _gone(engine: Any) -> Any:
    return type(engine)(engine.name, None, "", "missing")


def test_without_a_setting_nothing_leaves_this_machine(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHDOC_SERVERS", raising=False)
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    hosts: set[str] = set()
    connect = socket.socket.connect

    def remembered(self: socket.socket, address: Any) -> None:
        hosts.add(address[0])
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", remembered)
    report = build(loaded(tmp_path / "model", SMALL), tmp_path / "build", with_site=False)

    assert report.rendered == report.pictures
    assert hosts == {"127.0.0.1"}
