"""`onggi count VAULT`: an estimate is recorded in the vault, found again, and can be withdrawn."""

import json
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.conftest import bench, cheap_passphrases, template
from tests.ledger.invented import Bench, append, id_of, kind, point, record, state

from onggi.cli.count_files import read_drawn
from onggi.cli.count_vault import count_vault, draw_links, show_estimates, withdraw_one
from onggi.count import latent, working
from onggi.errors import Exit, OnggiError
from onggi.ledger.estimates import list_estimates
from onggi.ledger.ledger import Ledger
from onggi.model.estimate import Estimate
from onggi.model.stratum import Stratum
from onggi.vault.desk import change_desk, read_desk
from onggi.words import say

__all__ = ["bench", "cheap_passphrases", "template"]

DECLARED = """population = "INVENTED: people sold"
[lists]
A = ["{0}"]
B = ["{1}"]
C = ["{2}"]
"""
# How many stand on each set of lists: three that are met independently.
CELLS = {"a": 24, "b": 24, "c": 24, "ab": 16, "ac": 16, "bc": 16, "abc": 11}
DRAW = latent.draw_latent
# INVENTED, and no two alike.
NAMES = ["".join(one) for one in product("박최강문한", "금순명철", "선국옥성영룡일")]


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    """A hundred and thirty-one people who stand on three lists."""
    ledger = bench.open()
    said = [kind(one, "source") for one in "abc"] + [kind("sale", "act")]
    number = 0
    for lists, count in CELLS.items():
        for _ in range(count):
            number += 1
            said.append(kind(f"p{number}", "person"))
            said += [point(f"{one}{number}", "victim", f"p{number}", "sale", source=one) for one in lists]
    append(ledger, *record(*said))
    return ledger


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    file = tmp_path / "population.toml"
    file.write_text(DECLARED.format(*map(id_of, "abc")), "utf-8")
    return file


def kept(ledger: Ledger) -> list[Estimate]:
    return [estimate for _, estimate in list_estimates(ledger.view())]


def test_an_estimate_is_recorded_found_and_withdrawn(
    ledger: Ledger, declared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = ledger.vault.compartment()
    assert count_vault(ledger, into, declared, 7, True) == Exit.WELL
    told = json.loads(capsys.readouterr().out)
    (one,) = kept(ledger)
    assert told["status"] == one.status == "estimate"
    assert (told["envelope"]["lo"], told["envelope"]["hi"]) == (one.lo, one.hi)
    assert one.seen == sum(CELLS.values()) and one.lists == 3 and one.seed == 7
    assert one.lo is not None and one.hi is not None and one.seen <= one.lo < one.hi
    show_estimates(ledger, ledger.vault.compartment(), True)
    (row,) = json.loads(capsys.readouterr().out)
    withdraw_one(ledger, ledger.vault.compartment(), row["statement"], "wrong lists", False)
    assert not kept(ledger)
    with pytest.raises(OnggiError, match="estimate.absent"):
        withdraw_one(ledger, ledger.vault.compartment(), row["statement"], "again", False)


def test_the_same_counts_have_the_same_hash(ledger: Ledger, declared: Path) -> None:
    for seed in (1, 2):
        count_vault(ledger, ledger.vault.compartment(), declared, seed, True)
    first, second = kept(ledger)
    assert first.inputs == second.inputs and len(first.inputs) == 64
    append(ledger, *record(point("more", "victim", "p1", "sale", source="c")))
    count_vault(ledger, ledger.vault.compartment(), declared, 1, True)
    assert kept(ledger)[2].inputs != first.inputs


def test_a_refusal_is_told_and_not_recorded(ledger: Ledger, tmp_path: Path) -> None:
    two = tmp_path / "two.toml"
    two.write_text(DECLARED.format(*map(id_of, "abc")).replace("C = ", "# C = "), "utf-8")
    assert count_vault(ledger, ledger.vault.compartment(), two, 1, True) == Exit.REFUSED
    assert not kept(ledger)


def test_a_vault_is_counted_over_replicates_of_its_links(
    ledger: Ledger, declared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"r{number}" for number in range(20)]
    rows = [[id_of(f"p{one}"), *(f"x{one}" for _ in names)] for one in range(1, 132)]
    rows[1][1:11] = rows[0][1:11]  # in half of them the first two are one person
    drawn = tmp_path / "drawn.csv"
    drawn.write_text("\n".join(",".join(row) for row in [["record_id", *names], *rows]), "utf-8")
    into, draw = ledger.vault.compartment(), partial(read_drawn, drawn)
    assert count_vault(ledger, into, declared, 7, True, draw) == Exit.WELL
    told = json.loads(capsys.readouterr().out)
    (one,) = [row for row in told["findings"] if row["code"] == "count.flag.replicates"]
    assert "130" in one["what"] and "131" in one["what"]
    append(ledger, *record(point("same", "same_as", "p1", "p2")))
    assert count_vault(ledger, ledger.vault.compartment(), declared, 7, True, draw) == Exit.REFUSED
    told = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in told["findings"] if row["refuses"]] == ["count.replicates.joined"]


def test_a_vault_is_counted_over_draws_of_who_may_be_whom(
    ledger: Ledger, declared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [
        state(f"n{one}", "name", "리영희" if one < 3 else NAMES[one], f"p{one}") for one in range(1, 132)
    ]
    append(ledger, *record(*named, stratum=Stratum.IDENTITY))
    into = ledger.vault.compartment()
    with pytest.raises(OnggiError, match="reason"):
        count_vault(ledger, into, declared, 7, True, partial(draw_links, ledger, into, 20, "", 7))
    assert not kept(ledger)
    draw = partial(draw_links, ledger, into, 20, "an estimate", 7)
    count_vault(ledger, into, declared, 7, True, draw)
    told = json.loads(capsys.readouterr().out)
    (one,) = [row for row in told["findings"] if row["code"] == "count.flag.replicates"]
    assert "20" in one["what"]
    assert len(kept(ledger)) == 1
    append(ledger, *record(point("same", "same_as", "p1", "p2")))
    count_vault(ledger, ledger.vault.compartment(), declared, 7, True, draw)
    told = json.loads(capsys.readouterr().out)
    assert "count.replicates.joined" not in {row["code"] for row in told["findings"]}


def test_a_count_that_was_cut_short_goes_on_from_the_desk(
    ledger: Ledger,
    declared: Path,
    bench: Bench,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    into = ledger.vault.compartment()
    assert count_vault(ledger, into, declared, 7, True) == Exit.WELL
    whole = capsys.readouterr().out
    change_desk(ledger.vault, lambda _: b'{"begun":[]}')
    for seed in (8, 7):
        with monkeypatch.context() as patch, pytest.raises(OnggiError, match="count.stopped") as stopped:
            patch.setattr(working, "select_model", _stop)
            count_vault(ledger, ledger.vault.compartment(), declared, seed, True)
        assert stopped.value.exit_code == Exit.INTERRUPTED
    assert say("cli.count.anew", "en") in " ".join(capsys.readouterr().err.split())
    assert b"latent" in read_desk(ledger.vault) and len(kept(ledger)) == 1
    for path in (path for path in bench.root.rglob("*") if path.is_file()):
        assert b"latent" not in path.read_bytes() and b"threshold" not in path.read_bytes()
    again = bench.open()
    with monkeypatch.context() as patch:
        patch.setattr(latent, "draw_latent", _draw_but_not_default)
        assert count_vault(again, again.vault.compartment(), declared, 7, True) == Exit.WELL
    out, err = capsys.readouterr()
    assert out == whole and say("cli.count.goes_on", "en", count=5) in " ".join(err.split())
    first, second = kept(again)
    assert first == second
    assert read_desk(again.vault) == b'{"begun":[]}'


def test_a_count_goes_on_from_no_other_record(
    ledger: Ledger, declared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(OnggiError, match="count.stopped"):
        patch.setattr(working, "select_model", _stop)
        count_vault(ledger, ledger.vault.compartment(), declared, 7, True)
    append(ledger, *record(point("more", "victim", "p1", "sale", source="c")))
    capsys.readouterr()
    for _ in range(2):
        assert count_vault(ledger, ledger.vault.compartment(), declared, 7, True) == Exit.WELL
    out, err = capsys.readouterr()
    assert " ".join(err.split()).count(say("cli.count.anew", "en")) == 1
    assert out[: len(out) // 2] == out[len(out) // 2 :]


def test_what_cannot_be_kept_stops_no_count_and_is_not_said_to_be(
    ledger: Ledger, declared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "select_model", _stop)
    with ledger.vault.folder.locked(), pytest.raises(KeyboardInterrupt):
        count_vault(ledger, ledger.vault.compartment(), declared, 7, True)


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


def _draw_but_not_default(*arguments: Any, **named: Any) -> Any:
    assert "classes" in named, "this stage was done before the interruption"
    return DRAW(*arguments, **named)


def test_a_name_in_the_declaration_is_not_recorded(ledger: Ledger, declared: Path) -> None:
    append(ledger, *record(state("n", "name", "리영희", "p1"), stratum=Stratum.IDENTITY))
    text = declared.read_text("utf-8").replace("people sold", "the friends of Li Yingji")
    declared.write_text(text, "utf-8")
    with pytest.raises(OnggiError, match="estimate.name"):
        count_vault(ledger, ledger.vault.compartment(), declared, 1, True)
    assert not kept(ledger)
