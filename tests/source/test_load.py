from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archdoc.report import Diagnostic
from archdoc.rules import check
from archdoc.source import Loaded, SourceError, load_model
from conftest import REFERENCE, examples
from helpers import SMALL, loaded, write


def _wrong(folder: Path, content: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(SourceError) as caught:
        loaded(folder, content)
    return caught.value.diagnostics


def test_scalars_mean_what_they_look_like(tmp_path: Path) -> None:
    model = loaded(
        tmp_path,
        """
        name: NO
        systems:
          s:
            containers:
              a: {version: 1.10, description: 22:22}
              b: {version: 012, description: on, port: 8080}
        """,
    ).model
    a, b = (model.systems["s"].containers[name] for name in "ab")

    assert model.name == "NO"
    assert (a.version, a.description) == ("1.10", "22:22")
    assert (b.version, b.description, b.port) == ("012", "on", 8080)


def test_service_settings_keep_their_types(tmp_path: Path) -> None:
    model = loaded(
        tmp_path,
        """
        name: x
        systems: {s: {containers: {a: {service: {mem_swappiness: 10, init: true, image: "1"}}}}}
        """,
    ).model

    assert model.systems["s"].containers["a"].service == {
        "mem_swappiness": 10,
        "init": True,
        "image": "1",
    }


def test_an_unknown_key_is_found_with_its_place_and_the_nearest_known_key(tmp_path: Path) -> None:
    (finding,) = _wrong(tmp_path, "name: x\nsystems:\n  s: {descripton: y}\n")

    assert finding.code == "unknown-key"
    assert finding.span is not None
    assert (finding.span.line, finding.span.column, finding.span.end_column) == (3, 7, 17)
    assert finding.label == "did you mean `description`?"


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    findings = _wrong(tmp_path, "systems:\n  s: {descripton: y, external: perhaps}\n")

    assert [f.code for f in findings] == ["missing-key", "unknown-key", "invalid-value"]


def test_a_key_given_twice_is_found_with_both_places(tmp_path: Path) -> None:
    (finding,) = _wrong(tmp_path, "name: x\nname: y\n")

    assert finding.code == "duplicate-key"
    assert finding.span is not None
    assert finding.notes[0].span is not None
    assert (finding.span.line, finding.notes[0].span.line) == (2, 1)


def test_the_same_element_in_two_files_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, a="name: x\nsystems: {s: {name: A}}\n", b="systems: {s: {name: B}}\n")
    with pytest.raises(SourceError) as caught:
        load_model(tmp_path)

    (finding,) = caught.value.diagnostics
    assert finding.code == "duplicate-id"


def test_two_files_are_one_model(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="name: x\nsystems: {s: {containers: {a: {}}}}\nrelationships: [a -> b]\n",
        b="systems: {s: {containers: {b: {}}}}\nrelationships: [b -> a]\n",
    )
    model = load_model(tmp_path).model

    assert list(model.systems["s"].containers) == ["a", "b"]
    assert len(model.relationships) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: [1\n", "yaml-syntax"),
        (b"a: b: c\n", "yaml-syntax"),
        (b"\ta: 1\n", "yaml-syntax"),
        (b"a: \x00\n", "yaml-syntax"),
        (b"- a\n", "wrong-type"),
        (b"", "empty-file"),
        (b"a: 1\n---\nb: 2\n", "yaml-syntax"),
        (b"name: \xff\n", "unreadable-file"),
        ("name: x\n".encode("utf-16"), "unreadable-file"),
        (b"name: !!python/object/apply:os.system [id]\n", "yaml-syntax"),
        (b"a: &a [*a]\n", "yaml-syntax"),
        (b"a: " + b"[" * 900 + b"]" * 900 + b"\n", "yaml-syntax"),
        (b"a: *nothing\n", "yaml-syntax"),
        (
            b"a0: &a0 [x, x]\n"
            + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (i, i, i - 1, i - 1) for i in range(1, 30)),
            "yaml-syntax",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:20]),
)
def test_a_broken_file_is_one_clear_finding(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "app.yaml").write_bytes(content)
    with pytest.raises(SourceError) as caught:
        load_model(tmp_path)

    assert code in [finding.code for finding in caught.value.diagnostics]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "app.yaml").write_bytes(b"\xef\xbb\xbfname: x\n")

    assert load_model(tmp_path).model.name == "x"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside", secret="name: secret\n")
    model = write(tmp_path / "project" / "model", app="name: x\n")
    (model / "link.yaml").symlink_to(tmp_path / "outside" / "secret.yaml")
    with pytest.raises(SourceError) as caught:
        load_model(model)

    assert [finding.code for finding in caught.value.diagnostics] == ["outside-file"]


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        load_model(tmp_path / "nowhere")

    (finding,) = caught.value.diagnostics
    assert finding.code == "no-model"
    assert finding.help


def test_an_environment_says_only_how_it_differs(reference: Loaded) -> None:
    environments = reference.model.environments

    project = environments["aws-advanced"].nodes["project"]
    assert project.within == "ec2"
    assert [i.container for i in project.runs] == ["nginx", "django", "celery", "beat"]
    assert not {"ec2", "project", "media-volume"} & environments["aws-ecs-ec2"].nodes.keys()
    assert environments["aws-ecs-fargate"].nodes["web-tasks"].kind == "aws.fargate"


def test_a_removed_node_takes_its_relationships_along(reference: Loaded) -> None:
    labels = {
        name: [relationship.label for relationship in environment.relationships]
        for name, environment in reference.model.environments.items()
    }

    assert labels["aws-advanced"] == ["SSH", "Requests"]
    assert labels["aws-ecs-ec2"] == labels["aws-ecs-fargate"] == ["Requests"]


def test_environments_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    findings = _wrong(
        tmp_path, "name: x\nenvironments: {a: {extends: b}, b: {extends: a}, c: {extends: d}}\n"
    )

    assert [finding.code for finding in findings] == ["extends-cycle", "unknown-reference"]


@pytest.mark.parametrize("fact", ["us-east-1", "hundreds of users", "manages app", "1.21.3"])
def test_every_fact_of_the_document_stands_in_the_model_once(fact: str) -> None:
    files = [file.read_text() for file in REFERENCE.rglob("*") if file.is_file()]

    assert sum(text.count(fact) for text in files) == 1


def test_the_reference_model_is_clean(reference: Loaded) -> None:
    assert check(reference) == []


@settings(
    max_examples=examples(100, 3000), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_model_is_never_more_than_findings(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["app.yaml", "environments.yaml"]))
    lines = (REFERENCE / name).read_text().splitlines(keepends=True)
    number = data.draw(st.integers(0, len(lines) - 1))
    change = data.draw(st.sampled_from(["drop", "double", "cut", "insert", "indent"]))
    line = lines[number]
    place = data.draw(st.integers(0, len(line)))
    inserted = data.draw(st.text(st.sampled_from("{}[]:,#&*!|>'\"%@`-\t ?~\x07é0a\n"), max_size=4))
    lines[number] = {
        "drop": "",
        "double": line * 2,
        "cut": line[:place],
        "insert": line[:place] + inserted + line[place:],
        "indent": f"  {line}",
    }[change]
    (tmp_path / "app.yaml").write_bytes((REFERENCE / "app.yaml").read_bytes())
    (tmp_path / "environments.yaml").write_bytes((REFERENCE / "environments.yaml").read_bytes())
    (tmp_path / name).write_text("".join(lines))

    try:
        findings = check(load_model(tmp_path))
    except SourceError as error:
        findings = list(error.diagnostics)
        assert findings
    assert all(finding.message for finding in findings)


def test_the_small_model_of_these_tests_is_clean(tmp_path: Path) -> None:
    assert check(loaded(tmp_path, SMALL)) == []


def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    model = write(tmp_path, app=SMALL)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError) as caught:
        load_model(model)

    (finding,) = caught.value.diagnostics
    assert finding.code == "unreadable-file"
    assert "Permission denied" in finding.message
