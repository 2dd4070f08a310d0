"""What a newcomer should know first, as the start page says it."""

from __future__ import annotations

from typing import Any

import pytest

from archdoc.model import Model
from archdoc.site import to_know
from archdoc.source import Loaded


def _said(container: dict[str, Any], **more: Any) -> list[str]:
    model = {
        "name": "m",
        "people": {"user": {}},
        "systems": {"s": {"containers": {"web": {"name": "Web", **container}}}},
        "relationships": ["user -> web: Asks"],
        **more,
    }
    return to_know(Model.model_validate(model), "<{}>".format)


@pytest.mark.parametrize(
    ("container", "way"),
    [
        ({}, "<user> uses <s.web>."),
        ({"port": 8000}, "<user> uses <s.web>, which listens on port 8000."),
        (
            {"port": 8000, "service": {"image": "web", "ports": ["80:8000"]}},
            "<user> uses <s.web>, which is reached on port 80.",
        ),
        (
            {"service": {"image": "web", "ports": ["80:80", "127.0.0.1:443:443", "443:443/udp"]}},
            "<user> uses <s.web>, which is reached on ports 80 and 443.",
        ),
        (
            {"service": {"image": "web", "ports": ["8000-8999:8000-8999"]}},
            "<user> uses <s.web>, which is reached on port 8000-8999.",
        ),
    ],
)
def test_the_way_in_is_the_port_that_people_use(container: dict[str, Any], way: str) -> None:
    assert _said(container) == [f"**The way in.** {way}"]


def test_a_way_in_that_nobody_is_said_to_use_is_one() -> None:
    service = {"image": "web", "ports": ["8080:80"]}
    alone = _said({"service": service}, relationships=[])
    both = _said({}, people={"a": {}, "b": {}}, relationships=["a -> web: x", "b -> web: y"])

    assert alone == ["**A way in.** <s.web> is reached on port 8080."]
    assert both == ["**The way in.** <a> and <b> use <s.web>."]


def test_what_is_kept_names_the_volumes_of_others_too() -> None:
    service = {
        "image": "web",
        "volumes": [
            "runs:/runs",
            "./own:/own",
            {"type": "volume", "source": "logs", "target": "/l"},
        ],
    }
    said = _said(
        {"service": service},
        volumes={"runs": "When each ran.", "logs": "What it said."},
        systems={
            "s": {
                "containers": {
                    "web": {"name": "Web", "service": service},
                    "db": {"kind": "database", "service": {"image": "db", "volumes": ["d:/d"]}},
                }
            }
        },
    )

    assert said[1] == (
        "**What is kept.** Data lives in <s.db>. Everything else can be removed and made anew "
        "without losing any of it, but for <code>runs</code> of <s.web> and <code>logs</code> "
        "of <s.web>."
    )


def test_what_has_to_be_set_is_called_as_it_is_set() -> None:
    secrets = {"api-key": "Opens it.", "tls": {"description": "Shown.", "file": "./a_b*.pem"}}
    variables = {"domain": {"description": "Where."}, "level": {"default": "info"}}

    assert _said({}, secrets=secrets, variables=variables)[1:] == [
        (
            "**What has to be set.** Whoever runs it chooses <code>API&#95;KEY</code> and "
            "<code>DOMAIN</code> and brings <code>&#46;/a&#95;b&#42;&#46;pem</code>; "
            "`.env.example` explains each, and what an environment needs besides."
        )
    ]
    assert _said({}, secrets={"tls": secrets["tls"]})[1:] == [
        (
            "**What has to be set.** Whoever runs it brings "
            "<code>&#46;/a&#95;b&#42;&#46;pem</code>; `.env.example` explains each, "
            "and what an environment needs besides."
        )
    ]


def test_the_reference_model_says_both_ports(reference: Loaded) -> None:
    said = to_know(reference.model, "{}".format)

    assert said[0].endswith("which is reached on ports 80 and 443.")
