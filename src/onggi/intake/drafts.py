"""A draft becomes statements: keys become entities, words become values, and each lands in its stratum.

Floor 5. Pure; randomness is passed in. Refused, each with its place and all of them at once: what no
property says of such an entity, a reference to nothing, a grade outside the scale, a stratum looser than
the property's, words that nobody said, record text in which a name or an exact place stands.
"""

from collections.abc import Mapping

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.cast import Appearance, Cast
from onggi.intake.draft import LONGEST_TEXT, Draft, Progress, Row
from onggi.intake.fields import Fields
from onggi.intake.files import MEGABYTE
from onggi.intake.findings import Findings, Spot
from onggi.intake.placing import Placing
from onggi.intake.references import References
from onggi.intake.values import Asked, is_language, read_value
from onggi.model.entity import Randomness, is_id, new_id
from onggi.model.statement import Said, Trace, What, Words
from onggi.model.stratum import STRATA, Stratum
from onggi.model.value import Term, Text, Value
from onggi.model.vocabulary import Property, load_properties

# Who can say something: a source, or a person or group that speaks for itself; an item shows it.
_SOURCE_KINDS = frozenset({"source", "person", "group", "item"})
_CASE_KEY = "case"
# Onggi writes these itself, and all that is `keeping`; a file that could would forge a code, a screening or a
# trace of who read what.
_OWN_PROPERTIES = frozenset({"kind", "code"})
_STRICTER = {Stratum.RECORD: STRATA, Stratum.IDENTITY: (Stratum.IDENTITY,), Stratum.CARE: (Stratum.CARE,)}
_STEPS = 1000
# All of them are in memory until all of them are judged, some three kilobytes each.
_MOST_STATEMENTS = 1_000_000


def resolve_draft(
    draft: Draft,
    case: str | None,
    references: References,
    randomness: Randomness,
    findings: Findings,
    progress: Progress,
) -> Batch:
    """The batch that `draft` comes to; it counts only if `findings` stays empty."""
    placing = Placing(randomness, references.known_names())
    recording = _Recording(draft, references, randomness, findings, placing)
    recording.open_case(case)
    recording.describe_entities()
    for number, row in enumerate(draft.statements):
        if number % _STEPS == 0:
            progress(min(number, draft.total), draft.total, "read")
        recording.record_row(row)
        if len(placing.placed) > _MOST_STATEMENTS:
            limit = _MOST_STATEMENTS // 1_000_000
            findings.add(Finding("intake.file.many", row.spot.say(), {"limit": limit}))
            break
        if findings.enough:
            break
    placing.screen_record(findings, progress)
    return Batch(placing.case, tuple(placing.placed), recording.list_keys(), placing.count())


class _Recording:
    """One file on its way in: what is known so far of its entities, statements and sources."""

    def __init__(
        self,
        draft: Draft,
        references: References,
        randomness: Randomness,
        findings: Findings,
        placing: Placing,
    ) -> None:
        self._draft = draft
        self._references = references
        self._randomness = randomness
        self._findings = findings
        self._fields = Fields(draft.defaults, draft.spot, findings)
        self._cast = Cast(references, randomness)
        self._placing = placing
        self._keys: dict[str, tuple[str, Stratum | None]] = {}
        self._published: dict[str, bool] = {}
        self._described: list[tuple[Appearance, Row]] = []

    def open_case(self, named: str | None) -> None:
        """Find the case, or make it; without one the rest is read all the same, for its findings."""
        case = self._draft.case if self._draft.case is not None else named
        spot = self._draft.spot.inside("case")
        if isinstance(case, Row):
            lang = case.fields.get("lang")
            self._fields.lang = lang if isinstance(lang, str) and is_language(lang) else None
            self._make_entity("case", _CASE_KEY, case)
        elif case is None:
            self._findings.add(Finding("intake.case.missing", spot.say()))
        else:
            found = self._cast.find(case, spot.say())
            if isinstance(found, Finding) or found.kind != "case":
                self._findings.add(Finding("intake.case.absent", spot.say()))
            else:
                self._placing.case = self._cast.know(_CASE_KEY, found).id

    def describe_entities(self) -> None:
        """Make every described entity before anything is said of one: tables may refer to later ones."""
        for described in self._draft.described:
            made = self._make_entity(described.kind, described.key, described.row)
            # Before any words are read: they stay in the record only if their source is published.
            self._published[made.id] = described.row.fields.get("published") == "yes"
        for made, row in self._described:
            self._describe(made, row)

    def list_keys(self) -> Mapping[str, str]:
        """The file's own words for its new entities, and the ids they came to."""
        return self._cast.keys()

    def _make_entity(self, kind: str, key: str, row: Row) -> Appearance:
        made = self._cast.make(kind, key, row.fields.get("code"), row.spot, self._findings)
        if kind == "case":
            self._placing.case = made.id
        self._introduce(made, row.spot)
        self._described.append((made, row))
        return made

    def _introduce(self, made: Appearance, spot: Spot) -> None:
        """The first two statements about an entity: what kind it is, and its code."""
        self._placing.place(Stratum.RECORD, What("kind", Term("entity_kinds", made.kind)), made.id, spot)
        self._placing.place(Stratum.RECORD, What("code", Text(made.code or "", "zxx")), made.id, spot)

    def _describe(self, made: Appearance, row: Row) -> None:
        """Each further key of an entity's table is a statement in which nobody is quoted."""
        if self._is_long(row):
            return
        shared = {"lang": row.fields["lang"]} if "lang" in row.fields else {}
        for name, written in row.fields.items():
            if name in ("code", "lang"):
                continue
            for value in written if isinstance(written, list) else [written]:
                spot = row.spot.inside(name)
                what = self._read_what(Row({"property": name, "value": value, **shared}, spot), made.kind)
                if what is not None:
                    self._placing.place(Stratum(what[0].stratum), What(name, what[1]), made.id, spot)

    def record_row(self, row: Row) -> None:
        """The statement of one row, or its findings; other rows may refer to its key either way."""
        if self._is_long(row):
            return
        before = self._findings.count
        stratum, id = self._read_statement(row, before)
        key = self._fields.take_text(row, "key")
        if key is not None:
            if key in self._keys:
                self._findings.add(Finding("intake.reference.twice", row.spot.say("key")))
            self._keys[key] = (id, stratum)

    def _is_long(self, row: Row) -> bool:
        """Whether a text of a row is too long to be looked at."""
        field = row.find_long()
        if field is None:
            return False
        limit = LONGEST_TEXT // MEGABYTE
        self._findings.add(Finding("intake.value.long", row.spot.say(field), {"limit": limit}))
        return True

    def _read_statement(self, row: Row, before: int) -> tuple[Stratum | None, str]:
        id = new_id(self._randomness)
        subject = self._find_entity(row, "about")
        if self._fields.take(row, "about") is None:
            self._findings.add(Finding("intake.field.missing", row.spot.say(), {"field": "about"}))
        what = self._read_what(row, subject.kind if subject else None)
        stratum = self._read_stratum(row, what[0]) if what else None
        source = self._find_entity(row, "source")
        if source is not None and source.kind not in _SOURCE_KINDS:
            kinds = ", ".join(sorted(_SOURCE_KINDS))
            self._findings.add(
                Finding("intake.reference.kind", self._fields.say(row, "source"), {"kinds": kinds})
            )
        words = self._read_words(row, source)
        grades = self._fields.take_grades(row)
        polarity = self._fields.take_polarity(row)
        distance = self._fields.take_whole(row, "distance")
        trace = Trace(
            locator=self._fields.take_text(row, "locator"),
            supersedes=self._read_references(row, "supersedes", stratum),
            retracts=self._read_references(row, "retracts", stratum),
        )
        if self._findings.count > before or subject is None or what is None or stratum is None:
            return stratum, id
        property, value = what
        said = Said(source.id) if source else None
        elsewhere = words is not None and stratum is Stratum.RECORD and not self._is_published(source)
        self._placing.place(
            stratum,
            What(property.id, value, polarity, distance, *grades),
            subject.id,
            row.spot,
            id=id,
            said=said,
            words=None if elsewhere else words,
            trace=trace,
        )
        if words is not None and elsewhere:
            verbatim = What("verbatim", Text(words.original, words.lang))
            self._placing.place(
                Stratum.IDENTITY, verbatim, id, row.spot, said=said, words=words, trace=Trace(trace.locator)
            )
        return stratum, id

    def _read_what(self, row: Row, kind: str | None) -> tuple[Property, Value] | None:
        """The property and the value, checked against each other and against the kind of entity."""
        name = self._fields.take_text(row, "property")
        property = load_properties().get(name) if name is not None else None
        if property is None:
            self._findings.add(Finding("intake.property.unknown", row.spot.say("property")))
            return None
        if name in _OWN_PROPERTIES or property.keeping:
            self._findings.add(Finding("intake.property.own", row.spot.say("property")))
        if kind is not None and kind not in property.about:
            kinds = ", ".join(sorted(property.about))
            self._findings.add(Finding("intake.property.kind", row.spot.say("property"), {"kinds": kinds}))
        if row.fields.get("value") in (None, "", {}):
            self._findings.add(Finding("intake.value.missing", row.spot.say("value")))
            return None
        if "entity" in property.value:
            self._make_absent(row.fields["value"], row.spot)
        asked = Asked(
            property,
            self._fields.take_language(row, "lang"),
            self._fields.take_interview(row),
            self._cast,
            row.spot.inside("value"),
        )
        value = read_value(row.fields["value"], asked)
        if isinstance(value, Finding):
            self._findings.add(value)
            return None
        return property, value

    def _read_stratum(self, row: Row, property: Property) -> Stratum:
        ordinary = Stratum(property.stratum)
        asked = self._fields.take_choice(row, "stratum", tuple(stratum.value for stratum in STRATA))
        stratum = Stratum(asked) if asked is not None else ordinary
        if stratum not in _STRICTER[ordinary]:
            where = self._fields.say(row, "stratum")
            self._findings.add(Finding("intake.stratum.looser", where, {"stratum": ordinary.value}))
        return stratum

    def _read_words(self, row: Row, source: Appearance | None) -> Words | None:
        original = self._fields.take_text(row, "words")
        translation = self._fields.take_text(row, "translation")
        if original is None:
            if translation is not None:
                self._findings.add(Finding("intake.words.missing", row.spot.say("translation")))
            return None
        if self._fields.take(row, "source") is None:
            self._findings.add(Finding("intake.words.source", row.spot.say("words")))
        lang = self._fields.take_language(row, "lang")
        if lang is None:
            self._findings.add(Finding("intake.value.language", row.spot.say("words")))
            return None
        if translation is None:
            return Words(original, lang)
        translation_lang = self._fields.take_language(row, "translation_lang")
        if translation_lang is None:
            self._findings.add(Finding("intake.words.language", row.spot.say("translation")))
        return Words(original, lang, translation, translation_lang, self._fields.take_text(row, "translator"))

    def _read_references(self, row: Row, field: str, stratum: Stratum | None) -> tuple[str, ...]:
        """The statements that a field names, by key (of this file, above) or by id (of the vault)."""
        written = row.fields.get(field, [])
        if not isinstance(written, list) or not all(isinstance(reference, str) for reference in written):
            self._findings.add(Finding("intake.field.list", row.spot.say(field)))
            return ()
        return tuple(self._read_reference(row, field, reference, stratum) for reference in written)

    def _read_reference(self, row: Row, field: str, reference: str, stratum: Stratum | None) -> str:
        id, lies_in = self._keys.get(reference, ("", None))
        if not id and is_id(reference):
            id, lies_in = reference, self._references.find_statement(reference)
            if lies_in is None:
                id = ""
        if not id:
            self._findings.add(Finding("intake.reference.statement", row.spot.say(field)))
        elif stratum is not None and lies_in not in (None, stratum):
            self._findings.add(Finding("intake.reference.stratum", row.spot.say(field)))
        return id

    def _find_entity(self, row: Row, field: str) -> Appearance | None:
        reference = self._fields.take_text(row, field)
        if reference is None:
            return None
        self._make_absent(reference, row.spot)
        found = self._cast.find(reference, self._fields.say(row, field))
        if isinstance(found, Finding):
            self._findings.add(found)
            return None
        return found

    def _make_absent(self, reference: object, spot: Spot) -> None:
        """In a table, `kind:key` makes the entity on its first use."""
        if isinstance(reference, dict):
            reference = reference.get("entity")
        if not self._draft.makes_entities or not isinstance(reference, str):
            return
        lacking = self._cast.find_lacking(reference)
        if lacking is not None:
            self._introduce(self._cast.make(*lacking, None, spot, self._findings), spot)

    def _is_published(self, source: Appearance | None) -> bool:
        if source is None:
            return False
        if source.id not in self._published:
            self._published[source.id] = source.code is None and self._references.published(source.id)
        return self._published[source.id]
