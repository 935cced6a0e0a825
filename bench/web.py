"""What pages cost the server with N statements: from the request to the bytes of the page, in milliseconds.

    python bench/web.py [STATEMENTS] [cold]

Prints a Markdown table; docs/benchmarks.md keeps that of one machine and day. The statements are those of
bench/ledger.py, in cases of a hundred. Guards, browser and network are left out; what the ledger does is not,
nor is the job that the first page begins. As `onggi open` does, it reads what pages are made of before it
opens the vault (`cold` leaves that out), and opens it anew. The first answer of each page is told apart.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs

from ledger import BATCH, invent, print_table
from starlette.routing import compile_path

from onggi.ledger.ledger import Ledger, Placed
from onggi.model.stratum import Stratum
from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR
from onggi.vault.opened import open_vault
from onggi.web.answers import Go, Show
from onggi.web.desk import Desk
from onggi.web.earlier import find_day, stay
from onggi.web.frame import Frame
from onggi.web.pages import gather
from onggi.web.rendering import render
from onggi.web.serve import TURN
from onggi.web.warming import warm_up

COUNT = 100_000
ROUNDS = 20
ASKED = "≤ 200 ms"


def make_desk(root: Path, count: int) -> Desk:
    """A vault with so many statements, indexed, and opened anew behind a desk."""
    clock = iter(range(10**12, 2 * 10**12)).__next__
    ledger = Ledger(create_vault(root, "bench", "bench", FLOOR, os.urandom), clock)
    statements = invent(count)
    while batch := [(Stratum.RECORD, one) for one in islice(statements, BATCH)]:
        placed: list[Placed] = batch
        ledger.append(ledger.vault.compartment(), placed)
        ledger.view()
    ledger.close()
    desk = Desk(Ledger(open_vault(root, 1, "bench", os.urandom), clock))
    desk.ledger.view()
    return desk


def make_caller(desk: Desk) -> Callable[..., tuple[str, str]]:
    """Calls a page as the app does; returns where it led, and the page."""
    routes = [(method, compile_path(path)[0], handler) for method, path, handler in gather()]

    def call(method: str, target: str, fields: Mapping[str, Sequence[str]] | None = None) -> tuple[str, str]:
        path, _, query = target.partition("?")
        asked = parse_qs(query)
        day = find_day(method, path, asked, desk.today())
        for known, pattern, handler in routes:
            if known == method and (hit := pattern.match(path)):
                with desk.jobs.hold_still():
                    visit = desk.receive(path, "en", hit.groupdict(), asked, fields or {})
                    answer = handler(replace(visit, as_of=day))
                if isinstance(answer, Go):
                    return call("GET", stay(answer.path, day) if day else answer.path)
                assert isinstance(answer, Show)
                frame = Frame("en", "", path, answer.section, as_of=day)
                return path, render(answer.template, frame, **answer.values)
        raise LookupError(path)

    return call


def show_times(
    call: Callable[..., tuple[str, str]], pages: Mapping[str, Sequence[object]], rounds: int = ROUNDS
) -> None:
    """Ask for each page again and again, and print what it took."""
    rows = []
    for name, asked in pages.items():
        wall, processor = [], []
        for _ in range(rounds + 1):
            began, used = time.perf_counter(), time.process_time()
            _, page = call(*asked)
            wall.append((time.perf_counter() - began) * 1000)
            processor.append((time.process_time() - used) * 1000)
        times = wall[0], statistics.median(wall[1:]), statistics.median(processor[1:]), max(processor[1:])
        rows.append((name, *(f"{one:.0f}" for one in times), f"{len(page.encode()) >> 10}", ASKED))
    print_table(("page", "first", "median", "median CPU", "worst CPU", "KiB", "asked"), rows)


def main(count: int, cold: bool) -> None:
    """Build, ask for each page, print the table."""
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        began, used = time.perf_counter(), time.process_time()
        if not cold:
            warm_up()
            sys.setswitchinterval(TURN)
        ready = time.perf_counter() - began, time.process_time() - used
        desk = make_desk(Path(folder) / "vault", count)
        call = make_caller(desk)
        view = desk.ledger.view()
        case = view.cases()[-1].case
        kinds = (held.statement for held in view.of_property("kind") if held.statement.about.case == case)
        person = next(said.subject for said in kinds if view.kind_of(said.subject) == "person")
        pages: dict[str, tuple[object, ...]] = {
            "home": ("GET", "/"),
            "cases": ("GET", "/cases"),
            "case": ("GET", f"/case/{case}"),
            "chronology": ("GET", f"/case/{case}/chronology"),
            "all statements of a case": ("GET", f"/case/{case}/statements"),
            "person": ("GET", f"/person/{person}"),
            "search, a frequent word": ("POST", "/search", {"query": ["river"]}),
            "search, two words": ("POST", "/search", {"query": ["겨울 winter"]}),
            "search, a place": ("POST", "/search", {"query": ["Yanbian"]}),
        }
        load = " ".join(f"{one:.0f}" for one in os.getloadavg())
        print(f"{count:,} statements; load {load}")
        print(f"read beforehand in {ready[0]:.1f} s ({ready[1]:.1f} s CPU)\n")
        show_times(call, pages)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, "cold" in sys.argv)
