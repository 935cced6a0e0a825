"""What a very large document costs in each format: 10,000 facts of some 230 letters; a table of 10,000 rows.

Each document is made by a process of its own, which includes starting Python and reading the fonts. Asked of
ourselves: time and memory grow with the length and no faster, so a tenth of the facts takes no less than a
fifteenth; nobody writes a longer dossier than this, so memory below 2 GiB is enough.
"""

import os
import sys
from collections.abc import Callable

from _runs import run

from onggi.paper.document import Code, Contents, Document, Fact, Facts, Heading, Table
from onggi.paper.html import make_html
from onggi.paper.pdf import make_pdf
from onggi.paper.word import make_word

SIZES = (1_000, 10_000)
HASH = "0f343b0931126a20f133d67c2b018a3b2f8a1c0c4b6ee1d3f5a90c7e6d0b5a12"
SAID = (
    "In March 2009 the person coded P-{n} was seen near the river by source S-{s}, who said so on day {n}; "
    "the amount was not known and nobody asked, 체포되었다고 한다. Confidence high, precision month. Two "
    "members checked this sentence."
)
MAKERS: dict[str, Callable[[Document], bytes]] = {"pdf": make_pdf, "word": make_word, "html": make_html}


def write_facts(count: int) -> Document:
    """A document of so many facts, each of which can be referred to."""
    facts = (Fact(str(n), SAID.format(n=n, s=n % 97), f"fact-{n}") for n in range(1, count + 1))
    return Document("Facts", "en", "EXAMPLE", (Contents(), Heading(1, "Facts"), Facts(tuple(facts))))


def write_table(count: int) -> Document:
    """A document of one table of so many rows, each with a hash."""
    rows = tuple((str(n), f"Item {n} was handed over by S-{n % 97}", (Code(HASH),)) for n in range(count))
    return Document("Items", "en", "EXAMPLE", (Table(("No.", "Item", "SHA-256"), rows, (1, 3, 4)),))


WRITERS: dict[str, Callable[[int], Document]] = {"facts": write_facts, "table": write_table}


def main() -> None:
    """Make every document in a process of its own; or one of them, where a process is told which."""
    if len(sys.argv) == 4:
        _, maker, writer, asked = sys.argv
        print(len(MAKERS[maker](WRITERS[writer](int(asked)))))
        return
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    for maker in MAKERS:
        for writer in WRITERS:
            for count in SIZES:
                spent, said = run([sys.executable, __file__, maker, writer, str(count)])
                cost = f"{spent.wall:6.1f} s, {spent.processor:6.1f} s of processor, {spent.peak:5} MiB"
                print(f"{maker:5} {writer} {count:6}: {cost}, {int(said) / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
