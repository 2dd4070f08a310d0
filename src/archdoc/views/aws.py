"""Pictures of an environment as AWS draws them: services as icons, inside their groups."""

from __future__ import annotations

from dataclasses import dataclass

from archdoc.model import Container, Model, Placement, View
from archdoc.views.deployment import Sight, instance_key, node_name, shown_in_environment
from archdoc.views.diagram import Diagram, Node, Shape
from archdoc.views.lift import Drawn


def aws_diagram(model: Model, view_id: str, view: View) -> Diagram | None:
    """The AWS picture of `view.environment`; None where nothing of it is on AWS.

    Only AWS's own services and groups are drawn. What runs on a service is told by its label, and
    the relationships of whatever is hidden in it are lifted to it.
    """
    sight = Sight(Placement(model, view.environment or ""), view)
    picture = _Picture(sight.placement, sight.shown)
    if not picture.nodes:
        return None
    outermost = tuple(picture.node(n) for n in picture.nodes if picture.around(n) is None)
    return sight.diagram(view_id, "aws", outermost, picture.drawn())


def shown_on_aws(placement: Placement, view: View) -> list[str]:
    """The AWS services and groups that a view shows, by local id."""
    return _Picture(placement, shown_in_environment(placement, view)).nodes


@dataclass(frozen=True)
class _Picture:
    """The nodes of an environment that AWS has icons for, as far as a view shows them."""

    placement: Placement
    shown: set[str]

    @property
    def nodes(self) -> list[str]:
        """The local ids of what is drawn: what is shown, and the groups around it."""
        return [n for n in self.placement.nodes if self._has_icon(n) and self._holds_shown(n)]

    def _has_icon(self, node_id: str) -> bool:
        return self.placement.node(node_id).catalogued.icon is not None

    def _holds_shown(self, node_id: str) -> bool:
        """Whether a node, or anything in it, is shown."""
        placement = self.placement
        return (
            placement.nodes[node_id].id in self.shown
            or any(instance_key(place) in self.shown for place in placement.on(node_id))
            or any(self._holds_shown(child) for child in placement.children(node_id))
        )

    def around(self, node_id: str) -> str | None:
        """The nearest drawn node around another."""
        return next((n for n in self.placement.chain(node_id)[1:] if self._has_icon(n)), None)

    def _hidden_in(self, node_id: str) -> list[str]:
        """A drawn node and the nodes that it stands for: those inside it that are not drawn."""
        return [
            other
            for other in self.placement.nodes
            if other == node_id or (not self._has_icon(other) and self.around(other) == node_id)
        ]

    def node(self, node_id: str) -> Node:
        """A node with everything drawn in it."""
        placement = self.placement
        element, content = placement.nodes[node_id], placement.node(node_id)
        kind, spread = content.catalogued, placement.spread(node_id)
        children = tuple(self.node(child) for child in self.nodes if self.around(child) == node_id)
        return Node(
            id=node_name(placement, node_id),
            element=element.id,
            shape=Shape.ICON,
            name=element.name,
            technology=self._realised(node_id) or content.technology_label,
            description="; ".join(
                filter(None, (content.description or self._running(node_id), spread))
            ),
            icon=kind.icon,
            tags=content.tags,
            boundary=kind.group and bool(children or not (kind.icon and kind.icon.diagrams)),
            children=children,
        )

    def _realised(self, node_id: str) -> str:
        """The technologies of what a managed service takes the place of: "PostgreSQL 15"."""
        return ", ".join(
            place.container.content.technology_label
            for place in self.placement.on(node_id)
            if place.realised and isinstance(place.container.content, Container)
        )

    def _running(self, node_id: str) -> str:
        """The containers that run somewhere in a node: "Nginx, 2 × Django"."""
        return ", ".join(
            (f"{place.replicas} × " if place.replicas > 1 else "") + place.container.name
            for hidden in self._hidden_in(node_id)
            for place in self.placement.on(hidden)
            if not place.realised and instance_key(place) in self.shown
        )

    def drawn(self) -> Drawn:
        """Where everything appears: in its own icon, or in the one that it is hidden in."""
        placement = self.placement
        at: dict[str, list[str]] = {}
        inside: dict[str, frozenset[str]] = {}
        there = set(self.nodes)
        for node_id, element in placement.nodes.items():
            drawn = node_id if self._has_icon(node_id) else self.around(node_id)
            if drawn is None or drawn not in there:
                continue
            name = node_name(placement, drawn)
            around = placement.chain(drawn)[1:]
            inside[name] = frozenset(node_name(placement, outer) for outer in around)
            at.setdefault(element.id, []).append(name)
            for place in placement.on(node_id):
                names = at.setdefault(place.container.id, [])
                if name not in names and instance_key(place) in self.shown:
                    names.append(name)
        return Drawn(at, inside)
