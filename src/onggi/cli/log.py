"""`onggi log`: what was recorded when, and five words to write down."""

import time

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.record import CommitRow, HeadRow, Logged
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_line, show_table, tell
from onggi.ledger.happenings import list_heads, list_steps
from onggi.words import language, say
from onggi.words.heads import say_head

_COLUMNS = ("time", "compartment", "slot", "seq", "commit")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.log.help"))
def log(vault: VaultPath, passphrase_file: PassphraseFile = None, slot: Slot = 1, json: Json = False) -> None:
    """List commits, newest first, and the head of each log in five words."""
    ledger = unlock(vault, slot, passphrase_file)
    devices = ledger.vault.members.devices
    commits = [
        CommitRow(
            compartment=compartment,
            log=step.commit.log,
            seq=step.commit.seq,
            commit=step.hash[:16],
            time=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(step.commit.hlc[0] / 1000)),
            slot=devices[step.commit.device].slot,
        )
        for compartment, step in list_steps(ledger.vault)
    ]
    heads = [
        HeadRow(
            compartment=one.compartment,
            log=one.log,
            slot=one.slot,
            seq=one.seq,
            words=say_head(bytes.fromhex(one.hash), language()),
        )
        for one in list_heads(ledger.vault)
    ]
    if json:
        show_json(Logged(commits=commits, heads=heads))
        return
    show_table(
        [f"cli.column.{name}" for name in _COLUMNS],
        [
            (one["time"], one["compartment"], str(one["slot"]), str(one["seq"]), one["commit"])
            for one in commits
        ],
    )
    for head in heads:
        show_line(
            say(
                "cli.log.head",
                compartment=head["compartment"],
                slot=head["slot"],
                seq=head["seq"],
                words=head["words"],
            )
        )
    tell("cli.log.note")
