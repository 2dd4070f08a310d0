"""What Compose would refuse of what an author writes in its words, found before it is written."""

from archdoc.model.compose.check import check_network, check_service, check_volume, mistakes_in
from archdoc.model.compose.command import read_command
from archdoc.model.compose.extensions import is_extension
from archdoc.model.compose.forms import bytes_of, is_octal
from archdoc.model.compose.images import Data, data_of, needs_of
from archdoc.model.compose.interpolation import (
    VariableUse,
    by_default,
    is_filled_in,
    shown,
    variables_in,
    when_unset,
    without_empty,
)
from archdoc.model.compose.keys import (
    is_switched_off,
    joined_by,
    mounted_at,
    restart_policy_of,
    source_of,
    volume_named_in,
)
from archdoc.model.compose.places import wants_number
from archdoc.model.compose.references import (
    FINISHED,
    Reference,
    are_parted,
    grants_in,
    references_in,
)
from archdoc.model.compose.running import up_command

__all__ = [
    "FINISHED",
    "Data",
    "Reference",
    "VariableUse",
    "are_parted",
    "by_default",
    "bytes_of",
    "check_network",
    "check_service",
    "check_volume",
    "data_of",
    "grants_in",
    "is_extension",
    "is_filled_in",
    "is_octal",
    "is_switched_off",
    "joined_by",
    "mistakes_in",
    "mounted_at",
    "needs_of",
    "read_command",
    "references_in",
    "restart_policy_of",
    "shown",
    "source_of",
    "up_command",
    "variables_in",
    "volume_named_in",
    "wants_number",
    "when_unset",
    "without_empty",
]
