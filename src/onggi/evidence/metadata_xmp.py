"""XMP: what a picture or a PDF says of itself as RDF. Pure; refused as `markup` refuses."""

from collections.abc import Iterator

from onggi.errors import OnggiError
from onggi.evidence.look import Entry
from onggi.evidence.markup import Element, read_markup

_LARGEST = 4 * 1024 * 1024
# How RDF is written, and previews of the picture in Base64: neither says anything.
_RDF = ("rdf:", "x:")
_STRUCTURE = ("xmlns", "xml:", *_RDF)
_PREVIEWS = frozenset({"image"})


def list_xmp(data: bytes) -> Iterator[Entry]:
    """The entries of an XMP packet; one that cannot be read is an entry as well, not to be overlooked."""
    start = data.find(b"<")
    if start < 0:
        return
    if len(data) > _LARGEST:
        yield "XMP", f"({len(data)} bytes)"
        return
    # A packet may be followed by room to grow in, and by the zero that ends it.
    packet = data[start : data.rfind(b">") + 1]
    try:
        root = read_markup(packet)
    except OnggiError:
        yield "XMP", f"({len(data)} bytes)"
        return
    yield from _list_properties(root, "")


def _list_properties(one: Element, within: str) -> Iterator[Entry]:
    """What an element says: a list is written in elements of RDF, whose names say nothing."""
    name = within if one.name.startswith(_RDF) else one.name
    for attribute, value in one.attributes.items():
        if not attribute.startswith(_STRUCTURE):
            yield f"XMP {attribute}", value
    if one.text and one.local not in _PREVIEWS:
        yield f"XMP {name}", one.text
    for inner in one.within:
        yield from _list_properties(inner, name)
