"""Ways out of a project: what they are called, and how many networks there are in all."""

from __future__ import annotations

from outputs.compose.conftest import document, model, service


def test_a_way_out_is_called_like_no_other_network() -> None:
    store = {"kind": "database", **service()}
    containers = {"web": service(ports=["80:80"]), "egress": store, "own": service()}
    m = model(containers, "web -> egress: x", networks={"own-egress": "Somebody's."})
    found = document(m)

    assert found["networks"]["web-egress"] == {"internal": True}
    assert found["services"]["web"]["networks"] == ["web-egress", "web-egress-2"]
    assert found["networks"]["web-egress-2"] is None
    assert found["services"]["own"]["networks"] == ["own-egress-2"]
