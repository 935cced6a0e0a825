"""`onggi count VAULT`: an estimate out of a vault, recorded in it; the ones that stand; withdrawing one.

How persons may be one is drawn from names where that is asked for: identity is opened for it, which is
signed, and what reaches `count` are numbers of clusters.
"""

import os
from collections.abc import Callable
from pathlib import Path

from onggi import __version__
from onggi.cli.contracts.count import EstimateRow
from onggi.cli.count_files import read_declared, show_run
from onggi.cli.count_rows import describe_answer, print_answer
from onggi.cli.showing import show_json, show_line, tell
from onggi.count.answer import Answer
from onggi.count.checkpoint import Kept, name_run
from onggi.count.estimate import estimate_listed
from onggi.count.lists import list_declared, make_estimate, place_draws
from onggi.count.population import Population
from onggi.count.replicates import Replicates
from onggi.count.unfinished import begin_run, end_run
from onggi.errors import Exit, Finding
from onggi.ledger.estimates import list_estimates, record_estimate, withdraw_estimate
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.model.estimate import Estimate
from onggi.vault.opened import Compartment
from onggi.words import language

Drawn = tuple[Replicates | None, list[Finding]]


def count_vault(
    ledger: Ledger,
    into: Compartment,
    declared: Path | None,
    seed: int,
    json: bool,
    draw: Callable[[], Drawn] = lambda: (None, []),
) -> int:
    """Estimate from the record, tell it and record it; returns the exit code. A refusal is only told.

    `draw` makes the replicates of links over which is counted (`read_drawn`, `draw_links`). What is cut short
    goes on the next time, where the same is counted.
    """
    answer, begun = _answer(ledger, into, *read_declared(declared), draw, seed)
    if json:
        show_json(describe_answer(answer))
    else:
        print_answer(answer)
    estimate = make_estimate(answer, seed, __version__)
    if estimate is not None:
        id = record_estimate(ledger, ledger.vault.compartment(into.id), estimate)
        tell("cli.count.kept", estimate=id)
    end_run(ledger.vault, begun)
    return Exit.REFUSED if estimate is None else Exit.WELL


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


def draw_links(ledger: Ledger, into: Compartment, draws: int, because: str, seed: int) -> Drawn:
    """So many clusterings of the persons of a compartment, as their names, years and places have it.

    Raises:
        OnggiError: where identity is not granted, or no reason is said.
    """
    from onggi.link.draws import draw_persons
    from onggi.link.engine import open_engine

    named = ledger.open_identity(into, None, because, strata=("identity",))
    drawn = draw_persons(
        named,
        into.id,
        draws,
        seed,
        lambda: open_engine("duckdb"),
        lambda stage: tell(f"cli.link.stage.{stage}"),
    )
    record = ledger.view(compartment=ledger.vault.compartment(into.id))
    return place_draws(record, drawn.ids, drawn.clusters.T.astype("int64")), []


def _answer(
    ledger: Ledger,
    into: Compartment,
    population: Population,
    wrong: list[Finding],
    draw: Callable[[], Drawn],
    seed: int,
) -> tuple[Answer, Kept]:
    """The answer, and the stages it was made of."""
    # What cannot be counted anyway is no reason to open identity.
    drawn, found = (None, []) if wrong else draw()
    if wrong or found:
        return Answer("refused", (*wrong, *found), population=population), Kept()
    view = ledger.view(compartment=ledger.vault.compartment(into.id))
    listed = list_declared(view, population, drawn)
    kept, other = begin_run(ledger.vault, name_run(listed, population, seed, __version__))
    if other:
        tell("cli.count.anew")
    with show_run(kept) as told:
        threads = os.cpu_count() or 1
        return estimate_listed(listed, population, seed, threads=threads, told=told, kept=kept), kept


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
