# ruff: noqa: E501 - one template a line is read most easily
"""Templates may come from anybody: whatever one says ends soon, and takes little memory."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archdoc.outputs.compose import ComposeError
from conftest import ROOT, examples
from once import once
from outputs.compose.conftest import emitted, model, service

_FILE = [{"template": "t", "to": "/etc/x"}]


def rendered(template: str) -> str:
    """A template as a file that a service mounts."""
    containers = {"a": {"files": _FILE, "port": 80, **service()}}
    return emitted(model(containers), template)["a/x"].decode()


BOMBS = {
    "nested loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "a loop that finds nothing": "{% for i in range(99999) if i in range(99999)|list %}{% endfor %}",
    "a loop that looks for a text": "{% for i in range(99999) if 'x' in range(99999) %}{% endfor %}",
    "a loop that writes much": "{% for i in range(99999) %}" + "x" * 1000 + "{% endfor %}",
    "a loop over loops": "{% for x in [[1] * 9] recursive %}{{ loop(range(9)) }}{% endfor %}" * 9
    + "{% for x in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "center": "{{ 'x'|center(10**9) }}",
    "ljust": "{{ 'x'.ljust(1000000000) }}",
    "zfill": "{{ 'x'.zfill(1000000000) }}",
    "indent": "{{ ('\n' * 9999)|indent(99999) }}",
    "format": "{{ '%1000000000d'|format(1) }}",
    "format of a width from elsewhere": "{{ '%*d'|format(1000000000, 1) }}",
    "format with zeros": "{{ '%00000000001000000000d' % 1 }}",
    "a format method": "{{ '{:1000000000d}'.format(1) }}",
    "a format operator": "{{ '%1000000000d' % 1 }}",
    "format of one thing often": "{{ ('%(a)s' * 9999) % {'a': 'x' * 99999} }}",
    "join": "{{ range(99999)|join('x' * 99999) }}",
    "replace": "{{ ('x' * 99999)|replace('x', 'x' * 99999) }}",
    "a replace method": "{{ ('x' * 99999).replace('x', 'x' * 99999) }}",
    "round": "{{ 1|round(-1000000000, 'floor') }}",
    "batch": "{{ [1]|batch(1000000000, 'x')|list }}",
    "slice": "{{ [1]|slice(1000000000)|list }}",
    "a list as text": "{% set a = [1, 1] %}"
    + "".join(f"{{% set a = [{'a, ' * 9}a] %}}" for _ in range(12)) + "{{ a }}",
    "a dict's items as text": "{% set a = 1 %}"
    + "".join("{% set a = {1: a, 2: a, 3: a, 4: a} %}" for _ in range(20)) + "{{ a.items()|string }}",
    "a namespace as text": "{% set n = namespace(a=1) %}{% for i in range(99) %}{% set n.a = [n.a, n.a] %}"
    "{% endfor %}{{ [n.a]|string }}",
    "doubling": "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40,
    "doubling in a loop": "{% set n = namespace(a='x') %}{% for i in range(99) %}{% set n.a = n.a ~ n.a %}"
    "{% endfor %}",
    "doubling by output": "{% set n = namespace(a='x') %}{% for i in range(99) %}"
    "{% set n.a %}{{ n.a }}{{ n.a }}{% endset %}{% endfor %}",
    "adding": "{% set a = 'x' %}" + "{% set a = a + a %}" * 40,
    "squaring": "{% set a = 9 %}" + "{% set a = a * a %}" * 40,
    "powers": "{{ 999 ** 999 ** 999 }}",
    "copies of a list": "{% set a = range(99999)|list %}{% for i in range(99999) %}{% set b = a[1:] %}{% endfor %}",
    "comparing": "{% set a = 'x' * 99999 %}{% for i in range(99999) if a ~ 'y' == a ~ 'z' %}{% endfor %}",
    "a test": "{% set a = 'x' * 99999 %}{% for i in range(99999) if ('x' * 9) is in a %}{% endfor %}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}"
    "{{ m(99) }}",
    "a block of a call": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 15 + "x" * 9999 + "{% endcall %}" * 15,
    "what spends gives nothing back": "{% for i in range(9) %}{{ [-1000000000]|map('(spend)')|list }}{% endfor %}",
    "mapping": "{{ range(99999)|map('center', 99999)|list }}",
    "lorem ipsum": "{{ lipsum(1000000) }}",
    "a long expression": "{{ [" + "1," * 99999 + "1] }}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep blocks": "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "deep loops": "{% for i in [1] %}" * 60 + "{% endfor %}" * 60,
    "deep attributes": "{{ a" + ".b" * 9000 + " }}",
    "half a character": r"{{ '\ud800' }}",
}  # fmt: skip

_RUN = """
import json, resource, sys
sys.path.insert(0, {tests!r})
from outputs.compose.test_sandbox import BOMBS, ComposeError, rendered
rendered("{{{{ a.port }}}}")
said, before = {{}}, resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
for name, bomb in BOMBS.items():
    try:
        answer = rendered(bomb)[:99] and ""
    except ComposeError as error:
        answer = str(error)
    after = resource.getrusage(resource.RUSAGE_SELF)
    said[name] = [answer, after.ru_utime - before.ru_utime, after.ru_maxrss - before.ru_maxrss]
    before = after
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def exploded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    """What is said of each, its seconds, and by how many KiB it needed more than any before it.

    In a process of their own, whose time is limited and whose memory is measured.
    """

    def explode(_: Path) -> dict[str, tuple[str, float, int]]:
        command = [sys.executable, "-c", _RUN.format(tests=str(ROOT / "tests"))]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
        assert done.returncode == 0, done.stderr[-2000:]
        answers: dict[str, tuple[str, float, int]] = json.loads(done.stdout)
        return answers

    return once(tmp_path_factory, "exploded", explode)


@pytest.mark.parametrize("name", BOMBS)
def test_no_template_takes_all_time_or_memory(
    name: str, exploded: dict[str, tuple[str, float, int]]
) -> None:
    said, seconds, kibibytes = exploded[name]

    assert said, "it was rendered"
    assert seconds < 10
    assert kibibytes < 200_000


def test_what_templates_are_for_is_done() -> None:
    template = """\
        {% set names = ['b', 'a'] %}
        {% macro server(name, port=80) %}server {{ name }}:{{ '%05d' % port }};{% endmacro %}
        {% for name in names|sort if name != 'x' %}
        {{ loop.index }} {{ server(name) }} {{ loop.cycle('odd', 'even') }}
        {% else %}
        none
        {% endfor %}
        {% set n = namespace(sum=0) %}
        {% for i in range(4) %}{% set n.sum = n.sum + i %}{% endfor %}
        {{ n.sum }} {{ 'x' ~ 1 ~ none }} {{ {'k': [1, 2]}|tojson }} {{ 'a,b'.split(',')|map('upper')|join('/') }}
        {{ 'abc'[1:] }} {{ 7 // 2 }} {{ 2 ** 8 }} {{ '-' * 3 }} {{ nothing|default('usual') }} {{ 'x' is in 'xy' }}
        {% filter indent(2, first=true) %}
        deeper
        {% endfilter %}
        {% for k, v in {'b': 2, 'a': 1}|dictsort %}{{ k }}={{ v }} {% endfor %}
    """

    assert rendered(textwrap.dedent(template)).splitlines() == [
        "1 server a:00080; odd",
        "2 server b:00080; even",
        '6 x1None {"k": [1, 2]} A/B',
        "bc 3 256 --- usual True",
        "  deeper",
        "a=1 b=2 ",
    ]


def test_a_file_of_configuration_may_be_long() -> None:
    lines = "".join(f"upstream u{i} {{ server {{{{ a.host }}}}:{i}; }}\n" for i in range(2000))

    assert rendered(lines).splitlines()[1999] == "upstream u1999 { server a:1999; }"


def test_many_texts_that_each_take_little_are_too_much_together() -> None:
    said = {f"K{i}": "{{ 'x' * 400000 }}" for i in range(60)}
    with pytest.raises(ComposeError, match="too large"):
        emitted(model({"a": service(environment=said)}))


_PIECES = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{#", "#}", " ", "a", ".host", ".port", "|", "upper", "join", "'x'",
        "(", ")", "[", "]", "{", "}", "~", "+", "*", "**", "%", "1", "-", "for", "in", "if", "endif",
        "endfor", "set", "=", "macro", "endmacro", "loop", "is", "defined", "not", "secret", ",", ":",
        "range", "namespace", "else", "call", "endcall", "block", "include", "import", "self", "\n",
        "filter", "raw", "endraw", "caller", "with", "'%s'", "none", "()", "_", "__class__", "\\", '"',
    ]
)  # fmt: skip


@settings(max_examples=examples(100, 4000))
@given(st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=20))
@example("{{ a.port|int ** 2 }}")
@example("{% for i in '' %}{% break %}{% endfor %}")
@example("{% block b %}{{ self.b() }}{% endblock %}")
@example("{{ a.port.__class__ }}{{ ''|attr('x') }}")
def test_whatever_a_template_says_is_filled_in_or_an_error_with_a_line(text: str) -> None:
    with suppress(ComposeError):
        rendered("{{ a.host }}" + text)
        return
    with pytest.raises(ComposeError) as error:
        rendered("{{ a.host }}" + text)
    assert error.value.template == "t"
    assert 1 <= error.value.line <= text.count("\n") + 1
    assert str(error.value)
