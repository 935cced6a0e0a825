"""Writes proof.json and bag.json: slots, leaves, trees, keys, an anchor and a bag, by proof.md alone.

Uses none of our code: hashlib, json, base64, the openssl program for Ed25519, and dilithium-py 1.5 (pure
Python) for ML-DSA-44. Everything random comes from a counter, and both signatures are deterministic, so
running it again writes the same bytes.
"""

import base64
import hashlib
import importlib
import json
import subprocess
import tempfile
from pathlib import Path

SLOTS = ("what", "subject", "source", "words", "trace")
ED25519_SEED = hashlib.sha256(b"onggi vector ed25519").digest()
MLDSA_SEED = hashlib.sha256(b"onggi vector mldsa").digest()
GUIDES = {"VERIFY.md": "how\n", "verify.sh": "exit 1\n", "FORMAT.md": "what\n"}

dice = 0


def roll(size: int) -> bytes:
    """Bytes that look random: SHAKE-256 of a counter."""
    global dice
    dice += 1
    return hashlib.shake_256(b"onggi vector %d" % dice).digest(size)


def sha(*parts: bytes) -> bytes:
    """SHA-256 over the parts."""
    return hashlib.sha256(b"".join(parts)).digest()


def tree(leaves: list[bytes]) -> bytes:
    """A tree whose width is a power of two."""
    if len(leaves) == 1:
        return leaves[0]
    half = len(leaves) // 2
    return sha(b"\x01", tree(leaves[:half]), tree(leaves[half:]))


def path(leaves: list[bytes], index: int) -> list[bytes]:
    """Siblings from the leaf upwards."""
    if len(leaves) == 1:
        return []
    half = len(leaves) // 2
    if index < half:
        return [*path(leaves[:half], index), tree(leaves[half:])]
    return [*path(leaves[half:], index - half), tree(leaves[:half])]


def openssl(*arguments: str) -> bytes:
    """What openssl answers."""
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def sign_ed25519(message: bytes) -> tuple[bytes, bytes]:
    """SPKI DER of the public key, and the signature."""
    with tempfile.TemporaryDirectory() as folder:
        key, text, signature = (str(Path(folder, name)) for name in ("key", "text", "signature"))
        Path(key).write_bytes(bytes.fromhex("302e020100300506032b657004220420") + ED25519_SEED)
        Path(text).write_bytes(message)
        openssl(
            *("pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin", "-in", text),
            *("-out", signature),
        )
        spki = openssl("pkey", "-inform", "DER", "-in", key, "-pubout", "-outform", "DER")
        return spki, Path(signature).read_bytes()


def pem(spki: bytes) -> str:
    """PEM with lines of 64."""
    body = base64.b64encode(spki).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def seal(statement: dict[str, str]) -> dict[str, str]:
    """Salts and digests of the five slots, and the leaf."""
    salts = [roll(16) for _ in SLOTS]
    digests = [sha(bytes([2, at + 1]), salts[at], statement[name].encode()) for at, name in enumerate(SLOTS)]
    return {
        "salts": b"".join(salts).hex(),
        "digests": b"".join(digests).hex(),
        "leaf": sha(b"\x00", *digests).hex(),
    }


def hexes(siblings: list[bytes]) -> str:
    """A path as proof.txt writes it."""
    return " ".join(sibling.hex() for sibling in siblings) or "-"


STATEMENTS = [
    {
        "what": '{"distance":1,"polarity":"asserts","property":"act.type","value":"invented"}',
        "subject": '{"id":"00000000000000000000000000000001","subject":"P-7F3K2MX"}',
        "source": '{"source":"S-1"}',
        "words": '{"lang":"ko","original":"꾸며 낸 말"}',
        "trace": "null",
    },
    {
        "what": '{"polarity":"denies","property":"act.place","value":"nowhere"}',
        "subject": '{"id":"00000000000000000000000000000002","subject":"P-7F3K2MX"}',
        "source": '{"source":"S-2"}',
        "words": "null",
        "trace": "null",
    },
]
WITHHELD = [{4: "words", 5: "empty"}, {3: "source"}]


def main() -> None:
    """Write both files beside this script."""
    mldsa = importlib.import_module("dilithium_py.ml_dsa").ML_DSA_44
    sealed = [seal(statement) for statement in STATEMENTS]
    places = [2, 1]
    stratum = [roll(32) for _ in range(4)]
    for place, one in zip(places, sealed, strict=True):
        stratum[place] = bytes.fromhex(one["leaf"])
    item = {"salt": roll(16).hex(), "content": sha(b"abc").hex(), "length": 3}
    item["leaf"] = sha(b"\x03", bytes.fromhex(str(item["salt"])), sha(b"abc"), (3).to_bytes(8, "big")).hex()

    roots = [tree(stratum), roll(32), roll(32)]
    tops = [sha(b"\x00", root) for root in roots]
    commit = sha(b"\x01", sha(b"\x01", tops[0], tops[1]), tops[2])
    commit_paths = [[tops[1], tops[2]], [tops[0], tops[2]], [sha(b"\x01", tops[0], tops[1])]]

    random, index = roll(32), 37
    entries = [roll(32) for _ in range(64)]
    entries[index] = sha(b"\x00", random, commit)
    root = tree(entries)

    mldsa_public, mldsa_private = mldsa.key_derive(MLDSA_SEED)
    ed25519_spki, _ = sign_ed25519(b"x")
    mldsa_spki = bytes.fromhex("30820532300b06096086480165030403110382052100") + mldsa_public
    principal = "onggi.invalid/" + sha(ed25519_spki).hex()[:16]
    origin = f"{principal}/{root.hex()[:16]}"
    note = f"{origin}\n64\n{base64.b64encode(root).decode()}\n"
    name = bytes([len(origin)]) + origin.encode()
    cosigned = b"subtree/v1\n\0" + name + bytes(8) + name + bytes(8) + (64).to_bytes(8, "big") + root
    signatures = [
        sha(origin.encode(), b"\n\x01", ed25519_spki[12:])[:4] + sign_ed25519(note.encode())[1],
        sha(origin.encode(), b"\n\x06", mldsa_public)[:4]
        + bytes(8)
        + mldsa.sign(mldsa_private, cosigned, deterministic=True),
    ]
    anchor = note + "\n"
    anchor += "".join(f"— {origin} {base64.b64encode(one).decode()}\n" for one in signatures)

    blob = bytes.fromhex("0000000b") + b"ssh-ed25519" + bytes.fromhex("00000020") + ed25519_spki[12:]
    bag = {
        **GUIDES,
        "data/anchor.txt": anchor,
        "data/keys/ed25519.pem": pem(ed25519_spki),
        "data/keys/mldsa44.pem": pem(mldsa_spki),
        "data/keys/allowed_signers": f"{principal} ssh-ed25519 {base64.b64encode(blob).decode()}\n",
    }
    for number, (statement, one, place, withheld) in enumerate(
        zip(STATEMENTS, sealed, places, WITHHELD, strict=True), start=1
    ):
        folder = f"data/statement-{number}/"
        lines = ["format onggi-proof-1"]
        for at, slot in enumerate(SLOTS, start=1):
            if at in withheld:
                digest = one["digests"][64 * (at - 1) : 64 * at]
                lines.append(f"slot {at} withheld {digest} {withheld[at]}")
            else:
                lines.append(f"slot {at} disclosed {one['salts'][32 * (at - 1) : 32 * at]}")
                bag[f"{folder}{slot}.json"] = statement[slot]
        lines += [
            f"leaf {one['leaf']}",
            f"stratum-index {place}",
            "stratum-leaves 4",
            f"stratum-path {hexes(path(stratum, place))}",
            "commit-index 0",
            f"commit-path {hexes(commit_paths[0])}",
            f"anchor-random {random.hex()}",
            f"anchor-index {index}",
            "anchor-leaves 64",
            f"anchor-path {hexes(path(entries, index))}",
        ]
        bag[folder + "proof.txt"] = "\n".join(lines) + "\n"
        bag[folder + "read.txt"] = f"Statement {number}: invented.\n"

    payload = {name: text for name, text in bag.items() if name.startswith("data/")}
    octets = sum(len(text.encode()) for text in payload.values())
    bag["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bag["bag-info.txt"] = f"Payload-Oxum: {octets}.{len(payload)}\n"
    for prefix in ("", "tag"):
        listed = payload if not prefix else {name: text for name, text in bag.items() if name not in payload}
        manifests = {
            f"{prefix}manifest-{algorithm}.txt": "".join(
                f"{hashlib.new(algorithm, text.encode()).hexdigest()}  {name}\n"
                for name, text in sorted(listed.items())
            )
            for algorithm in ("sha256", "sha512")
        }
        bag |= manifests

    proof = {
        "ed25519 seed": ED25519_SEED.hex(),
        "mldsa seed": MLDSA_SEED.hex(),
        "principal": principal,
        "fingerprint": sha(ed25519_spki, mldsa_spki).hex(),
        "mldsa message": cosigned.hex(),
        "mldsa signature": signatures[1][12:].hex(),
        "mldsa public": mldsa_public.hex(),
        "statements": [{"slots": s, **one} for s, one in zip(STATEMENTS, sealed, strict=True)],
        "withheld": [{str(at): reason for at, reason in one.items()} for one in WITHHELD],
        "places": places,
        "item": item,
        "stratum leaves": [leaf.hex() for leaf in stratum],
        "stratum roots": [root.hex() for root in roots],
        "commit root": commit.hex(),
        "commit paths": [[one.hex() for one in siblings] for siblings in commit_paths],
        "anchor random": random.hex(),
        "anchor index": index,
        "anchor entries": [entry.hex() for entry in entries],
        "anchor root": root.hex(),
    }
    here = Path(__file__)
    for file, vectors in (("proof.json", proof), ("bag.json", bag)):
        text = json.dumps(vectors, indent=1, ensure_ascii=False)
        here.with_name(file).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
