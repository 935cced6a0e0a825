"""What the check of a bag came to, in the words of the command: steps, findings, what was left. Pure."""

from dataclasses import dataclass

from onggi.evidence.telling import say_cuts, say_stamps
from onggi.evidence.verify import BagReport
from onggi.web.findings import Found, tell_findings
from onggi.words import say
from onggi.words.digits import group_digits

_MOST = 200  # findings of one step; nobody reads further down
_TAGS = {"right": "well", "wrong": "wrong", "none": ""}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the check: its number, its verdict with a tag, and what was found in it."""

    number: int
    name: str
    verdict: str
    kind: str
    found: tuple[Found, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """All of it: `unchecked` are sentences, `fingerprint` is empty where the keys cannot be read."""

    valid: bool
    steps: tuple[Step, ...]
    unchecked: tuple[str, ...]
    stamps: tuple[str, ...]
    cuts: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    fingerprint: str


def tell_verdict(report: BagReport, tongue: str) -> Verdict:
    """A report in the reader's language."""
    steps = (
        Step(
            step.number,
            say(f"cli.step.{step.name}", tongue),
            say(f"cli.step.{step.verdict}", tongue),
            _TAGS[step.verdict],
            tuple(tell_findings(step.findings[:_MOST], tongue)),
            max(0, len(step.findings) - _MOST),
        )
        for step in report.steps
    )
    return Verdict(
        report.valid,
        tuple(steps),
        tuple(say(code, tongue) for code in report.not_checked),
        tuple(say_stamps(report, tongue)),
        tuple(say_cuts(report, tongue)),
        tuple((say(f"cli.count.{what}", tongue), f"{count:,}") for what, count in report.counts.items()),
        group_digits(report.fingerprint) if report.fingerprint else "",
    )
