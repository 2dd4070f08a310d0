"""From a project to the content of its compose file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from archdoc.model import Element, volume_named_in
from archdoc.outputs.compose.authored import (
    has_healthcheck,
    mapping,
    own_variables,
    target,
)
from archdoc.outputs.compose.defaults import give_defaults
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.networks import derive_networks
from archdoc.outputs.compose.placeholders import Renderer
from archdoc.outputs.compose.project import Project, Variable, container_of

_KEY_ORDER = {
    key: position
    for position, key in enumerate(
        """
        image build container_name depends_on volumes volumes_from configs secrets environment
        env_file ports networks network_mode extra_hosts command entrypoint working_dir restart
        healthcheck logging labels user isolation
        """.split()  # noqa: SIM905 - these words read better without quotes
    )
}
"""The order that `dclint` asks for; other keys follow by their names."""


@dataclass
class Content:
    """A compose file, and the files beside it."""

    name: str
    services: dict[str, dict[str, Any]] = field(default_factory=dict)
    networks: dict[str, dict[str, Any]] = field(default_factory=dict)
    volumes: dict[str, dict[str, Any]] = field(default_factory=dict)
    secrets: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def content_of(project: Project, name: str, read_file: Callable[[str], str]) -> Content:
    """Everything that a project consists of. Raises ComposeError."""
    content = Content(name)
    for service, element in project.services.items():
        content.services[service] = _service(project, service, element, content, read_file)
    _connect(project, content)
    return content


def _service(
    project: Project,
    name: str,
    element: Element,
    content: Content,
    read_file: Callable[[str], str],
) -> dict[str, Any]:
    container = container_of(element)
    path = (*element.path, "service")
    service: dict[str, Any] = Renderer(project, name).render_all(dict(container.service), path)
    if "image" in service:
        service["image"] = container.image(str(service["image"]))
    elif "build" not in service:
        raise ComposeError(
            path, f"`{element.id}` has neither `image` nor `build`", "say what it is started from"
        )
    replicas = project.placement.replicas(project.node_id, element.id)
    if replicas > 1:
        service.pop("container_name", None)  # a name fits one container only
        service["deploy"] = {"replicas": replicas, **(service.get("deploy") or {})}
    mounted = [f"{project.volumes[c]}:{m}" for c, m in project.mounts(element.id).items()]
    mounted += _files(project, name, element, content, read_file)
    taken = {target(volume) for volume in service.get("volumes", ())}
    mounted = [volume for volume in mounted if target(volume) not in taken]
    if mounted:
        service["volumes"] = [*service.get("volumes", ()), *mounted]
    give_defaults(service)
    _declare(project, service, content, path)
    for variable in own_variables(name, container.service):
        project.use(variable)
    return service


def _files(
    project: Project,
    name: str,
    element: Element,
    content: Content,
    read_file: Callable[[str], str],
) -> list[Any]:
    """Render what the container mounts, and mount it: read-only, and never made up by Docker."""
    volumes: list[Any] = []
    for number, file in enumerate(container_of(element).files):
        path = (*element.path, "files", number, "template")
        try:
            text = read_file(file.template)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            message = f"template `{file.template}` cannot be read: {reason}"
            help_ = "name a text file, relative to the model's folder"
            raise ComposeError(path, message, help_) from error
        inside = PurePosixPath(file.target)
        if ".." in inside.parts or not inside.name:
            message = f"`{file.target}` is not a plain path of a file"
            raise ComposeError((*path[:-1], "to"), message, "write it without `..`")
        out = f"{name}/{inside.name}"
        if out in content.files:
            out = f"{name}{inside}"
        content.files[out] = Renderer(project, name, file.template).render(text, path).encode()
        volumes.append(
            {
                "type": "bind",
                "source": f"./{out}",
                "target": file.target,
                "read_only": True,
                "bind": {"create_host_path": False},
            }
        )
    return volumes


def _declare(project: Project, service: dict[str, Any], content: Content, path: Any) -> None:
    """Volumes and secrets that a service names must stand at the top level too."""
    declared = project.placement.model.volumes
    for volume in filter(None, map(volume_named_in, service.get("volumes", ()))):
        content.volumes.setdefault(volume, declared[volume].options if volume in declared else {})
    for secret in service.get("secrets", ()):
        name = secret if isinstance(secret, str) else secret.get("source", "")
        known = project.placement.model.secrets
        if name not in known or not known[name].file:
            files = ", ".join(n for n, s in known.items() if s.file) or "none"
            message = f"no secret `{name}` is a file"
            raise ComposeError((*path, "secrets"), message, f"secrets that are files: {files}")
        variable = Variable(
            f"{name.upper().replace('-', '_')}_FILE",
            known[name].description,
            default=known[name].file,
        )
        content.secrets.setdefault(name, {"file": project.use(variable)})


def _connect(project: Project, content: Content) -> None:
    """Start order and networks, from the relationships."""
    for link in project.inner_links:
        opener, listener = (project.name_of[end.id] for end in (link.opener, link.listener))
        healthy = has_healthcheck(content.services[listener])
        depends = mapping(
            content.services[opener].get("depends_on"), {"condition": "service_started"}
        )
        condition = "service_healthy" if healthy else "service_started"
        depends.setdefault(listener, {"condition": condition})
        content.services[opener]["depends_on"] = depends
    _refuse_unknown_dependencies(project, content)
    content.networks |= derive_networks(project, content.services)
    for name, service in content.services.items():
        content.services[name] = _in_order(service)


def _in_order(service: dict[str, Any]) -> dict[str, Any]:
    last = len(_KEY_ORDER)
    return dict(sorted(service.items(), key=lambda item: (_KEY_ORDER.get(item[0], last), item[0])))


def _refuse_unknown_dependencies(project: Project, content: Content) -> None:
    """What an author wrote under `depends_on` must be services of the same project."""
    for name, service in content.services.items():
        for other in service.get("depends_on", ()):
            if other not in content.services:
                raise ComposeError(
                    (*project.services[name].path, "service", "depends_on"),
                    f"`{name}` depends on `{other}`, which is no service of this project",
                    f"services here: {', '.join(content.services)}",
                )
