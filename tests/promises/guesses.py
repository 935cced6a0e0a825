"""Guesses at what was erased, and every mark by which something that is left could confirm one.

Whoever guesses has a name or a file, the format, and all keys that are left. So a mark is what a program
could have stored of it in good faith: the text, its pieces, a hash of it, a hash under a key, a leaf.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.promises.plunder import list_forms

from onggi.ledger.bigrams import normalise, split_text
from onggi.model.statement import About, Statement, What, write_slots
from onggi.model.value import Text
from onggi.proof.digest import SALT_SIZE, hash_item, hash_slot
from onggi.proof.leaf import seal_slots
from onggi.vault.seal import derive

_ALGORITHMS = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")
_NO_SALT = bytes(SALT_SIZE)

CUT = 16
"""A digest counts as found where so many of its bytes, or of its letters in hex or base64, stand."""


@dataclass(frozen=True)
class Guess:
    """Something somebody may hold against what is left: its bytes, and the pieces that would stand of it."""

    data: bytes
    pieces: tuple[str | bytes, ...]


def guess_name(name: str) -> Guess:
    """A name as it is written, and as an index would hold it."""
    whole = normalise(name)
    return Guess(name.encode(), (name, whole, *(token for token in split_text(whole)[0] if len(token) > 1)))


def guess_file(data: bytes) -> Guess:
    """A file that somebody has too."""
    return Guess(data, (data[:512], data[len(data) // 2 :][:512], data[-512:]))


def list_pieces(guess: Guess) -> set[bytes]:
    """The pieces of it, in every form in which they could stand somewhere."""
    return {form for piece in guess.pieces for form in list_forms(piece)}


def list_digests(guess: Guess, keys: Iterable[bytes]) -> set[bytes]:
    """What a program could have made of it, under any of these keys or under none, in every form."""
    return {form for digest in _list_digests(guess, keys) for form in list_forms(digest[:CUT])}


def _list_digests(guess: Guess, keys: Iterable[bytes]) -> Iterator[bytes]:
    forms = {guess.data}
    if len(guess.data) < 1024:
        text = guess.data.decode()
        forms |= {unicodedata.normalize(form, text).encode() for form in ("NFC", "NFD", "NFKC", "NFKD")}
        forms |= {normalise(text).encode()}
    for data in forms:
        yield from (hashlib.new(name, data).digest() for name in _ALGORITHMS)
        yield from _list_leaves(data)
        digest = hashlib.sha256(data).digest()
        for key in keys:
            yield hmac.digest(key, data, "sha256")
            yield hmac.digest(key, digest, "sha256")
            yield hashlib.sha256(key + data).digest()
            for label in ("item", "index", "object"):
                yield derive(key, label, digest)


def _list_leaves(data: bytes) -> Iterator[bytes]:
    """The leaf of a file, or of the slot with a name in it, as it would be without a salt."""
    digest = hashlib.sha256(data).digest()
    yield hash_item(_NO_SALT, digest, len(data))
    if len(data) < 1024:
        what = What("name", Text(data.decode(), "ko"))
        slots = write_slots(Statement(what, About("", "", "", "")))
        yield hash_slot(1, _NO_SALT, slots[0])
        yield seal_slots(slots, bytes(5 * SALT_SIZE)).leaf
