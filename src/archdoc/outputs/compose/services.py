"""From a project to the content of its compose file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from archdoc.model import (
    FINISHED,
    Element,
    are_parted,
    file_variable_named,
    grants_in,
    mistakes_in,
    mounted_at,
    volume_named_in,
)
from archdoc.outputs.compose.authored import (
    has_healthcheck,
    leave_out_nothing,
    mapping,
    spell_modes,
)
from archdoc.outputs.compose.defaults import give_defaults
from archdoc.outputs.compose.errors import ComposeError
from archdoc.outputs.compose.mounts import label_files, mount_of
from archdoc.outputs.compose.networks import derive_networks
from archdoc.outputs.compose.one_letter import spell_out
from archdoc.outputs.compose.placeholders import Renderer
from archdoc.outputs.compose.project import Project, Variable, container_of
from archdoc.outputs.compose.variables import own_variables

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
    for variable in own_variables(_parts(content), project.placement.model):
        project.use_too(variable)
    return content


def _parts(content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All that a compose file consists of: (what it is, its name, what is said of it)."""
    for kind, parts in (
        ("service", content.services),
        ("network", content.networks),
        ("volume", content.volumes),
    ):
        yield from ((kind, name, said) for name, said in parts.items())


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
    if service != container.service:
        for mistake in mistakes_in(service):  # of what was filled in: the rest is right
            raise ComposeError((*path, *mistake.at), mistake.said, mistake.help)
    spell_modes(service)
    leave_out_nothing(service)
    if not {"image", "build", "extends"} & service.keys():
        raise ComposeError(
            path, f"`{element.id}` has neither `image` nor `build`", "say what it is started from"
        )
    replicas = project.placement.replicas(project.node_id, element.id)
    if replicas > 1:
        service.pop("container_name", None)  # a name fits one container only
        service["deploy"] = {"replicas": replicas, **(service.get("deploy") or {})}
    mounted = [f"{project.volumes[c]}:{m}" for c, m in project.mounts(element.id).items()]
    made = _files(project, name, element, content, read_file)
    mounted += made.values()
    label_files(service, [content.files[path] for path in made])
    taken = {mounted_at(volume) for volume in service.get("volumes", ())}
    mounted = [volume for volume in mounted if mounted_at(volume) not in taken]
    if volumes := [*service.get("volumes", ()), *mounted]:
        known = {*project.placement.model.volumes, *project.volumes.values()}
        service["volumes"] = [spell_out(volume, known) for volume in volumes]
    give_defaults(service, finishes=name in project.jobs)
    _declare(project, service, content)
    return service


def _files(
    project: Project,
    name: str,
    element: Element,
    content: Content,
    read_file: Callable[[str], str],
) -> dict[str, Any]:
    """Render what the container mounts, and mount it: path → volume.

    It is read-only, and never made up by Docker.
    """
    volumes: dict[str, Any] = {}
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
        while out in content.files:
            out = f"{name}/{number}-{PurePosixPath(out).name}"
        content.files[out] = Renderer(project, name, file.template).render(text, path).encode()
        volumes[out] = mount_of(out, file.target)
    return volumes


def _declare(project: Project, service: dict[str, Any], content: Content) -> None:
    """Volumes and secrets that a service names must stand at the top level too."""
    declared = project.placement.model.volumes
    for volume in filter(None, map(volume_named_in, service.get("volumes", ()))):
        content.volumes.setdefault(volume, declared[volume].options if volume in declared else {})
    files = {name: s for name, s in project.placement.model.secrets.items() if s.file}
    granted = dict.fromkeys(ref.name for ref in grants_in(service, "secrets"))
    for secret, known in ((name, files[name]) for name in granted if name in files):
        variable = Variable(file_variable_named(secret), known.description, default=known.file)
        content.secrets.setdefault(secret, {"file": project.use(variable)})


def _connect(project: Project, content: Content) -> None:
    """Start order and networks, from the relationships."""
    for link in project.inner_links:
        opener, listener = (project.name_of[end.id] for end in (link.opener, link.listener))
        depends = mapping(
            content.services[opener].get("depends_on"), {"condition": "service_started"}
        )
        wait: dict[str, Any] = {"condition": _readiness(project, content, listener)}
        if are_parted(content.services[opener], content.services[listener]):
            wait["required"] = False  # a profile that is not chosen must not keep others away
        depends.setdefault(listener, wait)
        content.services[opener]["depends_on"] = depends
    content.networks |= derive_networks(project, content.services)
    for name, service in content.services.items():
        content.services[name] = _in_order(service)


def _readiness(project: Project, content: Content, name: str) -> str:
    """When somebody who connects to a service may start. A job is healthy for a moment at most."""
    if name in project.jobs:
        return FINISHED
    return "service_healthy" if has_healthcheck(content.services[name]) else "service_started"


def _in_order(service: dict[str, Any]) -> dict[str, Any]:
    last = len(_KEY_ORDER)
    return dict(sorted(service.items(), key=lambda item: (_KEY_ORDER.get(item[0], last), item[0])))
