"""The page of words."""

from __future__ import annotations

from archdoc.site import Content, Written
from helpers import HOSTILE, SMALL, archdoc_model


def _page(text: str) -> str:
    return Written.of(Content(archdoc_model(text), ())).generated["glossary.md"]


def test_words_stand_in_the_order_of_the_alphabet_and_lead_to_elements() -> None:
    page = _page(SMALL + "    glossary: {order: {meaning: A wish., see: [web, db]}, Book: Paper}\n")

    assert "| Book | Paper |  |\n| order | A wish&#46; |" in page
    assert "[Web](elements/shop.web.md), [Db](elements/shop.db.md)" in page


def test_words_of_c4_are_those_that_the_model_uses() -> None:
    page = _page(SMALL)

    assert "| Container | An application or a data store that runs on its own" in page
    assert "[User](elements/user.md)" in page
    assert "| Component |" not in page
    assert "| Group |" not in page
    assert "## Of Shop" not in page


def test_hostile_words_are_text() -> None:
    quoted = HOSTILE.replace("'", "''")
    page = _page(SMALL + f"    glossary: {{'{quoted}': '{quoted}'}}\n")

    assert "<script>" not in page
    assert "{{" not in page
