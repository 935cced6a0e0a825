"""Projections are made again beside those that lie there: whoever stops, kills or reads loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ledger.invented import PASSPHRASE, Bench, append, id_of, kind, record, state
from tests.ledger.test_index import flip_a_page

import onggi
from onggi.errors import OnggiError
from onggi.ledger.index import open_index
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum

COMMITS, EACH = 4, 30
COUNT = COMMITS * EACH * 2
MOMENT = 946_684_800


def fill(bench: Bench) -> Ledger:
    """Several commits in two strata, all indexed."""
    ledger = bench.open()
    for commit in range(COMMITS):
        numbers = range(commit * EACH, (commit + 1) * EACH)
        said = record(*(state(f"r{n}", "note", f"word {n}") for n in numbers))
        apart = record(*(state(f"i{n}", "note", f"word {n}") for n in numbers), stratum=Stratum.IDENTITY)
        append(ledger, *said, *apart)
    count_words(ledger)
    return ledger


def count_words(ledger: Ledger) -> int:
    """What a search through two strata finds."""
    return len(ledger.view(strata=("record", "identity")).search("word", limit=9_999))


class Watched:
    """Progress that is kept, and does something at one of its steps."""

    def __init__(self, at: int = -1, then: Callable[[], object] = lambda: None) -> None:
        self.told: list[tuple[int, int, str]] = []
        self._at, self._then = at, then

    def __call__(self, done: int, total: int, stage: str) -> None:
        self.told.append((done, total, stage))
        if len(self.told) - 1 == self._at:
            self._then()


def open_watched(bench: Bench, progress: Watched) -> Ledger:
    """A second ledger on the same folder, as a job has one."""
    ledger = Ledger(bench.open().vault, bench.clock, progress)
    bench.opened.append(ledger)
    return ledger


def interrupt() -> None:
    raise KeyboardInterrupt


def read_numbers(bench: Bench) -> dict[str, tuple[int, bytes]]:
    """Which file lies under which name, and its bytes."""
    found = (bench.root / "index").iterdir()
    return {path.name: (path.stat().st_ino, path.read_bytes()) for path in found}


def test_how_far_it_is_only_grows_and_is_of_the_whole(bench: Bench) -> None:
    fill(bench)
    watched = Watched()
    assert open_watched(bench, watched).rebuild() == COUNT
    done, totals, stages = zip(*watched.told, strict=True)
    assert list(done) == sorted(done) and len(set(done)) == len(done)
    assert set(totals) == {3 * COMMITS} and max(done) < 3 * COMMITS
    assert set(stages) == {"index"}


@pytest.mark.parametrize("step", range(3 * COMMITS))
def test_stopped_at_any_step_every_projection_is_whole(bench: Bench, step: int) -> None:
    serving = fill(bench)
    before = read_numbers(bench)
    with pytest.raises(KeyboardInterrupt):
        open_watched(bench, Watched(step, interrupt)).rebuild()
    after = read_numbers(bench)
    assert after.keys() == before.keys(), "nothing half made is left"
    assert sum(after[name] != before[name] for name in before) == step // COMMITS
    assert count_words(serving) == COUNT
    assert serving.check_indexes() == []
    assert count_words(bench.open()) == COUNT
    for path in (bench.root / "index", *(bench.root / "index").iterdir()):
        assert path.stat().st_mtime == MOMENT


def test_a_large_commit_can_be_stopped_inside(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(*(state(n, "note", f"word {n}") for n in range(1_200))))
    ledger.view()
    before = read_numbers(bench)
    watched = Watched(1, interrupt)
    with pytest.raises(KeyboardInterrupt):
        open_watched(bench, watched).rebuild()
    assert [done for done, _, _ in watched.told] == [0, 0]
    assert read_numbers(bench) == before


def test_whoever_reads_meanwhile_reads_the_old_and_then_the_new(bench: Bench) -> None:
    serving = fill(bench)
    found: list[int] = []
    watched = Watched()
    watched._at, watched._then = COMMITS + 1, lambda: found.append(count_words(serving))
    assert open_watched(bench, watched).rebuild() == COUNT
    assert found == [COUNT]
    assert serving.displaced
    assert count_words(serving) == COUNT, "what is open still answers"
    serving.close()
    assert count_words(serving) == COUNT
    assert not serving.displaced


def test_what_is_recorded_meanwhile_is_there_afterwards(bench: Bench) -> None:
    serving = fill(bench)
    late = record(state("late", "note", "word late"))
    open_watched(bench, Watched(2, lambda: append(serving, *late))).rebuild()
    for ledger in (serving, bench.open()):
        ledger.close()
        ledger.vault.load()
        assert count_words(ledger) == COUNT + 1
    assert serving.check_indexes() == []


def test_what_is_erased_meanwhile_does_not_come_back(bench: Bench) -> None:
    """The old key is gone, so what was made under it is thrown away, and made again without her."""
    serving = bench.open()
    append(serving, *record(kind("case", "case"), kind("ann", "person"), kind("bea", "person")))
    apart = (state(n, "note", f"word {n}", who) for n, who in enumerate(("ann", "bea")))
    append(serving, *record(*apart, stratum=Stratum.IDENTITY))
    assert count_words(serving) == 2
    (unit,) = serving.list_units(id_of("ann"))

    def erase() -> None:
        serving.erase(serving.vault.compartment(), unit.stratum, unit.unit, "she asked")

    compartment = serving.vault.compartment()
    path, key = serving._projections.path(compartment, "identity"), compartment.rings["identity"].index_key
    making = open_watched(bench, Watched(3, erase))
    making.rebuild()
    with pytest.raises(OnggiError, match="ledger.index.damaged"):
        open_index(path, key, compartment.id, "identity")
    making.close()
    serving.close()
    names = {path.name for path in (bench.root / "index").iterdir()}
    for ledger in (serving, bench.open()):
        ledger.vault.load()
        found = ledger.view(strata=("record", "identity")).search("word")
        assert [hit.held.statement.about.subject for hit in found] == [id_of("bea")]
    assert {path.name for path in (bench.root / "index").iterdir()} == names
    assert serving.check_indexes() == []


def test_damage_is_mended_while_somebody_reads(bench: Bench) -> None:
    serving = fill(bench)
    path = serving._projections.path(serving.vault.compartment(), "record")
    flip_a_page(path)
    making = open_watched(bench, Watched())
    assert making.check_indexes() != []
    assert making.rebuild() == COUNT
    making.close()
    assert making.check_indexes() == []
    serving.close()
    assert count_words(serving) == COUNT


def test_a_journal_that_a_crash_left_is_not_played_into_the_new_one(bench: Bench) -> None:
    serving = fill(bench)
    serving.close()
    path = serving._projections.path(serving.vault.compartment(), "record")
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(os.urandom(8192))
    making = open_watched(bench, Watched())
    making.rebuild()
    making.close()
    assert not journal.exists()
    assert making.check_indexes() == []


def test_where_an_open_file_is_not_replaced_its_pages_are(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: whoever reads goes on reading one file, and finds it true afterwards."""

    def refuse(*_: object) -> None:
        raise PermissionError

    serving = fill(bench)
    append(serving, *record(state("late", "note", "word late")))
    assert count_words(serving) == COUNT + 1
    before = read_numbers(bench)
    monkeypatch.setattr("onggi.ledger.index.os.replace", refuse)
    making = open_watched(bench, Watched())
    assert making.rebuild() == COUNT + 1
    after = read_numbers(bench)
    assert {name: number for name, (number, _) in after.items()} == {
        name: number for name, (number, _) in before.items()
    }
    assert count_words(serving) == COUNT + 1
    serving.close()
    assert count_words(serving) == COUNT + 1
    assert serving.check_indexes() == []


_KILLED = """
import os, sys
from tests.ledger.conftest import stretch_fast
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.vault import keyslot
keyslot.stretch = stretch_fast
ledger = open_ledger(__import__("pathlib").Path(sys.argv[1]), 1, sys.argv[2], os.urandom, lambda: 9)
steps = iter(range(999))
def progress(done, total, stage):
    if next(steps) == int(sys.argv[3]):
        print("there", flush=True)
        sys.stdin.readline()
Ledger(ledger.vault, lambda: 9, progress).rebuild()
"""


@pytest.mark.skipif(os.name == "nt", reason="killed by a signal")
@pytest.mark.parametrize("step", [1, COMMITS + 1])
def test_a_kill_in_the_middle_leaves_a_vault_that_answers(bench: Bench, step: int) -> None:
    serving = fill(bench)
    names = read_numbers(bench).keys()
    tests = Path(__file__).parents[2]
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(Path(onggi.__file__).parents[1]), str(tests))),
    }
    command = [sys.executable, "-c", _KILLED, str(bench.root), PASSPHRASE, str(step)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=surroundings, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "there\n"
        # While somebody is at work on it, nobody takes it away.
        assert count_words(bench.open()) == COUNT
        assert read_numbers(bench).keys() > names
        os.kill(process.pid, signal.SIGKILL)
    assert read_numbers(bench).keys() > names, "the kill came in the middle"
    assert count_words(serving) == COUNT
    opened = bench.open()
    assert count_words(opened) == COUNT
    assert read_numbers(bench).keys() == names, "what it left is gone"
    assert opened.check_indexes() == []
    assert opened.rebuild() == COUNT
