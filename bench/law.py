"""What it costs to set 5,000 acts of one case beside the law: against one person, against many, each another.

The acts are of five kinds, dated to the year, a seventh by nobody who is recorded. Asked of ourselves:
below 2 s of processor for each, without reading the vault. The least of several rounds is told.
"""

import gc
import os
import sys
import time
from collections.abc import Iterator
from datetime import date

from onggi.law.assess import assess_facts
from onggi.law.facts import Fact, Facts, Span
from onggi.law.shelf import open_shelf

ACTS = 5_000
ROUNDS = 5
KINDS = ("beating", "sale", "confinement", "forced_labour", "rape")
TODAY = date(2026, 6, 1)


def tell_case(victims: int, perpetrators: int) -> Facts:
    """A case of invented acts against so many people by so many."""
    items: list[Fact] = []

    def say(subject: str, name: str, value: str = "", span: Span | None = None) -> None:
        values = (value,) if value else ()
        items.append(
            Fact(f"{len(items):032x}", subject, name, values, False, "s", 2, "C3", span, date(2026, 5, 1))
        )

    for number in range(ACTS):
        act, year = f"act{number}", 2005 + number % 20
        say(act, "kind", "act")
        say(act, "type", KINDS[number % len(KINDS)])
        say(act, "victim", f"v{number % victims}")
        if number % 7:
            say(act, "perpetrator", f"by{number % perpetrators}")
        say(act, "date", span=Span(date(year, 1, 1), date(year, 12, 31)))
    return Facts("case", tuple(items))


def measure(victims: int, perpetrators: int) -> Iterator[tuple[float, int]]:
    """Processor seconds and rows of each round; every round reads the facts anew."""
    shelf, findings = open_shelf()
    if shelf is None:
        sys.exit(f"{len(findings)} findings in the norms")
    for _ in range(ROUNDS):
        facts = tell_case(victims, perpetrators)
        gc.collect()
        gc.disable()  # as the command does
        began = time.process_time()
        found = assess_facts(facts, TODAY, shelf)
        spent = time.process_time() - began
        gc.enable()
        rows = len(found.suggestions)
        del found  # a command assesses once: what an earlier round left behind is no part of it
        yield spent, rows


def main() -> None:
    """Each shape of case."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {ACTS} acts")
    for victims, perpetrators in ((1, 1), (500, 300), (ACTS, ACTS)):
        spent, rows = min(measure(victims, perpetrators))
        print(
            f"{victims:5} people, {perpetrators:5} perpetrators: {spent:5.2f} s of processor, {rows:6} rows"
        )


if __name__ == "__main__":
    main()
