"""What is kept from one run for the next: pictures, and templates that are compiled."""

from archdoc.kept.cache import Cache, Usage, default_folder, is_ours, key_of, mark_used
from archdoc.kept.scratch import is_full, refuse_full, scratch, sweep

__all__ = [
    "Cache",
    "Usage",
    "default_folder",
    "is_full",
    "is_ours",
    "key_of",
    "mark_used",
    "refuse_full",
    "scratch",
    "sweep",
]
