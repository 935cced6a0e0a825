"""Heads: what a device has acknowledged, and which packs it has written (vault-format.md, §6).

Pure: a value in, sealed bytes out. Every member sees whether a device's packs are all there, fillers among
them; only who is in a compartment sees the head of its log.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct, structs

from onggi.errors import OnggiError
from onggi.proof.signature import Signer
from onggi.vault.fillers import round_count
from onggi.vault.members import Card
from onggi.vault.seal import Randomness, derive, frame, pad, seal, unpad, unseal
from onggi.vault.signed import Hash, Id, check_signed, decode_json, read_body, sign_body

_BOX = 256
_LEAST_BOXES = 4
_LEAST_RETIRED = 32


class _Sealed(Struct, frozen=True):
    v: int
    device: Id
    count: str
    copied: Id | None
    packs: str
    retired: str
    boxes: tuple[str, ...]


class _Box(Struct, frozen=True):
    compartment: Id
    log: Id
    seq: int
    hash: Hash


@dataclass(frozen=True)
class Tip:
    """The newest commit of one log that was acknowledged."""

    compartment: str
    log: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Heads:
    """What one device has acknowledged; packs are hashes in hex, `retired` those that may still lie there.

    What was read has random hashes among `retired`, which lie nowhere.
    """

    device: str
    count: int = 0
    copied: str | None = None
    packs: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()
    tips: Mapping[str, Tip] = field(default_factory=dict)


def heads_key(vaultkey: bytes) -> bytes:
    """The key of every heads cell: each member reads each other's inventory."""
    return derive(vaultkey, "heads")


def write_heads(
    heads: Heads, signer: Signer, desk: bytes, log_keys: Mapping[str, bytes], randomness: Randomness
) -> bytes:
    """What a heads cell holds: signed, with one box for each compartment's log among random ones."""
    # How often a device has written would tell every member how busy compartments are that she cannot see.
    count = seal(derive(desk, "heads"), frame("count"), (heads.count + 1).to_bytes(8, "big"), randomness)
    boxes = [
        seal(_box_key(log_keys[tip.compartment], tip.compartment), frame("tip"), _write_tip(tip), randomness)
        for tip in heads.tips.values()
    ]
    length = len(boxes[0]) if boxes else _BOX + 72
    boxes += [randomness(length) for _ in range(round_count(len(boxes), _LEAST_BOXES) - len(boxes))]
    # As many fillers go as packs came: the bare number would tell whether the last write was of identity too.
    hidden = round_count(len(heads.retired), _LEAST_RETIRED) - len(heads.retired)
    retired = heads.retired.union(randomness(32).hex() for _ in range(hidden))
    sealed = _Sealed(
        1,
        heads.device,
        base64.b64encode(count).decode(),
        heads.copied,
        _join(heads.packs),
        _join(retired),
        # Sorting what looks random is as good as shuffling it, and needs no dice.
        tuple(base64.b64encode(box).decode() for box in sorted(boxes)),
    )
    return sign_body(signer, "heads", sealed)


def read_heads(data: bytes, card: Card, log_keys: Mapping[str, bytes], desk: bytes | None = None) -> Heads:
    """The heads in a cell, with the tips of logs whose key is at hand; `count` needs one's own `desk`."""
    check_signed(card.public, "heads", data)
    sealed = read_body(data, _Sealed)
    if sealed.device != card.id:
        raise OnggiError("vault.seal.broken")
    try:
        tips = [_open_tip(base64.b64decode(box), log_keys) for box in sealed.boxes]
        return Heads(
            sealed.device,
            _open_count(sealed.count, desk),
            sealed.copied,
            frozenset(_part(sealed.packs)),
            frozenset(_part(sealed.retired)),
            {tip.compartment: tip for tip in tips if tip is not None},
        )
    except ValueError:  # what is no base64
        raise OnggiError("vault.seal.broken") from None


def _open_count(box: str, desk: bytes | None) -> int:
    if desk is None:
        return 0
    return int.from_bytes(unseal(derive(desk, "heads"), frame("count"), base64.b64decode(box)), "big")


def _open_tip(box: bytes, log_keys: Mapping[str, bytes]) -> Tip | None:
    for compartment, key in log_keys.items():
        try:
            plain = unpad(unseal(_box_key(key, compartment), frame("tip"), box), 2)
        except OnggiError:
            continue
        return Tip(**structs.asdict(decode_json(plain, _Box)))
    return None


def _write_tip(tip: Tip) -> bytes:
    box = _Box(tip.compartment, tip.log, tip.seq, tip.hash)
    return pad(msgspec.json.encode(box, order="sorted"), _BOX, 2)


def _box_key(log_key: bytes, compartment: str) -> bytes:
    return derive(log_key, "heads", bytes.fromhex(compartment))


def _join(hashes: Iterable[str]) -> str:
    return base64.b64encode(b"".join(bytes.fromhex(name) for name in sorted(hashes))).decode()


def _part(joined: str) -> list[str]:
    data = base64.b64decode(joined)
    return [data[at : at + 32].hex() for at in range(0, len(data), 32)]
