"""Compose files: as reviewed, as the real Docker Compose understands them, as the model says."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archdoc.consistency import compose_differences
from archdoc.model import Model
from archdoc.outputs.compose import ComposeError, Facts, emit, read
from archdoc.outputs.compose.text import dotenv_value
from archdoc.outputs.yaml_text import to_yaml
from archdoc.source import Loaded
from conftest import examples
from helpers import HOSTILE, INTERNATIONAL, SMALL, loaded
from outputs.compose.conftest import filled_in

GOLDEN = Path(__file__).parent / "golden"
WITH_DOCKER = ("compose", "aws-simple", "aws-advanced")


def _project(model: Loaded, environment: str) -> dict[str, bytes]:
    (files,) = emit(model.model, environment, model.read_file).values()
    return files


def _write(files: dict[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _config(
    compose: str, folder: Path, *, env_file: str = ".env"
) -> subprocess.CompletedProcess[str]:
    example = (folder / ".env.example").read_text("utf-8")
    if not (folder / ".env").exists():
        (folder / ".env").write_text(filled_in(example), "utf-8")
    command = [compose, "--env-file", env_file, "-f", "compose.yaml", "config", "--format", "json"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PATH": os.defpath}
    )


@pytest.mark.parametrize("environment", WITH_DOCKER)
def test_the_reference_models_files_are_as_reviewed(reference: Loaded, environment: str) -> None:
    """ARCHDOC_ACCEPT=1 accepts new ones, which a reviewer then sees in the change."""
    files, folder = _project(reference, environment), GOLDEN / environment
    if os.environ.get("ARCHDOC_ACCEPT"):
        _write(files, folder)
    golden = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }

    assert files == golden


def test_an_environment_without_docker_has_no_project(reference: Loaded) -> None:
    assert emit(reference.model, "aws-ecs-fargate", reference.read_file) == {}


@pytest.mark.parametrize("environment", WITH_DOCKER)
def test_docker_compose_understands_what_the_model_says(
    reference: Loaded, environment: str, compose: str, tmp_path: Path
) -> None:
    files = _project(reference, environment)
    done = _config(compose, _write(files, tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    understood, written = read(done.stdout.encode()), read(files["compose.yaml"])
    assert compose_differences(reference.model, environment, "project", understood) == ()
    for name, service in written.services.items():
        other = understood.services[name]
        assert (service.image, service.ports) == (other.image, other.ports)
        assert (service.networks, service.depends_on) == (other.networks, other.depends_on)
        assert service.environment == other.environment


def test_a_managed_service_is_a_variable_instead_of_a_service(reference: Loaded) -> None:
    files = _project(reference, "aws-advanced")
    services = yaml.safe_load(files["compose.yaml"])["services"]

    assert list(services) == ["nginx", "django", "celery", "beat"]
    assert "@${POSTGRES_HOST:?" in services["django"]["environment"]["DATABASE_URL"]
    assert services["django"]["environment"]["MEDIA_URL"].startswith("s3://${MEDIA_BUCKET:?")
    assert b"\nPOSTGRES_HOST=" in files[".env.example"]


def test_a_missing_required_variable_stops_docker_compose(
    reference: Loaded, compose: str, tmp_path: Path
) -> None:
    folder = _write(_project(reference, "compose"), tmp_path)
    example = filled_in((folder / ".env.example").read_text())
    (folder / ".env").write_text(example.replace("DB_PASSWORD=typed\n", ""))
    done = _config(compose, folder)

    assert done.returncode != 0
    assert "set DB_PASSWORD in .env" in done.stderr


@pytest.mark.parametrize("environment", WITH_DOCKER)
def test_an_example_that_is_copied_unchanged_stops_docker_compose_at_each_empty_line(
    reference: Loaded, environment: str, compose: str, tmp_path: Path
) -> None:
    """Nothing connects to an example's host, or is open to an example's password."""
    folder = _write(_project(reference, environment), tmp_path)
    example = (folder / ".env.example").read_text()
    empty = re.findall(r"(?m)^(\w+)=$", example)

    assert {"DJANGO_SECRET_KEY", "DB_PASSWORD", "DOMAIN"} <= {*empty}
    assert ("POSTGRES_HOST" in empty) == (environment == "aws-advanced")
    for variable in empty:
        (folder / ".env").write_text(
            filled_in(example).replace(f"{variable}=typed", f"{variable}=")
        )
        done = _config(compose, folder)
        assert done.returncode != 0
        assert f"required variable {variable} is missing a value" in done.stderr


def test_projects_of_one_model_keep_apart_on_one_host(reference: Loaded) -> None:
    names = [_facts(reference, environment).name for environment in WITH_DOCKER]

    assert names == [f"django-project-template-{environment}" for environment in WITH_DOCKER]


@pytest.mark.parametrize(
    ("name", "project"),
    [
        ("Café Ünïcode!", "cafe-unicode-e"),
        ("Интернет-магазин 24", "s-e"),
        ("日本", "s-e"),
        ("🎉", "s-e"),
        ("--__--", "s-e"),
        ("24/7", "24-7-e"),
        ("x" * 500, "x" * 40 + "-e"),
    ],
)
def test_every_model_has_a_name_that_docker_compose_takes(
    name: str, project: str, compose: str, tmp_path: Path
) -> None:
    model = _with_environment("x").model_copy(update={"name": name})
    folder = _write(emit(model, "e", str)["n"], tmp_path)
    done = _config(compose, folder)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["name"] == project


@given(st.text())
def test_any_name_of_a_model_becomes_one_that_docker_compose_takes(name: str) -> None:
    model = _with_environment("x").model_copy(update={"name": name})
    found = read(emit(model, "e", str)["n"]["compose.yaml"]).name

    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", found)  # Compose Specification, "name"


def _facts(reference: Loaded, environment: str = "compose") -> Facts:
    return read(_project(reference, environment)["compose.yaml"])


def test_consumers_of_a_data_store_wait_for_it_whichever_way_messages_flow(
    reference: Loaded,
) -> None:
    services = _facts(reference).services

    assert ("redis", "service_healthy") in services["celery"].depends_on
    assert services["redis"].depends_on == frozenset()


def test_services_share_a_network_only_where_one_listens_to_the_other(reference: Loaded) -> None:
    facts = _facts(reference)
    nets = {name: service.networks for name, service in facts.services.items()}
    sharing = {(a, b) for a in nets for b in nets if a < b and nets[a] & nets[b]}

    assert sharing == {
        ("django", "nginx"), ("django", "postgres"), ("django", "redis"), ("beat", "redis"),
        ("celery", "redis"), ("celery", "postgres"),
    }  # fmt: skip
    assert facts.networks - facts.internal_networks == {"nginx-django"}


def test_no_data_store_is_published(reference: Loaded) -> None:
    for environment in WITH_DOCKER:
        services = _facts(reference, environment).services
        assert {name for name, service in services.items() if service.ports} == {"nginx"}


def test_the_image_tag_is_the_models_version(reference: Loaded) -> None:
    images = {n: s.image for n, s in _facts(reference).services.items() if s.image}

    assert images == {"nginx": "nginx:1.21.3", "postgres": "postgres:15", "redis": "redis:5"}


def test_a_service_that_calls_the_outside_has_a_way_out(reference: Loaded) -> None:
    facts = _facts(reference, "aws-advanced")

    for service in facts.services.values():
        assert service.networks - facts.internal_networks


def test_mounted_files_use_the_models_hosts_and_ports(reference: Loaded) -> None:
    nginx = _project(reference, "compose")["nginx/default.conf"].decode()

    assert "set $django django:8000;" in nginx
    assert "alias /srv/media/;" in nginx


@pytest.mark.parametrize(
    ("service", "message"),
    [
        ('{build: ., command: "{{ dbb.host }}"}', "`dbb` means nothing"),
        ('{build: ., command: "{{ db.hots }}"}', "`db` has no `hots`"),
        ('{build: ., command: "{{ secret.x }}"}', "`secret` has no `x`"),
        ('{build: ., command: "{{ db }}"}', "`db` alone is no value"),
        ('{build: ., command: "{{ db.host "}', "placeholder: "),
        ('{build: ., command: "{{ db.__class__ }}"}', "unsafe"),
        ("{build: ., command: \"{{ ''.__class__.__mro__ }}\"}", "unsafe"),
        ("{command: x}", "neither `image` nor `build`"),
        ('{build: ., mem_limit: "{{ db.host }}"}', "`mem_limit`: `db` is not a size"),
        ('{build: ., ports: ["{{ db.port }}00:80"]}', "`543200:80` is not a port to publish"),
    ],
)
def test_what_cannot_be_filled_in_is_said_with_its_place(
    tmp_path: Path, service: str, message: str
) -> None:
    model = loaded(tmp_path, SMALL.replace("{build: .}", service))
    with pytest.raises(ComposeError, match=r".*") as caught:
        emit(model.model, "local", model.read_file)

    assert message in str(caught.value)
    assert caught.value.path[:5] == ("systems", "shop", "containers", "web", "service")


def _with_environment(value: str) -> Model:
    service = {"image": "x:1", "environment": {"VALUE": value}}
    return Model.model_validate(
        {
            "name": value,
            "systems": {"s": {"containers": {"a": {"name": value, "service": service}}}},
            "environments": {"e": {"nodes": {"n": {"kind": "docker.compose", "runs": ["a"]}}}},
        }
    )


@pytest.mark.parametrize(
    "value", [HOSTILE.replace("{{ x }}", ""), INTERNATIONAL, "yes", "012", "22:22"]
)
def test_an_authors_value_arrives_unchanged(value: str, compose: str, tmp_path: Path) -> None:
    files = emit(_with_environment(value.replace("$", "$$")), "e", str)["n"]
    done = _config(compose, _write(files, tmp_path))

    assert done.returncode == 0, done.stderr
    arrived = json.loads(done.stdout)["services"]["a"]["environment"]["VALUE"]
    assert arrived.replace("$$", "$") == value


@settings(max_examples=examples(100, 3000))
@given(st.text().filter(lambda text: "{" not in text))
@example("\n\x85")
@example("a\n\u2028b")
def test_any_text_survives_the_compose_file(value: str) -> None:
    document = yaml.safe_load(to_yaml({"key": value, "list": [value]}))

    assert document == {"key": value, "list": [value]}


@settings(
    max_examples=examples(15, 250), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)
)
def test_any_example_survives_the_environment_file(
    value: str, compose: str, tmp_path: Path
) -> None:
    (tmp_path / ".env.example").write_text(f"VALUE={dotenv_value(value)}\n", "utf-8")
    (tmp_path / "compose.yaml").write_text(
        'name: x\nservices:\n  a:\n    image: x\n    environment:\n      VALUE: "${VALUE}"\n'
    )
    done = _config(compose, tmp_path, env_file=".env.example")

    assert done.returncode == 0, done.stderr
    arrived = json.loads(done.stdout)["services"]["a"]["environment"]["VALUE"]
    assert arrived.replace("$$", "$") == value


@pytest.mark.parametrize(
    ("written", "arrives"),
    [("'a$b #c d'", "a$b #c d"), ("a$b", "a"), ("a #b", "a")],
)
def test_the_head_of_the_environment_file_is_right_about_quotes(
    written: str, arrives: str, compose: str, tmp_path: Path
) -> None:
    (tmp_path / ".env.example").write_text(f"VALUE={written}\n")
    (tmp_path / "compose.yaml").write_text(
        'name: x\nservices:\n  a:\n    image: x\n    environment:\n      VALUE: "${VALUE}"\n'
    )
    done = _config(compose, tmp_path, env_file=".env.example")

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)["services"]["a"]["environment"]["VALUE"]
    assert said.replace("$$", "$") == arrives


@pytest.mark.parametrize("image", ["postgres:15-alpine", f"postgres@sha256:{'0' * 64}"])
def test_an_image_that_says_its_own_tag_is_no_difference(tmp_path: Path, image: str) -> None:
    shop = loaded(tmp_path, SMALL.replace("image: postgres,", f'image: "{image}",'))
    facts = read(_project(shop, "local")["compose.yaml"])

    assert facts.services["db"].image == image
    assert compose_differences(shop.model, "local", "project", facts) == ()
