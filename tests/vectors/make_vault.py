"""Writes vault.json: frames, derived keys, tags, a keyslot, a cell and a pack, by vault-format.md alone.

Uses none of our code: hashlib, hmac, json, and AES-256-GCM and Argon2id from `cryptography`. What is random
in a vault is SHAKE-256 of a counter here, so running it again writes the same bytes:
`python -m tests.vectors.make_vault`.
"""

import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from tests.vectors.make_cobblestone import expand, seal

VAULT = hashlib.sha256(b"onggi vector vault").digest()
VAULT_KEY = hashlib.sha256(b"onggi vector vault key").digest()
DEVICE = bytes(range(16))

dice = 0


def roll(size: int) -> bytes:
    """Bytes that look random."""
    global dice
    dice += 1
    return hashlib.shake_256(b"onggi vault vector %d" % dice).digest(size)


def frame(kind: bytes, *fields: bytes) -> bytes:
    """§3, framing."""
    framed = b"onggi/1 " + kind + b"\x00"
    for field in fields:
        framed += len(field).to_bytes(4, "big") + field
    return framed


def derive(key: bytes, label: bytes, *fields: bytes) -> bytes:
    """§3, deriving."""
    return expand(key, frame(b"derive", label, *fields), 32)


def tag(key: bytes, kind: bytes, name: bytes, data: bytes) -> bytes:
    """§6, the tag of a cell."""
    return hmac.new(derive(key, b"cell"), frame(b"tag", kind, name) + data, hashlib.sha256).digest()


def make_keyslot() -> dict[str, object]:
    """§5, slot 7 at the floor's cost with one lane."""
    salt, slot = roll(16), 7
    secret = {
        "v": 1,
        "vault": VAULT.hex(),
        "device": DEVICE.hex(),
        "member": roll(16).hex(),
        "slot": slot,
        **{name: roll(32).hex() for name in ("ed25519", "mldsa44", "xwing", "mailbox", "desk")},
        "vaultkey": VAULT_KEY.hex(),
    }
    number = slot.to_bytes(8, "big")
    key = Argon2id(
        salt=salt, length=32, iterations=3, lanes=1, memory_cost=262144, ad=frame(b"keyslot", number)
    ).derive("옹기 항아리".encode())
    data = json.dumps(secret, sort_keys=True, separators=(",", ":")).encode()
    plain = len(data).to_bytes(4, "big") + data + bytes(4096 - 4 - len(data))
    head = bytes([1, 0]) + b"".join(n.to_bytes(4, "big") for n in (262144, 3, 1)) + salt
    body = head + seal(key, frame(b"device", number), roll(24), plain)
    body += roll(8192 - 32 - len(body))
    file = body + tag(VAULT_KEY, b"keys", b"07", body)
    return {"slot": slot, "passphrase": "옹기 항아리", "secret": secret, "file": file.hex()}


def make_cell() -> dict[str, object]:
    """§6, a desk of the smallest size."""
    key, name = roll(32), roll(16).hex()
    data = b'{"draft":1}'
    # What 65536 - 32 bytes can hold: 56 in front, three chunks of 16384 + 16, and the rest less its 16.
    room = 65536 - 32 - 56 - 3 * 16400 - 16 + 3 * 16384
    plain = len(data).to_bytes(4, "big") + data + bytes(room - 4 - len(data))
    salt = roll(24)
    sealed = seal(key, frame(b"cell", VAULT, b"desks", name.encode()), salt, plain)
    cell = sealed + tag(VAULT_KEY, b"desks", name.encode(), sealed)
    return {"name": name, "key": key.hex(), "salt": salt.hex(), "data": data.decode(), "sha256": sha(cell)}


def make_pack() -> dict[str, object]:
    """§7, a pack of 64 KiB in the vault's domain with one entry."""
    label = b"vault " + VAULT.hex().encode()
    content, object_id = b"signed bytes of an entry", roll(16)
    pack_key, object_key = derive(VAULT_KEY, b"pack"), derive(VAULT_KEY, b"object")
    padded = len(content).to_bytes(8, "big") + content + bytes(1024 - 8 - len(content))
    number, last = (0).to_bytes(4, "big"), b"\x01"
    context = frame(b"object", VAULT, label, b"entry", b"", object_id, number, last)
    sealed = seal(object_key, context, roll(24), padded)
    rows = {"objects": [["entry", "", object_id.hex(), 0, 1, 136, len(sealed), "", 0]]}
    listed = json.dumps(rows, separators=(",", ":")).encode()
    listed = len(listed).to_bytes(8, "big") + listed + bytes(1024 - 8 - len(listed))
    index = seal(pack_key, frame(b"index", VAULT, label), roll(24), listed)
    start = 65536 - len(index)
    plain = b"\x01" + start.to_bytes(4, "big") + len(index).to_bytes(4, "big")
    opening = seal(pack_key, frame(b"opening", VAULT, label), roll(24), plain + bytes(64 - len(plain)))
    # What lies between is random in a vault and read by nobody.
    file = opening + sealed + bytes(start - len(opening) - len(sealed)) + index
    return {
        "object": object_id.hex(),
        "content": content.decode(),
        "opening_and_object": (opening + sealed).hex(),
        "index": index.hex(),
        "sha256": sha(file),
    }


def sha(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def make() -> dict[str, object]:
    """All of them, in this order: each takes its random bytes from the same counter."""
    return {
        "vault": VAULT.hex(),
        "vaultkey": VAULT_KEY.hex(),
        "frame": {
            "kind": "kind",
            "fields": ["글", "00ff", 7],
            "framed": frame(b"kind", "글".encode(), b"\x00\xff", (7).to_bytes(8, "big")).hex(),
        },
        "derive": {"label": "wrap", "field": "00ff", "key": derive(VAULT_KEY, b"wrap", b"\x00\xff").hex()},
        "tag": {
            "kind": "rings",
            "name": "00",
            "data": "0102",
            "tag": tag(VAULT_KEY, b"rings", b"00", b"\x01\x02").hex(),
        },
        "key_name": {"what": "record", "name": sha(frame(b"key", b"record") + VAULT_KEY)},
        "log_id": {
            "compartment": bytes(16).hex(),
            "device": DEVICE.hex(),
            "log": sha(frame(b"log", bytes(16), DEVICE))[:32],
        },
        "keyslot": make_keyslot(),
        "cell": make_cell(),
        "pack": make_pack(),
    }


if __name__ == "__main__":
    Path(__file__).with_name("vault.json").write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n")
