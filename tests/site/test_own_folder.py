"""Which folder's own pages belong to a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import SMALL, archdoc, write


@pytest.mark.parametrize(("model", "home"), [("p/model", "p"), ("p/m.yaml", "p")])
def test_pages_beside_the_model_become_part_of_its_site_and_no_others(
    tmp_path: Path, model: str, home: str
) -> None:
    folder = tmp_path / Path(model).parent
    write(folder / "model", app=SMALL)
    (folder / "m.yaml").write_text((folder / "model" / "app.yaml").read_text())
    for docs, page in ((tmp_path / home, "mine"), (tmp_path, "others")):
        (docs / "docs").mkdir()
        (docs / "docs" / f"{page}.md").write_text("# A page\n")
    done = archdoc("build", tmp_path / model, "-o", tmp_path / "out", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "site" / "mine.html").exists()
    assert not (tmp_path / "out" / "site" / "others.html").exists()
