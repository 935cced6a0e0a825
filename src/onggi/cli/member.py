"""`onggi member`: who works with a vault, and what each may read."""

import re
from enum import StrEnum
from typing import Annotated

import typer

from onggi.cli.asking import (
    Compartment,
    Json,
    NewPassphraseFile,
    PassphraseFile,
    Slot,
    VaultPath,
    ask_new_passphrase,
    check_name,
)
from onggi.cli.contracts.vault import Granted, MemberRow, NewCompartment, NewMember
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_table, tell
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.words import say

_SLOT = re.compile(r"[0-9]{1,3}")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Action(StrEnum):
    """What to do with members."""

    ADD = "add"
    GRANT = "grant"
    LIST = "list"
    COMPARTMENT = "compartment"


@app.command(cls=Command, help=say("cli.member.help"))
def member(
    vault: VaultPath,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=say("cli.member.action"))],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLOT STRATUM…]", help=say("cli.member.words"), show_default=False),
    ] = None,
    admin: Annotated[bool, typer.Option("--admin", help=say("cli.member.admin"))] = False,
    release: Annotated[bool, typer.Option("--release", help=say("cli.member.release"))] = False,
    compartment: Compartment = None,
    new_passphrase_file: NewPassphraseFile = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Let a member in, let her read, list who is there, or make a compartment."""
    ledger = unlock(vault, slot, passphrase_file)
    match action:
        case Action.ADD:
            _add(ledger, admin, new_passphrase_file, json)
        case Action.GRANT:
            _grant(ledger, words or [], release, compartment, json)
        case Action.COMPARTMENT:
            _compartment(ledger, words or [], json)
        case Action.LIST:
            _list(ledger, json)


def _add(ledger: Ledger, admin: bool, file: NewPassphraseFile, json: bool) -> None:
    from onggi.vault.enrol import add_member
    from onggi.vault.session import write_session

    passphrase = ask_new_passphrase(file)
    with write_session(ledger.vault):
        slot = add_member(ledger.vault, passphrase, "admin" if admin else "member")
    if json:
        show_json(NewMember(slot=slot))
    tell("cli.member.added", slot=slot)


def _grant(ledger: Ledger, words: list[str], release: bool, name: str | None, json: bool) -> None:
    from onggi.vault.enrol import grant_strata
    from onggi.vault.grants import STRATA
    from onggi.vault.session import write_session

    strata = [stratum for stratum in STRATA if stratum in words[1:]]
    if len(words) < 2 or not _SLOT.fullmatch(words[0]) or len(strata) != len(set(words[1:])):
        raise OnggiError("cli.member.grant", exit_code=Exit.USAGE)
    slot = int(words[0])
    with write_session(ledger.vault):
        compartment = ledger.vault.compartment(name)
        card = ledger.vault.members.slots().get(slot)
        if card is None:
            raise OnggiError("cli.member.slot", exit_code=Exit.USAGE)
        grant_strata(ledger.vault, compartment, card, strata, release)
    if json:
        show_json(Granted(slot=slot, compartment=compartment.name, strata=strata, release=release))
    tell("cli.member.granted", slot=slot, strata=_say_strata(strata))


def _compartment(ledger: Ledger, words: list[str], json: bool) -> None:
    from onggi.vault.enrol import add_compartment
    from onggi.vault.session import write_session

    if len(words) != 1:
        raise OnggiError("cli.member.name", exit_code=Exit.USAGE)
    check_name(words[0])
    with write_session(ledger.vault):
        add_compartment(ledger.vault, words[0])
    if json:
        show_json(NewCompartment(compartment=words[0]))
    tell("cli.member.made")


def _list(ledger: Ledger, json: bool) -> None:
    you = ledger.vault.device.id
    cards = sorted(ledger.vault.members.slots().items())
    if json:
        show_json(
            [
                MemberRow(slot=slot, role=one.role, you=one.id == you, grants=ledger.vault.grants_of(one.id))
                for slot, one in cards
            ]
        )
        return
    show_table(
        [f"cli.column.{name}" for name in ("slot", "role", "grants")],
        [
            (
                f"{slot} *" if one.id == you else f"{slot}",
                say(f"cli.role.{one.role}"),
                _say_grants(ledger, one.id),
            )
            for slot, one in cards
        ],
    )
    tell("cli.member.you")


def _say_grants(ledger: Ledger, device: str) -> str:
    return say("ledger.between").join(
        say("cli.member.grants", compartment=name, strata=_say_strata(strata))
        for name, strata in ledger.vault.grants_of(device).items()
    )


def _say_strata(strata: list[str]) -> str:
    return say("ledger.list").join(say(f"cli.stratum.{one}") for one in strata)
