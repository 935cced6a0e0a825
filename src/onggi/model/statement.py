"""The centre of everything: one thing that one source says.

Read a statement aloud: *source S says (or denies) that A's P is V, at this place in the source, at this
distance, in these words.* It is immutable; a change is another statement that supersedes or retracts it. The
five slots are what a proof can disclose one by one (docs/design/statement-model.md, §2).

Pure. Stored bytes are hashed and kept as they are; `read_slots` ignores fields it does not know, so that a
later program's additions survive in the bytes.
"""

from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from onggi.errors import OnggiError
from onggi.model.value import Unknown, Value
from onggi.proof.canonical import MAX_DEPTH, decode_canonical

Slots: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes]

Polarity: TypeAlias = Literal["asserts", "denies"]


class What(Struct, frozen=True, omit_defaults=True, gc=False):
    """Slot 1: what is said, how near the source stood to it (0 = saw it), and its two grades (Admiralty)."""

    property: str
    value: Value
    polarity: Polarity = "asserts"
    distance: int | None = None
    reliability: str | None = None
    credibility: int | None = None


class About(Struct, frozen=True, gc=False):
    """Slot 2: this statement's id, whom or what it is about, in which case, and with what it is erased."""

    id: str
    subject: str
    case: str
    unit: str


class Words(Struct, frozen=True, omit_defaults=True, gc=False):
    """Slot 4: the words as they were said, and a translation with who made it."""

    original: str
    lang: str
    translation: str | None = None
    translation_lang: str | None = None
    translator: str | None = None


class Trace(Struct, frozen=True, omit_defaults=True, gc=False):
    """Slot 5: where in the source, who recorded it, what it replaces, whether names were looked for in it."""

    locator: str | None = None
    recorder: str | None = None
    supersedes: tuple[str, ...] = ()
    retracts: tuple[str, ...] = ()
    screened: bool = False


class Said(Struct, frozen=True, gc=False):
    """Slot 3: the source, by entity id."""

    source: str


class Statement(Struct, frozen=True, gc=False):
    """Source S says (or denies) that A's P is V: five slots, the third and fourth of which may be empty."""

    what: What
    about: About
    said: Said | None = None
    words: Words | None = None
    trace: Trace = Trace()

    @property
    def id(self) -> str:
        return self.about.id

    @property
    def subject(self) -> str:
        return self.about.subject

    @property
    def value(self) -> Value:
        return self.what.value

    @property
    def source(self) -> str | None:
        return self.said.source if self.said else None

    @property
    def known(self) -> bool:
        """Whether anything is said: false where the source was asked and does not say."""
        return not isinstance(self.what.value, Unknown)


# Sorted keys and no floats in these types: msgspec's output is RFC 8785 byte for byte (a test compares).
_encoder = msgspec.json.Encoder(order="sorted")
_read_what = msgspec.json.Decoder(What).decode
_read_about = msgspec.json.Decoder(About).decode
_read_said = msgspec.json.Decoder(Said | None).decode
_read_words = msgspec.json.Decoder(Words | None).decode
_read_trace = msgspec.json.Decoder(Trace | None).decode


def write_slots(statement: Statement) -> Slots:
    """The canonical bytes of the five slots, in the order of the format."""
    encode = _encoder.encode
    return (
        encode(statement.what),
        encode(statement.about),
        encode(statement.said),
        encode(statement.words),
        encode(statement.trace),
    )


def read_slots(slots: Slots) -> Statement:
    """The statement that five stored slots hold.

    Raises:
        OnggiError: `model.statement.form` for a slot of no such form; `proof.noncanonical` for one that nests
            deeper than canonical bytes may, which another reader's stack could not hold.
    """
    what, about, said, words, trace = slots
    try:
        statement = Statement(
            _read_what(what),
            _read_about(about),
            _read_said(said),
            _read_words(words),
            _read_trace(trace) or Trace(),
        )
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise OnggiError("model.statement.form") from None
    for slot in slots:
        if slot.count(b"[") + slot.count(b"{") > MAX_DEPTH:
            decode_canonical(slot)
    return statement
