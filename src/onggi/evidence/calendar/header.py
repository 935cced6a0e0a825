"""Headers of Bitcoin blocks, as a reader brings them (timestamps.md, §9). Pure.

What is checked: that each keeps the target that it names, and that the target was hard to keep. Whether it is
of the chain that everybody has cannot be seen from it; its hash is shown so that a reader can compare.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError

MOST = 1024 * 1024

LEAST_WORK = 2**68
"""So many hashes it must take, on average, to make a header that counts: nobody does that by the way."""

_LINE = re.compile(rb"(\d{1,9})[ \t]+([0-9a-fA-F]{160})")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its Merkle root as it stands there, its hash as people write it, its clock in seconds."""

    height: int
    root: bytes
    hash: str
    moment: int


def read_headers(text: bytes) -> Mapping[int, Header]:
    """The headers in a file of lines `HEIGHT HEADER`, by height; empty lines and those with # say nothing.

    Raises:
        OnggiError: `calendar.headers` for another form or two headers of one height, `calendar.work` for one
            that is none.
    """
    found: dict[int, Header] = {}
    for line in text.splitlines() if len(text) <= MOST else [b"?"]:
        if not line.strip() or line.lstrip().startswith(b"#"):
            continue
        parts = _LINE.fullmatch(line.strip())
        if parts is None:
            raise OnggiError("calendar.headers", exit_code=Exit.USAGE)
        header = _read(int(parts[1]), bytes.fromhex(parts[2].decode()))
        if found.setdefault(header.height, header) != header:
            raise OnggiError("calendar.headers", exit_code=Exit.USAGE)
    return found


def _read(height: int, raw: bytes) -> Header:
    reached = hashlib.sha256(hashlib.sha256(raw).digest()).digest()
    target = _read_target(raw[72:76])
    work = 2**256 // (target + 1)
    if int.from_bytes(reached, "little") > target or work < LEAST_WORK:
        raise OnggiError("calendar.work", exit_code=Exit.USAGE, block=height)
    return Header(height, raw[36:68], reached[::-1].hex(), int.from_bytes(raw[68:72], "little"))


def _read_target(bits: bytes) -> int:
    """What a header's hash may not exceed; 0, which none keeps, where the bits name no such number."""
    mantissa, exponent = int.from_bytes(bits[:3], "little"), bits[3]
    target = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
    return target if mantissa < 0x80_0000 and target < 2**256 else 0
