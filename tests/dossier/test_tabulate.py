"""A table that leaves: who is in it, who is not, what is signed, and that no half of it ever lies there."""

import csv
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.count.tables import fill
from tests.dossier.cases import TODAY, Invented
from tests.dossier.crowds import code_of, write_people
from tests.promises.canaries import MARKS, Searcher

from onggi.count.table import TOTAL, Spec, make_table
from onggi.dossier import tabulate
from onggi.dossier.release import release_table
from onggi.dossier.table_file import HEADER, is_table, write_table
from onggi.dossier.tabulate import Gathered, Tabulation, hand_out_table, list_tables, plan_table
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.consent import Consent
from onggi.model.tabulated import HIDDEN
from onggi.vault.enrol import grant_strata
from onggi.vault.session import write_session

SPEC = Spec("victim", "type", "sex")
DAY = TODAY.isoformat()
CELLS = (("sale", TOTAL, 20), ("_other", TOTAL, HIDDEN), (TOTAL, TOTAL, 40))


def plan(ledger: Ledger, spec: Spec = SPEC, base: int = 1) -> Tabulation:
    return plan_table(ledger, ledger.vault.compartment(), spec, base=base)


def number(found: Tabulation, row: str, column: str = TOTAL) -> int:
    return {(one, two): count for one, two, count in found.cells}[row, column]


def leave(ledger: Ledger, found: Tabulation, out: Path) -> str:
    return hand_out_table(ledger, ledger.vault.compartment(), found, "en", DAY, out)


def codes(found: Tabulation) -> list[str]:
    return [one.code for one in found.findings]


def test_everybody_is_counted_once_and_the_small_cell_is_hidden_with_others(many: Invented) -> None:
    found = plan(many.open())
    assert codes(found) == []
    assert number(found, TOTAL) == 81  # the woman of the invented case too
    assert number(found, "sale", "male") == HIDDEN
    assert found.hidden >= 4


def test_a_table_leaves_with_its_statement_and_no_more_than_numbers(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    found = plan(ledger)
    digest = leave(ledger, found, tmp_path / "table.csv")
    data = (tmp_path / "table.csv").read_bytes()
    assert data == write_table(SPEC, found.cells, "en", DAY)
    rows = list(csv.DictReader(StringIO(data.decode(), newline="")))
    assert {(one["row"], one["column"]) for one in rows} == set(found.table.members)
    assert all(int(one["count"]) == 0 or int(one["count"]) >= 11 for one in rows if one["shown"] == "shown")
    assert [one.statement.value.file for one in list_tables(many.open().view())] == [digest]  # type: ignore[union-attr]
    assert {path.name for path in tmp_path.iterdir()} == {"vault", "table.csv"}
    assert (tmp_path / "table.csv").stat().st_mode & 0o077 == 0


def test_no_canary_no_code_and_no_id_stands_in_it(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "table.csv")
    data = (tmp_path / "table.csv").read_bytes()
    assert Searcher.of(list(MARKS.values())).find(data) == set()
    text = data.decode()
    view = many.open().view()
    for held in view.live_of("kind"):
        assert held.statement.subject[:8] not in text
        assert (view.code_of(held.statement.subject) or "none") not in text


@pytest.mark.parametrize(
    "said",
    [
        {"decision": "refused", "purpose": "statistics"},
        {"decision": "withdrawn", "purpose": "statistics", "recipient": "PATTERN"},
        {"decision": "refused", "purpose": "statistics", "recipient": "UN-SP"},
        {"decision": "refused"},
        {"decision": "something_new"},
    ],
)
def test_whoever_said_no_is_not_counted(many: Invented, said: dict[str, Any]) -> None:
    many.decide(code_of(12), Consent(on=DAY, **said))
    found = plan(many.open())
    assert (number(found, TOTAL), found.gathered.left_out) == (80, 1)
    acts = plan(many.open(), Spec("act", "type"))
    assert (number(acts, TOTAL), acts.gathered.left_out) == (80, 1)


@pytest.mark.parametrize(("no", "told"), [(0, None), (10, None), (11, 11), (12, 12)])
def test_how_many_said_no_is_told_from_k_on(no: int, told: int | None) -> None:
    table = make_table(fill({("sale", "female"): 40}), Spec("victim", "type"))
    assert Tabulation(Gathered(table, {}, (), no, False, False), 1, (), ()).left_out == told


@pytest.mark.parametrize(
    "said",
    [
        {"decision": "refused", "purpose": "accountability", "recipient": "UN-SP"},
        {"decision": "given", "purpose": "statistics", "recipient": "PATTERN"},
        {"decision": "not_asked"},
    ],
)
def test_another_decision_takes_nobody_out(many: Invented, said: dict[str, Any]) -> None:
    many.decide(code_of(12), Consent(on=DAY, **said))
    assert number(plan(many.open()), TOTAL) == 81


def test_a_table_that_a_few_joined_since_is_refused(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "one.csv")
    many.record(write_people(500, 2))
    later = many.open()
    found = plan(later)
    assert codes(found) == ["table.isolates"]
    with pytest.raises(OnggiError) as caught:
        leave(later, found, tmp_path / "two.csv")
    assert (caught.value.id, caught.value.exit_code) == ("table.refused", Exit.REFUSED)
    assert not (tmp_path / "two.csv").exists()
    many.record(write_people(600, 30))
    assert codes(plan(many.open())) == []


def test_acts_do_not_tell_what_a_table_of_victims_may_not(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "one.csv")
    acts = Spec("act", "type", "sex")
    assert codes(plan(many.open(), acts)) == []
    many.record(write_people(500, 2))
    assert codes(plan(many.open(), acts)) == ["table.isolates"]


def test_a_no_that_was_said_since_is_not_told_by_the_difference(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "one.csv")
    many.decide(code_of(12), Consent("refused", DAY, "statistics"))
    assert codes(plan(many.open())) == ["table.isolates"]


def test_the_same_table_may_leave_again(many: Invented, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        ledger = many.open()
        leave(ledger, plan(ledger), tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_what_cannot_be_made_again_is_compared_by_its_numbers(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "one.csv")
    first, second = (many.open().view().find(code_of(one)) for one in (12, 13))
    many.record(
        f'onggi = 1\ncase = "{many.open().view().call(many.case)}"\n[[statement]]\n'
        f'about = "{code_of(12)}"\nproperty = "same_as"\nvalue = "{code_of(13)}"\n'
    )
    assert many.open().view().sameness(first).root(second) == many.open().view().sameness(first).root(first)
    found = plan(many.open())
    assert number(found, TOTAL) == 80  # the two are one
    assert codes(found) == ["table.differs"]


def test_a_member_without_identity_can_make_one_but_not_hand_it_out(many: Invented, tmp_path: Path) -> None:
    admin = many.open()
    with write_session(admin.vault):
        card = admin.vault.members.slots()[2]
        grant_strata(admin.vault, admin.vault.compartment(), card, ["record"], release=False)
    ledger = many.open(2)
    found = plan(ledger)
    assert number(found, TOTAL) == 81
    with pytest.raises(OnggiError) as caught:
        leave(ledger, found, tmp_path / "table.csv")
    assert (caught.value.id, caught.value.exit_code) == ("vault.anchors.release", Exit.REFUSED)
    assert not (tmp_path / "table.csv").exists()
    assert list_tables(many.open().view()) == []


def test_identity_is_never_opened_for_it(
    many: Invented, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("identity was opened")

    monkeypatch.setattr(Ledger, "open_identity", refuse)
    ledger = many.open()
    leave(ledger, plan(ledger), tmp_path / "table.csv")


def test_while_a_part_cannot_be_read_no_table_leaves(many: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabulate, "list_unread", lambda ledger, compartment: ["a pack"])
    assert codes(plan(many.open())) == ["consent.unread"]


def test_what_changed_while_it_was_made_stops_it(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    found = plan(ledger)
    many.decide(code_of(12), Consent("refused", DAY, "statistics"))
    fresh = many.open()
    with pytest.raises(OnggiError) as caught:
        leave(fresh, found, tmp_path / "table.csv")
    assert caught.value.id == "table.changed"
    assert not (tmp_path / "table.csv").exists()
    assert list_tables(many.open().view()) == []  # taken back: it stayed


@pytest.mark.parametrize("error", [OSError(28, "full"), KeyboardInterrupt(), MemoryError()])
def test_what_is_stopped_leaves_nothing_and_is_taken_back(
    many: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    ledger = many.open()
    found = plan(ledger)
    monkeypatch.setattr(tabulate, "release_table", fail)
    with pytest.raises(type(error)):
        leave(ledger, found, tmp_path / "table.csv")
    assert {path.name for path in tmp_path.iterdir()} == {"vault"}
    assert list_tables(many.open().view()) == []


def test_a_full_disk_leaves_no_half_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OnggiError) as caught:
        release_table(write_table(Spec("act", "type"), CELLS, "en", DAY), tmp_path / "table.csv")
    assert caught.value.id == "release.write"
    assert list(tmp_path.iterdir()) == []


def test_what_was_said_to_leave_by_a_process_that_died_counts(many: Invented, tmp_path: Path) -> None:
    """The power failed between the two: the table may lie outside, and later ones are held against it."""
    ledger = many.open()
    found = plan(ledger)
    leave(ledger, found, tmp_path / "table.csv")
    (tmp_path / "table.csv").unlink()
    many.record(write_people(700, 1))
    assert codes(plan(many.open())) == ["table.isolates"]


@pytest.mark.parametrize("place", ["table.csv", "no/table.csv"])
def test_nothing_is_overwritten_and_no_folder_is_made(many: Invented, tmp_path: Path, place: str) -> None:
    (tmp_path / "table.csv").write_text("ours")
    ledger = many.open()
    found = plan(ledger)
    with pytest.raises(OnggiError) as caught:
        leave(ledger, found, tmp_path / place)
    assert caught.value.id in ("release.taken", "release.place")
    assert (tmp_path / "table.csv").read_text() == "ours"
    assert list_tables(many.open().view()) == []


@pytest.mark.parametrize(
    "spec", [Spec("person", "type"), Spec("victim", "code"), Spec("victim", "sex", "sex")]
)
def test_only_coarse_facts_can_be_counted_by(many: Invented, spec: Spec) -> None:
    with pytest.raises(OnggiError) as caught:
        plan(many.open(), spec)
    assert caught.value.id in ("table.unit", "table.by")
    assert caught.value.exit_code == Exit.USAGE


@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_a_table_is_one_in_every_language(lang: str) -> None:
    assert is_table(write_table(Spec("act", "type"), CELLS, lang, DAY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",20,shown,", ",10,shown,"),
        (",20,shown,", ",1,shown,"),
        (",20,shown,", ",,shown,"),
        (",20,shown,", ",-20,shown,"),
        (",,hidden,", ",3,hidden,"),
        (",shown,11,", ",shown,5,"),
        ("Sale of a person", "리영희"),
        ("act,type,sale", "act,name,sale"),
        (",documented,", ",estimated,"),
        ("2026-11-29", "in May"),
        ("unit,", "name,"),
        ("act,type,sale", "act,type,=cmd"),
    ],
)
def test_anything_else_does_not_leave(tmp_path: Path, old: str, new: str) -> None:
    data = write_table(Spec("act", "type"), CELLS, "en", DAY).decode()
    assert old in data
    with pytest.raises(OnggiError) as caught:
        release_table(data.replace(old, new, 1).encode(), tmp_path / "table.csv")
    assert caught.value.id == "release.table"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"a,b\n", (",".join(HEADER) + "\n").encode(), b"\xef\xbb\xbfunit"]
)
def test_no_bytes_pass_for_a_table(data: bytes) -> None:
    assert not is_table(data)
