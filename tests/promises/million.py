"""What test_million measures, each doing in a process of its own: `million DOING ROOT COUNT`.

A process says what it counted, and the most memory that it held at once, in bytes. Passphrases cost nothing:
Argon2id takes 256 MiB by design, and would hide the rest.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path

from tests.ledger.invented import kind, record, state
from tests.vault.invented import COST, Dice, stretch_cheaply

from onggi.ledger.fold import fold
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger, Placed, open_ledger
from onggi.model.statement import read_slots
from onggi.vault import keyslot
from onggi.vault.checking import check_vault
from onggi.vault.enrol import create_vault
from onggi.vault.opened import open_vault

CASE = 50
WORD, RARE = "강을", "辽宁"
_TEXTS = ("그는 강을 건넜다", "她被卖给一个农民", "sold in winter for broker money", "말하지 않았다")
_BATCHES = 100
_SAMPLED = 20


def write(root: Path, statements: int) -> dict[str, int]:
    """Record as many statements, a hundredth of them at a time; every fifth note replaces one."""
    ledger = Ledger(create_vault(root, "jar", "main", COST, Dice("million")), count(10**12).__next__)
    said = islice(_invent(), statements)
    while batch := list(islice(said, max(statements // _BATCHES, 4 * CASE))):
        ledger.append(ledger.vault.compartment(), batch)
    ledger.close()
    return {"statements": statements}


def _invent() -> Iterator[Placed]:
    for case in count():
        name, person = f"c{case}", f"p{case}"
        yield from record(kind(name, "case", name), kind(person, "person", name))
        for number in range(CASE - 2):
            rare = RARE if case % 100 == 0 and number == 2 else ""
            text = f"{_TEXTS[number % 4]} {rare} {case * CASE + number}"
            before = [f"n{case}.{number - 1}"] if number and number % 5 == 0 else []
            way = "retracts" if number % 7 == 0 else "supersedes"
            note = state(f"n{case}.{number}", "note", text, person, source=name, case=name, **{way: before})  # type: ignore[arg-type]
            yield from record(note)


def rebuild(root: Path, statements: int) -> dict[str, int]:
    """Make the indexes from nothing: every commit is read, verified, folded and written down again."""
    return {"statements": _open(root).rebuild()}


def verify(root: Path, statements: int) -> dict[str, int]:
    """Open the vault and verify all of it."""
    report = check_vault(open_vault(root, 1, "jar", Dice("verify")))
    return {"statements": report.counts["statements"], "findings": len(report.findings)}


def search(root: Path, statements: int) -> dict[str, int]:
    """Open the vault, search for what is everywhere and what is nearly nowhere, and show what was found."""
    view = _open(root).view()
    found = view.search(WORD, "best")
    rare = view.search(RARE, limit=statements)
    for hit in (*found, *rare[:20]):
        view.portrait(hit.held.statement.subject)
    return {"found": len(found), "rare": len(rare)}


def sample(root: Path, statements: int) -> dict[str, int]:
    """Hold some commits against the pure fold of what stands in them, and count what differs in the index."""
    ledger = _open(root)
    compartment = ledger.vault.compartment()
    index, steps = ledger._projections.index(compartment, "record"), compartment.history.steps()
    folded, differing = 0, 0
    for step in steps[:: max(len(steps) // _SAMPLED, 1)]:
        commit = step.commit
        where = ("record", compartment.id, step.hash, commit.log, commit.seq)
        author = ledger.vault.members.member_of(commit.device) or ""
        kept = ledger.vault.content(compartment, step, "record").kept
        held = [Held(read_slots(one.slots), *where, one.place, one.index, commit.hlc, author) for one in kept]
        live = {one.id for one in fold(held, ledger.may).live}
        for one, found in zip(held, index.by_ids([one.id for one in held]), strict=True):
            differing += one != found
        said_live = "SELECT id FROM statement JOIN step USING (step) WHERE hash = ? AND live"
        differing += len(live ^ {id for (id,) in index.rows(said_live, (step.hash,))})
        folded += len(held)
    return {"folded": folded, "differing": differing}


def _open(root: Path) -> Ledger:
    return open_ledger(root, 1, "jar", Dice("again"), count(2 * 10**12).__next__)


def _peak() -> int:
    """The most memory that this program held. On Linux ru_maxrss would count whoever started it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(status.read_text().split("VmHWM:")[1].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


DOINGS: Mapping[str, Callable[[Path, int], dict[str, int]]] = {
    doing.__name__: doing for doing in (write, rebuild, verify, search, sample)
}


if __name__ == "__main__":
    vars(keyslot)["stretch"] = stretch_cheaply
    counted = DOINGS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(counted | {"peak": _peak()}))
