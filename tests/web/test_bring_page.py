"""Files of statements and decisions: nothing is recorded before it was shown, then exactly that, once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.web.test_upload import BOUNDARY, wait, write_files
from tests.web.visiting import Answered, Visitor

from onggi.errors import Finding
from onggi.intake.record import find_kind, read_record
from onggi.ledger.directory import Directory
from onggi.model.value import Text
from onggi.web.brought import Brought, Dice
from onggi.web.jobs import Job
from onggi.web.rendering import say_finding
from onggi.web.store import MOST_HELD, Store
from onggi.words import LANGUAGES, catalogue, say

EXAMPLES = Path(__file__).parents[2] / "examples"
CASE, WOMAN, SILENT = "C-7Q2WZ5C", "P-8F3KT2H", "P-VN7E3A1"
CONSENT = f"/case/{CASE}/consent/file"
CANARY = "CANARY: the blue cart behind the mill"
SENTENCES = f"""onggi = 1
[case]
title = "{CANARY}"
lang = "en"
[person.her]
name = "심나은"
[source.friend]
title = "INVENTED: a friend"
lang = "en"
source_kind = "interview"
[[statement]]
about = "her"
property = "note"
value = "INVENTED: <b>she</b> left in spring"
lang = "en"
source = "friend"
words = "INVENTED: 봄에 떠났어요"
"""
PROXY = f"""onggi = 1
[[consent]]
person = "{SILENT}"
decision = "given"
purpose = "research"
recipient = "UN-SP"
covers = ["facts"]
lang = "ko"
form = "voice"
given_by = "proxy"
because = "INVENTED: out of reach"
interest = "INVENTED: she wished it"
[consent.checks]
risks = "yes"
no_loss = "yes"
said_back = "yes"
able = "yes"
safe = "yes"
alone = "yes"
pressed = "no"
"""


def send_parts(
    visitor: Visitor,
    parts: Sequence[tuple[str, str, bytes]],
    at: str,
    cut: int = 0,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> Answered:
    """Send a form as a browser does: its fields, then what was chosen, each by field, name and content."""
    end = f"--{BOUNDARY}--\r\n"
    body = write_files({"seal": visitor.house.session.seal, **typed}, [])[: -len(end)]
    for field, name, content in parts:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    body += end.encode()
    media = f"multipart/form-data; boundary={BOUNDARY}"
    lines = visitor.head("POST", content_type=media, content_length=str(len(body)))
    return visitor.house.ask("POST", at, lines, body[: len(body) - cut])


def send(
    visitor: Visitor, files: Mapping[str, tuple[str, bytes]], at: str = "/bring", **typed: str
) -> Answered:
    """Send one file, or none, for each of the fields of a form."""
    return send_parts(visitor, [(field, *one) for field, one in files.items()], at, typed=typed)


def bring(visitor: Visitor, data: bytes, mapping: bytes = b"", at: str = "/bring", **typed: str) -> Job:
    """Bring a file, with a map or an empty field for it, and wait until it was looked at."""
    files = {"file": ("CANARY.csv" if mapping else "CANARY.toml", data)}
    rest = {} if at != "/bring" else {"map": ("CANARY.toml" if mapping else "", mapping)}
    return wait(visitor, send(visitor, {**files, **rest}, at, **typed))


def press(visitor: Visitor, path: str, page: str) -> Job:
    """Press the button that records what a page shows."""
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', page)
    assert mark is not None, page[-1500:]
    return wait(visitor, visitor.post(path, {"mark": mark[1]}))


def heads(visitor: Visitor) -> object:
    return visitor.house.ledger.vault.folder.stamp("heads")


def test_nothing_is_recorded_before_it_was_shown_and_then_that_and_once(visitor: Visitor, desk: Path) -> None:
    before = heads(visitor)
    job = bring(visitor, SENTENCES.encode())
    assert job.state == "done", job.error
    page = visitor.get(job.path).text
    assert heads(visitor) == before, "to be shown is not to be recorded"
    assert "&lt;b&gt;she&lt;/b&gt; left in spring" in page and "<b>she" not in page
    assert "심나은" in page and '<blockquote lang="' in page and "CANARY.toml" not in page
    written = [one.read_bytes() for one in desk.rglob("*") if one.is_file()]
    assert not [data for data in written if CANARY.encode() in data], "it lies on no disk before it is sealed"
    assert bring_all(visitor) == [], "what was read is in no case"
    done = press(visitor, job.path, page)
    assert (done.state, done.path) == ("done", job.path), done.error
    recorded = visitor.get(job.path).text
    codes = set(re.findall(r"[PSC]-[0-9A-Z]{7}", page))
    assert codes and all(visitor.get(f"/about/{code}").status == 303 for code in codes), "what was shown"
    assert say("web_record.recorded", "en") in recorded and "stays readable where it lies" in recorded
    after = heads(visitor)
    again = visitor.post(job.path, {"mark": "0" * 64})
    assert (again.status, again.headers["location"]) == (303, job.path) and heads(visitor) == after, "once"


def bring_all(visitor: Visitor) -> list[str]:
    """The cases that say what was brought."""
    view = visitor.house.desk.receive("/", "en", {}, {}, {}).view()
    return [
        held.statement.about.case
        for held in view.of_property("title")
        if held.statement.value == Text(CANARY, "en")
    ]


def test_everything_that_is_wrong_is_told_with_its_line_and_nothing_is_recorded(visitor: Visitor) -> None:
    """Every broken file of the examples: the findings of the command line, word for word, and no other."""
    before, ledger = heads(visitor), visitor.house.ledger
    files = sorted((EXAMPLES / "broken").iterdir())
    refused = 0
    for file in files:
        data = file.read_bytes()
        mapping = (EXAMPLES / "broken/map-key.toml").read_bytes() if file.name == "map.csv" else None
        into = ledger.vault.compartment()
        kind = find_kind(file.name, mapping)
        found = read_record(data, kind, Directory(ledger, into), ledger.vault.randomness, mapping=mapping)
        if not isinstance(found, list):
            continue  # wrong in an empty vault alone
        refused += 1
        files_sent = {"file": (f"x{file.suffix}", data)} | ({"map": ("m", mapping)} if mapping else {})
        job = wait(visitor, send(visitor, files_sent))
        assert job.state == "done", (file.name, job.error)
        page = visitor.get(job.path)
        assert page.status == 200 and 'name="mark"' not in page.text
        kept = visitor.house.desk.brought.find(job.path.rpartition("/")[2])
        assert kept is not None and list(kept.findings) == found, file.name
        for one in found:
            assert (one.where in page.text) and _escape(say_finding(one, "en")[0]) in page.text, one
        wished = visitor.post(job.path, {"mark": "0" * 64})
        assert wished.headers["location"] == job.path, "what is wrong is not recorded at a wish"
    assert heads(visitor) == before and refused > 30


def _escape(text: str) -> str:
    return re.sub(
        r"[&<>'\"]",
        lambda hit: {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;"}.get(hit[0], "&#34;"),
        text,
    )


def test_a_known_name_in_the_record_is_refused_and_told_nobody(visitor: Visitor) -> None:
    """The names are those of a case that nobody opened: the line is told, the name is not."""
    named = SENTENCES.replace("<b>she</b> left", "리영희 left").replace("심나은", "한서윤")
    job = bring(visitor, named.encode())
    page = visitor.get(job.path).text
    assert "line 11" in page and "리영희" not in page and 'name="mark"' not in page


def test_what_was_shown_is_recorded_or_nothing(visitor: Visitor) -> None:
    """Between the two the record learns a name that stands in the file: that is told, and refused."""
    job = bring(visitor, SENTENCES.replace("she</b> left", "유다온</b> left").encode())
    page = visitor.get(job.path).text
    other = bring(visitor, SENTENCES.replace("심나은", "유다온").encode())
    assert press(visitor, other.path, visitor.get(other.path).text).state == "done"
    before = heads(visitor)
    stale = visitor.post(job.path, {"mark": "0" * 64})
    assert stale.headers["location"] == job.path and heads(visitor) == before, "another page was shown"
    done = press(visitor, job.path, page)
    assert done.state == "done" and heads(visitor) == before
    again = visitor.get(job.path).text
    assert say("web_bring.changed", "en") in again and 'name="mark"' not in again and "유다온" not in again


def test_a_table_is_read_by_its_map_and_what_was_let_go_is_gone(visitor: Visitor) -> None:
    table, mapping = ((EXAMPLES / f"invented/{name}").read_bytes() for name in ("list.csv", "list-map.toml"))
    job = bring(visitor, table, mapping)
    assert job.state == "done", job.error
    page = visitor.get(job.path).text
    assert say("web_bring.seen", "en") in page and 'name="mark"' in page
    dropped = visitor.post(job.path, {"do": "drop"})
    assert dropped.headers["location"] == "/bring"
    other = bring(visitor, SENTENCES.encode())
    visitor.house.desk.receive("/", "en", {}, {}, {}).forget()
    assert visitor.get(other.path).status == 404, "something is erased: what was brought may be of it"
    gone = visitor.get(job.path)
    assert gone.status == 404 and say("web_bring.gone", "en") in gone.text
    assert visitor.post(job.path, {"mark": "0" * 64}).status == 404


def test_decisions_are_shown_recorded_and_wait_where_somebody_decided_for_another(visitor: Visitor) -> None:
    before = heads(visitor)
    job = bring(visitor, PROXY.encode(), at=CONSENT)
    page = visitor.get(job.path).text
    assert heads(visitor) == before and "Research" in page and SILENT in page
    assert say("web_bring.seconded", "en", count=1) in page
    assert press(visitor, job.path, page).state == "done"
    assert "INVENTED: out of reach" in visitor.get("/waiting").text
    wrong = bring(visitor, PROXY.replace(SILENT, "P-0000000").encode(), at=CONSENT)
    told = visitor.get(wrong.path).text
    assert "line 3" in told and say("web.hint.intake.consent.person", "en") in told and "`onggi" not in told
    elsewhere = bring(visitor, SENTENCES.encode())
    assert press(visitor, elsewhere.path, visitor.get(elsewhere.path).text).state == "done"
    other = re.search(r"/case/(C-[0-9A-Z]{7})", visitor.get(elsewhere.path).text)
    assert other is not None
    apart = bring(visitor, PROXY.encode(), at=f"/case/{other[1]}/consent/file")
    assert say("intake.consent.elsewhere", "en") in visitor.get(apart.path).text


def test_no_file_leads_to_its_field(visitor: Visitor) -> None:
    for files in (
        {"file": ("", b"")},
        {"file": ("", b""), "map": ("m.toml", b"onggi = 1")},
        {"x": ("m.toml", b"onggi = 1")},
    ):
        for at in ("/bring", CONSENT):
            answer = send(visitor, files, at, case="<script>")
            assert (
                answer.status == 422 and '<a href="#file">' in answer.text and "<script>" not in answer.text
            )


def test_two_files_for_one_field_and_one_cut_short_are_looked_at_nowhere(visitor: Visitor) -> None:
    twice, short = [("file", "x", b"onggi = 1")] * 2, [("file", "x", b"x" * 900)]
    for parts, cut, id in ((twice, 0, "web_bring.several"), (short, 400, "web_item.broken")):
        job = wait(visitor, send_parts(visitor, parts, "/bring", cut))
        assert (job.state, job.error and job.error.id) == ("failed", id)


def test_ids_are_drawn_once_and_no_more_is_held_than_said() -> None:
    thrown = iter(range(1, 255))
    dice = Dice(lambda count: bytes([next(thrown)]) * count)
    first = [dice(16), dice(4), dice(16)]
    dice.rewind()
    assert [dice(16), dice(4), dice(16)] == first and dice(16) not in first
    dice.rewind()
    assert dice(4) not in [one[:4] for one in first] and dice(4) == first[1], (
        "of another length it is another"
    )
    store = Store[Brought](lambda count: bytes([next(thrown)]) * count)
    half = MOST_HELD // 2
    ids = [store.keep(Brought("c", "", "/bring", size, dice)) for size in (half, half, 1)]
    assert [store.find(id) is None for id in ids] == [True, False, False]


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_may_be_found_is_told_without_a_command(tongue: str) -> None:
    """Of a file no page speaks of a terminal, whatever is wrong with it."""
    found = [id for id in _list_ids("intake", catalogue("intake")) if not id.startswith("intake.original.")]
    assert len(found) > 50
    names = re.findall(r"\{(\w+)\}", str(catalogue("intake")))
    asked: dict[str, str | int] = dict.fromkeys(names, 1)
    told = [(id, *say_finding(Finding(id, "", asked), tongue)) for id in found]
    assert [one for one in told if "onggi " in " ".join(one).replace("onggi = ", "")] == []


def _list_ids(id: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Every sentence of a catalogue but those that say what to do."""
    if "en" in table:
        yield id
    for name, inner in table.items():
        if isinstance(inner, dict) and name != "hint":
            yield from _list_ids(f"{id}.{name}", inner)
