"""Writes proof.json: slots, leaves, trees, keys and an anchor, by proof.md alone.

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
from typing import NamedTuple

SLOTS = ("what", "subject", "source", "words", "trace")
ED25519_SEED = hashlib.sha256(b"onggi vector ed25519").digest()
MLDSA_SEED = hashlib.sha256(b"onggi vector mldsa").digest()
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


class Signed(NamedTuple):
    """An anchor: its file, and what it was made of."""

    file: str
    principal: str
    ed25519_spki: bytes
    mldsa_spki: bytes
    cosigned: bytes
    mldsa: bytes


def sign(root: bytes) -> Signed:
    """The anchor over 64 leaves under `root`, with deterministic signatures."""
    algorithm = importlib.import_module("dilithium_py.ml_dsa").ML_DSA_44
    mldsa_public, mldsa_private = algorithm.key_derive(MLDSA_SEED)
    mldsa_spki = bytes.fromhex("30820532300b06096086480165030403110382052100") + mldsa_public
    ed25519_spki, _ = sign_ed25519(b"x")
    principal = "onggi.invalid/" + sha(ed25519_spki).hex()[:16]
    origin = f"{principal}/{root.hex()[:16]}"
    note = f"{origin}\n64\n{base64.b64encode(root).decode()}\n"
    name = bytes([len(origin)]) + origin.encode()
    cosigned = b"subtree/v1\n\0" + name + bytes(8) + name + bytes(8) + (64).to_bytes(8, "big") + root
    mldsa = algorithm.sign(mldsa_private, cosigned, deterministic=True)
    blobs = [
        sha(origin.encode(), b"\n\x01", ed25519_spki[12:])[:4] + sign_ed25519(note.encode())[1],
        sha(origin.encode(), b"\n\x06", mldsa_public)[:4] + bytes(8) + mldsa,
    ]
    lines = [f"\N{EM DASH} {origin} {base64.b64encode(one).decode()}\n" for one in blobs]
    return Signed(f"{note}\n{''.join(lines)}", principal, ed25519_spki, mldsa_spki, cosigned, mldsa)


def seal(statement: dict[str, str]) -> dict[str, str]:
    """Salts and digests of the five slots, and the leaf."""
    salts = [roll(16) for _ in SLOTS]
    digests = [sha(bytes([2, at + 1]), salts[at], statement[name].encode()) for at, name in enumerate(SLOTS)]
    return {
        "salts": b"".join(salts).hex(),
        "digests": b"".join(digests).hex(),
        "leaf": sha(b"\x00", *digests).hex(),
    }


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
    """Write the file beside this script."""
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

    signed = sign(root)
    proof = {
        "ed25519 seed": ED25519_SEED.hex(),
        "mldsa seed": MLDSA_SEED.hex(),
        "principal": signed.principal,
        "fingerprint": sha(signed.ed25519_spki, signed.mldsa_spki).hex(),
        "mldsa message": signed.cosigned.hex(),
        "mldsa signature": signed.mldsa.hex(),
        "mldsa public": signed.mldsa_spki[22:].hex(),
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
    text = json.dumps(proof, indent=1, ensure_ascii=False)
    Path(__file__).with_name("proof.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
