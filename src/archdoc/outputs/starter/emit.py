"""Write the files of a new project."""

from __future__ import annotations

import hashlib

from archdoc.model import slug
from archdoc.outputs.templates import environment
from archdoc.outputs.yaml_text import to_yaml
from archdoc.source import schema_text

_TEMPLATES = ("model/app.yaml", "model/environments.yaml", "mkdocs.yml")


def emit(name: str) -> dict[str, bytes]:
    """The files of a project called `name`, by path."""
    jinja = environment("init")
    values = {
        "name": to_yaml({"name": name}),
        "site_name": to_yaml({"site_name": name}),
        "system": "app" if slug(name) else _letterless_id(name),
        "comment": " ".join(name.split()),
    }
    files = {path: jinja.get_template(f"{path}.j2").render(values) for path in _TEMPLATES}
    files["archdoc.schema.json"] = schema_text()
    return {path: text.encode() for path, text in files.items()}


def _letterless_id(name: str) -> str:
    """An id for a name in letters that no id can have: other names have other ones.

    Where Docker Compose cannot be told the model's name, its projects are called after this.
    """
    return f"m-{hashlib.sha256(name.encode()).hexdigest()[:4]}"
