"""A PDF written anew: its pages as they are drawn, and nothing that runs, hides, or says where it comes from.

Pages are taken over by a list of what a page needs, not cleared by a list of what is bad. Pure but for the
memory of the library: it runs in the process apart (`quarantine`), and nowhere else. What is drawn stays,
also what is drawn beneath something else or outside the page's edge. Refused: what `open_pdf` refuses.
"""

import io
import zlib
from collections.abc import Iterator

import pikepdf

from onggi import __version__
from onggi.errors import OnggiError
from onggi.evidence.copies import Copy
from onggi.evidence.kinds import MEDIA_TYPES
from onggi.evidence.metadata_pdf import open_pdf

MOST_PAGES = 5_000

_PAGE = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit"}
)
_PAGE_GROUP = "/Group"
# What may stand in anything a page is drawn from, and is not drawn.
_BESIDE = (
    *(
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/AF",
        "/OPI",
        "/Alternates",
        "/Thumb",
        "/Measure",
        "/PtData",
    ),
    *("/StructParent", "/StructParents", "/JS", "/JavaScript", "/EF"),
)
_LAYER = ("/Usage", "/Intent")
_JPEG_KEPT = frozenset({0xE0, 0xEE})  # JFIF; and Adobe's, which tells how colours are stored
_JPX_KEPT = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
_MOST_UNPACKED = 256 * 1024 * 1024


def rewrite_pdf(data: bytes) -> Copy:
    """A PDF of the same pages. Raises as `open_pdf` does, and `evidence.limits` for too many pages."""
    out = io.BytesIO()
    found: list[str] = []
    with open_pdf(data) as pdf, pikepdf.new() as plain:
        try:
            if len(pdf.pages) > MOST_PAGES:
                raise OnggiError("evidence.limits")
            if any("/Annots" in page for page in pdf.pages):
                # What fields and notes look like becomes part of the page; what they would do does not.
                pdf.flatten_annotations("screen")
            for page in pdf.pages:
                _clear_page(page)
                plain.pages.append(page)
            found += _clear_objects(plain)
            plain.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        except (pikepdf.PdfError, RuntimeError, TypeError, ValueError):
            raise OnggiError("evidence.broken") from None
    tool = f"Onggi {__version__}, pikepdf {pikepdf.__version__}, qpdf {pikepdf.__libqpdf_version__}"
    return Copy(MEDIA_TYPES["pdf"], tool, tuple(dict.fromkeys(found)), out.getvalue())


def _clear_page(page: pikepdf.Page) -> None:
    for key in set(page.obj.keys()) - _PAGE:
        if key == _PAGE_GROUP and page.obj[key].get("/S") == pikepdf.Name.Transparency:
            continue
        del page.obj[key]


def _clear_objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Clear everything that pages are drawn from; the ids of what could not be looked into."""
    for one in list(pdf.objects):
        yield from _clear(one)


def _clear(one: pikepdf.Object) -> Iterator[str]:
    """An object and what stands directly in it."""
    if isinstance(one, pikepdf.Array):
        for item in one:
            yield from _clear_direct(item)
        return
    if not isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    if isinstance(one, pikepdf.Stream) or "/Type" in one:  # else it maps names, which may be any
        for key in _BESIDE:
            if key in one:
                del one[key]
    if one.get("/Type") == pikepdf.Name.OCG:
        one["/Name"] = pikepdf.String("-")
        for key in _LAYER:
            if key in one:
                del one[key]
    if isinstance(one, pikepdf.Stream):
        for key in ("/Ref", "/OC", "/F", "/FFilter", "/FDecodeParms"):
            if key in one:
                del one[key]
        if one.get("/Type") == pikepdf.Name.Metadata:
            one.write(b"")
        yield from _clear_picture(one)
    for value in one.values():
        yield from _clear_direct(value)


def _clear_direct(value: object) -> Iterator[str]:
    """What stands in another object; what is only pointed to is cleared when it is its turn."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _clear(value)


def _clear_picture(stream: pikepdf.Stream) -> Iterator[str]:
    """Take out of a picture what it says of itself; it is not decoded, so that nothing is lost."""
    written = stream.get("/Filter")
    filters = [str(one) for one in written] if isinstance(written, pikepdf.Array) else [str(written)]
    if filters[-1] not in ("/DCTDecode", "/DCT", "/JPXDecode"):
        return
    raw = stream.read_raw_bytes()
    for one in filters[:-1]:
        if one not in ("/FlateDecode", "/Fl"):
            yield "evidence.copy.picture"
            return
        raw = _unpack(raw)
    plain = strip_jpx(raw) if filters[-1] == "/JPXDecode" else strip_jpeg(raw)
    if plain is None:
        yield "evidence.copy.picture"
        return
    # The last filter's parameters are its own; those before it are gone with their filters.
    stream.write(plain, filter=pikepdf.Name(filters[-1]))


def strip_jpeg(data: bytes) -> bytes | None:
    """A JPEG without what it says of itself and what hangs on behind it; None where it is none."""
    if not data.startswith(b"\xff\xd8"):
        return None
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_scan(data, end)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_KEPT:
            kept.append(data[at:end])
        at = end
    # One that ends without its last marker is drawn all the same.
    return b"".join([*kept, b"\xff\xd9"]) if len(kept) > 2 else None


def _end_scan(data: bytes, at: int) -> int:
    """Where coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def strip_jpx(data: bytes) -> bytes | None:
    """A JPEG 2000 picture of its pixels and how to show them; None where it is none."""
    if data.startswith(b"\xff\x4f\xff\x51"):  # bare pixels
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        end = len(data) if length == 0 else at + length
        if end < at + 8 or end > len(data):
            return None
        if kind in _JPX_KEPT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) if kept and kept[0][4:8] == b"jP  " else None


def _unpack(data: bytes) -> bytes:
    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(data, _MOST_UNPACKED)
    except zlib.error:
        raise OnggiError("evidence.broken") from None
    if stream.unconsumed_tail:
        raise OnggiError("evidence.limits")
    return plain
