"""The document that this project started from, held against the pictures that are rendered now.

The tables below were transcribed by hand from its three diagrams. They are read against the SVG
files of a build, with nothing but what PlantUML writes into them. So was what it says in sentences,
which is looked for on the pages of the site.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import pytest

from archdoc.pipeline import Report

SVG = "{http://www.w3.org/2000/svg}"

Arrow = tuple[str, str, str, str, bool]
"""(from, to, label, line, two heads), ends by what is written on them."""


@dataclass(frozen=True)
class Seed:
    """One diagram of the document."""

    picture: str
    elements: dict[str, tuple[str, ...]]
    """Name → other texts that stand on it in the document."""
    nesting: dict[str, str]
    """Name → the name of the box directly around it."""
    arrows: tuple[Arrow, ...]


_CONTAINERS = {
    "Nginx": ("Nginx 1.21.3", "Proxies and exposes the app to the Internet."),
    "Django": ("Django 4.2 on Python 3.10", "Serves requests and provides the application"),
    "Celery": ("Celery on Python 3.10",),
    "PostgreSQL": ("PostgreSQL 15", "Database server"),
    "Redis": ("Redis 5.x", "In-memory store for caching and message broker."),
    "User": (),
}
_CONTAINER_ARROWS = (
    ("User", "Nginx", "Requests over HTTPS", "solid", False),
    ("Nginx", "Django", "HTTP requests", "solid", False),
    ("Django", "PostgreSQL", "SQL queries", "solid", False),
    ("Django", "Redis", "Cache requests", "solid", False),
    ("Django", "Redis", "Task messages", "solid", False),
    ("Redis", "Celery", "Task messages", "solid", False),
    ("Celery", "PostgreSQL", "SQL queries", "solid", False),
)
_INSIDE = ("Nginx", "Django", "Celery", "PostgreSQL", "Redis")

SEEDS = (
    Seed(
        "containers.svg",
        _CONTAINERS,
        dict.fromkeys(_INSIDE, "Django application"),
        _CONTAINER_ARROWS,
    ),
    # The document's boundary is called "Docker Compose Project": that is where they run.
    Seed(
        "compose.svg",
        _CONTAINERS,
        dict.fromkeys(_INSIDE, "Docker Compose Project"),
        _CONTAINER_ARROWS,
    ),
    Seed(
        "aws-simple.aws.svg",
        {
            "AWS Cloud": (),
            "us-east-1": (),
            "VPC": (),
            "App server": ("container execution",),
            "Users": ("hundreds of users",),
            "Magnet staff": ("manages app",),
        },
        {"us-east-1": "AWS Cloud", "VPC": "us-east-1", "App server": "VPC"},
        (
            ("Users", "App server", "Requests", "solid", False),
            ("Magnet staff", "App server", "SSH", "dashed", False),
        ),
    ),
    Seed(
        "aws-advanced.aws.svg",
        {
            "AWS Cloud": (),
            "us-east-1": (),
            "VPC": (),
            "EC2": ("Django", "Celery"),
            "DB": ("PostgreSQL",),
            "Redis": ("Cache and Celery queues",),
            "S3 Bucket": ("Media/Static resources",),
            "Users": ("hundreds of users",),
            "Magnet staff": ("manages app",),
        },
        {
            "us-east-1": "AWS Cloud",
            "VPC": "us-east-1",
            "EC2": "VPC",
            "DB": "VPC",
            "Redis": "VPC",
            "S3 Bucket": "us-east-1",
        },
        (
            ("Users", "EC2", "Requests", "solid", False),
            ("EC2", "S3 Bucket", "API Requests", "solid", False),
            ("EC2", "Redis", "Cache", "solid", False),
            ("EC2", "Redis", "Task messages", "solid", True),
            ("EC2", "DB", "Queries", "solid", False),
            ("Users", "S3 Bucket", "Requests", "solid", False),
            ("Magnet staff", "EC2", "SSH", "dashed", False),
        ),
    ),
)


@dataclass(frozen=True)
class Picture:
    """A rendered picture, as far as its SVG tells."""

    texts: dict[str, str]
    """Name → all that is written on it."""
    parents: dict[str, str]
    arrows: set[Arrow]


def read(svg: bytes) -> Picture:
    """Read a PlantUML picture without any code of archdoc's."""
    root = ET.fromstring(svg)
    names: dict[str, str] = {}
    qualified: dict[str, str] = {}
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in {"entity", "cluster"}:
            bold = [t for t in group.iter(f"{SVG}text") if t.get("font-weight") == "bold"]
            first = bold[0].get("y") if bold else None
            name = _joined(t for t in bold if t.get("y") == first)
            names[group.attrib["id"]] = name
            path = group.attrib["data-qualified-name"]
            qualified[path], paths[name] = name, path
            texts[name] = _joined(group.iter(f"{SVG}text"))
    parents = {
        name: qualified[path.rpartition(".")[0]] for name, path in paths.items() if "." in path
    }
    arrows = {_arrow(g, names) for g in root.iter(f"{SVG}g") if g.get("class") == "link"}
    return Picture(texts, parents, arrows)


def _arrow(group: ET.Element, names: dict[str, str]) -> Arrow:
    path = group.find(f"{SVG}path")
    assert path is not None
    line = "dashed" if path.get("stroke-dasharray") else "solid"
    return (
        names[group.attrib["data-entity-1"]],
        names[group.attrib["data-entity-2"]],
        _joined(group.iter(f"{SVG}text")),
        line,
        len(group.findall(f"{SVG}polygon")) == 2,
    )


def _joined(elements: object) -> str:
    lines: dict[str, list[str]] = {}
    for text in elements:  # type: ignore[attr-defined]
        lines.setdefault(text.get("y"), []).append("".join(text.itertext()))
    return " ".join(
        " ".join("".join(parts).replace("\xa0", " ").split()) for parts in lines.values()
    )


PROSE = (
    # What the document says in sentences; the page that says it, and in which words.
    ("deployment-architecture", "The standard deployment of most projects"),
    ("deployment-architecture", "used to be written down in source files only"),
    ("deployment-architecture", "new to it, or who come from an older version"),
    ("deployment-architecture", "what is described here exists"),
    ("deployment-architecture", "several containers that depend on each other"),
    ("deployment-architecture", "Nginx serves requests to the world and forwards them to Django"),
    ("elements/app.django", "through the gunicorn WSGI server"),
    ("elements/app.redis", "In-memory store for caching and message broker."),
    ("elements/app.celery", "Runs background and scheduled tasks."),
    ("elements/app.postgres", "Database server"),
    ("deployment-architecture", "over networks that Docker Compose sets up"),
    ("deployment-architecture", "simple deployments at several cloud providers"),
    ("deployment-architecture", "One instance runs all of it."),
    ("deployment-architecture", "serves development, and production where traffic is low"),
    ("deployment-architecture", "most projects are deployed like this"),
    ("deployment-architecture", "nothing is simpler to set up"),
    ("deployment-architecture", "Users (hundreds of users) reach the instance in us-east-1"),
    ("elements/staff", "manages app"),
    ("deployment-architecture", "Where traffic is higher, AWS runs what keeps state"),
    ("deployment-architecture", "RDS the database, ElastiCache Redis, and S3 the media and static"),
    ("deployment-architecture", "Availability is better, and maintenance is simpler"),
    ("deployment-architecture", "For more elasticity, a cluster of the Elastic Container Service"),
    ("deployment-architecture", "EC2 instances can execute the containers"),
    ("deployment-architecture", "or Fargate"),
    ("deployment-architecture", "a cluster of their own where isolation is required"),
    # The third text of each AWS service, which pictures do not draw.
    *(("environments/aws-advanced", tag) for tag in ("requests", "database", "cache", "files")),
)


@pytest.mark.parametrize(("page", "words"), PROSE)
def test_the_site_says_what_the_document_said_in_sentences(
    page: str, words: str, built: Report
) -> None:
    content = (built.folder / "site" / f"{page}.html").read_text("utf-8")
    article = content.partition("<article")[2].partition("</article>")[0]
    # Neither what a picture says, nor markup.
    text = re.sub(r"<figure.*?</figure>|<[^>]+>", "", article, flags=re.DOTALL)

    assert words in " ".join(html.unescape(text).split())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.picture)
def test_the_picture_shows_at_least_what_the_document_showed(seed: Seed, built: Report) -> None:
    picture = read((built.folder / "diagrams" / seed.picture).read_bytes())

    for name, said in seed.elements.items():
        assert name in picture.texts
        for text in said:
            assert text in picture.texts[name]
    for name, around in seed.nesting.items():
        assert picture.parents[name] == around
    assert set(seed.arrows) <= picture.arrows


@pytest.mark.parametrize("seed", SEEDS[2:], ids=lambda seed: seed.picture)
def test_aws_pictures_have_no_arrow_that_the_document_lacks(seed: Seed, built: Report) -> None:
    picture = read((built.folder / "diagrams" / seed.picture).read_bytes())

    assert picture.arrows == set(seed.arrows)
    assert picture.texts.keys() == seed.elements.keys()
