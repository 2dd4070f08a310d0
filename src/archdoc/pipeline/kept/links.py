"""What is wrong below a link in the output folder, which no build would mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from archdoc.pipeline.kept import findings
from archdoc.pipeline.links import links_out
from archdoc.pipeline.untrusted import shown
from archdoc.report import Diagnostic


def told_of_links(folder: Path, found: Iterable[Diagnostic], mend: str) -> Iterator[Diagnostic]:
    """Findings; in place of those below a link that leads out of the folder, one of the link."""
    told: set[str] = set()
    for finding in found:
        # What is not archdoc's lies there whether or not a link leads to it.
        is_others = finding.code == findings.FOREIGN
        link = None if is_others else _link_above(folder, finding.subject)
        subject = shown(link) if link else finding.subject
        if subject in told:
            continue
        told |= {subject} if link else set()
        yield findings.linked(subject, shown(folder), mend) if link else finding


def _link_above(folder: Path, subject: str) -> Path | None:
    with suppress(ValueError):  # what is told of several files has no path
        path = Path(subject).relative_to(folder)
        return next(links_out(folder, [path.as_posix()]), None)
    return None
