"""Consent files: the example whole, every mistake with its line, and nothing recorded beside a mistake."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.intake.vault_double import Dice, VaultDouble, name_people

from onggi.intake.batch import Batch
from onggi.intake.consent import read_consents, read_decision
from onggi.ledger.screen import list_texts
from onggi.model.consent import Checks, Consent, Withheld
from onggi.model.entity import make_code
from onggi.model.request import Recorded, Request, judge_consent
from onggi.model.statement import Statement, read_slots, write_slots
from onggi.model.stratum import Stratum
from onggi.model.vocabulary import load_vocabulary
from onggi.words import known

EXAMPLE = Path(__file__).parents[2] / "examples/invented/consent.toml"
CASE, TODAY = "c" * 32, date(2026, 12, 1)
WOMAN, FRIEND, NEIGHBOUR, DAUGHTER, BUYER = ("P-8F3KT2H", "P-2M9XCVC", "P-R6HD4JS", "P-5ZP1GQ7", "P-K0B5TYT")
IDS = {code: f"{number:032x}" for number, code in enumerate((WOMAN, FRIEND, NEIGHBOUR, DAUGHTER, BUYER), 1)}
ITEM = make_code("item", Dice())
STATEMENT = "d" * 32
VAULT = VaultDouble(
    entities={
        **{code: (id, "person") for code, id in IDS.items()},
        **{id: (id, "person") for id in IDS.values()},
        ITEM: ("e" * 32, "item"),
    },
    statements={STATEMENT: Stratum.RECORD},
    names=name_people("리영희"),
)
ROW: Mapping[str, str] = {
    "person": f'"{WOMAN}"',
    "decision": '"given"',
    "purpose": '"evidence"',
    "recipient": '"UN-SP"',
    "covers": '["facts", "words"]',
    "shown": '"pseudonym"',
    "lang": '"ko"',
    "form": '"voice"',
    "checks": '{ risks = "yes", no_loss = "yes", said_back = "yes", able = "yes", safe = "yes", '
    'alone = "no", pressed = "no" }',
}
THEIRS = {"given_by": '"proxy"', "because": '"out of reach"', "interest": '"her children"'}


def write(*rows: Mapping[str, str]) -> bytes:
    """A consent file; a key that is empty is left out."""
    tables = (
        "\n".join(["[[consent]]", *(f"{key} = {said}" for key, said in row.items() if said)]) for row in rows
    )
    return "\n".join(["onggi = 1", *tables]).encode()


def read(data: bytes, vault: VaultDouble = VAULT) -> Batch | list[tuple[str, str]]:
    found = read_consents(data, CASE, vault, Dice(), TODAY)
    return found if isinstance(found, Batch) else [(one.code, one.where) for one in found]


def take(*changes: Mapping[str, str], vault: VaultDouble = VAULT) -> list[Consent]:
    """The decisions of a file that is well."""
    batch = read(write(*({**ROW, **change} for change in changes)), vault)
    assert isinstance(batch, Batch), batch
    return [one.value for _, one in batch.placed if isinstance(one.value, Consent)]


def take_example() -> list[tuple[Stratum, Statement]]:
    batch = read(EXAMPLE.read_bytes())
    assert isinstance(batch, Batch), batch
    return list(batch.placed)


# --- the example


def test_the_example_is_taken_in_whole() -> None:
    placed = take_example()
    assert [stratum for stratum, _ in placed].count(Stratum.IDENTITY) == 1
    assert len(placed) == 10
    assert all(one.trace.screened for stratum, one in placed if stratum is Stratum.RECORD)


@pytest.mark.parametrize(
    ("person", "purpose", "recipient", "organisation", "found"),
    [
        (WOMAN, "evidence", "UN-SP", None, None),
        (WOMAN, "accountability", "UN-SP", None, None),
        (WOMAN, "publication", "UN-SP", None, "consent.absent"),
        (WOMAN, "evidence", "KR-CRIM", None, "consent.absent"),
        (WOMAN, "publication", None, "invented daily (Seoul)", "consent.refused"),
        (FRIEND, "evidence", "UN-SP", None, "consent.withdrawn"),
        (FRIEND, "services", None, "INVENTED shelter", "consent.withdrawn"),
        (NEIGHBOUR, "statistics", "PATTERN", None, None),
        (NEIGHBOUR, "statistics", "UN-SP", None, "consent.refused"),
        (NEIGHBOUR, "evidence", "KR-CRIM", None, "consent.absent"),
        (DAUGHTER, "accountability", "UN-SP", None, "consent.second"),
        (BUYER, "evidence", "UN-SP", None, "consent.absent"),
    ],
)
def test_what_the_example_allows(
    person: str, purpose: str, recipient: str | None, organisation: str | None, found: str | None
) -> None:
    recorded = [
        Recorded(one.id, one.value, "ann")
        for _, one in take_example()
        if one.subject == IDS[person] and isinstance(one.value, Consent)
    ]
    shown = "left_out" if person in (NEIGHBOUR, DAUGHTER) else "pseudonym"
    asked = Request(
        purpose=purpose,
        recipient=recipient,
        organisation=organisation,
        covers=frozenset({"facts"}),
        items=frozenset(),
        shown=shown,
        likeness="left_out",
        day=TODAY,
    )
    assert judge_consent(recorded, asked) == found
    if found is None:
        assert judge_consent(recorded, replace(asked, shown="named")) is not None


def test_her_own_words_lie_with_her_name() -> None:
    ((_, said),) = [one for one in take_example() if one[0] is Stratum.IDENTITY]
    assert said.what.property == "verbatim" and said.source == IDS[WOMAN]
    assert said.words is not None and said.words.lang == "ko"
    decided = next(one for _, one in take_example() if isinstance(one.value, Consent))
    assert said.words.original not in "\n".join(list_texts(decided))


# --- what a row comes to


def test_all_fields_of_a_decision() -> None:
    (consent,) = take(
        {
            "on": "2026-11-30",
            "organisation": '" INVENTED  Ｂody "',
            "covers": '["facts", "documents", "identity", "facts"]',
            "items": f'["{ITEM}"]',
            "shown": '"named"',
            "likeness": '"altered"',
            "withheld": f'[{{ what = ["price", "price_and_terms", "{FRIEND.lower()}", "{STATEMENT}"], '
            'why = "other" }]',
            "channels": '["post"]',
            "valid_from": '"2026-12-02"',
            "valid_until": "2026-12-31",
            "review_on": "2026-12-20",
            "interpreter": f'"{NEIGHBOUR}"',
            "form": '"witnessed"',
            "witness": f'"{FRIEND}"',
            "kept_as": f'"{ITEM}"',
            "place": '"call"',
            "if_gone": '"stop"',
            "if_held": '"ask"',
        }
    )
    assert consent == Consent(
        decision="given",
        on="2026-11-30",
        purpose="evidence",
        recipient="UN-SP",
        organisation="INVENTED Body",
        covers=("facts", "documents", "identity"),
        items=("e" * 32,),
        shown="named",
        likeness="altered",
        withheld=(Withheld(("price", "price_and_terms", IDS[FRIEND], STATEMENT), "other"),),
        channels=("post",),
        valid_from="2026-12-02",
        valid_until="2026-12-31",
        review_on="2026-12-20",
        lang="ko",
        interpreter=IDS[NEIGHBOUR],
        form="witnessed",
        witness=IDS[FRIEND],
        kept_as="e" * 32,
        place="call",
        checks=Checks("yes", "yes", "yes", "yes", "yes", "no", "no"),
        if_gone="stop",
        if_held="ask",
    )


def test_what_is_left_out_is_the_least() -> None:
    (consent,) = take({"shown": ""})
    assert (consent.on, consent.valid_from, consent.valid_until) == ("2026-12-01", "2026-12-01", "2027-03-01")
    assert (consent.shown, consent.likeness, consent.items, consent.withheld) == (
        "left_out",
        "left_out",
        (),
        (),
    )


def test_a_no_is_as_short_as_she_wants_it() -> None:
    batch = read(write({"person": f'"{WOMAN}"', "decision": '"refused"'}))
    assert isinstance(batch, Batch)
    ((_, said),) = batch.placed
    assert said.value == Consent("refused", "2026-12-01")


def test_each_decision_knows_those_before_it() -> None:
    vault = alter(VAULT, decided={IDS[WOMAN]: ("a" * 32,)})
    first, other, third = take({}, {"person": f'"{FRIEND}"'}, {"purpose": '"research"'}, vault=vault)
    assert first.knows == ("a" * 32,)
    assert other.knows == ()
    assert len(third.knows) == 2 and third.knows[0] == "a" * 32


def test_what_was_checked_and_is_not_well_is_recorded_and_allows_nothing() -> None:
    (consent,) = take({"checks": ROW["checks"].replace('pressed = "no"', 'pressed = "yes"')})
    assert consent.checks.pressed == "yes"


def test_a_consent_is_written_and_read_as_any_value() -> None:
    for _, one in take_example():
        assert read_slots(write_slots(one)) == one


def test_without_identity_nothing_counts_as_screened() -> None:
    batch = read(write({**ROW, "organisation": '"INVENTED: 리영희"'}), alter(VAULT, names=None))
    assert isinstance(batch, Batch)
    assert batch.counts.unscreened == 1 and not batch.placed[0][1].trace.screened


def alter(vault: VaultDouble, **change: Any) -> VaultDouble:
    return replace(vault, **change)


# --- what is refused


MISTAKES: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"person": ""}, [("intake.consent.missing", "line 2")]),
    ({"person": '"P-8F3KT2J"'}, [("intake.consent.person", "line 3")]),
    ({"person": f'"{ITEM}"'}, [("intake.consent.person", "line 3")]),
    ({"person": '"리영희"'}, [("intake.consent.person", "line 3")]),
    ({"person": "7"}, [("intake.field.text", "line 3")]),
    ({"decision": ""}, [("intake.consent.missing", "line 2")]),
    ({"decision": '"expired"'}, [("intake.field.choice", "line 4")]),
    ({"decision": '"lost"'}, [("intake.field.choice", "line 4")]),
    ({"purpose": ""}, [("intake.consent.missing", "line 2")]),
    ({"purpose": '"everything"'}, [("intake.field.choice", "line 5")]),
    ({"purpose": '["evidence", "research"]'}, [("intake.field.choice", "line 5")]),
    ({"recipient": ""}, [("intake.consent.missing", "line 2")]),
    ({"recipient": '"anyone"'}, [("intake.consent.anyone", "line 6")]),
    ({"recipient": '" The Public!"'}, [("intake.consent.anyone", "line 6")]),
    ({"recipient": '"un-sp"'}, [("intake.consent.recipient", "line 6")]),
    ({"recipient": '"UN-PS"'}, [("intake.consent.recipient", "line 6")]),
    ({"recipient": '"INVENTED Archive"'}, [("intake.consent.recipient", "line 6")]),
    ({"recipient": '["UN-SP", "UPR"]'}, [("intake.field.text", "line 6")]),
    ({"recipient": "", "organisation": '"누구나"'}, [("intake.consent.anyone", "line 11")]),
    ({"recipient": "", "organisation": '"任何人"'}, [("intake.consent.anyone", "line 11")]),
    ({"recipient": "", "organisation": '"…"'}, [("intake.consent.anyone", "line 11")]),
    ({"recipient": "", "organisation": '"  "'}, [("intake.consent.missing", "line 2")]),
    ({"recipient": "", "organisation": '"un sp"'}, [("intake.consent.organisation", "line 11")]),
    ({"recipient": '"ARCHIVE"'}, [("intake.consent.many", "line 6")]),
    ({"recipient": '"PATTERN"'}, [("intake.consent.pattern", "line 6")]),
    ({"covers": ""}, [("intake.consent.missing", "line 2")]),
    ({"covers": "[]"}, [("intake.consent.missing", "line 2")]),
    ({"covers": '"facts"'}, [("intake.field.list", "line 7")]),
    ({"covers": '["all"]'}, [("intake.field.choice", "line 7")]),
    ({"shown": '"named"'}, [("intake.consent.named", "line 8")]),
    ({"likeness": '"as_is"'}, [("intake.consent.named", "line 12")]),
    ({"lang": ""}, [("intake.consent.missing", "line 2")]),
    ({"lang": '"Korean"'}, [("intake.field.language", "line 9")]),
    ({"form": ""}, [("intake.consent.missing", "line 2")]),
    ({"form": '"witnessed"'}, [("intake.consent.missing", "line 2")]),
    ({"checks": ""}, [("intake.consent.missing", "line 2")]),
    ({"checks": '"yes"'}, [("intake.form.table", "line 11"), ("intake.consent.missing", "line 11")]),
    ({"checks": '{ risks = "yes" }'}, [("intake.consent.missing", "line 11")]),
    ({"checks": ROW["checks"].replace('"no" }', '"no", calm = "yes" }')}, [("intake.form.key", "line 11")]),
    (
        {"checks": ROW["checks"].replace('able = "yes"', 'able = "perhaps"')},
        [("intake.field.choice", "line 11")],
    ),
    (
        {"on": "2026-12-03"},
        [
            ("intake.consent.future", "line 12"),
        ],
    ),
    ({"on": '"soon"'}, [("intake.consent.day", "line 12")]),
    ({"on": '"2026-11"'}, [("intake.consent.day", "line 12")]),
    ({"on": "2026-11-30T10:00:00"}, [("intake.consent.day", "line 12")]),
    ({"valid_from": "2026-11-30"}, [("intake.consent.days", "line 12")]),
    ({"valid_until": "2026-11-30"}, [("intake.consent.days", "line 12")]),
    ({"valid_until": "2029-01-01"}, [("intake.consent.long", "line 12")]),
    ({"review_on": "2027-06-01"}, [("intake.consent.review", "line 12")]),
    ({"items": f'["{WOMAN}"]'}, [("intake.consent.item", "line 12")]),
    ({"kept_as": '"I-0000000"'}, [("intake.consent.item", "line 12")]),
    ({"interpreter": '"somebody"'}, [("intake.consent.person", "line 12")]),
    ({"withheld": '"the church"'}, [("intake.form.table", "line 12")]),
    ({"withheld": '[{ what = ["the church"], why = "other" }]'}, [("intake.consent.mark", "line 12")]),
    ({"withheld": '[{ what = [], why = "other" }]'}, [("intake.consent.missing", "line 12")]),
    ({"withheld": '[{ what = ["price"] }]'}, [("intake.consent.missing", "line 12")]),
    ({"withheld": '[{ what = ["price"], why = "shame" }]'}, [("intake.field.choice", "line 12")]),
    ({"withheld": '[{ what = ["price"], why = "other", whom = "x" }]'}, [("intake.form.key", "line 12")]),
    ({"channels": '["pigeon"]'}, [("intake.field.choice", "line 12")]),
    ({"given_by": '"mother"'}, [("intake.field.choice", "line 12")]),
    ({"given_by": '"guardian"'}, [("intake.consent.missing", "line 2")]),
    ({**THEIRS, "because": '" "'}, [("intake.consent.missing", "line 2")]),
    ({**THEIRS, "interest": ""}, [("intake.consent.missing", "line 2")]),
    (
        {**THEIRS, "covers": '["identity"]', "shown": '"named"'},
        [("intake.consent.others", "line 8")],
    ),
    (
        {**THEIRS, "covers": '["identity"]', "likeness": '"as_is"'},
        [("intake.consent.others", "line 15")],
    ),
    ({"recipent": '"UN-SP"'}, [("intake.form.key", "line 12")]),
    ({"knows": "[]"}, [("intake.form.key", "line 12")]),
    ({"version": "1"}, [("intake.form.key", "line 12")]),
    ({"because": '"Li Yingji said so"'}, [("intake.screen.name", "line 2")]),
    ({"interest": '"李英姬"'}, [("intake.screen.name", "line 2")]),
    ({"recipient": "", "organisation": '"INVENTED: 리영희 Foundation"'}, [("intake.screen.name", "line 2")]),
    ({"because": f'"{"x" * 1_000_001}"'}, [("intake.file.line", "line 12")]),
]


@pytest.mark.parametrize(("change", "expected"), MISTAKES, ids=lambda one: str(one)[:60])
def test_every_mistake_has_its_line(change: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = read(write({**ROW, **change}))
    assert not isinstance(found, Batch)
    assert list(dict.fromkeys(found)) == expected
    for code, _ in found:
        assert known(code) and known(f"{code}.hint"), code


def test_a_day_at_the_end_of_all_days_is_told() -> None:
    found = read(write({**ROW, "on": "9999-12-31"}))
    assert found == [("intake.consent.future", "line 12")]
    (consent,) = take({"valid_from": "9999-12-31"})
    assert (consent.valid_from, consent.valid_until) == ("9999-12-31", "9999-12-31")


@pytest.mark.parametrize("written", ["20261201", "2026-W49-2", "2026-12-1", "0000-00-00"])
def test_a_day_has_one_form(written: str) -> None:
    assert read(write({**ROW, "on": f'"{written}"'})) == [("intake.consent.day", "line 12")]


def test_a_file_has_so_many_decisions_and_no_more() -> None:
    no = {"person": f'"{WOMAN}"', "decision": '"refused"'}
    assert isinstance(read(write(*[no] * 1000)), Batch)
    found = read(write(*[no] * 1001))
    assert found == [("intake.consent.many_rows", "line 3002")]


def test_one_mistake_and_nothing_is_recorded() -> None:
    well = {"person": f'"{FRIEND}"', "decision": '"withdrawn"'}
    assert read(write(well, {**ROW, "purpose": '"all"'})) == [("intake.field.choice", "line 8")]


def test_all_mistakes_are_told_at_once() -> None:
    found = read(write({**ROW, "purpose": '"all"', "lang": ""}, {**ROW, "recipient": '"anyone"'}))
    assert found == [
        ("intake.consent.missing", "line 2"),
        ("intake.field.choice", "line 5"),
        ("intake.consent.anyone", "line 15"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("onggi = 1\n", ("intake.consent.none", "line 1")),
        ("onggi = 2\n[[consent]]\n", ("intake.form.version", "line 1")),
        ("onggi = 1\nconsent = 3\n", ("intake.form.table", "line 2")),
        ("onggi = 1\n[defaults]\n[[consent]]\n", ("intake.form.key", "line 2")),
        ("onggi = 1\n[[consent]\n", ("intake.form.toml", "line 2")),
        ("", ("intake.file.empty", "line 1")),
    ],
)
def test_what_is_no_consent_file(text: str, expected: tuple[str, str]) -> None:
    found = read(text.encode())
    assert not isinstance(found, Batch) and expected in found


def test_somebody_of_another_case_is_refused() -> None:
    found = read(write(ROW), alter(VAULT, elsewhere=frozenset({IDS[WOMAN]})))
    assert found == [("intake.consent.elsewhere", "line 3")]


def test_the_calendar_where_she_is_may_be_a_day_ahead() -> None:
    (consent,) = take({"on": "2026-12-02"})
    assert consent.on == "2026-12-02"


def test_no_finding_repeats_what_stands_in_the_file() -> None:
    for change, _ in MISTAKES:
        found = read_consents(write({**ROW, **change}), CASE, VAULT, Dice(), TODAY)
        assert isinstance(found, list)
        said = " ".join(f"{one.where} {one.values}" for one in found)
        assert not any(text in said for text in ("리영희", "Yingji", "李英姬", "church", "INVENTED"))


def test_every_purpose_can_be_asked_for() -> None:
    purposes = load_vocabulary("consent_purposes").terms
    assert len(purposes) == 9
    for purpose in purposes:
        (consent,) = take({"purpose": f'"{purpose}"'})
        assert consent.purpose == purpose


# --- a form


def read_form(**changes: object) -> Batch | list[tuple[str, str]]:
    """The row of a file, as a form would hand it in."""
    typed = tomllib.loads("\n".join(f"{key} = {said}" for key, said in ROW.items()))
    found = read_decision({**typed, **changes}, CASE, VAULT, Dice(), TODAY)
    return found if isinstance(found, Batch) else [(one.code, one.where) for one in found]


def test_a_form_comes_to_what_a_file_comes_to() -> None:
    typed, written = read_form(words="그렇게 하세요"), read(write({**ROW, "words": '"그렇게 하세요"'}))
    assert isinstance(typed, Batch) and isinstance(written, Batch)
    assert [(where, one.what) for where, one in typed.placed] == [
        (where, one.what) for where, one in written.placed
    ]


def test_what_is_wrong_in_a_form_stands_at_its_field() -> None:
    assert read_form(purpose="", recipient="", checks={"risks": "perhaps"}) == [
        ("intake.field.choice", "checks.risks"),
        ("intake.consent.missing", "purpose"),
        ("intake.consent.missing", "recipient"),
        *(
            ("intake.consent.missing", f"checks.{name}")
            for name in ("no_loss", "said_back", "able", "safe", "alone", "pressed")
        ),
    ]
    assert read_form(person="P-AAAAAAA") == [("intake.consent.person", "person")]
    assert read_form(recipient="anyone") == [("intake.consent.anyone", "recipient")]
    assert read_form(withheld=[{"what": ["price"], "why": "because"}]) == [
        ("intake.field.choice", "withheld.why")
    ]


def test_a_name_in_a_form_is_found_and_nothing_is_placed() -> None:
    found = read_form(given_by="proxy", because="리영희 says so", interest="her children")
    assert found == [("intake.screen.name", "")]
