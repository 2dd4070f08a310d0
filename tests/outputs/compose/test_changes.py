"""What changes for whoever runs one environment under Docker Compose, and then another."""

from __future__ import annotations

from archdoc.outputs.compose import ToRun, compose_changes
from archdoc.pipeline import compose_files
from archdoc.source import Loaded

_OLD = {
    "compose.yaml": b"""\
name: shop
services:
  db:
    image: "postgres:${PORT:-1}"
    command: ["${KEY:?}", "${GONE}"]
    volumes: ["data:/data", "./own:/own", {type: volume, source: kept, target: /k}]
volumes: {data: {}, spare: {}, kept: {name: shop_kept}, others: {external: true}}
""",
    ".env.example": b"# The file.\n\n# Opens it.\n# For example: x\nKEY=\n\n# PORT=1\n\nGONE=\n",
}
_NEW = {
    "a/compose.yaml": _OLD["compose.yaml"]
    .replace(b"data", b"disk")
    .replace(b"${PORT:-1}", b"${PORT:-2}")
    .replace(b"${GONE}", b"${HOST:-a}")
    .replace(b"${KEY:?}", b"${KEY}"),
    "a/.env.example": b"# The file.\n\nKEY=\n\n# PORT=2\n\n# HOST=a\n",
    "b/compose.yaml": b"name: b\nservices: {web: {image: '${HOST?}', command: '${MORE-}'}}\n",
    "b/.env.example": (
        b"# The file.\n\n# Where it is.\nHOST=\n\n"
        b"# More. It may be left out: this is its\n# default.\n# MORE=\n"
    ),
}


def _said(old: dict[str, bytes], new: dict[str, bytes]) -> list[tuple[str, str, str, str]]:
    found = compose_changes(ToRun.of(old), ToRun.of(new))
    return [(c.kind.value, c.before, c.after, c.sentence) for c in found]


def test_projects_variables_and_volumes_of_all_are_told() -> None:
    assert _said(_OLD, _NEW) == [
        (
            "projects-change", "shop", "shop, b",
            "There are 2 projects (shop, b): each has an .env of its own.",
        ),
        ("variable-changes", "KEY", "KEY", "KEY no longer has to be set in .env."),
        (
            "variable-changes", "PORT=1", "PORT=2",
            "PORT is 2 where .env does not set it, and was 1.",
        ),
        ("variable-added", "", "HOST", "HOST has to be set in .env."),
        ("variable-added", "", "MORE", "MORE may be set in .env (empty where it is not): More."),
        ("variable-removed", "GONE", "", "GONE is no longer read from .env."),
        (
            "volume-left", "shop_data", "",
            "Nothing uses the volume shop_data (db) any more: move what is to be kept.",
        ),
    ]  # fmt: skip


def test_a_variable_may_have_to_be_set_from_now_on() -> None:
    optional = {**_OLD, "compose.yaml": _OLD["compose.yaml"].replace(b"${KEY:?}", b"${KEY:-k}")}

    assert _said(optional, _OLD) == [
        ("variable-changes", "KEY=k", "KEY", "KEY now has to be set in .env.")
    ]


def test_all_is_new_where_nothing_ran_before() -> None:
    assert [said for *_, said in _said({}, _OLD)] == [
        "KEY has to be set in .env: Opens it. For example: x",
        "PORT may be set in .env (1 where it is not).",
        "GONE may be set in .env.",
    ]


def test_where_nothing_runs_any_more_only_data_is_left() -> None:
    assert [(kind, name) for kind, name, *_ in _said(_OLD, {})] == [
        ("volume-left", "shop_data"),
        ("volume-left", "shop_spare"),
        ("volume-left", "shop_kept"),
        ("volume-left", "others"),
    ]
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
        "media", "beat-schedule", "postgres-data", "redis-data"
    ]  # fmt: skip
