"""What the pages of one large case cost: from the request to the bytes of the page, in milliseconds.

    python bench/large_case.py [then] [ACTS [PEOPLE [PERPETRATORS [ITEMS]]]]

The case of bench/law_page.py, five statements or so an act, and so many items without custody; by default
some 10,000 statements. Guards, browser and network are left out. The first answer of each page is told apart.
With `then` the pages as of an earlier day, of which nothing is remembered from one to the next but the law,
which bench/law_page.py has.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from law_page import BATCH, LATER, invent
from web import ROUNDS, make_caller, show_times

from onggi.ledger.ledger import Ledger, Placed
from onggi.ledger.view import View
from onggi.model.entity import make_code, new_id
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text, Value
from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR
from onggi.vault.opened import open_vault
from onggi.web.desk import Desk
from onggi.web.serve import TURN
from onggi.web.warming import warm_up

FEW = 4  # times that each page of an earlier day is asked for after the first: each is made anew


def invent_items(case: str, count: int) -> Iterator[Placed]:
    """What the record knows of an item: that it is one, and its code."""
    for _ in range(count):
        item = new_id(os.urandom)
        values: dict[str, Value] = {
            "kind": Term("entity_kinds", "item"),
            "code": Text(make_code("item", os.urandom), "und"),
        }
        for name, value in values.items():
            about = About(new_id(os.urandom), item, case, "")
            yield Stratum.RECORD, Statement(What(name, value), about, None)


def main(then: bool, acts: int, people: int, perpetrators: int, items: int) -> None:
    """Build, ask for each page, print the table."""
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        warm_up()
        sys.setswitchinterval(TURN)
        root, clock = Path(folder) / "vault", iter(range(10**12, 2 * 10**12)).__next__
        ledger = Ledger(create_vault(root, "bench", "bench", FLOOR, os.urandom), clock)
        case = new_id(os.urandom)
        said = [*invent(case, acts, people, perpetrators), *invent_items(case, items)]
        for at in range(0, len(said), BATCH):
            ledger.append(ledger.vault.compartment(), said[at : at + BATCH])
        ledger.view()
        ledger.close()
        day = datetime.fromtimestamp(clock() / 1000, UTC).date()
        desk = Desk(Ledger(open_vault(root, 1, "bench", os.urandom), lambda: clock() + LATER))
        call, view = make_caller(desk), desk.ledger.view()
        path = f"/case/{case}"
        pages = {"overview": path} | {
            name: f"{path}/{name}"
            for name in ("people", "chronology", "map", "statements", "consent", "dossier")
        }
        pages |= {kind: f"/{kind}/{find(view, kind)}" for kind in ("person", "act", "source", "item")}
        if then:
            pages = {name: f"{asked}?as_of={day}" for name, asked in pages.items() if name != "dossier"}
        load = " ".join(f"{one:.0f}" for one in os.getloadavg())
        print(f"{len(said):,} statements in one case, {items} items; load {load}\n")
        asks = {name: ("GET", asked) for name, asked in pages.items()}
        show_times(call, asks, FEW if then else ROUNDS)


def find(view: View, kind: str) -> str:
    """One of a kind: the first that was recorded."""
    return next(
        held.statement.subject
        for held in view.of_property("kind")
        if view.kind_of(held.statement.subject) == kind
    )


if __name__ == "__main__":
    then = sys.argv[1:2] == ["then"]
    given = [int(one) for one in sys.argv[1 + then : 5 + then]]
    main(then, *(*given, *(1_750, 500, 300, 500)[len(given) :]))
