"""The site's search finds what the model names: served, and opened from disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from archdoc.model import Element
from archdoc.pipeline import Report
from archdoc.site.settings import SEPARATOR
from archdoc.source import Loaded
from conftest import PROOF

_FOUND = """
() => [...document.querySelectorAll('.md-search-result__link')]
  .map(link => new URL(link.href).pathname)
"""


@pytest.fixture(scope="module")
def served(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/index.html")
    yield page
    page.close()


def _search(page: Page, words: str) -> list[str]:
    """The pages that are found, best first, as paths under the site's root."""
    field = page.locator(".md-search__input")
    for typed, sign in (("qqqq", "No matching"), (words, "matching document")):
        field.fill(typed)
        field.press("Shift")  # the theme looks at the field when a key is let go
        page.wait_for_function(
            "sign => document.querySelector('.md-search-result__meta').textContent.trim()"
            ".replace(/^\\d+ /, '').startsWith(sign)",
            arg=sign,
        )
    found = [path.partition("/site/")[2] or path.lstrip("/") for path in page.evaluate(_FOUND)]
    return list(dict.fromkeys(found))


def _rest(page: Page) -> list[str]:
    """All that the last search has found: the list is filled while a reader scrolls."""
    said = page.locator(".md-search-result__meta").inner_text()
    found: list[str] = []
    still = 0
    while len(set(found)) < int(said.split()[0]) and still < 10:
        for where in ("0", "list.scrollHeight"):  # more comes whenever the end is reached anew
            page.locator(".md-search__scrollwrap").evaluate(f"list => list.scrollTop = {where}")
            page.wait_for_timeout(40)
        before, found = found, [path.lstrip("/") for path in page.evaluate(_FOUND)]
        still = still + 1 if found == before else 0
    return found


def _explained(reference: Loaded, by: str) -> list[tuple[Element, str]]:
    """Every element and the page about it; a node's is that of its environment.

    By their ids, of environments those that differ most; by parts and names, which many share and
    which take long to find all of, in `make proof` only.
    """
    index = reference.model.index
    elements = [(element, f"elements/{id_}.html") for id_, element in index.elements.items()]
    return elements + [
        (node, f"environments/{environment}.html")
        for environment in (("compose", "aws-multi-az") if by == "id" or PROOF else ())
        for node in index.nodes[environment].values()
    ]


_WORDS: dict[str, Callable[[Element], str]] = {
    "id": lambda element: element.id,
    "part of the id": lambda element: element.id.rpartition(".")[2],
    "name": lambda element: element.name,
    "technology": lambda element: getattr(element.content, "technology_label", ""),
}


@pytest.mark.parametrize("by", _WORDS)
def test_every_element_is_found(served: Page, reference: Loaded, by: str) -> None:
    """Elements and ids among the first pages; a node's name, which others share, anywhere."""
    first = {"id": 3}.get(by, 10)
    pages: dict[str, set[str]] = {}
    for element, page in _explained(reference, by):
        if words := _WORDS[by](element):
            pages.setdefault(words, set()).add(page)
    missed = {}
    for words, about in pages.items():
        found = _search(served, words)
        shared = by != "id" and any(page.startswith("environments/") for page in about)
        if not about <= set(_rest(served) if shared else found[:first]):
            missed[words] = found

    assert len(pages) >= 5
    assert missed == {}


def test_environments_are_found_by_their_ids(served: Page, reference: Loaded) -> None:
    for environment in reference.model.environments:
        assert f"environments/{environment}.html" in _search(served, environment)[:2]


def test_versions_are_words_and_the_beginning_of_a_word_is_enough(served: Page) -> None:
    assert _search(served, "1.21.3")[0] == "elements/app.nginx.html"
    assert _search(served, "postg")[0] == "elements/app.postgres.html"


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("database", "elements/app.postgres.html"),
        ("broker", "elements/app.redis.html"),
        ("tls_key", "elements/app.nginx.html"),
        ("port", "elements/app."),
        ("queue", "environments/"),
    ],
)
def test_the_system_is_found_before_other_texts(served: Page, words: str, page: str) -> None:
    """The reference model's site has archdoc's own documentation beside it."""
    assert _search(served, words)[0].startswith(page)


def test_search_works_on_pages_from_disk(browser: Browser, built: Report) -> None:
    said: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((built.folder / "site" / "environments" / "compose.html").as_uri())
    found = _search(page, "app.celery")
    page.locator(".md-search-result__link", has_text="Celery").first.click()

    assert "elements/app.celery.html" in found[:3]
    assert "/elements/app.celery" in page.url
    assert said == []
    page.close()


def test_parts_of_names_are_words_in_every_notation() -> None:
    words = {
        "app.django": ["app", "django"],
        "app.3d": ["app", "3d"],
        "aws-simple.task_queue": ["aws", "simple", "task", "queue"],
        "1.21.3": ["1.21.3"],
        "Redis 5.x": ["Redis", "5", "x"],
        "C++ and C#": ["C++", "and", "C#"],
        "end. Next": ["end", "Next"],
        "4.2.": ["4.2"],
        "redis:7.2-alpine": ["redis", "7.2", "alpine"],
    }
    assert {text: list(filter(None, re.split(SEPARATOR, text))) for text in words} == words
