"""A table of names in the pages: the scores are those of the command, and no page holds a name of it."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from tests.web.test_bring_page import send_parts
from tests.web.test_upload import wait
from tests.web.visiting import Answered, Visitor

from onggi.cli.main import run
from onggi.web.jobs import Job
from onggi.web.scored import MOST_PAIRS
from onggi.words import LANGUAGES, say

AT = "/names/table"
TABLE = "id,a,b\n1,심나은,Sim Na Eun\n2,李英姬,리영희\n3,1984,심나은\n4,심나은\n5,=cmd|심나은,\u202e리영희\n"
CANARY = "심나은"


def send(visitor: Visitor, tables: Sequence[bytes], tongue: str = "en", **typed: str) -> Answered:
    visitor.house.session.tongue = tongue
    parts = [("pairs", f"{CANARY}.csv", one) for one in tables] or [("pairs", "", b"")]
    return send_parts(visitor, parts, AT, typed={"pasted": "", **typed})


def bring(visitor: Visitor, *tables: bytes, tongue: str = "en", **typed: str) -> Job:
    return wait(visitor, send(visitor, tables, tongue, **typed))


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_the_scores_are_those_of_the_command_to_the_byte(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str, encoding: str
) -> None:
    table = TABLE.replace("\u202e", "").encode(encoding)
    (tmp_path / "t.csv").write_bytes(table)
    monkeypatch.setenv("ONGGI_LANG", tongue)
    assert run(["names", "--pairs", str(tmp_path / "t.csv"), "--out", str(tmp_path / "s.csv")]) == 0
    monkeypatch.setenv("ONGGI_LANG", "en")
    job = bring(visitor, table, tongue=tongue)
    assert job.state == "done", job.error
    answer = visitor.get(f"{job.path}/scores.csv")
    assert answer.body == (tmp_path / "s.csv").read_bytes()
    assert answer.headers["content-disposition"] == 'attachment; filename="scores.csv"'
    page = visitor.get(job.path).text
    assert (encoding.upper() in page) == (encoding != "utf-8")


def test_no_name_of_the_table_is_in_a_page_or_a_file(visitor: Visitor, desk: Path) -> None:
    job = bring(visitor, TABLE.encode())
    for path in (job.path, f"/jobs/{job.id}", "/jobs", AT, "/names"):
        page = visitor.get(path).text
        assert not [text for text in (CANARY, "Sim Na Eun", "李英姬", "cmd", "\u202e") if text in page], path
    page = unescape(visitor.get(job.path).text)
    assert say("web_names.scored.count", "en", count=5, unread=3) in page and "line 4, a" in page
    assert visitor.get(f"{job.path}/scores.csv").text.splitlines()[5].startswith("'=cmd|")
    written = [path.read_bytes() for path in desk.rglob("*") if path.is_file()]
    assert not [data for data in written if CANARY.encode() in data]
    assert CANARY not in repr(visitor.house.desk.scored.find(job.path.rpartition("/")[2]))
    assert visitor.post(job.path).headers["location"] == AT
    for path in (job.path, f"{job.path}/scores.csv"):
        gone = visitor.get(path)
        assert gone.status == 404 and say("web_names.gone", "en") in gone.text


BROKEN = {
    "no header": (f"{CANARY},x\n".encode(), "names.pairs.header"),
    "semicolons": (f"a;b\n{CANARY};x\n".encode(), "names.pairs.header"),
    "no encoding": (b"a,b\nRi,\xff\xff\xff\n", "names.pairs.encoding"),
    "quotation": (f'a,b\n"{CANARY}"x,y\n'.encode(), "names.pairs.quotation"),
    "long line": (b"a,b\n" + b"x" * 1_000_001 + b",y\n", "names.pairs.line"),
    "large": (b"a,b\n" * (MOST_PAIRS // 4) + b"x", "web_names.large"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_table_is_told_at_its_field(visitor: Visitor, broken: str) -> None:
    table, error = BROKEN[broken]
    answer = send(visitor, [table])
    if answer.status == 303:
        answer = visitor.get(wait(visitor, answer).path)
    line = {"encoding": 2, "quotation": 2, "line": 2}.get(error.rpartition(".")[2], 0)
    assert answer.status == 422 and '<a href="#pairs">' in answer.text and CANARY not in answer.text
    assert say(error, "en", line=line, limit=1) in unescape(answer.text)


def test_one_table_at_a_time_and_pasted_is_one(visitor: Visitor) -> None:
    job = bring(visitor, pasted=TABLE.replace("\n", "\r\n"))
    assert visitor.get(f"{job.path}/scores.csv").text.count("\n") == 6
    both, none = send(visitor, [TABLE.encode()], pasted=TABLE), send(visitor, [])
    for answer in (both, none):
        assert answer.status == 422 and '<a href="#pairs">' in answer.text and CANARY not in answer.text
    two = bring(visitor, TABLE.encode(), TABLE.encode())
    assert two.state == "failed" and two.error is not None and two.error.id == "web_names.fileless"
