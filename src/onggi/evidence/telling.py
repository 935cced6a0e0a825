"""What the check of a bag came to, in words: the same on the command line and in a page. Pure."""

from onggi.evidence.verify import BagReport
from onggi.words import say


def say_stamps(report: BagReport, lang: str | None = None) -> list[str]:
    """The timestamps that are right: which anchor, since when, by whose authority."""
    return [
        say(
            "cli.verify.stamp",
            lang,
            anchor=anchor,
            time=stamp.time,
            authority=stamp.authority,
            certificate=stamp.fingerprint,
            root=stamp.root_fingerprint,
        )
        for anchor, stamp in report.stamps
    ]


def say_cuts(report: BagReport, lang: str | None = None) -> list[str]:
    """What was withheld or made coarser, by how and why, and how often."""
    return [
        say("cli.verify.cut", lang, how=say(f"cli.cut.{how}", lang), reason=reason, count=count)
        for (how, reason), count in report.count_cuts().items()
    ]
