"""The pages as a project of their own, for any engine that reads an `mkdocs.yml`.

The project's configuration is changed as YAML, not as values: what it says to its engine in tags
(`!ENV`, `!!python/name:…`) stays as it is written.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from archdoc.site.engine import SiteError
from archdoc.site.navigation import merged
from archdoc.site.settings import (
    DEFAULTS,
    EXTENSIONS,
    FIRST_SCRIPTS,
    PLUGIN,
    SCRIPTS,
    SEARCH,
    STYLES,
    search_settings,
)
from archdoc.site.stage import Staged

_MAP, _SEQUENCE, _TEXT = (f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str"))
_OF_FILES = (("hooks",), ("theme", "custom_dir"))
"""Settings that name files, from where the configuration is."""


def exported(staged: Staged, folder: Path) -> dict[str, bytes]:
    """`mkdocs.yml` and `docs/…` for `folder`. Raises SiteError for a configuration that is none."""
    settings = _Settings(_root(staged, folder))
    own = [_plain(node) for node in settings.items("nav")] or ["index.md"]
    settings.put("nav", _sequence(map(_node, merged(own, staged.navigation))))
    settings.extend("extra_css", STYLES)
    settings.extend("extra_javascript", SCRIPTS)
    settings.extend("markdown_extensions", EXTENSIONS)
    extra = settings.inside("extra")
    extra.extend("polyfills", FIRST_SCRIPTS)
    settings.put("plugins", _plugins(settings))
    for name, value in (("docs_dir", "docs"), ("site_dir", "site"), ("use_directory_urls", False)):
        settings.put(name, _node(value))
    text = yaml.serialize(settings.root, Dumper=yaml.SafeDumper, allow_unicode=True, width=100)
    return {"mkdocs.yml": text.encode()} | {f"docs/{p}": c for p, c in staged.files.items()}


class _Settings:
    """A mapping of a configuration."""

    def __init__(self, root: yaml.MappingNode) -> None:
        self.root = root

    def get(self, name: str) -> yaml.Node | None:
        """What is said under a name; None for nothing."""
        found = (value for key, value in self.root.value if key.value == name)
        value = next(found, None)
        return None if value is None or value.tag == "tag:yaml.org,2002:null" else value

    def put(self, name: str, value: yaml.Node) -> None:
        """Say something else under a name."""
        others = [(k, v) for k, v in self.root.value if k.value != name]
        self.root.value = [*others, (_node(name), value)]

    def items(self, name: str) -> list[yaml.Node]:
        """A list's; none of what is no list."""
        value = self.get(name)
        return list(value.value) if isinstance(value, yaml.SequenceNode) else []

    def inside(self, name: str) -> _Settings:
        """The mapping under a name, which may be a new one."""
        value = self.get(name)
        if not isinstance(value, yaml.MappingNode):
            value = yaml.MappingNode(_MAP, [])
            self.put(name, value)
        return _Settings(value)

    def extend(self, name: str, wanted: Sequence[str]) -> None:
        """Add to a list, or to a mapping that stands for one, what is not in it."""
        value = self.get(name)
        if isinstance(value, yaml.MappingNode):
            there = {key.value for key, _ in value.value}
            value.value += [(_node(one), _node({})) for one in wanted if one not in there]
            return
        items = self.items(name)
        there = {_named(item) for item in items}
        more = [_node(one) for one in wanted if one not in there]
        self.put(name, _sequence([*items, *more]))


def _plain(node: yaml.Node) -> Any:
    """What a navigation's node says."""
    match node:
        case yaml.MappingNode():
            return {key.value: _plain(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_plain(value) for value in node.value]
    return node.value


def _plugins(settings: _Settings) -> yaml.Node:
    """The project's plugins without archdoc's own, its search set up for names and ids."""
    said = settings.get("plugins")
    if isinstance(said, yaml.MappingNode):
        entries: list[yaml.Node] = [_mapping([pair]) for pair in said.value]
    else:
        entries = [_node("search")] if said is None else settings.items("plugins")
    is_material = _theme(settings) == "material"
    return _sequence(
        _search(entry, is_material=is_material) if _named(entry) in SEARCH else entry
        for entry in entries
        if _named(entry) != PLUGIN
    )


def _search(entry: yaml.Node, *, is_material: bool) -> yaml.Node:
    name, said = _named(entry), yaml.MappingNode(_MAP, [])
    if isinstance(entry, yaml.MappingNode) and isinstance(entry.value[0][1], yaml.MappingNode):
        said = entry.value[0][1]
    search = _Settings(said)
    for key, value in search_settings(is_material=is_material).items():
        if search.get(key) is None:
            search.put(key, _node(value))
    return _mapping([(_node(name), said)])


def _theme(settings: _Settings) -> str:
    theme = settings.get("theme")
    name = _Settings(theme).get("name") if isinstance(theme, yaml.MappingNode) else theme
    return str(name.value) if isinstance(name, yaml.ScalarNode) else "mkdocs"


def _root(staged: Staged, folder: Path) -> yaml.MappingNode:
    if staged.config is None:
        return _node_of_mapping({"site_name": html.escape(staged.name), **DEFAULTS})
    root = _read(staged.config)
    for path in _OF_FILES:
        _move(root, path, staged.config.parent.resolve(), folder.resolve())
    return root


def _read(file: Path) -> yaml.MappingNode:
    """A configuration, with the one that it inherits from. Raises SiteError."""
    try:
        root = yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SiteError(f"{file} cannot be read: {reason}", "mend it") from error
    if root is None:
        return yaml.MappingNode(_MAP, [])
    if not isinstance(root, yaml.MappingNode):
        raise SiteError(f"{file} is no mapping of settings", "begin it with `site_name: …`")
    settings = _Settings(root)
    parent = settings.get("INHERIT")
    if parent is None:
        return root
    root.value = [(key, value) for key, value in root.value if key.value != "INHERIT"]
    return _merged(_read(file.parent / str(parent.value)), root)


def _merged(base: yaml.MappingNode, own: yaml.MappingNode) -> yaml.MappingNode:
    """As mkdocs does it: mappings are merged, anything else is replaced."""
    result = _Settings(base)
    for key, value in own.value:
        before = result.get(key.value)
        if isinstance(before, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            _merged(before, value)
        else:
            result.put(key.value, value)
    return base


def _move(root: yaml.Node | None, path: Sequence[str], old: Path, new: Path) -> None:
    """Say paths that are meant from `old` as they are from `new`."""
    if path and isinstance(root, yaml.MappingNode):
        _move(_Settings(root).get(path[0]), path[1:], old, new)
    elif isinstance(root, yaml.SequenceNode):
        for item in root.value:
            _move(item, path, old, new)
    elif isinstance(root, yaml.ScalarNode) and not Path(root.value).is_absolute():
        root.value = Path(os.path.relpath(old / root.value, new)).as_posix()


def _named(item: yaml.Node) -> str:
    """What a list's item is called: `search`, or `search: {…}`."""
    value = item.value[0][0] if isinstance(item, yaml.MappingNode) and item.value else item
    return str(value.value)


def _node(value: Any) -> yaml.Node:
    return yaml.SafeDumper(StringIO()).represent_data(value)


def _node_of_mapping(value: dict[str, Any]) -> yaml.MappingNode:
    node = _node(value)
    assert isinstance(node, yaml.MappingNode)  # noqa: S101
    return node


def _sequence(items: Iterable[yaml.Node]) -> yaml.SequenceNode:
    return yaml.SequenceNode(_SEQUENCE, list(items))


def _mapping(items: Iterable[tuple[yaml.Node, yaml.Node]]) -> yaml.MappingNode:
    return yaml.MappingNode(_MAP, list(items))
