"""How groups look: as in AWS's reference diagrams, in the colours of the `diagrams` icons.

That package draws every group as the same pale box. Its icons are of AWS's set before 2023, and so
are these colours.
"""

from __future__ import annotations

from dataclasses import dataclass

from archdoc.views import Node


@dataclass(frozen=True, slots=True)
class GroupLook:
    """The border, the ground and the icon of one kind of group."""

    border: str
    line: str = "solid"
    ground: str = ""
    """Empty: none, so that the group around it is seen."""
    icon: str = ""
    """Under the package's `resources`; empty: that of the service, if the group is one."""


_SERVICE = GroupLook("#D86613")
_LOOKS = {
    "AWSCloudGroup": GroupLook("#232F3E", icon="aws/aws.png"),
    "AWSAccountGroup": GroupLook("#CD2264"),
    "CorporateDataCenterGroup": GroupLook("#5A6B86", icon="aws/general/office-building.png"),
    "RegionGroup": GroupLook("#147EBA", "dotted"),
    "VPCGroup": GroupLook("#693CC5", icon="aws/network/vpc.png"),
    "AvailabilityZoneGroup": GroupLook("#147EBA", "dashed"),
    "PublicSubnetGroup": GroupLook("#248814", "solid", "#F2F8EE", "aws/network/public-subnet.png"),
    "PrivateSubnetGroup": GroupLook(
        "#147EBA", "solid", "#EDF5FB", "aws/network/private-subnet.png"
    ),
    "SecurityGroupGroup": GroupLook("#DF3312"),
    "AutoScalingGroupGroup": GroupLook(
        "#D86613", "dashed", icon="aws/compute/ec2-auto-scaling.png"
    ),
}


def look_of(node: Node) -> GroupLook:
    """The look of a group; of a service that is one, orange as AWS's compute services are."""
    return _LOOKS.get(node.icon.macro if node.icon else "", _SERVICE)
