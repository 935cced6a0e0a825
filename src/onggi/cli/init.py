"""`onggi init`: a new vault."""

from pathlib import Path

import typer

from onggi.cli.asking import Json, PassphraseFile, VaultPath, ask_new_passphrase, check_name
from onggi.cli.contracts.finding import FindingRow
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
    slot, findings = make_vault(vault, passphrase_file, name)
    if json:
        said = NewVault(vault=str(vault), slot=slot, compartment=name)
        if findings:
            said["findings"] = findings
        show_json(said)
    tell("cli.init.done", slot=slot)


def make_vault(vault: Path, passphrase_file: Path | None, name: str) -> tuple[int, list[FindingRow]]:
    """Say what speaks against the place, ask for a passphrase, make it; returns slot and what was said."""
    from onggi.vault.founding import found_vault, require_free
    from onggi.vault.surroundings import judge_place

    # Said before a passphrase is asked for: whoever wants another place has lost nothing.
    require_free(vault, randomness)
    findings = warn_of(judge_place(vault))
    passphrase = ask_new_passphrase(passphrase_file)
    return found_vault(vault, passphrase, name, randomness).card.slot, findings
