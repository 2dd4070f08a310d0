"""A site that follows its model: what is saved is built anew, and open pages show it."""

from archdoc.live.server import AddressError, open_server
from archdoc.live.state import State
from archdoc.live.watch import Watch

__all__ = ["AddressError", "State", "Watch", "open_server"]
