"""`onggi consent`: what persons decided, recorded from a file, listed, and withdrawn."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Identity, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.consent_rows import (
    describe_decisions,
    describe_disclosure,
    print_decisions,
    print_disclosures,
    say_decision,
)
from onggi.cli.contracts.consent import Withdrawn
from onggi.cli.contracts.record import Recorded
from onggi.cli.help import Command
from onggi.cli.opening import randomness, today, unlock
from onggi.cli.reading import STANDARD, read_given
from onggi.cli.showing import refuse_batch, show_json, show_line, tell
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.vocabulary import load_vocabulary
from onggi.vault.opened import Compartment as Opened
from onggi.words import say

_UNREADABLE = "cli.record.unreadable"

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Action(StrEnum):
    """What to do with decisions."""

    LIST = "list"
    RECORD = "record"
    WITHDRAW = "withdraw"


def _say_help() -> str:
    """What it does, and the purposes that are asked for one by one."""
    return say("cli.consent.help", purposes=", ".join(load_vocabulary("consent_purposes").terms))


@app.command(cls=Command, help=_say_help())
def consent(
    vault: VaultPath,
    case: Annotated[str, typer.Argument(metavar="CASE", help=say("cli.consent.case"), show_default=False)],
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=say("cli.consent.action"))],
    word: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|ID]", help=say("cli.consent.word"), show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.record.dry"))] = False,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """List, record or withdraw what the persons of a case decided."""
    if (word is None) != (action is Action.LIST):
        raise OnggiError(
            "cli.consent.word_missing" if word is None else "cli.consent.word_needless", exit_code=Exit.USAGE
        )
    data = _read(word) if action is Action.RECORD else b""
    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    matter = _find_case(ledger, into, case)
    match action:
        case Action.LIST:
            _list(ledger, into, matter, because or "" if identity else None, json)
        case Action.RECORD:
            _record(ledger, into, matter, word or "", data, dry_run, json)
        case Action.WITHDRAW:
            _withdraw(ledger, into, matter, word or "", because, json)


def _read(word: str | None) -> bytes:
    from onggi.intake.toml_file import MOST_TOML

    return read_given(Path(word or ""), MOST_TOML, _UNREADABLE)


def _find_case(ledger: Ledger, into: Opened, reference: str) -> str:
    view = ledger.view(compartment=into)
    case = view.find(reference)
    if view.kind_of(case) != "case":
        raise OnggiError("cli.consent.no_case", exit_code=Exit.USAGE)
    return case


def _list(ledger: Ledger, into: Opened, case: str, reason: str | None, json: bool) -> None:
    """What was decided and shown; with what lies in identity where there is a reason to open it."""
    from onggi.ledger.consents import list_unread, open_disclosures

    view = ledger.view(compartment=into) if reason is None else open_disclosures(ledger, into, case, reason)
    into = ledger.vault.compartment(into.id)
    rows = describe_decisions(view, case, today())
    if json:
        show_json(rows)
    else:
        print_decisions(rows)
    if rows["closed"]:
        tell("cli.consent.closed")
    if list_unread(ledger, into):
        tell("cli.consent.unread")


def _record(
    ledger: Ledger, into: Opened, case: str, word: str, data: bytes, dry_run: bool, json: bool
) -> None:
    from onggi.intake.consent import read_consents
    from onggi.intake.ready import make_ready, record_ready
    from onggi.ledger.directory import Directory

    batch = read_consents(data, case, Directory(ledger, into), randomness, today())
    if isinstance(batch, list):
        refuse_batch(batch, json)
    ready = make_ready(ledger, into, batch)
    said = Recorded(
        ok=True,
        case=case,
        code=ready.code,
        statements=len(batch.placed),
        recorded=not dry_run,
        keys={},
        findings=[],
    )
    if not dry_run:
        said["commit"] = record_ready(ledger, into, ready).commit[:16]
    if json:
        show_json(said)
    tell("cli.record.dried" if dry_run else "cli.record.done", count=len(batch.placed), case=ready.code)
    if ready.seconded:
        tell("cli.consent.waiting", count=ready.seconded)
    if batch.counts.unscreened:
        tell("cli.record.unscreened", count=batch.counts.unscreened)
    if Path(word) != STANDARD:
        tell("cli.record.readable")


def _withdraw(ledger: Ledger, into: Opened, case: str, word: str, because: str | None, json: bool) -> None:
    from onggi.ledger.consents import list_disclosures
    from onggi.ledger.withdrawing import withdraw_consent

    done = withdraw_consent(ledger, into, case, word, because, today())
    view = _look_back(ledger, into.id, case, done.id)
    closed = "identity" not in view.strata
    shown = [describe_disclosure(held, view) for held in list_disclosures(view, done.person)]
    if json:
        show_json(
            Withdrawn(
                statement=done.id,
                person=done.person,
                code=view.code_of(done.person),
                purpose=done.consent.purpose,
                recipient=done.consent.recipient,
                organisation=done.consent.organisation,
                reason_kept=done.reason_kept,
                closed=closed,
                disclosures=shown,
            )
        )
    else:
        show_line(f"{view.call(done.person)}  {say_decision(done.consent, view)}")
        print_disclosures(shown)
    tell("cli.consent.withdrawn")
    if not done.reason_kept:
        tell("cli.consent.reason_left_out")
    tell("cli.consent.reach")
    if closed:
        tell("cli.consent.closed")


def _look_back(ledger: Ledger, within: str, case: str, withdrawal: str) -> View:
    """What was shown before, with identity wherever it is granted: the withdrawal is the reason to look.

    Whatever stands in the way of that, the withdrawal is recorded already.
    """
    from onggi.ledger.consents import open_disclosures

    try:
        return open_disclosures(ledger, ledger.vault.compartment(within), case, f"withdrawn: {withdrawal}")
    except OnggiError:
        return ledger.view(compartment=ledger.vault.compartment(within))
