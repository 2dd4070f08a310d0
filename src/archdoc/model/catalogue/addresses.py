"""Blocks of addresses, as VPCs and subnets have them."""

from __future__ import annotations

import re
from ipaddress import IPv4Network

LARGEST, SMALLEST = 16, 28
"""AWS's documentation, "VPC CIDR blocks" and "Subnet CIDR blocks"."""


def blocks(value: str) -> tuple[IPv4Network, ...]:
    """The blocks that a text names, separated by commas; empty where one of them cannot be."""
    found = [_block(part.strip()) for part in value.split(",")]
    fitting = tuple(block for block in found if block is not None)
    return fitting if len(fitting) == len(found) else ()


def meant(value: str) -> str:
    """The block that some address is in: `10.0.0.0/16` for `10.0.3.7/16`; empty for no such."""
    try:
        return str(IPv4Network(value, strict=False)) if "/" in value else ""
    except ValueError:
        return ""


def _block(text: str) -> IPv4Network | None:
    if not re.fullmatch(r"[\d.]+/\d{1,2}", text):
        return None  # a mask, or an address alone, which `ipaddress` reads, too
    try:
        block = IPv4Network(text)
    except ValueError:
        return None
    return block if LARGEST <= block.prefixlen <= SMALLEST else None
