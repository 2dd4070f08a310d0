"""One compose project: the Django project and the emitted files, run by the real Compose."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from archdoc.outputs.compose import emit
from archdoc.source import Loaded
from e2e.engine import HERE, docker, run

NAME = "archdoc-e2e"
"""Not the emitted name: a developer's own project may run under that, with data in it."""

DOMAIN = "app.example.org"
UP_TIMEOUT = 180


@dataclass(frozen=True)
class Answer:
    """What came back from a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, understood."""
        with suppress(ValueError):
            return json.loads(self.body)
        raise AssertionError(f"no JSON: {self.status} {self.body[:500]!r}")

    @property
    def is_clean(self) -> bool:
        """Whether a user may see it: an answer or a plain error, nothing of the inside."""
        return self.status < 600 and b"Traceback" not in self.body and b"Exception" not in self.body


@dataclass(frozen=True)
class Project:
    """A folder with a compose file, and who runs it."""

    compose_binary: str
    folder: Path

    def compose(
        self, *arguments: str, timeout: float = 60, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run Docker Compose on the emitted file."""
        command = (self.compose_binary, "--project-name", NAME, "--file", "compose.yaml")
        return run(*command, *arguments, timeout=timeout, check=check, cwd=self.folder)

    def up(self, *arguments: str) -> None:
        """Bring everything up; where that fails, say what the containers said."""
        done = self.try_up(*arguments)
        if done.returncode:
            raise AssertionError(f"{done.stderr}\n{self.state()}\n{self.logs()}")

    def try_up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Try to bring everything up, as `compose.yaml` says in its second line."""
        limit = ("--wait-timeout", str(UP_TIMEOUT))
        return self.compose(
            "up", "--detach", "--wait", *limit, *arguments, timeout=UP_TIMEOUT + 120, check=False
        )

    def down(self, *arguments: str) -> None:
        """Take everything away but the data."""
        self.compose("down", "--timeout", "5", "--remove-orphans", *arguments, timeout=120)

    def remove(self) -> None:
        """Take everything away, data and images too."""
        self.down("--volumes", "--rmi", "local")

    def logs(self, *services: str, since: str = "") -> str:
        """What containers said."""
        limits = [f"--since={since}"] if since else ["--tail=60"]
        return self.compose("logs", "--no-color", *limits, *services).stdout

    def state(self) -> str:
        """Which containers there are, and how they are."""
        return self.compose("ps", "--all").stdout

    def containers(self, service: str) -> list[str]:
        """The ids of a service's containers, stopped ones too."""
        return self.compose("ps", "--all", "--quiet", service).stdout.split()

    def inspect(self, service: str, template: str) -> str:
        """Something that the engine knows of a service's only container."""
        (container,) = self.containers(service)
        return docker("inspect", "--format", template, container)

    def inside(self, service: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a container."""
        return self.compose("exec", "--no-TTY", service, *command, timeout=30, check=False)

    def children(self, service: str, parent: int) -> list[int]:
        """The processes that a container's process has started; its init is number 1."""
        find = f"grep -ls '^PPid:[[:space:]]*{parent}$' /proc/[0-9]*/status"
        found = self.inside(service, "sh", "-c", find).stdout.split()
        return sorted(int(path.split("/")[2]) for path in found)

    def crash(self, service: str) -> None:
        """Kill a container's main process from within, as the kernel does when memory is short.

        `docker kill` is no crash: the engine takes it as the wish that the container stay down.
        """
        (main,) = self.children(service, 1)
        owner = self.inside(service, "stat", "--format=%u", f"/proc/{main}").stdout.strip()
        kill = ("sh", "-c", f"kill -9 {main}")
        done = self.compose("exec", "--no-TTY", f"--user={owner}", service, *kill, check=False)
        # The container may be gone, and the shell with it, before the shell has said so.
        assert done.returncode in {0, 137}, done.stderr

    @property
    def services(self) -> dict[str, Any]:
        """What the emitted file says of each service."""
        content = (self.folder / "compose.yaml").read_text("utf-8")
        services: dict[str, Any] = yaml.safe_load(content)["services"]
        return services

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask over HTTPS, as a browser that trusts the certificate and knows the name."""
        trust = ssl.create_default_context(cafile=self.folder / "tls" / "certificate.pem")
        connection = http.client.HTTPSConnection(DOMAIN, timeout=40)
        with closing(connection):
            plain = socket.create_connection(("127.0.0.1", 443), timeout=40)
            connection.sock = trust.wrap_socket(plain, server_hostname=DOMAIN)
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())

    def is_healthy(self) -> bool:
        """Whether all that a request needs answers."""
        with suppress(OSError):
            return self.get("/health").status == 204
        return False

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.request("GET", path)

    def post(self, path: str, **fields: str | bytes) -> Answer:
        """Send a form, with the token that the page gave."""
        home = self.get("/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', home.body.decode())
        if found is None:
            return home
        cookie = home.headers["Set-Cookie"].partition(";")[0]
        boundary = uuid.uuid4().hex
        body = _form({"csrfmiddlewaretoken": found[1], **fields}, boundary)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Cookie": cookie,
            "Origin": f"https://{DOMAIN}",
        }
        return self.request("POST", path, body, **headers)


def _form(fields: dict[str, str | bytes], boundary: str) -> bytes:
    parts = []
    for name, value in fields.items():
        file = '; filename="a.txt"\r\nContent-Type: text/plain' if isinstance(value, bytes) else ""
        content = value if isinstance(value, bytes) else value.encode()
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])


def lay_out(model: Loaded, environment: str, folder: Path, compose_binary: str) -> Project:
    """The Django project, with what archdoc emits beside its Dockerfile, and a filled-in .env."""
    shutil.copytree(HERE / "project", folder)
    (files,) = emit(model.model, environment, model.read_file).values()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    example = files[".env.example"].decode()
    filled = re.sub(r"(?m)^(\w+)=$", r"\1=correct0horse1battery", example)
    filled = re.sub(r"(?m)^DOMAIN=.*", f"DOMAIN={DOMAIN}", filled)
    (folder / ".env").write_text(filled, "utf-8")
    return Project(compose_binary, folder)


def certify(project: Project) -> None:
    """Make the certificate with the openssl of the image that serves it."""
    folder = project.folder / "tls"
    folder.mkdir(exist_ok=True)
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout - "
        f"-subj /CN={DOMAIN} -addext subjectAltName=DNS:{DOMAIN}"
    )
    image = project.services["nginx"]["image"]
    made = run("docker", "run", "--rm", "--network=none", image, *command.split()).stdout
    key, begin, certificate = made.partition("-----BEGIN CERTIFICATE-----")
    (folder / "certificate.pem").write_text(begin + certificate, "utf-8")
    (folder / "key.pem").write_text(key, "utf-8")
    # Nginx's root has no power over others' files.
    (folder / "key.pem").chmod(0o600 if os.geteuid() == 0 else 0o644)


def eventually(holds: Callable[[], bool], what: str, project: Project, timeout: float = 60) -> None:
    """Wait until something holds; where it does not, say what the containers said."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {timeout} s\n{project.state()}\n{project.logs()}")
