"""Whether a folder is one that a build wrote, whoever has been at it since."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from archdoc.pipeline.kept.expected import Expected
from archdoc.pipeline.ours import is_manifest, is_model_json
from archdoc.pipeline.pictures import Source
from archdoc.pipeline.tree import MANIFEST, MODEL_JSON
from archdoc.site import LIST


def is_output_folder(expected: Expected, folder: Path) -> bool:
    """Whether everything in a folder is archdoc's: its manifest says so, or all else together.

    A `diagrams` or a `site` may be anybody's, and so may a `manifest.json` or a `model.json`.
    """
    if is_manifest(folder / MANIFEST):
        return True
    if not is_model_json(folder / MODEL_JSON):
        return False
    wanted = Counter(path.partition("/")[0] for path in expected.paths)
    there = Counter(path.partition("/")[0] for path in expected.paths if (folder / path).is_file())
    # Half: whoever lost the manifest may have lost more, and the model may have changed since.
    return all(2 * there[part] >= number for part, number in wanted.items())


def called_at_home(expected: Expected, path: Path) -> Source | None:
    """What a file has to show by its name; None outside of folders in which archdoc gives names.

    Those are an output folder and a site, each of which links to its pictures by their names.
    """
    for root in path.absolute().parents:
        name = path.absolute().relative_to(root).as_posix()
        found = [
            expected.vectors.get(name),
            expected.pixels.get(name),
            expected.source_of.get(name),
        ]
        source = next(filter(None, found), None)
        if source and (is_manifest(root / MANIFEST) or _is_site(root)):
            return source
    return None


def site_around(path: Path) -> Path | None:
    """The root of the site, built or copied, in which a file is; None for one that is in none.

    Of one that another engine builds, the folder of its pages, which are Markdown.
    """
    return next((root for root in path.parents if _is_site(root)), None)


def _is_site(folder: Path) -> bool:
    starts = (folder / "index.html", folder / "index.md", folder / LIST)
    return any(start.is_file() for start in starts) and (folder / "elements").is_dir()
