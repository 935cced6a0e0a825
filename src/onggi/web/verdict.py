"""What the check of a bag came to, in the words of the command: steps, findings, what was left. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.evidence.verify import STEPS, BagReport
from onggi.web.rendering import say_finding
from onggi.words import say
from onggi.words.digits import group_digits
from onggi.words.whereabouts import say_where

_MOST = 200  # findings of one step; nobody reads further down


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: where, what, and what it means where the one before did not say so."""

    place: str
    what: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the check that was made: its number, its verdict with a tag, and what was found in it."""

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
            STEPS.index(step.name) + 1,
            say(f"cli.step.{step.name}", tongue),
            say("cli.step.wrong" if step.findings else "cli.step.right", tongue),
            "wrong" if step.findings else "well",
            tuple(_tell(step.findings[:_MOST], tongue)),
            max(0, len(step.findings) - _MOST),
        )
        for step in report.steps
    )
    stamps = (
        say(
            "cli.verify.stamp",
            tongue,
            anchor=anchor,
            time=stamp.time,
            authority=stamp.authority,
            certificate=stamp.fingerprint,
            root=stamp.root_fingerprint,
        )
        for anchor, stamp in report.stamps
    )
    cuts = (
        say("cli.verify.cut", tongue, how=say(f"cli.cut.{how}", tongue), reason=reason, count=count)
        for (how, reason), count in report.count_cuts().items()
    )
    return Verdict(
        report.valid,
        tuple(steps),
        tuple(say(code, tongue) for code in report.not_checked),
        tuple(stamps),
        tuple(cuts),
        tuple(_count(report, tongue)),
        group_digits(report.fingerprint) if report.fingerprint else "",
    )


def _tell(findings: tuple[Finding, ...], tongue: str) -> Iterator[Found]:
    before = ""
    for one in findings:
        what, meaning = say_finding(one, tongue)
        place = say_where(one.where, tongue) if one.where != "?" else ""
        yield Found(place, what, meaning if meaning != before else "")
        before = meaning


def _count(report: BagReport, tongue: str) -> Iterator[tuple[str, str]]:
    counts = {
        "statements": report.statements,
        "recorded": report.recorded,
        "items": report.items,
        "disclosed": report.disclosed,
        "withheld": report.withheld,
        "cut": sum(cut.count for cut in report.cuts),
        "timestamps": len(report.stamps),
        "unchecked": len(report.not_checked),
    }
    for what, count in counts.items():
        yield say(f"cli.count.{what}", tongue), f"{count:,}"
