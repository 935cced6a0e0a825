"""What an office document says of itself: its properties, comments, tracked changes, and its pictures.

Word, Excel and PowerPoint (OOXML) and OpenDocument are zips of XML. Pure, and bounded: so many files are
opened, none unpacked further than its limit, whatever the zip claims of their sizes. No link is followed.
Refused: a zip that cannot be read; one that is no office document says nothing.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from onggi.errors import OnggiError
from onggi.evidence.kinds import HEAD, find_kind
from onggi.evidence.look import Entry, Look, cut_entries
from onggi.evidence.markup import Element, list_leaves, read_markup
from onggi.evidence.metadata_image import look_at_picture

_LARGEST_PART = 16 * 1024 * 1024
_LARGEST_ALL = 64 * 1024 * 1024
_MOST_FILES = 5_000
_MOST_PICTURES = 200

_PROPERTIES = {
    "docProps/core.xml": "Office",
    "docProps/app.xml": "Office",
    "docProps/custom.xml": "Office",
    "meta.xml": "Office",
}
_MARKS = ("[Content_Types].xml", "mimetype")
# Elements of both families that hold what somebody remarked or changed, and by what name we tell them.
_REMARKS = {
    "comment": "comment",
    "cm": "comment",
    "annotation": "comment",
    "ins": "tracked insertion",
    "del": "tracked deletion",
    "moveFrom": "tracked move",
    "moveTo": "tracked move",
    "rPrChange": "tracked change",
    "pPrChange": "tracked change",
    "insertion": "tracked insertion",
    "deletion": "tracked deletion",
    "cmAuthor": "comment author",
}
_REMARKED = (
    "word/",
    "xl/comments",
    "xl/threadedComments/",
    "xl/persons/",
    "ppt/comments",
    "ppt/commentAuthors",
)
_SHARED = ("content.xml",)
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")


def look_at_office(data: bytes) -> Look:
    """What an office document says of itself.

    Raises:
        OnggiError: `evidence.broken` for a zip that cannot be read, `evidence.limits` for one of too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist()]
            if len(names) > _MOST_FILES:
                raise OnggiError("evidence.limits")
            if not any(mark in names for mark in _MARKS):
                return Look("other_form")
            found = _Parts(archive)
            entries = cut_entries(_list_entries(found, names))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeDecodeError):
        raise OnggiError("evidence.broken") from None
    return Look("read", entries)


class _Parts:
    """The files of a zip, none further than its limit, and all together no further than theirs."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = _LARGEST_ALL

    def read(self, name: str) -> bytes:
        """A file. Raises `evidence.limits` for one that unpacks to too much."""
        try:
            with self._archive.open(name) as file:
                data = file.read(min(_LARGEST_PART, self._left) + 1)
        except (RuntimeError, OSError, zlib.error, KeyError):
            raise OnggiError("evidence.broken") from None
        self._left -= len(data)
        if len(data) > _LARGEST_PART or self._left < 0:
            raise OnggiError("evidence.limits")
        return data


def _list_entries(parts: _Parts, names: list[str]) -> Iterator[Entry]:
    for name, heading in _PROPERTIES.items():
        if name in names:
            for key, text in list_leaves(_read(parts, name), ("pid", "fmtid", "vt", "version")):
                yield f"{heading} {key}", text
    for name in names:
        if name.endswith(".xml") and (name.startswith(_REMARKED) or name in _SHARED):
            yield from _list_remarks(_read(parts, name))
        if name.endswith(".rels"):
            yield from _list_links(_read(parts, name))
    pictures = [name for name in names if name.lower().endswith(_PICTURES)]
    for number, name in enumerate(pictures[:_MOST_PICTURES], start=1):
        yield from _list_picture(parts.read(name), number)


def _read(parts: _Parts, name: str) -> Element:
    try:
        return read_markup(parts.read(name))
    except OnggiError as error:
        if error.id == "evidence.markup":
            raise OnggiError("evidence.broken") from None
        raise


def _list_remarks(root: Element) -> Iterator[Entry]:
    for one in root.walk():
        kind = _REMARKS.get(one.local)
        if not kind:
            continue
        named = {inner.local: inner.all_text() for inner in one.walk() if inner.local in ("creator", "date")}
        author = one.attribute("author") or one.attribute("name") or named.get("creator", "")
        when = one.attribute("date") or one.attribute("dt") or named.get("date", "")
        said = " ".join(
            inner.text for inner in one.walk() if inner.text and inner.local not in ("creator", "date")
        )
        told = ", ".join(filter(None, (author, when)))
        yield f"Office {kind}", ": ".join(filter(None, (told, said)))


def _list_links(root: Element) -> Iterator[Entry]:
    """What the document would fetch from elsewhere when somebody opens it."""
    for one in root.walk():
        if one.attribute("TargetMode") == "External":
            yield "Office link to elsewhere", one.attribute("Target")


def _list_picture(data: bytes, number: int) -> Iterator[Entry]:
    kind = find_kind(data[:HEAD])
    try:
        look = look_at_picture(data, kind) if kind in ("jpeg", "png", "tiff", "webp") else Look("other_form")
    except OnggiError:
        return
    for key, text in look.entries:
        yield f"Office picture {number}: {key}", text
