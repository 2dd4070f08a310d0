"""Which folder's own pages belong to a site."""

from __future__ import annotations

import re
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


def test_a_page_that_the_projects_navigation_has_stands_in_it_once(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    own = "nav: [index.md, {Ours: [{Runs here: environments/local.md}]}]\n"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\ntheme: {{name: material}}\n{own}")
    done = archdoc("build", cwd=tmp_path)
    page = (tmp_path / "build" / "site" / "versions.html").read_text("utf-8")
    links = re.findall(r'href="environments/local\.html" class="md-nav__link"', page)

    assert done.returncode == 0, done.stderr
    assert len(links) == 1
    assert "Runs here" in page


def test_a_navigation_that_is_no_list_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path / "model", app=SMALL)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nnav: 5\n")
    done = archdoc("build", cwd=tmp_path)

    assert done.returncode == 2
    assert "`nav` in" in done.stderr
    assert "is no list" in done.stderr
