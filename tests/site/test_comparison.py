"""The page that compares environments, as text for any Markdown engine and as a built page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from archdoc.model import Model
from archdoc.pipeline import Report
from archdoc.site import Content, Written
from archdoc.site.comparison import change_text, differences
from archdoc.source import Loaded
from archdoc.views import Change, ChangeKind
from conftest import OFFLINE
from helpers import HOSTILE


def _page(built: Report) -> str:
    return (built.folder / "site" / "environments.html").read_text("utf-8")


def test_the_table_has_every_container_and_environment_with_links(
    built: Report, reference: Loaded
) -> None:
    table = _page(built).partition("<table>")[2].partition("</table>")[0]

    for environment in reference.model.environments:
        assert f'href="environments/{environment}.html"' in table
    for element in reference.model.index.elements.values():
        if element.kind == "container":
            assert f'<a href="elements/{element.id}.html">{element.name}</a>' in table
    assert "realised by Amazon RDS (DB)" in unescape(table)


def test_every_pair_of_environments_is_two_links_from_the_start(built: Report) -> None:
    start = (built.folder / "site" / "index.html").read_text("utf-8")
    page = _page(built)

    assert 'href="environments.html"' in start
    assert len(re.findall(r'href="#from\.[\w-]+\.to\.[\w-]+"', page)) == 30
    assert 'href="#from.aws-simple.to.aws-advanced"' in page
    part = page.partition('id="from.aws-simple.to.aws-advanced"')[2].partition("</details>")[0]
    part = unescape(part)
    assert "PostgreSQL moves from the Docker Compose project" in part
    assert "<code>REDIS_HOST</code> has to be set in <code>.env</code>" in part
    assert "template-aws-simple_postgres-data</code> (postgres) any more: move what" in part


def test_an_environments_page_leads_to_what_changes_from_the_one_it_extends(built: Report) -> None:
    folder = built.folder / "site" / "environments"
    first, advanced = (
        (folder / f"{e}.html").read_text("utf-8") for e in ("compose", "aws-advanced")
    )
    place = "../environments.html#from.aws-simple.to.aws-advanced"

    assert (
        "What changes from Simple architecture on AWS, which it extends: "
        f'<a href="{place}">22\N{NO-BREAK SPACE}changes</a>'
    ) in advanced
    assert "What changes from" not in first
    for page in (first, advanced):
        assert '<a href="../environments.html">All environments compared</a>' in page


def test_a_comparison_says_which_environments_it_is_between(built: Report) -> None:
    summary = "From Simple architecture on AWS to Advanced architecture on AWS: 22 changes"

    assert f"<summary>{summary}</summary>" in unescape(_page(built))


def test_one_environment_alone_is_compared_with_none() -> None:
    pages = Written.of(_content({"one": _on("h")})).generated

    assert "environments.md" not in pages
    assert "compared" not in pages["environments/one.md"]


def test_a_pair_that_is_chosen_opens_and_the_others_stay_closed(
    built: Report, chromium: str
) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OFFLINE))
        page = browser.new_page(java_script_enabled=False)
        page.goto((built.folder / "site" / "environments.html").as_uri())
        page.locator('a[href="#from.aws-simple.to.aws-advanced"]').click()
        moved = page.get_by_text("PostgreSQL moves from the Docker Compose project")
        shown = [one for one in moved.all() if one.is_visible()]
        assert len(shown) == 1
        assert page.locator("details.archdoc-change[open]").count() == 1
        browser.close()


def _content(environments: dict[str, Any], **bases: str) -> Content:
    model = {
        "name": "m",
        "systems": {"s": {"containers": {"a": {"name": HOSTILE}}}},
        "environments": environments,
    }
    return Content(Model.model_validate(model), (), bases=bases)


def _on(host: str) -> dict[str, Any]:
    return {"name": HOSTILE, "nodes": {"n": {"kind": "host", "name": host, "runs": ["a"]}}}


def test_hostile_names_are_escaped_in_every_part_of_the_page() -> None:
    pages = Written.of(_content({"one": _on(HOSTILE), "two": {"name": HOSTILE}})).generated
    text = pages["environments.md"]

    assert "disappears from" in text
    assert "<script" not in text
    assert "**bold**" not in text
    assert "`code`" not in text


def test_many_environments_are_compared_with_the_one_that_each_extends() -> None:
    environments = {f"e{number}": _on(f"h{number}") for number in range(7)}
    content = _content(environments, e6="e0", e0="e3")

    assert [(d.old, d.new) for d in differences(content.model, content.bases, {})] == [
        ("e3", "e0"), ("e0", "e1"), ("e1", "e2"), ("e2", "e3"), ("e3", "e4"), ("e4", "e5"),
        ("e0", "e6"),
    ]  # fmt: skip
    assert "archdoc compare ENVIRONMENT" in Written.of(content).generated["environments.md"]


def test_one_environment_needs_no_page_that_compares(tmp_path: Path) -> None:
    assert "environments.md" not in Written.of(_content({"one": _on("h")})).generated


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            Change(ChangeKind.VARIABLE_ADDED, "A_B has to be set in .env: for *A_B*.", after="A_B"),
            "{A_B} has to be set in {.env}: for *{A_B}*.",
        ),
        (
            Change(ChangeKind.VARIABLE_CHANGES, "P is 80 in .env.", before="P", after="P=80"),
            "{P} is 80 in {.env}.",
        ),
        (
            Change(ChangeKind.PROJECTS_CHANGE, "2 (a, a-b): an .env each.", after="a, a-b"),
            "2 ({a}, {a-b}): an {.env} each.",
        ),
        (Change(ChangeKind.NODE_RENAMED, ".env is now called <b>."), ".env is now called <b>."),
    ],
)
def test_what_is_typed_is_code_in_a_list_of_changes(change: Change, text: str) -> None:
    shown = unescape(change_text(change)).replace("<code>", "{").replace("</code>", "}")

    assert shown == text
