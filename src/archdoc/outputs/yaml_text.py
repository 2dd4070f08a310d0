"""YAML that every reader understands alike."""

from __future__ import annotations

import re
from typing import Any

import yaml

# Left without quotes: what no reader, of YAML 1.1 or 1.2, takes for anything but this text.
_PLAIN = re.compile(r"[A-Za-z_./](?:[A-Za-z0-9_./> -]|:(?=[A-Za-z0-9_./]))*")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", ".inf", ".nan", "nan"}


class _Dumper(yaml.SafeDumper):
    """Block style, sequences indented under their key, text quoted where readers could differ."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style: str | None = None
    if "\n" in text.rstrip("\n") and text.replace("\n", "").isprintable():
        style = "|"
    elif not _PLAIN.fullmatch(text) or text.lower() in _WORDS or text != text.strip():
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _nothing(dumper: yaml.SafeDumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(type(None), _nothing)


def to_yaml(value: Any) -> str:
    """The value as YAML, keys in their order; the same text under YAML 1.1 and 1.2."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, indent=2
    )
    return text
