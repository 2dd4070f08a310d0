"""The catalogue of node kinds: what it says, and what the icon libraries have."""

from __future__ import annotations

import importlib
import os
import struct
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archdoc.model import ANYWHERE, CATALOGUE, AwsIcon, Model, NodeKind, formerly_called
from archdoc.model.catalogue.limits import Limit
from archdoc.model.catalogue.settings import Setting
from archdoc.outputs import DIAGRAM_OUTPUTS, kind_page
from archdoc.outputs.aws_diagrams.groups import look_of
from archdoc.pipeline.pictures import draw, sources
from archdoc.render import find_engines
from archdoc.rules import ALL_RULES
from archdoc.views import Diagram, Node, Shape
from conftest import ROOT

LACKING = Path(__file__).with_name("lacking.txt")
CATALOGUE_DATA = ROOT / "src" / "archdoc" / "model" / "catalogue" / "aws"
AWS = {name: kind for name, kind in CATALOGUE.items() if kind.icon is not None}
_TOPOLOGY = next(rule for rule in ALL_RULES if rule.name == "impossible-topology")


def _icon(kind: NodeKind) -> AwsIcon:
    assert kind.icon is not None
    return kind.icon


def test_it_knows_eighty_services_and_every_grouping() -> None:
    services = [name for name, kind in AWS.items() if not kind.group]
    groups = {name for name, kind in AWS.items() if kind.group}
    places = ("cloud", "account", "region", "availability-zone", "vpc", "public-subnet",
              "private-subnet", "security-group", "auto-scaling-group", "ecs", "eks")  # fmt: skip

    assert len(services) >= 80
    assert groups >= {f"aws.{name}" for name in places}


def test_titles_and_icons_tell_kinds_apart() -> None:
    assert len({kind.title for kind in CATALOGUE.values()}) == len(CATALOGUE)
    assert len({_icon(kind).include for kind in AWS.values()}) == len(AWS)


def _standing(kind: str, outer: str) -> bool:
    """Whether the rule lets a node of one kind stand in a node of another, or in none ("")."""
    nodes: dict[str, dict[str, str]] = {"a": {"kind": kind}}
    if outer:
        nodes = {"o": {"kind": outer}, "a": {"kind": kind, "in": "o"}}
    model = Model.model_validate({"name": "x", "environments": {"e": {"nodes": nodes}}})
    return not [f for f in _TOPOLOGY.check(model) if f.path[3] == "a"]


def test_every_kind_stands_where_the_catalogue_says_and_nowhere_else() -> None:
    """The whole matrix: every kind in every other, and in none."""
    wrong = [
        (kind, outer)
        for kind, known in CATALOGUE.items()
        for outer in ("", *CATALOGUE)
        if _standing(kind, outer) != (ANYWHERE in known.stands_in or outer in known.stands_in)
    ]

    assert not wrong


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        ("s3", {"region"}),
        ("sqs", {"region"}),
        ("cloudfront", {"cloud", "account"}),
        ("route53", {"cloud", "account"}),
        ("iam", {"cloud", "account"}),
        ("fargate", {"ecs"}),
        ("public-subnet", {"availability-zone"}),
        ("private-subnet", {"availability-zone"}),
        ("availability-zone", {"vpc"}),
        ("vpc", {"region"}),
        ("nat-gateway", {"public-subnet"}),
    ],
)
def test_facts_of_aws_that_no_data_may_change(kind: str, places: set[str]) -> None:
    assert set(CATALOGUE[f"aws.{kind}"].stands_in) == {f"aws.{place}" for place in places}


@pytest.mark.parametrize("kind", ["rds", "elasticache.redis", "ec2", "alb", "msk"])
def test_what_needs_a_network_stands_in_one(kind: str) -> None:
    inside = {"vpc", "availability-zone", "public-subnet", "private-subnet", "security-group"}
    places = set(CATALOGUE[f"aws.{kind}"].stands_in)

    assert places >= {f"aws.{place}" for place in inside}
    assert not places & {"", "aws.cloud", "aws.account", "aws.region"}


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("flag", ["true", "false"], ["yes", "1"]),
        ("count", ["0", "12"], ["-1", "1.5", "many"]),
        ("number", ["0.25", "4"], ["0", "-2", "x"]),
        ("size", ["100 GiB", "1.5 TiB"], ["100", "100GB", "GiB"]),
        (
            "block",
            ["10.0.0.0/16", "10.0.0.16/28"],
            ["10.0.0.1/16", "10.0.0.0/15", "x"],
        ),
        ("blocks", ["10.0.0.0/16", "10.0.0.0/16, 10.1.0.0/20"], ["", "10.0.0.0/16,"]),
        ("text", ["anything"], [""]),
    ],
)
def test_settings_are_typed(type_: str, good: list[str], bad: list[str]) -> None:
    setting = Setting("x", "X", type_)  # type: ignore[arg-type] # from the list above

    assert all(map(setting.fits, good))
    assert not any(map(setting.fits, bad))


def test_examples_fit_their_settings() -> None:
    settings = {setting for kind in CATALOGUE.values() for setting in kind.settings}

    assert [s.name for s in settings if s.example and not s.fits(s.example)] == []


def _limits() -> Iterator[tuple[Setting, Limit]]:
    for setting in {setting for kind in CATALOGUE.values() for setting in kind.settings}:
        if setting.limit is not None:
            yield setting, setting.limit
            yield from ((setting, limit) for _, limit in setting.limit.by_cpu)


def test_limits_have_a_source_and_the_form_of_their_settings() -> None:
    for setting, limit in _limits():
        ends = [value for value in (limit.least, limit.most, limit.step, *limit.of) if value]

        assert limit.source
        assert ends or limit.by_cpu
        assert all(map(setting.fits, ends)), setting.name
        assert limit.by_cpu or all(map(limit.allows, {*ends} - {limit.step}))


def test_every_limit_is_one_of_a_kind_that_has_the_setting() -> None:
    said = tomllib.loads((CATALOGUE_DATA / "settings.toml").read_text())
    known = {(n.removeprefix("aws."), s.name) for n, k in CATALOGUE.items() for s in k.settings}

    for name, setting in said.items():
        assert {(kind, name) for kind in setting.get("limits", {})} <= known


# What the two libraries have.


def _stdlib(library: str) -> Iterator[str]:
    """The includes of PlantUML's stdlib: pairs of a name and a text, compressed by Brotli."""
    brotli = pytest.importorskip("brotli", reason="`pip install brotli` to read PlantUML's stdlib")
    jar = find_engines(os.environ).plantuml.path
    assert jar is not None
    with zipfile.ZipFile(jar) as archive:
        data = brotli.decompress(archive.read(f"stdlib/{library}/puml.spm"))
    (count,) = struct.unpack_from(">I", data)
    at = 4
    for _ in range(count):
        (size,) = struct.unpack_from(">H", data, at)
        yield data[at + 2 : at + 2 + size].decode()
        (text,) = struct.unpack_from(">I", data, at + 2 + size)
        at += 6 + size + text


def _classes() -> set[str]:
    """The classes of `diagrams.aws`, without the abbreviations that mean another of them."""
    folder = Path(importlib.import_module("diagrams.aws").__file__ or "").parent
    found = set()
    for file in folder.glob("*.py"):
        if not file.stem.startswith("_"):
            module = importlib.import_module(f"diagrams.aws.{file.stem}")
            found |= {f"aws.{file.stem}.{k.__name__}" for k in vars(module).values()
                      if isinstance(k, type) and k.__module__ == module.__name__
                      and not k.__name__.startswith("_")}  # fmt: skip
    return found


def _class_of(icon: AwsIcon) -> str:
    """The class that a name means, where it is an abbreviation."""
    module, _, name = icon.diagrams.rpartition(".")
    kind = getattr(importlib.import_module(f"diagrams.{module}"), name)
    return f"{module}.{kind.__name__}"


def test_every_entry_is_in_both_libraries_and_older_names_were(engines: None) -> None:
    now = set(_stdlib("awslib20"))
    before = {*_stdlib("awslib10"), *_stdlib("awslib14")}
    older = {name for kind in AWS.values() for name in kind.formerly}

    assert {_icon(kind).include for kind in AWS.values()} <= now
    assert older <= before - now
    assert all(formerly_called(name) for name in older)
    assert {_class_of(_icon(kind)) for kind in AWS.values() if _icon(kind).diagrams} <= _classes()


def test_the_names_that_the_seed_used_are_known() -> None:
    used = ["Database/RDS", "Database/ElastiCacheElastiCacheforRedis", "Compute/EC2Instance",
            "Groups/AWSCloud", "Groups/AvailabilityZone", "Groups/Region", "Groups/VPC",
            "Storage/SimpleStorageService"]  # fmt: skip

    assert all(formerly_called(name) for name in used)


def test_what_the_libraries_have_and_the_catalogue_lacks_is_written_down(engines: None) -> None:
    """ARCHDOC_ACCEPT=1 accepts a new list."""
    included = {_icon(kind).include for kind in AWS.values()}
    drawn = {_class_of(_icon(kind)) for kind in AWS.values() if _icon(kind).diagrams}
    skipped = ("General/", "AWS")
    lacking = [
        f"awslib20 {name}"
        for name in sorted(set(_stdlib("awslib20")) - included)
        if not name.startswith(skipped) and not name.endswith("/all")
    ]
    lacking += [f"diagrams {name}" for name in sorted(_classes() - drawn)]
    text = "\n".join(lacking) + "\n"
    if os.environ.get("ARCHDOC_ACCEPT"):
        LACKING.write_text(text)

    assert LACKING.read_text() == text


def test_the_page_of_all_kinds_is_current() -> None:
    """ARCHDOC_ACCEPT=1 accepts a new one."""
    page, content = ROOT / "docs" / "kinds.md", kind_page.emit(CATALOGUE)
    if os.environ.get("ARCHDOC_ACCEPT"):
        page.write_bytes(content)

    assert page.read_bytes() == content


@pytest.mark.parametrize("output", ["aws_plantuml", "aws_diagrams"])
def test_every_kind_is_drawn_with_its_icon_by_both_libraries(
    output: str, tmp_path: Path, engines: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHDOC_CACHE_DIR", str(tmp_path))
    inside = {n: _node(n, k) for n, k in AWS.items() if not _icon(k).of_a_group}
    groups = [
        replace(_node(n, k), boundary=True, children=(_node(f"{n}-inside", AWS["aws.s3"]),))
        for n, k in AWS.items()
        if k.group
    ]
    single = [node for name, node in inside.items() if not AWS[name].group]
    diagram = Diagram("t", "aws", "t", nodes=(*groups, *single))
    library = next(o for o in DIAGRAM_OUTPUTS if o.name == output)
    (source,) = sources([diagram], outputs=[library])
    drawn = draw([source], png=False)

    assert not drawn.failures
    svg = drawn.pictures[source.name].svg
    assert {v.name for v in library.read(svg).vertices} == {node.name for node in diagram.walk()}
    # Some groups have none: two in AWS's library, more in the other one.
    plain = {"aws.availability-zone", "aws.security-group"}
    if output == "aws_diagrams":
        plain = {
            node.name
            for node in groups
            if not look_of(node).icon and not _icon(CATALOGUE[node.name]).diagrams
        }
    assert svg.count(b"<image ") == len([n for n in diagram.walk() if n.name not in plain])


def _node(name: str, kind: NodeKind) -> Node:
    return Node(name, name, Shape.ICON, name, icon=kind.icon)
