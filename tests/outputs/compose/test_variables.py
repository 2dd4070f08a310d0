"""Variables and secrets that the operator sets, and the example of the environment file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archdoc.consistency.compose_values import variable_differences
from archdoc.outputs.compose import read_dotenv
from outputs.compose.conftest import Config, emitted, model, refusal, service

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
"""What a description may hold: anything but control characters."""


def test_a_variable_that_the_author_requires_is_in_the_example(config: Config) -> None:
    said = {"X": "${FOO:?need} ${BAR-2} $$BAZ ${OPEN?or empty}"}
    files = emitted(model({"a": service(environment=said)}))
    result = config(files, "--format", "json")
    seen = json.loads(result.stdout)["services"]["a"]["environment"]["X"]
    assert seen == "typed 2 $$BAZ typed"  # Compose's own JSON keeps `$$` for a dollar sign


_EMPTY = "Used by the service a. It may be empty."
WRITTEN = {
    "${X}": f"# {_EMPTY}\nX=\n",
    "$X": f"# {_EMPTY}\nX=\n",
    "${X:+y}": f"# {_EMPTY}\nX=\n",
    "${X+y}": "# Used by the service a.\n# X=\n",
    "${X:?say}": "# Used by the service a.\nX=\n",
    "${X:?say} $X ${X-1}": "# Used by the service a.\nX=\n",
    "${X?say}": "# Used by the service a. It has to be set, and may be empty.\n# X=\n",
    "${X:-a b}": "# Used by the service a. It may be left out: this is its default.\n# X='a b'\n",
    "${X-a$$b}": "# Used by the service a. It may be left out: this is its default.\n# X='a$b'\n",
    "${X:-1} ${X:-2}": "# Used by the service a. It may be left out: there is a default.\n# X=\n",
    "${X-${Y:-1}}": (
        "# Used by the service a. It may be left out: there is a default.\n# X=\n"
        "\n# Used by the service a. It may be left out: this is its default.\n# Y=1\n"
    ),
    "$HOME": "# Used by the service a. The operator's shell, or Docker, sets it.\n# HOME=\n",
    "$$X $${Y} $1 $": "",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_every_variable_that_an_author_writes_is_in_the_example(text: str) -> None:
    example = emitted(model({"a": service(command=["x", text])}))[".env.example"].decode()

    assert example.split("\n\n", 1)[1:] == ([WRITTEN[text]] if WRITTEN[text] else [])


PASSED: dict[str, dict[str, Any]] = {
    "a list": {"environment": ["X", "Y=1"]},
    "a mapping": {"environment": {"X": None, "Y": "1", "Z": ""}},
    "a build": {"build": {"context": ".", "args": ["X", "Y=1"]}},
    "a mapping of a build": {"build": {"context": ".", "args": {"X": None, "Y": 1}}},
}


@pytest.mark.parametrize("name", PASSED)
def test_a_variable_that_is_passed_on_is_in_the_example(name: str, config: Config) -> None:
    files = emitted(model({"a": service(**PASSED[name])}))
    example = files[".env.example"].decode()

    assert example.split("\n\n")[1:] == [
        "# Used by the service a. It is passed on where it is set.\n# X=\n"
    ]
    assert variable_differences(files["compose.yaml"], read_dotenv(files[".env.example"])) == ()
    seen = json.loads(config(files, "--format", "json").stdout)["services"]["a"]
    assert seen.get("build", {}).get("args", seen.get("environment"))["X"] == "typed"


def test_a_secret_that_is_passed_on_and_asked_for_is_a_line_of_the_example() -> None:
    a = service(environment=["DB_PW", "X={{ secret.db_pw }}"])
    m = model({"a": a}, secrets={"db_pw": "Opens."})

    assert "\nDB_PW=\n" in emitted(m)[".env.example"].decode()


def test_variables_are_found_wherever_compose_fills_them_in(config: Config) -> None:
    a = service(
        command="x $A", labels={"$$KEY": "${B}"}, ports=["${C:-8080}:80"], volumes=["${D:-/d}:/d"],
        environment=["E=${E}"], networks=["back"], deploy={"labels": ["${F:+f}"]},
    )  # fmt: skip
    network = {"options": {"driver_opts": {"mtu": "${G:-1500}"}}}
    files = emitted(model({"a": a, "b": service(command="$A")}, networks={"back": network}))
    result = config(files, "--variables", "--format", "json")
    example = files[".env.example"].decode()

    assert (
        {*json.loads(result.stdout)} == {*"ABCDEFG"} == {*re.findall(r"(?m)^(?:# )?(\w)=", example)}
    )
    assert "# Used by the services a, b. It may be empty.\nA=\n" in example
    assert "# Used by the network back." in example
    assert "variable is not set" not in config(files, env_file=".env.example").stderr


def test_a_variable_that_the_model_declares_is_explained_in_its_words() -> None:
    said = {"description": "How much is told.", "example": "debug", "default": "info"}
    m = model(
        {"a": service(command="$LOG_LEVEL ${DB_PW}"), "b": service(command="{{ secret.other }}")},
        variables={"log-level": said}, secrets={"db-pw": "Opens.", "other": "Opens, too."},
    )  # fmt: skip
    example = emitted(m)[".env.example"].decode()

    assert example.split("\n\n")[1:] == [
        "# Opens, too.\nOTHER=",
        "# How much is told. Used by the service a.\n# For example: debug\nLOG_LEVEL=info",
        "# Opens. Used by the service a.\nDB_PW=\n",
    ]


def test_what_the_model_derives_is_not_explained_by_who_else_uses_it() -> None:
    a, b = service(command="${K:?}"), service(command="{{ secret.k }}")
    example = emitted(model({"a": a, "b": b}, secrets={"k": "Opens."}))[".env.example"].decode()

    assert example.split("\n\n")[1:] == ["# Opens.\nK=\n"]


@pytest.mark.parametrize("said", ["${FOO:?need}", "${FOO?need}"])
def test_an_example_that_is_copied_unchanged_sets_nothing_that_is_required(
    said: str, config: Config
) -> None:
    files = emitted(model({"a": service(environment={"X": said})}))
    result = config(files, env_file=".env.example")
    assert "required variable FOO is missing a value: need" in result.stderr


def test_a_default_is_in_the_example_and_what_else_it_could_be_is_a_comment() -> None:
    said = {"default": "a", "example": "b\nEVIL=1", "description": "Says."}
    a = service(environment={"X": "{{ variable.v }}"})
    example = emitted(model({"a": a}, variables={"v": said}))[".env.example"].decode()
    assert '# Says.\n# For example: "b\\nEVIL=1"\n# V=a\n' in example


@pytest.mark.parametrize("bare", ["$V", "${V}", "${V:?say}", "${V?say}", "${V:+y}"])
def test_a_default_that_a_text_does_not_have_is_a_line_of_the_example(bare: str) -> None:
    a = service(environment={"X": "{{ variable.v }}", "Y": bare})
    example = emitted(model({"a": a}, variables={"v": {"default": "a"}}))[".env.example"].decode()
    assert "\nV=a\n" in example


def test_a_copied_example_keeps_no_default_from_changing(config: Config) -> None:
    a, nodes = (
        service(environment={"X": "{{ b.port }}"}),
        {
            "p": {"kind": "docker.compose", "runs": "a"},
            "h": {"kind": "host", "runs": "b"},
        },
    )
    old, new = (
        emitted(model({"a": a, "b": {"port": port}}, nodes=nodes)) for port in (15432, 15433)
    )
    assert "\n# B_PORT=15432\n" in old[".env.example"].decode()
    files = {**new, ".env.example": old[".env.example"]}
    assert "15433" in config(files, env_file=".env.example").stdout


def test_a_secret_and_a_variable_of_one_name_are_refused() -> None:
    text = "{{ secret.k }} {{ variable.k }}"
    assert "`K`" in refusal(text, secrets={"k": "s"}, variables={"k": "v"})


@pytest.mark.parametrize("default", ["a}b", "a\nb"])
def test_a_default_that_compose_cannot_express_is_refused(default: str) -> None:
    assert "`V`" in refusal("{{ variable.v }}", variables={"v": {"default": default}})


def test_a_name_that_no_variable_can_have_is_refused() -> None:
    assert "`9K`" in refusal("{{ secret['9k'] }}", secrets={"9k": "s"})


def test_a_host_elsewhere_is_no_variable_of_dockers_own() -> None:
    nodes = {
        "p": {"kind": "docker.compose", "runs": "a"},
        "h": {"kind": "host", "runs": "docker"},
    }
    containers = {"docker": service()}
    assert "`DOCKER_HOST`" in refusal("{{ docker.host }}", containers, nodes=nodes)


@given(_TEXT, _TEXT)
def test_no_description_becomes_a_setting(name: str, description: str) -> None:
    m = model(
        {"a": service(environment={"X": "{{ secret.k }}"})},
        name=f"x{name}", secrets={"k": {"description": description}},
    )  # fmt: skip
    lines = emitted(m)[".env.example"].decode().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["K="]


def test_an_empty_default_is_empty_in_the_example() -> None:
    a = service(environment={"X": "{{ variable.v }}"})
    files = emitted(model({"a": a}, variables={"v": {"default": ""}}))
    assert "\n# V=\n" in files[".env.example"].decode()
