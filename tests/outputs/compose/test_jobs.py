"""Who connects to a job waits for its end, and not for its health."""

from __future__ import annotations

from outputs.compose.conftest import document, model, service

_CHECKED = {"healthcheck": {"test": ["CMD", "ask"]}}


def test_every_client_of_a_job_waits_until_it_has_finished() -> None:
    """`up` fails with "exited (0)" where somebody waits for the health of a job."""
    waits = {"job": {"condition": "service_completed_successfully"}}
    m = model(
        {"job": service(**_CHECKED), "a": service(depends_on=waits), "b": service()},
        "b -> job: Asks",
    )
    said = document(m)["services"]

    assert said["b"]["depends_on"] == waits
    assert said["a"]["depends_on"] == waits
