"""`onggi verify`: check a whole vault, or a proof somebody handed over."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot
from onggi.cli.contracts import Verified
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.showing import Bar, describe_finding, group_digits, show_findings, show_json, show_line, tell
from onggi.errors import Exit, Finding, OnggiError
from onggi.words import say
from onggi.words.heads import has_head, read_head

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
        ok, findings, counts, fingerprint = _verify_bag(path)
    else:
        ok, findings, counts = _verify_vault(path, head, passphrase_file, slot)
        fingerprint = ""
    if json:
        said = Verified(ok=ok, findings=[describe_finding(one) for one in findings], counts=counts)
        if fingerprint:
            said["fingerprint"] = fingerprint
        show_json(said)
    else:
        show_findings(findings)
        for what, count in counts.items():
            show_line(f"{say(f'cli.count.{what}')}: {count}")
        show_line(say("cli.verify.well" if ok else "cli.verify.broken"))
        if fingerprint:
            tell("cli.verify.fingerprint", fingerprint=group_digits(fingerprint))
    raise typer.Exit(Exit.WELL if ok else Exit.FINDINGS)


def _is_bag(path: Path) -> bool:
    """Whether a bag lies here, or what is left of one."""
    from onggi.evidence.bag import SEALS

    return any((path / name).exists() for name in SEALS)


def _verify_vault(
    path: Path, head: str | None, passphrase_file: Path | None, slot: int
) -> tuple[bool, list[Finding], dict[str, int]]:
    from onggi.evidence.timestamp.health import check_tokens
    from onggi.vault.checking import check_vault, judge_packs
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
    report = check_vault(ledger.vault, Bar())
    findings = report.findings + ledger.check_indexes()
    for compartment in ledger.vault.compartments:
        wrong, unchecked = check_tokens(ledger.vault, compartment)
        findings += wrong
        if unchecked:
            report.count("unchecked", unchecked)
    if numbers is not None:
        hashes = [step.hash for one in ledger.vault.compartments for step in one.history.steps()]
        if not any(has_head(bytes.fromhex(hash), numbers) for hash in hashes):
            findings.append(Finding("cli.verify.rollback", "log"))
    return not any(one.grave for one in findings), findings, report.counts


def _verify_bag(path: Path) -> tuple[bool, list[Finding], dict[str, int], str]:
    from onggi.evidence.verify import verify_bag

    report = verify_bag(path)
    counts = {
        "statements": report.statements,
        "disclosed": report.disclosed,
        "withheld": report.withheld,
        "unchecked": len(report.not_checked),
    }
    return report.valid, list(report.findings), counts, report.fingerprint
