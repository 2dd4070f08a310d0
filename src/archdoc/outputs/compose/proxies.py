"""From which addresses what stands before a container connects to it."""

from __future__ import annotations

from archdoc.model import Element, Placement
from archdoc.outputs.compose.errors import WrongPlaceholderError


def networks_before(placement: Placement, element: Element) -> tuple[str, ...]:
    """The networks of the load balancers before a container: `10.0.1.0/24`, in the model's order.

    None where nothing stands before it, and for what is in no VPC: its addresses are anybody's.
    Raises WrongPlaceholderError where a balancer's network says no addresses.
    """
    found: dict[str, None] = {}
    for node_id in placement.nodes:
        if element.id not in placement.behind(node_id):
            continue
        for place in placement.spanned(node_id) or (node_id,):
            around = placement.chain(place)
            if any(placement.node(outer).catalogued.isolates for outer in around):
                found |= dict.fromkeys(_addresses(placement, node_id, around))
    return tuple(found)


def _addresses(placement: Placement, node_id: str, around: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest addresses that are said of what is around a node."""
    for outer in around:
        said = placement.node(outer).settings
        blocks = [said[key] for key in ("cidr", "secondary_cidrs") if key in said]
        if blocks:
            return tuple(block.strip() for text in blocks for block in text.split(","))
    raise WrongPlaceholderError(
        f"nobody says from which addresses `{node_id}` connects",
        f"say `settings: {{cidr: …}}` of its VPC, or of the subnets that `{node_id}` `spans`",
    )
