"""The example files: the article told whole with nothing added, and the invented case."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.intake.vault_double import Dice, VaultDouble, list_codes

from onggi.intake.batch import Batch, Counts
from onggi.intake.record import read_record
from onggi.ledger.screen import Screen, list_texts
from onggi.model.naming import Naming, read_naming
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Number, Place, Term, Text
from onggi.model.vocabulary import load_properties
from onggi.model.when import When, may_overlap

EXAMPLES = Path(__file__).parents[2] / "examples"
INVENTED = EXAMPLES / "invented"

# Every row of the article's two tables, and what the file must say of it: property, then its values.
ARTICLE_ROWS: dict[str, dict[str, set[str]]] = {
    "The killing: victim": {"left_on": {"2010"}, "left_from": {"KP-10"}, "nationality": {"kp"}},
    "The killing: sold": {"type": {"sale", "forced_marriage"}, "place": {"CN-LN"}, "setting": {"rural"}},
    "The killing: perpetrator": {"ethnicity": {"korean_chinese"}, "nationality": {"cn"}},
    "The killing: domestic violence": {"type": {"beating"}, "duration": {"for years"}},
    "The killing: labour": {"type": {"forced_labour"}, "labour": {"farm"}},
    "The killing: control": {"type": {"surveillance"}, "control": {"watched", "violence"}},
    "The killing: remittances": {"sends_money": {"yes"}, "endured_for": {"money_for_family"}},
    "The killing: attempted escape": {"escape_to": {"KR"}, "escape_for": {"freedom"}},
    "The killing: killing": {"method": {"beating", "knife"}, "consequence": {"death_on_the_spot"}},
    "The killing: confession": {"confessed_to": {"entity"}},
    "The killing: response of the State": {
        "response": {"improper_investigation", "suspect_released", "suspect_protected"}
    },
    "The killing: source": {"note": {"text"}},
    "The killing: effect": {"effect": {"fear"}},
    "The pattern: sex trade": {
        "annual_profit": {"105000000"},
        "estimate": {"text"},
        "estimate_method": {"text"},
    },
    "The pattern: forced marriage": {"share_of": {"30"}},
    "The pattern: cause": {"cause": {"one_child_policy", "son_preference", "gender_imbalance"}},
    "The pattern: status": {"legal_standing": {"no_status", "economic_migrant", "refugee"}},
    "The pattern: silence": {
        "silence_reason": {"arrest", "detention", "return", "imprisonment", "torture", "execution"}
    },
    "The pattern: agencies": {"obstacle": {"no_access", "no_asylum_procedure"}},
    "The pattern: NGOs": {"obstacle": {"secrecy", "crackdown", "private_matter"}},
    "The pattern: law": {
        "law_says": {"text"},
        "obstacle": {"victims_unrecorded", "victims_unidentified", "diplomatic_cost", "indifference"},
    },
}


@cache
def read_article() -> Batch:
    read = read_record((EXAMPLES / "article/case.toml").read_bytes(), "toml", VaultDouble(), Dice())
    assert isinstance(read, Batch), read
    return read


@cache
def read_invented() -> tuple[Batch, Batch, Batch]:
    """The case, what the second member adds, and the list: one after the other into one vault."""
    dice = Dice()
    case = read_record((INVENTED / "case.toml").read_bytes(), "toml", VaultDouble(), dice)
    assert isinstance(case, Batch), case
    vault = VaultDouble(entities=list_codes(case), names=list_namings(case))
    second = read_record((INVENTED / "case-2.toml").read_bytes(), "toml", vault, dice)
    assert isinstance(second, Batch), second
    listed = read_record(
        (INVENTED / "list.csv").read_bytes(),
        "csv",
        vault,
        dice,
        mapping=(INVENTED / "list-map.toml").read_bytes(),
    )
    assert isinstance(listed, Batch), listed
    return case, second, listed


def list_namings(batch: Batch) -> list[Naming]:
    read = (read_naming(statement) for stratum, statement in batch.placed if stratum is Stratum.IDENTITY)
    return [naming for naming in read if naming is not None]


def list_statements() -> list[tuple[Stratum, Statement]]:
    return [placed for batch in read_invented() for placed in batch.placed]


def say_value(statement: Statement) -> str:
    match statement.value:
        case Term(term=said) | Date(edtf=said) | Place(place=said) | Number(number=said):
            return said
        case Text(text=said):
            return said
        case Entity():
            return "entity"
    return "unknown"


# --- the article


def test_the_article_is_taken_in_whole() -> None:
    assert read_article().counts == Counts(entities=22, record=186, identity=5, care=0, unscreened=0)


@pytest.mark.parametrize("row", ARTICLE_ROWS)
def test_every_row_of_the_article_is_said(row: str) -> None:
    said: dict[str, set[str]] = {}
    for _, statement in read_article().placed:
        if (statement.trace.locator or "").startswith(row):
            assert statement.source is not None
            said.setdefault(statement.what.property, set()).add(say_value(statement))
    for property, values in ARTICLE_ROWS[row].items():
        # "text": any text of our own
        assert property in said and (values == {"text"} or values <= said[property]), (property, said)


def test_no_statement_of_the_article_is_of_no_row() -> None:
    strange = {
        statement.trace.locator
        for _, statement in read_article().placed
        if statement.source
        and not any((statement.trace.locator or "").startswith(row) for row in ARTICLE_ROWS)
    }
    assert strange == set()


def test_what_the_article_does_not_say_is_unknown() -> None:
    unknown = Counter(s.what.property for _, s in read_article().placed if not s.known)
    assert unknown == Counter(
        {
            "name": 2,
            "birth": 2,
            "date": 2,
            "place": 1,
            "seller": 1,
            "broker": 1,
            "price": 1,
            "exact_place": 1,
            "escape_on": 1,
            "released_on": 1,
            "connection": 1,
        }
    )


def test_the_article_names_nobody() -> None:
    assert list_namings(read_article()) == []


def test_two_wordings_of_one_figure_are_two_values() -> None:
    shares = [s for _, s in read_article().placed if s.what.property == "share_of"]
    assert len({share.subject for share in shares}) == 1
    assert len({share.source for share in shares}) == 2
    wordings = {share.value.of for share in shares if isinstance(share.value, Number)}
    assert wordings == {"North Korean defectors in China", "women trafficked into the sex trade"}
    assert not load_properties()["share_of"].many


def test_words_of_a_published_source_stay_in_the_record() -> None:
    quoted = [stratum for stratum, statement in read_article().placed if statement.words]
    assert quoted == [Stratum.RECORD, Stratum.RECORD]


# --- the invented case


def test_the_invented_case_is_taken_in_whole() -> None:
    assert [batch.counts for batch in read_invented()] == [
        Counts(entities=21, record=150, identity=40, care=2, unscreened=0),
        Counts(entities=8, record=45, identity=9, care=0, unscreened=0),
        Counts(entities=11, record=60, identity=9, care=0, unscreened=0),
    ]


def test_everything_invented_says_so() -> None:
    titles = [s.value for _, s in list_statements() if s.what.property == "title"]
    assert len(titles) >= 10
    assert all(isinstance(title, Text) and title.text.startswith("INVENTED") for title in titles)
    for file in INVENTED.iterdir():
        if file.suffix != ".csv":  # its map says it
            assert re.match(r"(# )?INVENTED\.", file.read_text("utf-8")), file.name


def test_nothing_of_the_record_holds_a_name() -> None:
    namings = [naming for batch in read_invented() for naming in list_namings(batch)]
    labels = {label for naming in namings for label in naming.labels}
    assert {"리영희", "이영희", "李英姬", "Li Yingji", "김순옥", "+86 100 0000 0002", "凤城市"} <= labels
    record = [s for stratum, s in list_statements() if stratum is Stratum.RECORD]
    screens = {case: Screen(namings, case) for case in {s.about.case for s in record}}
    texts = [(screens[s.about.case], text) for s in record for text in list_texts(s)]
    assert len(texts) > 100
    assert [text for screen, text in texts if screen.find_name(text)] == []


def test_witnesses_are_quoted_in_their_language_with_a_translation() -> None:
    quoted = [(stratum, s.words) for stratum, s in list_statements() if s.words]
    assert {words.lang for _, words in quoted} == {"ko", "zh"}
    assert all(words.translation and words.translation_lang == "en" for _, words in quoted)
    assert all(stratum is not Stratum.RECORD for stratum, _ in quoted)
    for _, words in quoted:
        script = "[가-힣]" if words.lang == "ko" else "[一-鿿]"
        assert re.search(script, words.original), words.original


@pytest.mark.parametrize(
    ("property", "about"), [("date", "sale"), ("price", "sale"), ("registered_child", "daughter")]
)
def test_witnesses_contradict_each_other(property: str, about: str) -> None:
    case = read_invented()[0]
    values = [
        s.value
        for _, s in case.placed
        if s.subject == case.keys[about] and s.what.property == property and s.known
    ]
    assert len(set(map(repr, values))) > 1
    assert not load_properties()[property].many


def test_the_years_of_the_sale_cannot_both_be_true() -> None:
    case = read_invented()[0]
    dates = [
        When(s.value.edtf)
        for _, s in case.placed
        if s.subject == case.keys["sale"] and isinstance(s.value, Date) and s.what.property == "date"
    ]
    own, friend, note = dates
    assert not may_overlap(own, friend)
    assert may_overlap(own, note)


def test_one_value_is_asserted_and_denied() -> None:
    locked = [s for _, s in list_statements() if s.what.property == "control" and say_value(s) == "locked_in"]
    assert {statement.what.polarity for statement in locked} == {"asserts", "denies"}


def test_one_woman_stands_under_several_entries() -> None:
    case, second, _ = read_invented()
    same = [s for _, s in list_statements() if s.what.property == "same_as"]
    assert {s.subject for s in same} == {case.keys["bride"], second.keys["listed"]}
    assert {s.value for s in same} == {Entity(case.keys["woman"])}


def test_what_the_friend_said_has_her_as_its_source() -> None:
    """So that all of it lies in her unit, which the demonstration erases."""
    case = read_invented()[0]
    words = [s for _, s in case.placed if s.what.property == "verbatim" and s.source == case.keys["friend"]]
    assert len(words) >= 4
