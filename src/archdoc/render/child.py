"""Child processes that do not outlive us, even if we are killed."""

from __future__ import annotations

import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when the thread that started it ends."""


def end_with_parent() -> Callable[[], None] | None:
    """What a child has to call before it becomes another program; None where that is not possible.

    Without it a killed build would leave a Java process behind. Linux only: elsewhere children are
    ended when a build ends in any other way.
    """
    if sys.platform != "linux":
        return None
    import ctypes
    import signal

    # Looked up here, in the parent: between fork and exec a child must not load anything.
    prctl = ctypes.CDLL(None).prctl
    signal_number = int(signal.SIGKILL)
    return lambda: prctl(_PR_SET_PDEATHSIG, signal_number)
