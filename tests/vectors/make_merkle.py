"""Writes merkle.json: the reference tree of the Certificate Transparency project, worked out by RFC 6962's
own words.

Uses none of our code: the recursion of RFC 6962 §2.1 and §2.1.1, transcribed. The eight roots below were
published with the first implementation of RFC 6962; the script stops if its own differ.
"""

import json
from hashlib import sha256
from pathlib import Path

INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
PUBLISHED = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def split_at(size: int) -> int:
    """The largest power of two below `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def hash_tree(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, over leaves that are hashed already."""
    if len(leaves) == 1:
        return leaves[0]
    k = split_at(len(leaves))
    return sha256(b"\x01" + hash_tree(leaves[:k]) + hash_tree(leaves[k:])).digest()


def audit_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962 §2.1.1."""
    if len(leaves) == 1:
        return []
    k = split_at(len(leaves))
    if m < k:
        return [*audit_path(m, leaves[:k]), hash_tree(leaves[k:])]
    return [*audit_path(m - k, leaves[k:]), hash_tree(leaves[:k])]


def main() -> None:
    """Write the file beside this script."""
    leaves = [sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in INPUTS]
    roots = [hash_tree(leaves[:size]).hex() for size in range(1, len(leaves) + 1)]
    if roots != PUBLISHED:
        raise SystemExit("these are not the published roots")
    paths = [
        {
            "index": index,
            "size": size,
            "path": [sibling.hex() for sibling in audit_path(index, leaves[:size])],
        }
        for size in range(1, len(leaves) + 1)
        for index in range(size)
    ]
    vectors = {"inputs": INPUTS, "roots": roots, "paths": paths}
    Path(__file__).with_name("merkle.json").write_text(json.dumps(vectors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
