"""What takes long to make, made by one process of a run for all of them."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

_Made = TypeVar("_Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], _Made]) -> _Made:
    """What `make` gives, called by whichever process asks first, with a folder that is new.

    The others wait for it and get a copy of what it gave; the folder is everybody's, and stays as
    it is. Whoever asks after it failed tries again.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, kept = shared / name, shared / f"{name}.pickle"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder.mkdir(exist_ok=True)
            made = make(folder)
            kept.write_bytes(pickle.dumps(made))
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 - our own
