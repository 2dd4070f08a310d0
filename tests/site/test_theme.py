"""What is kept of a theme between sites, and what is not looked at, changes no site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from archdoc.kept import Cache
from archdoc.kept.templates import keep_compiled
from archdoc.site.theme import quicken


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path / "cache"))


def _environment(
    text: str = "{{ 'a' | upper }}{% if b %} {{ b }}{% endif %}",
) -> jinja2.Environment:
    environment = jinja2.Environment(loader=jinja2.DictLoader({"page": text}), autoescape=True)
    keep_compiled(environment)
    return environment


def _compiled(monkeypatch: pytest.MonkeyPatch, environment: jinja2.Environment) -> bool:
    """Whether the page had to be compiled, and that it says what it should."""
    calls: list[object] = []
    compiling: Callable[..., object] = jinja2.Environment.compile

    def compile_(*arguments: object) -> object:
        calls.append(arguments)
        return compiling(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_)
        assert environment.get_template("page").render(b="b").endswith(" b")
    return bool(calls)


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _compiled(monkeypatch, _environment())
    assert not _compiled(monkeypatch, _environment())
    assert _compiled(monkeypatch, _environment("another {{ b }}"))


def test_filters_are_part_of_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    _compiled(monkeypatch, _environment())
    other = _environment()
    other.filters["shout"] = str.upper

    assert _compiled(monkeypatch, other)


def test_what_others_may_write_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _compiled(monkeypatch, _environment())
    (tmp_path / "cache" / "code").chmod(0o777)

    assert _compiled(monkeypatch, _environment())


def test_what_is_damaged_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _compiled(monkeypatch, _environment())
    for file in (tmp_path / "cache" / "code").glob("*/*"):
        file.write_bytes(file.read_bytes()[:-1])

    assert _compiled(monkeypatch, _environment())


def test_compiled_templates_are_counted_and_removed_like_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _compiled(monkeypatch, _environment())
    cache = Cache(tmp_path / "cache")

    assert cache.templates().files == 1
    assert cache.prune(0).files == 1
    assert cache.templates().files == 0


def test_all_files_of_a_theme_are_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Shop\ntheme: material\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    found: list[list[str]] = []
    for quick in (False, True):
        if quick:
            quicken(config.theme)
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        found.append([file.src_uri for file in files])

    assert found[0] == found[1]
    assert "assets/images/favicon.png" in found[0]
