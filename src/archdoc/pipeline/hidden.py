"""Lines of files that somebody keeps without the secrets in them: diffs end up in logs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import yaml

from archdoc.outputs.compose import document_of
from archdoc.report.masking import masked
from archdoc.rules.clear_text import secrets_in_command, secrets_in_file
from archdoc.rules.literal_secret import secrets_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*")


def without_secrets(text: str) -> dict[str, str]:
    """The lines of a file that have secrets in plain text → the same lines as they may be shown."""
    hidden: defaultdict[int, set[str]] = defaultdict(set)
    for number, secret in (*_in_lines(text), *_in_keys(text), *_in_compose(text)):
        hidden[number].add(secret)
    lines = text.split("\n")
    shown = {lines[number]: masked(lines[number], secrets) for number, secrets in hidden.items()}
    return {line: without for line, without in shown.items() if line != without}


def _in_lines(text: str) -> Iterator[tuple[int, str]]:
    """What a line has by itself: its number from 0, and the secret."""
    for number, clears in secrets_in_file(text):
        yield from ((number - 1, clear.value) for clear in clears)
    for number, line in enumerate(text.split("\n")):
        yield from ((number, clear.value) for clear in secrets_in_command(line.strip()))


def _in_keys(text: str) -> Iterator[tuple[int, str]]:
    for key in _KEY.finditer(text):
        yield from _over(text, *key.span(), key[0])


def _in_compose(text: str) -> Iterator[tuple[int, str]]:
    """What only all of a compose file tells, such as an option's value in the line after it."""
    try:
        document = document_of(text.encode("utf-8", "replace"))
        root = yaml.compose(text, Loader=_LOADER)
    except (ValueError, yaml.YAMLError):
        return
    for path, clear in secrets_of(document):
        node = _node_at(root, path)
        start, end = node.start_mark.index, node.end_mark.index
        yield from _over(text, start, end, clear.value)
        written = text[start:end]
        if isinstance(node, yaml.ScalarNode) and masked(written, [clear.value]) == written:
            yield from _over(text, start, end, written)  # in other letters than it is read


def _over(text: str, start: int, end: int, secret: str) -> Iterator[tuple[int, str]]:
    first = text.count("\n", 0, start)
    yield from ((first + n, secret) for n in range(text.count("\n", start, end) + 1))


def _node_at(node: Any, path: tuple[str | int, ...]) -> Any:
    """The node at a path, or the last one on the way: some keys are merged from elsewhere."""
    for part in path:
        inner = None
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            inner = node.value[part] if part < len(node.value) else None
        if inner is None:
            return node
        node = inner
    return node
