"""Whatever a source asks for, the engine reads no file, no variable, and reaches no address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archdoc.outputs import DIAGRAM_OUTPUTS
from archdoc.render import Job, Picture, picoweb, render
from outputs.diagrams_of import hostile_aws, hostile_c4, hostile_steps

SECRET = "seen-by-the-engine"
"""What must not turn up in a picture."""
INCLUDED = f'@startuml\nrectangle "{SECRET}"\n@enduml\n'
DATA = f'{{"key": "{SECRET}"}}'

SOURCES = {
    "include": "!include {0}.puml",
    "include_many": "!include_many {0}.puml",
    "include_once": "!include_once {0}.puml",
    "includeurl": "!includeurl {0}.puml",
    "includesub": "!includesub {0}.puml!part",
    "import": "!import {0}.zip",
    "theme": "!theme secret from {0}",
    "load_json": '!$data = %load_json("{0}.json")\nrectangle "$data.key"',
    "load_json in a label": 'rectangle "%load_json(\\"{0}.json\\")"',
    "img": 'rectangle "<img:{0}.png>"',
    "img in braces": 'rectangle "<img {0}.png>"',
    "sprite": "sprite secret {0}.png\nrectangle <$secret>",
    "link": 'rectangle "[[{0}.puml]]" [[{0}.puml]]',
}
"""Sources that ask for something, at `{0}` with an ending."""
LABELS = (
    """x
!include {0}.puml
!includeurl {0}.puml
!theme secret from {0}
sprite secret {0}.png
" !include {0}.puml""",
    """%load_json("{0}.json")
%getenv("ARCHDOC_SECRET") %file_exists("{0}.puml")""",
    """<img:{0}.png> <img {0}.png>
[[{0}.puml]] [[{0}.puml{{x}} y]]""",
)
"""Texts that ask for it where a label belongs."""


class Asked(list[str]):
    """The paths that were asked for at an address."""

    address = ""


@pytest.fixture
def server() -> Iterator[Asked]:
    """A server on this machine that serves everything that is asked for."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write((DATA if self.path.endswith("json") else INCLUDED).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        asked.address = f"http://127.0.0.1:{httpd.server_port}"
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield asked
        httpd.shutdown()
        thread.join()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The path, without an ending, of files that hold the secret; a variable holds it too.

    A short one: PlantUML takes no message of more than about 2,000 characters in a sequence.
    """
    monkeypatch.setenv("ARCHDOC_SECRET", SECRET)
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    with TemporaryDirectory() as folder:
        for ending, content in ((".puml", INCLUDED), (".json", DATA), (".png", SECRET)):
            Path(folder, f"secret{ending}").write_text(content)
        yield str(Path(folder, "secret"))


def _jobs(place: str, address: str) -> list[Job]:
    jobs = {
        f"{name} of {what}": source.format(at)
        for name, source in SOURCES.items()
        for what, at in (("a file", place), ("a URL", f"file://{place}"), ("a server", address))
    }
    jobs["getenv"] = 'rectangle "%getenv("ARCHDOC_SECRET")"'
    return [
        Job(name, "plantuml", f"@startuml\n{source}\nrectangle a\n@enduml", name)
        for name, source in jobs.items()
    ]


def test_a_source_reaches_nothing(engines: None, place: str, server: Asked) -> None:
    results = render(_jobs(place, f"{server.address}/secret"))

    seen = [r.name for r in results if isinstance(r, Picture) and SECRET.encode() in r.svg]
    assert seen == []
    assert list(server) == []


def test_without_the_closed_profile_the_same_sources_reach_it(
    engines: None, place: str, server: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the test above would notice."""
    closed = picoweb._environment

    def opened(graphviz: Path) -> dict[str, str]:
        return {
            **closed(graphviz),
            "PLANTUML_SECURITY_PROFILE": "UNSECURE",
            "ARCHDOC_SECRET": SECRET,
        }

    monkeypatch.setattr(picoweb, "_environment", opened)
    results = render(_jobs(place, f"{server.address}/secret"))

    seen = {r.name for r in results if isinstance(r, Picture) and SECRET.encode() in r.svg}
    assert {"include of a file", "load_json of a file", "include of a server", "getenv"} <= seen
    assert "/secret.puml" in server
    assert "/secret.png" in server


def test_a_label_reaches_nothing(engines: None, place: str, server: Asked) -> None:
    addresses = (place, f"file://{place}", f"{server.address}/secret")
    texts = [label.format(at) for label in LABELS for at in addresses]
    jobs = [
        Job(f"{output.name}-{diagram.id}-{number}", "plantuml", output.emit(diagram).source, "x")
        for number, text in enumerate(texts)
        for diagram in (hostile_c4(text), hostile_aws(text), hostile_steps(text))
        for output in DIAGRAM_OUTPUTS
        if output.drawing and output.drawing.language == "plantuml" and output.draws(diagram)
    ]
    results = render(jobs)

    assert [r for r in results if not isinstance(r, Picture) or SECRET.encode() in r.svg] == []
    assert list(server) == []
