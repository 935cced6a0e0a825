"""`onggi link`: tables in, pairs, clusters, settings and a report out; and everything that is no table."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from _people import COLUMNS, list_without_papers

from onggi.cli.main import run
from onggi.errors import Exit
from onggi.link.beforehand import UNNAMED
from onggi.words import LANGUAGES, say

Shown = pytest.CaptureFixture[str]
OUT = ["--out", "pairs.csv", "--clusters", "clusters.csv"]


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONGGI_LANG", "en")
    return tmp_path


def write_table(path: Path, people: int = 60, *more: dict[str, str]) -> list[dict[str, str]]:
    rows = [*list_without_papers(people, 5)[0], *more]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def read(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_pairs_clusters_and_settings(room: Path, capsys: Shown) -> None:
    rows = write_table(room / "t.csv")
    assert run(["link", "t.csv", *OUT, "--report", "r.html"]) == Exit.WELL
    ids = [row["record_id"] for row in rows]
    clusters, pairs = read("clusters.csv"), read("pairs.csv")
    assert [row["record_id"] for row in clusters] == ids
    assert pairs and all(float(row["probability"]) >= 0.01 for row in pairs)
    assert all(ids.index(row["record_id_a"]) < ids.index(row["record_id_b"]) for row in pairs)
    assert list(pairs[0])[:4] == ["record_id_a", "record_id_b", "probability", "weight_name"]
    told = json.loads((room / "pairs.csv.settings.json").read_text("utf-8"))
    assert told["seed"] == 1 and told["engine"] == "duckdb" and told["records"] == len(rows)
    assert not (room / "pairs.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    said = capsys.readouterr()
    assert said.out == "" and "seed 1" in said.err and "MiB" in said.err
    assert not any(row["name"] in said.err for row in rows if len(row["name"]) > 2), "no name on a screen"
    told_text = (room / "pairs.csv.settings.json").read_text("utf-8")
    assert not any(row["name"] in told_text for row in rows if len(row["name"]) > 2)


@pytest.mark.parametrize("people", [40, 200], ids=["known beforehand", "learned"])
def test_the_weights_of_a_pair_are_those_that_made_its_probability(room: Path, people: int) -> None:
    write_table(room / "t.csv", people)
    assert run(["link", "t.csv", *OUT]) == Exit.WELL
    rows = read("pairs.csv")
    sums = np.array([sum(float(row[name] or 0) for name in row if "weight_" in name) for row in rows])
    chances = np.array([float(row["probability"]) for row in rows])
    inner = (chances > 0.05) & (chances < 0.94) & (chances != UNNAMED)  # where no bound cuts it off
    odds = np.log(chances[inner] / (1 - chances[inner]))
    assert inner.sum() > 5 and np.ptp(odds - sums[inner]) < 0.01, "but for odds that are the same for all"


def test_the_same_seed_gives_the_same_bytes(room: Path) -> None:
    write_table(room / "t.csv")
    assert run(["link", "t.csv", *OUT]) == Exit.WELL
    assert run(["link", "t.csv", "--out", "p2.csv", "--clusters", "c2.csv"]) == Exit.WELL
    assert (room / "pairs.csv").read_bytes() == (room / "p2.csv").read_bytes()
    assert (room / "clusters.csv").read_bytes() == (room / "c2.csv").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_opens_and_runs_nothing(
    room: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("ONGGI_LANG", language)
    hostile = {
        "name": '=cmd|"/C calc"!A0<script>alert(1)</script>',
        "birth_year": "1931",
        "location": "http://a.example",
    }
    write_table(room / "t.csv", 20, *({"record_id": f"h{at}", **hostile} for at in range(2)))
    assert run(["link", "t.csv", *OUT, "--report", "r.html"]) == Exit.WELL
    page = (room / "r.html").read_text("utf-8")
    assert "alert(1)" in page, "the two stand in it"
    assert say("link.report.title", language) in page and "Fellegi" in page
    assert "<script" not in page and not re.search(r'(?:src|href|action)="(?!data:)', page)


def test_of_few_records_the_report_claims_nothing_that_was_not_done(room: Path) -> None:
    write_table(room / "t.csv", 20)
    assert run(["link", "t.csv", *OUT, "--report", "r.html"]) == Exit.WELL
    page = (room / "r.html").read_text("utf-8")
    assert "fitted on no data" in page and say("link.report.hardest", "en") in page
    assert "learned by EM" not in page and say("link.report.weights", "en") not in page


@pytest.mark.parametrize(
    ("text", "clusters"),
    [("record_id,name\n", 0), ("record_id,name\n=1+1,김철수\n", 1), ("record_id\na\na\nb\n", 2)],
)
def test_almost_empty_tables(room: Path, text: str, clusters: int) -> None:
    (room / "t.csv").write_text(text, "utf-8")
    assert run(["link", "t.csv", *OUT, "--report", "r.html"]) == Exit.WELL
    assert len(read("clusters.csv")) == clusters and read("pairs.csv") == []


def test_a_table_linked_with_itself_is_told(room: Path, capsys: Shown) -> None:
    rows = write_table(room / "t.csv", 20)
    assert run(["link", "t.csv", "t.csv", *OUT]) == Exit.WELL
    assert len(read("clusters.csv")) == len(rows)
    assert say("link.flag.left_out", "en", count=len(rows)) in capsys.readouterr().err


def test_of_many_rows_that_are_wrong_the_first_are_shown_and_all_are_counted(
    room: Path, capsys: Shown
) -> None:
    (room / "t.csv").write_text("record_id,name\n" + "1,x\n" * 301, "utf-8")
    assert run(["link", "t.csv", *OUT]) == Exit.WELL
    told = capsys.readouterr().err
    assert told.count(say("link.row.twice", "en")) == 20
    assert say("cli.findings.more", "en", count=280) in told


@pytest.mark.parametrize(
    ("command", "code", "error"),
    [
        (["link", "absent.csv", *OUT], Exit.USAGE, "cli.link.unreadable"),
        (["link", "t.csv", "--out", "x.csv", "--clusters", "x.csv"], Exit.USAGE, "cli.link.same"),
        (["link", "t.csv", "--out", "t.csv", "--clusters", "c.csv"], Exit.USAGE, "cli.names.taken"),
        (["link", "t.csv", "--out", "no/p.csv", "--clusters", "c.csv"], Exit.USAGE, "cli.names.place"),
        (["link", "t.csv", *OUT, "--engine", "abacus"], Exit.USAGE, "cli.link.wrong"),
        (["link", "bad.csv", *OUT], Exit.FINDINGS, "link.table.header"),
    ],
)
def test_what_cannot_be_linked(room: Path, capsys: Shown, command: list[str], code: int, error: str) -> None:
    write_table(room / "t.csv", 5)
    (room / "bad.csv").write_bytes(b"name\nx\n")
    assert run(command) == code
    assert say(error, "en", **({"table": 1} if "header" in error else {})) in capsys.readouterr().err
    assert not (room / "pairs.csv").exists() and not (room / "clusters.csv").exists()


def test_a_kill_leaves_nothing_that_is_half_done(room: Path) -> None:
    write_table(room / "t.csv", 200)
    process = subprocess.Popen(
        [sys.executable, "-m", "onggi.cli", "link", "t.csv", *OUT], stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (room / "pairs.csv").exists() or read("pairs.csv")
    assert not (room / "clusters.csv").exists()


def test_what_a_kill_left_is_taken_away_and_told(room: Path, capsys: Shown) -> None:
    write_table(room / "t.csv", 20)
    (room / "pairs.csv.unfinished").write_text("record_id_a,rec")
    assert run(["link", "t.csv", *OUT]) == Exit.WELL
    assert say("cli.link.clean", "en") in capsys.readouterr().err
    assert not (room / "pairs.csv.unfinished").exists() and read("pairs.csv")


def test_clusterings_that_are_drawn_are_written_and_repeat(room: Path) -> None:
    rows = write_table(room / "t.csv")
    asked = ["link", "t.csv", *OUT, "--replicates", "r.csv", "--draws", "20", "--seed", "3"]
    assert run(asked) == Exit.WELL
    drawn = read("r.csv")
    assert [row["record_id"] for row in drawn] == [row["record_id"] for row in rows]
    assert list(drawn[0])[1:] == [f"r{number}" for number in range(1, 21)]
    assert all(int(value) >= 1 for row in drawn for name, value in row.items() if name != "record_id")
    assert json.loads((room / "pairs.csv.settings.json").read_text("utf-8"))["draws"] == 20
    first = (room / "r.csv").read_bytes()
    for path in room.glob("*"):
        if path.name != "t.csv":
            path.unlink()
    assert run(asked) == Exit.WELL and (room / "r.csv").read_bytes() == first


@pytest.mark.parametrize("draws", ["19", "101"])
def test_fewer_than_twenty_clusterings_or_more_than_a_hundred_are_refused(room: Path, draws: str) -> None:
    write_table(room / "t.csv")
    assert run(["link", "t.csv", *OUT, "--replicates", "r.csv", "--draws", draws]) == Exit.USAGE
    assert not (room / "r.csv").exists()
