"""Tables of other lists: what no page says of them, and that the files are those of the command."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from _people import COLUMNS, list_without_papers
from tests.web.test_bring_page import send_parts
from tests.web.test_upload import wait
from tests.web.visiting import Answered, Visitor

from onggi.cli.main import run
from onggi.errors import Finding
from onggi.link.draws import FEWEST
from onggi.web.jobs import Job
from onggi.web.listed import MOST_TABLES, Listed
from onggi.web.rendering import say_finding
from onggi.web.store import MOST_HELD, Store
from onggi.words import LANGUAGES, catalogue, say

AT = "/review/tables"
CANARY = "심나은"
FILES = ("pairs.csv", "clusters.csv", "replicates.csv", "settings.json", "report.html")
MAP = '[columns]\nrecord_id = "no"\nname = "성명"\n\n[feature.phone]\nkind = "code"\n'


def write_table(rows: Sequence[Mapping[str, str]]) -> bytes:
    sheet = StringIO()
    writer = csv.DictWriter(sheet, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue().encode()


PEOPLE = list_without_papers(60, 5)[0]
TABLES = [write_table(PEOPLE[::2]), write_table(PEOPLE[1::2])]
NAMES = {row["name"] for row in PEOPLE if len(row["name"]) > 3} | {row["record_id"] for row in PEOPLE}


def send(visitor: Visitor, tables: Sequence[bytes], mapping: bytes = b"", **typed: str) -> Answered:
    """Send the form as a browser does; a field for which nothing was chosen has an empty file."""
    parts = [("map", "CANARY.toml" if mapping else "", mapping)]
    parts += [("tables", f"{CANARY}.csv", one) for one in tables] or [("tables", "", b"")]
    return send_parts(visitor, parts, AT, typed={"pasted": "", "typed": "", **typed})


def bring(visitor: Visitor, *tables: bytes, mapping: bytes = b"", **typed: str) -> Job:
    """Bring tables, and wait until they were looked at."""
    return wait(visitor, send(visitor, tables, mapping, **typed))


def link(visitor: Visitor, path: str, **typed: str) -> Job:
    """Have the tables of a page linked."""
    return wait(visitor, visitor.post(path, typed))


def read_all(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_a_row_is_shown_but_how_many_and_how_they_are_read(visitor: Visitor) -> None:
    table = f"no,성명,phone,세례명\n1,{CANARY},010-7777\n2,{CANARY},010-7777,x\n2,{CANARY},,\n,{CANARY},,\n"
    job = bring(visitor, table.encode(), b"no,\xec\x84\xb1\xeb\xaa\x85,phone\n9,x,1\n", mapping=MAP.encode())
    assert job.state == "done", job.error
    for tongue in LANGUAGES:
        page = visitor.get(job.path, accept_language=tongue).text
        shown = unescape(re.sub("<[^>]+>", " ", page))
        for head in ("no", "성명", "phone", "세례명"):
            assert re.search(rf"\b{head}\b", shown), (tongue, head)
        assert say("web_lists.rows", tongue, rows=1, left_out=3) in shown
        assert say("web_lists.seen.lead", tongue, records=2, tables=2) in shown
        for code in ("link.row.width", "link.row.twice", "link.row.nameless"):
            assert say(code, tongue) in shown
        assert "010" not in page and CANARY not in page and "--map" not in page


def test_no_name_of_a_row_is_in_a_page_an_address_an_error_or_a_file(
    visitor: Visitor, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    before = read_all(desk)
    job = bring(visitor, *TABLES)
    pages = [visitor.get(path).text for path in (job.path, f"/jobs/{job.id}", "/jobs")]
    done = link(visitor, job.path, seed="3", draws=str(FEWEST))
    assert (done.state, done.path) == ("done", f"{job.path}/linked"), done.error
    pages += [
        visitor.get(path).text for path in (job.path, f"/jobs/{done.id}", "/jobs", "/log", AT, "/review")
    ]
    assert "no pair" not in pages[3] and say("link.report.keys", "en") in pages[3]
    for page in pages:
        assert [name for name in NAMES if re.search(rf"\b{re.escape(name)}\b", page)] == []
    after = read_all(desk)
    changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    assert [path for path in changed if path.parent.name != "index"] == [], "a job opens it anew, sealed"
    assert not [name for name in NAMES for data in after.values() if len(name) > 5 and name.encode() in data]
    assert list((tmp_path / "temporary").rglob("*")) == []
    assert PEOPLE[0]["name"] not in repr(visitor.house.desk.listed.find(job.path.rpartition("/")[2]))


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_files_are_those_of_the_command_to_the_byte(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONGGI_LANG", tongue)
    for at, table in enumerate(TABLES):
        (tmp_path / f"t{at}.csv").write_bytes(table)
    command = ["link", "t0.csv", "t1.csv", "--out", "pairs.csv", "--clusters", "clusters.csv", "--seed", "3"]
    more = ["--report", "report.html", "--replicates", "replicates.csv", "--draws", str(FEWEST)]
    assert run([*command, *more]) == 0
    (tmp_path / "pairs.csv.settings.json").rename(tmp_path / "settings.json")
    job = bring(visitor, *TABLES)
    done = link(visitor, job.path, seed="3", draws=str(FEWEST))
    page = visitor.get(done.path, accept_language=tongue).text
    for name in FILES:
        assert f'href="{job.path}/file/{name}"' in page
        answer = visitor.get(f"{job.path}/file/{name}", accept_language=tongue)
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["content-type"] == "application/octet-stream"
        assert _level(answer.body) == _level((tmp_path / name).read_bytes()), name


def _level(data: bytes) -> bytes:
    """But for the most memory that was held."""
    return re.sub(rb'("peak_mib": |>)\d+( MiB)?\b', rb"\1", data)


def test_pasted_is_a_table_too_and_its_text_is_in_no_page(visitor: Visitor) -> None:
    pasted = f"no,성명\n1,{CANARY}\n2,{CANARY}\n"
    text = '[columns]\nrecord_id = "no"\nname = "성명"\n'
    job = bring(visitor, pasted=pasted.replace("\n", "\r\n"), typed=text)
    assert job.state == "done" and CANARY not in visitor.get(job.path).text
    assert link(visitor, job.path).state == "done"
    pairs = visitor.get(f"{job.path}/file/pairs.csv").text.splitlines()
    assert len(pairs) == 2 and pairs[1].startswith("1,2,")
    assert visitor.get(f"{job.path}/file/replicates.csv").status == 404, "nothing was drawn"
    plain = wait(visitor, visitor.post(AT, {"pasted": pasted, "typed": text}))
    assert visitor.get(plain.path).status == 200, "a form that is sent without files"
    broken = wait(visitor, visitor.post(AT, {"pasted": pasted, "typed": "[columns"}))
    page = visitor.get(broken.path)
    assert page.status == 422 and "[columns</textarea>" in page.text and CANARY not in page.text


BROKEN: dict[str, tuple[bytes, bytes, str, str]] = {
    "empty": (b"", b"", "link.table.header", "tables"),
    "no id": (f"name\n{CANARY}\n".encode(), b"", "link.table.header", "tables"),
    "a head twice": (b"record_id,name,name\n1,2,3\n", b"", "link.table.header", "tables"),
    "semicolons": (f"record_id;name\n1;{CANARY}\n".encode(), b"", "link.table.header", "tables"),
    "no encoding": (b"record_id,name\n1,\xff\xff\xff\n", b"", "link.table.encoding", "tables"),
    "UTF-16": (f"record_id,name\n1,{CANARY}\n".encode("utf-16"), b"", "link.table.encoding", "tables"),
    "open quotation": (f'record_id,"name\n1,{CANARY}\n'.encode(), b"", "link.table.quotation", "tables"),
    "stray quotation": (f'record_id,name\n1,"{CANARY}"x\n'.encode(), b"", "link.table.quotation", "tables"),
    "huge cell": (b"record_id,name\n1," + b"x" * 200_000 + b"\n", b"", "link.table.quotation", "tables"),
    "a map of other columns": (b"record_id\n1\n", b'[columns]\nname = "n"\n', "link.table.column", "map"),
    "a map that is none": (b"record_id\n1\n", b"\xff", "link.map.broken", "map"),
    "a map of other keys": (b"record_id\n1\n", b"[people]\n", "link.map.unknown", "map"),
    "a kind that is none": (b"record_id\n1\n", b'[feature.x]\nkind = "y"\n', "link.map.kind", "map"),
    "a table for a map": (b"record_id\n1\n", b"x" * (1 << 20) + b"x", "web_lists.map_large", "map"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_table_is_told_at_its_field_and_says_nothing_of_a_row(visitor: Visitor, broken: str) -> None:
    table, mapping, error, where = BROKEN[broken]
    job = bring(visitor, table, mapping=mapping)
    assert job.state == "done", job.error
    for tongue in LANGUAGES:
        page = visitor.get(job.path, accept_language=tongue)
        kept = visitor.house.desk.listed.find(job.path.rpartition("/")[2])
        assert kept is not None and kept.problem is not None and kept.records is None
        assert (kept.problem.code, kept.problem.where) == (error, where)
        assert page.status == 422 and f'<a href="#{where}">' in page.text and CANARY not in page.text
        assert say_finding(kept.problem, tongue)[0] in unescape(page.text)
    assert visitor.post(job.path, {}).headers["location"] == job.path
    assert visitor.get(f"{job.path}/file/pairs.csv").status == 404


HOSTILE = "=cmd|'/C calc'!A0<script>alert(1)</script>\u202eevil"


def test_what_is_hostile_is_read_as_text_and_runs_nowhere(visitor: Visitor) -> None:
    heads = ",".join(f"c{at}" for at in range(9_994))
    long = "h" * 400
    head = f'record_id,name,location,"{HOSTILE}","{long}","two\nlines",{heads}\n'
    rows = [f'={at},"{HOSTILE}",http://a.example,"x\u0000","",{"," * 9_994}\n' for at in range(3)]
    mapping = f'[feature."\u202e<script>"]\nkind = "word"\ncolumn = "c1"\n[feature.{long}]\nkind = "code"\n'
    job = bring(visitor, (head + "".join(rows)).encode(), mapping=mapping.encode())
    assert job.state == "done", job.error
    page = visitor.get(job.path).text
    for text in ("\u202e", "calc", "<script>alert", long, "two\nlines", "a.example"):
        assert text not in page, text
    assert say("link.row.formula", "en") in page and "compared (9995)" in page
    done = link(visitor, job.path, draws=str(FEWEST))
    assert done.state == "done", done.error
    page = visitor.get(done.path).text
    for text in ("calc", "<script>alert", "a.example", "\u202e"):
        assert text not in page, text
    report = visitor.get(f"{job.path}/file/report.html").text
    assert "calc" in report and "<script" not in report
    assert visitor.get(f"{job.path}/file/clusters.csv").text.splitlines()[1].startswith("=0,")


def test_too_much_is_refused_with_what_may_be(visitor: Visitor) -> None:
    sent = send(visitor, [])
    assert sent.status == 422 and '<a href="#tables">' in sent.text
    large = b"record_id,name\n" + b"1,x\n" * (MOST_TABLES // 4)
    job = bring(visitor, large)
    page = visitor.get(job.path)
    assert page.status == 422 and say("web_lists.large", "en") in page.text
    larger = send(visitor, [large, large])
    assert larger.status == 422 and say("web_lists.large", "en") in larger.text
    only_map = bring(visitor, mapping=MAP.encode())
    assert say("web_lists.fileless", "en") in visitor.get(only_map.path).text
    two_maps = [("map", "a", MAP.encode())] * 2
    job = wait(visitor, send_parts(visitor, two_maps, AT))
    assert job.state == "failed" and job.error is not None and job.error.id == "web_lists.several"
    cut = wait(visitor, send_parts(visitor, [("tables", "a", b"x" * 900)], AT, 400))
    assert cut.state == "failed" and cut.error is not None and cut.error.id == "web_item.broken"


def test_wrong_numbers_lead_to_their_fields_and_nothing_is_linked(visitor: Visitor) -> None:
    job = bring(visitor, *TABLES)
    for field, typed in (
        ("seed", "-1"),
        ("seed", "4294967296"),
        ("seed", "٣"),
        ("draws", "19"),
        ("draws", "x"),
    ):
        answer = visitor.post(job.path, {"seed": "1", "draws": "", field: typed})
        assert answer.status == 422 and f'<a href="#{field}">' in answer.text
    many = b"record_id\n" + b"".join(b"%d\n" % at for at in range(250_000))
    job = bring(visitor, many)
    answer = visitor.post(job.path, {"draws": "100"})
    assert answer.status == 422 and '<a href="#draws">' in answer.text
    assert say("web_lists.much", "en") in answer.text
    kept = visitor.house.desk.listed.find(job.path.rpartition("/")[2])
    assert kept is not None and kept.linked is None


def test_what_was_let_go_of_is_gone(visitor: Visitor) -> None:
    job = bring(visitor, *TABLES)
    assert link(visitor, job.path).state == "done"
    assert visitor.post(job.path, {"do": "drop"}).headers["location"] == AT
    for path in (job.path, f"{job.path}/file/pairs.csv", f"{job.path}/file/settings.json"):
        gone = visitor.get(path)
        assert gone.status == 404 and say("web_lists.gone", "en") in gone.text
    other = bring(visitor, *TABLES)
    visitor.house.desk.receive("/", "en", {}, {}, {}).forget()
    assert visitor.get(other.path).status == 404


def test_a_linkage_can_be_stopped_and_the_tables_stay(visitor: Visitor) -> None:
    job = bring(visitor, *TABLES)
    going = visitor.post(job.path, {"draws": "100"})
    assert visitor.get(job.path).headers.get("location") == going.headers["location"], "after a reload, too"
    visitor.post(f"{going.headers['location']}/stop")
    assert wait(visitor, going).state == "stopped"
    page = visitor.get(job.path)
    assert page.status == 200 and say("web_lists.seen", "en") in page.text
    assert link(visitor, job.path, seed="2").state == "done", "and they can be linked all the same"
    settings = json.loads(visitor.get(f"{job.path}/file/settings.json").text)
    assert (settings["seed"], settings["draws"], settings["tables"]) == (2, 0, 2)


def test_no_more_is_held_than_said_and_what_grew_pushes_out_the_oldest() -> None:
    numbers = iter(range(1, 255))
    store = Store[Listed](lambda count: bytes([next(numbers)]) * count)
    kept = [Listed("", 1) for _ in range(3)]
    ids = [store.keep(one) for one in kept]
    kept[1].size = MOST_HELD
    store.make_room(ids[1])
    assert [store.find(id) is not None for id in ids] == [False, True, False]


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_may_be_found_is_told_without_a_command(tongue: str) -> None:
    ids = [
        f"link.{group}.{id}" for group in ("map", "table", "row", "flag") for id in catalogue("link")[group]
    ]
    names = re.findall(r"\{(\w+)\}", str(catalogue("link")))
    asked: dict[str, str | int] = dict.fromkeys(names, 1)
    told = [(id, *say_finding(Finding(id, "", asked), tongue)) for id in ids if id != "link.table.unused"]
    assert len(told) > 15
    assert [one for one in told if re.search(r"onggi |--\w|docs/", " ".join(one[1:]))] == []
