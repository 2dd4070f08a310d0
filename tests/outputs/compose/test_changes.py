"""What changes for whoever runs one environment under Docker Compose, and then another."""

from __future__ import annotations

from archdoc.outputs.compose import ToRun, compose_changes
from archdoc.pipeline import compose_files
from archdoc.source import Loaded

_OLD = {
    "compose.yaml": b"""\
name: shop
services:
  db: {image: postgres, volumes: ["data:/data", "./own:/own"]}
volumes: {data: {}, spare: {}}
""",
    ".env.example": b"# The file.\n\n# Opens it.\n# For example: x\nKEY=\n\n# PORT=1\n",
}
_NEW = {
    "a/compose.yaml": _OLD["compose.yaml"].replace(b"data", b"disk"),
    "a/.env.example": b"# The file.\n\nHOST=\n",
    "b/compose.yaml": b"name: b\nservices: {web: {image: nginx}}\n",
    "b/.env.example": b"# The file.\n\n# Where it is.\n# HOST=b\n\n# More.\n# MORE=1\n",
}


def _said(old: dict[str, bytes], new: dict[str, bytes]) -> list[tuple[str, str, str, str]]:
    found = compose_changes(ToRun.of(old), ToRun.of(new))
    return [(c.kind.value, c.before, c.after, c.sentence) for c in found]


def test_variables_and_volumes_of_all_projects_are_told() -> None:
    assert _said(_OLD, _NEW) == [
        ("variable-added", "", "HOST", "HOST has to be set in .env."),
        ("variable-added", "", "MORE", "MORE may be set in .env: More."),
        ("variable-removed", "KEY", "", "KEY is no longer read from .env."),
        ("variable-removed", "PORT", "", "PORT is no longer read from .env."),
        (
            "volume-left", "shop_data", "",
            "The data in volume data (db) stays with project shop: move what is to be kept.",
        ),
    ]  # fmt: skip


def test_all_is_new_where_nothing_ran_before() -> None:
    assert [said for *_, said in _said({}, _OLD)] == [
        "KEY has to be set in .env: Opens it.",
        "PORT may be set in .env.",
    ]


def test_where_nothing_runs_any_more_only_data_is_left() -> None:
    assert [kind for kind, *_ in _said(_OLD, {})] == ["volume-left", "volume-left"]
    assert _said({}, {}) == []


def test_the_same_project_changes_nothing() -> None:
    assert _said(_OLD, _OLD) == []


def test_moving_to_managed_services_asks_for_where_they_are(reference: Loaded) -> None:
    run = [ToRun.of(compose_files(reference, e)) for e in ("aws-simple", "aws-advanced")]
    found = compose_changes(run[0], run[1])

    assert [change.after for change in found if change.after] == [
        "REDIS_HOST", "REDIS_PORT", "POSTGRES_HOST", "POSTGRES_PORT", "MEDIA_BUCKET"
    ]  # fmt: skip
    assert [change.before.rpartition("_")[2] for change in found if change.before] == [
        "beat-schedule", "media", "postgres-data", "redis-data"
    ]  # fmt: skip
