"""`onggi names`: a name read, two compared, a table scored; and everything that is no name or no table."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.resources import files as resources
from itertools import islice
from pathlib import Path

import pytest
from tests.cli.conforming import find_deviations

from onggi.cli import names
from onggi.cli.contracts.names import Compared, NameRow
from onggi.cli.main import run
from onggi.errors import Exit, OnggiError
from onggi.names.compare import compare
from onggi.names.pairs import Pair, read_pairs, score_pair
from onggi.words import LANGUAGES, known, say
from onggi.words.whereabouts import say_where

HEADER = ["a", "b", "score", "reading"]
UNREADABLE = {
    "": "names.unread.empty",
    " ": "names.unread.empty",
    "🙂": "names.unread.script",
    "ㄹㅣㅇ": "names.unread.script",
    "1984": "names.unread.script",
    "리\x1b[2J영희": "names.unread.script",
    "리" * 10_000: "names.unread.long",
    "Smithson": "names.unread.reading",
}
# What is no table of pairs, and what is said of it.
TABLES = {
    "empty": (b"", "names.pairs.header", {}),
    "no header": ("리영희,李英姬\n".encode(), "names.pairs.header", {}),
    "one column": (b"a,c\n1,2\n", "names.pairs.header", {}),
    "twice": (b"a,b,a\n1,2,3\n", "names.pairs.header", {}),
    "semicolons": (b"a;b\n1;2\n", "names.pairs.header", {}),
    "UTF-16": ("a,b\n리영희,李英姬\n".encode("utf-16"), "names.pairs.encoding", {"line": 1}),
    "UTF-16 without a mark": ("a,b\n리영희,李英姬\n".encode("utf-16-le"), "names.pairs.header", {}),
    "two encodings": (
        "a,b\nRi,Lee\n리영희,".encode() + "이영희\n".encode("cp949"),
        "names.pairs.encoding",
        {"line": 3},
    ),
    "bytes of no encoding": (b"a,b\nRi,Lee\nRi,\xff\xff\xff\n", "names.pairs.encoding", {"line": 3}),
    "open quotation": (b'a,b\nx,y\n"x,y\nx,y\n', "names.pairs.quotation", {"line": 3}),
    "stray quotation": (b'a,b\n"x"y,z\n', "names.pairs.quotation", {"line": 2}),
    "huge cell": (b"a,b\n" + b"x" * 200_000 + b",y\n", "names.pairs.quotation", {"line": 2}),
    "long line": (b"a,b\nx,y\n" + b"x," * 600_000 + b"\n", "names.pairs.line", {"line": 3, "limit": 1}),
}


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What standard input holds."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))

    return put


def read_rows(text: str) -> list[list[str]]:
    """A table as rows of cells."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# -------------------------------------------------------------------------------------------------- one, two


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_is_read(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert run(["names", "Ri Yong Hui"]) == Exit.WELL
    headings, first, second, *_ = capsys.readouterr().out.splitlines()
    ids = ("weight", "surname", "given", "system")
    assert all(say(f"names.column.{id}", lang) in headings for id in ids)
    assert first.split()[2:4] == ["리", "영희"] and first.rstrip().endswith(say("names.system.north", lang))
    assert second.split()[2:4] == ["리", "용희"]
    assert float(first.split()[0]) > 50 > float(second.split()[0])


@pytest.mark.parametrize(
    "text", ["李英姬", "リ・ヨンヒ", "ﾘ･ﾖﾝﾋ", "Ли Ён Хи", "LEE Young-hee", "리\u200e영희"]
)
def test_a_name_is_read_from_any_script(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["names", text, "--json"]) == Exit.WELL
    answer = json.loads(capsys.readouterr().out)
    assert find_deviations(NameRow, answer) == []
    assert (answer["name"], answer["problem"]) == (text, None)
    best = answer["readings"][0]
    assert (best["surname"], best["given"]) == ("리", "영희")
    assert 0.5 < sum(one["weight"] for one in answer["readings"]) <= 1.001


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_else_is_meant_is_told(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert run(["names", "영희 엄마"]) == Exit.WELL
    assert say("names.kin", lang, who=say("names.kin.mother", lang)) in capsys.readouterr().out
    assert run(["names", "김영희 동지"]) == Exit.WELL
    assert say("names.title", lang) in capsys.readouterr().out
    assert run(["names", "김영희 동지", "--json"]) == Exit.WELL
    answer = json.loads(capsys.readouterr().out)
    assert (find_deviations(NameRow, answer), answer["form"]) == ([], {"kind": "title", "what": "comrade"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_names_are_compared(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert run(["names", "Li Yingji", "李英姬"]) == Exit.WELL
    said = capsys.readouterr()
    score, sentence = said.out.rstrip("\n").split("  ")
    assert 0.5 < float(score) <= 1 and len(score) == len("0.1234")
    assert sentence == say("names.compare.shared", lang, reading="리영희 / 李英姬")
    assert said.err == say("names.proof", lang) + "\n"
    assert run(["names", "Li Yingji", "박지성", "--json"]) == Exit.WELL
    answer = json.loads(capsys.readouterr().out)
    assert find_deviations(Compared, answer) == []
    assert (answer["a"], answer["b"], answer["shared"]) == ("Li Yingji", "박지성", [])
    assert answer["score"] < 0.1 and answer["reading"] == say("names.compare.apart", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("text", "problem"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_is_no_name_is_not_read(
    text: str, problem: str, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert run(["names", text, "--json"]) == Exit.FINDINGS
    said = capsys.readouterr()
    assert json.loads(said.out) == {"error": problem, "message": say(problem, lang), "hint": ""}
    assert said.err == f"onggi: {say(problem, lang)}\n"
    for words, which in ((["리영희", text], "B"), ([text, "리영희"], "A")):
        assert run(["names", *words]) == Exit.FINDINGS
        said = capsys.readouterr()
        assert said.out == ""
        assert say("cli.names.unread", lang, which=which, why=say(problem, lang)) in said.err


def test_the_same_text_twice_has_a_score_though_nobody_can_read_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["names", "Smithson", "smithson"]) == Exit.WELL
    assert say("names.compare.same_text", "en") in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["리영희", "-"],
        ["-", "리영희"],
        ["리영희", "--out", "o.csv"],
        ["--pairs", "p.csv"],
        ["--out", "o.csv"],
        ["리영희", "--pairs", "p.csv", "--out", "o.csv"],
        ["--pairs", "p.csv", "--out", "o.csv", "--json"],
    ],
)
def test_other_words_are_refused(words: list[str], room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (room / "p.csv").write_text("a,b\n", "utf-8")
    assert run(["names", *words]) == Exit.USAGE
    assert say("cli.names.wrong", "en") in capsys.readouterr().err
    assert os.listdir(room) == ["p.csv"]


def test_whatever_a_reading_can_be_has_a_label() -> None:
    room = resources("onggi.names")
    systems = {path.name.removesuffix(".toml") for path in room.joinpath("systems").iterdir()}
    kin = tomllib.loads(room.joinpath("data/forms.toml").read_text("utf-8"))["kin"]
    ids = {f"system.{id}" for id in systems | {"hangul", "hanja", "mandarin", "mixed"}}
    assert [id for id in ids | {f"kin.{who}" for who in kin} if not known(f"names.{id}")] == []


# --------------------------------------------------------------------------------------------- standard input


def test_names_come_from_standard_input(
    pipe: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    data = "\ufeffLi Yingji\r\n\n🙂\n李英姬".encode()
    pipe(data)
    assert run(["names", "-"]) == Exit.WELL
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("Weight")]
    assert lines[0] == "Li Yingji" and lines[1].split()[2:4] == ["리", "영희"]
    assert lines[lines.index("🙂") + 1].strip() == say("names.unread.script", "en")
    assert lines[-2] == "李英姬"
    pipe(data)
    assert run(["names", "-", "--json"]) == Exit.WELL
    answer = json.loads(capsys.readouterr().out)
    assert find_deviations(list[NameRow], answer) == []
    assert [row["name"] for row in answer] == ["Li Yingji", "🙂", "李英姬"]
    assert [row["problem"] is None for row in answer] == [True, False, True]


@pytest.mark.parametrize(
    ("data", "id", "line"),
    [
        (b"", "intake.file.empty", 1),
        (b"\n \n", "intake.file.empty", 1),
        ("Ri\n리영희\n".encode("cp949"), "intake.file.encoding", 2),
        (b"Ri\n\x1b[2J\n", "intake.file.control", 2),
        ("\u202e리영희\n".encode(), "intake.file.direction", 1),
    ],
)
def test_what_is_no_text_is_not_read(
    data: bytes, id: str, line: int, pipe: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(data)
    assert run(["names", "-"]) == Exit.FINDINGS
    said = capsys.readouterr()
    assert said.out == ""
    assert f"line {line}: {say(id, 'en')}" in said.err
    assert said.err.endswith(f"onggi: {say('cli.names.list', 'en')}\n  {say('cli.names.list.hint', 'en')}\n")
    pipe(data)
    assert run(["names", "-", "--json"]) == Exit.FINDINGS
    assert json.loads(capsys.readouterr().out)["error"] == "cli.names.list"


@pytest.mark.parametrize("words", ["-", "--pairs - --out -", "--pairs - --out o.csv"])
def test_a_closed_standard_input_is_an_empty_one(words: str, room: Path) -> None:
    command = f'exec "$0" -m onggi.cli names {words} <&-'
    done = subprocess.run(["bash", "-c", command, sys.executable], capture_output=True, text=True)
    assert done.returncode == Exit.FINDINGS, done.stderr
    assert say("intake.file.empty" if words == "-" else "names.pairs.header", "en") in done.stderr
    assert os.listdir(room) == []


# ------------------------------------------------------------------------------------------------------ pairs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_is_scored(
    lang: str, room: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    table = '\ufeffb,id,"a",note\r\nLi Yingji,1,리영희,"a\nb"\r\n\r\n🙂,2,\r\nKim,3,🙂,\r\n'
    table += '"Ri Yong\nHui",4,李\u3000英姬,\n박지성,5,"=\x1b[2J\u202eKim"," "" "\n,6, ,'
    (room / "p.csv").write_bytes(table.encode())
    assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == Exit.WELL
    rows = read_rows((room / "o.csv").read_bytes().decode())
    unread = {id: say(f"names.unread.{id}", lang) for id in ("script", "empty")}
    width = say("intake.table.width", lang, columns=4)
    shared, nothing = "names.compare.shared", f"{compare('', '').score:.4f}"
    assert rows[0] == HEADER
    assert rows[1] == ["리영희", "Li Yingji", rows[1][2], say(shared, lang, reading="리영희")]
    assert rows[2] == ["", "🙂", nothing, width]
    assert rows[3] == ["🙂", "Kim", nothing, f"a: {unread['script']}"]
    assert rows[4] == [
        "李\u3000英姬",
        "Ri Yong\nHui",
        rows[4][2],
        say(shared, lang, reading="리영희 / 李英姬"),
    ]
    assert rows[5] == ["'= [2J Kim", "박지성", nothing, f"a: {unread['script']}"]
    assert rows[6] == [" ", "", nothing, f"a: {unread['empty']} b: {unread['empty']}"]
    assert len(rows) == 7
    assert all(len(row[2]) == 6 and 0.5 < float(row[2]) < 1 for row in (rows[1], rows[4]))
    said = capsys.readouterr()
    assert said.out == ""
    for place, what in (("line 5", width), ("line 6, a", unread["script"]), ("line 10, b", unread["empty"])):
        assert say_where(place, lang) + say("cli.colon", lang) + what in said.err
    assert say("cli.names.done", lang, count=6) in said.err
    assert say("cli.names.strange", lang, count=4) in said.err
    assert said.err.endswith(say("names.proof", lang) + "\n")
    assert (room / "o.csv").stat().st_mode & 0o077 == 0


def test_a_table_goes_through_pipes(
    pipe: Callable[[bytes], None], room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe("a,b\n리영희,李英姬\n🙂,Kim\n".encode())
    assert run(["names", "--pairs", "-", "--out", "-"]) == Exit.WELL
    said = capsys.readouterr()
    assert [row[:2] for row in read_rows(said.out)] == [["a", "b"], ["리영희", "李英姬"], ["🙂", "Kim"]]
    assert "line 3, a: " in said.err
    assert os.listdir(room) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("table", "id", "values"), TABLES.values(), ids=TABLES)
def test_what_is_no_table_leaves_nothing(
    table: bytes,
    id: str,
    values: dict[str, int],
    lang: str,
    room: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    (room / "p.csv").write_bytes(table)
    assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == Exit.FINDINGS
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"onggi: {say(id, lang, **values)}\n  {say(f'{id}.hint', lang)}\n"
    assert os.listdir(room) == ["p.csv"]


@pytest.mark.parametrize("place", ["p.csv", "folder", "link", "o.csv"])
def test_what_stands_there_is_not_replaced(
    place: str, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (room / "p.csv").write_text("a,b\n리영희,Li Yingji\n", "utf-8")
    (room / "o.csv").write_text("kept", "utf-8")
    (room / "folder").mkdir()
    (room / "link").symlink_to("nowhere")
    before = sorted(os.listdir(room))
    assert run(["names", "--pairs", "p.csv", "--out", place]) == Exit.USAGE
    assert say("cli.names.taken", "en") in capsys.readouterr().err
    assert (sorted(os.listdir(room)), (room / "o.csv").read_text("utf-8")) == (before, "kept")


@pytest.mark.parametrize(
    ("pairs", "out", "id"),
    [
        ("absent.csv", "o.csv", "unreadable"),
        (".", "o.csv", "unreadable"),
        ("p.csv", "absent/o.csv", "place"),
        ("p.csv", "p.csv/o.csv", "place"),
        ("p.csv", "o" * 250, "place"),
        ("p.csv", "left.csv", "unfinished"),
        pytest.param(
            "p.csv",
            "/proc/o.csv",
            "place",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a folder where nobody may write"),
        ),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    pairs: str, out: str, id: str, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (room / "p.csv").write_text("a,b\n리영희,Li Yingji\n", "utf-8")
    (room / "left.csv.unfinished").write_text("left", "utf-8")
    assert run(["names", "--pairs", pairs, "--out", out]) == Exit.USAGE
    said = capsys.readouterr().err
    assert say(f"cli.names.{id}", "en") in said and say(f"cli.names.{id}.hint", "en") in said
    assert sorted(os.listdir(room)) == ["left.csv.unfinished", "p.csv"]


@pytest.mark.parametrize(
    ("error", "code", "id"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED, "cli.interrupted"),
        (OSError(errno.ENOSPC, "No space left"), Exit.CLOSED, "cli.names.disk"),
        (MemoryError(), Exit.CLOSED, "cli.memory"),
    ],
)
def test_what_stops_the_work_leaves_nothing(
    error: BaseException,
    code: Exit,
    id: str,
    room: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(_: int) -> None:
        assert (room / "o.csv.unfinished").read_text("utf-8").count("\n") == 2
        raise error

    monkeypatch.setattr(os, "fsync", stop)
    (room / "p.csv").write_text("a,b\n리영희,Li Yingji\n", "utf-8")
    assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == code
    assert say(id, "en") in capsys.readouterr().err
    assert os.listdir(room) == ["p.csv"]


def test_what_came_to_stand_there_meanwhile_is_not_replaced(
    room: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (room / "o.csv").write_text("kept", "utf-8"))
    (room / "p.csv").write_text("a,b\n", "utf-8")
    assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == Exit.USAGE
    assert say("cli.names.taken", "en") in capsys.readouterr().err
    assert sorted(os.listdir(room)) == ["o.csv", "p.csv"]
    assert (room / "o.csv").read_text("utf-8") == "kept"


def test_a_disk_without_links_gets_its_file(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (room / "p.csv").write_text("a,b\n리영희,Li Yingji\n", "utf-8")
    assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == Exit.WELL
    assert len((room / "o.csv").read_text("utf-8").splitlines()) == 2
    assert sorted(os.listdir(room)) == ["o.csv", "p.csv"]


# -------------------------------------------------------------------------------------------------- streaming


def endless_lines(note: str = "") -> Iterator[bytes]:
    """A table that does not end."""
    yield b"a,b,note\n"
    while True:
        yield f"리영희,Li Yingji,{note}\n".encode()
        yield f"박지성,김영희,{note}\n".encode()


def test_rows_are_read_one_at_a_time() -> None:
    pairs = list(islice(read_pairs(endless_lines()), 3))
    assert pairs == [
        Pair(2, "리영희", "Li Yingji"),
        Pair(3, "박지성", "김영희"),
        Pair(4, "리영희", "Li Yingji"),
    ]


@pytest.mark.parametrize(
    ("encoding", "a", "b"),
    [("cp949", "리영희", "李英姬"), ("gb18030", "李英姬", "리영희"), ("gb18030", "崔龙海", "Choe Ryong Hae")],
)
@pytest.mark.parametrize("ascii_lines", [0, 3, 20_000])
def test_a_table_in_an_older_encoding_is_read_and_said_to_be(
    encoding: str, a: str, b: str, ascii_lines: int
) -> None:
    lines = ["a,b\n", *["Ri Yong Hui,Lee\n"] * ascii_lines, *[f"{a},{b}\n"] * 5]
    told: list[str] = []
    pairs = list(read_pairs((line.encode(encoding) for line in lines), told.append))
    assert pairs[-1] == Pair(len(lines), a, b)
    assert len(pairs) == len(lines) - 1 and told == [encoding.upper()]


def test_a_table_in_utf_8_is_not_said_to_be() -> None:
    told: list[str] = []
    assert len(list(islice(read_pairs(endless_lines(), told.append), 3))) == 3
    assert told == []


def test_a_quotation_without_end_is_not_waited_for() -> None:
    with pytest.raises(OnggiError) as refused:
        list(read_pairs(line.replace(b"Li", b'"Li') for line in endless_lines("x")))
    assert (refused.value.id, refused.value.values) == ("names.pairs.quotation", {"line": 2})


def test_a_long_table_takes_no_more_memory(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = 20_000
    rows = f"리영희\n🙂,리영희,{'말' * 200}\n"  # which take less time than two names that can be read
    (room / "p.csv").write_text("a,b,note\n" + rows * (count // 2), "utf-8")
    (room / "short.csv").write_text("a,b,note\n" + rows, "utf-8")
    run(["names", "--pairs", "short.csv", "--out", "warm.csv"])
    capsys.readouterr()
    tracemalloc.start()
    try:
        assert run(["names", "--pairs", "p.csv", "--out", "o.csv"]) == Exit.WELL
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000 < (room / "p.csv").stat().st_size / 5
    with open(room / "o.csv", encoding="utf-8") as scored:
        assert sum(1 for _ in scored) == 1 + count
    said = capsys.readouterr().err
    assert said.count("line ") == names._MOST_TOLD
    assert say("cli.names.strange", "en", count=count) in said


def test_scores_do_not_depend_on_the_side() -> None:
    one, other = (score_pair(Pair(2, *pair)) for pair in (("Li Yingji", "李英姬"), ("李英姬", "Li Yingji")))
    assert one.cells[2:] == other.cells[2:]


@pytest.mark.parametrize("cell", ["=1+1", "+82", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_what_a_spreadsheet_would_compute_is_defused(cell: str) -> None:
    a, b, *_ = score_pair(Pair(2, cell, "리영희")).cells
    assert a.startswith("'") and a.endswith(cell.strip()) and b == "리영희"


def test_a_reader_that_has_enough_is_no_error(room: Path) -> None:
    with open(room / "p.csv", "wb") as table:
        table.writelines(islice(endless_lines(), 5000))
    with subprocess.Popen(
        [sys.executable, "-m", "onggi.cli", "names", "--pairs", "p.csv", "--out", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"a,b,score,reading\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.WELL


def test_no_vault_is_opened_and_nobody_is_called() -> None:
    asked = "import sys; from onggi.cli.main import run; run(['names', '리영희', 'Li Yingji']); "
    asked += "print({'onggi.vault', 'onggi.ledger', 'ssl', 'urllib.request'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
