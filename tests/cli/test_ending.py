"""Whoever asks for the end gets it: by Ctrl+C, whatever Python was doing, and by a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archdoc.cli.ending import ending
from helpers import SMALL, archdoc, write
from running import ends


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


class _Deaf:
    """Python throws away what is raised here, as in what runs around a fork."""

    def __del__(self) -> None:
        _press()
        sum(range(10))  # somewhere here Python calls the handler


def test_it_is_remembered_where_nobody_hears_the_exception(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ending() as end, end.at_once():
        _Deaf()
        asked = end.is_asked
        with pytest.raises(KeyboardInterrupt), end.at_once():
            pytest.fail("what comes next is not begun")

    assert asked
    assert capsys.readouterr().err == ""


def test_what_takes_long_ends_in_the_middle() -> None:
    with ending() as end, end.at_once(), pytest.raises(KeyboardInterrupt):
        _press()


def test_what_waits_is_asked_once_and_then_told() -> None:
    with ending() as end:
        _press()
        asked = end.is_asked
        with pytest.raises(KeyboardInterrupt):
            _press()

    assert asked


def test_it_is_pythons_again_afterwards() -> None:
    with ending():
        pass

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with ending() as end:
        _press()

    assert not end.is_asked


def test_it_says_nothing_while_the_command_is_still_being_read(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n")
    done = archdoc("--help", cwd=tmp_path, PYTHONPATH=str(tmp_path))

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_end_ends_the_engines_too(how: signal.Signals, tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    java, started = tmp_path / "java", tmp_path / "started"
    java.write_text(
        f"#!/bin/sh\necho $$ > {started}.new; mv {started}.new {started}\nexec sleep 60\n"
    )
    java.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "archdoc", "build"],
        cwd=tmp_path, stderr=subprocess.PIPE,
        env={**os.environ, "ARCHDOC_JAVA": str(java), "ARCHDOC_CACHE_DIR": str(tmp_path / "c")},
    )  # fmt: skip
    while not started.exists():
        time.sleep(0.05)
    process.send_signal(how)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 128 + how
    assert b"Traceback" not in said
    ends(int(started.read_text()))


_LEFT = """
import atexit, os, sys, threading, time
from archdoc.cli.ending import end_at_once
class Slow:
    def __del__(self): print("taken apart")
slow = Slow()
atexit.register(print, "goodbye")
{before}
end_at_once({status})
print("not ended")
"""


def _ended(status: object, before: str = "") -> tuple[int, list[str]]:
    code = _LEFT.format(status=repr(status), before=before)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(("status", "code"), [(None, 0), (0, 0), (3, 3), (True, 1)])
def test_the_end_waits_for_what_was_asked_for_and_no_longer(status: object, code: int) -> None:
    assert _ended(status) == (code, ["goodbye"])


def test_a_message_is_left_to_python() -> None:
    assert _ended("a message") == (0, ["not ended", "goodbye", "taken apart"])


def test_threads_at_work_are_waited_for() -> None:
    work = "threading.Thread(target=lambda: (time.sleep(0.2), print('worked'))).start()"

    assert _ended(0, work) == (0, ["worked", "goodbye"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_what_nobody_takes_is_said_as_python_says_it(tmp_path: Path) -> None:
    """`archdoc … | head -1` and a disk that is full."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archdoc", "explain", "duplicate-id"],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert done.returncode != 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "closed"),
    [("check", [0]), ("schema", [1]), ("check", [2]), ("--help", [0, 1, 2])],
)
def test_closed_streams_change_nothing_else(
    command: str, closed: list[int], tmp_path: Path
) -> None:
    """`archdoc … >&-`, as daemons start what they start."""
    write(tmp_path / "model", app=SMALL)
    usual = [sys.executable, "-m", "archdoc", command]
    code = f"import os; [os.close(n) for n in {closed}]; os.execv({sys.executable!r}, {usual})"
    said, expected = (
        subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        for line in ([sys.executable, "-c", code], usual)
    )

    assert said.returncode == expected.returncode == 0
    assert said.stdout == ("" if 1 in closed else expected.stdout)
    assert said.stderr == ("" if 2 in closed else expected.stderr)


def test_what_nobody_reads_to_its_end_is_no_finding(tmp_path: Path) -> None:
    """`archdoc explain | head -1`, where the reader goes before all is said."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as unread:
        done = subprocess.run(
            [sys.executable, "-m", "archdoc", "explain"],
            cwd=tmp_path, stdout=unread, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_findings_that_cannot_be_said_are_no_findings(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL.replace("people:", "peple:"))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archdoc", "check"],
            cwd=tmp_path, stdout=full, stderr=full, check=False,
        )  # fmt: skip

    assert done.returncode == 2
