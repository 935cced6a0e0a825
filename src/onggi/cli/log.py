"""`onggi log`: what was recorded when, and five words to write down."""

import time

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_table, tell
from onggi.words import language, say
from onggi.words.heads import say_head

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.log.help"))
def log(
    vault: VaultPath, passphrase_file: PassphraseFile = None, slot: Slot = 1, json: Json = False
) -> None:
    """List commits, newest first, and the head of each log in five words."""
    ledger = unlock(vault, slot, passphrase_file)
    members = ledger.vault.members
    commits = [
        {
            "compartment": compartment.name,
            "log": step.commit.log,
            "seq": step.commit.seq,
            "commit": step.hash[:16],
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(step.commit.hlc[0] / 1000)),
            "slot": members.devices[step.commit.device].slot,
        }
        for compartment in ledger.vault.compartments
        for step in reversed(compartment.history.steps())
    ]
    heads: list[dict[str, str | int]] = [
        {
            "compartment": compartment.name,
            "log": one.id,
            "seq": one.head[0],
            "words": say_head(bytes.fromhex(one.head[1]), language()),
        }
        for compartment in ledger.vault.compartments
        for one in compartment.history.logs.values()
    ]
    if json:
        show_json({"commits": commits, "heads": heads})
        return
    show_table(
        ("cli.column.time", "cli.column.compartment", "cli.column.slot", "cli.column.seq", "cli.column.commit"),
        [(str(c["time"]), str(c["compartment"]), str(c["slot"]), str(c["seq"]), str(c["commit"])) for c in commits],
    )
    for head in heads:
        typer.echo(say("cli.log.head", **head))
    tell("cli.log.note")
