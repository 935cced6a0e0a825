"""XML that somebody sent, as far as a file's metadata needs it: elements with their attributes and text.

Pure, and bounded in depth and number. Refused: a document type, and with it every entity of its own, which
is how a small text becomes a large one or reaches for other files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from onggi.errors import OnggiError

_DEEPEST = 100
_MOST = 200_000


@dataclass(slots=True)
class Element:
    """An element: its name with the prefix it was written with, its attributes, its text, what is in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    within: list["Element"] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def walk(self) -> Iterator["Element"]:
        """This element and all within it, in the order of the document."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.within)

    def all_text(self) -> str:
        """All text in it."""
        return " ".join(one.text for one in self.walk() if one.text)

    def attribute(self, local: str) -> str:
        """An attribute by its name without a prefix."""
        return next((value for name, value in self.attributes.items() if _local(name) == local), "")


def read_markup(data: bytes) -> Element:
    """The document's element.

    Raises:
        OnggiError: `evidence.markup` for what is no XML, has a document type, or is too deep or too much.
    """
    root = Element("", {})
    open_elements = [root]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST or len(open_elements) > _DEEPEST:
            _refuse()
        one = Element(name, attributes)
        open_elements[-1].within.append(one)
        open_elements.append(one)

    def end(name: str) -> None:
        open_elements.pop()

    def say(text: str) -> None:
        said = text.strip()
        if said:
            one = open_elements[-1]
            one.text = f"{one.text} {said}" if one.text else said

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, say
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        _refuse()
    return root.within[0] if root.within else root


def list_leaves(root: Element, skip: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Everything that is said: the name of each element or attribute that holds text, and the text."""
    passed = frozenset(skip)
    for one in root.walk():
        for name, value in one.attributes.items():
            if not name.startswith("xmlns") and _local(name) not in passed:
                yield name, value
        if one.text and one.local not in passed:
            yield one.name, one.text


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> NoReturn:
    raise OnggiError("evidence.markup")
