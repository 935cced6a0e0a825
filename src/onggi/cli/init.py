"""`onggi init`: a new vault."""

import typer

from onggi.cli.asking import Json, PassphraseFile, VaultPath, ask_new_passphrase, check_name
from onggi.cli.contracts.vault import NewVault
from onggi.cli.help import Command
from onggi.cli.opening import randomness
from onggi.cli.showing import show_json, tell, warn_of
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.init.help"))
def init(
    vault: VaultPath,
    passphrase_file: PassphraseFile = None,
    name: str = typer.Option(
        "main", "--compartment", metavar="NAME", callback=check_name, help=say("cli.init.compartment")
    ),
    json: Json = False,
) -> None:
    """Make a vault with one admin, who holds every grant."""
    from onggi.vault.enrol import create_vault
    from onggi.vault.keyslot import choose_cost
    from onggi.vault.surroundings import judge_place

    # Said before a passphrase is asked for: whoever wants another place has lost nothing.
    findings = warn_of(judge_place(vault))
    passphrase = ask_new_passphrase(passphrase_file)
    made = create_vault(vault, passphrase, name, choose_cost(), randomness)
    if json:
        said = NewVault(vault=str(vault), slot=made.card.slot, compartment=made.compartment().name)
        if findings:
            said["findings"] = findings
        show_json(said)
    tell("cli.init.done", slot=made.card.slot)
