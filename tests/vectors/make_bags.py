"""Writes bags.json: the bag of a proof and the bag of a dossier, by proof.md alone, as path → text.

Uses none of our code: hashlib, json and base64, and the signing of `make_proof.py` (the openssl program, and
dilithium-py 1.5). Run as `python -m tests.vectors.make_bags` after make_proof. Everything random comes from a
counter of its own, so running it again writes the same bytes.
"""

import base64
import hashlib
import json
from pathlib import Path

from tests.vectors.make_proof import SLOTS, path, pem, sha, sign, tree

GUIDES = {"VERIFY.md": "how\n", "verify.sh": "exit 1\n", "FORMAT.md": "what\n"}
PROOF = json.loads(Path(__file__).with_name("proof.json").read_text("utf-8"))
WITHHELD = [{4: "words", 5: "empty"}, {3: "source"}]

PUBLISHED = [
    {
        "what": '{"polarity":"asserts","property":"act.type","value":"invented, coarsened"}',
        "subject": '{"id":"000000000000000000000000000000a1","subject":"P-2"}',
        "source": '{"source":"S-9"}',
        "words": "null",
        "trace": "null",
    },
    {
        "what": '{"polarity":"denies","property":"act.place","value":"a province"}',
        "subject": '{"id":"000000000000000000000000000000a2","subject":"P-2"}',
        "source": "null",
        "words": '{"lang":"ko","original":"꾸며 낸 말"}',
        "trace": "null",
    },
]
FILES = {
    "data/documents/dossier.html": "<p>invented</p>\n",
    "data/items/item-1.txt": "an invented transcript\n",
    "data/withheld.jsonl": '{"count":1,"how":"withheld","kind":"words","reason":"identity","statement":1}\n',
    "data/provenance/derived.txt": "statement 1 1\nstatement 2 2\n",
}

dice = 0


def roll(size: int) -> bytes:
    """Bytes that look random: SHAKE-256 of a counter."""
    global dice
    dice += 1
    return hashlib.shake_256(b"onggi bag vector %d" % dice).digest(size)


def hexes(hashes: list[bytes]) -> str:
    """A path as proof.txt writes it."""
    return ",".join(one.hex() for one in hashes)


def record(anchor: int) -> dict[str, str]:
    """The provenance: both statements of proof.json, leaves 2 and 1 of 4; so leaves 0 and 3 are given."""
    lines = ["format onggi-proof-2"]
    entries = [bytes.fromhex(one) for one in PROOF["anchor entries"]]
    commit_path = [bytes.fromhex(one) for one in PROOF["commit paths"][0]]
    index = PROOF["anchor index"]
    way = f"{PROOF['anchor random']} {index} {hexes(path(entries, index))}"
    lines.append(f"tree {anchor} 0 4 {hexes(commit_path)} {way}")
    shown = []
    for statement, place, withheld in zip(PROOF["statements"], PROOF["places"], WITHHELD, strict=True):
        slots = []
        for at, slot in enumerate(SLOTS, start=1):
            if at in withheld:
                slots.append(f"{statement['digests'][64 * (at - 1) : 64 * at]}:{withheld[at]}")
            else:
                slots.append(statement["salts"][32 * (at - 1) : 32 * at])
                shown.append(statement["slots"][slot] + "\n")
        lines.append(f"statement 1 {place} {' '.join(slots)} {statement['leaf']}")
    lines += [f"node 1 0 {index} {PROOF['stratum leaves'][index]}" for index in (0, 3)]
    return {
        "data/provenance/proof.txt": "\n".join(lines) + "\n",
        "data/provenance/statements.jsonl": "".join(shown),
    }


def publish(files: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """The publication of two statements and these files, and the root of its anchor."""
    lines, leaves = [], []
    for number, statement in enumerate(PUBLISHED):
        salts = [roll(16) for _ in SLOTS]
        digests = [
            sha(bytes([2, at + 1]), salts[at], statement[slot].encode()) for at, slot in enumerate(SLOTS)
        ]
        leaves.append(sha(b"\x00", *digests))
        lines.append(f"statement 1 {number} {' '.join(salt.hex() for salt in salts)} {leaves[-1].hex()}")
    for name in sorted(files):
        content, salt = files[name].encode(), roll(16)
        leaves.append(sha(b"\x03", salt, sha(content), len(content).to_bytes(8, "big")))
        lines.append(f"item 1 {len(leaves) - 1} {salt.hex()} {name} {leaves[-1].hex()}")
    salt = roll(16)
    leaves.append(
        sha(b"\x03", salt, sha("".join(f"{name}\n" for name in sorted(files)).encode()), b"\xff" * 8)
    )
    lines.append(f"contents 1 {len(leaves) - 1} {salt.hex()} {leaves[-1].hex()}")
    count, width = len(leaves), 16
    leaves += [roll(32) for _ in range(width - count)]
    # Going up, the last of the known nodes of a level may lack its neighbour, which is padding.
    level, known, row = 0, count, leaves
    while len(row) > 1:
        if known % 2:
            lines.append(f"node 1 {level} {known} {row[known].hex()}")
        row = [sha(b"\x01", row[at], row[at + 1]) for at in range(0, len(row), 2)]
        level, known = level + 1, (known + 1) // 2
    tops = [sha(b"\x00", root) for root in (tree(leaves), roll(32), roll(32))]
    commit = sha(b"\x01", sha(b"\x01", tops[0], tops[1]), tops[2])
    random, index = roll(32), 5
    entries = [roll(32) for _ in range(64)]
    entries[index] = sha(b"\x00", random, commit)
    head = [
        "format onggi-proof-2",
        f"tree 1 0 {width} {hexes([tops[1], tops[2]])} {random.hex()} {index} {hexes(path(entries, index))}",
    ]
    part = {
        "data/publication/proof.txt": "\n".join(head + lines) + "\n",
        "data/publication/statements.jsonl": "".join(
            statement[slot] + "\n" for statement in PUBLISHED for slot in SLOTS
        ),
    }
    return part, tree(entries)


def close(bag: dict[str, str]) -> dict[str, str]:
    """The bag with its keys, guides and manifests."""
    signed = sign(bytes.fromhex(PROOF["anchor root"]))
    blob = bytes.fromhex("0000000b") + b"ssh-ed25519" + bytes.fromhex("00000020") + signed.ed25519_spki[12:]
    bag = {
        **GUIDES,
        **bag,
        "data/keys/ed25519.pem": pem(signed.ed25519_spki),
        "data/keys/mldsa44.pem": pem(signed.mldsa_spki),
        "data/keys/allowed_signers": f"{signed.principal} ssh-ed25519 {base64.b64encode(blob).decode()}\n",
    }
    payload = {name: text for name, text in bag.items() if name.startswith("data/")}
    octets = sum(len(text.encode()) for text in payload.values())
    bag["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bag["bag-info.txt"] = f"Payload-Oxum: {octets}.{len(payload)}\n"
    for prefix in ("", "tag"):
        listed = payload if not prefix else {name: text for name, text in bag.items() if name not in payload}
        bag |= {
            f"{prefix}manifest-{algorithm}.txt": "".join(
                f"{hashlib.new(algorithm, text.encode()).hexdigest()}  {name}\n"
                for name, text in sorted(listed.items())
            )
            for algorithm in ("sha256", "sha512")
        }
    return bag


def main() -> None:
    """Write the file beside this script."""
    old = sign(bytes.fromhex(PROOF["anchor root"])).file
    reading = {"data/provenance/read.txt": "Statement 1: invented.\nStatement 2: invented.\n"}
    proof = close({"data/anchors/1.txt": old, **record(1), **reading})
    covered = {**FILES, **record(2)}
    part, root = publish(covered)
    dossier = close({"data/anchors/1.txt": sign(root).file, "data/anchors/2.txt": old, **covered, **part})
    text = json.dumps(
        {"proof": proof, "dossier": dossier, "published": PUBLISHED}, indent=1, ensure_ascii=False
    )
    Path(__file__).with_name("bags.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
