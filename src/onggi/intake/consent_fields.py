"""The fields of one decision in a consent file, each read as what it must be.

Floor 5. Pure. Refused, with the line: a term of no such vocabulary, a day that is none, a code of nobody or
of the wrong kind, a recipient that is no id of ours, and whatever means everybody.
"""

from datetime import date

from onggi.errors import Finding
from onggi.intake.draft import Row
from onggi.intake.fields import Fields
from onggi.intake.findings import Findings
from onggi.intake.references import References
from onggi.intake.toml_file import check_keys
from onggi.model.consent import ANSWERS, Checks, Withheld, read_day
from onggi.model.entity import is_id, read_code
from onggi.model.recipients import RECIPIENTS
from onggi.model.request import fold_name, tidy_name
from onggi.model.vocabulary import load_properties, load_vocabulary

# Nobody can agree to people unknown; who publishes can be named.
_ANYONE = frozenset(
    {
        *("all", "any", "anybody", "anyone", "anywhere", "everybody", "everyone", "others", "public"),
        *("thepublic", "whoever", "media", "themedia", "press", "thepress"),
        *(
            "누구나",
            "누구든지",
            "누구에게나",
            "모두",
            "모두에게",
            "모든사람",
            "아무나",
            "아무에게나",
            "대중",
            "언론",
        ),
        *("任何人", "所有人", "大家", "谁都可以", "谁都行", "公众", "公眾", "媒体", "媒體", "随便谁"),
    }
)
# Such an organisation is one of our ids, written in the wrong field: a no there would miss its mark.
_FOLDED = frozenset(map(fold_name, RECIPIENTS))
_WITHHELD = frozenset({"what", "why"})


class ConsentFields:
    """One `[[consent]]` table. What is wrong is added to the findings, and an empty value returned."""

    def __init__(self, row: Row, references: References, findings: Findings) -> None:
        self.checked: frozenset[str] = frozenset()
        self._row = row
        self._references = references
        self._findings = findings
        self._fields = Fields({}, row.spot, findings)

    def lacks(self, field: str) -> bool:
        """Whether nothing was written there."""
        written = self._fields.take(self._row, field)
        return written is None or written == [] or (isinstance(written, str) and not written.strip())

    def miss(self, field: str, inside: str | None = None) -> None:
        """That a field must be there."""
        spot = self._row.spot.inside(inside) if inside else self._row.spot
        called = ".".join(filter(None, (inside, field)))
        self._findings.add(Finding("intake.consent.missing", spot.say(), {"field": called}))

    def find(self, code: str, field: str, **values: str | int) -> None:
        """That something is wrong with a field."""
        self._findings.add(Finding(code, self._row.spot.say(field), values))

    def take_text(self, field: str) -> str | None:
        return self._fields.take_text(self._row, field)

    def take_choice(self, field: str, choices: tuple[str, ...]) -> str | None:
        return self._fields.take_choice(self._row, field, choices)

    def take_answer(self, field: str) -> str:
        return self.take_choice(field, ANSWERS) or "unknown"

    def take_language(self, field: str) -> str | None:
        return self._fields.take_language(self._row, field)

    def take_term(self, field: str, vocabulary: str) -> str | None:
        return self.take_choice(field, tuple(load_vocabulary(vocabulary).terms))

    def take_terms(self, field: str, vocabulary: str) -> tuple[str, ...]:
        known = load_vocabulary(vocabulary).terms
        written = self._take_list(field)
        if all(one in known for one in written):
            return written
        self.find("intake.field.choice", field, choices=", ".join(known))
        return ()

    def take_day(self, field: str) -> date | None:
        """A whole day, as TOML has it or as ISO text."""
        written = self._fields.take(self._row, field)
        if written is None or type(written) is date:
            return written
        day = read_day(written) if isinstance(written, str) else None
        if day is None:
            self.find("intake.consent.day", field)
        return day

    def take_entity(self, field: str, kind: str) -> str | None:
        """The id of an entity of the vault, which is written as a code or an id."""
        written = self.take_text(field)
        return None if written is None else self._find_entity(written, field, kind)

    def take_entities(self, field: str, kind: str) -> tuple[str, ...]:
        found = (self._find_entity(one, field, kind) for one in self._take_list(field))
        return tuple(one for one in found if one is not None)

    def take_recipient(self, field: str) -> str | None:
        """An id that a dossier can be made for, as it is written there."""
        written = self.take_text(field)
        if written is None or written in RECIPIENTS:
            return written
        self.find("intake.consent.anyone" if _is_anyone(written) else "intake.consent.recipient", field)
        return None

    def take_organisation(self, field: str) -> str | None:
        """The name of one organisation, in the form in which names are compared."""
        written = self.take_text(field)
        if written is None or not written.strip():
            return None
        if _is_anyone(written) or not fold_name(written):
            self.find("intake.consent.anyone", field)
        elif fold_name(written) in _FOLDED:
            self.find("intake.consent.organisation", field)
        return tidy_name(written)

    def take_checks(self, field: str) -> Checks | None:
        """The table of answers; which of them were given stands in `checked` then."""
        written = self._row.fields.get(field, {})
        if not isinstance(written, dict):
            self.find("intake.form.table", field)
            return None
        table = Row(written, self._row.spot.inside(field))
        check_keys(written, frozenset(Checks.__struct_fields__), table.spot, self._findings)
        answers = {name: self._fields.take_choice(table, name, ANSWERS) for name in Checks.__struct_fields__}
        self.checked = frozenset(name for name in answers if self._fields.take(table, name) is not None)
        return Checks(**{name: answer for name, answer in answers.items() if answer is not None})

    def take_withheld(self, field: str) -> tuple[Withheld, ...]:
        """What is kept back: a list of tables, each with what, and the term that says why."""
        written = self._row.fields.get(field, [])
        if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
            self.find("intake.form.table", field)
            return ()
        spots = (self._row.spot.inside(field, number) for number in range(len(written)))
        return tuple(self._read_withheld(Row(one, spot)) for one, spot in zip(written, spots, strict=True))

    def _read_withheld(self, row: Row) -> Withheld:
        inner = ConsentFields(row, self._references, self._findings)
        check_keys(row.fields, _WITHHELD, row.spot, self._findings)
        for field in sorted(_WITHHELD):
            if inner.lacks(field):
                inner.miss(field)
        marks = tuple(inner._find_mark(one) for one in inner._take_list("what"))
        return Withheld(marks, inner.take_term("why", "withholding_reasons") or "")

    def _find_mark(self, written: str) -> str:
        """A class of details, a property, or the id of an entity or statement."""
        if written in load_vocabulary("redaction_classes").terms or written in load_properties():
            return written
        if is_id(written) and self._references.find_statement(written) is not None:
            return written
        return self._find_entity(written, "what") or ""

    def _find_entity(self, written: str, field: str, kind: str | None = None) -> str | None:
        reference = written if is_id(written) else read_code(written)
        found = self._references.find_entity(reference) if reference is not None else None
        if found is not None and kind in (None, found[1]):
            return found[0]
        id = "intake.consent.mark" if kind is None else f"intake.consent.{kind}"
        self.find(id, field)
        return None

    def _take_list(self, field: str) -> tuple[str, ...]:
        written = self._row.fields.get(field, [])
        if isinstance(written, list) and all(isinstance(one, str) for one in written):
            return tuple(dict.fromkeys(written))
        self.find("intake.field.list", field)
        return ()


def _is_anyone(written: str) -> bool:
    return fold_name(written) in _ANYONE
