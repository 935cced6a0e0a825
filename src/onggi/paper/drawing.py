"""Pictures: whether an SVG may stand in a document, and the same drawn as PNG for Word.

A picture must be whole in itself: nothing that runs, nothing from elsewhere, no page inside it, nothing but
shapes and words. Reads no file and no network. Refused: whatever is not known to be harmless.
"""

import re
from enum import Enum
from xml.parsers import expat

from onggi.paper.typesetting import typeset

SVG = "http://www.w3.org/2000/svg"
LINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
DOTS = 220  # per inch: fine enough to print, small enough to send

# Pages within pictures, things that run or change, what tells who made it, and what reaches beyond the file.
REFUSED = frozenset(
    {
        *("a", "handler", "image", "feImage", "metadata", "script"),
        *("animate", "animateMotion", "animateTransform", "discard", "mpath", "set"),
        *("audio", "canvas", "embed", "foreignObject", "iframe", "object", "video"),
    }
)
# A style may name a part of the same picture (`url(#…)`) and nothing else; a backslash could spell anything.
REACHING = re.compile(r"url\(\s*(?!['\"]?#)|@|\\", re.IGNORECASE)


class Fault(Enum):
    """Why a picture is refused."""

    UNREADABLE = "paper.picture.unreadable"
    REACHING = "paper.picture.reaching"


class _Refused(Exception):
    """Stops the reader at the first thing that may not be there."""


def judge_picture(svg: str) -> Fault | str:
    """What is wrong with a picture, or else the words that stand in it."""
    reader = expat.ParserCreate(namespace_separator=" ")
    words: list[str] = []
    style: list[str] = []
    open_elements: list[str] = []

    def open_element(name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not open_elements and name != f"{SVG} svg":
            raise expat.ExpatError
        if space != SVG or element in REFUSED:
            raise _Refused
        open_elements.append(element)
        for attribute, value in attributes.items():
            _refuse_attribute(attribute, value)

    def close_element(_: str) -> None:
        open_elements.pop()

    def read_words(text: str) -> None:
        (style if "style" in open_elements else words).append(text)

    def refuse(*_: object) -> None:
        raise _Refused

    reader.StartElementHandler = open_element
    reader.EndElementHandler = close_element
    reader.CharacterDataHandler = read_words
    reader.StartDoctypeDeclHandler = refuse
    reader.ProcessingInstructionHandler = refuse
    reader.CommentHandler = refuse
    try:
        reader.Parse(svg.encode(), True)
    except (expat.ExpatError, UnicodeEncodeError):
        return Fault.UNREADABLE
    except _Refused:
        return Fault.REACHING
    return Fault.REACHING if REACHING.search("".join(style)) else "".join(words)


def draw_picture(svg: str, width: float, height: float) -> bytes:
    """The picture as PNG with the letters of this room, as wide as `width` or as high as `height`, in mm."""
    room = {"svg": svg, "width": str(width), "height": str(height)}
    return typeset("picture.typ", room, "png", DOTS)


def _refuse_attribute(attribute: str, value: str) -> None:
    space, _, name = attribute.rpartition(" ")
    if space not in ("", LINK, XML) or name.lower().startswith("on"):
        raise _Refused
    if name == "href" and not value.startswith("#"):
        raise _Refused
    if REACHING.search(value):
        raise _Refused
