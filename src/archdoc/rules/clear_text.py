"""Passwords, keys and tokens in plain text: how they look, and what only looks like one."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_NAMES = re.compile(
    r"(?:PASSW(?:OR)?D|PASSPHRASE|REQUIREPASS|MASTERAUTH|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|"
    r"ACCESS_?KEY|CREDENTIALS?)(?:_|$)",
    re.I,
)
_HARMLESS_NAMES = re.compile(
    r"^NO_|_(?:FILE|PATH|DIR|NAME|URL|URI|ENDPOINT|TTL|AGE|EXPIRY|LIFETIME|HEADER|STDIN|ENV|TYPE|"
    r"ALGORITHM|ISSUER|POLICY|PREFIX|FIELD|LIMIT|LENGTH|SIZE|COUNT|ENABLED|REQUIRED)$",
    re.I,
)
_HARMLESS = re.compile(
    r"(?:yes|no|true|false|on|off|none|null|enabled|disabled|required|optional|/run/secrets/.*)?",
    re.I,
)
"""What is said of secrets, and where they are."""
_IN_URL = re.compile(r"://[^/@:\s\"']*:(?P<password>[^/@\s\"']+)@")
_TOKENS = re.compile(
    r"(?:^|[=\s\"':])(?P<token>[sr]k_(?:live|test)_\w+|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16}"
    r"|xox[abprs]-[\w-]+)|(?P<key>-----BEGIN [A-Z ]*PRIVATE KEY-----)"
)
"""What Stripe, GitHub, AWS and Slack put before their tokens, and PEM before keys."""
_DEFAULT = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?-(?P<default>[^${}]*)\}")
"""A variable with a default: `${NAME:-default}` (Compose file reference, "Interpolation")."""
_DEEPEST = 20
"""So many defaults within each other are looked through."""
_FILLED_IN = re.compile(r"\{\{|<%|\$\{?[A-Za-z_]|\$\(|`")
"""A placeholder, a variable, or what a command prints."""
_PROGRAMS = {
    "redis-cli": re.compile(r"-a"),
    "valkey-cli": re.compile(r"-a"),
    "mysql": re.compile(r"-p(?P<value>.+)"),
    "mysqladmin": re.compile(r"-p(?P<value>.+)"),
    "mysqldump": re.compile(r"-p(?P<value>.+)"),
    "mariadb": re.compile(r"-p(?P<value>.+)"),
    "mariadb-admin": re.compile(r"-p(?P<value>.+)"),
}
"""How some programs call the option for a password shortly; the value may be the next word."""
_OPTION = re.compile(r"--?(?P<name>[A-Za-z][\w-]+)(?:=(?P<value>.*))?", re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)=(?P<value>.*)", re.DOTALL)
_SETTING = re.compile(
    r"^\s*(?:-\s+|export\s+)?[\"']?(?P<name>[A-Za-z_][\w.-]*)[\"']?"
    r"(?:\s*[=:]\s*|(?<=requirepass)\s+|(?<=masterauth)\s+)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'#;,(\[{]+)[;,]?\s*(?:#.*)?$"
)
"""`password = x` in a file: ini, YAML, properties, dotenv, Redis's."""


def is_secret(name: str, value: object) -> bool:
    """Whether what is called so has a secret in plain text as its value."""
    if value is None or isinstance(value, bool):
        return False
    return _names_a_secret(name) and _is_clear(str(value))


def secret_in(text: str) -> str | None:
    """What is a secret by its look alone, wherever it stands: said in words. None without one."""
    for _ in range(_DEEPEST):
        for default in _DEFAULT.finditer(text):  # those that have none within them
            if is_secret(default["name"], default["default"]):
                return f"the default of `{default['name']}` is a secret in plain text"
        text, count = _DEFAULT.subn(r"\g<default>", text)
        if not count:
            break
    if any(not _FILLED_IN.search(url["password"]) for url in _IN_URL.finditer(text)):
        return "a URL has its password in plain text"
    if found := _TOKENS.search(text):
        return f"a {'token' if found['token'] else 'private key'} stands here in plain text"
    return None


def secret_in_command(command: object) -> str | None:
    """The option or variable of a command that is given a secret in plain text; None without."""
    items = command if isinstance(command, list) else [command]
    texts = [item for item in items if isinstance(item, str)]
    inner = [_split(text) for text in texts if re.search(r"\s", text)]
    for words in (texts if isinstance(command, list) else [], *inner):
        for name, value in _given(words):
            if _is_clear(value) and not re.search(r"[(\[]", value):  # no piece of a program
                return name
    return None


def secrets_in_file(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a file that have secrets in plain text, from 1, and what is there."""
    for number, line in enumerate(text.split("\n"), 1):
        setting = _SETTING.match(line)
        if setting and is_secret(setting["name"], setting["value"].strip("\"'")):
            yield number, f"`{setting['name']}` holds its secret in plain text"
        elif said := secret_in(line):
            yield number, said


def _given(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What options and variables that are called like secrets are given."""
    short: re.Pattern[str] | None = None
    for word, following in zip_longest(words, words[1:], fillvalue="-"):
        after = "" if following.startswith("-") else following
        short = _PROGRAMS.get(word.rpartition("/")[2], short)
        option = _OPTION.fullmatch(word)
        if short and (found := short.fullmatch(word)):
            yield word[:2], found.groupdict().get("value") or after
        elif option and _names_a_secret(option["name"]):
            said = option["value"]
            yield f"--{option['name']}", after if said is None else said
        elif (found := _ASSIGNMENT.fullmatch(word)) and _names_a_secret(found["name"]):
            yield found["name"], found["value"]


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # no shell would take it, but a program of another language may stand there
        return text.split()


def _names_a_secret(name: str) -> bool:
    plain = re.sub(r"[-.]", "_", name)
    return _NAMES.search(plain) is not None and not _HARMLESS_NAMES.search(plain)


def _is_clear(text: str) -> bool:
    """Whether a value says something by itself, if nobody sets its variables."""
    for _ in range(_DEEPEST):
        text, count = _DEFAULT.subn(r"\g<default>", text)
        if not count:
            break
    return not _HARMLESS.fullmatch(text.strip(" \t\r\n;,")) and not _FILLED_IN.search(text)
