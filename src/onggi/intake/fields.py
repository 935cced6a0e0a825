"""The plain fields of a statement, each read as what it must be, from the row or from the file's defaults.

Floor 5. Pure. Refused: text where a number stands and the reverse, a grade outside the Admiralty scale, a
word that is none of the choices, a language that is no language tag, an interview date that is none.
"""

import re
from collections.abc import Mapping
from typing import cast

from onggi.errors import Finding
from onggi.intake.draft import Row
from onggi.intake.findings import Findings, Spot
from onggi.intake.values import is_language, read_interview
from onggi.model.statement import Polarity
from onggi.model.when import When

_GRADE = re.compile(r"([A-F])([1-6])")
_POLARITIES = ("asserts", "denies")
_MOST_DISTANT = 99


class Fields:
    """Reads any row's fields; what the row lacks, the defaults say. Nothing written is no field."""

    def __init__(self, defaults: Mapping[str, object], top: Spot, findings: Findings) -> None:
        self.lang: str | None = None
        self._defaults = defaults
        self._top = top
        self._findings = findings

    def take(self, row: Row, field: str) -> object:
        """What was written, in the row or in the defaults."""
        written = row.fields.get(field)
        if written is None or written == "":
            written = self._defaults.get(field)
        return None if written == "" else written

    def say(self, row: Row, field: str) -> str:
        """Where it was written: in the row, or once for all in the defaults."""
        inherited = row.fields.get(field) in (None, "") and field in self._defaults
        return self._top.say("defaults", field) if inherited else row.spot.say(field)

    def take_text(self, row: Row, field: str) -> str | None:
        written = self.take(row, field)
        if written is None or isinstance(written, str):
            return written
        self._findings.add(Finding("intake.field.text", self.say(row, field), {"field": field}))
        return None

    def take_whole(self, row: Row, field: str) -> int | None:
        written = self.take(row, field)
        if written is None:
            return None
        if type(written) is int and 0 <= written <= _MOST_DISTANT:
            return written
        self._findings.add(Finding("intake.field.whole", self.say(row, field), {"field": field}))
        return None

    def take_language(self, row: Row, field: str) -> str | None:
        """A language; that of the case where a text has none of its own."""
        written = self.take_text(row, field)
        if written is None:
            return self.lang if field == "lang" else None
        if is_language(written):
            return written
        self._findings.add(Finding("intake.field.language", self.say(row, field)))
        return None

    def take_choice(self, row: Row, field: str, choices: tuple[str, ...]) -> str | None:
        written = self.take(row, field)
        if written is None:
            return None
        if isinstance(written, str) and written in choices:
            return written
        self._findings.add(
            Finding("intake.field.choice", self.say(row, field), {"choices": ", ".join(choices)})
        )
        return None

    def take_polarity(self, row: Row) -> Polarity:
        return cast(Polarity, self.take_choice(row, "polarity", _POLARITIES) or _POLARITIES[0])

    def take_interview(self, row: Row) -> When | None:
        """The date against which *last year* is read."""
        written = self.take(row, "interview")
        if written is None:
            return None
        interview = read_interview(written)
        if interview is None:
            self._findings.add(Finding("intake.field.interview", self.say(row, "interview")))
        return interview

    def take_grades(self, row: Row) -> tuple[str | None, int | None]:
        """Reliability of the source and credibility of the information, which are graded apart."""
        apart = "reliability" in row.fields or "credibility" in row.fields
        grade = None if apart and "grade" not in row.fields else self.take_text(row, "grade")
        if grade is not None:
            return self._read_grade(row, "grade", grade)
        reliability = self.take_text(row, "reliability")
        credibility = self.take_whole(row, "credibility")
        if reliability is not None:
            self._read_grade(row, "reliability", f"{reliability}1")
        if credibility is not None:
            self._read_grade(row, "credibility", f"A{credibility}")
        return reliability, credibility

    def _read_grade(self, row: Row, field: str, grade: str) -> tuple[str | None, int | None]:
        found = _GRADE.fullmatch(grade)
        if found is not None:
            return found[1], int(found[2])
        self._findings.add(Finding("intake.field.grade", self.say(row, field)))
        return None, None
