"""Links in the output folder that lead out of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archdoc.pipeline.kept import check_outputs
from archdoc.report import Diagnostic
from archdoc.report.mend import Mend
from archdoc.source import Loaded
from conftest import REFERENCE
from helpers import archdoc

PLACE = "compose/compose/nginx"


def _replace(folder: Path, by: Path) -> Path:
    """Put a link in place of a folder, which is moved to where the link leads."""
    link = folder / PLACE
    shutil.move(link, by)
    link.symlink_to(by)
    return link


def _told(loaded: Loaded, folder: Path) -> list[Diagnostic]:
    return check_outputs(loaded, (folder,), Mend())


@pytest.mark.parametrize("then", ["edited", "missing", "leads nowhere"])
def test_a_link_out_of_the_folder_is_told_once_and_what_to_do_with_it(
    folder: Path, tmp_path: Path, reference: Loaded, then: str
) -> None:
    link = _replace(folder, tmp_path / "elsewhere")
    right = _told(reference, folder)
    for file in (*link.iterdir(), folder / "model.json"):
        if then == "edited":
            file.write_text("edited")
        else:
            file.unlink()
    if then == "leads nowhere":
        link.resolve().rmdir()
    found = {finding.subject: finding for finding in _told(reference, folder)}

    assert right == []
    assert found.keys() == {str(link), str(folder / "model.json")}
    assert found[str(link)].message.startswith(f"{link} is a link that leads out of {folder},")
    again = f"archdoc build -o {folder} --no-site"
    assert found[str(link)].help == f"remove the link, and write it anew: `{again}`"


def test_a_build_that_would_write_through_a_link_says_so_and_what_to_do(
    folder: Path, tmp_path: Path
) -> None:
    link = _replace(folder, tmp_path / "elsewhere")
    right = archdoc("build", REFERENCE, "--check", "--no-site", cwd=tmp_path)
    (edited,) = (tmp_path / "elsewhere").iterdir()
    edited.write_text("edited")
    checked = archdoc("build", REFERENCE, "--check", "--no-site", cwd=tmp_path)
    built = archdoc("build", REFERENCE, "--no-site", cwd=tmp_path)
    link.unlink()
    mended = archdoc("build", REFERENCE, "--no-site", cwd=tmp_path)

    assert right.returncode == 0
    assert (checked.returncode, checked.stderr) == (built.returncode, built.stderr)
    assert f"build/{PLACE}: it is a link that leads out of build\n" in built.stderr
    assert "help: remove the link: a folder takes its place" in built.stderr
    assert mended.returncode == 0
    assert edited.read_text() == "edited"
