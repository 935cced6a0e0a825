"""Interviews that are begun: what was said to be saved is there, whatever happened since."""

import os
from pathlib import Path

import pytest
from tests.ledger.conftest import cheap_passphrases, template  # noqa: F401 - fixtures
from tests.ledger.invented import Bench, Dice

from onggi.errors import OnggiError
from onggi.intake.begun import (
    MOST_BEGUN,
    MOST_CHANGES,
    MOST_CHARACTERS,
    Begun,
    begin,
    clear_recorded,
    find_begun,
    keep_answers,
    list_begun,
    mark_recording,
    put_away,
    undo_change,
)
from onggi.vault.copying import copy_vault
from onggi.vault.desk import change_desk, read_desk
from onggi.vault.opened import Vault
from onggi.vault.session import write_session

HERE, THERE = "a" * 32, "b" * 32
CANARY = "까치-jackdaw-喜鹊"


@pytest.fixture
def bench(template: Path, tmp_path: Path) -> Bench:  # noqa: F811
    return Bench(template).copy(tmp_path / "vault")


def open_vault(bench: Bench) -> Vault:
    """As a new process opens it, with all that an earlier one kept in memory gone."""
    return bench.open().vault


def start(bench: Bench, **answers: str) -> Begun:
    return begin(open_vault(bench), answers, HERE, 1_000, bench.dice)


def keep(bench: Bench, one: Begun, hand: str = HERE, moment: int = 2_000, **answers: str) -> Begun:
    return keep_answers(open_vault(bench), one.id, one.revision, answers, hand, moment, bench.dice)


def test_what_was_saved_is_there_in_another_process(bench: Bench) -> None:
    one = start(bench, said="one")
    kept = keep(bench, one, said="two", more="三")
    found = find_begun(open_vault(bench), one.id)
    assert found == kept
    assert (found.answers, found.revision, found.saved) == ({"said": "two", "more": "三"}, 2, 2_000)


def test_nothing_that_was_typed_lies_readable_in_the_folder(bench: Bench) -> None:
    keep(bench, start(bench, said=CANARY), said=CANARY * 2)
    for path in bench.root.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()
            assert CANARY not in path.name


def test_a_page_that_has_not_seen_the_last_revision_overwrites_nothing(bench: Bench) -> None:
    one = start(bench, said="one")
    keep(bench, one, HERE, said="from here")
    apart = keep(bench, one, THERE, said="from there")
    assert apart.id != one.id
    assert apart.beside == one.id
    begun = {begun.id: begun.answers["said"] for begun in list_begun(open_vault(bench))}
    assert begun == {one.id: "from here", apart.id: "from there"}


def test_the_page_that_was_split_off_goes_on_in_its_own_even_if_it_was_never_told(bench: Bench) -> None:
    one = start(bench, said="one")
    keep(bench, one, HERE, said="from here")
    apart = keep(bench, one, THERE, said="from there")
    again = keep(bench, one, THERE, said="from there, more")
    assert again.id == apart.id
    assert len(list_begun(open_vault(bench))) == 2
    assert find_begun(open_vault(bench), one.id).answers == {"said": "from here"}


def test_an_answer_that_was_lost_on_the_way_splits_nothing(bench: Bench) -> None:
    one = start(bench, said="one")
    keep(bench, one, said="two")
    again = keep(bench, one, said="two, three")
    assert (again.id, again.revision) == (one.id, 3)
    assert len(list_begun(open_vault(bench))) == 1


def test_saving_the_same_is_no_change(bench: Bench) -> None:
    one = start(bench, said="one")
    again = keep(bench, one, moment=3_000, said="one", empty="")
    assert (again.revision, again.changes, again.saved) == (1, (), 3_000)


def test_each_change_can_be_taken_back(bench: Bench) -> None:
    one = start(bench, said="one")
    two = keep(bench, one, said="two", more="x")
    three = keep(bench, two, more="y")
    back = undo_change(open_vault(bench), one.id, three.revision, HERE, 4_000)
    assert back.answers == {"said": "two", "more": "x"}
    again = undo_change(open_vault(bench), one.id, back.revision, HERE, 5_000)
    assert again.answers == {"said": "one"}
    assert again.revision == 5, (
        "an undo is a change as well: a page that has not seen it must not pass for new"
    )
    with pytest.raises(OnggiError, match=r"intake\.begun\.undone"):
        undo_change(open_vault(bench), one.id, again.revision, HERE, 6_000)


def test_nobody_takes_back_what_she_has_not_seen(bench: Bench) -> None:
    one = start(bench, said="one")
    keep(bench, one, HERE, said="two")
    with pytest.raises(OnggiError, match=r"intake\.begun\.changed"):
        undo_change(open_vault(bench), one.id, one.revision, THERE, 4_000)
    assert find_begun(open_vault(bench), one.id).answers == {"said": "two"}


def test_only_so_many_changes_are_remembered(bench: Bench) -> None:
    one = start(bench, said="start")
    vault = open_vault(bench)
    for number in range(MOST_CHANGES + 5):
        one = keep_answers(vault, one.id, one.revision, {"said": str(number)}, HERE, 1, bench.dice)
    assert len(one.changes) == MOST_CHANGES


def test_what_was_put_away_is_gone_and_what_stood_beside_it_stays(bench: Bench) -> None:
    one = start(bench, said="one")
    keep(bench, one, HERE, said="from here")
    apart = keep(bench, one, THERE, said="from there")
    put_away(open_vault(bench), one.id)
    (left,) = list_begun(open_vault(bench))
    assert (left.id, left.beside) == (apart.id, "")
    with pytest.raises(OnggiError, match=r"intake\.begun\.absent"):
        find_begun(open_vault(bench), one.id)
    with pytest.raises(OnggiError, match=r"intake\.begun\.absent"):
        keep(bench, one, said="late")


def test_what_else_lies_on_the_desk_stays(bench: Bench) -> None:
    change_desk(open_vault(bench), lambda data: b'{"jobs":{"a":[1,2]}}')
    one = start(bench, said="one")
    assert b'"jobs":{"a":[1,2]}' in read_desk(open_vault(bench))
    put_away(open_vault(bench), one.id)
    assert b'"jobs":{"a":[1,2]}' in read_desk(open_vault(bench))


def test_too_much_is_refused_and_what_was_there_stays(bench: Bench) -> None:
    one = start(bench, said="one")
    with pytest.raises(OnggiError, match=r"intake\.begun\.long"):
        keep(bench, one, said="x" * (MOST_CHARACTERS + 1))
    vault = open_vault(bench)
    for _ in range(MOST_BEGUN - 1):
        begin(vault, {"said": "more"}, HERE, 1, bench.dice)
    with pytest.raises(OnggiError, match=r"intake\.begun\.full"):
        begin(vault, {"said": "more"}, HERE, 1, bench.dice)
    assert find_begun(open_vault(bench), one.id) == one


def test_a_save_that_fails_leaves_what_was_there(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    one = start(bench, said="one")
    vault = open_vault(bench)

    def fail(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr("onggi.vault.folder._sync", fail)
        keep_answers(vault, one.id, 1, {"said": "two"}, HERE, 1, bench.dice)
    assert find_begun(vault, one.id) == one


def test_half_a_character_and_hostile_text_are_kept_as_text(bench: Bench) -> None:
    hostile = "<script>\u202e\x00" + "n" * 10_000
    one = start(bench, said=hostile, half="\ud800")
    assert find_begun(open_vault(bench), one.id).answers == {"said": hostile, "half": "?"}


def test_what_was_recorded_before_a_crash_is_cleared_and_the_rest_stays(bench: Bench) -> None:
    done, half, begun = (start(bench, said=said) for said in ("done", "half", "begun"))
    vault = open_vault(bench)
    mark_recording(vault, done.id, "1" * 32)
    mark_recording(vault, half.id, "2" * 32)
    gone = clear_recorded(open_vault(bench), {"1" * 32}.__contains__)
    assert list(gone) == [done.id]
    assert {one.id for one in list_begun(open_vault(bench))} == {half.id, begun.id}


def test_in_a_copy_what_is_begun_stays_on_the_desk_when_something_is_recorded(
    bench: Bench, tmp_path: Path
) -> None:
    vault = open_vault(bench)
    with write_session(vault):
        copy_vault(vault, tmp_path / "copy", "2026-11-30", lambda done, total, stage: None)
    copy = Bench(tmp_path / "copy", Dice(), bench.ticks)
    copy.dice = os.urandom
    one = start(copy, said="in the copy")
    with write_session(open_vault(copy)):
        pass
    assert find_begun(open_vault(copy), one.id).answers == {"said": "in the copy"}
