"""Passwords, keys and tokens in plain text: where they stand in texts, commands and files."""

from __future__ import annotations

import re
import shlex
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest

from archdoc.rules.secret_words import (
    is_clear,
    is_secret,
    names_a_secret,
    plainly,
    without_defaults,
)

_IN_URL = re.compile(r"://[^/@:\s\"']*:(?P<value>[^/@\s\"']+)@")
_URL = re.compile(r"(?:://|\bjdbc:)[^\s\"'<>]+", re.I)
_PARAMETER = re.compile(r"[?&;](?P<name>[\w.-]+)=(?P<value>[^&;#]+)")
_DSN = re.compile(
    r"\b(?:host|server|user|username|user id|uid|dbname|database)\s*=\s*"
    r"[^\s;,(){}]+(?=[\s;]|,(?!\s))",
    re.I,
)
"""How `host=db user=a password=x` (libpq), `Server=db;Uid=a;Pwd=x` (ODBC) and
`username=a,password=x` (mount.cifs) begin."""
_IN_DSN = re.compile(
    r"[\s;,](?P<name>password|passwd|pwd)\s*=\s*(?P<value>[^\s;,\"']+)(?=[\s;,\"']|$)", re.I
)
_IN_HEADER = re.compile(
    r"\bauthorization[\"']?[:=\s]+[\"']?(?:bearer|basic|token)\s+(?P<value>[^\s\"'<>]+)", re.I
)
_TOKENS = re.compile(
    r"(?:^|[^\w-])(?P<token>[sr]k_(?:live|test)_\w+|gh[pousr]_\w{20,}|github_pat_\w{20,}"
    r"|glpat-[\w-]{16,}|(?:AKIA|ASIA)[0-9A-Z]{16}|xox[abeprs]-[\w-]+|npm_[A-Za-z0-9]{20,}"
    r"|SG\.[\w-]{10,}\.[\w-]{10,}|AIza[\w-]{30,}"
    r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"
    r"|hooks\.slack\.com/services/T\w+/B\w+/\w+)"
    r"|(?P<key>-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*)"
)
"""How tokens of Stripe, GitHub, GitLab, AWS, Slack, npm, SendGrid and Google begin, and web tokens
(RFC 7519); PEM before keys."""
_SCHEME = re.compile(
    r"(?:^|[\s=:\"'])(?:bearer\s+"
    r"(?P<bearer>(?=[^\s\"'<>]{20}|(?=[^\s\"'<>]{6})[^\s\"'<>\d]{0,60}\d)[^\s\"'<>]+)"
    r"|basic\s+(?P<basic>[A-Za-z0-9+/]{4,}={0,2}))(?=[\s\"'<>]|$)",
    re.I,
)
"""What follows the name of a way to say who one is (RFC 7235), and is no word."""
_HASH = re.compile(
    r"(?<![\w$])\${1,2}(?:apr1|argon2id?|1|2[abxy]|5|6|y)(?:\${1,2}[\w./,=+-]{1,60}){1,4}?"
    r"\${1,2}[\w./+]{20,}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{20,}={0,2}"
)
"""What `htpasswd` and crypt(3) make of a password; in a compose file, `$` stands there twice."""
_PASSWORD = r"-p(?P<value>.*)"  # noqa: S105 - how the option looks
_GLUED = re.compile(r"-p(?P<value>.+)")
_PROGRAMS = {
    "curl": re.compile(r"(?:-u|--user(?:=|$))(?P<user>.*)", re.DOTALL),
    "ldapsearch": re.compile(r"-w(?P<value>.*)"),
    "mongo": re.compile(_PASSWORD),
    "mongodump": re.compile(_PASSWORD),
    "mongosh": re.compile(_PASSWORD),
    "redis-cli": re.compile(r"-a"),
    "ssh": re.compile(r"(?!)"),  # its own options are not those of sshpass before it
    "sshpass": re.compile(_PASSWORD),
    "valkey-cli": re.compile(r"-a"),
    **dict.fromkeys(("mysql", "mysqladmin", "mysqldump", "mariadb", "mariadb-admin"), _GLUED),
}
"""How some programs call the option for a password shortly; the value may be the next word. `user`
is a name, a colon and a password."""
_USER = re.compile(r"(?P<option>-u|--(?:user|auth|basic-auth))(?:=(?P<value>.*))?")
_CREDENTIALS = re.compile(
    r"(?P<user>[A-Za-z][\w.@-]*):(?!(?P=user)$|\d+$|(?:daemon|nogroup|root|staff|users|wheel)$)"
    r"(?P<value>[^\s/:]{3,})"
)
"""A name and a password, as many programs take them: neither a group, nor the port of a host."""
_WITH_GROUPS = frozenset(
    ("chown", "chroot", "docker", "gosu", "gunicorn", "install", "nerdctl", "podman", "setpriv")
)
"""Programs whose `-u` and `--user` take a group after the colon."""
_OPTION = re.compile(r"--?(?P<name>[A-Za-z][\w-]+)(?:=(?P<value>.*))?", re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)=(?P<value>.*)", re.DOTALL)
_SETTING = re.compile(
    r"^\s*(?:-\s+|export\s+|ENV\s+|ARG\s+|\{%-?\s*set\s+)?[\"']?(?P<name>[A-Za-z_][\w.-]*)[\"']?"
    r"(?:\s*[=:]\s*|(?<=requirepass)\s+|(?<=masterauth)\s+)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'#;,(\[{]+)[;,]?\s*(?:#.*|-?%\}.*)?$"
)
"""`password = x` in a file: ini, YAML, properties, dotenv, Dockerfiles, Redis's, Jinja's `set`."""
_MEMBER = re.compile(r"\"(?P<name>[\w.-]+)\"\s*:\s*\"(?P<value>[^\"]*)\"")
"""A member of an object in JSON, of which many may stand in a line."""
_SET = re.compile(r"\{%-?\s*set\s+(?P<name>\w+)\s*=\s*(?:'(?P<one>[^']*)'|\"(?P<two>[^\"]*)\")")


@dataclass(frozen=True, slots=True)
class Clear:
    """A secret in plain text."""

    said: str
    """What is wrong, in words that do not tell it."""
    value: str
    """What nobody should be shown."""
    name: str = ""
    """What it is called in a file, where it has a name."""


def held(name: str, value: object) -> Clear:
    """A secret that is the value of something that is called so."""
    return Clear(f"`{name}` holds its secret in plain text", str(value), name)


def _given_to(name: str, value: str) -> Clear:
    return Clear(f"`{name}` is given its secret in plain text", value)


def secrets_in(text: str) -> Iterator[Clear]:
    """What is a secret by its look alone, wherever it stands."""
    text, defaults = without_defaults(plainly(text))
    for name, default in defaults:
        if is_secret(name, default):
            yield Clear(f"the default of `{name}` is a secret in plain text", default)
    for url in _IN_URL.finditer(text):
        if is_clear(url["value"]):
            yield Clear("a URL has its password in plain text", url["value"])
    for name, value in _parameters(text):
        if (names_a_secret(name) or name.lower() == "pwd") and is_clear(value):
            yield _given_to(name, value)
    yield from _in_headers(text)
    for found in _HASH.finditer(text):
        yield Clear("the hash of a password stands here, which anybody can try words at", found[0])
    for token in _TOKENS.finditer(text):
        kind = "token" if token["token"] else "private key"
        yield Clear(f"a {kind} stands here in plain text", token["token"] or token["key"])


def _in_headers(text: str) -> Iterator[Clear]:
    for header in _IN_HEADER.finditer(text):
        if is_clear(header["value"]):
            yield Clear("a header has its secret in plain text", header["value"])
    for found in _SCHEME.finditer(text):
        said = found["bearer"] or found["basic"]
        if is_clear(said) and (found["bearer"] or _is_pair(said)):
            yield Clear("a header has its secret in plain text", said)


def _is_pair(encoded: str) -> bool:
    """Whether it is a name and a password, as "Basic" has them (RFC 7617)."""
    with suppress(ValueError):
        return b":" in b64decode(encoded, validate=True)
    return False


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    """What a URL's query and other words for a connection say. Calls of programs are none."""
    for url in _URL.findall(text):
        yield from ((found["name"], found["value"]) for found in _PARAMETER.finditer(url))
    if begin := _DSN.search(text):
        bracket = re.compile(r"[(){}]").search(text, begin.end())
        end = bracket.start() if bracket else len(text)
        for found in _IN_DSN.finditer(text, begin.end(), end):
            yield found["name"], found["value"]


def secrets_in_command(command: object) -> Iterator[Clear]:
    """What options and variables of a command are given in plain text."""
    items = command if isinstance(command, list) else [command]
    texts = [item for item in items if isinstance(item, str)]
    inner = [_split(text) for text in texts if re.search(r"\s", text)]
    for words in (texts if isinstance(command, list) else [], *inner):
        for name, value in _given(words):
            if is_clear(value) and not re.search(r"[(\[]", value):  # no piece of a program
                yield _given_to(name, value)


def secrets_in_file(text: str) -> Iterator[tuple[int, list[Clear]]]:
    """The lines of a file that have secrets in plain text: number from 1, and what is there.

    A template's own names for texts (`{% set x = 'y' %}`) are what they stand for.
    """
    named = {found["name"]: found["one"] or found["two"] or "" for found in _SET.finditer(text)}
    for number, line in enumerate(text.split("\n"), 1):
        plain = re.sub(r"\{\{-?\s*(\w+)\s*-?\}\}", lambda x: named.get(x[1], x[0]), line)
        settings = (_SETTING.match(plainly(plain)), *_MEMBER.finditer(plain))
        said = [(s["name"], s["value"].strip("\"'")) for s in settings if s]
        found = [held(name, value) for name, value in said if is_secret(name, value)]
        if found := [*found, *secrets_in(plain)]:
            yield number, found


def _given(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What options and variables that are called like secrets are given."""
    short: re.Pattern[str] | None = None
    others = False
    for word, following in zip_longest(words, words[1:], fillvalue="-"):
        after = "" if following.startswith("-") else following
        short = _PROGRAMS.get(word.rpartition("/")[2], short)
        others = others or word.rpartition("/")[2] in _WITH_GROUPS
        option = _OPTION.fullmatch(word)
        if short and (found := short.fullmatch(word)):
            said = found.groupdict()
            name = "--user" if word.startswith("--") else word[:2]
            yield (
                name,
                (said.get("value") or after)
                if "user" not in said
                else ((said["user"] or after).partition(":")[2]),
            )
        elif (user := _USER.fullmatch(word)) and not others and (
            found := _CREDENTIALS.fullmatch(user["value"] or after)
        ):  # fmt: skip
            yield user["option"], found["value"]
        elif option and names_a_secret(option["name"]):
            value = option["value"]
            yield f"--{option['name']}", after if value is None else value
        elif (found := _ASSIGNMENT.fullmatch(word)) and names_a_secret(found["name"]):
            yield found["name"], found["value"]


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # no shell would take it, but a program of another language may stand there
        return text.split()
