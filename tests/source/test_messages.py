# ruff: noqa: E501 - one case a line is read most easily
"""What is wrong in a model is one finding at the exact word, and says what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from archdoc.pipeline import check_path
from archdoc.report import Diagnostic
from helpers import SMALL, write


def _view(text: str) -> str:
    return f"{SMALL}    views:\n      v: {text}\n"


def _container(text: str) -> str:
    return _view(f"{{kind: container, of: shop, {text}}}")


def _arrow(text: str) -> str:
    return SMALL.replace("- user -> web: Orders", f"- user -> web: Orders\n      - {text}")


def _end(text: str) -> str:
    return f"{SMALL}    {text}\n"


_SELECT = "give an id, or exactly one of `tag`, `kind`, `group`, `inside` and `around`"

CASES = [
    (_container("near: [[web]]"), "[web]", "a pair names two elements", "write `[[web, db]]`, one `[…]` a pair"),
    (_container("near: [[web, db, user]]"), "[web, db, user]", "a pair names two elements", "write `[[web, db]]`, one `[…]` a pair"),
    (_container("near: [[web, web]]"), "web", "`near` names `web` twice", "leave it out"),
    (_container("near: [web, db]"), "[web, db]", "`near` is a list of pairs", "write `[[web, db]]`"),
    (_container("rank: [web, db]"), "[web, db]", "`rank` is a list of rows", "write `[[web, db]]`"),
    (_container("rank: [web, [db]]"), "[web, [db]]", "`rank` is a list of rows", "write `[[web], [db]]`"),
    (_container("rank: [[web, db], [web]]"), "web", "`rank` names `web` twice", "leave it out"),
    (_container("order: [web, db, web]"), "web", "`order` names `web` twice", "leave it out"),
    (_container("order: [[web, db]]"), "[web, db]", "a text is wanted here, and this is a list", "write `[web, db]` alone"),
    (_container("include: web"), "web", "`include`: a list is wanted here", "write `[web]`"),
    (_container("include: {tag: hot}"), "{tag: hot}", "`include`: a list is wanted here", "write `[{tag: hot}]`"),
    (_container("include: [{}]"), "{}", "this selects nothing, or several things at once", _SELECT),
    (_container("include: [{inside: shop, depth: 2}]"), "depth", "`depth` belongs to `around`", "leave it out, or write `{around: …}`"),
    (_view("{kind: landscape, of: shop}"), "of", "a landscape view takes no `of:`", "leave it out"),
    (_view("{kind: landscape, steps: [user -> web]}"), "steps", "a landscape view takes no `steps:`", "leave it out"),
    (_view("{kind: landscape, environment: local}"), "environment", "a landscape view takes no `environment:`", "leave it out"),
    (_view("{kind: container, of: [shop]}"), "[shop]", "`of`: a text is wanted here, and this is a list", "write `shop`"),
    (_view("{kind: container}"), "{kind: container}", "a container view needs `of:`", "add `of:`, and what it looks into"),
    (_view("{kind: dynamic, steps: []}"), "[]", "`steps` is empty", "say what a dynamic view shows"),
    (_view("{kind: dynamic, steps: [user web]}"), "user web", "`user web` is not a relationship", "write `from -> to: label`"),
    (_view("{kind: dynamic, steps: [user <-> web]}"), "user <-> web", "a step goes one way", "write `user -> web: …`"),
    (_view("{extends: zz}"), "zz", "no view is called `zz`", "views: v"),
    (_view("{extends: v}"), "v", "`v` extends itself: v → v", "views: v"),
    (_view("{kind: component, of: db}"), "db", "there is nothing in `db` to show", "add what it consists of, or leave the view out"),
    (_arrow("user => web: Skips"), "user => web: Skips", "`user => web` is not a relationship", "write `user -> web: Skips`"),
    (_arrow("web <- user: x"), "web <- user: x", "`web <- user` is not a relationship", "write `user -> web: x`"),
    (_arrow("user <=> web: x"), "user <=> web: x", "`user <=> web` is not a relationship", "write `user <-> web: x`"),
    (_arrow("user - web"), "user - web", "`user - web` is not a relationship", "write `user -> web`"),
    (_arrow("user -> web: {label: x}"), "user -> web: {label: x}", "the label of `user -> web` is a text", "write `user -> web: x`, or `{from: user, to: web, label: x}`"),
    (_end("groups: {g: {name: G, group: f}}"), "group", "there is no key `group` here", "keys in this place: description, docs, in, links, name, owner, properties, tags, url"),
]  # fmt: skip


def _one(folder: Path, text: str) -> Diagnostic:
    found = check_path(write(folder, app=text))[1]
    (finding,) = [each for each in found if each.severity == "error"]
    return finding


@pytest.mark.parametrize(("text", "word", "message", "help_"), CASES)
def test_a_mistake_is_one_finding_at_its_word_with_what_to_write(
    tmp_path: Path, text: str, word: str, message: str, help_: str
) -> None:
    finding = _one(tmp_path, text)

    assert finding.span is not None
    assert finding.span.text[finding.span.column - 1 : finding.span.end_column - 1] == word
    assert (finding.message, finding.help) == (message, help_)


@pytest.mark.parametrize("place", ["include", "exclude"])
def test_a_misspelt_kind_is_one_finding_in_words_of_the_model(tmp_path: Path, place: str) -> None:
    finding = _one(tmp_path, _container(f"{place}: [{{kind: databse}}]"))

    assert finding.message == "there is no kind `databse`"
    assert "person" in finding.help
    assert finding.help.endswith("did you mean `database`?")


def test_a_selector_offers_no_key_that_is_not_documented(tmp_path: Path) -> None:
    finding = _one(tmp_path, _container("include: [{tag: a, foo: b}]"))

    assert finding.help == "keys in this place: around, depth, direction, group, inside, kind, tag"


def test_a_group_in_a_group_says_in(tmp_path: Path) -> None:
    finding = _one(tmp_path, _end("groups: {g: {name: G, group: f}}"))

    assert finding.label == "did you mean `in`?"


def test_a_colour_without_quotes_is_found_where_its_mapping_opens(tmp_path: Path) -> None:
    finding = _one(tmp_path, _end("styles: {hot: {background: #ff0000}}\n"))

    assert finding.code == "yaml-syntax"
    assert "quote the colour" in finding.help
    (note,) = finding.notes
    assert note.span is not None
    assert note.span.text[note.span.column - 1 :] == "{background: #ff0000}}"
