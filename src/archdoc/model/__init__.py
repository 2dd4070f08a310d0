"""The typed model: what an architecture consists of, and what its parts mean.

Everything here is a frozen value. Nothing here knows of files, of YAML, or of any output.
"""

from archdoc.model.base import Built, Documented, Mistake, display_name
from archdoc.model.catalogue import (
    ANYWHERE,
    CATALOGUE,
    PEOPLE_ICON,
    AwsIcon,
    Limit,
    NodeKind,
    Setting,
    blocks,
    formerly_called,
    product_of,
)
from archdoc.model.compose import (
    FINISHED,
    Reference,
    are_parted,
    by_default,
    grants_in,
    is_filled_in,
    is_octal,
    is_switched_off,
    mistakes_in,
    mounted_at,
    read_command,
    references_in,
    restart_policy_of,
    shown,
    source_of,
    volume_named_in,
)
from archdoc.model.decisions import Decision, DecisionStatus, FrontMatter
from archdoc.model.elements import (
    Component,
    Container,
    ContainerKind,
    Group,
    MountedFile,
    Person,
    SoftwareSystem,
)
from archdoc.model.environments import ContainerInstance, DeploymentNode, Environment
from archdoc.model.index import (
    AmbiguousReferenceError,
    Element,
    ElementKind,
    Index,
    Path,
    UnknownReferenceError,
)
from archdoc.model.links import Link
from archdoc.model.model import Level, Model, Network, Secret, Term, Variable, Volume
from archdoc.model.naming import project_name, slug
from archdoc.model.pairs import inner_links, pair_networks, ways_out
from archdoc.model.placement import Place, Placement
from archdoc.model.relationships import Arrow, Line, Relationship, arrow_ends
from archdoc.model.rendering import Rendering, checked_address
from archdoc.model.subjects import find_subject, with_ports
from archdoc.model.variables import (
    file_variable_named,
    identifier,
    is_set_elsewhere,
    variable_named,
)
from archdoc.model.views import Selector, Step, Style, View, ViewKind

__all__ = [
    "ANYWHERE",
    "CATALOGUE",
    "FINISHED",
    "PEOPLE_ICON",
    "AmbiguousReferenceError",
    "Arrow",
    "AwsIcon",
    "Built",
    "Component",
    "Container",
    "ContainerInstance",
    "ContainerKind",
    "Decision",
    "DecisionStatus",
    "DeploymentNode",
    "Documented",
    "Element",
    "ElementKind",
    "Environment",
    "FrontMatter",
    "Group",
    "Index",
    "Level",
    "Limit",
    "Line",
    "Link",
    "Mistake",
    "Model",
    "MountedFile",
    "Network",
    "NodeKind",
    "Path",
    "Person",
    "Place",
    "Placement",
    "Reference",
    "Relationship",
    "Rendering",
    "Secret",
    "Selector",
    "Setting",
    "SoftwareSystem",
    "Step",
    "Style",
    "Term",
    "UnknownReferenceError",
    "Variable",
    "View",
    "ViewKind",
    "Volume",
    "are_parted",
    "arrow_ends",
    "blocks",
    "by_default",
    "checked_address",
    "display_name",
    "file_variable_named",
    "find_subject",
    "formerly_called",
    "grants_in",
    "identifier",
    "inner_links",
    "is_filled_in",
    "is_octal",
    "is_set_elsewhere",
    "is_switched_off",
    "mistakes_in",
    "mounted_at",
    "pair_networks",
    "product_of",
    "project_name",
    "read_command",
    "references_in",
    "restart_policy_of",
    "shown",
    "slug",
    "source_of",
    "variable_named",
    "volume_named_in",
    "ways_out",
    "with_ports",
]
