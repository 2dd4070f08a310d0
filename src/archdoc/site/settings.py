"""What archdoc's pages need of a site's configuration, and the one of a project that has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

STYLES = ("assets/archdoc.css",)
SCRIPTS = ("assets/archdoc.js",)
FIRST_SCRIPTS = ("assets/from-disk.js",)
"""Run before the theme's: it finds there what browsers do not have on pages from disk."""
EXTENSIONS = ("admonition", "attr_list", "md_in_html", "tables", "toc")
"""What generated pages are written with, of Python-Markdown's own extensions."""
SEARCH = ("search", "material/search")
"""What the search plugin may be called."""
PLUGIN = "archdoc"
"""The name of archdoc's own plugin, for those who call mkdocs themselves."""

# Words end at what stands between the parts of ids, names and addresses, so that each part is
# found. A dot in a number is part of it: 1.21.3 is one word, app.3d are two. (Older browsers refuse
# a separator that looks behind.)
SEPARATOR = r"""[\s\u200b、。\uff0c\uff0e\-_,:;!?=|@/\\(){}\[\]<>"'`→↔]+|\.(?!\d+(?![\dA-Za-z_]))"""

HEADING = 20.0
"""So much a word counts in a heading, beside one in a text. mkdocs-material's 1000 would put every
page with `aws` in a heading before the one that has all words of `aws-multi-az.nat-a`."""

# No font or script comes from another host, and links work from disk.
DEFAULTS: dict[str, Any] = {
    "theme": {
        "name": "material",
        "font": False,
        "palette": [
            {
                "media": f"(prefers-color-scheme: {name})",
                "scheme": scheme,
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": icon, "name": f"Switch to the {other} scheme"},
            }
            for name, scheme, icon, other in (
                ("light", "default", "material/weather-night", "dark"),
                ("dark", "slate", "material/weather-sunny", "light"),
            )
        ],
        "features": [
            "navigation.sections",
            "navigation.prune",
            "navigation.top",
            "content.code.copy",
        ],
    },
    "markdown_extensions": [*EXTENSIONS, "pymdownx.superfences"],
    "plugins": ["search"],
}


def search_settings(*, is_material: bool) -> dict[str, Any]:
    """What the search plugin is told; mkdocs-material's knows more than mkdocs's own."""
    fields = {"fields": {"title": {"boost": HEADING}}} if is_material else {}
    return {"separator": SEPARATOR, **fields}


def adapt(config: Any) -> None:
    """Add to mkdocs's configuration, loaded and checked, what archdoc's pages need.

    What the project says itself stays; lists grow.
    """
    there = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    config.markdown_extensions += [name for name in EXTENSIONS if name not in there]
    config.extra_css += _missing(STYLES, config.extra_css)
    config.extra_javascript += _missing(SCRIPTS, config.extra_javascript)
    first = config.extra.get("polyfills") or []
    config.extra["polyfills"] = [*first, *_missing(FIRST_SCRIPTS, first)]
    for name in SEARCH:
        search = getattr(config.plugins.get(name), "config", None)
        if search is not None:
            is_said = {setting for said in search.user_configs for setting in said}
            wanted = search_settings(is_material="fields" in search)
            search.update({name: value for name, value in wanted.items() if name not in is_said})


def without_plugin(plugins: Any) -> Any:
    """A list or a mapping of mkdocs's, without archdoc's own plugin: its work is done already."""
    if isinstance(plugins, dict):
        return {name: said for name, said in plugins.items() if name != PLUGIN}
    return [one for one in plugins if one != PLUGIN and PLUGIN not in _names(one)]


def _names(entry: object) -> Iterable[object]:
    return entry if isinstance(entry, dict) else ()


def _missing(wanted: Sequence[str], there: Iterable[object]) -> list[str]:
    known = {str(one) for one in there}
    return [one for one in wanted if one not in known]
