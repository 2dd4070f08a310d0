"""What is known only when a project starts is put into texts, and nothing else is done with it."""

from __future__ import annotations

import pytest
import yaml

from archdoc.outputs.compose import ComposeError
from outputs.compose.conftest import emitted, model, service

_PW = "${PW:?set PW in .env}"
_Q = "${Q:?set Q in .env}"


def environment(text: str) -> str:
    """What becomes of a text in the environment of a service."""
    more = {"secrets": {"pw": "x", "q": "y"}, "variables": {"v": {"default": "d"}}}
    files = emitted(model({"a": {"port": 80, **service(environment={"X": text})}}, **more))
    said: str = yaml.safe_load(files["compose.yaml"])["services"]["a"]["environment"]["X"]
    return said


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("postgres://u:{{ secret.pw }}@h", f"postgres://u:{_PW}@h"),
        ("{{ 'a' ~ secret.pw + secret['q'] }}", f"a{_PW}{_Q}"),
        ("{{ secret.pw|default('x')|string }}", _PW),
        ("{{ [secret.pw, 'b']|join(',') }}{{ secret.q.join(['c', 'd']) }}", f"{_PW},bc{_Q}d"),
        ("{{ 'b'.join([secret.pw, secret.q]) }}", f"{_PW}b{_Q}"),
        ("{% set x = [secret.pw] %}{{ x|length }}{{ x|first }}{{ x[0] }}", f"1{_PW}{_PW}"),
        ("{% for s in [secret.pw, secret.q] %}{{ s }},{% endfor %}", f"{_PW},{_Q},"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(secret.pw) }}", f"<{_PW}>"),
        ("{% set x %}a{{ secret.pw }}{% endset %}{{ x }}", f"a{_PW}"),
        ("{{ secret.pw if a.port == '80' else secret.q }}", _PW),
        ("{{ secret.pw is defined }}", "True"),
        ("{% raw %}{{.Name}}{% endraw %}", "{{.Name}}"),
        ("{{ a.port|int + 1 }}{{ a.name|upper }}{{ a.port[0] }}{{ secret.pw }}", f"81A8{_PW}"),
    ],
)
def test_it_is_put_into_texts_as_it_is(text: str, becomes: str) -> None:
    assert environment(text) == becomes


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("postgres://u:{{ secret.pw|urlencode }}@h", "given to `urlencode`"),
        ("{{ secret.pw|length }}", "given to `length`"),
        ("{{ secret.pw|lower }}", "given to `lower`"),
        ("{{ secret.pw|replace('a', 'b') }}", "given to `replace`"),
        ("{{ 'abc'|replace('a', secret.pw) }}", "given to `replace`"),
        ("{{ secret.pw|list }}", "given to `list`"),
        ("{{ secret.pw|join(',') }}", "given to `join`"),
        ("{{ ','.join(secret.pw) }}", "given to `join`"),
        ("{{ {'a': secret.pw}|tojson }}", "given to `tojson`"),
        ("{{ [secret.pw]|map('upper')|join }}", "given to `map`"),
        ("{{ ('a' ~ secret.pw)|upper }}", "given to `upper`"),
        ("{% set x %}a{{ secret.pw }}{% endset %}{{ x|upper }}", "given to `upper`"),
        ("{% filter upper %}{{ secret.pw }}{% endfilter %}", "given to `upper`"),
        ("{% macro m() %}{{ secret.pw }}{% endmacro %}{{ m()|upper }}", "given to `upper`"),
        ("{{ secret.pw.upper() }}", "given to `upper`"),
        ("{{ 'abc'.find(secret.pw) }}", "given to `find`"),
        ("{% if secret.pw == 'x' %}{% endif %}", "compared"),
        ("{{ 'x' in secret.pw }}{{ secret.pw in ['x'] }}", "compared"),
        ("{{ 'x' in [secret.pw] }}", "compared"),
        ("{{ secret.pw is string }}", "tested with `is string`"),
        ("{% if secret.pw %}a{% endif %}", "asked whether it is empty"),
        ("{{ 'a' if secret.pw else 'b' }}", "asked whether it is empty"),
        ("{{ not secret.pw }}", "asked whether it is empty"),
        ("{{ secret.pw or 'x' }}", "asked whether it is empty"),
        ("{{ secret.pw and 'x' }}", "asked whether it is empty"),
        ("{% for x in [1] if secret.pw %}{% endfor %}", "asked whether it is empty"),
        ("{{ secret.pw|default('x', true) }}", "asked whether it is empty"),
        ("{{ secret.pw|default('x', boolean=true) }}", "asked whether it is empty"),
        ("{{ secret.pw[1:] }}", "taken apart"),
        ("{{ secret.pw[0] }}", "taken apart"),
        ("{% for letter in secret.pw %}{{ letter }}{% endfor %}", "taken apart"),
        ("{{ '%s' % secret.pw }}", "used with `%`"),
        ("{{ secret.pw * 2 }}", "used with `*`"),
    ],
)
def test_nothing_else_is_done_with_it(text: str, done: str) -> None:
    with pytest.raises(ComposeError) as error:
        environment(text)

    message = "placeholder: `secret.pw` is known only when the project starts: it cannot be "
    assert str(error.value) == message + done
    assert error.value.word == "secret.pw"
    assert "{{ secret.pw }}" in error.value.help


def test_what_runs_elsewhere_is_known_as_late_and_only_there() -> None:
    containers = {
        "a": service(environment={"X": "{{ db.host|upper }}"}),
        "db": {"port": 5432, **service()},
    }
    assert b"X: DB" in emitted(model(containers, "a -> db: Reads"))["compose.yaml"]

    nodes = {
        "p": {"kind": "docker.compose", "runs": ["a"]},
        "d": {"kind": "aws.rds", "realises": ["db"]},
    }
    with pytest.raises(ComposeError, match=r"`db.host` is known only when the project starts"):
        emitted(model(containers, "a -> db: Reads", nodes=nodes))


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        ("{{.Name}}", "`.` is not expected here", "{% raw %}{{.Name}}{% endraw %}"),
        ("{{json .}}", "expected name or number", "{% raw %}"),
        ("{{ a.port + 1 }}", "a text and something else cannot be added", "X.port|int"),
        ("{{ a.port - 1 }}", "`-` does not work with these two kinds", "X.port|int"),
        ("{{ -a.port }}", "`-` does not work with this kind", "X.port|int"),
        ("{{ a.port > 3 }}", "`>` cannot compare a text with a number", "X.port|int"),
        ("{{ range(a.port) }}", "a number is expected", "X.port|int"),
        ("{{ a.port.nope }}", "there is no `nope` in this value", ""),
        ("{% include 'x' %}", "other templates cannot be read here", "stands for itself"),
        ("{% import 'x' as y %}", "other templates cannot be read here", "stands for itself"),
        ("{% from 'x' import y %}", "other templates cannot be read here", "stands for itself"),
        ("{% extends 'x' %}", "other templates cannot be read here", "stands for itself"),
    ],
)
def test_mistakes_are_told_in_plain_words(text: str, message: str, help_: str) -> None:
    with pytest.raises(ComposeError) as error:
        environment(text)

    assert str(error.value).startswith(f"placeholder: {message}")
    assert help_ in error.value.help
