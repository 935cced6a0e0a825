"""Recording in pages: nothing that was said to be saved is lost, nothing is recorded that was not shown."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.test_interview import FIELDS
from tests.promises import office as invented
from tests.web.test_fuzz import EXAMPLES, NASTY
from tests.web.visiting import Answered, House, Visitor

from onggi.intake.begun import list_begun
from onggi.intake.interview import TOLD_FIELDS

NAME = "별빛나루"
ANSWERS = {
    "interview": "2019년 6월 12일",
    "source-source_kind": "interview",
    "source-published": "no",
    "source-witness": "who-1",
    "distance": "0",
    "who-1-kind": "person",
    "who-1-name": NAME,
    "who-2-kind": "act",
    "who-2-title": "INVENTED: a sale",
    "told-1-about": "who-2",
    "told-1-property": "날짜",
    "told-1-value": "작년 봄",
    "told-1-words": "작년 봄에 데려갔어요",
}


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    yield Visitor(house)


def begin(visitor: Visitor, **fields: str) -> str:
    """Begin an interview; its path."""
    answered = visitor.post(
        "/record", {"title": "INVENTED", "lang": "ko", "compartment": _main(visitor), **fields}
    )
    assert answered.status == 303, answered.text
    return answered.headers["location"]


def _main(visitor: Visitor) -> str:
    return visitor.house.ledger.vault.compartments[0].id


def hidden(answered: Answered, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answered.text)
    assert found, name
    return found[1]


def save(
    visitor: Visitor,
    path: str,
    do: str = "keep",
    *,
    seen: Answered | None = None,
    answers: dict[str, str] | None = None,
) -> Answered:
    """What a browser sends when a button of the form is pressed."""
    seen = seen or visitor.get(path)
    assert seen.status == 200, seen.text
    shown = {name: hidden(seen, name) for name in ("revision", "hand", "case", "compartment")}
    return visitor.post(
        path, {**ANSWERS, "title": "INVENTED", "lang": "ko", **shown, **(answers or {}), "do": do}
    )


def record(visitor: Visitor, path: str) -> Answered:
    check = visitor.get(f"{path}/check")
    assert check.status == 200, check.text
    return visitor.post(f"{path}/check", {"revision": hidden(check, "revision")})


def test_an_interview_is_begun_kept_checked_and_recorded(visitor: Visitor) -> None:
    path = begin(visitor)
    assert save(visitor, path, "check").headers["location"] == f"{path}/check"
    check = visitor.get(f"{path}/check")
    assert "날짜" not in check.text and "Date" in check.text
    assert "between 1 March 2018 and 31 May 2018 “작년 봄”" in check.text
    before = len(list(visitor.house.ledger.view().of_property("date")))
    answered = record(visitor, path)
    assert answered.headers["location"].startswith("/recorded/")
    assert visitor.get(answered.headers["location"]).status == 200
    view = visitor.house.ledger.view()
    assert len(list(view.of_property("date"))) == before + 1
    assert list_begun(visitor.house.ledger.vault) == ()
    assert visitor.get(path).status == 422, "it is off the desk"


def test_without_a_case_nothing_is_begun(visitor: Visitor) -> None:
    for fields in ({"title": ""}, {"title": "", "case": "C-0000000"}):
        answered = visitor.post("/record", {"lang": "ko", "compartment": _main(visitor), **fields})
        assert answered.status == 422
        assert 'href="#case"' in answered.text
    assert list_begun(visitor.house.ledger.vault) == ()


def test_each_button_keeps_what_was_typed_before_it_does_anything(visitor: Visitor) -> None:
    path = begin(visitor)
    for do in (
        "keep",
        "add:who",
        "add:told",
        "drop:told-9",
        "take:told-2-value=x",
        "check",
        "nonsense",
        "take:csrf=x",
    ):
        answered = save(visitor, path, do, answers={"who-2-title": f"INVENTED {len(do)}"})
        assert answered.status == 303
        (begun,) = list_begun(visitor.house.ledger.vault)
        assert begun.answers["who-2-title"] == f"INVENTED {len(do)}"
        assert "csrf" not in begun.answers and "seal" not in begun.answers and "do" not in begun.answers


def test_what_is_wrong_leads_to_its_field_and_everything_typed_is_still_there(visitor: Visitor) -> None:
    path = begin(visitor)
    save(
        visitor,
        path,
        answers={"told-1-value": "sometime or other", "told-1-words": "<script>alert(1)</script>"},
    )
    answered = visitor.get(f"{path}/check")
    assert answered.status == 422
    assert 'href="#told-1-value"' in answered.text
    assert 'value="sometime or other"' in answered.text
    assert "<script>alert" not in answered.text and "&lt;script&gt;alert(1)" in answered.text


def test_a_name_in_the_record_is_told_while_it_is_typed_and_refused(visitor: Visitor) -> None:
    path = begin(visitor)
    answers = {"told-1-property": "note", "told-1-value": f"{NAME}가 보았다"}
    save(visitor, path, answers=answers)
    assert "characters 1 to 4" in visitor.get(path).text
    assert visitor.get(f"{path}/check").status == 422
    save(visitor, path, answers={"told-1-property": "note", "told-1-value": f"{invented.NAME}가 보았다"})
    seen = visitor.get(path)
    assert "characters 1 to " in seen.text, "a name that only the vault holds is seen, too"


def test_what_was_shown_is_what_is_recorded(visitor: Visitor) -> None:
    path = begin(visitor)
    save(visitor, path)
    check = visitor.get(f"{path}/check")
    save(visitor, path, answers={"told-1-value": "2017"})
    answered = visitor.post(f"{path}/check", {"revision": hidden(check, "revision")})
    assert answered.status == 422
    assert len(list_begun(visitor.house.ledger.vault)) == 1


def test_two_pages_keep_both_and_show_them_side_by_side(visitor: Visitor) -> None:
    path = begin(visitor)
    here, there = visitor.get(path), visitor.get(path)
    save(visitor, path, seen=here, answers={"who-2-title": "INVENTED from here"})
    answered = save(visitor, path, seen=there, answers={"who-2-title": "INVENTED from there"})
    beside = answered.headers["location"]
    assert beside.endswith("/beside")
    shown = visitor.get(beside)
    assert "INVENTED from here" in shown.text and "INVENTED from there" in shown.text
    assert len(list_begun(visitor.house.ledger.vault)) == 2
    kept = visitor.post(beside, {"keep": "both", "revisions": hidden(shown, "revisions")})
    assert kept.headers["location"] == "/record"
    assert {one.answers["who-2-title"] for one in list_begun(visitor.house.ledger.vault)} == {
        "INVENTED from here",
        "INVENTED from there",
    }


@pytest.mark.parametrize(("wish", "left"), [("this", "there"), ("other", "here")])
def test_only_somebody_decides_which_version_goes(visitor: Visitor, wish: str, left: str) -> None:
    path = begin(visitor)
    here, there = visitor.get(path), visitor.get(path)
    save(visitor, path, seen=here, answers={"who-2-title": "here"})
    beside = save(visitor, path, seen=there, answers={"who-2-title": "there"}).headers["location"]
    shown = visitor.get(beside)
    stale = visitor.post(beside, {"keep": wish, "revisions": "1 1"})
    assert stale.status == 422
    visitor.post(beside, {"keep": wish, "revisions": hidden(shown, "revisions")})
    (one,) = list_begun(visitor.house.ledger.vault)
    assert one.answers["who-2-title"] == left


def test_a_script_is_told_the_revision_the_time_and_what_is_understood(visitor: Visitor) -> None:
    path = begin(visitor)
    seen = visitor.get(path)
    sent = {**ANSWERS, "title": "INVENTED", "lang": "ko", "at": "told-1"}
    sent |= {name: hidden(seen, name) for name in ("revision", "hand", "compartment")}
    answered = visitor.post(f"{path}/keep", sent)
    assert answered.status == 200
    assert re.search(r"Saved \d\d:\d\d", answered.text)
    assert 'data-revision="2"' in answered.text
    assert 'id="told-1-value-noted"' in answered.text and "1 March 2018" in answered.text
    again = visitor.post(f"{path}/keep", {**sent, "told-1-value": "2017"})
    assert 'data-revision="3"' in again.text and 'data-apart=""' in again.text
    other = visitor.post(f"{path}/keep", {**sent, "hand": "another", "told-1-value": "2016"})
    assert 'data-apart="yes"' in other.text
    assert len(list_begun(visitor.house.ledger.vault)) == 2


def test_somebody_known_is_suggested_only_where_names_are_open(visitor: Visitor) -> None:
    ledger = visitor.house.ledger
    (case,) = [
        ledger.view().call(held.statement.about.case)
        for held in ledger.view().of_property("title")
        if getattr(held.statement.value, "text", "") == invented.TITLE
    ]
    path = begin(visitor, title="", case=case)
    save(visitor, path, answers={"who-1-name": invented.NAME})
    assert "who-1-code=P-" not in visitor.get(path).text
    visitor.post("/identity/open", {"case": case, "about": case, "reason": "INVENTED", "back": "/"})
    seen = visitor.get(path)
    taken = re.search(r'value="take:(who-1-code=P-[^"]+)"', seen.text)
    assert taken
    save(visitor, path, f"take:{taken[1]}", answers={"who-1-name": invented.NAME})
    (begun,) = list_begun(ledger.vault)
    assert begun.answers["who-1-code"] == taken[1].partition("=")[2]


def test_the_last_change_is_taken_back_and_a_draft_is_taken_away(visitor: Visitor) -> None:
    path = begin(visitor)
    save(visitor, path, answers={"who-2-title": "INVENTED one"})
    save(visitor, path, answers={"who-2-title": "INVENTED two"})
    save(visitor, path, "undo", answers={"who-2-title": "INVENTED two"})
    (begun,) = list_begun(visitor.house.ledger.vault)
    assert begun.answers["who-2-title"] == "INVENTED one"
    listed = visitor.get("/record")
    assert path in listed.text and "INVENTED one" not in listed.text, "the list shows nothing that was typed"
    assert visitor.get(f"{path}/away").status == 200
    assert list_begun(visitor.house.ledger.vault), "asking takes nothing away"
    visitor.post(f"{path}/away")
    assert list_begun(visitor.house.ledger.vault) == ()


def test_what_was_recorded_just_before_a_crash_is_not_recorded_twice(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begin(visitor)
    save(visitor, path)
    check = visitor.get(f"{path}/check")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("onggi.web.pages.record.put_away", die)
        visitor.post(f"{path}/check", {"revision": hidden(check, "revision")})
    assert len(list_begun(visitor.house.ledger.vault)) == 1
    assert path not in visitor.get("/record").text
    assert list_begun(visitor.house.ledger.vault) == ()


def test_a_full_form_fits_into_one_request(visitor: Visitor) -> None:
    path = begin(visitor)
    for part, number in (("who", 40), ("told", 50)):
        last = {"who": f"who-{number}-kind", "told": f"told-{number}-value"}[part]
        many = {
            f"{part}-{one}-{'kind' if part == 'who' else 'value'}": "person" for one in range(1, number + 1)
        }
        assert last in many
        save(visitor, path, answers=many)
        seen = visitor.get(path)
        assert f'value="add:{part}"' not in seen.text
    sent = {name for name in re.findall(r'name="([^"]+)"', seen.text)}
    assert len(sent) + len(TOLD_FIELDS) < 1000


BUTTONS = (
    "keep",
    "add:who",
    "add:told",
    "drop:told-1",
    "drop:who-x",
    "take:who-1-code=x",
    "undo",
    "check",
    "",
)
TYPED = st.sampled_from((*NASTY, "date", "place", "victim", "act", "person", "1", "who-1")) | st.text(
    max_size=30
)


@given(typed=st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=6), do=st.sampled_from(BUTTONS))
@settings(max_examples=EXAMPLES // 2, suppress_health_check=list(HealthCheck))
def test_whatever_is_typed_no_page_of_an_interview_fails(
    visitor: Visitor, typed: dict[str, str], do: str
) -> None:
    begun = list_begun(visitor.house.ledger.vault)
    path = f"/record/{begun[0].id}" if begun else begin(visitor)
    seen = visitor.get(path)
    assert seen.status == 200, seen.text
    shown = {name: hidden(seen, name) for name in ("revision", "hand")}
    sent = {**ANSWERS, **typed, **shown, "do": do, "at": "told-1"}
    for where in (f"{path}/keep", path):
        assert visitor.post(where, sent).status in (200, 303, 422)
    assert visitor.get(f"{path}/check").status in (200, 422)
    assert visitor.get("/record").status == 200
    assert len(list_begun(visitor.house.ledger.vault)) == 1
