"""What is served, and to whom it is told."""

from __future__ import annotations

import http.client
from pathlib import Path

from archdoc.live import State, open_server


def test_a_page_that_is_not_there_waits_for_the_next_build(tmp_path: Path) -> None:
    """Its element may have been renamed, and may get its name back."""
    (tmp_path / "404.html").write_text("<html><body>Not found</body></html>")
    state = State()
    answers = []
    with open_server(tmp_path, state, 0) as address:
        for path in ("/elements/gone.html", "/gone.html?q=1", "/none/", "/none.svg"):
            connection = http.client.HTTPConnection(address.split("/")[2])
            connection.request("GET", path)
            answer = connection.getresponse()
            answers.append((answer.status, b"/.archdoc/live.js" in answer.read()))
            connection.close()

    assert answers == [(404, True), (404, True), (404, True), (404, False)]


def test_a_page_knows_which_build_it_is_of_before_it_listens(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><body></body></html>")
    state = State()
    pages = []
    with open_server(tmp_path, state, 0) as address:
        for _ in range(2):
            state.built(changed=True)
            connection = http.client.HTTPConnection(address.split("/")[2])
            connection.request("GET", "/")
            pages.append(connection.getresponse().read().decode())
            connection.close()

    assert ['data-build="1"' in pages[0], 'data-build="2"' in pages[1]] == [True, True]
