"""What one write puts into one domain: cut into parts, sealed, and staged as packs (vault-format.md, §7).

Every byte is read once, into a window that stays in the processor's cache, and sealed from there into the
pack. Touches the disk through `staging`. Refused: a stream that ends before its length.
"""

import io
from collections.abc import Iterator, Sequence

import msgspec

from onggi.errors import OnggiError
from onggi.vault.folder import Folder
from onggi.vault.packs import (
    CLASSES,
    OPENING,
    Domain,
    Readable,
    Row,
    Scope,
    Stored,
    index_context,
    make_scope,
    seal_opening,
)
from onggi.vault.seal import (
    CHUNK,
    Message,
    Randomness,
    capacity,
    fill_random,
    pad,
    padded_length,
    seal,
    sealed_length,
)
from onggi.vault.staging import Staged, Staging

# What one write puts into a domain lies in packs of 1 MiB up to here, in packs of 16 MiB above.
_MIDDLE = 8 * 1024 * 1024
_INDEX_LIMIT = 8 * 1024 * 1024
# A row holds a kind, two ids, a log id and numbers: never longer than this once it is written down.
_ROW_LENGTH = 200
# What stands around the rows of an index, its length before it among that.
_INDEX_AROUND = 40
_WINDOW = 16 * CHUNK
_ZEROS = memoryview(bytes(_WINDOW))


class PackWriter:
    """Seals what one write puts into one domain."""

    def __init__(self, folder: Folder, vault: str, domain: Domain, randomness: Randomness) -> None:
        self._folder = folder
        self._vault = vault
        self._domain = domain
        self._randomness = randomness
        self._scopes: dict[tuple[str, str], Scope] = {}
        self._window = memoryview(bytearray(_WINDOW))

    def write(self, objects: Sequence[Stored]) -> list[Staged]:
        """Stage packs that hold all of `objects`; returns what was staged, for the caller to settle."""
        with Staging(self._folder, _choose_class(objects)) as staging:
            self._pack = _Pack(memoryview(staging.buffer))
            self._full = self._pack.room
            for stored in objects:
                self._add(stored, staging)
            if self._pack.rows:
                self._finish(staging)
            return staging.finish()

    def _add(self, stored: Stored, staging: Staging) -> None:
        """Cut an object into padded parts, each of what the pack has room for at that moment."""
        stream = io.BytesIO(stored.data) if isinstance(stored.data, bytes) else stored.data
        rest, number = stored.length, 0
        while rest or not number:
            size = self._fit(rest, staging)
            taken = min(rest, size - 8)
            rest -= taken
            self._put(stored, number, not rest, size, self._read_padded(stream, taken, size))
            number += 1

    def _fit(self, rest: int, staging: Staging) -> int:
        """The padded length of the next part of an object of which `rest` bytes are left."""
        wanted = padded_length(rest, self._full)
        room = self._pack.room
        if wanted <= room:
            return wanted
        floor = 1 << (room.bit_length() - 1) if room > 0 else 0
        # A small remainder is not worth a part of its own.
        if floor >= len(self._pack.memory) // 64:
            return floor
        self._finish(staging)
        return wanted

    def _put(self, stored: Stored, number: int, last: bool, size: int, pieces: Iterator[memoryview]) -> None:
        scope = self._find_scope(stored)
        at, out = self._pack.take(sealed_length(size))
        message = Message(scope.key, scope.context(stored.object, number, last), out, self._randomness)
        for piece in pieces:
            size -= len(piece)
            if size:
                message.add(piece)
            else:
                message.finish(piece)
        place = (stored.kind, stored.unit, stored.object, number, int(last), at, len(out))
        self._pack.note((*place, stored.log, stored.seq))

    def _read_padded(self, stream: Readable, taken: int, size: int) -> Iterator[memoryview]:
        """`pad` of the next bytes of a stream, as much of it at a time as the window holds."""
        window = self._window
        window[:8] = taken.to_bytes(8, "big")
        start = 8
        for at in range(0, size, _WINDOW):
            end = min(_WINDOW, size - at)
            stop = min(start + taken, end)
            if start < stop or at == 0:  # an empty file is opened, too
                _fill(window[start:stop], stream)
            window[stop:end] = _ZEROS[: end - stop]
            yield window[:end]
            taken -= stop - start
            start = 0

    def _find_scope(self, stored: Stored) -> Scope:
        # Thousands of files lie in one unit: its key is derived once.
        place = (stored.kind, stored.unit)
        scope = self._scopes.get(place)
        if scope is None:
            scope = make_scope(self._vault, self._domain, stored.kind, stored.unit, stored.unit_key)
            self._scopes[place] = scope
        return scope

    def _finish(self, staging: Staging) -> None:
        """Write the index and the opening, hand the pack over, and begin another."""
        memory, key = self._pack.memory, self._domain.pack_key
        encoded = self._pack.encode_index()
        index = pad(encoded, padded_length(len(encoded), _INDEX_LIMIT))
        sealed = seal(key, index_context(self._vault, self._domain), index, self._randomness)
        start = len(memory) - len(sealed)
        memory[start:] = sealed
        fill_random(memory[self._pack.at : start], self._randomness)
        memory[:OPENING] = seal_opening(self._vault, self._domain, start, len(sealed), self._randomness)
        staging.stage()
        self._pack = _Pack(memoryview(staging.buffer))


class _Pack:
    """A pack that is being filled: how far, and with what."""

    def __init__(self, memory: memoryview) -> None:
        self.memory = memory
        self.at = OPENING
        self.rows: list[bytes] = []
        self._rows_length = 0
        self._index_length = 0
        self._reserve_index()

    @property
    def room(self) -> int:
        """How many bytes one more part may have, if an index that names it is still to fit."""
        return max(capacity(len(self.memory) - self.at - sealed_length(self._index_length)), 0)

    def take(self, length: int) -> tuple[int, memoryview]:
        """The next bytes of the pack, and where they begin."""
        at = self.at
        self.at += length
        return at, self.memory[at : self.at]

    def note(self, row: Row) -> None:
        """Have the index name a part."""
        encoded = msgspec.json.encode(row)
        self.rows.append(encoded)
        self._rows_length += len(encoded) + 1
        self._reserve_index()

    def _reserve_index(self) -> None:
        """Keep room for an index of one more row."""
        needed = self._rows_length + _ROW_LENGTH + _INDEX_AROUND
        if needed > self._index_length:
            self._index_length = padded_length(needed, _INDEX_LIMIT)

    def encode_index(self) -> bytes:
        """The index of all that was noted: as msgspec would write it, of rows that were written already."""
        return b'{"objects":[' + b",".join(self.rows) + b"]}"


def _choose_class(objects: Sequence[Stored]) -> int:
    sealed = sum(sealed_length(padded_length(stored.length, CLASSES[2])) for stored in objects)
    index = sealed_length(padded_length(_ROW_LENGTH * len(objects) + _INDEX_AROUND, _INDEX_LIMIT))
    if OPENING + sealed + index <= CLASSES[0]:
        return CLASSES[0]
    return CLASSES[1] if sealed <= _MIDDLE else CLASSES[2]


def _fill(memory: memoryview, stream: Readable) -> None:
    while True:
        taken = stream.readinto(memory)
        memory = memory[taken:]
        if not memory:
            return
        if not taken:
            raise OnggiError("vault.packs.changed")
