"""Consent as of an earlier day: a yes of then is never taken for one of today, and nothing leaves by it."""

import re
from itertools import count

import pytest
from tests.cli.conftest import FIRST_DAY
from tests.web.test_consent_page import FORM, PAGE, READER, SILENT, WOMAN, YES, section
from tests.web.test_earlier_page import AT, DAY, THEN, main, member
from tests.web.visiting import Visitor

from onggi.words import LANGUAGES, say

__all__ = ["member"]

LOUD = "Nothing may leave by this page."
HELD, GONE = "held then", "no longer holds today"


def set_day(member: Visitor, number: int) -> None:
    """The day, counted from the one on which the example was made."""
    member.house.ledger.clock = count(FIRST_DAY + number * DAY, 1000).__next__


def look(member: Visitor, day: str) -> str:
    """The page as of a day of January 2026; empty is today."""
    answer = member.get(PAGE + (f"?as_of=2026-01-{day}" if day else ""))
    assert answer.status == 200
    return answer.text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_it_says_loudly_that_nothing_leaves_by_it_and_records_nothing(member: Visitor, tongue: str) -> None:
    answer = member.get(PAGE + THEN, accept_language=tongue)
    told = main(answer)
    assert answer.status == 200 and AT[tongue] in answer.text
    loud = say("web_consent.then", tongue)
    assert told.index(loud) < told.index("<section"), "before the first decision"
    assert "<form" not in told and "<button" not in told and "/consent/new" not in told
    assert f">{say('web_consent.tag.holds', tongue)}<" not in told, "what held then is not said to hold"
    assert 'class="tag well"' not in told, "nor is it green"
    today = member.get(PAGE, accept_language=tongue).text
    assert loud not in today and f">{say('web_consent.tag.holds', tongue)}<" in today


def test_a_yes_that_was_given_later_is_not_there(member: Visitor) -> None:
    member.post(FORM, YES)
    assert f"Given · Research · {READER}" in section(look(member, ""), SILENT)
    then = look(member, "05")
    silent = then[then.index(say("web_consent.silent", "en")) :]
    assert f">{SILENT}<" in silent and "Given · Research" not in silent


def test_a_yes_that_was_withdrawn_later_is_shown_as_what_it_was_and_as_over(member: Visitor) -> None:
    before = section(look(member, "05"), WOMAN)
    assert HELD in before and GONE not in before and LOUD in look(member, "05")
    member.post(f"{PAGE}/withdraw", {"what": WOMAN})
    told = section(look(member, "05"), WOMAN)
    assert told.count(GONE) == told.count(HELD) > 0, "each of them, on each day before"
    assert "Withdrawn" not in told
    assert "Withdrawn · every purpose · every recipient" in section(look(member, ""), WOMAN)
    set_day(member, 25)
    told = section(look(member, "21"), WOMAN)
    assert "Withdrawn · every purpose · every recipient" in told and HELD not in told


def test_it_is_judged_by_that_day_when_it_ends(member: Visitor) -> None:
    set_day(member, 11)
    member.post(FORM, {**YES, "valid_until": "2026-01-15"})
    set_day(member, 20)
    within, after = (section(look(member, day), SILENT) for day in ("15", "16"))
    assert HELD in within and "days left then: 0" in within and GONE in within
    assert HELD not in after and "allowed nothing then" in after and GONE not in after
    assert "allows nothing now" in section(look(member, ""), SILENT)


def test_who_left_what_before_is_told_as_of_then(member: Visitor) -> None:
    """What was printed later had not been shown by then."""
    path = f"/case/{PAGE.split('/')[2]}"
    member.post("/identity/open", {"about": path.split("/")[2], "reason": "INVENTED: to look"})
    item = re.findall(r'href="(/item/[^"?#]+)"', member.get(path).text)[0]
    assert member.post(f"{item}/note", {"event": "printed", "note": "INVENTED: for a court"}).status == 303
    assert "INVENTED: for a court" in look(member, "")
    assert "INVENTED: for a court" not in look(member, "05")


def test_a_dossier_is_never_judged_by_an_earlier_day(member: Visitor) -> None:
    for path in ("dossier", "consent/new", "consent/file"):
        assert member.get(f"/case/{PAGE.split('/')[2]}/{path}{THEN}").status == 403
    assert member.post(f"{PAGE}/withdraw{THEN}", {"what": WOMAN}).status == 403
    assert member.post(FORM + THEN, YES).status == 403
    assert "Withdrawn" not in section(look(member, ""), WOMAN) and not member.house.desk.jobs.all()


def test_her_own_page_says_it_where_it_lists_what_she_decided(member: Visitor) -> None:
    page = member.get(f"/person/{WOMAN}{THEN}").text
    assert LOUD in page and f'href="{PAGE}{THEN}"' in page
    assert LOUD not in member.get(f"/person/{WOMAN}").text
