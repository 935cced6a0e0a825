"""`onggi count VAULT`: an estimate out of a vault, recorded in it; the ones that stand; withdrawing one."""

import os
from pathlib import Path

from onggi import __version__
from onggi.cli.contracts import EstimateRow
from onggi.cli.count_files import read_declared, read_drawn
from onggi.cli.count_rows import describe_answer, print_answer
from onggi.cli.showing import Bar, show_json, show_line, tell
from onggi.count.answer import Answer
from onggi.count.listed import Listed
from onggi.count.lists import list_people, make_estimate
from onggi.errors import Exit
from onggi.ledger.estimates import list_estimates, record_estimate, withdraw_estimate
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.model.estimate import Estimate
from onggi.vault.opened import Compartment
from onggi.words import language


def count_vault(
    ledger: Ledger,
    into: Compartment,
    declared: Path | None,
    seed: int,
    json: bool,
    replicates: Path | None = None,
) -> int:
    """Estimate from the record, tell it and record it; returns the exit code. A refusal is only told."""
    answer = _answer(ledger, into, declared, replicates, seed)
    if json:
        show_json(describe_answer(answer))
    else:
        print_answer(answer)
    kept = make_estimate(answer, seed, __version__)
    if kept is None:
        return Exit.REFUSED
    id = record_estimate(ledger, into, kept)
    tell("cli.count.kept", estimate=id)
    return Exit.WELL


def show_estimates(ledger: Ledger, into: Compartment, json: bool) -> None:
    """The estimates that stand."""
    view = ledger.view(compartment=into)
    found = list_estimates(view)
    if json:
        show_json([_describe(held.id, estimate) for held, estimate in found])
    else:
        for held, _ in found:
            show_line(held.id, style="bold")
            show_line(say_statement(held, language(), lambda entity: into.name), 2)
    tell("cli.count.stand", count=len(found))


def withdraw_one(ledger: Ledger, into: Compartment, id: str, because: str, json: bool) -> None:
    """Withdraw an estimate."""
    held, estimate = withdraw_estimate(ledger, into, id, because)
    if json:
        show_json(_describe(held.id, estimate))
    tell("cli.count.withdrawn")


def _answer(
    ledger: Ledger, into: Compartment, declared: Path | None, replicates: Path | None, seed: int
) -> Answer:
    from onggi.count.estimate import estimate_listed

    population, wrong = read_declared(declared)
    drawn, found = read_drawn(replicates)
    listed = Listed(None, (*wrong, *found))
    if not listed.findings:
        view = ledger.view(compartment=into)
        listed = list_people(view, population.sources, population.window, population.within, drawn)
    return estimate_listed(listed, population, seed, threads=os.cpu_count() or 1, told=Bar())


def _describe(id: str, value: Estimate) -> EstimateRow:
    return {
        "statement": id,
        "status": value.status,
        "lo": value.lo,
        "hi": value.hi,
        "lower": value.lower,
        "seen": value.seen,
        "lists": value.lists,
        "population": value.population,
        "inputs": value.inputs,
        "version": value.version,
        "seed": value.seed,
    }
