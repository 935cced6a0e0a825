"""What the ledger costs at N statements: append, open, search, show, fold. Prints figures, asserts nothing.

    python bench/ledger.py 100000

The statements are invented: cases of a hundred statements in four languages, places and terms among them, one
in fifty replaced by a later one.
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from onggi.ledger.fold import fold
from onggi.ledger.ledger import Ledger, Placed, open_ledger
from onggi.model.entity import make_code, new_id
from onggi.model.places import load_places
from onggi.model.statement import About, Said, Statement, Trace, What
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Place, Term, Text, Value
from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR

BATCH = 10_000
CASE = 100
ENGLISH = "she was sold to a farmer and kept for years killing beating broker money winter river guard"
KOREAN = "그는 농촌으로 팔려 가서 여러 해 동안 갇혀 있었다"
CHINESE = "她被卖给一个农民 并被关在家里多年"
JAPANESE = "兄が国境の川を渡るのを見た"
WORDS = " ".join((ENGLISH, KOREAN, CHINESE, JAPANESE)).split()
QUERIES = [
    "辽宁",
    "팔려",
    "broker",
    "river winter",
    "농민",
    "량강",
    "yanbian",
    "P-7F",
    "兄",
    "갇혀 money",
    "18",
]


def invent(count: int, dice: random.Random) -> Iterator[Placed]:
    """As many statements, in cases of a hundred."""
    places = sorted(load_places())
    for _ in range(count // CASE):
        case, source, person = (new_id(dice.randbytes) for _ in range(3))
        made = [("case", case), ("source", source), ("person", person)]
        made += [("act", new_id(dice.randbytes)) for _ in range(10)]
        said: list[tuple[str, str, Value]] = []
        for kind, entity in made:
            said.append((entity, "kind", Term("entity_kinds", kind)))
            said.append((entity, "code", Text(make_code(kind, dice.randbytes), "zxx")))
        while len(said) < CASE:
            subject = dice.choice(made[3:])[1]
            text = " ".join(dice.choices(WORDS, k=12)) + f" {dice.randrange(10**6)}"
            said += [
                (subject, "note", Text(text, "en")),
                (subject, "place", Place(dice.choice(places))),
                (subject, "victim", Entity(person)),
            ]
        before = ""
        for subject, name, value in said[:CASE]:
            id = new_id(dice.randbytes)
            trace = Trace(supersedes=(before,)) if before and not dice.randrange(50) else Trace()
            quoted = None if name in ("kind", "code") else Said(source)
            about = About(id, subject, case, "")
            yield Stratum.RECORD, Statement(What(name, value), about, quoted, None, trace)
            before = id if name == "note" else ""


def tell(what: str, seconds: float) -> None:
    print(f"{what:<28}{seconds * 1000:>12.1f} ms")


def measure(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure_reading(ledger: Ledger) -> None:
    """A command opens, asks once and ends: the first figure of each; then the same with everything warm."""
    tell("open the index", measure(ledger.view))
    view = ledger.view()
    tell("first search", measure(lambda: view.search("辽宁")))
    for order in ("newest", "best"):
        times = [measure(partial(view.search, query, order)) for query in QUERIES * 5]
        tell(f"search {order}, median", statistics.median(times))
        tell(f"search {order}, p95", statistics.quantiles(times, n=20)[18])
    entities = [held.statement.subject for held in view.search("money", limit=200)]
    cases = list(dict.fromkeys(held.statement.about.case for held in view.search("money", limit=200)))[:20]
    tell(
        "show an entity, median", statistics.median(measure(partial(view.portrait, one)) for one in entities)
    )
    tell("show a case, median", statistics.median(measure(partial(view.portrait, one)) for one in cases))
    held = list(view.of_property("note", "place", "victim"))
    tell(f"fold {len(held)}", measure(lambda: fold(held, ledger.may)))


def main(count: int) -> None:
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        clock = iter(range(10**12, 2 * 10**12)).__next__
        ledger = Ledger(create_vault(root, "bench", "bench", FLOOR, os.urandom), clock)
        statements = list(invent(count, dice))
        for at in range(0, len(statements), BATCH):
            batch = statements[at : at + BATCH]
            seconds = measure(lambda: ledger.append(ledger.vault.compartment(), batch))  # noqa: B023
            tell(f"append {len(batch)} at {at}", seconds)
        tell("bring the index up", measure(ledger.view))
        ledger.close()
        del statements
        tell("unlock", measure(lambda: open_ledger(root, 1, "bench", os.urandom, clock)))
        ledger = open_ledger(root, 1, "bench", os.urandom, clock)
        measure_reading(ledger)
        tell("rebuild", measure(ledger.rebuild))
        ledger.close()
        sizes = sorted(path.stat().st_size for path in (root / "index").iterdir())
        print(f"index sizes (KiB)           {[size // 1024 for size in sizes]}")
    print(f"most memory                 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>12} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
