"""Write a compose project: compose.yaml, .env.example, and the files that it mounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archdoc.model import Model, Placement, project_name, up_command
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.needs import needs_beside
from archdoc.outputs.compose.project import Project
from archdoc.outputs.compose.services import content_of
from archdoc.outputs.compose.text import dotenv_value
from archdoc.outputs.templates import environment as templates
from archdoc.outputs.yaml_text import to_yaml


def emit(
    model: Model, environment: str, read_file: Callable[[str], str]
) -> dict[str, dict[str, bytes]]:
    """The compose projects of an environment: node id → {path: content}; empty if it has none.

    `read_file` gives the text of a template of the model, by its path. Raises ComposeError for
    what cannot be derived; nothing is written here.
    """
    placement = Placement(model, environment)
    nodes = placement.compose_projects
    found = {}
    for node in nodes:
        project, one_of_several = Project(placement, node), node if len(nodes) > 1 else ""
        name = project_name(placement, node)
        found[node] = _emit_project(project, name, read_file, one_of_several)
    return found


def _emit_project(
    project: Project, name: str, read_file: Callable[[str], str], node: str
) -> dict[str, bytes]:
    """`node` is said in the header where it is one of several."""
    content = content_of(project, name, read_file)
    if not content.services:
        raise ComposeError(
            project.placement.nodes[project.node_id].path,
            f"`{project.node_id}` runs no containers",
            "say which under `runs:`, or leave the node out",
        )
    # `media:` alone is how people write a volume or network with nothing to say about it.
    sections: dict[str, Any] = {
        key: {name: entry or None for name, entry in value.items()}
        for key in ("networks", "volumes", "secrets")
        if (value := getattr(content, key))
    }
    jinja = templates("compose")
    compose = jinja.get_template("compose.yaml.j2").render(
        environment=project.placement.environment_id,
        node=node,
        up=up_command(),
        name=to_yaml({"name": content.name}),
        needs=needs_beside(content.services, content.files),
        services=[to_yaml({name: service}) for name, service in content.services.items()],
        sections=[to_yaml({key: value}) for key, value in sections.items()],
    )
    dotenv = jinja.get_template("env.example.j2").render(
        environment=project.placement.environment_id,
        variables=project.variables.values(),
        value=dotenv_value,
    )
    return {"compose.yaml": compose.encode(), ".env.example": dotenv.encode(), **content.files}
