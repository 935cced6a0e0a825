"""What a PDF says of itself: its information, XMP, attached files, scripts and actions, and what its pictures
say of themselves.

Pure but for the memory of the library: it runs in the process apart (`quarantine`), and nowhere else. Nothing
is executed, and no page is drawn. Refused: what the library cannot open as a PDF, an encrypted one among it.
"""

import io
from collections.abc import Iterator

import pikepdf

from onggi.errors import OnggiError
from onggi.evidence.look import Entry, Look, cut_entries
from onggi.evidence.metadata_image import look_at_picture
from onggi.evidence.metadata_xmp import list_xmp

MOST_OBJECTS = 200_000
_MOST_STREAM = 4 * 1024 * 1024
_MOST_PICTURES = 200
_LONGEST_SCRIPT = 200
# Where what a reader would do on its own stands: in the document, a page, a note on it, a field.
_ACTIONS = ("/OpenAction", "/AA", "/A", "/PA")
_NOTES = (pikepdf.Name.Text, pikepdf.Name.FreeText, pikepdf.Name.Popup, pikepdf.Name.Highlight)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """A PDF, as far as it can be read.

    Raises:
        OnggiError: `evidence.broken` where it is none, `evidence.locked` where it wants a password,
            `evidence.limits` where it has too many objects.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise OnggiError("evidence.locked") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise OnggiError("evidence.broken") from None
    if len(pdf.objects) > MOST_OBJECTS:
        raise OnggiError("evidence.limits")
    return pdf


def look_at_pdf(data: bytes) -> Look:
    """What a PDF says of itself. Raises as `open_pdf` does."""
    with open_pdf(data) as pdf:
        try:
            entries = cut_entries(_list_entries(pdf))
        except (pikepdf.PdfError, RuntimeError, TypeError, ValueError):
            raise OnggiError("evidence.broken") from None
    return Look("read", entries)


def _list_entries(pdf: pikepdf.Pdf) -> Iterator[Entry]:
    information = pdf.trailer.get("/Info")
    if isinstance(information, pikepdf.Dictionary):
        for key, value in information.items():
            yield f"PDF {key.lstrip('/')}", _say(value)
    actions = pictures = 0
    for one in (found for root in pdf.objects for found in _walk(root)):
        if "/JS" in one:
            yield "PDF script", _say(one.get("/JS"))[:_LONGEST_SCRIPT]
        actions += sum(name in one for name in _ACTIONS)
        kind = one.get("/Type")
        if kind == pikepdf.Name.Filespec:
            yield "PDF attached or linked file", _say(one.get("/UF", one.get("/F", "")))
        if "/URI" in one:
            yield "PDF address", _say(one.get("/URI"))
        if one.get("/Subtype") in _NOTES and "/Contents" in one:
            yield "PDF note", ": ".join(filter(None, (_say(one.get("/T", "")), _say(one.get("/Contents")))))
        if isinstance(one, pikepdf.Stream):
            if kind == pikepdf.Name.Metadata:
                yield from list_xmp(_read(one))
            if one.get("/Filter") == pikepdf.Name.DCTDecode and pictures < _MOST_PICTURES:
                pictures += 1
                yield from _list_picture(one, pictures)
    if actions:
        yield "PDF actions", str(actions)


def _walk(one: object) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:
    """An object and what stands directly in it, as far as these are dictionaries or streams."""
    within: list[object] = []
    if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        yield one
        within.extend(one.values())
    elif isinstance(one, pikepdf.Array):
        within.extend(iter(one))
    for value in within:
        # What is only pointed to has its own turn.
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _walk(value)


def _list_picture(stream: pikepdf.Stream, number: int) -> Iterator[Entry]:
    try:
        look = look_at_picture(stream.read_raw_bytes(), "jpeg")
    except OnggiError:
        return
    for key, text in look.entries:
        yield f"PDF picture {number}: {key}", text


def _read(stream: pikepdf.Stream) -> bytes:
    """A stream's content, if it is no larger than metadata is: what unpacks to more is not unpacked."""
    if stream.get("/Length", 0) > _MOST_STREAM:
        return b""
    return stream.read_bytes()


def _say(value: object) -> str:
    if isinstance(value, pikepdf.Stream):
        return _read(value).decode("utf-8", "replace")
    return str(value)
