"""An interview as people type it becomes the statements that a file would make of it, or says where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.vault_double import Dice, VaultDouble, name_people

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.drafts import resolve_draft
from onggi.intake.findings import Findings
from onggi.intake.interview import (
    SINGLE_FIELDS,
    SOURCE_FIELDS,
    TOLD_FIELDS,
    WHO_FIELDS,
    drop_part,
    is_field,
    list_numbers,
    next_number,
    write_draft,
)
from onggi.model.entity import make_code
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown

WOMAN, ARTICLE = make_code("person", Dice()), make_code("source", Dice())
NAME = "리영희"
KNOWN = {WOMAN: ("e" * 32, "person"), ARTICLE: ("f" * 32, "source")}

TOLD = {
    "title": "INVENTED",
    "lang": "ko",
    "interview": "2019년 6월 12일",
    "source-source_kind": "면담",
    "source-published": "no",
    "source-witness": "who-1",
    "distance": "0",
    "reliability": "C",
    "who-1-kind": "person",
    "who-1-name": NAME,
    "who-2-kind": "act",
    "who-2-title": "팔려 감",
    "told-1-about": "who-2",
    "told-1-property": "날짜",
    "told-1-value": "작년 봄",
    "told-1-words": "작년 봄에 데려갔어요",
}


def resolve(answers: dict[str, str], vault: VaultDouble | None = None) -> Batch | list[Finding]:
    findings = Findings()
    draft = write_draft(answers, findings)
    vault = vault or VaultDouble(entities=KNOWN)
    batch = resolve_draft(draft, None, vault, Dice(), findings, lambda done, total, stage: None)
    return findings.gather() if findings.count else batch


def record(vault: VaultDouble | None = None, /, **more: str) -> Batch:
    batch = resolve(TOLD | {name.replace("_", "-", 2): typed for name, typed in more.items()}, vault)
    assert isinstance(batch, Batch), batch
    return batch


def refuse(vault: VaultDouble | None = None, /, **more: str) -> list[tuple[str, str]]:
    found = resolve(TOLD | {name.replace("_", "-", 2): typed for name, typed in more.items()}, vault)
    assert isinstance(found, list), "nothing was refused"
    return [(finding.code, finding.where) for finding in found]


def find(batch: Batch, property: str) -> tuple[Stratum, Statement]:
    (found,) = [(stratum, one) for stratum, one in batch.placed if one.what.property == property]
    return found


def test_what_was_told_is_recorded_with_who_said_it_how_she_knew_and_in_which_words() -> None:
    batch = record()
    stratum, said = find(batch, "date")
    assert stratum is Stratum.RECORD
    assert said.subject == batch.keys["who-2"]
    assert said.source == batch.keys["source"]
    assert (said.what.distance, said.what.reliability) == (0, "C")
    assert isinstance(said.value, Date)
    assert (said.value.words, said.value.earliest, said.value.latest) == (
        "작년 봄",
        "2018-03-01",
        "2018-05-31",
    ), "last year is counted from the interview"
    where, verbatim = find(batch, "verbatim")
    assert where is Stratum.IDENTITY, "words of a source that is not public"
    assert verbatim.words is not None and verbatim.words.original == "작년 봄에 데려갔어요"


def test_the_source_is_described_and_who_stands_behind_it_stays_in_identity() -> None:
    batch = record()
    assert find(batch, "source_kind")[1].value == Term("source_kinds", "interview")
    stratum, witness = find(batch, "witness")
    assert (stratum, witness.value) == (Stratum.IDENTITY, Entity(batch.keys["who-1"]))
    assert find(batch, "name")[0] is Stratum.IDENTITY
    spoken = find(batch, "spoken_on")[1].value
    assert isinstance(spoken, Date) and spoken.edtf == "2019-06-12" and spoken.words == "2019년 6월 12일"


@pytest.mark.parametrize(
    ("property", "typed", "value"),
    [
        ("행위의 유형", "beating", Term("acts", "beating")),
        ("place", "Musan", Place("KP0218")),
        ("地点", "茂山", Place("KP0218")),
        ("장소", "무산군", Place("KP0218")),
        ("victim", "who-1", "who-1"),
        ("victim", "1", "who-1"),
        ("Note", "글", Text("글", "ko")),
    ],
)
def test_a_property_and_a_value_are_typed_in_any_script(property: str, typed: str, value: object) -> None:
    batch = record(told_1_property=property, told_1_value=typed)
    said = next(one for _, one in batch.placed if one.source and one.what.property != "verbatim")
    assert said.value == (Entity(batch.keys[value]) if value == "who-1" else value)


@pytest.mark.parametrize("typed", ["spring 2018", "2018년 봄", "2018年春天", "2018-21"])
@pytest.mark.parametrize("lang", ["en", "ko", "zh", "ru"])
def test_a_date_is_read_in_the_language_it_is_typed_in(typed: str, lang: str) -> None:
    value = find(record(told_1_value=typed, lang=lang), "date")[1].value
    assert isinstance(value, Date) and (value.earliest, value.latest) == ("2018-03-01", "2018-05-31")


def test_numbers_have_their_unit_and_how_they_were_said() -> None:
    batch = record(told_1_property="price", told_1_value="5000", told_1_unit="CNY", told_1_bound="about")
    assert find(batch, "price")[1].value == Number("5000", "CNY", "about")
    batch = record(told_1_property="duration", told_1_value="한 달쯤")
    assert find(batch, "duration")[1].value == Text("한 달쯤", "ko")


def test_what_the_source_does_not_know_is_recorded_as_that() -> None:
    assert find(record(told_1_unknown="yes", told_1_value=""), "date")[1].value == Unknown()


def test_who_is_in_the_vault_already_is_meant_by_her_code() -> None:
    batch = record(who_1_code=WOMAN, told_1_property="victim", told_1_value="who-1")
    assert find(batch, "victim")[1].value == Entity("e" * 32)
    assert "who-1" not in batch.keys
    batch = record(None, **{"source": ARTICLE, "told_1_about": "who-1", "told_1_property": "age"},
                   told_1_value="23", told_1_unit="years")  # fmt: skip
    assert find(batch, "age")[1].source == "f" * 32
    assert "source" not in batch.keys


def test_a_statement_may_be_about_the_case_or_the_source() -> None:
    batch = record(told_1_about="case", told_1_property="note", told_1_value="글")
    assert find(batch, "note")[1].subject == batch.case
    batch = record(None, source=ARTICLE, told_1_about="source", told_1_property="note", told_1_value="글")
    assert find(batch, "note")[1].subject == "f" * 32


def test_a_name_in_the_record_is_refused_at_its_field_and_not_repeated() -> None:
    found = resolve(TOLD | {"told-1-property": "note", "told-1-value": "Ri Yong Hui was there"})
    assert isinstance(found, list)
    (finding,) = found
    assert (finding.code, finding.where) == ("intake.screen.name", "told-1")
    assert NAME not in str(finding) and "Yong" not in str(finding)
    vault = VaultDouble(entities=KNOWN, names=name_people("김철수"))
    assert ("intake.screen.name", "who-2-title") in refuse(vault, who_2_title="김철수를 데려감")


def test_each_finding_stands_at_the_field_it_is_about() -> None:
    assert refuse(told_1_value="sometime or other") == [("model.when.unreadable", "told-1-value")]
    assert refuse(told_1_about="") == [("intake.field.missing", "told-1")]
    assert refuse(told_1_about="who-9") == [("intake.reference.absent", "told-1-about")]
    assert sorted(refuse(who_1_code="P-0000000")) == [
        ("intake.code.wrong", "who-1-code"),
        ("intake.reference.absent", "source-witness"),
    ]
    assert refuse(told_1_property="place", told_1_value="Chaoyang") == [
        ("intake.value.places", "told-1-value")
    ]
    assert refuse(distance="far") == [("intake.field.whole", "distance")]
    assert ("intake.field.language", "lang") in refuse(lang="한국어")
    assert ("model.when.unreadable", "interview") in refuse(interview="whenever")
    assert refuse(told_1_distance="near") == [("intake.field.whole", "told-1-distance")]
    assert refuse(title="") == [("intake.case.missing", "case")]
    assert ("intake.form.kind", "who-2-kind") in refuse(who_2_kind="dossier")


@pytest.mark.parametrize(
    "field", ["told-1-value", "told-1-words", "who-2-title", "source-title", "who-1-name"]
)
@pytest.mark.parametrize(("bad", "code"), [("\u202e", "direction"), ("\x1b[31m", "control")])
def test_what_a_screen_would_obey_is_refused_wherever_it_is_typed(field: str, bad: str, code: str) -> None:
    found = resolve(TOLD | {field: f"a{bad}b"})
    assert isinstance(found, list)
    assert (f"intake.file.{code}", field) in [(finding.code, finding.where) for finding in found]


def test_a_statement_of_which_nothing_was_typed_is_none() -> None:
    batch = resolve(TOLD | {f"told-2-{field}": "" for field in TOLD_FIELDS})
    assert isinstance(batch, Batch)
    assert sum(one.source is not None for _, one in batch.placed) == 2, "the statement and its words"


def test_fields_have_names_and_nothing_else_is_one() -> None:
    known = [*SINGLE_FIELDS, *(f"source-{one}" for one in SOURCE_FIELDS)]
    known += [f"who-7-{one}" for one in WHO_FIELDS] + [f"told-12-{one}" for one in TOLD_FIELDS]
    assert all(map(is_field, known))
    wrong = (
        "csrf",
        "who-0-name",
        "who-1-value",
        "told-1-",
        "told-1000-value",
        "source-code",
        "told-1-value-x",
    )
    assert not any(map(is_field, wrong))


def test_numbers_go_on_and_are_not_given_twice() -> None:
    answers = {"told-1-value": "a", "told-7-value": "b", "who-2-name": "c"}
    assert list_numbers(answers, "told") == [1, 7]
    assert next_number(answers, "told") == 8
    assert drop_part(answers, "told", 1) == {"told-7-value": "b", "who-2-name": "c"}
    assert next_number({}, "who") == 1


FIELDS = [*SINGLE_FIELDS, *(f"source-{one}" for one in SOURCE_FIELDS)]
FIELDS += [f"who-{number}-{one}" for one in WHO_FIELDS for number in (1, 2)]
FIELDS += [f"told-{number}-{one}" for one in TOLD_FIELDS for number in (1, 2)]
TYPED = st.one_of(
    st.sampled_from(["who-1", "source", "case", "act", "person", "date", "place", "victim", "1", "-", "ko"]),
    st.text(max_size=40),
)


@given(st.dictionaries(st.sampled_from(FIELDS), TYPED))
def test_whatever_is_typed_becomes_statements_or_findings_at_fields(answers: dict[str, str]) -> None:
    found = resolve(TOLD | answers)
    if isinstance(found, list):
        assert found
        for finding in found:
            assert finding.where in (*FIELDS, "who-1", "who-2", "told-1", "told-2", "source"), finding
