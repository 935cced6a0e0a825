"""A noisy table: its lifetime outlasts everything, numbers are drawn once, each row says what it is."""

import csv
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.dossier.cases import Invented
from tests.dossier.crowds import code_of
from tests.dossier.test_tabulate import DAY, codes, plan
from tests.dossier.test_tabulate import leave as leave_exact

from onggi.count.table import TOTAL, Spec
from onggi.dossier import noising
from onggi.dossier.noising import (
    Asked,
    Noisy,
    hand_out_noisy,
    lay_out_noisy,
    plan_noisy,
    read_epsilon,
    say_spending,
)
from onggi.dossier.table_file import Noise, is_table, write_table
from onggi.dossier.tabulate import Cells, list_tables, say_notes
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.consent import Consent
from onggi.model.stratum import Stratum
from onggi.model.tabulated import HIDDEN, Tabulated
from onggi.words import say

SPEC = Spec("victim", "type")
YEAR = int(DAY[:4])
MARKS = {"en": "noisy", "ko": "잡음 넣음", "zh": "加噪"}


@pytest.fixture(autouse=True)
def shifted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In place of noise every number is lowered by two, without OpenDP; what was drawn is listed."""
    drawn: list[int] = []

    def lower(numbers: Sequence[int], touched: int, epsilon: int) -> list[int]:
        drawn.append(epsilon)
        return [one - 2 for one in numbers]

    monkeypatch.setattr(noising, "add_noise", lower)
    monkeypatch.setattr(noising, "check_noise", lambda: None)
    return drawn


def ask(ledger: Ledger, epsilon: int, lifetime: int | None = None, spec: Spec = SPEC, **named: Any) -> Noisy:
    return plan_noisy(ledger, ledger.vault.compartment(), spec, Asked(epsilon, lifetime), YEAR, **named)


def leave(ledger: Ledger, found: Noisy, out: Path) -> Cells:
    return hand_out_noisy(ledger, ledger.vault.compartment(), found, "en", DAY, out)[0]


def spend(many: Invented, out: Path, epsilon: int, lifetime: int | None = None) -> Cells:
    ledger = many.open()
    return leave(ledger, ask(ledger, epsilon, lifetime), out)


def against(found: Noisy) -> list[str]:
    return [one.code for one in found.findings]


def refuse(work: Callable[[], object]) -> str:
    with pytest.raises(OnggiError) as caught:
        work()
    return caught.value.id


def test_what_is_above_the_lifetime_does_not_leave(
    many: Invented, tmp_path: Path, shifted: list[int]
) -> None:
    spend(many, tmp_path / "one.csv", 600, 1000)
    ledger = many.open()
    found = ask(ledger, 401)
    assert against(found) == ["table.spent"]
    assert found.findings[0].values == {"left": "0.4", "lifetime": "1"}
    assert refuse(lambda: leave(ledger, found, tmp_path / "two.csv")) == "table.refused"
    assert (shifted, (tmp_path / "two.csv").exists()) == ([600], False)
    spend(many, tmp_path / "three.csv", 400)
    assert against(ask(many.open(), 1)) == ["table.spent"]


def test_thousandths_add_up_without_drift(many: Invented, tmp_path: Path) -> None:
    for number in range(3):
        spend(many, tmp_path / f"{number}.csv", 100, 300)
    assert against(ask(many.open(), 1)) == ["table.spent"]
    assert ask(many.open(), 1).spent == 300


def test_of_two_that_both_found_enough_left_one_leaves(many: Invented, tmp_path: Path) -> None:
    first, second = many.open(), many.open()
    one, other = ask(first, 300, 500), ask(second, 300, 500)
    assert against(one) == against(other) == []
    leave(first, one, tmp_path / "one.csv")
    assert refuse(lambda: leave(second, other, tmp_path / "other.csv")) == "table.spent"
    assert [path.name for path in tmp_path.glob("*.csv*")] == ["one.csv"]


def test_one_that_signed_earlier_leaves_also_if_another_signs_before_it_looks_again(
    many: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = many.open(), many.open()
    one, other = ask(first, 300, 500), ask(second, 300, 500)
    again, told = plan_noisy, []

    def interrupt(*arguments: Any, **named: Any) -> Noisy:
        monkeypatch.setattr(noising, "plan_noisy", again)
        told.append(refuse(lambda: leave(second, other, tmp_path / "other.csv")))
        return again(*arguments, **named)

    monkeypatch.setattr(noising, "plan_noisy", interrupt)
    leave(first, one, tmp_path / "one.csv")
    assert told == ["table.spent"]
    assert [path.name for path in tmp_path.glob("*.csv*")] == ["one.csv"]


def test_the_lifetime_is_said_once_and_never_changed(many: Invented, tmp_path: Path) -> None:
    assert against(ask(many.open(), 100)) == ["table.lifetime"]
    spend(many, tmp_path / "one.csv", 100, 300)
    for other in (200, 1000):
        assert against(ask(many.open(), 100, other)) == ["table.lifetime_kept"]
    assert against(ask(many.open(), 100, 300)) == against(ask(many.open(), 100)) == []


def test_what_was_spent_stays_spent_where_the_table_stayed(
    many: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(noising, "release_table", fail)
        with pytest.raises(OSError, match="no room"):
            spend(many, tmp_path / "one.csv", 600, 1000)
    assert list_tables(many.open().view()) == []
    assert against(ask(many.open(), 500)) == ["table.spent"]


def test_what_was_spent_stays_spent_where_a_member_takes_the_statement_back(
    many: Invented, tmp_path: Path
) -> None:
    spend(many, tmp_path / "one.csv", 600, 1000)
    ledger = many.open()
    (held,) = list_tables(ledger.view())
    subject = held.statement.subject
    back = ledger.make_statement(subject, subject, "tabulated", held.statement.value, retracts=[held.id])
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, back)])
    found = ask(many.open(), 500)
    assert (against(found), found.lifetime) == (["table.spent"], 1000)


def test_where_what_was_spent_is_erased_nothing_leaves_any_more(many: Invented, tmp_path: Path) -> None:
    spend(many, tmp_path / "one.csv", 600, 1000)
    ledger = many.open()
    (held,) = list_tables(ledger.view())
    ledger.erase(ledger.vault.compartment(), "record", held.statement.about.unit, "no longer needed")
    assert against(ask(many.open(), 100, 1000)) == ["table.lifetime_erased"]


def test_no_number_is_drawn_before_it_leaves(many: Invented, tmp_path: Path, shifted: list[int]) -> None:
    ledger = many.open()
    found = ask(ledger, 100, 1000)
    (tmp_path / "taken.csv").write_text("ours")
    assert refuse(lambda: leave(ledger, found, tmp_path / "taken.csv")) == "release.taken"
    assert shifted == []
    assert ask(many.open(), 1000, 1000).spent == 0


def test_what_leaves_is_what_was_signed_and_says_what_it_is(many: Invented, tmp_path: Path) -> None:
    cells = spend(many, tmp_path / "one.csv", 100, 1000)
    rows = list(csv.DictReader(StringIO((tmp_path / "one.csv").read_text("utf-8"), newline="")))
    assert {(one["noise"], one["epsilon"], one["row_label"].endswith(" (noisy)")) for one in rows} == {
        ("noisy", "0.1", True)
    }
    (held,) = list_tables(many.open().view())
    said = held.statement.value
    assert isinstance(said, Tabulated)
    assert (said.cells, said.epsilon, said.lifetime) == (cells, 100, 1000)
    numbers = {row: number for row, _, number in cells}
    assert numbers[TOTAL] == 81 - 2
    assert numbers["beating"] == 47 - 2
    assert all(number == HIDDEN or number >= 11 for number in numbers.values())
    assert sum(number == HIDDEN for number in numbers.values()) > 20, "kinds of nobody are there, and hidden"


def test_what_is_shown_is_decided_with_the_noise(
    many: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noising, "add_noise", lambda numbers, *_: [12 - one for one in numbers])
    numbers = {row: number for row, _, number in spend(many, tmp_path / "one.csv", 100, 1000)}
    assert numbers["forced_labour"] == 12, "nobody is recorded there"
    assert numbers[TOTAL] == HIDDEN


@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_it_is_labelled_in_every_language(lang: str) -> None:
    cells = (("sale", TOTAL, 20), ("beating", TOTAL, HIDDEN), (TOTAL, TOTAL, 40))
    data = write_table(SPEC, cells, lang, DAY, noise=Noise(100, 59))
    assert is_table(data)
    assert data.decode().count(f",{MARKS[lang]},0.1,59\n") == 3
    headings, lines = lay_out_noisy(SPEC, cells, lang)
    assert headings[0] == MARKS[lang]
    assert [MARKS[lang] in line[0] for line in lines] == [True, True], "what is hidden has no line"
    for old, new in (
        (f",{MARKS[lang]},0.1,59", ",,,"),
        (f",{MARKS[lang]},", ",exact,"),
        (",0.1,", ",0,"),
        (",20,shown,", ",-3,shown,"),
    ):
        assert not is_table(data.decode().replace(old, new, 1).encode())


def test_who_said_no_is_not_in_it(many: Invented) -> None:
    many.decide(code_of(12), Consent("refused", DAY, "statistics"))
    assert ask(many.open(), 100, 1000).filled.numbers[TOTAL, TOTAL] == 80


def test_a_no_that_came_meanwhile_keeps_it_inside(many: Invented, tmp_path: Path) -> None:
    ledger = many.open()
    found = ask(ledger, 100, 1000)
    many.decide(code_of(12), Consent("refused", DAY, "statistics"))
    fresh = many.open()
    assert refuse(lambda: leave(fresh, found, tmp_path / "one.csv")) == "table.changed"
    assert not (tmp_path / "one.csv").exists()


def test_exact_tables_and_noisy_ones_are_not_held_against_each_other_and_it_is_said(
    many: Invented, tmp_path: Path
) -> None:
    beside_noisy, beside_exact = say("table.beside_noisy", "en"), say("table.beside_exact", "en")
    ledger = many.open()
    assert beside_noisy not in say_notes(plan(ledger), "en")
    noisy = ask(ledger, 100, 1000)
    assert beside_exact not in say_spending(noisy, "en")
    leave(ledger, noisy, tmp_path / "one.csv")
    ledger = many.open()
    exact = plan(ledger)
    assert codes(exact) == [] and say_notes(exact, "en")[-1] == beside_noisy
    leave_exact(ledger, exact, tmp_path / "two.csv")
    noisy = ask(many.open(), 100)
    assert against(noisy) == [] and say_spending(noisy, "en")[-1] == beside_exact


@pytest.mark.parametrize("unit", ["act", "event"])
def test_only_victims_are_counted(many: Invented, unit: str) -> None:
    with pytest.raises(OnggiError) as caught:
        ask(many.open(), 100, 1000, Spec(unit, "type"))
    assert (caught.value.id, caught.value.exit_code) == ("table.noisy_unit", Exit.USAGE)


@pytest.mark.parametrize("text", ["0", "0.0", "1.001", "2", "-1", "0.0001", "nan", "1e-1", "", "٠.٥", ".5"])
def test_an_amount_is_from_a_thousandth_to_one(text: str) -> None:
    assert refuse(lambda: read_epsilon(text)) == "table.epsilon"
    assert [read_epsilon(one) for one in ("0.001", "0.29", "1", "1.0")] == [1, 290, 1000, 1000]
