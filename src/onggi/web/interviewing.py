"""The form of an interview as a page shows it: what may be chosen, and what stands under each field.

Over a view and the desk; it reads what `intake` understands and puts it into words. Refused: a name of
somebody of the vault, unless identity of the case is open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.begun import Begun
from onggi.intake.drafts import resolve_draft
from onggi.intake.echoing import Echo, Watch, echo_day, echo_property, echo_value
from onggi.intake.findings import Findings
from onggi.intake.interview import (
    CASE,
    NAMED_KINDS,
    SOURCE,
    TOLD,
    TOLD_FIELDS,
    WHO,
    WHO_KINDS,
    Answers,
    find_property,
    list_numbers,
    name_who,
    write_draft,
)
from onggi.intake.suggesting import (
    Suggestion,
    list_properties,
    match_property,
    match_term,
    suggest_persons,
)
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.places import places_named
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Text
from onggi.model.vocabulary import load_vocabulary
from onggi.vault.opened import Compartment
from onggi.web.form import Form
from onggi.web.sayings import Saying, list_codes, list_sayings
from onggi.web.shown import Piece, set_aside, show_value
from onggi.web.visit import Visit
from onggi.words import say

LANGUAGES = (
    *(("ko", "한국어"), ("zh", "中文"), ("en", "English")),
    *(("ru", "Русский"), ("mn", "Монгол"), ("ja", "日本語"), ("vi", "Tiếng Việt"), ("th", "ไทย")),
)
"""The languages somebody may tell in, each by its own name."""

_RARE = tuple(name for name in TOLD_FIELDS if name not in ("about", "property", "value", "unknown", "words"))


@dataclass(frozen=True, slots=True)
class Take:
    """Something that may be meant: pressing it writes `typed` into a field."""

    field: str
    typed: str
    label: Piece

    @property
    def sent(self) -> str:
        """As a button sends it."""
        return f"{self.field}={self.typed}"


@dataclass(frozen=True, slots=True)
class Note:
    """What stands under a field: `kind` is "", "wrong" or "doubt"; what may be meant stands behind it."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    takes: tuple[Take, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One who was named, or one statement: its number, and what it is called on the page."""

    number: int
    label: str
    kind: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Interviewing:
    """One interview that is begun, in one language, with what of the vault may be seen beside it."""

    visit: Visit
    begun: Begun
    answers: Answers = field(default_factory=dict)

    @classmethod
    def of(cls, visit: Visit, begun: Begun) -> "Interviewing":
        """As it lies on the desk."""
        return cls(visit, begun, begun.answers)

    @property
    def case(self) -> str:
        """The case it belongs to, by id; empty while that is new or cannot be found."""
        typed = self.answers.get(CASE, "")
        found = Directory(self.visit.ledger, self.compartment).find_entity(typed) if typed else None
        return found[0] if found and found[1] == "case" else ""

    @property
    def compartment(self) -> Compartment:
        """Where it will be recorded."""
        return self.visit.ledger.vault.compartment(self.answers.get("compartment") or None)

    @property
    def open(self) -> bool:
        """Whether persons of the vault may be looked for by name."""
        return bool(self.case) and self.visit.identity.covers(self.case)

    def view(self) -> View:
        """What of the vault may be seen."""
        return self.visit.view(self.case or None)

    def resolve(self) -> Batch | list[Finding]:
        """What it would be recorded as, or everything that stands against that."""
        findings = Findings()
        draft = write_draft(self.answers, findings)
        ledger = self.visit.ledger
        directory = Directory(ledger, self.compartment)
        randomness = ledger.vault.randomness
        batch = resolve_draft(draft, None, directory, randomness, findings, lambda done, total, stage: None)
        return findings.gather() if findings.count else batch

    def list_whos(self) -> list[Part]:
        """Whom and what it is about so far."""
        return [
            Part(number, self._call_who(number), self._kind_of(f"{WHO}-{number}"))
            for number in list_numbers(self.answers, WHO)
        ]

    def list_tolds(self) -> list[Part]:
        """The statements so far."""
        return [
            Part(number, "", self._kind_told(number), tuple(self._list_choices(number)))
            for number in list_numbers(self.answers, TOLD)
        ]

    def list_abouts(self) -> list[tuple[str, str, str]]:
        """Whom and what a statement can be about: what is sent, what is shown, of which kind."""
        tongue = self.visit.tongue
        whos = [(f"{WHO}-{one.number}", one.label, one.kind) for one in self.list_whos()]
        fixed = [(one, say(f"web_record.about.{one}", tongue), one) for one in (CASE, SOURCE)]
        return [("", say("web_record.choose", tongue), ""), *whos, *fixed]

    def list_kinds(self) -> list[tuple[str, str]]:
        """The kinds of who and what can be named."""
        return [(kind, say(f"web_record.kind.{kind}", self.visit.tongue)) for kind in WHO_KINDS]

    def opens(self, number: int, form: Form) -> bool:
        """Whether what is rarely asked of a statement is shown: something was typed there, or is wrong."""
        names = [f"{TOLD}-{number}-{name}" for name in _RARE]
        return any(self.answers.get(name) or form.wrong(name) for name in names)

    def list_properties(self) -> Mapping[str, list[tuple[str, str]]]:
        """What can be said of each kind: its label in the reader's language, and in the others."""
        kinds = ("", *WHO_KINDS, CASE, SOURCE)
        return {
            kind: [self._label_property(one.labels) for one in list_properties(kind or None)]
            for kind in kinds
        }

    def list_notes(self, part: str = "") -> dict[str, list[Note]]:
        """What stands under each field, of all parts or of one (`told-3`)."""
        notes: dict[str, list[Note]] = {}
        for name, note in self._list_notes(part):
            notes.setdefault(name, []).append(note)
        return notes

    def list_sayings(self, batch: Batch) -> list[Saying]:
        """What is about to be recorded, sentence by sentence."""
        return list_sayings(batch.placed, list_codes(batch.placed), self.view(), self.visit.tongue)

    def _list_notes(self, part: str) -> Iterator[tuple[str, Note]]:
        watch = _watch_over(self.visit.ledger, self.compartment, self.case)
        if part in ("", SOURCE):
            yield from self._note("interview", echo_day(self.answers))
            yield from self._watch("source-title", watch)
        for number in list_numbers(self.answers, WHO):
            if part in ("", f"{WHO}-{number}"):
                yield from self._list_who_notes(number, watch)
        for number in list_numbers(self.answers, TOLD):
            if part in ("", f"{TOLD}-{number}"):
                yield from self._list_told_notes(number, watch)

    def _list_who_notes(self, number: int, watch: Watch) -> Iterator[tuple[str, Note]]:
        kind, name = self._typed(WHO, number, "kind"), f"{WHO}-{number}-name"
        yield from self._watch(f"{WHO}-{number}-title", watch)
        if kind not in NAMED_KINDS or not self.answers.get(name) or self._typed(WHO, number, "code"):
            return
        if not self.open:
            return
        view, tongue = self.view(), self.visit.tongue
        found = suggest_persons(view, self.answers[name])
        if found:
            takes = tuple(
                Take(f"{WHO}-{number}-code", view.call(one.id), self._say_person(one, view)) for one in found
            )
            yield name, Note("doubt", (Piece(say("web_record.known", tongue), tongue),), takes)

    def _list_told_notes(self, number: int, watch: Watch) -> Iterator[tuple[str, Note]]:
        tongue = self.visit.tongue
        kind = self._kind_told(number)
        yield from self._note(f"{TOLD}-{number}-property", echo_property(self.answers, number, kind or None))
        property = find_property(self.answers, number)
        if property is not None:
            label = property.labels[tongue]
            if label != self._typed(TOLD, number, "property"):
                yield f"{TOLD}-{number}-property", Note("", (Piece(label, tongue),))
            definition = Piece(property.definitions[tongue], tongue) if property.definitions else None
            if definition is not None:
                yield f"{TOLD}-{number}-property", Note("", (definition,))
        echo = echo_value(self.answers, number)
        yield from self._note(f"{TOLD}-{number}-value", echo)
        who = name_who(self.answers, self._typed(TOLD, number, "value").strip())
        if property is not None and "entity" in property.value and who is not None:
            understood = Piece(say("web_record.understood", tongue), tongue)
            yield (
                f"{TOLD}-{number}-value",
                Note("", (understood, Piece(self._call_who(int(who.partition("-")[2]))))),
            )
        stratum = self._typed(TOLD, number, "stratum") or (property.stratum.value if property else "record")
        if stratum == Stratum.RECORD.value:
            for name in ("value", "locator") if isinstance(echo.value, (Text, Date)) else ("locator",):
                yield from self._watch(f"{TOLD}-{number}-{name}", watch)

    def _note(self, name: str, echo: Echo) -> Iterator[tuple[str, Note]]:
        tongue = self.visit.tongue
        takes = tuple(Take(name, self._write(one, name), self._say_suggestion(one)) for one in echo.suggested)
        if echo.wrong is not None and takes:
            yield name, Note("doubt", (Piece(say("web_record.which", tongue), tongue),), takes)
        elif echo.wrong is not None:
            values = {"where": "", **echo.wrong.values}
            yield name, Note("wrong", (Piece(say(echo.wrong.code, tongue, **values), tongue),))
        elif echo.value is not None and not isinstance(echo.value, Text):
            understood = Piece(say("web_record.understood", tongue), tongue)
            yield name, Note("", (understood, *show_value(echo.value, self.view(), tongue)))

    def _watch(self, name: str, watch: Watch) -> Iterator[tuple[str, Note]]:
        typed, tongue = self.answers.get(name, ""), self.visit.tongue
        span = watch.find_name(typed, self.answers) if typed else None
        if span is not None:
            told = say("web_record.named", tongue, first=span[0] + 1, last=span[1])
            yield name, Note("wrong", (Piece(told, tongue),))

    def _write(self, one: Suggestion, name: str) -> str:
        """What a button writes: the label as it is read, if it means nothing else; else the id."""
        label = one.labels[self.visit.tongue]
        if name.endswith("-property"):
            return label if match_property(label) == one.id else one.id
        property = find_property(self.answers, int(name.split("-")[1]))
        if property is not None and property.vocabulary is not None:
            return label if match_term(property.vocabulary, label) == one.id else one.id
        return label if [place.id for place in places_named(label)] == [one.id] else one.id

    def _say_suggestion(self, one: Suggestion) -> Piece:
        return Piece(one.labels[self.visit.tongue], self.visit.tongue)

    def _say_person(self, one: Suggestion, view: View) -> Piece:
        names = [held.statement.value for held in view.live(one.id, "name", "legal_name", "alias")]
        called = " · ".join(value.text for value in names if isinstance(value, Text))
        tongue = self.visit.tongue
        why = set_aside(one.spelled.tell(tongue), tongue) if one.spelled else ""
        return Piece(f"{view.call(one.id)} · {called}{why}")

    def _list_choices(self, number: int) -> Iterator[tuple[str, str]]:
        """What may be typed as the value: what is sent, and what it says."""
        property = find_property(self.answers, number)
        if property is not None and property.vocabulary is not None:
            for term in load_vocabulary(property.vocabulary).terms.values():
                yield term.labels[self.visit.tongue], ""
        elif property is not None and "entity" in property.value:
            for who in self.list_whos():
                yield str(who.number), who.label

    def _label_property(self, labels: Mapping[str, str]) -> tuple[str, str]:
        own = labels[self.visit.tongue]
        return own, " · ".join(dict.fromkeys(one for one in labels.values() if one != own))

    def _call_who(self, number: int) -> str:
        named = (self._typed(WHO, number, one) for one in ("name", "title", "code"))
        kind = self._typed(WHO, number, "kind")
        told = say(f"web_record.kind.{kind}", self.visit.tongue) if kind in WHO_KINDS else ""
        return " · ".join(one for one in (str(number), told, next(filter(None, named), "")) if one)

    def _kind_told(self, number: int) -> str:
        return self._kind_of(self._typed(TOLD, number, "about"))

    def _kind_of(self, about: str) -> str:
        """The kind of what a statement is about, as far as the form says so."""
        part, _, number = about.partition("-")
        if part != WHO or not number.isdecimal():
            return about if about in (CASE, SOURCE) else ""
        kind = self._typed(WHO, int(number), "kind")
        return kind if kind in WHO_KINDS else ""

    def _typed(self, part: str, number: int, name: str) -> str:
        return self.answers.get(f"{part}-{number}-{name}", "")


def _watch_over(ledger: Ledger, compartment: Compartment, case: str) -> Watch:
    """The screen of a case, made again only where somebody has written since: it holds every name."""
    state = (ledger.vault.folder.stamp("heads"), compartment.id, case)
    kept = _WATCHES.get(ledger)
    if kept is None or kept[0] != state:
        kept = state, Watch(Directory(ledger, compartment).known_names(), case)
        _WATCHES[ledger] = kept
    return kept[1]


_WATCHES: WeakKeyDictionary[Ledger, tuple[object, Watch]] = WeakKeyDictionary()


def say_time(milliseconds: int) -> str:
    """The time of day on this machine."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone().strftime("%H:%M")
