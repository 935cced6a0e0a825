"""A root that is signed and shown outside: a C2SP checkpoint over a fresh tree (proof.md §3 and §4).

Each anchor has its own tree with its own random values and its own origin, so that two anchors share nothing
but the key. A checkpoint here is a log that never grows; it says that these roots were there when it was
signed.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from onggi.errors import OnggiError
from onggi.proof.digest import HASH_SIZE, hash_entry
from onggi.proof.merkle import build_levels, path_through
from onggi.proof.signature import PublicKey, Signer
from onggi.proof.tree import Randomness, is_width, scatter_leaves

LEAST_LEAVES = 64
"""An anchor over few commits looks like one over up to this many."""

# Signature types of c2sp.org/signed-note.
_ED25519_TYPE = b"\x01"
_MLDSA_TYPE = b"\x06"

_KEY_ID_SIZE = 4
_DASH = "\N{EM DASH}"
# c2sp.org/tlog-cosignature: a time of zero makes no statement about the largest tree seen, and we make none.
_NO_TIME = bytes(8)

_FORM = re.compile(
    r"(?P<origin>onggi\.invalid/[0-9a-f]{16}/[0-9a-f]{16})\n"
    r"(?P<size>[1-9][0-9]{1,9})\n"
    r"(?P<root>[0-9A-Za-z+/]{43}=)\n"
    r"\n"
    rf"{_DASH} (?P=origin) (?P<ed25519>[0-9A-Za-z+/]{{91}}=)\n"
    rf"{_DASH} (?P=origin) (?P<mldsa>[0-9A-Za-z+/]{{3243}}=)\n"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The way from one commit root to the root of an anchor."""

    random: bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor file as its parts: what it says, and per signature the key id and the signature itself."""

    origin: str
    size: int
    root: bytes
    ed25519_id: bytes
    ed25519: bytes
    mldsa_id: bytes
    mldsa: bytes

    @property
    def note(self) -> bytes:
        """The text that the Ed25519 key signs: c2sp.org/tlog-checkpoint."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()

    @property
    def text(self) -> bytes:
        """The whole file, over whose SHA-256 a timestamp is asked for."""
        return self.note + b"".join(
            [
                b"\n",
                _render_signature(self.origin, self.ed25519_id + self.ed25519),
                _render_signature(self.origin, self.mldsa_id + _NO_TIME + self.mldsa),
            ]
        )


@dataclass(frozen=True, slots=True)
class Planted:
    """An anchor with the entries of the commit roots it was made for, in the order of these roots."""

    anchor: Anchor
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """The tree of an anchor before it is signed: its root and size, and the entries of the commit roots."""

    root: bytes
    size: int
    entries: tuple[Entry, ...]


def plant_anchor(commit_roots: Sequence[bytes], signer: Signer, random: Randomness) -> Planted:
    """Make one anchor that covers all of `commit_roots`."""
    grown = grow_anchor(commit_roots, random)
    return Planted(sign_root(grown.root, grown.size, signer), grown.entries)


def grow_anchor(commit_roots: Sequence[bytes], random: Randomness) -> Grown:
    """Make the tree of one anchor over all of `commit_roots`: the same again from the same `random`."""
    randoms = [random(HASH_SIZE) for _ in commit_roots]
    leaves = [hash_entry(fresh, root) for fresh, root in zip(randoms, commit_roots, strict=True)]
    scattered = scatter_leaves(leaves, random, least=LEAST_LEAVES)
    levels = build_levels(scattered.leaves)
    entries = tuple(
        Entry(fresh, place, path_through(levels, place))
        for fresh, place in zip(randoms, scattered.places, strict=True)
    )
    return Grown(levels[-1][0], len(scattered.leaves), entries)


def sign_root(root: bytes, size: int, signer: Signer) -> Anchor:
    """The anchor of a tree of `size` leaves under `root`."""
    public, origin = signer.public, anchor_origin(signer.public, root)
    unsigned = Anchor(origin, size, root, _ed25519_id(origin, public), b"", _mldsa_id(origin, public), b"")
    return replace(
        unsigned,
        ed25519=signer.sign_ed25519(unsigned.note),
        mldsa=signer.sign_mldsa(_cosigned_message(unsigned)),
    )


def parse_anchor(text: bytes) -> Anchor:
    """Read an anchor file. Its form is checked to the last bit, its signatures are not: see `verify_anchor`.

    Raises:
        OnggiError: `proof.anchor.form`, where the bytes are not what `Anchor.text` would give.
    """
    try:
        form = _FORM.fullmatch(text.decode("utf-8"))
    except UnicodeDecodeError:
        form = None
    if form is None:
        raise OnggiError("proof.anchor.form")
    ed25519 = base64.b64decode(form["ed25519"])
    mldsa = base64.b64decode(form["mldsa"])
    anchor = Anchor(
        origin=form["origin"],
        size=int(form["size"]),
        root=base64.b64decode(form["root"]),
        ed25519_id=ed25519[:_KEY_ID_SIZE],
        ed25519=ed25519[_KEY_ID_SIZE:],
        mldsa_id=mldsa[:_KEY_ID_SIZE],
        mldsa=mldsa[_KEY_ID_SIZE + len(_NO_TIME) :],
    )
    # Writing it again also catches base64 with stray last bits, and a time that is not zero.
    if anchor.text != text or not is_width(anchor.size) or anchor.size < LEAST_LEAVES:
        raise OnggiError("proof.anchor.form")
    return anchor


def check_names(anchor: Anchor, public: PublicKey) -> bool:
    """Whether the origin and both key ids are those of `public`."""
    return (anchor.origin, anchor.ed25519_id, anchor.mldsa_id) == (
        anchor_origin(public, anchor.root),
        _ed25519_id(anchor.origin, public),
        _mldsa_id(anchor.origin, public),
    )


def check_ed25519(anchor: Anchor, public: PublicKey) -> bool:
    """Whether the Ed25519 signature is right."""
    return public.verify_ed25519(anchor.note, anchor.ed25519)


def check_mldsa(anchor: Anchor, public: PublicKey) -> bool:
    """Whether the ML-DSA-44 signature is right.

    Raises:
        OnggiError: `proof.primitive`, where the crypto library does not know the algorithm.
    """
    return public.verify_mldsa(_cosigned_message(anchor), anchor.mldsa)


def verify_anchor(text: bytes, public: PublicKey) -> Anchor:
    """Read an anchor file and check everything that it says of itself.

    Raises:
        OnggiError: `proof.anchor.form` or `proof.anchor.signature`.
    """
    anchor = parse_anchor(text)
    if not (check_names(anchor, public) and check_ed25519(anchor, public) and check_mldsa(anchor, public)):
        raise OnggiError("proof.anchor.signature")
    return anchor


def anchor_origin(public: PublicKey, root: bytes) -> str:
    """The name of the log that an anchor is.

    Each is one of its own, so no two are ever inconsistent (tlog-checkpoint).
    """
    return f"{public.principal}/{root.hex()[:16]}"


def _ed25519_id(origin: str, public: PublicKey) -> bytes:
    return _key_id(origin, _ED25519_TYPE + public.ed25519)


def _mldsa_id(origin: str, public: PublicKey) -> bytes:
    return _key_id(origin, _MLDSA_TYPE + public.mldsa)


def _key_id(name: str, typed_key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + typed_key).digest()[:_KEY_ID_SIZE]


def _cosigned_message(anchor: Anchor) -> bytes:
    # `cosigned_message` of c2sp.org/tlog-cosignature, for a whole tree, cosigned by the log itself.
    name = anchor.origin.encode()
    opaque_name = bytes([len(name)]) + name
    bounds = (0).to_bytes(8) + anchor.size.to_bytes(8)
    return b"subtree/v1\n\x00" + opaque_name + _NO_TIME + opaque_name + bounds + anchor.root


def _render_signature(name: str, signature: bytes) -> bytes:
    return f"{_DASH} {name} {base64.b64encode(signature).decode()}\n".encode()
