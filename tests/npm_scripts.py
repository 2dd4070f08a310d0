"""`make npm`: the pinned scripts that tests run in a browser, such as the real Mermaid."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

PINS = Path(__file__).parents[1] / "constraints" / "scripts.txt"


class Pin(NamedTuple):
    """One version of a package, and which of its files is wanted."""

    version: str
    """As npm names it: `mermaid@12.3.0`."""
    integrity: str
    file: str


def pinned(package: str = "") -> list[Pin]:
    """What is pinned, of one package or of all."""
    lines = PINS.read_text("utf-8").splitlines()
    pins = [Pin(*line.split()) for line in lines if line and not line.startswith("#")]
    return [pin for pin in pins if pin.version.startswith(f"{package}@" if package else "")]


def folder() -> Path:
    """Where scripts are kept, unless ARCHDOC_SCRIPTS names another place."""
    return Path(os.environ.get("ARCHDOC_SCRIPTS", Path(sys.prefix) / "scripts"))


def script(pin: Pin) -> Path:
    """Where its script is kept."""
    return folder() / f"{pin.version}.js"


def main() -> None:
    """Fetch what is not there yet."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: apt-get install npm")
    folder().mkdir(parents=True, exist_ok=True)
    for pin in pinned():
        if not script(pin).exists():
            _fetch(npm, pin)


def _fetch(npm: str, pin: Pin) -> None:
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([npm, "pack", "--silent", pin.version, "--pack-destination", place],
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        (package,) = Path(place).iterdir()
        digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != pin.integrity:
            raise SystemExit(f"{pin.version} is not the package that {PINS.name} pins")
        with tarfile.open(package) as archive:
            content = archive.extractfile(f"package/{pin.file}")
            if content is None:
                raise SystemExit(f"{pin.version} has no {pin.file}")
            script(pin).write_bytes(content.read())


if __name__ == "__main__":
    main()
