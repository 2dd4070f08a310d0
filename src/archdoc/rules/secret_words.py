"""What passwords, keys and tokens are called, and which values say something by themselves."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"(?:PASSW(?:OR)?D|PASSPHRASE|REQUIREPASS|MASTERAUTH|SECRET|TOKEN|CREDENTIALS?"
    r"|(?:^|_)(?:DB|PG)?(?:PASS|PW)|_PWD|ERLANG_?COOKIE"
    r"|(?:API|PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|MASTER)_?KEY"
    r"|(?:^|_)(?:APP|AUTH|COOKIE|FERNET|HMAC|JWT|SHARED|SSH|STORAGE)_KEY)"
    r"(?:_(?:\d+|BASE|CURRENT|DEV|NEW|OLD|PREVIOUS|PROD|STAGING|TEST|VALUE))?$",
    re.I,
)
"""The last word of a name says what its value is: TOKEN_LIFETIME is no token."""
_PAIR_NAMES = re.compile(r"(?:^|_)(?:BASIC|HTTP|NEO4_?J|PROXY)_?AUTH(?:_USERS?)?$", re.I)
"""What has a name with its password as its value, or says only whether there are some."""
_PAIR = re.compile(r"[^\s:/]+[:/](?P<value>[^\s/].*)", re.DOTALL)
_HARMLESS_NAMES = re.compile(
    r"^NO_|(?:^|_)(?:ALLOW|DISABLE|ENABLE|GENERATE|HAS|MAX|MIN|RANDOM|REQUIRES?|USE|VALIDATE|VERIFY)_",
    re.I,
)
_HARMLESS = re.compile(
    r"(?:yes|no|true|false|on|off|none|null|enabled|disabled|required|optional|auto|\d{1,2}"
    r"|/(?:app|config|data|etc|home|mnt|opt|root|run|secrets|srv|tmp|usr|var|vault)/.*"
    r"|(?:akv|arn|awssm|azurekeyvault|bao|env|file|gcpsm|op|secretsmanager|ssm|vault):.*"
    r"|[a-z][a-z0-9+.-]*://[^@]*)?",
    re.I | re.DOTALL,
)
"""What is said of secrets, and where they are: files, entries of secret stores, addresses."""
_DEFAULT = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?-(?P<default>[^${}]*)\}")
"""A variable with a default: `${NAME:-default}` (Compose file reference, "Interpolation")."""
_DEEPEST = 20
"""So many defaults within each other are looked through."""
_LITERAL = re.compile(r"\{\{-?\s*(?:'(?P<one>[^'{}]*)'|\"(?P<two>[^\"{}]*)\")\s*-?\}\}")
"""A placeholder that is a text: `{{ 'x' }}` is `x`."""
_WHOLE = re.compile(
    r"\{\{[^{}]*\}\}|<%[^<>%]*%>|\$\$?\{[^${}]*\}|\$\$?\([^()]*\)|\$\$?[A-Za-z_]\w*|`[^`]*`"
)
_FILLED_IN = re.compile(r"\{\{|<%|\$\{?[A-Za-z_]|\$\(|`")
"""A placeholder, a variable, or what a command prints."""
_BESIDE = re.compile(r"(?=[A-Za-z]{0,30}[0-9])(?=[0-9]{0,30}[A-Za-z])[A-Za-z0-9!#%+]{6,}")
"""Letters and digits beside what is filled in, which are more than a prefix such as `v1-`."""


def is_secret(name: str, value: object) -> bool:
    """Whether what is called so has a secret in plain text as its value."""
    if value is None or isinstance(value, bool):
        return False
    if names_a_secret(name):
        return is_clear(str(value))
    pair = _PAIR.fullmatch(str(value)) if _is_called(_PAIR_NAMES, name) else None
    return pair is not None and is_clear(str(value)) and is_clear(pair["value"])


def names_a_secret(name: str) -> bool:
    """Whether a name, in any of the usual spellings, is that of a secret."""
    return _is_called(_NAMES, name)


def _is_called(names: re.Pattern[str], name: str) -> bool:
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", re.sub(r"[-.]", "_", name))
    return names.search(plain) is not None and not _HARMLESS_NAMES.search(plain)


def is_clear(text: str) -> bool:
    """Whether a value says something by itself, if nobody sets its variables."""
    text, _ = without_defaults(plainly(text))
    if _FILLED_IN.search(text):
        left = _WHOLE.sub(" ", text)
        return not _FILLED_IN.search(left) and _BESIDE.search(left) is not None
    return not _HARMLESS.fullmatch(text.strip(" \t\r\n;,"))


def plainly(text: str) -> str:
    """A text with the placeholders filled in that are texts themselves."""
    return _LITERAL.sub(lambda found: found["one"] or found["two"] or "", text)


def without_defaults(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A text with its variables' defaults in place of them; the variables, and their defaults."""
    found: list[tuple[str, str]] = []
    for _ in range(_DEEPEST):
        here = [(default["name"], default["default"]) for default in _DEFAULT.finditer(text)]
        if not here:
            break
        found += here  # those that have none within them
        text = _DEFAULT.sub(r"\g<default>", text)
    return text, found
