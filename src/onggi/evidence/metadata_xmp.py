"""XMP: what a picture or a PDF says of itself as RDF. Pure; refused as `markup` refuses."""

from collections.abc import Iterator

from onggi.errors import OnggiError
from onggi.evidence.look import Entry
from onggi.evidence.markup import list_leaves, read_markup

_LARGEST = 4 * 1024 * 1024
# How RDF is written, and previews of the picture in Base64: neither says anything.
_STRUCTURE = frozenset({"about", "parseType", "nodeID", "image", "xmptk"})


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
    for name, text in list_leaves(root, _STRUCTURE):
        yield f"XMP {name}", text
