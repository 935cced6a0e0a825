"""A statement that stands, as fields to be corrected, and the version that takes its place.

What is typed is read as a row of a record file would be, with `supersedes`: nothing is understood, refused or
screened otherwise. Whom it is about, what is said of her and by whom stay; where those are wrong the
statement is taken back and another recorded.

Floor 5; `record_correction` writes through the ledger. Randomness is passed in. Refused: a version in which
nothing is different; what may not be changed (ledger.retracting); a version of what was taken back meanwhile,
unless whoever writes it says so. A version of what somebody else corrected meanwhile is recorded, and both
stand: it is nobody's to drop.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.draft import Draft, Row
from onggi.intake.drafts import resolve_draft
from onggi.intake.files import find_unsafe
from onggi.intake.findings import Findings, Path, Spot
from onggi.intake.interview import write_typed_value
from onggi.ledger.directory import Directory
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger, Placed
from onggi.ledger.retracting import check_changeable, find_words, read_all
from onggi.ledger.versions import list_versions
from onggi.ledger.view import View
from onggi.model.entity import Randomness, new_id
from onggi.model.places import find_place, places_named
from onggi.model.statement import About, Statement, Trace, Words
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import load_properties
from onggi.vault.opened import Compartment

VALUE_FIELDS = ("value", "unknown", "lang", "unit", "bound", "of")
WORDS_FIELDS = ("words", "words_lang", "translation", "translation_lang", "translator")
FIELDS = (*VALUE_FIELDS, "polarity", "distance", "reliability", "credibility", "locator", *WORDS_FIELDS)

Answers = Mapping[str, str]

_WHOLE = ("distance", "credibility")
_COPIED = ("polarity", "reliability", "locator", "words", "translation", "translation_lang", "translator")
_VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Correction:
    """The version that takes a statement's place, with whatever is recorded along with it.

    `beside` are the versions that somebody else put in its place before, which go on to stand.
    """

    said: Statement
    placed: tuple[Placed, ...]
    beside: tuple[str, ...]


def list_answers(
    held: Held, words: Words | None, code_of: Callable[[str], str | None], tongue: str
) -> dict[str, str]:
    """A statement as fields: entities by their codes, places in the reader's language, words where seen."""
    what = held.statement.what
    answers = _write_value(what.value, code_of, tongue)
    answers |= {
        "polarity": what.polarity if what.polarity == "denies" else "",
        "distance": "" if what.distance is None else str(what.distance),
        "reliability": what.reliability or "",
        "credibility": "" if what.credibility is None else str(what.credibility),
        "locator": held.statement.trace.locator or "",
    }
    if words is not None:
        answers |= {
            "words": words.original,
            "words_lang": words.lang,
            "translation": words.translation or "",
            "translation_lang": words.translation_lang or "",
            "translator": words.translator or "",
        }
    return {name: typed for name, typed in answers.items() if typed}


def write_correction(
    ledger: Ledger,
    compartment: Compartment,
    id: str,
    before: Answers,
    answers: Answers,
    randomness: Randomness,
    anyway: bool = False,
) -> Correction | list[Finding]:
    """The version that `answers` come to, or everything that stands against it; nothing is recorded.

    `before` are the fields as they were shown: what was not touched stays to the letter. Where they hold no
    words, nobody has seen any: those of the statement go along as they are.

    Raises:
        OnggiError: `correct.absent` for no statement, `correct.kept`, `correct.other` as in `retracting`.
    """
    view = read_all(ledger, compartment)
    held = view.statement(id)
    if held is None:
        raise OnggiError("correct.absent", exit_code=Exit.USAGE)
    check_changeable(ledger, held)
    versions = list_versions(view, id)
    findings = Findings()
    for name, typed in answers.items():
        if (unsafe := find_unsafe(typed)) is not None:
            findings.add(Finding(unsafe, name))
    row = Row(_write_row(held, answers, _find_interview(view, held)), _SPOT)
    draft = Draft(held.statement.about.case, _SPOT, {}, (), [row], 1)
    directory = Directory(ledger, compartment)
    batch = resolve_draft(draft, None, directory, randomness, findings, lambda done, total, stage: None)
    if findings.count:
        return [Finding(one.code, one.where or "value", one.values) for one in findings.gather()]
    said = next(one for _, one in batch.placed if one.what.property == held.statement.what.property)
    if all(answers.get(name, "") == before.get(name, "") for name in VALUE_FIELDS):
        said = structs.replace(said, what=structs.replace(said.what, value=held.statement.value))
    if _is_same(said, held.statement) and not _differs(before, answers, WORDS_FIELDS):
        return [Finding("correct.same", "value")]
    if not anyway and any(one.taken for one in versions if one.held.id == id):
        return [Finding("correct.taken", "anyway")]
    words = find_words(ledger, view, held)
    apart = [one for _, one in batch.placed if one.what.property == _VERBATIM]
    carried = [_follow(words, one) for one in apart]
    if not before.get("words") and not apart:
        carried = [_carry(one, said.id, randomness) for one in words]
    stands = [one.held.id for one in versions if one.stands]
    beside = stands if id not in stands else []
    placed = ((Stratum(held.stratum), said), *((Stratum.IDENTITY, one) for one in carried))
    return Correction(said, placed, tuple(beside))


def record_correction(ledger: Ledger, compartment: Compartment, correction: Correction) -> str:
    """Record it; returns the id of the version that stands for it: of one that says the same, if it is there.

    The same version sent twice, as by a second press of a button, is recorded once.
    """
    view, said = read_all(ledger, compartment), correction.said
    for id in correction.beside:
        other = view.statement(id)
        if other is not None and other.author == ledger.vault.card.member and _is_same(said, other.statement):
            return id
    ledger.append(compartment, correction.placed)
    return said.id


def _write_value(value: Value, code_of: Callable[[str], str | None], tongue: str) -> dict[str, str]:
    match value:
        case Text(text=text, lang=lang):
            return {"value": text, "lang": lang}
        case Date(edtf=edtf, words=words):
            return {"value": words or edtf}
        case Term(term=term):
            return {"value": term}
        case Place(place=id):
            return {"value": _name_place(id, tongue)}
        case Entity(entity=entity):
            return {"value": code_of(entity) or entity}
        case Number(number=number, unit=unit, bound=bound, of=of, lang=lang):
            return {"value": number, "unit": unit, "bound": bound, "of": of or "", "lang": lang or ""}
        case Unknown():
            return {"unknown": "yes"}
    return {}


def _name_place(id: str, tongue: str) -> str:
    """The label of a place, where it means that place alone; else its id."""
    place = find_place(id)
    label = place.label(tongue) if place else id
    return label if [one.id for one in places_named(label)] == [id] else id


def _find_interview(view: View, held: Held) -> str | None:
    """When the source spoke, against which *last year* is read."""
    spoken = view.live(held.statement.source, "spoken_on") if held.statement.source else ()
    values = (one.statement.value for one in spoken)
    return next((value.edtf for value in values if isinstance(value, Date)), None)


def _write_row(held: Held, answers: Answers, interview: str | None) -> dict[str, object]:
    said = held.statement
    typed = {name: answers.get(name, "").strip() for name in FIELDS}
    row: dict[str, object] = {
        "about": said.subject,
        "property": said.what.property,
        "value": _write_typed(held, answers),
        "stratum": held.stratum,
        "supersedes": [held.id],
        "lang": typed["words_lang"] or typed["lang"] or None,
        "source": said.source,
        "interview": interview,
    }
    row |= {name: typed[name] for name in _COPIED}
    for name in _WHOLE:
        row[name] = int(typed[name]) if _is_whole(typed[name]) else typed[name]
    return {name: written for name, written in row.items() if written not in ("", None)}


def _write_typed(held: Held, answers: Answers) -> object:
    written = write_typed_value(answers, load_properties()[held.statement.what.property])
    if isinstance(written, dict) and answers.get("lang", "").strip() and written.keys() & {"text", "of"}:
        return {**written, "lang": answers["lang"].strip()}
    return written


def _is_whole(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 4


def _is_same(one: Statement, other: Statement) -> bool:
    """Whether two versions say the same at the same place, in the same words as far as they hold any."""
    first, second = ((said.what, said.source, said.words, said.trace.locator) for said in (one, other))
    return first == second


def _differs(before: Answers, answers: Answers, names: Sequence[str]) -> bool:
    return any(answers.get(name, "") != before.get(name, "") for name in names)


def _follow(words: Sequence[Held], said: Statement) -> Statement:
    """New words, in place of those that the statement had."""
    replaced = tuple(one.id for one in words)
    return structs.replace(said, trace=structs.replace(said.trace, supersedes=replaced))


def _carry(words: Held, statement: str, randomness: Randomness) -> Statement:
    """The same words, of the new version."""
    said = words.statement
    about = About(new_id(randomness), statement, said.about.case, "")
    return structs.replace(said, about=about, trace=Trace(said.trace.locator, supersedes=(words.id,)))


def _name_field(path: Path) -> str:
    return str(path[0]) if path else ""


_SPOT = Spot(_name_field, ())
