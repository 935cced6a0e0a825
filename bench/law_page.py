"""What the law of a large case costs: found once, again, after a statement, and as of an earlier day.

    python bench/law_page.py [ACTS [PEOPLE [PERPETRATORS]]]

A vault with one case of invented acts, as bench/law.py tells them, with twenty sources. The job that finds
everything is timed from the request to its end; pages are those that are looked at then, as bench/web.py
makes them. Guards, browser and network are left out.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger import print_table
from web import make_caller

from onggi.ledger.ledger import Ledger, Placed
from onggi.model.entity import new_id
from onggi.model.statement import About, Said, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Term, Text, Value
from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR
from onggi.web.assessing import call_job
from onggi.web.desk import Desk

KINDS = ("beating", "sale", "confinement", "forced_labour", "rape")
SOURCES = 20
BATCH = 5_000
LATER = 2 * 86_400_000


def invent(case: str, acts: int, people: int, perpetrators: int) -> Iterator[Placed]:
    """The statements of the case."""

    def say(subject: str, name: str, value: Value, source: str = "") -> Placed:
        about = About(new_id(os.urandom), subject, case, "")
        return Stratum.RECORD, Statement(What(name, value), about, Said(source) if source else None)

    harmed, doers, sources = ([new_id(os.urandom) for _ in range(n)] for n in (people, perpetrators, SOURCES))
    yield say(case, "kind", Term("entity_kinds", "case"))
    for kind, entities in (("source", sources), ("person", [*harmed, *doers])):
        yield from (say(one, "kind", Term("entity_kinds", kind)) for one in entities)
    for number in range(acts):
        act, source, year = new_id(os.urandom), sources[number % SOURCES], 2005 + number % 20
        yield say(act, "kind", Term("entity_kinds", "act"))
        yield say(act, "type", Term("acts", KINDS[number % len(KINDS)]), source)
        yield say(act, "victim", Entity(harmed[number % people]), source)
        if number % 7:
            yield say(act, "perpetrator", Entity(doers[number % perpetrators]), source)
        yield say(act, "date", Date(str(year), f"{year}-01-01", f"{year}-12-31"), source)


def main(acts: int, people: int, perpetrators: int) -> None:
    """Build, ask, print the table."""
    rows = []
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        clock = iter(range(10**12, 2 * 10**12)).__next__
        ledger = Ledger(create_vault(Path(folder) / "vault", "bench", "bench", FLOOR, os.urandom), clock)
        case = new_id(os.urandom)
        said = list(invent(case, acts, people, perpetrators))
        for at in range(0, len(said), BATCH):
            ledger.append(ledger.vault.compartment(), said[at : at + BATCH])
        desk = Desk(ledger)
        desk.ledger.view()
        call, path, as_of = make_caller(desk), f"/case/{case}/law", desk.today()
        ledger.clock = lambda: clock() + LATER
        for what in ("at first", "again", "after a statement", "as of an earlier day", "that day again"):
            day = as_of if "day" in what else None
            if what == "after a statement":
                note = ledger.make_statement(case, case, "note", Text("INVENTED", "en"))
                ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])
            asked = f"{path}?as_of={day}" if day else path
            began, used = time.perf_counter(), time.process_time()
            call("GET", asked)
            job = desk.jobs.find_last(call_job("law", case, day))
            while job is not None and not job.over:
                time.sleep(0.01)
            found = time.perf_counter() - began, time.process_time() - used
            began, used = time.perf_counter(), time.process_time()
            _, page = call("GET", asked)
            shown = time.perf_counter() - began, time.process_time() - used
            rows.append((what, *(f"{one:.2f}" for one in (*found, *shown)), f"{len(page.encode()) >> 10}"))
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {len(said)} statements, {acts} acts"
    )
    print_table(("asked", "found, s", "of that CPU", "page, s", "of that CPU", "KiB"), rows)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:4]]
    main(*(*given, *(5_000, 500, 300)[len(given) :]))
