"""Files that go along with a dossier: which derivative of an item is shown, and what is told of its custody.

Floor 5; reads the vault. An original never leaves by a dossier: only a copy that a person has redacted, a
transcript or a translation of it, or a copy without metadata where it shows nobody. Nothing is guessed: what
cannot be told stays sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onggi.dossier.matter import Matter
from onggi.dossier.told import Part
from onggi.dossier.windows import read_runs, read_text
from onggi.errors import Finding
from onggi.evidence.bag import name_item
from onggi.evidence.content import Content, Stream, make_stream
from onggi.evidence.custody import (
    Custody,
    Derivative,
    Step,
    describe_item,
    find_derivatives,
    find_stand_in,
    trace_custody,
)
from onggi.evidence.item import find_stored
from onggi.evidence.legible import Legible
from onggi.evidence.quarantine import LARGEST, Quarantine
from onggi.ledger.ledger import Ledger
from onggi.ledger.screen import Screen
from onggi.ledger.view import View
from onggi.vault.opened import Compartment
from onggi.words import say

_PDF = "application/pdf"
_EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    _PDF: "pdf",
    "text/plain": "txt",
    "text/vtt": "txt",
}
_UNKNOWN = ("", "application/octet-stream")
_ALWAYS = ("transcript", "translation")
_BARE = "stripped"
_READ = "read"
_TEXTS = frozenset({"text/plain", "text/vtt", "text/csv", "text/markdown"})
_OVERLAP = 4096  # letters, beside twice the longest of what is looked for


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that goes along: which item, its media type, as what it was made, its path in the bag."""

    item: str
    media_type: str
    kind: str
    path: str

    @property
    def likeness(self) -> bool:
        """Whether a face or a voice could be in it; of what has no form that we know, nobody can say not."""
        return self.media_type.partition("/")[0] in ("image", "audio", "video") or self.media_type in _UNKNOWN


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item of the case: its type, who brought it and whom it shows, what of it goes along, custody."""

    item: str
    media_type: str
    persons: frozenset[str]
    carried: tuple[Carried, ...]
    custody: Custody


def choose_files(matter: Matter, wanted: bool, without: frozenset[str]) -> list[Chosen]:
    """The items of the case, in the order of their sealing; of their derivatives those that may go along.

    None goes along where nobody is recorded who brought it: then nobody can have consented. What was marked
    as withheld, or left out under any of its entries, stays with all that shows it.
    """
    out = matter.alike(without) | matter.marks.keys()
    chosen: list[Chosen] = []
    for item in _list_items(matter):
        known, persons = describe_item(matter.view, item), matter.bringers(item)
        if ({item, matter.root(item)} | persons) & out:
            continue  # not even that it is there
        may = wanted and matter.opened and known.bringers and persons
        shown = [one for one in _list_shown(matter, item) if not {one.item, matter.root(one.item)} & out]
        first = 1 + sum(len(one.carried) for one in chosen)
        numbered = enumerate(shown if may else (), start=first)
        carried = tuple(_carry(matter, one, number) for number, one in numbered)
        custody = trace_custody(matter.view, item)
        chosen.append(Chosen(item, known.media_type or "", persons, carried, custody))
    return chosen


def list_carried(chosen: Sequence[Chosen]) -> list[Carried]:
    """Each file that goes along."""
    return [one for each in chosen for one in each.carried]


def check_files(
    ledger: Ledger, compartment: Compartment, view: View, chosen: Sequence[Chosen], screen: Screen
) -> Iterator[Finding]:
    """What stands against the files themselves. It reads them and shows nobody anything.

    A text of any size is searched for everything that stays inside, and so is whatever of a PDF is text; of
    anything but a text all bytes are searched for what reads as text in them. What a picture shows, what a
    recording says, what is packed cannot be: that is said, and somebody who has looked takes it upon herself.
    Whatever still carries what its maker wrote into it stays; where nobody could read whether it does
    (compressed sound, video), that is said too.
    """
    with Quarantine() as apart:
        for one in list_carried(chosen):
            yield from _check_file(ledger, compartment, view, one, screen, apart)


def _check_file(
    ledger: Ledger, compartment: Compartment, view: View, one: Carried, screen: Screen, apart: Quarantine
) -> Iterator[Finding]:
    where = view.call(one.item)
    if view.live(one.item, "metadata"):
        yield Finding("release.metadata", where)
        return
    overlap = _OVERLAP + 2 * screen.longest
    if one.media_type in _TEXTS:
        try:
            if _stands(read_text(_read(ledger, compartment, one.item), overlap), screen):
                yield Finding("release.standing", where)
        except UnicodeDecodeError:
            yield Finding("release.unreadable", where)
        return
    if describe_item(view, one.item).looked_into != _READ:
        yield Finding("release.unlooked", where, grave=False)
    legible = _read_apart(ledger, compartment, one, apart)
    if _stands((legible.text,), screen) or _stands(
        read_runs(_read(ledger, compartment, one.item), overlap), screen
    ):
        yield Finding("release.standing", where)
    elif not legible.whole:
        yield Finding("release.unread", where, grave=False)


def _stands(texts: Iterable[str], screen: Screen) -> bool:
    return any(screen.find_name(text) is not None for text in texts)


def open_files(ledger: Ledger, compartment: Compartment, chosen: Sequence[Chosen]) -> dict[str, Content]:
    """The files as a bag carries them, by path: streamed, and weighed once now."""
    return {one.path: _open(ledger, compartment, one.item) for one in list_carried(chosen)}


def _open(ledger: Ledger, compartment: Compartment, item: str) -> Stream:
    stored, name = find_stored(ledger, compartment, item), compartment.id

    def pieces() -> Iterator[bytes]:
        return ledger.vault.read_item(ledger.vault.compartment(name), "identity", stored)

    return make_stream(pieces)


def _list_items(matter: Matter) -> Iterator[str]:
    """Originals: what was made from another item is told of beside it."""
    seen: set[str] = set()
    for held in matter.statements:
        one = held.statement.subject
        if held.statement.what.property == "code" and matter.kind(one) == "item" and one not in seen:
            seen.add(one)
            if not matter.view.live(one, "derived_from"):
                yield one


def _list_shown(matter: Matter, item: str) -> list[Derivative]:
    """What may be shown of an item; a copy without metadata still shows whom the original shows."""
    bare = not matter.view.live(item, "shows")
    made = find_derivatives(matter.view, item)
    stand_in = find_stand_in(matter.view, item)
    return [
        one for one in made if one.item == stand_in or one.kind in _ALWAYS or (one.kind == _BARE and bare)
    ]


def _carry(matter: Matter, one: Derivative, number: int) -> Carried:
    media = describe_item(matter.view, one.item).media_type or ""
    return Carried(one.item, media, one.kind, name_item(number, _EXTENSIONS.get(media, "bin")))


def _read(ledger: Ledger, compartment: Compartment, item: str) -> Iterator[bytes]:
    return ledger.vault.read_item(compartment, "identity", find_stored(ledger, compartment, item))


def _read_apart(ledger: Ledger, compartment: Compartment, one: Carried, apart: Quarantine) -> Legible:
    """The words of a PDF; of anything else, and of a larger one, none."""
    stored = find_stored(ledger, compartment, one.item)
    if one.media_type != _PDF or stored.length > LARGEST:
        return Legible()
    return apart.read(b"".join(ledger.vault.read_item(compartment, "identity", stored)))


def describe_files(chosen: Sequence[Chosen], call: Callable[[str], str], lang: str) -> Iterator[Part]:
    """What the document tells of each item: its code, what it is, where it is, and who has had it."""
    for each in chosen:
        paths = ", ".join(one.path.removeprefix("data/") for one in each.carried)
        steps = tuple(_say_step(step, lang) for step in each.custody.steps)
        gaps = tuple(_say_gap(gap, lang) for gap in each.custody.gaps)
        yield Part(call(each.item), each.media_type, paths, steps, gaps)


def _say_gap(gap: Finding, lang: str) -> str:
    """A gap in custody; how many days it lasted would give away the day on which somebody brought it."""
    if gap.code == "evidence.custody.delay":
        return say("dossier.custody.delay", lang)
    return say(gap.code, lang, **gap.values)


def _say_step(step: Step, lang: str) -> str:
    """A day and what happened; the member, the words and the names in it are nobody's business outside."""
    what = "sealed" if step.what == "code" else step.what
    return say(
        "dossier.custody.step", lang, day=step.day.isoformat(), what=say(f"dossier.custody.{what}", lang)
    )
