"""A Docker engine, and images that stand in for those that no registry gives.

An image that is there and was not made here is left alone, and used: it is the real one.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
IMAGES = HERE / "images"
REQUIREMENTS = HERE / "project" / "requirements.txt"

LABEL = "archdoc.stand-in"
"""On every image made here: what it was made from."""

OURS = "archdoc-stand-in"
SUITE = "bookworm"


class Unavailable(Exception):  # noqa: N818 - a reason to skip, no error
    """What is missing, and how to get it."""


def run(
    *command: str | Path,
    timeout: float = 60,
    check: bool = True,
    cwd: Path | None = None,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command within a time limit; what it printed is part of its failure."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
        env=_environment(),
    )
    if check and done.returncode:
        printed = "\n".join([*done.stdout.splitlines()[-60:], *done.stderr.splitlines()[-60:]])
        raise AssertionError(f"{command} exited {done.returncode}\n{printed}")
    return done


def _environment() -> dict[str, str]:
    """No variable of this machine's may fill in one that a compose file asks for."""
    own = ("PATH", "HOME", "http_proxy", "https_proxy", "no_proxy")
    kept = {k: v for k, v in os.environ.items() if k in own or k.startswith(("DOCKER_", "PIP_"))}
    # The engine's older builder: it comes with every Docker, needs no plugin, and asks no registry
    # about an image that is there.
    return {**kept, "DOCKER_BUILDKIT": "0"}


def docker(*arguments: str, timeout: float = 60, check: bool = True) -> str:
    """What a docker command prints, both on standard output and on standard error."""
    done = run("docker", *arguments, timeout=timeout, check=check)
    return (done.stdout + done.stderr).strip()


def find() -> str:
    """The version of the engine that answers."""
    if shutil.which("docker") is None:
        raise Unavailable("Docker is missing: apt-get install docker.io")
    done = run("docker", "version", "--format", "{{.Server.Version}}", check=False)
    if done.returncode:
        raise Unavailable(f"no Docker engine answers: start `dockerd` as root\n{done.stderr}")
    return done.stdout.strip()


def stand_in(images: Sequence[str]) -> None:
    """See to it that images like `postgres:15` are there, and the project's own base."""
    debian = _digest(b"debootstrap unsafe-io", SUITE.encode())
    if _made_from(f"{OURS}/debian") != debian:
        _make_debian(debian)
    for tag in images:
        if _made_from(tag) != "":
            docker("tag", _build(tag.partition(":")[0], debian), tag)
    _build("python", debian)


def stand_down(images: Sequence[str]) -> None:
    """Take their names from images that only stood in; the images stay, for the next run."""
    for tag in images:
        if _made_from(tag):
            docker("rmi", tag)
    docker("image", "prune", "--force", f"--filter=label={LABEL}", timeout=120)


def _build(kind: str, debian: str) -> str:
    folder, image = IMAGES / kind, f"{OURS}/{kind}"
    if not folder.is_dir():
        raise Unavailable(f"nothing stands in for {kind}: describe it in {folder}")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    extra = [REQUIREMENTS] if kind == "python" else []
    made_from = _digest(debian.encode(), *(file.read_bytes() for file in [*files, *extra]))
    if _made_from(image) != made_from:
        with TemporaryDirectory() as temporary:
            context = Path(shutil.copytree(folder, Path(temporary) / kind))
            if kind == "python":
                _fetch_packages(context)
            docker(
                "build", "--network=host", f"--label={LABEL}={made_from}", f"--tag={image}",
                str(context), timeout=300,
            )  # fmt: skip
    return image


def _fetch_packages(context: Path) -> None:
    """The machine's own pip knows how to reach an index; inside of a build, nothing does."""
    shutil.copy(REQUIREMENTS, context)
    system = f"manylinux2014_{platform.machine()}"
    run(
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
        "--python-version=3.11", f"--platform={system}", "--dest", context / "wheels",
        "--requirement", REQUIREMENTS,
        timeout=300,
    )  # fmt: skip


def _make_debian(made_from: str) -> None:
    if shutil.which("debootstrap") is None:
        raise Unavailable("debootstrap is missing: apt-get install debootstrap")
    if os.geteuid() != 0:
        raise Unavailable("debootstrap makes Debian's image, and only root can run it")
    with TemporaryDirectory() as temporary:
        root, archive = Path(temporary) / "root", Path(temporary) / "root.tar"
        run("debootstrap", "--variant=minbase", SUITE, root, *_mirror(), timeout=400)
        # As in Debian's own images: what is lost with the build need not be flushed to the disk.
        (root / "etc/dpkg/dpkg.cfg.d/docker").write_text("force-unsafe-io\n", "utf-8")
        packages = "--exclude=./var/cache/apt/archives/*.deb"
        run("tar", "--create", "--file", archive, packages, "--directory", root, ".")
        docker(
            "import",
            f"--change=LABEL {LABEL}={made_from}",
            str(archive),
            f"{OURS}/debian",
            timeout=120,
        )


def _mirror() -> list[str]:
    """Where this machine itself gets Debian from, if it is a Debian."""
    if shutil.which("apt-get") is None:
        return []
    wanted = ["Created-By: Packages", f"Codename: {SUITE}", "Component: main"]
    done = run("apt-get", "indextargets", "--format", "$(REPO_URI)", *wanted, check=False)
    return done.stdout.split()[:1]


def _made_from(tag: str) -> str | None:
    """What an image was made from here: nothing if it is a real one, None if it is missing."""
    label = f'{{{{index .Config.Labels "{LABEL}"}}}}'
    done = run("docker", "image", "inspect", "--format", label, tag, check=False)
    return None if done.returncode else done.stdout.strip()


def _digest(*parts: bytes) -> str:
    whole = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(whole).hexdigest()[:16]
