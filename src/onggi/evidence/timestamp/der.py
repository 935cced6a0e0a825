"""DER as far as time stamps need it: tags of one byte, definite lengths, one spelling for each value. Pure.

Refused with `timestamp.form`: everything else, and more than there is.
"""

from dataclasses import dataclass

from onggi.errors import OnggiError

BOOLEAN, INTEGER, OCTETS, NULL, OID = 0x01, 0x02, 0x04, 0x05, 0x06
TIME = 0x18
SEQUENCE, SET = 0x30, 0x31
_LONGEST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One value: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    raw: bytes


def split(data: bytes) -> tuple[Element, bytes]:
    """The first element of `data`, and what stands behind it."""
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise OnggiError("timestamp.form")
    length, start = data[1], 2
    if length >= 0x80:
        size = length - 0x80
        start += size
        length = int.from_bytes(data[2:start], "big")
        # Neither an open end nor a length that could be said shorter.
        if not 1 <= size <= _LONGEST_LENGTH or length < 0x80 or length >> (8 * (size - 1)) == 0:
            raise OnggiError("timestamp.form")
    end = start + length
    if len(data) < end:
        raise OnggiError("timestamp.form")
    return Element(data[0], data[start:end], data[:end]), data[end:]


def read_all(data: bytes) -> tuple[Element, ...]:
    """The elements that stand one behind the other in `data`."""
    found = []
    while data:
        one, data = split(data)
        found.append(one)
    return tuple(found)


def read_one(data: bytes, tag: int) -> Element:
    """The one element of this kind that `data` is."""
    one, rest = split(data)
    if rest or one.tag != tag:
        raise OnggiError("timestamp.form")
    return one


def read_inside(element: Element, *tags: int) -> tuple[Element, ...]:
    """What a constructed element begins with, of these kinds in this order, and whatever comes behind."""
    inside = read_all(element.content)
    if tuple(one.tag for one in inside[: len(tags)]) != tags:
        raise OnggiError("timestamp.form")
    return inside


def read_number(element: Element) -> int:
    """An integer in its shortest form."""
    content = element.content
    if element.tag != INTEGER or not content or len(content) > 64:
        raise OnggiError("timestamp.form")
    if len(content) > 1 and content[0] in (0x00, 0xFF) and (content[0] ^ content[1]) < 0x80:
        raise OnggiError("timestamp.form")
    return int.from_bytes(content, "big", signed=True)


def write(tag: int, *contents: bytes) -> bytes:
    """An element."""
    content = b"".join(contents)
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 + size]) + length.to_bytes(size, "big") + content


def write_number(number: int) -> bytes:
    """An integer that is not negative."""
    return write(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def write_oid(arcs: str) -> bytes:
    """An object identifier, as `1.2.840` says it."""
    first, second, *rest = map(int, arcs.split("."))
    return write(OID, *(_write_arc(arc) for arc in (40 * first + second, *rest)))


def read_oid(element: Element) -> str:
    """An object identifier as numbers between dots."""
    if element.tag != OID or not element.content or element.content[-1] & 0x80 or len(element.content) > 64:
        raise OnggiError("timestamp.form")
    arcs: list[int] = []
    arc = 0
    fresh = True
    for byte in element.content:
        if fresh and byte == 0x80:
            raise OnggiError("timestamp.form")
        arc, fresh = arc << 7 | byte & 0x7F, not byte & 0x80
        if fresh:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def _write_arc(arc: int) -> bytes:
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.insert(0, arc & 0x7F | 0x80)
    return bytes(groups)
