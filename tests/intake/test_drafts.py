"""A draft becomes statements: strata, words, screening, references, defaults."""

import pytest
from tests.intake.vault_double import Dice, VaultDouble, name_people

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.record import read_record
from onggi.model.entity import is_id, read_code
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term, Text

HEAD = """onggi = 1
[case]
title = "INVENTED"
lang = "en"
[person.woman]
[source.call]
published = "no"
[source.article]
published = "yes"
"""
OLD = "a" * 32


def read(body: str, vault: VaultDouble | None = None, head: str = HEAD) -> Batch | list[Finding]:
    return read_record((head + body).encode(), "toml", vault or VaultDouble(), Dice())


def read_batch(body: str, vault: VaultDouble | None = None, head: str = HEAD) -> Batch:
    batch = read(body, vault, head)
    assert isinstance(batch, Batch), batch
    return batch


def write(**fields: str) -> str:
    filled = {"about": '"woman"', "property": '"role"', "value": '"victim"'} | fields
    return "[[statement]]\n" + "".join(f"{name} = {written}\n" for name, written in filled.items())


def find(batch: Batch, property: str) -> list[tuple[Stratum, Statement]]:
    return [(stratum, s) for stratum, s in batch.placed if s.what.property == property]


def list_codes(read: Batch | list[Finding]) -> list[str]:
    assert isinstance(read, list)
    return [finding.code for finding in read]


def test_an_entity_is_introduced_by_its_kind_and_its_code() -> None:
    batch = read_batch("")
    woman = [s for _, s in batch.placed if s.subject == batch.keys["woman"]]
    kind, code = (s.value for s in woman)
    assert kind == Term("entity_kinds", "person")
    assert isinstance(code, Text) and read_code(code.text) == code.text and code.text.startswith("P-")


def test_every_statement_has_its_own_id_and_the_one_case() -> None:
    batch = read_batch(write() * 3)
    ids = [s.id for _, s in batch.placed]
    assert len(set(ids)) == len(ids) and all(map(is_id, ids))
    assert {s.about.case for _, s in batch.placed} == {batch.case}
    assert batch.case == batch.keys["case"]


def test_unit_and_recorder_are_left_to_the_ledger() -> None:
    batch = read_batch(write())
    assert {(s.about.unit, s.trace.recorder) for _, s in batch.placed} == {("", None)}


def test_all_slots_are_filled() -> None:
    body = write(
        source='"article"',
        distance="2",
        grade='"C3"',
        polarity='"denies"',
        locator='"page 7"',
        words='"팔려 갔다"',
        lang='"ko"',
        translation='"was sold"',
        translation_lang='"en"',
        translator='"somebody"',
    )
    batch = read_batch(body)
    ((_, said),) = find(batch, "role")
    assert said.source == batch.keys["article"]
    what = said.what
    assert (what.polarity, what.distance, what.reliability, what.credibility) == ("denies", 2, "C", 3)
    assert said.words is not None
    assert (said.words.translation, said.words.translator) == ("was sold", "somebody")
    assert said.trace.locator == "page 7"


def test_words_of_an_unpublished_source_go_to_identity() -> None:
    batch = read_batch(write(source='"call"', words='"팔려 갔어요"', lang='"ko"', locator='"00:01"'))
    ((stratum, said),) = find(batch, "role")
    ((elsewhere, verbatim),) = find(batch, "verbatim")
    assert (stratum, said.words) == (Stratum.RECORD, None)
    assert elsewhere is Stratum.IDENTITY
    assert (verbatim.subject, verbatim.source) == (said.id, said.source)
    assert verbatim.words is not None and verbatim.words.original == "팔려 갔어요"
    assert verbatim.trace.locator == "00:01"


@pytest.mark.parametrize("published", [True, False])
def test_a_source_of_the_vault_is_published_or_not(published: bool) -> None:
    vault = VaultDouble(
        entities={OLD: (OLD, "source")}, published_sources=frozenset({OLD} if published else ())
    )
    batch = read_batch(write(source=f'"{OLD}"', words='"x"'), vault)
    assert len(find(batch, "verbatim")) == (0 if published else 1)


@pytest.mark.parametrize(("property", "stratum"), [("name", "identity"), ("wish", "care")])
def test_words_stay_with_a_statement_that_is_not_of_the_record(property: str, stratum: str) -> None:
    batch = read_batch(
        write(property=f'"{property}"', value='"Nam Uchi"', source='"call"', words='"x"', lang='"en"')
    )
    ((placed, said),) = find(batch, property)
    assert placed is Stratum(stratum)
    assert said.words is not None
    assert find(batch, "verbatim") == []


@pytest.mark.parametrize("stratum", ["identity", "care"])
def test_a_statement_may_be_put_into_a_stricter_stratum(stratum: str) -> None:
    ((placed, _),) = find(read_batch(write(stratum=f'"{stratum}"')), "role")
    assert placed is Stratum(stratum)


@pytest.mark.parametrize(
    ("property", "stratum"), [("name", "record"), ("name", "care"), ("wish", "record"), ("wish", "identity")]
)
def test_never_into_a_looser_one(property: str, stratum: str) -> None:
    body = write(property=f'"{property}"', value='"INVENTED"', stratum=f'"{stratum}"')
    assert list_codes(read(body)) == ["intake.stratum.looser"]


def test_record_text_is_screened_for_names_of_the_vault() -> None:
    vault = VaultDouble(names=name_people("리영희"))
    body = write(property='"note"', value='{ text = "리영희가 말했다", lang = "ko" }')
    assert list_codes(read(body, vault)) == ["intake.screen.name"]
    other = write(property='"note"', value='{ text = "Li Yingji told", lang = "en" }')
    findings = read(other, vault)
    assert not isinstance(findings, Batch)
    assert [(one.code, one.values) for one in findings] == [("intake.screen.name", {"first": 1, "last": 9})]
    assert isinstance(read(body, VaultDouble(names=name_people("김순옥"))), Batch)


def test_identity_and_care_may_hold_names() -> None:
    vault = VaultDouble(names=name_people("리영희"))
    read_batch(write(property='"wish"', value='{ text = "리영희를 만나고 싶다", lang = "ko" }'), vault)
    read_batch(
        write(property='"note"', value='{ text = "리영희", lang = "ko" }', stratum='"identity"'), vault
    )


def test_a_name_that_comes_later_in_the_file_is_found_above() -> None:
    body = write(locator='"리영희, page 1"') + write(
        property='"name"', value='{ text = "리영희", lang = "ko" }'
    )
    assert list_codes(read(body)) == ["intake.screen.name"]


def test_what_is_recorded_with_identity_granted_is_screened() -> None:
    batch = read_batch(write(property='"name"', value='"Nam Uchi"'))
    assert {stratum for stratum, s in batch.placed if s.trace.screened} == {Stratum.RECORD}
    assert batch.counts.unscreened == 0


def test_without_identity_granted_nothing_is_screened() -> None:
    batch = read_batch(write(), VaultDouble(names=None))
    assert not any(s.trace.screened for _, s in batch.placed)
    assert batch.counts.unscreened == batch.counts.record > 0


def test_a_statement_replaces_one_above_and_one_of_the_vault() -> None:
    vault = VaultDouble(statements={OLD: Stratum.RECORD})
    batch = read_batch(
        write(key='"first"') + write(supersedes=f'["first", "{OLD}"]', retracts=f'["{OLD}"]'), vault
    )
    (_, first), (_, second) = find(batch, "role")
    assert second.trace.supersedes == (first.id, OLD)
    assert second.trace.retracts == (OLD,)


def test_no_statement_replaces_itself_or_one_below() -> None:
    body = write(key='"self"', supersedes='["self"]') + write(supersedes='["below"]') + write(key='"below"')
    assert list_codes(read(body)) == ["intake.reference.statement"] * 2


def test_no_statement_replaces_one_of_another_stratum() -> None:
    vault = VaultDouble(statements={OLD: Stratum.IDENTITY})
    assert list_codes(read(write(supersedes=f'["{OLD}"]'), vault)) == ["intake.reference.stratum"]


def test_a_broken_statement_does_not_break_what_refers_to_it() -> None:
    body = write(key='"first"', value='"heroine"') + write(supersedes='["first"]')
    assert list_codes(read(body)) == ["intake.value.term"]


def test_defaults_are_taken_where_a_statement_is_silent() -> None:
    defaults = '[defaults]\nsource = "call"\ngrade = "B2"\ndistance = 1\n'
    batch = read_batch(defaults + write() + write(source='"article"', grade='"F6"', distance="0"))
    (_, first), (_, second) = find(batch, "role")
    assert (first.source, first.what.reliability, first.what.distance) == (batch.keys["call"], "B", 1)
    assert (second.source, second.what.reliability, second.what.distance) == (batch.keys["article"], "F", 0)


def test_grades_given_apart_win_over_a_default_grade() -> None:
    ((_, said),) = find(read_batch('[defaults]\ngrade = "B2"\n' + write(reliability='"A"')), "role")
    assert (said.what.reliability, said.what.credibility) == ("A", None)


def test_a_description_quotes_nobody_even_where_a_source_is_the_default() -> None:
    batch = read_batch('[defaults]\nsource = "call"\n[person.other]\nrole = ["victim", "witness"]\n')
    roles = [s for _, s in find(batch, "role")]
    assert [s.value for s in roles] == [Term("roles", "victim"), Term("roles", "witness")]
    assert {s.source for s in roles} == {None}


def test_descriptions_may_refer_to_what_stands_below() -> None:
    batch = read_batch('[act.sale]\npart_of = "life"\n[event.life]\npart_of = "case"\n')
    parts = {s.subject: s.value for _, s in find(batch, "part_of")}
    assert parts == {
        batch.keys["sale"]: Entity(batch.keys["life"]),
        batch.keys["life"]: Entity(batch.case),
    }


def test_case_means_an_existing_case_too() -> None:
    vault = VaultDouble(entities={"C-7Q2WZ5C": (OLD, "case")})
    batch = read_batch('[event.life]\npart_of = "case"\n', vault, 'onggi = 1\ncase = "C-7Q2WZ5C"\n')
    assert [s.value for _, s in find(batch, "part_of")] == [Entity(OLD)]
    assert "case" not in batch.keys


def test_a_text_takes_the_language_of_its_table_its_defaults_its_case() -> None:
    batch = read_batch(
        '[defaults]\nlang = "ko"\n[group.one]\ntitle = "x"\n[group.two]\ntitle = "y"\nlang = "zh"\n'
    )
    languages = {s.value.text: s.value.lang for _, s in find(batch, "title") if isinstance(s.value, Text)}
    assert languages == {"INVENTED": "en", "x": "ko", "y": "zh"}


def test_an_empty_about_is_refused() -> None:
    assert list_codes(read(write(about='""'))) == ["intake.field.missing"]


@pytest.mark.parametrize(
    "property", ["kind", "code", "screened", "read_identity", "read_item", "exported", "erased"]
)
def test_what_onggi_records_itself_no_file_can_forge(property: str) -> None:
    assert "intake.property.own" in list_codes(read(write(property=f'"{property}"', value='"yes"')))
    assert "intake.property.own" in list_codes(
        read(f'[person.other]\n{property} = "yes"\n')
        if property != "code"
        else read(write(property='"code"'))
    )
