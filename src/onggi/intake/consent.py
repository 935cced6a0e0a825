"""A consent file, or a form: what persons decided, each decision as one statement about the person.

The form is docs/design/consent.md, §6. What she said in words of her own goes to identity.

Floor 5. Pure; the day and randomness are passed in. Refused, with the line and nothing recorded: a yes that
does not say to what, with whom and how it was asked; *anyone* as a recipient; a recipient that nobody knows;
somebody who decides for another without a reason; a person of another case; a day that has not come; a text
in which a name stands that the identity stratum holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.consent_fields import ConsentFields
from onggi.intake.draft import LONGEST_TEXT, Row
from onggi.intake.files import MEGABYTE, read_text
from onggi.intake.findings import Findings, Spot
from onggi.intake.placing import Placing
from onggi.intake.references import References
from onggi.intake.toml_file import MOST_TOML, check_keys, parse_toml, take_tables
from onggi.model.consent import (
    DAYS,
    DECISIONS,
    GIVEN,
    GIVERS,
    IDENTITY,
    LIKENESS,
    MOST_DAYS,
    NOBODY,
    SELF,
    SHOWN,
    VERSION,
    WISHES,
    Checks,
    Consent,
)
from onggi.model.entity import Randomness, new_id
from onggi.model.recipients import MANY, PATTERN
from onggi.model.statement import Said, What, Words
from onggi.model.stratum import Stratum
from onggi.model.value import Text

_KEYS = frozenset(Consent.__struct_fields__) - {"knows", "version"} | {"person", "words"}
# What a yes must say; a no may be as short as she wants it.
_NEEDED = ("purpose", "covers", "form", "lang")
# A device's clock and the calendar where she is may be a day apart.
_APART = timedelta(days=1)
# Each decision about a person holds the ids of all before it.
_MOST = 1000


def read_consents(
    data: bytes, case: str, references: References, randomness: Randomness, today: date
) -> Batch | list[Finding]:
    """The decisions of a consent file about persons of a case, or every finding."""
    findings = Findings()
    text = read_text(data, findings, most=MOST_TOML)
    parsed = None if text is None else parse_toml(text, findings)
    if parsed is None:
        return findings.gather()
    tables, top = parsed
    check_keys(tables, frozenset({"onggi", "consent"}), top, findings)
    rows = [Row(fields, spot) for fields, spot in take_tables(tables, "consent", top, findings)]
    if not rows and not findings.count:
        findings.add(Finding("intake.consent.none", top.say("consent")))
    if len(rows) > _MOST:
        findings.add(Finding("intake.consent.many_rows", rows[_MOST].spot.say(), {"limit": _MOST}))
    return _read_rows(rows[:_MOST], case, references, findings, randomness, today)


def read_decision(
    fields: Mapping[str, object], case: str, references: References, randomness: Randomness, today: date
) -> Batch | list[Finding]:
    """One decision that was typed into a form, or every finding; `where` is the field it is about.

    `fields` are those of a `[[consent]]` table, as TOML would have them; what is inside one stands behind a
    dot (`checks.risks`).
    """
    row = Row(fields, Spot(lambda path: ".".join(str(one) for one in path if isinstance(one, str)), ()))
    batch = _read_rows([row], case, references, Findings(), randomness, today)
    return [_place_missing(one) for one in batch] if isinstance(batch, list) else batch


def _read_rows(
    rows: Sequence[Row],
    case: str,
    references: References,
    findings: Findings,
    randomness: Randomness,
    today: date,
) -> Batch | list[Finding]:
    placing = Placing(randomness, references.known_names())
    placing.case = case
    reading = _Reading(case, references, placing, findings, today)
    for row in rows:
        reading.read_row(row, new_id(randomness))
    placing.screen_record(findings, lambda done, total, stage: None)
    return findings.gather() if findings.count else Batch(case, tuple(placing.placed), {}, placing.count())


def _place_missing(one: Finding) -> Finding:
    """In a form what was left empty has a place, too."""
    if one.code != "intake.consent.missing":
        return one
    field = str(one.values["field"]).rpartition(".")[2]
    return replace(one, where=".".join(filter(None, (one.where, field))), values={"field": field})


class _Reading:
    """One file on its way in, and what is known so far of each person's decisions."""

    def __init__(
        self, case: str, references: References, placing: Placing, findings: Findings, today: date
    ) -> None:
        self._case = case
        self._references = references
        self._placing = placing
        self._findings = findings
        self._today = today
        self._known: dict[str, tuple[str, ...]] = {}

    def read_row(self, row: Row, id: str) -> None:
        """Place a decision, and her words, if nothing is wrong with it."""
        field = row.find_long()
        if field is not None:
            limit = LONGEST_TEXT // MEGABYTE
            self._findings.add(Finding("intake.value.long", row.spot.say(field), {"limit": limit}))
            return
        before = self._findings.count
        check_keys(row.fields, _KEYS, row.spot, self._findings)
        fields = ConsentFields(row, self._references, self._findings)
        person = self._find_person(fields)
        consent = self._read_consent(fields, self._list_known(person))
        self._check_whole(fields, consent)
        words = self._read_words(fields, consent)
        if self._findings.count > before or person is None:
            return
        self._known[person] = (*self._known[person], id)
        self._placing.place(Stratum.RECORD, What("consent", consent), person, row.spot, id=id)
        if words is not None:
            said = Said(person) if consent.given_by == SELF else None
            verbatim = What("verbatim", Text(words.original, words.lang))
            self._placing.place(Stratum.IDENTITY, verbatim, id, row.spot, said=said, words=words)

    def _read_consent(self, fields: ConsentFields, known: tuple[str, ...]) -> Consent:
        decision = fields.take_choice("decision", DECISIONS)
        if fields.lacks("decision"):
            fields.miss("decision")
        given = decision == GIVEN
        on = fields.take_day("on") or self._today
        first = fields.take_day("valid_from") or on
        last = fields.take_day("valid_until") or first + min(timedelta(DAYS), date.max - first)
        review = fields.take_day("review_on")
        return Consent(
            decision=decision or "",
            on=on.isoformat(),
            purpose=fields.take_term("purpose", "consent_purposes"),
            recipient=fields.take_recipient("recipient"),
            organisation=fields.take_organisation("organisation"),
            covers=fields.take_terms("covers", "consent_data"),
            items=fields.take_entities("items", "item"),
            shown=fields.take_choice("shown", SHOWN) or SHOWN[0],
            likeness=fields.take_choice("likeness", LIKENESS) or LIKENESS[0],
            withheld=fields.take_withheld("withheld"),
            channels=fields.take_terms("channels", "consent_channels"),
            valid_from=first.isoformat() if given else None,
            valid_until=last.isoformat() if given else None,
            review_on=review.isoformat() if review else None,
            given_by=fields.take_choice("given_by", GIVERS) or SELF,
            because=fields.take_text("because"),
            interest=fields.take_text("interest"),
            assent=fields.take_answer("assent"),
            lang=fields.take_language("lang"),
            interpreter=fields.take_entity("interpreter", "person"),
            form=fields.take_term("form", "consent_forms"),
            witness=fields.take_entity("witness", "person"),
            kept_as=fields.take_entity("kept_as", "item"),
            place=fields.take_term("place", "consent_places"),
            checks=fields.take_checks("checks") or Checks(),
            if_gone=fields.take_choice("if_gone", WISHES),
            if_held=fields.take_choice("if_held", WISHES),
            knows=known,
            version=VERSION,
        )

    def _check_whole(self, fields: ConsentFields, consent: Consent) -> None:
        """What the fields of a decision must say together."""
        if date.fromisoformat(consent.on) > self._today + _APART:
            fields.find("intake.consent.future", "on")
        if consent.decision != GIVEN:
            return
        for field in _NEEDED:
            if fields.lacks(field):
                fields.miss(field)
        self._check_recipient(fields, consent)
        self._check_days(fields, consent)
        self._check_giver(fields, consent)
        if IDENTITY not in consent.covers:
            for field, most in (("shown", SHOWN[-1]), ("likeness", LIKENESS[-1])):
                if getattr(consent, field) == most:
                    fields.find("intake.consent.named", field)

    def _check_recipient(self, fields: ConsentFields, consent: Consent) -> None:
        if fields.lacks("recipient") and fields.lacks("organisation"):
            fields.miss("recipient")
        if consent.recipient in MANY and consent.organisation is None:
            fields.find("intake.consent.many", "recipient")
        if consent.recipient == PATTERN and consent.purpose != "statistics":
            fields.find("intake.consent.pattern", "recipient")

    def _check_days(self, fields: ConsentFields, consent: Consent) -> None:
        first, last = (
            date.fromisoformat(day or consent.on) for day in (consent.valid_from, consent.valid_until)
        )
        if last < first or first.isoformat() < consent.on:
            fields.find("intake.consent.days", "valid_until" if last < first else "valid_from")
        if last - first > timedelta(MOST_DAYS):
            fields.find("intake.consent.long", "valid_until", days=MOST_DAYS)
        if consent.review_on and not first.isoformat() <= consent.review_on <= last.isoformat():
            fields.find("intake.consent.review", "review_on")

    def _check_giver(self, fields: ConsentFields, consent: Consent) -> None:
        if consent.given_by != NOBODY:
            for field in Checks.__struct_fields__:
                if field not in fields.checked:
                    fields.miss(field, "checks")
        if consent.form == "witnessed" and fields.lacks("witness"):
            fields.miss("witness")
        if consent.given_by == SELF:
            return
        for field in ("because", "interest"):
            if not (getattr(consent, field) or "").strip():
                fields.miss(field)
        for field, least in (("shown", SHOWN[-1]), ("likeness", LIKENESS[-1])):
            if getattr(consent, field) == least:
                fields.find("intake.consent.others", field)

    def _find_person(self, fields: ConsentFields) -> str | None:
        """The id of whoever decided, who must be of the case."""
        if fields.lacks("person"):
            fields.miss("person")
        person = fields.take_entity("person", "person")
        if person is not None and not self._references.appears_in(person, self._case):
            fields.find("intake.consent.elsewhere", "person")
        return person

    def _list_known(self, person: str | None) -> tuple[str, ...]:
        """All her decisions so far, in the vault and further up in the file."""
        if person is None:
            return ()
        return self._known.setdefault(person, tuple(self._references.decisions(person)))

    def _read_words(self, fields: ConsentFields, consent: Consent) -> Words | None:
        words: Any = fields.take_text("words")
        if words is None:
            return None
        if consent.lang is None:
            fields.find("intake.value.language", "words")
        return Words(words, consent.lang or "")
