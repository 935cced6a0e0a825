"""Norms by themselves: pages say what `onggi norms` says, in each language, and no address tells which."""

import re
from html import unescape

import pytest
from tests.web.visiting import Visitor

from onggi.cli.main import run
from onggi.law.catalogue import describe_entry, find_entry, kind_of, list_entries, seek_entries, titles_of
from onggi.web.corrections import take_shelf
from onggi.web.days import spell_days
from onggi.words import LANGUAGES, known, say

CASE = "C-7Q2WZ5C"
LAW = f"/case/{CASE}/law"
BUYING = "CN-CL-241"
_MARKED = r'href="((?:/case/[^/"]+/law)?/norm/[0-9a-f]{32})"'


def read(page: str) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")]))


def find_key(visitor: Visitor, path: str) -> tuple[str, str]:
    """Kind and id of the entry that has its page at a path."""
    key = visitor.house.desk.shelfmarks.find(path.rpartition("/")[2])
    assert key is not None, path
    return key


def test_every_entry_has_a_page_that_says_all_of_it(visitor: Visitor) -> None:
    shelf = take_shelf()
    paths = re.findall(_MARKED, visitor.get("/norms").text)
    entries = [find_entry(shelf, id, kind) for kind, id in (find_key(visitor, path) for path in paths)]
    assert len(entries) == len(list_entries(shelf)) and all(one in entries for one in list_entries(shelf))
    for at, (path, entry) in enumerate(zip(paths, entries, strict=True)):
        tongue = LANGUAGES[at % len(LANGUAGES)]
        answer = visitor.get(path, accept_language=tongue)
        text, lines = read(answer.text), describe_entry(entry, tongue)
        said = [part for one in lines for part in (one.text, one.under)] + list(titles_of(entry).values())
        assert [one for one in said if one not in text and spell_days(one, tongue) not in text] == [], path
        assert (answer.status, lines[0].part, lines[-1].part) == (200, "review", "sources")
        assert entry.id in text and entry.id not in path + answer.text.partition("</title>")[0]


def test_the_command_says_the_same_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for tongue in LANGUAGES:
        monkeypatch.setenv("ONGGI_LANG", tongue)
        for id in (BUYING, "CN-POLICE", "CEDAW"):
            assert run(["norms", id]) == 0
            said = capsys.readouterr().out.splitlines()
            lines = describe_entry(find_entry(take_shelf(), id), tongue)
            told = [part for one in lines for part in (one.text, one.under) if part]
            assert [one.strip().removeprefix("· ").removeprefix("! ") for one in said[1:]] == told


def test_norms_are_found_in_any_language_and_what_was_typed_is_in_no_address(visitor: Visitor) -> None:
    for query in ("拐卖", "인신매매", "Trafficked  woman", "cn-cl-241", "刑法 241"):
        answer = visitor.post("/norms", {"query": query})
        found = {find_key(visitor, path)[1] for path in re.findall(_MARKED, answer.text)}
        assert found == {one.id for one in seek_entries(take_shelf(), query)} and BUYING in found
        assert answer.status == 200 and "location" not in answer.headers
        assert query not in answer.text.partition("</title>")[0] + str(answer.headers)
    nothing = visitor.post("/norms", {"query": "<script>zzzz"}).text
    assert re.findall(_MARKED, nothing) == [] and say("web_norms.found", "en", count=0) in nothing
    assert "<script>zzzz" not in nothing and "zzzz" not in visitor.get("/norms").text


def test_the_law_of_a_case_leads_to_each_norm_it_names_and_back(visitor: Visitor) -> None:
    page = visitor.get(LAW).text
    paths = sorted(set(re.findall(_MARKED, page)))
    assert len(paths) > 20 and all(path.startswith(f"{LAW}/norm/") for path in paths)
    led = {find_key(visitor, path)[1] for path in paths}
    drawn = re.sub(r"(?s)<figure>.*?</figure>", "", page)  # a picture says what stands below it
    named = {id for id in take_shelf().norms if re.search(rf"\b{id}\b(?!-)", read(drawn))}
    assert BUYING in named and named <= led
    days = re.findall(_MARKED, visitor.get(f"{LAW}/days").text)
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: before an interview"})
    warned = re.findall(_MARKED, visitor.get(f"{LAW}/warnings").text)
    assert days and warned and all(one.startswith(f"{LAW}/norm/") for one in days + warned)
    for path in [*paths[:5], days[0], warned[0]]:
        back = visitor.get(path).text
        assert f'<a href="{LAW}">' in back and all(one.startswith(LAW) for one in re.findall(_MARKED, back))


def test_a_mark_of_another_session_leads_nowhere(visitor: Visitor) -> None:
    for path in (f"/norm/{'0' * 32}", f"/norm/{BUYING}", f"{LAW}/norm/{'0' * 32}"):
        answer = visitor.get(path)
        assert answer.status == 404 and say("web_norms.gone", "en") in answer.text
    path = re.findall(_MARKED, visitor.get("/norms").text)[0]
    assert visitor.get(f"/case/C-0000000/law{path}").status in (404, 422)


def test_every_jurisdiction_has_a_name() -> None:
    places = {one.instrument.jurisdiction for one in take_shelf().norms.values()}
    kinds = {kind_of(one) for one in list_entries(take_shelf())}
    assert all(known(f"law.jurisdiction.{one}") for one in places)
    assert all(known(f"law.kind.{one}") for one in kinds)


def test_a_day_in_words_stands_in_its_sentence_as_each_language_has_it() -> None:
    assert spell_days("自 1997-10-01 起施行，第 3 条", "zh") == "自1997年10月1日起施行，第 3 条"
    assert spell_days("不早于 1997-10-01", "zh") == "不早于1997年10月1日"
    assert spell_days("In force from 1997-10-01 on", "en") == "In force from 1 October 1997 on"
