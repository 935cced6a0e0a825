"""An interview as it was typed, field by field, becomes a draft as a file would.

The form asks as people talk: who says it; whom and what it is about; then one statement after the other, each
in the words that were said. A field is named by its part, its number and what it asks (`told-2-value`), and a
finding stands at the field of that name. What is typed in any script for a term, a property or a place is
read here or where every value is read; nothing is guessed that has several readings.

Floor 5. Pure. Refused: characters that a screen would obey or that turn the direction of text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.intake.draft import Described, Draft, Row
from onggi.intake.files import find_unsafe
from onggi.intake.findings import Findings, Path, Spot
from onggi.intake.suggesting import match_property, match_term
from onggi.intake.values import is_language, read_day
from onggi.model.entity import is_id, read_code
from onggi.model.places import find_place, places_named
from onggi.model.spoken import tell_language
from onggi.model.value import Date
from onggi.model.vocabulary import Property, load_properties

Answers = Mapping[str, str]

WHO, TOLD, SOURCE, CASE = "who", "told", "source", "case"
WHO_FIELDS = ("kind", "code", "name", "title")
TOLD_FIELDS = (
    *("about", "property", "value", "unknown", "unit", "bound", "of"),
    *("words", "translation", "translation_lang"),
    *("polarity", "distance", "credibility", "locator", "stratum"),
)
SOURCE_FIELDS = ("source_kind", "title", "connection", "witness", "published", "language", "interpreter")
SINGLE_FIELDS = (
    *("case", "title", "compartment", "lang", "interview", "source"),
    *("distance", "reliability", "credibility", "translator"),
)
# What can be named first and described in an interview; a source and an item come in at doors of their own.
WHO_KINDS = ("person", "group", "act", "event", "place", "intervention")
NAMED_KINDS = ("person", "group", "place")
"""Kinds whose name goes to identity; the others bear a title, which stands in the record."""

MOST_PARTS = {WHO: 40, TOLD: 50}
"""As many as a page can send at once."""

_MOST = 999
_NUMBERED = re.compile(r"(who|told)-([1-9][0-9]{0,2})-([a-z_]+)")
_SHARED = ("distance", "reliability", "credibility", "translator")
_WHOLE = frozenset({"distance", "credibility"})
_TERMS = frozenset({"source_kind", "connection", "published"})
_COPIED = TOLD_FIELDS[TOLD_FIELDS.index("words") :]


def is_field(name: str) -> bool:
    """Whether the form has a field of this name."""
    if name in SINGLE_FIELDS:
        return True
    part, _, field = name.partition("-")
    if part == SOURCE:
        return field in SOURCE_FIELDS
    found = _NUMBERED.fullmatch(name)
    return found is not None and found[3] in (WHO_FIELDS if found[1] == WHO else TOLD_FIELDS)


def list_numbers(answers: Answers, part: str) -> list[int]:
    """The numbers of all who were named, or of all statements, in their order."""
    found = (_NUMBERED.fullmatch(name) for name in answers)
    return sorted({int(one[2]) for one in found if one is not None and one[1] == part})


def has_room(answers: Answers, part: str) -> bool:
    """Whether one more of a part can be told in this form."""
    numbers = list_numbers(answers, part)
    return len(numbers) < MOST_PARTS[part] and max(numbers, default=0) < _MOST


def next_number(answers: Answers, part: str) -> int:
    """The number that one more would have. A number is not given twice, so that an open page stays right."""
    return min(max(list_numbers(answers, part), default=0) + 1, _MOST)


def drop_part(answers: Answers, part: str, number: int) -> dict[str, str]:
    """The answers without one statement, or without one who was named."""
    return {name: typed for name, typed in answers.items() if not name.startswith(f"{part}-{number}-")}


def read_interview_day(answers: Answers) -> Date | Finding | None:
    """When it was told, as somebody typed it; None where nothing was typed."""
    typed = answers.get("interview", "").strip()
    if not typed:
        return None
    read = read_day(typed, tell_language(typed), None)
    return Finding(read.code, "interview", read.values) if isinstance(read, Finding) else read


def name_who(answers: Answers, typed: str) -> str | None:
    """Who is meant by a number of the form, with its part or without (`who-2`, `2`); None for others."""
    number = typed.removeprefix(f"{WHO}-")
    known = number.isascii() and number.isdecimal() and int(number[:4]) in list_numbers(answers, WHO)
    return f"{WHO}-{int(number[:4])}" if known else None


def find_property(answers: Answers, number: int) -> Property | None:
    """The property that a statement of the form says, by its id or by a label in any language."""
    id = match_property(answers.get(f"{TOLD}-{number}-property", ""))
    return load_properties().get(id) if id is not None else None


def write_told_value(answers: Answers, number: int) -> object:
    """The value of a statement as a row of a file has it."""
    return _Form(answers, Findings()).write_value(f"{TOLD}-{number}-", find_property(answers, number))


def write_typed_value(answers: Answers, property: Property) -> object:
    """The same of one statement alone, whose fields bear no number."""
    return _Form(answers, Findings()).write_value("", property)


def write_draft(answers: Answers, findings: Findings) -> Draft:
    """What the answers ask to have recorded. It counts only if `findings` stays empty."""
    for name, typed in answers.items():
        unsafe = find_unsafe(typed)
        if unsafe is not None:
            findings.add(Finding(unsafe, name))
    return _Form(answers, findings).write()


@dataclass(frozen=True, slots=True)
class _Form:
    answers: Answers
    findings: Findings

    def write(self) -> Draft:
        top = Spot(_name_field, ())
        statements = tuple(self._list_told(top))
        return Draft(
            case=self._write_case(top),
            spot=top,
            defaults=self._write_defaults(),
            described=tuple(self._list_described(top)),
            statements=statements,
            total=len(statements),
        )

    def _write_case(self, top: Spot) -> Row | str | None:
        if code := self._take("case"):
            return code
        title = self._take("title")
        fields = {"title": title, "lang": self._lang()} if title else None
        return Row(fields, top) if fields else None

    def _write_defaults(self) -> Mapping[str, object]:
        defaults: dict[str, object] = {"lang": self._lang(), "source": self._write_source()}
        defaults |= {name: self._take_number(name) for name in _SHARED if self._take(name)}
        day = read_interview_day(self.answers)
        if isinstance(day, Finding):
            self.findings.add(day)
        elif day is not None:
            defaults["interview"] = day.edtf
        return defaults

    def _write_source(self) -> str:
        return self._take("source") or SOURCE

    def _lang(self) -> str:
        lang = self._take("lang")
        if not is_language(lang):
            self.findings.add(Finding("intake.field.language", "lang"))
            return "und"
        return lang

    def _list_described(self, top: Spot) -> Iterator[Described]:
        if not self._take("source"):
            yield Described(SOURCE, SOURCE, Row(dict(self._describe_source()), top.inside(SOURCE)))
        for number in list_numbers(self.answers, WHO):
            code = self._take(f"{WHO}-{number}-code")
            if not code:
                yield self._describe_who(number, top)
            elif read_code(code) is None and not is_id(code):
                self.findings.add(Finding("intake.code.wrong", f"{WHO}-{number}-code"))

    def _describe_source(self) -> Iterator[tuple[str, object]]:
        yield "lang", self._lang()
        for name in SOURCE_FIELDS:
            typed = self._take(f"{SOURCE}-{name}")
            if not typed:
                continue
            if name in _TERMS:
                yield name, self._match_term(load_properties()[name], typed)
            elif name == "interpreter":
                yield name, {"text": typed, "lang": self._lang()}
            else:
                yield name, self._refer(typed) if name == "witness" else typed
        if isinstance(read_interview_day(self.answers), Date):
            yield "spoken_on", _write_day(self._take("interview"))

    def _describe_who(self, number: int, top: Spot) -> Described:
        kind = self._take(f"{WHO}-{number}-kind")
        spot = top.inside(WHO, number)
        if kind not in WHO_KINDS:
            self.findings.add(Finding("intake.form.kind", spot.say("kind"), {"kinds": ", ".join(WHO_KINDS)}))
            kind = WHO_KINDS[0]
        asked = "name" if kind in NAMED_KINDS else "title"
        typed = self._take(f"{WHO}-{number}-{asked}")
        fields = {"lang": self._lang()} | ({asked: typed} if typed else {})
        return Described(kind, f"{WHO}-{number}", Row(fields, spot))

    def _list_told(self, top: Spot) -> Iterator[Row]:
        for number in list_numbers(self.answers, TOLD):
            fields = dict(self._write_told(number))
            if fields:
                yield Row(fields, top.inside(TOLD, number))

    def _write_told(self, number: int) -> Iterator[tuple[str, object]]:
        prefix = f"{TOLD}-{number}-"
        if not any(self._take(name) for name in self.answers if name.startswith(prefix)):
            return
        yield "about", self._refer(self._take(f"{prefix}about"))
        property = find_property(self.answers, number)
        yield "property", property.id if property else self._take(f"{prefix}property")
        yield "value", self.write_value(prefix, property)
        for field in _COPIED:
            if self._take(prefix + field):
                yield field, self._take_number(prefix + field)

    def write_value(self, prefix: str, property: Property | None) -> object:
        typed = self._take(f"{prefix}value")
        if self._take(f"{prefix}unknown"):
            return {"unknown": True}
        if property is None or not typed:
            return typed
        type = _choose_type(property, typed, bool(self._take(f"{prefix}unit")))
        match type:
            case "term":
                return {"term": self._match_term(property, typed)}
            case "date":
                return _write_day(typed)
            case "entity":
                return {"entity": self._refer(typed)}
            case "number":
                more = {key: self._take(prefix + key) for key in ("unit", "bound", "of")}
                return {"number": typed, **{key: said for key, said in more.items() if said}}
        return {type: typed}

    def _match_term(self, property: Property, typed: str) -> str:
        """The id of what was typed; as it is where it is no term, for the finding says so."""
        return match_term(property.vocabulary or "", typed) or typed

    def _refer(self, typed: str) -> str:
        """Who is in the vault already is meant by her code; who was named here also by her number alone."""
        if typed == SOURCE:
            return self._write_source()
        who = name_who(self.answers, typed) or typed
        return self._take(f"{who}-code") or who

    def _take(self, name: str) -> str:
        return self.answers.get(name, "").strip()

    def _take_number(self, name: str) -> object:
        """A distance or a credibility is a number where it is written as one."""
        typed = self._take(name)
        whole = name.rpartition("-")[2] in _WHOLE and typed.isascii() and typed.isdecimal() and len(typed) < 4
        return int(typed) if whole else typed


def _choose_type(property: Property, typed: str, measured: bool) -> str:
    """Which of the types a property allows was typed."""
    types = property.value
    if len(types) == 1:
        return types[0]
    if "number" in types and measured:
        return "number"
    if "place" in types and (find_place(typed) is not None or places_named(typed)):
        return "place"
    return "text" if "text" in types else types[0]


def _write_day(typed: str) -> dict[str, str]:
    """A date in the language it is typed in: who writes it down need not speak that of the interview."""
    lang = tell_language(typed)
    return {"date": typed, "lang": lang} if lang else {"date": typed}


def _name_field(path: Path) -> str:
    """The field at which something stands; what all statements share is asked once, by its own name."""
    named = path[1:] if path[:1] == ("defaults",) else path
    return "-".join(map(str, named[: _DEPTHS.get(str(path[0]), 1)]))


_DEPTHS = {WHO: 3, TOLD: 3, SOURCE: 2}
