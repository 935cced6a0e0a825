"""A table of lists in the pages: seen before it is counted, numbers as at a terminal, and nobody's name."""

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.web.test_bring_page import send_parts
from tests.web.visiting import Answered, Visitor

from onggi.cli.main import run
from onggi.count import latent, working
from onggi.count.report import FILES
from onggi.count.telling import list_reasons
from onggi.ledger.estimates import list_estimates
from onggi.web.estimated import KEPT as ANSWERS
from onggi.web.estimated import Outcome
from onggi.web.jobs import Job, Stopped
from onggi.web.tabled import KEPT, SIZES, Understood
from onggi.words import LANGUAGES, say

AT = "/numbers/lists"
CELLS = "camp,clinic,court,count\n1,0,0,110\n0,1,0,95\n0,0,1,80\n1,1,0,45\n1,0,1,38\n0,1,1,35\n1,1,1,18\n"
CANARIES = ("CANARYRI", "CANARYKIM", "CANARYHEAD", "CANARYFILE")
PEOPLE = (
    "CANARYHEAD,camp,clinic,court,age\n"
    + "CANARYRI,1,0,0,41\n" * 110
    + "CANARYKIM,0,x,,\n" * 95
    + "CANARYRI,no,no,yes,7\n" * 80
    + "CANARYKIM,1,1,0,41\n" * 45
    + "CANARYRI,1,,1,41\n" * 38
    + "CANARYRI,,1,TRUE,41\n" * 35
    + "CANARYRI,1,1,1,41\n" * 18
    + "CANARYKIM,0,0,0,41\n" * 3
)
RECORDS = "record_id,list,name\n" + "".join(
    f"CANARYRI{person}-{one},{one},CANARYKIM\n"
    for person in range(90)
    for at, one in enumerate(("camp", "clinic", "court"))
    if (person % 7 + 1) >> at & 1
)
DRAWN = "record_id," + ",".join(f"r{at}" for at in range(20)) + "\n"
DRAWN += "".join(
    f"CANARYRI{person}-{one}," + ",".join([f"CANARYKIM{person}"] * 20) + "\n"
    for person in range(90)
    for at, one in enumerate(("camp", "clinic", "court"))
    if (person % 7 + 1) >> at & 1
)
DECLARED = (
    'population = "INVENTED: people sent back"\nwindow = "2005..2010"\n[list_years]\ncamp = "2004..2010"\n'
)
DRAW = latent.draw_latent
FOLDER = Path(__file__).parents[2]


def bring(
    visitor: Visitor, kind: str, files: Mapping[str, str | bytes] = MappingProxyType({}), **typed: str
) -> Answered:
    """Send the form: each file by its field, under a name that nobody may see again."""
    chosen = {field: data.encode() if isinstance(data, str) else data for field, data in files.items()}
    parts = [
        (field, f"CANARYFILE-{field}.csv" if field in chosen else "", chosen.get(field, b""))
        for field in SIZES
    ]
    return send_parts(visitor, parts, AT, typed={"kind": kind, **typed})


def wait(visitor: Visitor, answered: Answered) -> Job:
    """The job that a form began, once it is over, however busy the machine is."""
    assert answered.status == 303, answered.text[-1500:]
    jobs = visitor.house.desk.jobs
    job = jobs.find(answered.headers["location"].rpartition("/")[2])
    assert job is not None
    jobs._thread.submit(int).result()
    return job


def look(visitor: Visitor, kind: str, files: Mapping[str, str | bytes], **typed: str) -> str:
    """The path of what was understood."""
    job = wait(visitor, bring(visitor, kind, files, **typed))
    assert job.state == "done", job.error
    assert re.fullmatch(rf"{AT}/[0-9a-f]{{32}}", job.path)
    return job.path


def choose(visitor: Visitor, path: str, *names: str) -> Answered:
    """Tick these columns."""
    page = visitor.get(path).text
    values = {
        unescape(name): value
        for value, name in re.findall(r'name="list" value="(\d+)"[^>]*>\s*<div><label[^>]*>([^<]*)<', page)
    }
    return visitor.post(path, {"do": "choose", "list": [values[name] for name in names]})


def count(visitor: Visitor, path: str) -> Job:
    """Count what was understood."""
    return wait(visitor, visitor.post(path, {"do": "count"}))


def find(visitor: Visitor, path: str) -> Understood:
    kept = visitor.house.desk.orders.find(path.rpartition("/")[2], KEPT)
    assert kept is not None and isinstance(kept.outcome, Understood)
    return kept.outcome


def find_answer(visitor: Visitor, path: str) -> Outcome:
    kept = visitor.house.desk.orders.find(path.rpartition("/")[2], ANSWERS)
    assert kept is not None and isinstance(kept.outcome, Outcome)
    return kept.outcome


def list_wrong(visitor: Visitor, path: str) -> list[tuple[str, str, str]]:
    return [(part, one.code, one.where) for part, found in find(visitor, path).wrong for one in found]


def test_nothing_is_counted_before_it_was_seen_and_nothing_is_recorded(visitor: Visitor) -> None:
    before = visitor.house.ledger.vault.folder.stamp("heads")
    path = look(
        visitor, "cells", {"table": CELLS}, population="INVENTED: people sent back", window="2005–2010"
    )
    assert [job.title for job in visitor.house.desk.jobs.all()] == ["web_overlaps.job.look"]
    for tongue in LANGUAGES:
        page = visitor.get(path, accept_language=tongue).text
        assert say("web_overlaps.seen.lead", tongue) in page and "INVENTED: people sent back" in page
        assert "2005–2010" in page and "421" in page
        assert all(name in page for name in ("camp", "clinic", "court", ">211<", ">193<", ">171<", ">63<"))
        assert say("count.item.place", tongue) in page, "what was not declared is said"
    job = count(visitor, path)
    assert job.state == "done" and re.fullmatch(r"/numbers/answer/[0-9a-f]{32}", job.path)
    page = visitor.get(job.path).text
    assert f'href="{path}"' in page
    assert say("web_overlaps.unrecorded", "en") in page and say("web_numbers.recorded", "en") not in page
    assert say("count.assumption", "en") in page and page.count("<svg") >= 2
    assert visitor.house.ledger.vault.folder.stamp("heads") == before
    assert not list_estimates(visitor.house.ledger.view())
    listed = visitor.get("/numbers").text
    assert (
        say("web_overlaps.session", "en") in listed and job.path in listed and "camp, clinic, court" in listed
    )
    again = visitor.post(path, {"do": "count"})
    assert again.headers["location"] == job.path, "it is counted once"


@pytest.mark.parametrize("name", ["korea", "invented"])
def test_the_numbers_are_those_of_the_command_line(
    name: str, visitor: Visitor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And so is the report, to the byte."""
    text = CELLS if name == "invented" else (FOLDER / f"bench/count/{name}.csv").read_text("utf-8")
    declared = DECLARED if name == "invented" else ""
    (tmp_path / "cells.csv").write_text(text)
    (tmp_path / "said.toml").write_text(declared or 'population = "INVENTED"\n')
    words = ["count", str(tmp_path / "cells.csv"), "--cells", "--seed", "4294967295"]
    words += ["--population", str(tmp_path / "said.toml"), "--json", "--report", str(tmp_path / "out")]
    run(words)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    typed = {"declared": declared} if declared else {"population": "INVENTED"}
    path = look(visitor, "cells", {"table": text}, seed="4294967295", **typed)
    job = count(visitor, path)
    answer = find_answer(visitor, job.path).answer
    assert answer.status == told["status"] and answer.lower_bound == told["lower_bound"]
    assert [(one.name, one.median, one.low, one.high) for one in answer.models] == [
        (one["name"], one["n_median"], one["n_lo"], one["n_hi"]) for one in told["models"]
    ]
    assert [one.code for one in list_reasons(answer)] == [one["code"] for one in told["findings"]]
    for file in FILES:
        sent = visitor.get(f"{job.path}/{file}")
        assert sent.headers["content-disposition"] == f'attachment; filename="{file}"'
        assert sent.body == (tmp_path / "out" / file).read_bytes()


def test_the_report_is_in_the_language_of_its_reader_and_only_of_a_table(visitor: Visitor) -> None:
    job = count(visitor, look(visitor, "cells", {"table": CELLS}))
    for tongue in LANGUAGES:
        page = visitor.get(f"{job.path}/report.html", accept_language=tongue)
        assert page.status == 200 and say("count.report.title", tongue) in page.body.decode()
        assert visitor.get(f"{job.path}/report.pdf", accept_language=tongue).body.startswith(b"%PDF")
    assert visitor.get(f"{job.path}/report.csv").status == 404
    asked = wait(visitor, visitor.post("/numbers/count", {"population": "INVENTED"}))
    assert "report.pdf" not in visitor.get(asked.path).text
    assert visitor.get(f"{asked.path}/report.pdf").status == 404, "a count of the vault has none"


def list_everything(visitor: Visitor, *paths: str) -> str:
    """Every page that may tell of a table, in every language, with its addresses and headers."""
    found = []
    for path in (
        *paths,
        "/numbers",
        "/jobs",
        AT,
        *(f"/jobs/{job.id}" for job in visitor.house.desk.jobs.all()),
    ):
        for tongue in LANGUAGES:
            answer = visitor.get(path, accept_language=tongue)
            found.append(f"{path} {answer.headers} {answer.body.decode('utf-8', 'replace')}")
    return "\n".join(found)


def test_of_a_table_of_people_only_heads_of_lists_and_counts_are_there(visitor: Visitor) -> None:
    path = look(visitor, "people", {"table": PEOPLE}, population="INVENTED: people sent back")
    page = visitor.get(path).text
    assert (
        'type="checkbox"' in page
        and "camp" in page
        and say("web_overlaps.column.on", "en", count=211) in page
    )
    assert say("web_overlaps.other", "en", number=1, count=424, line=2) in page
    assert say("web_overlaps.other", "en", number=5, count=329, line=2) in page
    nothing = visitor.post(path, {"do": "choose"})
    assert nothing.status == 422 and say("web_overlaps.lacks.lists", "en") in nothing.text
    assert visitor.post(path, {"do": "choose", "list": ["99", "x", "-1"]}).status == 422
    chosen = choose(visitor, path, "court", "camp", "clinic").headers["location"]
    seen = visitor.get(chosen).text
    assert say("count.flag.unlisted", "en", count=3) in seen and "421" in seen and f'href="{path}"' in seen
    other = choose(visitor, path, "camp", "clinic").headers["location"]
    assert other != chosen, "nobody's page changes under her"
    job = count(visitor, chosen)
    two = count(visitor, other)
    assert say("count.gate.lists", "en", lists=2) in visitor.get(two.path).text
    told = list_everything(visitor, path, chosen, other, job.path, f"{job.path}/report.html")
    told += str([vars(kept) for _, kept in visitor.house.desk.orders.find_all(KEPT)])
    assert not [name for name in CANARIES if name in told]
    cells = count(visitor, look(visitor, "cells", {"table": CELLS}))
    ours, theirs = find_answer(visitor, job.path).answer, find_answer(visitor, cells.path).answer
    assert ours.envelope == theirs.envelope and ours.models == theirs.models


def test_records_are_counted_over_the_replicates_of_their_links(visitor: Visitor) -> None:
    path = look(visitor, "records", {"table": RECORDS, "replicates": DRAWN})
    page = visitor.get(path).text
    assert say("web_overlaps.seen.replicates", "en", count=20, fewest=90, most=90) in page
    job = count(visitor, path)
    told = list_everything(visitor, path, job.path)
    assert say("count.flag.replicates", "en", count=20, low=1, high=1, fewest=90, most=90)[:20] in told
    assert not [name for name in CANARIES if name in told]


FOREIGN = b"camp,clinic,count\n1,0,3\n\xff\xfe,1,2\n"
BROKEN: list[tuple[str, Mapping[str, str | bytes], list[tuple[str, str, str]]]] = [
    ("cells", {"table": b" \n"}, [("table", "intake.file.empty", "line 1")]),
    ("cells", {"table": FOREIGN}, [("table", "intake.file.encoding", "line 3")]),
    ("cells", {"table": "a,b,CANARYRI\n1,0,3\n"}, [("table", "count.table.count", "line 1")]),
    (
        "cells",
        {"table": "a,b,count\n1,CANARYRI,3\n0,0,4\n1,1,-1\n1\n"},
        [
            ("table", "count.table.mark", "line 2"),
            ("table", "count.table.nobody", "line 3"),
            ("table", "count.table.whole", "line 4"),
            ("table", "count.table.width", "line 5"),
        ],
    ),
    ("people", {"table": "CANARYRI,b\n1,0\nCANARYKIM\n"}, [("table", "count.table.width", "line 3")]),
    ("people", {"table": 'a,b\n1,0\n"CANARYRI,1\n'}, [("table", "count.table.width", "line 3")]),
    ("people", {"table": "a,b\n1,\u202eCANARYRI\n"}, [("table", "intake.file.direction", "line 2")]),
    ("people", {"table": "a,b\n1,\x1b[2JCANARYRI\n"}, [("table", "intake.file.control", "line 2")]),
    ("people", {"table": "a,,b\n1,0,1\n"}, [("table", "count.table.header", "line 1")]),
    ("records", {"table": RECORDS}, [("replicates", "web_overlaps.replicates.lacking", "")]),
    ("cells", {"table": CELLS, "replicates": DRAWN}, [("replicates", "web_overlaps.replicates.spare", "")]),
    (
        "records",
        {"table": "record_id,list\nCANARYRI0-camp,\nCANARYKIM,camp\n", "replicates": DRAWN},
        [("table", "count.replicates.list", "line 2"), ("table", "count.replicates.absent", "line 3")],
    ),
    (
        "records",
        {"table": RECORDS, "replicates": DRAWN[5:]},
        [("replicates", "count.replicates.header", "line 1")],
    ),
    (
        "cells",
        {"table": CELLS, "declaration": 'population = "CANARYRI"\nwindow ='},
        [("declaration", "count.declared.toml", "line 2")],
    ),
    (
        "cells",
        {"table": CELLS, "declaration": 'within = "CN-210100"\nfed_by = { CANARYKIM = "camp" }\n'},
        [("declaration", "count.declared.vault", "within"), ("declaration", "count.declared.list", "fed_by")],
    ),
    (
        "cells",
        {"table": ",".join(f"l{at}" for at in range(10_000)) + ",count\n"},
        [("table", "count.table.lists", "line 1")],
    ),
    (
        "people",
        {"table": ",".join(f"l{at}" for at in range(10_000)) + "\n"},
        [("table", "count.table.columns", "line 1")],
    ),
    ("cells", {"table": "CANARYRI" * 20 + ",b,count\n1,0,3\n"}, [("table", "count.table.long", "line 1")]),
    (
        "people",
        {"table": "a,b\n" + "1," + "CANARYRI" * 200_000 + "\n"},
        [("table", "intake.file.line", "line 2")],
    ),
]


@pytest.mark.parametrize(
    ("kind", "files", "wrong"), BROKEN, ids=[f"{one[0]} {one[2][0][1]}" for one in BROKEN]
)
def test_everything_that_is_wrong_is_told_with_its_line(
    kind: str, files: Mapping[str, str | bytes], wrong: list[tuple[str, str, str]], visitor: Visitor
) -> None:
    path = look(visitor, kind, files, seed="4711")
    assert list_wrong(visitor, path) == wrong
    page = visitor.get(path)
    assert page.status == 200 and 'value="count"' not in page.text
    for part, code, where in wrong:
        assert say(f"web_overlaps.part.{part}", "en") in page.text
        assert where.removeprefix("line ") in page.text and code not in page.text
    told = list_everything(visitor, path)
    assert not [name for name in CANARIES if name in told] and "\u202e" not in told and "\x1b" not in told
    assert visitor.post(path, {"do": "count"}).headers["location"] == path, "a wish counts nothing"
    assert 'value="4711"' in visitor.get(f"{AT}?of={path.rpartition('/')[2]}").text


def test_a_table_that_is_too_large_is_refused(visitor: Visitor) -> None:
    table = b"a,b\n" + b"1,0\n" * (100 * 1024 * 1024 // 4)
    path = look(visitor, "people", {"table": table}, sizes=str(len(table)))
    assert list_wrong(visitor, path) == [("table", "intake.file.large", "line 1")]
    assert str(SIZES["table"] // 1024 // 1024) in visitor.get(path).text


def test_formulas_and_markup_are_texts(visitor: Visitor) -> None:
    head = '"=HYPERLINK(""http://x"")",<b>camp</b>,\'"+1,count'
    path = look(visitor, "cells", {"table": head + CELLS.removeprefix("camp,clinic,court,count")})
    job = count(visitor, path)
    for at in (path, job.path, f"{job.path}/report.html"):
        page = visitor.get(at).body.decode()
        assert "<b>camp" not in page and "&lt;b&gt;camp" in page and 'href="http://x' not in page


@pytest.mark.parametrize(
    ("typed", "files", "where"),
    [
        ({"kind": ""}, {"table": CELLS}, "kind"),
        ({"kind": "x"}, {"table": CELLS}, "kind"),
        ({"kind": "people"}, {}, "table"),
        ({"kind": "people"}, {"replicates": DRAWN}, "table"),
        ({"kind": "people", "pasted": PEOPLE}, {"table": PEOPLE}, "table"),
        ({"kind": "people", "pasted": PEOPLE, "seed": "-1"}, {}, "seed"),
        ({"kind": "people", "pasted": PEOPLE, "seed": "4294967296"}, {}, "seed"),
        ({"kind": "people", "pasted": PEOPLE, "window": "long ago"}, {}, "window"),
        ({"kind": "people", "pasted": PEOPLE, "place": "a\u202eb"}, {}, "place"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_at_its_field(
    typed: dict[str, str], files: dict[str, str], where: str, visitor: Visitor
) -> None:
    answer = bring(visitor, files=files, **typed)
    assert answer.status == 422 and f'href="#{where}"' in answer.text and f'id="{where}"' in answer.text
    assert not [name for name in CANARIES if name in answer.text], "what was pasted is not shown again"
    assert not visitor.house.desk.jobs.all()


def test_a_table_may_be_pasted_and_what_is_declared_be_a_file_or_a_text(visitor: Visitor) -> None:
    pasted = wait(visitor, bring(visitor, "cells", pasted=CELLS.replace("\n", "\r\n"), declared=DECLARED))
    brought = look(visitor, "cells", {"table": CELLS, "declaration": DECLARED})
    both = look(visitor, "cells", {"table": CELLS, "declaration": DECLARED}, place="INVENTED")
    assert list_wrong(visitor, both) == [("declaration", "web_overlaps.declared.twice", "")]
    one, other = find(visitor, pasted.path), find(visitor, brought)
    assert one.run is other.run, "the very same is counted once"
    assert "camp 2004–2010" in visitor.get(brought).text
    assert not visitor.house.desk.orders.find_all("CANARY")
    kept = [kept.fields for _, kept in visitor.house.desk.orders.find_all(KEPT)]
    assert not [fields for fields in kept if "pasted" in fields]


def stop(*_: Any) -> None:
    raise Stopped


def draw_but_not_default(*arguments: Any, **named: Any) -> Any:
    assert "classes" in named, "this stage was done before it was stopped"
    return DRAW(*arguments, **named)


def test_a_count_that_was_stopped_goes_on_and_comes_to_the_same(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = count(visitor, look(visitor, "cells", {"table": CELLS}, place="first"))
    path = look(visitor, "cells", {"table": CELLS}, place="second")
    with monkeypatch.context() as patch:
        patch.setattr(working, "select_model", stop)
        job = count(visitor, path)
    assert job.state == "stopped"
    page = visitor.get(f"/jobs/{job.id}").text
    assert f'href="{path}"' in page and say("web_jobs.back", "en") in page
    seen = visitor.get(path).text
    assert say("web_overlaps.stopped", "en", count=5) in seen and say("web_overlaps.go_on", "en") in seen
    assert say("web_jobs.state.stopped", "en") in visitor.get("/numbers").text
    twin = look(visitor, "cells", {"table": CELLS}, place="second")
    with monkeypatch.context() as patch:
        patch.setattr(latent, "draw_latent", draw_but_not_default)
        done = count(visitor, twin)
    assert done.state == "done" and say("web_numbers.goes_on", count=5) in visitor.get(done.path).text
    one, other = find_answer(visitor, whole.path).answer, find_answer(visitor, done.path).answer
    assert (one.models, one.panel, one.known) == (other.models, other.panel, other.known)
    assert done.path in visitor.get(path).text, "the other page of it leads there, too"


def test_two_pages_of_one_table_count_it_once(visitor: Visitor) -> None:
    path = look(visitor, "cells", {"table": CELLS})
    first, second = (visitor.post(path, {"do": "count"}).headers["location"] for _ in range(2))
    assert first == second or second.startswith("/numbers/answer/")


def test_it_can_be_let_go_of(visitor: Visitor) -> None:
    path = look(visitor, "people", {"table": PEOPLE})
    assert visitor.post(path, {"do": "drop"}).headers["location"] == "/numbers"
    gone = visitor.get(path)
    assert gone.status == 404 and say("web_overlaps.gone", "en") in gone.text
    assert visitor.post(path, {"do": "count"}).status == 404
    cells, twin = (look(visitor, "cells", {"table": "a,b,count\n1,0,9\n0,1,9\n1,1,9\n"}) for _ in range(2))
    answer = count(visitor, cells).path
    visitor.post(cells, {"do": "drop"})
    assert visitor.get(answer).status == 200, "the same was brought twice"
    visitor.post(twin, {"do": "drop"})
    assert visitor.get(answer).status == 404 and answer not in visitor.get("/numbers").text


def test_nothing_of_it_lies_on_a_disk(visitor: Visitor, desk: Path) -> None:
    path = look(visitor, "people", {"table": PEOPLE}, population="CANARYPOPULATION")
    count(visitor, choose(visitor, path, "camp", "clinic", "court").headers["location"])
    data = b"".join(one.read_bytes() for one in desk.rglob("*") if one.is_file())
    assert not [name for name in (*CANARIES, "CANARYPOPULATION") if name.encode() in data]
    visitor.house.desk.receive("/", "en", {}, {}, {}).forget()
    assert visitor.get(path).status == 404
