"""`onggi count VAULT`: an estimate out of a vault, recorded in it; the ones that stand; withdrawing one."""

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from onggi import __version__
from onggi.cli.contracts import EstimateRow
from onggi.cli.count_rows import describe_answer, print_answer
from onggi.cli.reading import read_input
from onggi.cli.showing import Bar, show_json, show_line, tell
from onggi.errors import Exit, OnggiError
from onggi.ledger.estimates import list_estimates, record_estimate, withdraw_estimate
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.model.estimate import Estimate
from onggi.proof.canonical import encode_canonical
from onggi.vault.opened import Compartment
from onggi.words import language

if TYPE_CHECKING:
    from onggi.count.answer import Answer

_MOST_DECLARED = 1024 * 1024


def count_vault(ledger: Ledger, into: Compartment, declared: Path | None, seed: int, json: bool) -> int:
    """Estimate from the record, tell it and record it; returns the exit code. A refusal is only told."""
    answer = _estimate(ledger, into, declared, seed)
    if json:
        show_json(describe_answer(answer))
    else:
        print_answer(answer)
    if answer.status == "refused" or answer.cells is None:
        return Exit.REFUSED
    id = record_estimate(ledger, into, _keep(answer, seed))
    tell("cli.count.kept", estimate=id)
    return Exit.WELL


def show_estimates(ledger: Ledger, into: Compartment, json: bool) -> None:
    """The estimates that stand."""
    view = ledger.view(compartment=into)
    found = list_estimates(view)
    if json:
        show_json([_describe(held) for held in found])
    else:
        for held in found:
            show_line(held.id, style="bold")
            show_line(say_statement(held, language(), lambda entity: into.name), 2)
    tell("cli.count.stand", count=len(found))


def withdraw_one(ledger: Ledger, into: Compartment, id: str, because: str, json: bool) -> None:
    """Withdraw an estimate."""
    held = withdraw_estimate(ledger, into, id, because)
    if json:
        show_json(_describe(held))
    tell("cli.count.withdrawn")


def _estimate(ledger: Ledger, into: Compartment, declared: Path | None, seed: int) -> "Answer":
    from dataclasses import replace

    from onggi.count.answer import Answer
    from onggi.count.estimate import estimate
    from onggi.count.lists import list_people
    from onggi.count.population import Population, read_population, read_sources
    from onggi.intake.files import read_text
    from onggi.intake.findings import Findings

    found = Findings()
    data = b"" if declared is None else read_input(declared, _MOST_DECLARED, "cli.count.unreadable")
    text = read_text(data, found) if data else ""
    if text is None:
        return Answer("refused", tuple(found.gather()))
    chosen, wrong = read_sources(text)
    early, more = read_population(text, list(chosen or ()))
    wrong += [one for one in more if chosen is not None or one.code != "count.declared.list"]
    if wrong:
        return Answer("refused", tuple(wrong), population=early)
    listed = list_people(ledger.view(compartment=into), chosen, early.window, early.within)
    if any(one.grave for one in listed.findings):
        return Answer("refused", listed.findings, population=early)
    population, wrong = read_population(text, listed.cells.lists) if text else (Population(), [])
    if wrong:
        return Answer("refused", tuple(wrong), population=population)
    population = replace(population, fed_by={**listed.fed_by, **population.fed_by})
    answer = estimate(listed.cells, population, seed, threads=os.cpu_count() or 1, told=Bar())
    return replace(answer, findings=(*listed.findings, *answer.findings))


def _keep(answer: "Answer", seed: int) -> Estimate:
    """The answer as a statement; what it was made from is bound by a hash."""
    cells, population = answer.cells, answer.population
    if cells is None:
        raise OnggiError("estimate.absent")
    declared = {
        "population": population.population or "",
        "window": list(population.window or ()),
        "place": population.place or "",
        "impossible": sorted(map(list, population.impossible_overlaps)),
    }
    inputs = encode_canonical(
        {
            "lists": list(cells.lists),
            "patterns": list(cells.patterns),
            "counts": list(cells.counts),
            **declared,
        }
    )
    low, high = answer.envelope or (None, None)
    window = population.window
    return Estimate(
        status=answer.status,
        inputs=sha256(inputs).hexdigest(),
        version=__version__,
        seed=seed,
        lists=cells.width,
        seen=cells.people,
        lo=low,
        hi=high,
        lower=answer.lower_bound,
        population=population.population,
        window="–".join(map(str, dict.fromkeys(window))) if window else None,
        place=population.place,
        reasons=tuple(dict.fromkeys(one.code for one in answer.findings)),
    )


def _describe(held: Held) -> EstimateRow:
    value = held.statement.value
    if not isinstance(value, Estimate):
        raise OnggiError("estimate.absent")
    return {
        "statement": held.id,
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
