"""`onggi verify`: check a whole vault, or a proof somebody handed over."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot
from onggi.cli.contracts.proof import CheckRow, CutRow, StampRow, Verified
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.showing import Bar, describe_finding, introduce, show_findings, show_json, show_line, tell
from onggi.errors import Exit, Finding, OnggiError
from onggi.words import say
from onggi.words.digits import group_digits
from onggi.words.heads import read_head

if TYPE_CHECKING:
    from onggi.evidence.verify import BagReport

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.verify.help"))
def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=say("cli.verify.path"), show_default=False)],
    head: Annotated[
        str | None, typer.Option("--head", metavar="WORDS", help=say("cli.verify.head"), show_default=False)
    ] = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Verify a vault or the bag of a proof."""
    if _is_bag(path):
        report = _read_bag(path)
        ok, findings, counts = report.valid, list(report.findings), report.counts
    else:
        report = None
        ok, findings, counts = _verify_vault(path, head, passphrase_file, slot)
    if json:
        said = Verified(ok=ok, findings=[describe_finding(one) for one in findings], counts=counts)
        if report is not None:
            _describe(report, said)
        show_json(said)
    else:
        if report is None:
            show_findings(findings)
        else:
            _show_steps(report)
        for what, count in counts.items():
            show_line(introduce(say(f"cli.count.{what}"), str(count)))
        show_line(say("cli.verify.well" if ok else "cli.verify.broken"))
        if report is not None and report.fingerprint:
            tell("cli.verify.fingerprint", fingerprint=group_digits(report.fingerprint))
    raise typer.Exit(Exit.WELL if ok else Exit.FINDINGS)


def _is_bag(path: Path) -> bool:
    """Whether a bag lies here, or what is left of one."""
    from onggi.evidence.bag import SEALS

    return any((path / name).exists() for name in SEALS)


def _verify_vault(
    path: Path, head: str | None, passphrase_file: Path | None, slot: int
) -> tuple[bool, list[Finding], dict[str, int]]:
    from onggi.evidence.checking import check_all, holds_head
    from onggi.vault.checking import judge_packs
    from onggi.vault.folder import Folder

    numbers = read_head(head) if head is not None else None
    if head is not None and numbers is None:
        raise OnggiError("cli.verify.words", exit_code=Exit.USAGE)
    try:
        ledger = unlock(path, slot, passphrase_file)
    except OnggiError as error:
        if error.exit_code is not Exit.CLOSED or not error.id.startswith("vault."):
            raise
        # What begins the vault cannot be read. Which files to take from a copy needs no key to say.
        return False, [Finding(error.id, "vault"), *judge_packs(Folder(path, randomness))], {}
    report = check_all(ledger, Bar())
    if numbers is not None and not holds_head(ledger, numbers):
        report.findings.append(Finding("cli.verify.rollback", "log"))
    return report.well, report.findings, report.counts


def _read_bag(path: Path) -> "BagReport":
    from onggi.evidence.verify import verify_bag

    return verify_bag(path)


def _show_steps(report: "BagReport") -> None:
    """The steps of proof.md §6 by their numbers, each with what was found in it."""
    from onggi.evidence.telling import say_cuts, say_stamps

    for step in report.steps:
        verdict = say(f"cli.step.{step.verdict}")
        show_line(introduce(f"{step.number}. {say(f'cli.step.{step.name}')}", verdict))
        for code, findings in groupby(step.findings, key=lambda finding: finding.code):
            show_findings(list(findings), code.partition(".")[2])
    for line in (*map(say, report.not_checked), *say_stamps(report), *say_cuts(report)):
        show_line(line)


def _describe(report: "BagReport", said: Verified) -> None:
    """Add to the answer what only a bag has."""
    said["fingerprint"] = report.fingerprint
    said["steps"] = [CheckRow(step=step.name, ok=not step.findings) for step in report.steps if step.there]
    said["timestamps"] = [
        StampRow(
            anchor=anchor,
            time=stamp.time,
            authority=stamp.authority,
            certificate=stamp.fingerprint,
            root=stamp.root_fingerprint,
        )
        for anchor, stamp in report.stamps
    ]
    said["cuts"] = [
        CutRow(how=how, reason=reason, count=count) for (how, reason), count in report.count_cuts().items()
    ]
