"""One file that breaks a reader hides nothing of the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace

from archdoc.pipeline.kept import findings
from archdoc.pipeline.kept.told import GoneError, UnknownError
from archdoc.report import Diagnostic


def guarded(
    name: str, again: str | Callable[[], str], check: Callable[[], Iterable[Diagnostic]]
) -> list[Diagnostic]:
    """What is wrong in a file, and be it that it cannot be read; `again` tells what mends that.

    Raises UnknownError, before anything is found.
    """
    try:
        return [*check()]
    except UnknownError:
        raise
    except GoneError as error:
        return [findings.obsolete(name, str(error))]
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        return [findings.unreadable(name, reason, again() if callable(again) else again)]
    except Exception as error:
        if os.environ.get("ARCHDOC_TRACEBACK"):
            raise
        why = f"archdoc stopped at a mistake of its own: {type(error).__name__}: {error}"
        help_ = "please report it; ARCHDOC_TRACEBACK=1 shows where it happened"
        return [replace(findings.unreadable(name, why, ""), help=help_)]
