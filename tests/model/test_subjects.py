"""What a text speaks of, and the values that can be told without an environment."""

from __future__ import annotations

import pytest

from archdoc.model import with_ports
from helpers import SMALL, archdoc_model


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("443:{{ web.port }}", "443:8000"),
        ("{{shop.db.port}}/tcp", "5432/tcp"),
        ("{{ web.port }}:{{ db.port }}", "8000:5432"),
        ("{{ web.host }}:80", "{{ web.host }}:80"),
        ("{{ user.port }} {{ nobody.port }} {{ shop.port }}", None),
        ("{{ web.port + 1 }}", None),
    ],
)
def test_ports_are_filled_in_and_all_else_is_left(written: str, said: str | None) -> None:
    assert with_ports(archdoc_model(SMALL), written) == (said or written)
