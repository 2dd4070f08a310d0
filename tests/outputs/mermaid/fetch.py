"""`make mermaid`: the pinned versions of the real Mermaid, for tests that draw with it."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PINS = Path(__file__).parents[3] / "constraints" / "mermaid.txt"
_SCRIPT = "package/dist/mermaid.min.js"


def pinned() -> dict[str, str]:
    """Each version, as npm names it, and the hash of its package."""
    lines = PINS.read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def script(folder: Path, version: str) -> Path:
    """Where a version's script is kept."""
    return folder / f"{version}.min.js"


def main() -> None:
    """Fetch what is not there yet into the folder that is named."""
    folder = Path(sys.argv[1])
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: apt-get install npm")
    folder.mkdir(parents=True, exist_ok=True)
    for version, integrity in pinned().items():
        if not script(folder, version).exists():
            _fetch(npm, version, integrity, script(folder, version))


def _fetch(npm: str, version: str, integrity: str, destination: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([npm, "pack", "--silent", version, "--pack-destination", place],
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        (package,) = Path(place).iterdir()
        digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != integrity:
            raise SystemExit(f"{version} is not the package that {PINS.name} pins")
        with tarfile.open(package) as archive:
            content = archive.extractfile(_SCRIPT)
            if content is None:
                raise SystemExit(f"{version} has no {_SCRIPT}")
            destination.write_bytes(content.read())


if __name__ == "__main__":
    main()
