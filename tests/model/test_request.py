"""A request keeps to what she decided: each rule by itself. Random histories are in tests/promises."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from onggi.model.consent import (
    DECISIONS,
    GIVERS,
    GONE,
    HELD,
    LIKENESS,
    LOST,
    SHOWN,
    VERSION,
    WISHES,
    Checks,
    Consent,
    Withheld,
)
from onggi.model.request import (
    Recorded,
    Request,
    find_standing,
    fold_name,
    judge_consent,
    list_withheld,
    tidy_name,
)
from onggi.model.vocabulary import load_vocabulary
from onggi.words import known

WELL = Checks("yes", "yes", "yes", "yes", "yes", "yes", "no")
YES = Consent(
    "given",
    "2026-01-01",
    "evidence",
    "UN-SP",
    covers=("facts", "identity"),
    shown="named",
    likeness="as_is",
    valid_from="2026-01-01",
    valid_until="2026-03-31",
    checks=WELL,
)
NO = Consent("refused", "2026-01-01", "evidence", "UN-SP")
PROXY = structs.replace(
    YES,
    covers=("facts",),
    shown="pseudonym",
    likeness="altered",
    given_by="proxy",
    because="INVENTED: she is out of reach",
    interest="INVENTED: she wished it told",
)
ASKED = Request(
    purpose="evidence",
    recipient="UN-SP",
    organisation=None,
    covers=frozenset({"facts"}),
    items=frozenset(),
    shown="pseudonym",
    likeness="left_out",
    day=date(2026, 2, 1),
)
ARCHIVE = structs.replace(YES, recipient="ARCHIVE", organisation="INVENTED Archive, Seoul")
ASKED_ARCHIVE = replace(ASKED, recipient="ARCHIVE", organisation="INVENTED Archive, Seoul")


def keep(*rows: Consent, **also: Any) -> list[Recorded]:
    """Decisions that were recorded one after the other, each knowing all before it."""
    return [
        Recorded(f"{number}", structs.replace(row, knows=tuple(map(str, range(number)))), "ann", **also)
        for number, row in enumerate(rows)
    ]


def judge(*rows: Consent, asked: Request = ASKED, **also: Any) -> str | None:
    return judge_consent(keep(*rows, **also), asked)


def test_a_consent_that_fits() -> None:
    assert judge(YES) is None
    assert judge(YES, asked=replace(ASKED, shown="named", likeness="as_is")) is None
    assert judge(ARCHIVE, asked=ASKED_ARCHIVE) is None


def test_silence_is_no_consent() -> None:
    assert judge_consent([], ASKED) == "consent.absent"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"purpose": "services"}, "consent.absent"),  # consent for help is not consent to share
        ({"recipient": "ICC-15"}, "consent.absent"),
        ({"recipient": None}, "consent.recipient"),
        ({"organisation": "INVENTED Archive"}, "consent.recipient"),
        ({"purpose": None}, "consent.strange"),
        ({"decision": "not_asked"}, "consent.absent"),
        ({"decision": "refused"}, "consent.refused"),
        ({"decision": "withdrawn"}, "consent.withdrawn"),
        ({"decision": "lost"}, "consent.lost"),
        ({"decision": "deferred"}, "consent.strange"),
        ({"version": VERSION + 1}, "consent.strange"),
        ({"shown": "drawn"}, "consent.strange"),
        ({"likeness": "drawn"}, "consent.strange"),
        ({"given_by": "neighbour"}, "consent.strange"),
        ({"covers": ("identity",)}, "consent.covers"),
        ({"items": ("1" * 32,)}, "consent.items"),
        ({"shown": "left_out"}, "consent.shown"),
        ({"valid_from": "2026-02-02"}, "consent.early"),
        ({"valid_from": None}, "consent.early"),
        ({"valid_until": "2026-01-31"}, "consent.expired"),
        ({"valid_until": None}, "consent.expired"),
        ({"valid_until": "9999-99-99"}, "consent.expired"),
        ({"valid_until": "20271231"}, "consent.expired"),
    ],
)
def test_what_does_not_fit(change: dict[str, Any], found: str) -> None:
    asked = replace(ASKED, items=frozenset({"2" * 32}))
    assert judge(structs.replace(YES, **change), asked=asked) == found


@pytest.mark.parametrize(
    ("check", "answers", "found"),
    [
        ("risks", {"no", "unknown"}, "consent.explained"),
        ("no_loss", {"no", "unknown"}, "consent.explained"),
        ("said_back", {"no", "unknown"}, "consent.understood"),
        ("able", {"no", "unknown"}, "consent.understood"),
        ("safe", {"no", "unknown"}, "consent.pressed"),
        ("pressed", {"yes", "unknown", "a little"}, "consent.pressed"),
        ("alone", {"yes", "no", "unknown"}, None),
    ],
)
def test_how_she_must_have_been_asked(check: str, answers: set[str], found: str | None) -> None:
    for answer in answers:
        row = structs.replace(YES, checks=structs.replace(WELL, **{check: answer}))
        assert judge(row) == found
        for giver in ("guardian", "proxy"):
            theirs = structs.replace(PROXY, given_by=giver, checks=row.checks)
            assert judge(theirs, seconds=frozenset({"bea"})) == found, "whoever decides must be asked well"
        dead = structs.replace(PROXY, given_by="nobody", checks=row.checks)
        assert judge(dead, seconds=frozenset({"bea"})) is None, "who cannot be asked"


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [
        ("consent_checks", Checks.__struct_fields__),
        ("consent_decisions", DECISIONS),
        ("consent_givers", GIVERS),
        ("consent_likeness", LIKENESS),
        ("consent_shown", SHOWN),
        ("consent_wishes", WISHES),
    ],
)
def test_every_word_the_rules_know_is_a_term_people_can_read(vocabulary: str, words: tuple[str, ...]) -> None:
    assert set(load_vocabulary(vocabulary).terms) - {LOST} == set(words)


def test_the_first_and_the_last_day_are_included() -> None:
    for day, found in (
        (date(2025, 12, 31), "consent.early"),
        (date(2026, 1, 1), None),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), "consent.expired"),
    ):
        assert judge(YES, asked=replace(ASKED, day=day)) == found


# --- how much is shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"shown": "named"}, "consent.covers"),
        ({"likeness": "as_is"}, "consent.covers"),
        ({"covers": frozenset({"facts", "identity"})}, "consent.covers"),
        ({"shown": "pseudonym", "likeness": "altered"}, None),
        ({"shown": "drawn"}, "consent.shown"),
        ({"likeness": "drawn"}, "consent.likeness"),
    ],
)
def test_identity_never_comes_along(asked: dict[str, Any], found: str | None) -> None:
    row = structs.replace(YES, covers=("facts",), shown="pseudonym", likeness="altered")
    assert judge(row, asked=replace(ASKED, **asked)) == found


def test_identity_that_is_covered_is_still_shown_no_more_than_she_said() -> None:
    row = structs.replace(YES, shown="pseudonym", likeness="altered")
    assert judge(row, asked=replace(ASKED, covers=frozenset({"identity"}))) == "consent.shown"
    assert judge(row, asked=replace(ASKED, likeness="as_is")) == "consent.shown"


def test_items_narrow_what_is_covered() -> None:
    one, other = "1" * 32, "2" * 32
    row = structs.replace(YES, covers=("documents",), items=(one,))
    asked = replace(ASKED, covers=frozenset({"documents"}))
    assert judge(row, asked=replace(asked, items=frozenset({one}))) is None
    assert judge(row, asked=replace(asked, items=frozenset({one, other}))) == "consent.items"
    assert judge(structs.replace(row, items=()), asked=replace(asked, items=frozenset({one, other}))) is None


# --- whom


@pytest.mark.parametrize(
    ("recipient", "organisation", "found"),
    [
        ("ARCHIVE", "INVENTED Archive, Seoul", None),
        ("ARCHIVE", " INVENTED  Ａrchive, Seoul", None),  # one width, single spaces
        ("ARCHIVE", "invented archive, seoul", "consent.recipient"),
        ("ARCHIVE", "INVENTED Archive Seoul", "consent.recipient"),
        ("ARCHIVE", None, "consent.recipient"),
        ("ARCHIVE", "INVENTED Archive", "consent.absent"),
        ("NGO-ARCHIVES", "INVENTED Archive, Seoul", "consent.absent"),
        (None, "INVENTED Archive, Seoul", "consent.absent"),
        ("archive", "INVENTED Archive, Seoul", "consent.recipient"),
    ],
)
def test_a_yes_is_to_the_letter(recipient: str | None, organisation: str | None, found: str | None) -> None:
    asked = replace(ASKED, recipient=recipient, organisation=organisation)
    assert judge(ARCHIVE, asked=asked) == found


@pytest.mark.parametrize(
    ("recipient", "organisation", "reached"),
    [
        (None, None, True),
        ("ARCHIVE", None, True),
        ("archive", None, True),
        ("ARCHIVE", "invented-archive (SEOUL)", True),
        (None, "invented archive seoul", True),
        ("NGO-ARCHIVES", "INVENTED Archive, Seoul", True),
        ("NGO-ARCHIVES", None, False),
        ("ARCHIVE", "INVENTED Archive, Busan", False),
    ],
)
def test_a_no_reaches_wide(recipient: str | None, organisation: str | None, reached: bool) -> None:
    no = structs.replace(NO, recipient=recipient, organisation=organisation)
    assert judge(ARCHIVE, no, asked=ASKED_ARCHIVE) == ("consent.refused" if reached else None)


def test_a_no_to_one_archive_holds_for_an_archive_that_is_not_named() -> None:
    no = structs.replace(NO, recipient="ARCHIVE", organisation="INVENTED Archive, Busan")
    assert judge(no, asked=replace(ASKED_ARCHIVE, organisation=None)) == "consent.refused"


def test_a_narrower_yes_in_another_spelling_takes_the_place_of_the_wider_one() -> None:
    narrow = structs.replace(ARCHIVE, organisation="INVENTED ARCHIVE, Seoul", covers=())
    assert judge(ARCHIVE, narrow, asked=ASKED_ARCHIVE) == "consent.recipient"


def test_names_of_organisations() -> None:
    assert tidy_name(" ＩＮＶＥＮＴＥＤ \t Archive,\nSeoul ") == "INVENTED Archive, Seoul"
    assert fold_name("INVENTED: Archive (Seoul)") == fold_name("invented archive, seoul")
    assert fold_name("서울 기록원") == fold_name("서울기록원")
    assert fold_name("Archive 1") != fold_name("Archive 2")


# --- the last word


def test_the_newest_decision_counts() -> None:
    assert judge(NO, YES) is None
    assert judge(YES, NO) == "consent.refused"
    assert judge(YES, structs.replace(YES, covers=())) == "consent.covers"
    assert judge(YES, structs.replace(NO, purpose="research")) is None
    assert judge(YES, structs.replace(YES, decision="not_asked")) is None


def test_a_no_to_all_is_lifted_for_what_she_agrees_to_again_and_no_more() -> None:
    everything = Consent("withdrawn", "2026-01-02")
    again = structs.replace(YES, on="2026-01-03")
    other = structs.replace(YES, purpose="research")
    asked = replace(ASKED, purpose="research")
    assert judge(YES, other, everything) == judge(YES, other, everything, asked=asked) == "consent.withdrawn"
    assert judge(YES, other, everything, again) is None
    assert judge(YES, other, everything, again, asked=asked) == "consent.withdrawn"


def test_a_yes_that_is_written_down_late_lifts_no_later_no() -> None:
    no = structs.replace(NO, on="2026-01-20")
    assert judge(no, structs.replace(YES, on="2026-01-19")) == "consent.refused"
    assert judge(no, structs.replace(YES, on="2026-01-20")) is None
    assert judge(no, structs.replace(YES, on="soon")) == "consent.refused"


def test_a_wider_yes_that_is_written_down_late_does_not_widen() -> None:
    narrow = structs.replace(YES, on="2026-01-20", covers=("facts",), shown="pseudonym", likeness="left_out")
    asked = replace(ASKED, shown="named")
    assert judge(narrow, YES, asked=asked) == "consent.covers"
    assert judge(narrow, structs.replace(YES, on="2026-01-21"), asked=asked) is None


def test_two_copies_that_decided_apart_must_both_allow() -> None:
    apart = [Recorded("a", YES, "ann"), Recorded("b", Consent("withdrawn", "2026-01-01"), "bea")]
    assert judge_consent(apart, ASKED) == "consent.withdrawn"
    assert [one.id for one in find_standing(apart, ASKED)] == ["a", "b"]
    again = Recorded("c", structs.replace(YES, knows=("a", "b")), "ann")
    assert judge_consent([*apart, again], ASKED) is None


def test_what_a_decision_knows_is_also_what_that_knew() -> None:
    between = structs.replace(YES, purpose="research", knows=("a",))
    row = [Recorded("a", NO, "ann"), Recorded("b", between, "ann")]
    last = Recorded("c", structs.replace(YES, knows=("b",)), "ann")
    assert judge_consent([*row, last], ASKED) is None
    assert judge_consent([row[0], last], ASKED) == "consent.refused", (
        "without the one between, nobody can tell"
    )


class Walked(tuple[str, ...]):
    """Ids that count how often somebody went through them."""

    steps = 0

    def __iter__(self) -> Iterator[str]:
        Walked.steps += len(self)
        return super().__iter__()


def test_a_long_history_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    many = 60
    ids = [str(number) for number in range(many)]
    rows = [structs.replace(YES, knows=Walked(ids[:number])) for number in range(many)]
    recorded = [Recorded(id, row, "member") for id, row in zip(ids, rows, strict=True)]
    monkeypatch.setattr(Walked, "steps", 0)
    assert [one.id for one in find_standing(recorded, ASKED)] == ids[-1:]
    assert Walked.steps == many * (many - 1) / 2, "what each knows, once: not again for all that know it"


def test_what_a_member_took_back_allows_nothing_and_forbids_still() -> None:
    assert judge(YES, retracted=True) == "consent.retracted"
    assert judge(YES, NO, retracted=True) == "consent.refused"
    wide, narrow = keep(YES, structs.replace(YES, covers=()))
    assert judge_consent([wide, replace(narrow, retracted=True)], ASKED) == "consent.retracted"


def test_decisions_that_know_each_other_allow_nothing() -> None:
    forged = [
        Recorded("a", structs.replace(YES, knows=("b", "a")), "ann"),
        Recorded("b", structs.replace(YES, knows=("a",)), "ann"),
    ]
    assert judge_consent(forged, ASKED) == "consent.absent"


# --- others decide for her


@pytest.mark.parametrize("giver", ["guardian", "proxy", "nobody"])
def test_who_decides_for_her_does_not_decide_alone(giver: str) -> None:
    row = structs.replace(PROXY, given_by=giver)
    two = frozenset({"bea"})
    assert judge(row) == judge(row, seconds=frozenset({"ann"})) == "consent.second"
    assert judge(row, seconds=two) is None
    assert judge(structs.replace(row, assent="no"), seconds=two) == "consent.assent"
    for field in ("because", "interest"):
        for text in (None, "", " \n"):
            assert judge(structs.replace(row, **{field: text}), seconds=two) == "consent.reason"


@pytest.mark.parametrize("giver", ["guardian", "proxy", "nobody"])
def test_who_did_not_decide_for_herself_is_never_named(giver: str) -> None:
    row = structs.replace(YES, given_by=giver, because=PROXY.because, interest=PROXY.interest)
    two = frozenset({"bea"})
    assert judge(row, seconds=two) is None
    for asked in ({"shown": "named"}, {"covers": frozenset({"identity"})}):
        assert judge(row, seconds=two, asked=replace(ASKED, **asked)) == "consent.shown"
    assert judge(row, seconds=two, asked=replace(ASKED, likeness="as_is")) == "consent.shown"
    assert judge(row, seconds=two, asked=replace(ASKED, likeness="altered")) is None


def test_nobody_lifts_her_own_no_but_she() -> None:
    two = frozenset({"bea"})
    for no in (NO, structs.replace(NO, decision="withdrawn"), structs.replace(NO, decision="lost", on="")):
        assert judge(no, PROXY, seconds=two) == f"consent.{no.decision}"
        assert judge(no, PROXY, YES, seconds=two) is None
    theirs = structs.replace(NO, given_by="guardian")
    assert judge(theirs, PROXY, seconds=two) is None


@pytest.mark.parametrize("wish", ["if_gone", "if_held"])
def test_her_wish_that_it_stop_is_a_no_to_others(wish: str) -> None:
    two = frozenset({"bea"})
    ended = structs.replace(YES, valid_until="2026-01-31")
    assert judge(structs.replace(ended, **{wish: "stop"}), PROXY, seconds=two) == "consent.expired"
    assert judge(structs.replace(ended, **{wish: "ask"}), PROXY, seconds=two) is None
    assert judge(ended, PROXY, seconds=two) is None


@pytest.mark.parametrize(("fate", "wish", "found"), [(GONE, "if_gone", "gone"), (HELD, "if_held", "held")])
def test_what_became_of_her_ends_her_yes_unless_she_wished_otherwise(
    fate: str, wish: str, found: str
) -> None:
    fates = frozenset({fate})
    for said in (None, "stop", "ask"):
        assert judge(structs.replace(YES, **{wish: said}), fates=fates) == f"consent.{found}"
    assert judge(structs.replace(YES, **{wish: "go_on"}), fates=fates) is None
    other = "if_held" if wish == "if_gone" else "if_gone"
    assert judge(structs.replace(YES, **{other: "go_on"}), fates=fates) == f"consent.{found}"
    for giver, held in (("guardian", f"consent.{found}"), ("proxy", None), ("nobody", None)):
        theirs = structs.replace(PROXY, given_by=giver)
        assert judge(theirs, fates=fates, seconds=frozenset({"bea"})) == held


# --- what is kept back


def test_what_is_kept_back_comes_from_all_that_stands() -> None:
    church, price = Withheld(("religion_contact",), "fear_of_harm"), Withheld(("price",), "other")
    first = structs.replace(YES, withheld=(church,))
    second = structs.replace(YES, withheld=(price, church))
    assert list_withheld(keep(first, second), ASKED) == (price, church)
    apart = [Recorded("a", first, "ann"), Recorded("b", second, "bea")]
    assert set(list_withheld(apart, ASKED)) == {church, price}


def test_what_she_wanted_kept_back_outlives_her() -> None:
    church, price = Withheld(("religion_contact",), "fear_of_harm"), Withheld(("price",), "other")
    hers = structs.replace(YES, withheld=(church,))
    theirs = structs.replace(PROXY, withheld=(price,))
    assert set(list_withheld(keep(hers, theirs), ASKED)) == {church, price}
    elsewhere = structs.replace(hers, purpose="research")
    assert list_withheld(keep(elsewhere, theirs), ASKED) == (price,)


def test_every_answer_has_a_sentence_and_a_hint() -> None:
    ids = (
        "absent refused withdrawn lost strange retracted recipient explained understood pressed early expired"
    )
    ids += " covers items shown likeness assent reason second gone held"
    for id in ids.split():
        assert known(f"consent.{id}") and known(f"consent.{id}.hint"), id
