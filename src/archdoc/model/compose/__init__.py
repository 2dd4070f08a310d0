"""What Compose would refuse of what an author writes in its words, found before it is written."""

from archdoc.model.compose.check import check_network, check_service, check_volume, mistakes_in
from archdoc.model.compose.command import read_command
from archdoc.model.compose.interpolation import is_filled_in, shown
from archdoc.model.compose.keys import is_switched_off, volume_named_in

__all__ = [
    "check_network",
    "check_service",
    "check_volume",
    "is_filled_in",
    "is_switched_off",
    "mistakes_in",
    "read_command",
    "shown",
    "volume_named_in",
]
