"""What stands against a dossier, in words, each with where it is mended. Reads only."""

from dataclasses import dataclass

from onggi.dossier.build import Plan
from onggi.dossier.wording import word_finding
from onggi.errors import Finding, OnggiError
from onggi.ledger.sentence import say_statement
from onggi.model.release import FOR_TWO
from onggi.web.casework import Matter
from onggi.web.manner import speak_plainly


@dataclass(frozen=True, slots=True)
class Against:
    """One finding of release: what, where it is mended, whether somebody took it upon herself, whether that
    takes two, and waits for the second."""

    finding: Finding
    who: str
    text: str
    href: str
    met: bool
    two: bool
    waits: bool

    @property
    def left(self) -> bool:
        """Whether somebody may take it upon herself, and nobody has."""
        return not self.finding.grave and not self.met


def list_against(matter: Matter, plan: Plan) -> list[Against]:
    """Every finding in words, with where it is mended."""
    unmet = {(one.code, one.where) for one in plan.unmet}
    return [
        Against(
            word_finding(one, matter.tongue),
            one.where,
            _tell_where(matter, one),
            _find_mend(matter, one),
            (one.code, one.where) not in unmet,
            one.code in FOR_TWO,
            one.code in FOR_TWO & plan.taken and (one.code, one.where) in unmet,
        )
        for one in plan.findings
    ]


def _tell_where(matter: Matter, one: Finding) -> str:
    """The statement that a finding speaks of, if it is one of the record."""
    held = matter.view.statement(one.where)
    if held is None or held.stratum != "record":
        return ""
    return say_statement(held, matter.tongue, matter.view.call, speak_plainly(matter.tongue))


def _find_mend(matter: Matter, one: Finding) -> str:
    """Where a finding is mended: consent, the person or thing it speaks of, or the order itself."""
    if one.code.startswith("consent."):
        return f"/case/{matter.reference}/consent"
    try:
        return f"/about/{matter.view.find(one.where)}"
    except OnggiError:
        return ""
