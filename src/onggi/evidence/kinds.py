"""Which kind of file some bytes are, told by the bytes and never by a name.

Pure. It looks at where a file begins and decides nothing more: a file that begins like a picture may still be
none, and may be something else as well. Refused: nothing; what begins like none of these has no kind.
"""

from collections.abc import Mapping
from types import MappingProxyType

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "jpeg": "image/jpeg",
        "png": "image/png",
        "gif": "image/gif",
        "webp": "image/webp",
        "tiff": "image/tiff",
        "bmp": "image/bmp",
        "avif": "image/avif",
        "heif": "image/heif",
        "pdf": "application/pdf",
        "zip": "application/zip",
        "wav": "audio/wav",
    }
)
"""The kinds there are, and the media type of each; an office document is a zip of certain files."""

PICTURES = frozenset({"jpeg", "png", "gif", "webp", "tiff", "bmp", "avif"})
"""What is drawn anew."""

HEAD = 1024
"""So many bytes tell the kind; a PDF may have that much in front of it."""

_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"PK\x03\x04", "zip"),
)
_BITMAPS = frozenset({12, 40, 52, 56, 64, 108, 124})  # lengths of what follows; two letters alone say little
_BRANDS = {
    b"avif": "avif",
    b"avis": "avif",
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "heif"),
}


def find_kind(head: bytes) -> str | None:
    """The kind of a file that begins like this."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAPS:
        return "bmp"
    return "pdf" if b"%PDF-" in head[:HEAD] else None
