"""The kinds of deployment node: what they are called, where they may stand, how they are drawn.

Names in `awslib` are those of PlantUML's stdlib `awslib20` (AWS Icons for PlantUML 20); `diagrams`
names a class of the `diagrams` package. A test renders every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archdoc.model.elements import ContainerKind


@dataclass(frozen=True, slots=True)
class AwsIcon:
    """Where the two AWS icon libraries keep one icon."""

    include: str
    """The `awslib20` include, without `<awslib20/…>`; its last part names the image."""
    macro: str
    """The macro that draws it: `EC2Instance(alias, "label", "technology", "description")`."""
    diagrams: str = ""
    """Module and class under `diagrams.`; empty for groups, which are that library's clusters."""


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One kind of deployment node."""

    title: str
    """The product's own name, shown where a node has nothing better to say: "Amazon RDS"."""
    stands_in: tuple[str, ...] = ()
    """The kinds that it may stand in; empty: only at the top."""
    group: bool = False
    """Drawn as a boundary around what stands in it."""
    runs: Literal["nothing", "compose", "tasks"] = "nothing"
    """How it runs containers: as one Docker Compose project, as an orchestrator's tasks, or not."""
    endpoint: Literal["none", "host", "bucket", "volume"] = "none"
    """How others reach a container that it realises: host and port, bucket name, mounted volume."""
    realises: tuple[ContainerKind, ...] = ()
    """The kinds of container that it can take the place of; empty: any."""
    isolates: bool = False
    """A network of its own: what stands in two of them cannot reach each other."""
    icon: AwsIcon | None = None
    """None: not an AWS service, so not in AWS pictures."""


ANYWHERE = "*"
"""In `stands_in`: at the top, or in any other node."""

_NETWORK = ("aws.vpc", "aws.public-subnet", "aws.private-subnet")
_MACHINES = ("host", "node", "aws.ec2")

CATALOGUE: dict[str, NodeKind] = {
    "host": NodeKind("Server"),
    "node": NodeKind("Node", (ANYWHERE,), runs="tasks"),
    "infrastructure": NodeKind("Infrastructure", (ANYWHERE,)),
    "docker.compose": NodeKind("Docker Compose", ("", *_MACHINES), runs="compose"),
    "docker.volume": NodeKind(
        "Docker volume",
        ("docker.compose",),
        endpoint="volume",
        realises=(ContainerKind.FILE_STORE,),
    ),
    "aws.cloud": NodeKind(
        "AWS Cloud", group=True, icon=AwsIcon("Groups/AWSCloud", "AWSCloudGroup")
    ),
    "aws.region": NodeKind(
        "Region", ("aws.cloud",), group=True, icon=AwsIcon("Groups/Region", "RegionGroup")
    ),
    "aws.vpc": NodeKind(
        "VPC",
        ("aws.region",),
        group=True,
        isolates=True,
        icon=AwsIcon("Groups/VPC", "VPCGroup"),
    ),
    "aws.availability-zone": NodeKind(
        "Availability Zone",
        ("aws.region", "aws.vpc"),
        group=True,
        icon=AwsIcon("Groups/AvailabilityZone", "AvailabilityZoneGroup"),
    ),
    "aws.public-subnet": NodeKind(
        "Public subnet",
        ("aws.vpc", "aws.availability-zone"),
        group=True,
        icon=AwsIcon("Groups/PublicSubnet", "PublicSubnetGroup"),
    ),
    "aws.private-subnet": NodeKind(
        "Private subnet",
        ("aws.vpc", "aws.availability-zone"),
        group=True,
        icon=AwsIcon("Groups/PrivateSubnet", "PrivateSubnetGroup"),
    ),
    "aws.ecs": NodeKind(
        "Amazon ECS cluster",
        _NETWORK,
        group=True,
        icon=AwsIcon(
            "Containers/ElasticContainerService", "ElasticContainerService", "aws.compute.ECS"
        ),
    ),
    "aws.ec2": NodeKind(
        "Amazon EC2",
        (*_NETWORK, "aws.ecs"),
        runs="tasks",
        icon=AwsIcon("Compute/EC2Instance", "EC2Instance", "aws.compute.EC2"),
    ),
    "aws.fargate": NodeKind(
        "AWS Fargate",
        ("aws.ecs",),
        runs="tasks",
        icon=AwsIcon("Containers/Fargate", "Fargate", "aws.compute.Fargate"),
    ),
    "aws.rds": NodeKind(
        "Amazon RDS",
        _NETWORK,
        endpoint="host",
        realises=(ContainerKind.DATABASE,),
        icon=AwsIcon("Database/RDS", "RDS", "aws.database.RDS"),
    ),
    "aws.elasticache.redis": NodeKind(
        "Amazon ElastiCache for Redis",
        _NETWORK,
        endpoint="host",
        realises=(ContainerKind.CACHE, ContainerKind.QUEUE, ContainerKind.DATABASE),
        icon=AwsIcon(
            "Database/ElastiCacheElastiCacheforRedis",
            "ElastiCacheElastiCacheforRedis",
            "aws.database.ElasticacheForRedis",
        ),
    ),
    "aws.s3": NodeKind(
        "Amazon S3",
        ("aws.region",),
        endpoint="bucket",
        realises=(ContainerKind.FILE_STORE,),
        icon=AwsIcon(
            "Storage/SimpleStorageService",
            "SimpleStorageService",
            "aws.storage.SimpleStorageServiceS3",
        ),
    ),
}

PEOPLE_ICON = AwsIcon("General/Users", "Users", "aws.general.Users")
"""How AWS pictures draw people."""


def product_of(icon: AwsIcon) -> str:
    """What an icon stands for: "Amazon RDS"; empty for people's."""
    return next((kind.title for kind in CATALOGUE.values() if kind.icon == icon), "")
