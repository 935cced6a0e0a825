"""Sound written anew: the samples of a plain recording, behind a head of ours, and nothing else.

Pure but for the memory it takes: it runs in the process apart (`quarantine`), and nowhere else. Samples are
numbers, and every one of them is heard: what a player then reads is a form that holds nothing else. Refused:
whatever is not uncompressed (MP3, AAC, a telephone's own forms), since no decoder of ours would stand between
such a file and the player; a head that contradicts itself.
"""

import struct
from collections.abc import Iterator

from onggi import __version__
from onggi.errors import OnggiError
from onggi.evidence.copies import Copy
from onggi.evidence.kinds import MEDIA_TYPES
from onggi.evidence.look import Look

_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_CHUNK = struct.Struct("<4sI")
_FORM = struct.Struct("<HHIIHH")
_PLAIN, _EXTENSIBLE = 1, 0xFFFE
_PLAIN_KIND = bytes.fromhex("0100000000001000800000aa00389b71")
_RATES = range(4_000, 192_001)
_WIDTHS = (8, 16, 24, 32)
_CHANNELS = (1, 2)
_MOST_CHUNKS = 1_000


def rewrite_sound(data: bytes) -> Copy:
    """A WAV file as a WAV file with a head and samples alone.

    Raises:
        OnggiError: `evidence.copy.form` where it is compressed, `evidence.broken` where it is none.
    """
    form, samples = b"", None
    for name, content in _list_chunks(data):
        if name == b"fmt " and not form:
            form = content
        elif name == b"data" and samples is None:
            samples = content
    if len(form) < _FORM.size or samples is None:
        raise OnggiError("evidence.broken")
    kind, channels, rate, _, _, width = _FORM.unpack_from(form)
    if kind == _EXTENSIBLE and form[24:40] == _PLAIN_KIND:
        kind = _PLAIN
    if kind != _PLAIN:
        raise OnggiError("evidence.copy.form")
    if channels not in _CHANNELS or rate not in _RATES or width not in _WIDTHS:
        raise OnggiError("evidence.broken")
    frame = channels * width // 8
    samples = samples[: len(samples) // frame * frame]
    head = _HEAD.pack(
        *(b"RIFF", _HEAD.size - _CHUNK.size + len(samples), b"WAVE", b"fmt ", _FORM.size),
        *(_PLAIN, channels, rate, rate * frame, frame, width),
        *(b"data", len(samples)),
    )
    return Copy(MEDIA_TYPES["wav"], f"Onggi {__version__}", content=head + samples)


def look_at_sound(data: bytes) -> Look:
    """A WAV of head and samples alone says nothing of itself; what stands in any other is not read."""
    try:
        alone = rewrite_sound(data).content == data
    except OnggiError:
        alone = False
    return Look("read" if alone else "other_form")


def _list_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a RIFF file; the last is as long as the file, whatever it says."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + _CHUNK.size > len(data):
            return
        name, size = _CHUNK.unpack_from(data, at)
        yield name, data[at + _CHUNK.size : at + _CHUNK.size + size]
        at += _CHUNK.size + size + size % 2
