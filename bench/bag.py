"""What a dossier costs: to make, to check with `onggi verify`, and to check with its own verify.sh.

    python bench/bag.py

Prints a Markdown table; docs/benchmarks.md keeps that of one machine and day. Dossiers are invented:
statements of five slots, a third of them Korean, and items of a megabyte each. Each phase is a process of
its own, so that its peak of memory is its own; making includes weighing the items, planting, signing,
checking the whole bag and writing it with fsync. For verify.sh the processes that it starts are counted in.
"""

import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from _runs import count_bytes, run

from onggi.dossier.bag import build_dossier_bag
from onggi.dossier.guides import load_guides
from onggi.dossier.publish import plant_publication
from onggi.dossier.release import write_bag
from onggi.evidence.bag import WITHHELD, name_item
from onggi.evidence.content import Content, make_stream
from onggi.evidence.cuts import Cut, render_cuts
from onggi.proof.canonical import encode_canonical
from onggi.proof.signature import Signer

SIZES = ((1, 0), (500, 50), (10_000, 0))
ITEM = 2**20


def main() -> None:
    """Measure each size."""
    print("| | statements | items | wall s | CPU s | peak MiB | size |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as name:
        for statements, items in SIZES:
            folder = Path(name) / f"{statements}-{items}"
            make = [sys.executable, __file__, str(folder), str(statements), str(items)]
            commands = {
                "make and write": make,
                "onggi verify": [sys.executable, "-m", "onggi.cli", "verify", str(folder)],
                "verify.sh": ["bash", str(folder / "verify.sh")],
            }
            for what, command in commands.items():
                spent, _ = run(command)
                size = f"{count_bytes(folder) / 1e6:.1f} MB" if what == "make and write" else ""
                figures = f"{spent.wall:.2f} | {spent.processor:.2f} | {spent.peak} | {size}"
                print(f"| {what} | {statements:,} | {items} | {figures} |", flush=True)


def make(folder: Path, statements: int, items: int) -> None:
    """Make one dossier in this process."""
    dice = random.Random(1)
    signer = Signer(dice.randbytes(32), dice.randbytes(32))
    files: dict[str, Content] = {
        name_item(number, "jpg"): make_stream(partial(_invent_item, number)) for number in range(1, items + 1)
    }
    files[WITHHELD] = render_cuts(
        Cut("withheld", "words", "identity", 1, number) for number in range(1, statements + 1, 3)
    )
    slots = [_invent_slots(number) for number in range(statements)]
    publication = plant_publication(slots, files, signer, dice.randbytes)
    bag = build_dossier_bag(publication, files, signer.public, load_guides())
    write_bag(bag, folder, statements=statements)


def _invent_item(number: int) -> Iterator[bytes]:
    dice = random.Random(number)
    for _ in range(ITEM // 2**16):
        yield dice.randbytes(2**16)


def _invent_slots(number: int) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    said = "그날 밤 두 사람이 왔다고 한다. 꾸며 낸 말이다. " * (1 + number % 4)
    return (
        encode_canonical({"distance": 1, "polarity": "asserts", "property": "act.type", "value": number}),
        encode_canonical({"case": "C-2", "id": f"{number:032x}", "subject": "P-7F3K2MX", "unit": "0" * 32}),
        encode_canonical({"source": f"S-{number % 40}"}),
        encode_canonical({"lang": "ko", "original": said} if number % 3 == 0 else None),
        encode_canonical({"screened": True}),
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
