"""What others say of compose files: the Specification's JSON Schema, the real Compose, a linter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from archdoc.consistency import compose_differences
from archdoc.model import Model, Placement
from archdoc.outputs.compose import emit, read
from archdoc.outputs.compose.project import container_of
from archdoc.rules import check as check_rules
from archdoc.source import Loaded, Locations
from conftest import ROOT, examples, skip
from outputs.compose.conftest import Config
from outputs.compose.random_projects import projects

_DCLINT = Path(sys.prefix) / "dclint" / "node_modules"
_WITH_DOCKER = ("compose", "aws-simple", "aws-advanced", "aws-multi-az")


@pytest.fixture(scope="session")
def dclint() -> Path:
    """The outside linter, which carries the Specification's schema."""
    if not _DCLINT.exists():
        skip("dclint is missing: make npm")
    return _DCLINT


@pytest.fixture(scope="session")
def schema(dclint: Path) -> dict[str, Any]:
    """The Compose Specification's JSON Schema."""
    found: dict[str, Any] = json.loads(
        (dclint / "dclint/schemas/compose.schema.json").read_text("utf-8")
    )
    return found


@pytest.fixture(scope="session")
def validate(schema: dict[str, Any]) -> Callable[[bytes], None]:
    """Holds a compose file against the schema."""
    validator = jsonschema.Draft7Validator(schema)
    return lambda content: validator.validate(yaml.safe_load(content))


@pytest.fixture(scope="session")
def settings_of_linter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The linter's settings, as docs/compose.md shows and explains them."""
    page = (ROOT / "docs" / "compose.md").read_text("utf-8")
    [block] = re.findall(r"```yaml\n(# \.dclintrc\.yaml\n.*?)```", page, re.DOTALL)
    file = tmp_path_factory.mktemp("dclint") / ".dclintrc.yaml"
    file.write_text(block, "utf-8")
    return file


def test_the_shipped_schema_is_the_one_that_docker_compose_judges_with(compose: str) -> None:
    shipped = resources.files("archdoc.model.compose").joinpath("compose-spec.json").read_bytes()

    assert shipped.strip() in Path(compose).read_bytes()


def test_the_linters_schema_knows_no_other_keys_of_a_service(schema: dict[str, Any]) -> None:
    shipped = resources.files("archdoc.model.compose").joinpath("compose-spec.json").read_bytes()
    keys = json.loads(shipped)["definitions"]["service"]["properties"].keys()

    assert schema["definitions"]["service"]["properties"].keys() == keys


@pytest.mark.parametrize("environment", _WITH_DOCKER)
def test_a_linter_finds_nothing_in_the_reference_models_files(
    reference: Loaded, environment: str, dclint: Path, settings_of_linter: Path, tmp_path: Path
) -> None:
    for node, files in emit(reference.model, environment, reference.read_file).items():
        (tmp_path / f"{node}.yaml").write_bytes(files["compose.yaml"])
        command = [
            str(dclint / ".bin" / "dclint"),
            "-c",
            str(settings_of_linter),
            str(tmp_path / f"{node}.yaml"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_without_its_settings_the_linter_finds_what_they_explain_and_nothing_else(
    reference: Loaded, dclint: Path, settings_of_linter: Path, tmp_path: Path
) -> None:
    [files] = emit(reference.model, "compose", reference.read_file).values()
    (tmp_path / "compose.yaml").write_bytes(files["compose.yaml"])
    command = [str(dclint / ".bin" / "dclint"), "-f", "json", str(tmp_path / "compose.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {m["rule"] for file in json.loads(done.stdout) for m in file["messages"]}

    assert found == yaml.safe_load(settings_of_linter.read_text("utf-8"))["rules"].keys()


@pytest.mark.parametrize("environment", _WITH_DOCKER)
def test_the_reference_models_files_fit_the_specifications_schema(
    reference: Loaded, environment: str, validate: Callable[[bytes], None]
) -> None:
    for files in emit(reference.model, environment, reference.read_file).values():
        validate(files["compose.yaml"])


@settings(
    max_examples=examples(20, 400), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(model=projects())
def test_any_models_files_are_what_the_specification_and_the_real_compose_accept(
    model: Model, validate: Callable[[bytes], None], config: Config
) -> None:
    for node, files in emit(model, "e", str).items():
        validate(files["compose.yaml"])
        services = Placement(model, "e").services(node)
        understood = config(files, "--format", "json", profiles="*")

        assert (understood.returncode, understood.stderr) == (0, "")
        facts, written = read(understood.stdout.encode()), read(files["compose.yaml"])
        assert compose_differences(model, "e", node, facts) == ()
        assert facts.services.keys() == services.keys()
        for name, service in written.services.items():
            other = facts.services[name]
            assert (service.image, service.ports) == (other.image, other.ports)
            assert (service.networks, service.depends_on) == (other.networks, other.depends_on)
            assert {target for _, target in service.volumes} == {t for _, t in other.volumes}
            assert (service.environment, service.replicas) == (other.environment, other.replicas)


@settings(max_examples=examples(25, 600))
@given(model=projects())
def test_what_an_author_wrote_arrives_unchanged(model: Model) -> None:
    for node, files in emit(model, "e", str).items():
        services = yaml.safe_load(files["compose.yaml"])["services"]
        for name, element in Placement(model, "e").services(node).items():
            said = container_of(element).service
            lists = {"cap_add", "cap_drop", "volumes"}
            for key in said.keys() - lists - {"image", "tmpfs", "deploy"}:
                assert services[name][key] == said[key]
            for key in said.keys() & lists:
                assert {*said[key]} <= {*services[name][key]}


@settings(max_examples=examples(15, 300))
@given(model=projects())
def test_such_models_are_models_that_people_could_keep(model: Model) -> None:
    errors = [d for d in check_rules(Loaded(model, Locations())) if d.severity.value == "error"]

    assert [d for d in errors if d.code not in {"port-conflict"}] == []


_Texts = st.SearchStrategy[str]
_NAMING: dict[str, Callable[[_Texts], st.SearchStrategy[Any]]] = {
    "depends_on": lambda others: (
        st.lists(others, unique=True, max_size=2)
        | st.dictionaries(
            others,
            st.fixed_dictionaries(
                {"condition": st.sampled_from(["service_started", "service_healthy"])},
                optional={"required": st.booleans()},
            ),
            max_size=2,
        )
    ),
    "links": lambda others: st.lists(others.map(lambda name: f"{name}:other"), max_size=1),
    "volumes_from": lambda others: st.lists(others, unique=True, max_size=1),
    "network_mode": lambda others: others.map(lambda name: f"service:{name}") | st.just("none"),
    "ipc": lambda others: others.map(lambda name: f"service:{name}"),
    "networks": lambda _: st.lists(
        st.sampled_from(["default", "back", "back", "bak", "web-db"]), unique=True, max_size=2
    ),
    "secrets": lambda _: st.sampled_from([[], ["key"], ["key"], ["kye"]]),
    "configs": lambda _: st.sampled_from([[], ["app"]]),
    "profiles": lambda _: st.sampled_from([[], ["tools"], ["tools", "more"]]),
    "cpus": lambda _: st.sampled_from([1, "0.5"]),
    "mem_limit": lambda _: st.just("1g"),
    "deploy": lambda _: st.just({"resources": {"limits": {"memory": "1024m"}}}),
}


@settings(
    max_examples=examples(20, 500), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(model=projects(), data=st.data())
def test_docker_compose_takes_the_files_of_every_model_that_check_takes(
    model: Model, data: st.DataObject, config: Config
) -> None:
    said = model.model_dump()
    containers = said["systems"]["s"]["containers"]
    for number, container in enumerate(containers.values()):
        others = st.sampled_from([*list(containers)[number + 1 :], "nobody"])
        for key in data.draw(st.sets(st.sampled_from(sorted(_NAMING)), max_size=2)):
            container["service"][key] = data.draw(_NAMING[key](others))
    said |= {"networks": {"back": {}}, "secrets": {"key": {"file": "./key"}}}
    try:
        model = Model.model_validate(said)
    except ValidationError:
        return
    if any(found.severity.value == "error" for found in check_rules(Loaded(model, Locations()))):
        return
    for files in emit(model, "e", str).values():
        for profiles in ("", "tools", "*"):
            taken = config(files, "-q", profiles=profiles)
            assert (taken.returncode, taken.stderr) == (0, "")
