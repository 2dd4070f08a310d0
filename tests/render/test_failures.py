"""A diagram that cannot be drawn costs only itself, whatever it does to the engine."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from archdoc.kept import Cache
from archdoc.pipeline import build
from archdoc.render import Failure, Job, Rendering, find_engines, picoweb, render
from archdoc.render.picoweb import Picoweb
from archdoc.render.plantuml import PlantUml
from archdoc.report import Diagnostic
from helpers import SMALL, archdoc, loaded

GOOD = "@startuml\nrectangle A\nrectangle B\nA --> B : x\n@enduml\n"
REFUSED = "@startuml\nrectangle A\nthis is no diagram\n@enduml\n"
CRASHING = GOOD.replace(": x", ": \x01")
# PlantUML notices a loop that does not end, but not a procedure that calls itself 2⁶⁰ times.
ENDLESS = """@startuml
!procedure $twice($n)
!if $n > 0
$twice($n - 1)
$twice($n - 1)
!endif
!endprocedure
$twice(60)
@enduml
"""
MONSTROUS = '@startuml\n!$s = "aaaaaaaa"\n!while 1\n!$s = $s + $s\n!endwhile\n@enduml\n'


def _jobs(*culprits: str) -> list[Job]:
    """Culprits among good diagrams, on both sides."""
    good = [GOOD.replace(": x", f": x{number}") for number in range(6)]
    sources = [*good[:3], *culprits, *good[3:]]
    return [Job(f"j{number}", "plantuml", source, "t") for number, source in enumerate(sources)]


def _failures(jobs: Sequence[Job], cache: Path) -> list[Failure]:
    results = render(jobs, cache_dir=cache)
    assert [result.name for result in results] == [job.name for job in jobs]
    return [result for result in results if isinstance(result, Failure)]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Picoweb]:
    """All Java processes that a test starts."""
    found: list[Picoweb] = []
    begin = Picoweb.__init__

    def remembered(self: Picoweb, *arguments: Any, **named: Any) -> None:
        found.append(self)
        begin(self, *arguments, **named)

    monkeypatch.setattr(Picoweb, "__init__", remembered)
    return found


def test_a_diagram_that_the_engine_refuses(tmp_path: Path, engines: None) -> None:
    (failure,) = _failures(_jobs(REFUSED), tmp_path)

    assert (failure.name, failure.line) == ("j3", 3)


def test_a_diagram_that_crashes_plantuml_is_no_picture(tmp_path: Path, engines: None) -> None:
    (failure,) = _failures(_jobs(CRASHING), tmp_path)

    assert failure.name == "j3"
    assert "crashed" in failure.message


def test_a_diagram_that_needs_all_memory(
    tmp_path: Path, engines: None, started: list[Picoweb]
) -> None:
    (failure,) = _failures(_jobs(MONSTROUS), tmp_path)

    assert failure.name == "j3"
    assert "out of memory" in failure.message
    assert "show less" in failure.remedy
    assert len(started) <= 3  # the shared one, the culprit's own, and a shared one for the rest


def test_a_diagram_that_takes_too_long(
    tmp_path: Path, engines: None, started: list[Picoweb], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picoweb, "DIAGRAM_SECONDS", 4.0)
    before = time.monotonic()
    (failure,) = _failures(_jobs(ENDLESS), tmp_path)

    assert failure.name == "j3"
    assert "took longer than 4 s" in failure.message
    assert time.monotonic() - before < 30
    assert all(process.is_over for process in started)


def test_several_culprits_are_each_found_and_no_other_is_blamed(
    tmp_path: Path, engines: None
) -> None:
    failures = _failures(_jobs(MONSTROUS, MONSTROUS + "' 2", REFUSED), tmp_path)

    assert [failure.name for failure in failures] == ["j3", "j4", "j5"]


def test_a_diagram_that_kills_every_process_is_tried_twice(
    tmp_path: Path, engines: None, started: list[Picoweb], monkeypatch: pytest.MonkeyPatch
) -> None:
    post, tries = Picoweb._post, itertools.count(1)
    tried = 0

    def deadly(self: Picoweb, source: str) -> object:
        nonlocal tried
        if "deadly" in source:
            tried = next(tries)
            self.process.send_signal(signal.SIGKILL)
        return post(self, source)

    monkeypatch.setattr(Picoweb, "_post", deadly)
    (failure,) = _failures(_jobs(GOOD.replace(": x", ": deadly")), tmp_path)

    assert failure.name == "j3"
    assert "stopped while drawing it" in failure.message
    assert tried == 2


def test_an_engine_that_is_killed_midway_loses_no_picture(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, answers = Picoweb._post, itertools.count(1)

    def killed_after_the_second(self: Picoweb, source: str) -> object:
        answer = post(self, source)
        if next(answers) == 2:
            self.process.send_signal(signal.SIGKILL)
        return answer

    monkeypatch.setattr(Picoweb, "_post", killed_after_the_second)

    assert _failures(_jobs(), tmp_path) == []
    assert next(answers) > 6


def test_an_engine_that_dies_between_two_diagrams_is_started_again(
    tmp_path: Path, engines: None
) -> None:
    with PlantUml(find_engines(os.environ), Cache(tmp_path)) as plantuml:
        before = plantuml.svg(GOOD)
        running = plantuml._running["shared"]
        running.process.send_signal(signal.SIGKILL)

        assert plantuml.svg(GOOD) == before


def test_a_java_that_does_not_start_is_tried_once(
    tmp_path: Path, engines: None, started: list[Picoweb]
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho no such luck\nexit 1\n")
    java.chmod(0o755)
    environ = {**os.environ, "ARCHDOC_JAVA": str(java)}
    results = render(_jobs(), environ=environ, cache_dir=tmp_path / "cache")

    assert len(started) == 1
    for result in results:
        assert isinstance(result, Failure)
        assert result.message == "PlantUML did not start: no such luck"
        assert result.cause == "engine"


def test_a_graphviz_that_is_killed_costs_one_picture(tmp_path: Path, engines: None) -> None:
    dot = tmp_path / "dot"
    real = find_engines(os.environ).graphviz.path
    dot.write_text(
        '#!/bin/sh\nsource=$(cat)\ncase "$source" in *Monster*) kill -9 $$ ;; esac\n'
        f'printf "%s" "$source" | exec {real} "$@"\n'
    )
    dot.chmod(0o755)
    job = Job("x", "dot", "digraph { Monster }", "t")
    environ = {**os.environ, "ARCHDOC_DOT": str(dot)}
    (result,) = render([job], environ=environ, cache_dir=tmp_path / "cache")

    assert isinstance(result, Failure)
    assert "signal 9" in result.message


def _spoil(monkeypatch: pytest.MonkeyPatch, *culprits: str) -> None:
    """Let PlantUML refuse the sources of these pictures."""

    class Spoilt(Rendering):
        def add(self, jobs: Sequence[Job]) -> None:
            super().add(
                [
                    Job(job.name, job.language, REFUSED, job.title) if job.name in culprits else job
                    for job in jobs
                ]
            )

    monkeypatch.setattr("archdoc.pipeline.pictures.Rendering", Spoilt)


VIEWS = """
    views:
      overview: {kind: container, of: shop}
      ours: {kind: deployment, environment: local}
"""


def _problems(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch, *culprits: str
) -> tuple[Diagnostic, ...]:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))
    _spoil(monkeypatch, *culprits)
    report = build(loaded(tmp_path / "model", text), tmp_path / "build", with_site=False)
    written = {file.stem for file in (tmp_path / "build" / "diagrams").glob("*.svg")}

    assert report.not_drawn == len(culprits)
    assert written
    assert not written & set(culprits)
    return report.problems


def test_a_failure_points_at_the_view(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (problem,) = _problems(tmp_path, SMALL + VIEWS, monkeypatch, "ours")

    assert problem.code == "render-failed"
    assert "diagrams/ours.svg could not be drawn" in problem.message
    assert "(line 3 of diagrams/ours.puml)" in problem.message
    assert problem.span is not None
    assert problem.span.text.strip().startswith("ours: {kind: deployment")
    assert problem.span.column == 3


def test_a_failure_of_a_view_that_nobody_wrote_points_at_what_it_shows(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = _problems(tmp_path, SMALL, monkeypatch, "containers", "local")
    places = [problem.span.text.strip() for problem in problems if problem.span]

    assert places == ["shop:", "local:"]


def test_an_engine_that_does_not_start_is_one_finding_about_no_view(
    tmp_path: Path, engines: None
) -> None:
    loaded(tmp_path / "model", SMALL)
    done = archdoc(
        "render", "--model", tmp_path / "model", cwd=tmp_path,
        ARCHDOC_JAVA="/bin/false", ARCHDOC_CACHE_DIR=str(tmp_path / "cache"),
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.count("error[render-failed]") == 1
    assert "PlantUML did not start" in done.stderr
    assert "correct ARCHDOC_JAVA" in done.stderr
    assert "-->" not in done.stderr


SILENT = """#!/bin/sh
case "$1" in
-V) echo "dot - graphviz version 9.0.0 (0)" >&2 ;;
*) cat >/dev/null; {end} ;;
esac
"""
DOTS = {
    "fails": "#!/bin/sh\nexit 1\n",
    "prints nothing": SILENT.format(end="exit 0"),
    "prints something else": SILENT.format(end="echo hello"),
    "crashes": SILENT.format(end="exit 1"),
    "is killed": "#!/bin/sh\nkill -9 $$\n",
    "is no program": "no program\n",
}


@pytest.mark.parametrize("kind", DOTS)
def test_a_graphviz_that_does_not_work_is_one_reason_and_no_picture(
    tmp_path: Path, engines: None, kind: str
) -> None:
    dot = tmp_path / "dot"
    dot.write_text(DOTS[kind])
    dot.chmod(0o755)
    with_legend = GOOD.replace("@enduml", "legend right\nA page around it\nendlegend\n@enduml")
    jobs = [*_jobs(with_legend), Job("dot", "dot", "digraph {}", "t", png=True)]
    environ = {**os.environ, "ARCHDOC_DOT": str(dot)}

    for _ in ("drawn", "from the cache"):
        results = render(jobs, environ=environ, cache_dir=tmp_path / "cache")
        failures = [result for result in results if isinstance(result, Failure)]
        assert len(failures) == len(jobs)
        assert len({(f.message, f.line, f.remedy) for f in failures}) == 1
        assert {failure.cause for failure in failures} == {"engine"}
        assert failures[0].message.startswith("Graphviz ")
        assert "correct ARCHDOC_DOT" in failures[0].remedy


def test_a_graphviz_that_fails_over_one_diagram_costs_that_alone(
    tmp_path: Path, engines: None
) -> None:
    dot, real = tmp_path / "dot", find_engines(os.environ).graphviz.path
    dot.write_text(
        f'#!/bin/sh\ncase "$1" in -V) exec {real} "$@" ;; esac\n'
        "source=$(cat)\n"
        'case "$source" in *Monster*|*nodesep=0.58*) exit 1 ;; esac\n'
        f'printf "%s" "$source" | exec {real} "$@"\n'
    )
    dot.chmod(0o755)
    culprit = GOOD.replace("rectangle A", "skinparam nodesep 42\nrectangle A")
    environ = {**os.environ, "ARCHDOC_DOT": str(dot)}
    results = render(
        [*_jobs(culprit), Job("dot", "dot", "digraph { Monster }", "t")],
        environ=environ,
        cache_dir=tmp_path / "cache",
    )
    failures = {result.name: result for result in results if isinstance(result, Failure)}

    assert set(failures) == {"j3", "dot"}
    assert {failure.cause for failure in failures.values()} == {"picture"}


def test_a_label_may_say_what_a_crash_says(tmp_path: Path, engines: None) -> None:
    said = "An error has occured! PlantUML (1.2026.2) has crashed."
    source = GOOD.replace(": x", ": An error has occured!\\nPlantUML (1.2026.2) has crashed.")
    legend = source.replace("@enduml", f"legend\n{said}\nendlegend\n@enduml")

    assert _failures(_jobs(source, legend), tmp_path) == []


@pytest.mark.parametrize("java", ["/nonexistent/java", "/", "/etc/passwd"])
def test_a_setting_that_names_no_java_costs_only_what_needs_java(
    tmp_path: Path, engines: None, java: str
) -> None:
    loaded(tmp_path / "model", SMALL)
    done = archdoc(
        "build", tmp_path / "model", "--no-site", cwd=tmp_path,
        ARCHDOC_JAVA=java, ARCHDOC_CACHE_DIR=str(tmp_path / "cache"),
    )  # fmt: skip

    assert done.returncode == 1
    assert "\n1 error\n" in done.stderr
    assert f"ARCHDOC_JAVA names {java}, which " in done.stderr
    assert "correct ARCHDOC_JAVA" in done.stderr
    assert "report it" not in done.stderr
    assert (tmp_path / "build" / "model.json").is_file()
    assert (tmp_path / "build" / "diagrams" / "containers.puml").is_file()
    assert not list((tmp_path / "build").rglob("*.svg"))
