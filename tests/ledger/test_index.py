"""A projection tells nobody anything, is rounded up, and is made anew when it cannot be read."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from tests.ledger.invented import Bench, append, hold, id_of, kind, point, record, state
from tests.ledger.test_search import index_of

from onggi.errors import OnggiError
from onggi.ledger import index as index_module
from onggi.ledger.index import LEAST, Index, open_index, remove_index
from onggi.ledger.view import View
from onggi.model.statement import write_slots

KEY = bytes(range(32))
MOMENT = 946_684_800


def fill(path: Path, count: int, key: bytes = KEY) -> None:
    index = open_index(path, key, "main", "record")
    with index.writing():
        last = index.state().get("last", "0")
        held = (hold(state(n, "note", f"secret words {n}"), n) for n in range(int(last), count))
        index.add((one, "unit", write_slots(one.statement)) for one in held)
        index.keep({"last": str(count)})
    index.close()


def test_nothing_readable_lies_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "index"
    fill(path, 50)
    content = path.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    for text in (b"secret", b"statement", id_of(7).encode(), b"note", KEY):
        assert text not in content


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), KEY.hex().encode()])
def test_a_key_is_32_bytes(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(OnggiError, match="ledger.index.plain"):
        open_index(tmp_path / "index", key, "main", "record")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [bytes(32), bytes(31) + b"\1"])
def test_another_key_does_not_open_it(tmp_path: Path, key: bytes) -> None:
    fill(tmp_path / "index", 5)
    with pytest.raises(OnggiError, match="ledger.index.damaged"):
        open_index(tmp_path / "index", key, "main", "record")


def test_no_key_does_not_open_it(tmp_path: Path) -> None:
    fill(tmp_path / "index", 5)
    stranger = sqlcipher.connect(str(tmp_path / "index"))
    with pytest.raises(sqlcipher.DatabaseError):
        stranger.execute("SELECT * FROM sqlite_master")
    stranger.close()


def test_a_database_without_encryption_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the library had been built without it: the pragma that sets the key does nothing."""
    prepare = index_module._prepare
    monkeypatch.setattr(index_module, "_prepare", lambda connection, _: prepare(connection, None))
    with pytest.raises(OnggiError, match="ledger.index.plain"):
        open_index(tmp_path / "index", KEY, "main", "record")


def test_nothing_can_be_attached(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", KEY, "main", "record")
    with pytest.raises(OnggiError, match="ledger.index.damaged"):
        index.rows("ATTACH DATABASE ':memory:' AS other")
    index.close()


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    fill(tmp_path / "index", 1)
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_sizes_are_powers_of_two_and_grow_by_class(tmp_path: Path) -> None:
    sizes = []
    for count in (0, 1, 100, 200, 400, 800, 1_600):
        fill(tmp_path / "index", count)
        sizes.append((tmp_path / "index").stat().st_size)
        assert sizes[-1].bit_count() == 1
    assert sizes[0] == sizes[1] == LEAST
    assert sizes == sorted(sizes)
    assert sizes[-1] > LEAST


def test_times_tell_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index"
    for count in (1, 50):
        fill(path, count)
        assert (path.stat().st_mtime, tmp_path.stat().st_mtime) == (MOMENT, MOMENT)
    remove_index(path)
    assert tmp_path.stat().st_mtime == MOMENT


def test_a_change_that_fails_is_none(tmp_path: Path) -> None:
    path = tmp_path / "index"
    fill(path, 3)
    index = open_index(path, KEY, "main", "record")
    with pytest.raises(RuntimeError), index.writing():
        one = hold(state("late", "note", "x"), 9)
        index.add([(one, "unit", write_slots(one.statement))])
        raise RuntimeError
    assert index.count() == 3
    assert index.state() == {"last": "3"}
    index.close()


def test_an_id_that_two_claim_is_kept_once() -> None:
    index = index_of([hold(state(1, "note", "first"), 1), hold(state(1, "note", "second"), 2)])
    assert [held.statement.value for held in index.by_ids([id_of(1)])] == [state(1, "note", "first").value]
    assert index.count() == 1


def test_what_is_retracted_piece_by_piece_gives_back_what_it_took() -> None:
    said = [state(1, "note", "x"), state(2, "note", "x", retracts=[1]), state(3, "note", "x", retracts=[2])]
    index = open_index(None, KEY, "main", "record")
    for time, live in enumerate(({1}, {2}, {1, 3})):
        with index.writing():
            held = hold(said[time], time)
            index.judge(index.add([(held, "unit", write_slots(held.statement))]), lambda *_: True)
        found = index.rows("SELECT id FROM statement WHERE live")
        assert {id for (id,) in found} == {id_of(one) for one in live}
    index.close()


def test_rows_come_in_the_order_asked_for() -> None:
    index = index_of([hold(state(n, "note", "x"), n) for n in range(5)])
    assert [held.id for held in index.by_rows([4, 1, 3])] == [id_of(n) for n in (3, 0, 2)]


# — within a vault: whatever happens to the file, nothing recorded is lost —


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: LEAST // 3])


def flip_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(2, 40):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)


def flip_the_head(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)


def make_foreign(path: Path) -> None:
    path.unlink()
    stranger = sqlcipher.connect(str(path))
    stranger.execute("CREATE TABLE state (name, value)")
    stranger.commit()
    stranger.close()


def make_others(path: Path) -> None:
    path.unlink()
    fill(path, 5, bytes(32))


def leave_a_journal(path: Path) -> None:
    path.unlink()
    path.with_name(path.name + "-journal").write_bytes(os.urandom(8192))


DAMAGE: list[Callable[[Path], object]] = [
    cut,
    flip_a_page,
    flip_the_head,
    make_foreign,
    make_others,
    leave_a_journal,
    Path.unlink,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"x" * LEAST),
    lambda path: path.write_bytes(bytes(LEAST)),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_made_anew(bench: Bench, damage: Callable[[Path], object]) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("case", "case"), *(state(n, "note", f"word {n}") for n in range(300))))
    assert len(ledger.view().search("word", limit=999)) == 300
    compartment = ledger.vault.compartment()
    path = ledger._projections.path(compartment, "record")
    ledger.close()
    damage(path)
    ledger = bench.open()
    assert len(ledger.view().search("word", limit=999)) == 300
    assert len(ledger.view().about(id_of("someone"))) == 300
    ledger.close()
    assert ledger.check_indexes() == []
    assert path.stat().st_size.bit_count() == 1


def test_damage_is_told_by_a_check_that_changes_nothing(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(*(state(n, "note", f"word {n}") for n in range(300))))
    ledger.view()
    path = ledger._projections.path(ledger.vault.compartment(), "record")
    ledger.close()
    flip_a_page(path)
    damaged = path.read_bytes()
    assert [(one.code, one.where) for one in ledger.check_indexes()] == [
        ("ledger.index.damaged", f"index/{path.name}")
    ]
    assert path.read_bytes() == damaged
    assert ledger.rebuild() == 300
    ledger.close()
    assert ledger.check_indexes() == []


def test_damage_while_somebody_reads(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(*(state(n, "note", f"word {n}") for n in range(2_000))))
    ledger.view()
    ledger.close()
    view = ledger.view()
    path = ledger._projections.path(ledger.vault.compartment(), "record")
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    assert len(view.search("word", limit=9_999)) == 2_000


def test_an_older_copy_is_brought_up(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "note", "word one")))
    ledger.view()
    ledger.close()
    older = bench.indexes()
    append(ledger, *record(state(2, "note", "word two", supersedes=[1]), state(3, "note", "word three")))
    assert len(ledger.view().search("word")) == 2
    ledger.close()
    for name, content in older.items():
        (bench.root / "index" / name).write_bytes(content)
    assert [held.id for held in bench.open().view().search("word")] == [id_of(3), id_of(2)]


def test_the_index_of_another_log_is_no_beginning(bench: Bench, tmp_path: Path) -> None:
    other = bench.copy(tmp_path / "other")
    append(other.open(), *record(state(1, "note", "word elsewhere")))
    other.open().view()
    append(bench.open(), *record(state(2, "note", "word here")))
    for name, content in other.indexes().items():
        (bench.root / "index" / name).write_bytes(content)
    assert [held.id for held in bench.open().view().search("word")] == [id_of(2)]
    other.close()


def test_a_folder_that_cannot_be_written_is_read_in_memory(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "note", "word")))
    ledger.close()
    for path in (bench.root / "index").iterdir():
        path.unlink()
    (bench.root / "index").rmdir()
    (bench.root / "index").write_bytes(b"no folder")
    ledger = bench.open()
    assert len(ledger.view().search("word")) == 1
    assert ledger.view(strata=("record", "identity", "care")).strata == {"record", "identity", "care"}
    assert (bench.root / "index").read_bytes() == b"no folder"


def test_an_index_that_cannot_be_brought_up_is_read_in_memory(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "note", "word one")))
    ledger.view()
    append(ledger, *record(state(2, "note", "word two")))
    before = bench.indexes()
    connect = sqlcipher.connect

    def connect_read_only(path: str, **options: object) -> object:
        return connect(path if path == ":memory:" else f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlcipher, "connect", connect_read_only)
    monkeypatch.setattr("onggi.ledger.projections.remove_index", _refuse)
    assert len(bench.open().view().search("word")) == 2
    assert bench.indexes() == before


def _refuse(path: Path) -> None:
    raise PermissionError


def test_the_folder_of_indexes_may_be_gone(bench: Bench) -> None:
    append(bench.open(), *record(state(1, "note", "word")))
    shutil.rmtree(bench.root / "index")
    assert len(bench.open().view().search("word")) == 1


def test_no_question_reads_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a question costs must not grow with what it does not ask for; a planner left alone would scan."""
    held = [hold(kind(f"e{n}", "person"), n) for n in range(4)]
    held += [hold(state(n, "note", f"words {n} 말", f"e{n % 4}", source="e0"), 9 + n) for n in range(30)]
    held += [
        hold(state(99, "name", "리영희", "e1", retracts=[3]), 99),
        hold(point(98, "same_as", "e2", "e1"), 98),
    ]
    index = index_of(held)
    view = View([index], lambda *_: True)
    read, plans = Index.rows, list[str]()

    def explain(self: Index, query: str, values: Sequence[object] = ()) -> list[object]:
        plans.extend(step[3] for step in read(self, f"EXPLAIN QUERY PLAN {query}", values))
        return read(self, query, values)

    monkeypatch.setattr(Index, "rows", explain)
    view.portrait(id_of("e1"))
    view.portrait(id_of("case"))
    for query in ("말", "words 7", "리영희", "W", "ord"):
        view.search(query)
        view.search(query, "best")
    view.find(id_of("e1"))
    view.mentioning(id_of("e0"))
    index.first_of_units(id_of("case"))
    index.first_of_unit("unit")
    assert any("by_subject" in step for step in plans)
    tables = ("statement", "stored", "text", "name", "mark")
    assert [step for step in plans if step.startswith("SCAN") and step.split()[1] in tables] == []
    assert [step for step in plans if "by_property" in step] == [], "half of all statements have one property"
