"""Ctrl+C ends what waits, whatever Python was doing when it came."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from archdoc.cli.ending import ending
from helpers import archdoc


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
