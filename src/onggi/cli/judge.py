"""`onggi judge`: what a member holds of two entries, and taking it back."""

from collections.abc import Collection
from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.link import JudgedRow
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_line, tell
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.model.judgement import Judgement, Verdict
from onggi.vault.opened import Compartment as Opened
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.judge.help"))
def judge(
    vault: VaultPath,
    first: Annotated[
        str | None, typer.Argument(metavar="[A]", help=say("cli.judge.first"), show_default=False)
    ] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="[B]", help=say("cli.judge.second"), show_default=False)
    ] = None,
    verdict: Annotated[
        Verdict | None,
        typer.Argument(metavar="[VERDICT]", help=say("cli.judge.verdict"), show_default=False),
    ] = None,
    because: Because = None,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="ID", help=say("cli.judge.undo"), show_default=False)
    ] = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """List judgements or, with a reason, what is open; record a judgement, or take one back."""
    given = [word for word in (first, second, verdict) if word is not None]
    if len(given) not in (0, 3) or (given and undo is not None):
        raise OnggiError("cli.judge.words", exit_code=Exit.USAGE)
    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    if undo is not None:
        _undo(ledger, into, undo, because or "", json)
    elif first and second and verdict:
        _judge(ledger, into, (first, second), verdict, because or "", json)
    elif because is not None:
        _list_open(ledger, into, because, json)
    else:
        _list(ledger, into, json)


def _judge(
    ledger: Ledger, into: Opened, pair: tuple[str, str], verdict: Verdict, because: str, json: bool
) -> None:
    from onggi.ledger.judging import judge_pair

    done = judge_pair(ledger, into, pair, verdict, because)
    view = ledger.view(compartment=ledger.vault.compartment(into.id))
    if json:
        show_json(_describe(view, done.id, done.entity, done.judgement, _list_waiting(view)))
    tell("cli.judge.done", decision=done.id)
    if done.replaces:
        tell("cli.judge.replaced", count=len(done.replaces))
    if done.judgement.waits:
        tell("cli.judge.waits", decision=done.id)
    same = view.sameness(done.entity)
    if same.root(done.entity) in same.disputed:
        tell("cli.judge.disputed")


def _undo(ledger: Ledger, into: Opened, id: str, because: str, json: bool) -> None:
    from onggi.ledger.judging import undo_judgement

    held, judgement = undo_judgement(ledger, into, id, because)
    if json:
        view = ledger.view(compartment=ledger.vault.compartment(into.id))
        show_json(_describe(view, held.id, held.statement.subject, judgement, ()))
    tell("cli.judge.undone")


def _list(ledger: Ledger, into: Opened, json: bool) -> None:
    from onggi.ledger.judging import list_judgements

    view = ledger.view(compartment=into)
    found = list_judgements(view)
    if json:
        waiting = _list_waiting(view)
        show_json([_describe(view, held.id, held.statement.subject, said, waiting) for held, said in found])
    else:
        for held, _ in found:
            show_line(held.id, style="bold")
            show_line(say_statement(held, language(), view.call), 2)
    tell("cli.judge.count", count=len(found))


def _list_open(ledger: Ledger, into: Opened, because: str, json: bool) -> None:
    """What is suggested and not judged, the hardest first: names are shown, so identity is opened."""
    from onggi.cli.alike_rows import describe_pair, list_lines
    from onggi.link.suggested import read_open

    view = ledger.open_identity(into, None, because, strata=("identity",))
    found, names = read_open(view, into.id)
    if json:
        show_json([describe_pair(one, view) for one in found])
    else:
        for text, indent, style in list_lines(found, names, view):
            show_line(text, indent, style)
    tell("cli.judge.open", count=len(found))
    tell("cli.link.nobody")


def _list_waiting(view: View) -> frozenset[str]:
    return frozenset(held.id for held in view.waiting_ties())


def _describe(view: View, id: str, about: str, judgement: Judgement, waiting: Collection[str]) -> JudgedRow:
    return {
        "statement": id,
        "a": view.call(about),
        "b": view.call(judgement.other),
        "verdict": judgement.verdict,
        "because": judgement.because,
        "waits": id in waiting,
    }
