"""Names: how one can be read, or how far two can be one person's. What is typed is answered and let go.

It says what `onggi names` says, by the same words. Nothing of the vault is asked. A form that was sent is
answered in place: no address, record or draft holds a name, and a page that is asked for again is empty.
Refused: what cannot be read as a name, at the field where it stands.
"""

from dataclasses import dataclass

from onggi.errors import Finding
from onggi.names.compare import Comparison, compare
from onggi.names.reading import Name, read_name
from onggi.names.telling import HEADINGS, list_likely, say_form, say_reading, say_score
from onggi.web.answers import Answer, show
from onggi.web.form import Form
from onggi.web.shown import Piece
from onggi.web.visit import Visit
from onggi.words import say

_HANGUL = "ko"  # in which readings are written
_UNREAD = "names.compare.unread"
_MARK = "\0"  # stands in no sentence


@dataclass(frozen=True, slots=True)
class Read:
    """A name as it was typed, and its likely readings; what stood around it, or why it cannot be read."""

    text: Piece
    rows: list[list[str | list[Piece]]]
    note: str


@dataclass(frozen=True, slots=True)
class Alike:
    """How far two names can be one person's: the score, the sentence with its reading, what both can be."""

    score: str
    said: list[Piece]
    shared: list[Piece]


def show_form(visit: Visit) -> Answer:
    """An empty form."""
    return _show(visit, Form())


def read_names(visit: Visit) -> Answer:
    """Read the name that was typed; where there are two, compare them."""
    one, other = visit.field("name"), visit.field("other")
    compared = compare(one, other) if other.strip() else None
    names = [read_name(one)] if compared is None else [read_name(one), read_name(other)]
    if compared is None or compared.says == _UNREAD:
        findings = [
            Finding(name.problem, field)
            for field, name in zip(("name", "other"), names, strict=False)
            if name.problem
        ]
        if findings:
            return _show(visit, Form(visit.fields, findings))
    return _show(visit, Form(visit.fields), names, compared)


def _show(
    visit: Visit, form: Form, names: list[Name] | None = None, compared: Comparison | None = None
) -> Answer:
    tongue = visit.tongue
    return show(
        "names.html",
        status=422 if form.findings else 200,
        section="search",
        form=form,
        heads=[say(one, tongue) for one in HEADINGS],
        names=[_show_name(one, tongue) for one in names or ()],
        alike=_show_alike(compared, tongue) if compared else None,
    )


def _show_name(name: Name, tongue: str) -> Read:
    note = say(name.problem, tongue) if name.problem else say_form(name.form, tongue) if name.form else ""
    rows: list[list[str | list[Piece]]] = []
    for reading in list_likely(name):
        weight, surname, given, system = say_reading(reading, tongue)
        rows.append([weight, [Piece(surname, _HANGUL)], [Piece(given, _HANGUL)], system])
    return Read(Piece(name.text, _tell_tongue(name, tongue)), rows, note)


def _show_alike(compared: Comparison, tongue: str) -> Alike:
    before, mark, after = say(compared.says, tongue, reading=_MARK).partition(_MARK)
    said = [Piece(before), *([Piece(compared.reading, _HANGUL), Piece(after)] if mark else [])]
    return Alike(say_score(compared), said, [Piece(one.text, _HANGUL) for one in compared.shared])


def _tell_tongue(name: Name, tongue: str) -> str:
    """In which language a name is written, as its script and best reading tell; "" where it cannot be read.

    Chinese characters are either's: they are Korean to whoever reads the page in Korean.
    """
    if not name.readings:
        return ""
    script = name.scripts[0] if len(name.scripts) == 1 else ""
    if script == "hanja":
        return _HANGUL if tongue == "ko" else "zh"
    if script == "latin" and name.readings[0].by == "mandarin":
        return "zh-Latn"
    return _TONGUES.get(script, _HANGUL)


_TONGUES = {"latin": "ko-Latn", "cyrillic": "ko-Cyrl", "kana": "ja"}
ROUTES = [("GET", "/names", show_form), ("POST", "/names", read_names)]
