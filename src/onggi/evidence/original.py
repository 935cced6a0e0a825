"""Originals: files become items of a case, sealed as they are, and their custody begins.

Floor 4. It writes through the ledger, in one commit: the bytes, both digests, what is said of where they come
from, and what they say of themselves, which is read by the process apart while they stream past. All of that
lies in identity, in one unit; the record learns only that the case has an item with a code. Refused: nothing
of a file's content; what cannot be looked into is sealed all the same, and that is said.
"""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec import structs

from onggi.errors import Finding
from onggi.evidence.kinds import HEAD, MEDIA_TYPES, find_kind
from onggi.evidence.look import Look
from onggi.evidence.quarantine import LARGEST, Quarantine
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.entity import Randomness, make_code, new_id
from onggi.model.statement import About, Statement, Trace, What, Words
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Number, Term, Text, Value
from onggi.model.when import When
from onggi.vault.opened import Compartment
from onggi.vault.packs import Readable
from onggi.vault.strata import Item
from onggi.vault.writing import File

Said = tuple[str, Value]
"""A property and its value: something that is said of an item."""

_UNKNOWN_TYPE = "application/octet-stream"


class Stream(Readable, Protocol):
    """What a file is read from, and given back."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in: its name as it can be written down, a stream, and how many bytes it has.

    `said` is said of this one alone; `passages` are its words, each with its place in the original it is
    aligned to; `found` are ids of findings that whoever brought it is told.
    """

    name: str
    stream: Stream
    length: int
    said: tuple[Said, ...] = ()
    passages: tuple[tuple[Words, str], ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """A file that was sealed.

    The item's id and code, its digests in hex, its length in bytes, how much it said of itself, and what
    whoever brought it should know.
    """

    item: str
    code: str
    sha256: str
    sha512: str
    length: int
    entries: int
    findings: tuple[Finding, ...]


def say_origin(
    bringer: Value | None = None,
    received: Value | None = None,
    came_from: Value | None = None,
    obtained: Value | None = None,
) -> list[Said]:
    """What is said of where an item comes from; what nobody says is left out, and shows as a gap."""
    said = (
        ("brought_by", bringer),
        ("received_on", received),
        ("came_from", came_from),
        ("obtained_by", obtained),
    )
    return [(name, value) for name, value in said if value is not None]


def say_making(
    original: str,
    kind: str,
    author: str | None = None,
    tool: str | None = None,
    lang: str | None = None,
    translator: str | None = None,
) -> list[Said]:
    """What is said of an item that was made from another."""
    texts = (("author", author), ("made_with", tool), ("language", lang), ("translator", translator))
    return [
        ("derived_from", Entity(original)),
        ("derived_as", Term("derivatives", kind)),
        *((name, Text(text, "und")) for name, text in texts if text),
    ]


def seal_originals(
    ledger: Ledger,
    compartment: Compartment,
    case: str,
    incoming: Sequence[Incoming],
    said: Sequence[Said],
    person: str,
    randomness: Randomness,
) -> list[Original]:
    """Seal files as items of a case, of each of which `said` is said; `person` is whose unit they lie in.

    Raises:
        OnggiError: what the streams raise, and what `Ledger.append` does; nothing is kept then.
    """
    with Quarantine() as quarantine:
        streams = {new_id(randomness): _Watched(one, quarantine) for one in incoming}
        codes = {id: make_code("item", randomness) for id in streams}

        def say(subject: str, name: str, value: Value, locator: str | None = None) -> Statement:
            about = About(new_id(randomness), subject, case, "")
            return Statement(What(name, value), about, trace=Trace(locator=locator))

        def describe(item: Item) -> list[Statement]:
            watched = streams[item.object]
            given = [*_say_file(watched, item), *said, *watched.incoming.said]
            told = [say(item.object, name, value) for name, value in given]
            told += [say(item.object, *one) for one in _say_look(watched.look)]
            return told + [say_passage(item.object, *one) for one in watched.incoming.passages]

        def say_passage(subject: str, words: Words, place: str) -> Statement:
            said = say(subject, "passage", Text(words.original, words.lang), place)
            return structs.replace(said, words=words if words.translation else None)

        placed: list[Placed] = [
            (Stratum.RECORD, say(id, name, value))
            for id in streams
            for name, value in (("kind", Term("entity_kinds", "item")), ("code", Text(codes[id], "und")))
        ]
        files = [File(id, "", stream, stream.length) for id, stream in streams.items()]
        receipt = ledger.append(compartment, placed, files, person, describe)
    kept = {item.object: item for item in receipt.items["identity"]}
    return [
        Original(
            id,
            codes[id],
            kept[id].sha256.hex(),
            stream.sha512,
            kept[id].length,
            len(stream.look.entries),
            tuple(Finding(code, codes[id], grave=False) for code in stream.found),
        )
        for id, stream in streams.items()
    ]


class _Watched:
    """A stream that is hashed a second time, and looked into, while it is sealed: a file is read once."""

    def __init__(self, incoming: Incoming, quarantine: Quarantine) -> None:
        self.incoming = incoming
        self._quarantine = quarantine
        self._hash = hashlib.sha512()
        self._kept: bytearray | None = None
        self._past = 0
        self.head = b""
        self.look = Look("other_form")

    @property
    def length(self) -> int:
        return self.incoming.length

    @property
    def sha512(self) -> str:
        """In hex, once it has streamed past."""
        return self._hash.hexdigest()

    @property
    def media_type(self) -> str:
        """What the bytes are, as far as they tell; else what the name says."""
        named = _guess_type(self.incoming.name)
        kind = find_kind(self.head)
        if kind is None or (kind == "zip" and named != _UNKNOWN_TYPE):
            return named
        return MEDIA_TYPES[kind]

    @property
    def found(self) -> tuple[str, ...]:
        """Ids of findings: what its inside could not tell, and a name that says something else."""
        named, kind = _guess_type(self.incoming.name), find_kind(self.head)
        disguised = named in MEDIA_TYPES.values() and (kind is None or MEDIA_TYPES[kind] != named)
        return (*self.incoming.found, *self.look.found, *(("evidence.look.disguised",) if disguised else ()))

    def readinto(self, buffer: memoryview, /) -> int:
        taken = self.incoming.stream.readinto(buffer) or 0
        part = buffer[:taken]
        self._hash.update(part)
        if len(self.head) < HEAD:
            self.head += bytes(part[: HEAD - len(self.head)])
        self._keep(part)
        self._past += taken
        if self._past >= self.length:
            self._look()
        return taken

    def _keep(self, part: memoryview) -> None:
        """Keep what can be looked into, and nothing else: the next file may be a film."""
        if self._kept is None and not self._past and find_kind(self.head) and self.length <= LARGEST:
            self._kept = bytearray(self.length)
        if self._kept is not None:
            self._kept[self._past : self._past + len(part)] = part

    def _look(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self.look = self._quarantine.look(kept)
        elif find_kind(self.head) and self.length > LARGEST:
            self.look = Look("too_large", found=("evidence.look.large",))


def _say_file(watched: _Watched, item: Item) -> list[Said]:
    named: list[Said] = [("file_name", Text(watched.incoming.name, "und"))] if watched.incoming.name else []
    return [
        *named,
        ("media_type", Text(watched.media_type, "und")),
        ("sha256", Text(item.sha256.hex(), "und")),
        ("sha512", Text(watched.sha512, "und")),
        ("length", Number(str(item.length), "bytes")),
        ("looked_into", Term("lookings", watched.look.outcome)),
    ]


def _say_look(look: Look) -> list[tuple[str, Value, str | None]]:
    """What a file says of itself; when and where it says it was made stand apart, and say by what."""
    said: list[tuple[str, Value, str | None]] = []
    if look.taken_on is not None:
        said.append(("taken_on", Date.of(When(look.taken_on)), "EXIF"))
    if look.taken_at is not None:
        said.append(("taken_at", Text(look.taken_at, "und"), "GPS"))
    return said + [("metadata", Text(f"{key}: {text}", "und"), None) for key, text in look.entries]


def _guess_type(name: str) -> str:
    """What the end of a name says; a folder before it keeps `data:…` from being taken for an address."""
    return mimetypes.guess_type(f"./{name}")[0] or _UNKNOWN_TYPE
