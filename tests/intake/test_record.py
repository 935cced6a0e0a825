"""A whole file: every refusal with its place, all findings at once, and no bytes that cause a fault."""

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.intake.vault_double import Dice, VaultDouble

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.findings import MOST
from onggi.intake.record import read_record
from onggi.words import LANGUAGES, say

BROKEN = Path(__file__).parents[2] / "examples/broken"
NO_CASE = ("intake.case.missing", "line 1")

# Each file is broken in one way, unless it shows that one fault does not hide another.
REFUSALS: dict[str, list[tuple[str, str]]] = {
    "absent-case.toml": [("intake.case.absent", "line 3")],
    "code-kind.toml": [("intake.code.wrong", "line 10")],
    "code-twice.toml": [("intake.code.taken", "line 16")],
    "code.toml": [("intake.code.wrong", "line 9")],
    "control.toml": [("intake.file.control", "line 17"), ("intake.form.toml", "line 17")],
    "date-impossible.toml": [("model.when.impossible", "line 17")],
    "date-type.toml": [("intake.value.date", "line 17")],
    "date.toml": [("model.when.unreadable", "line 17")],
    "direction.toml": [("intake.file.direction", "line 17")],
    "empty.toml": [("intake.file.empty", "line 1")],
    "encoding.toml": [("intake.file.encoding", "line 14")],
    "field-choice.toml": [("intake.field.choice", "line 18")],
    "field-grade.toml": [("intake.field.grade", "line 18")],
    "field-interview.toml": [("model.when.relative", "line 17"), ("intake.field.interview", "line 19")],
    "field-language.toml": [("intake.field.language", "line 18")],
    "field-list.toml": [("intake.field.list", "line 18")],
    "field-text.toml": [("intake.field.text", "line 18")],
    "field-whole.toml": [("intake.field.whole", "line 18")],
    "header-twice.csv": [("intake.table.twice", "line 1"), NO_CASE],
    "header-unknown.csv": [
        ("intake.table.unknown", "line 1, column 3"),
        NO_CASE,
        ("intake.value.missing", "line 2, value"),
    ],
    "header.csv": [("intake.table.header", "line 1")],
    "key.toml": [("intake.form.key", "line 17")],
    "kind.toml": [("intake.form.kind", "line 14")],
    "many.toml": [
        ("intake.reference.absent", "line 15"),
        ("intake.value.term", "line 17"),
        ("intake.field.grade", "line 18"),
        ("intake.property.unknown", "line 22"),
        ("model.when.impossible", "line 28"),
        ("intake.screen.name", "line 35"),
    ],
    "map.csv map-column.toml": [("intake.table.column", "map line 8")],
    "map.csv map-key.toml": [
        ("intake.value.term", "line 2, map line 8, value"),
        ("intake.form.key", "map line 12"),
    ],
    "missing-about.toml": [("intake.field.missing", "line 14")],
    "missing-value.toml": [("intake.value.missing", "line 14")],
    "nesting.toml": [("intake.file.nesting", "line 15")],
    "no-case.toml": [NO_CASE],
    "place.toml": [("intake.value.place", "line 17")],
    "places.toml": [("intake.value.places", "line 17")],
    "property-kind.toml": [("intake.property.kind", "line 16")],
    "property-own.toml": [("intake.property.own", "line 16")],
    "property.toml": [("intake.property.unknown", "line 16")],
    "quote.csv": [NO_CASE, ("intake.table.broken", "line 3")],
    "reference-ambiguous.toml": [("intake.reference.ambiguous", "line 18")],
    "reference-kind.toml": [("intake.reference.kind", "line 17")],
    "reference-statement.toml": [("intake.reference.statement", "line 18")],
    "reference-stratum.toml": [("intake.reference.stratum", "line 24")],
    "reference-twice.toml": [("intake.reference.twice", "line 21")],
    "reference.toml": [("intake.reference.absent", "line 17")],
    "rows.csv": [
        NO_CASE,
        ("intake.value.term", "line 3, value"),
        ("model.when.impossible", "line 4, value"),
        ("intake.value.place", "line 6, value"),
    ],
    "screen-korean.toml": [("intake.screen.name", "line 19")],
    "screen-latin.toml": [("intake.screen.name", "line 11")],
    "screen-phone.toml": [("intake.screen.name", "line 19")],
    "screen-place.toml": [("intake.screen.name", "line 19")],
    "source-kind.toml": [("intake.reference.kind", "line 18")],
    "stratum.toml": [("intake.stratum.looser", "line 18")],
    "syntax.toml": [("intake.form.toml", "line 15")],
    "table.toml": [("intake.form.table", "line 3")],
    "term.toml": [("intake.value.term", "line 17")],
    "value-bound.toml": [("intake.value.bound", "line 17")],
    "value-language.toml": [("intake.value.language", "line 15")],
    "value-number.toml": [("intake.value.number", "line 17")],
    "value-plain.toml": [("intake.value.plain", "line 17")],
    "value-table.toml": [("intake.value.table", "line 17")],
    "value-text.toml": [("intake.value.text", "line 17")],
    "value-type.toml": [("intake.value.type", "line 17")],
    "value-unit.toml": [("intake.value.unit", "line 17")],
    "version.toml": [("intake.form.version", "line 2")],
    "width.csv": [NO_CASE, ("intake.table.width", "line 3"), ("intake.value.term", "line 4, value")],
    "words-language.toml": [("intake.words.language", "line 21")],
    "words-missing.toml": [("intake.words.missing", "line 19")],
    "words-source.toml": [("intake.words.source", "line 18")],
}

PLAIN = b"""onggi = 1
[case]
title = "INVENTED"
lang = "en"
[person.woman]
[[statement]]
about = "woman"
property = "role"
value = "victim"
"""


def read_broken(name: str) -> list[Finding]:
    file, *mapping = name.split()
    read = read_record(
        (BROKEN / file).read_bytes(),
        "csv" if file.endswith(".csv") else "toml",
        VaultDouble(),
        Dice(),
        mapping=(BROKEN / mapping[0]).read_bytes() if mapping else None,
    )
    assert isinstance(read, list)
    return read


def read_toml(data: bytes) -> Batch | list[Finding]:
    return read_record(data, "toml", VaultDouble(), Dice())


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_has_its_place(name: str) -> None:
    assert [(finding.code, finding.where) for finding in read_broken(name)] == REFUSALS[name]


def test_every_broken_file_is_tried() -> None:
    tried = {file for name in REFUSALS for file in name.split()}
    assert {file.name for file in BROKEN.iterdir()} == tried


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_can_be_said_with_a_hint(name: str) -> None:
    for finding in read_broken(name):
        for language in LANGUAGES:
            assert say(finding.code, language, **finding.values)
            assert say(f"{finding.code}.hint", language, **finding.values)


def test_a_finding_holds_nothing_of_the_file() -> None:
    told = "".join(
        say(id, "en", **finding.values)
        for name in REFUSALS
        for finding in read_broken(name)
        for id in (finding.code, f"{finding.code}.hint")
    )
    assert not any(
        word in told for word in ("heroine", "Atlantis", "리영희", "Yingji", "shoe_size", 'nobody"')
    )


def test_a_plain_file_is_recorded() -> None:
    batch = read_toml(PLAIN)
    assert isinstance(batch, Batch)
    assert (batch.counts.entities, batch.counts.record) == (2, 6)


def test_a_bad_line_does_not_hide_the_other_ninety_nine() -> None:
    statement = b'[[statement]]\nabout = "woman"\nproperty = "role"\nvalue = "heroine"\n'
    read = read_toml(PLAIN + statement * 100)
    assert isinstance(read, list)
    assert [finding.where for finding in read] == [f"line {13 + 4 * number}" for number in range(100)]


def test_a_flood_of_findings_is_counted_and_not_kept() -> None:
    rows = "".join(f"person:{number},role,heroine\n" for number in range(MOST + 500))
    read = read_record(f"about,property,value\n{rows}".encode(), "csv", VaultDouble(), Dice(), case="x")
    assert isinstance(read, list)
    assert len(read) == MOST + 1
    assert read[-1] == Finding("intake.more", "", {"count": 501})


def test_a_wrong_default_is_told_once() -> None:
    statement = b'[[statement]]\nabout = "woman"\nproperty = "role"\nvalue = "victim"\n'
    read = read_toml(PLAIN + b'[defaults]\ngrade = "Z9"\n' + statement * 9)
    assert isinstance(read, list)
    assert [(finding.code, finding.where) for finding in read] == [("intake.field.grade", "line 11")]


def test_a_case_may_be_named_by_the_caller() -> None:
    vault = VaultDouble(entities={"C-7Q2WZ5C": ("c" * 32, "case")})
    batch = read_record(
        b"about,property,value\nperson:1,role,victim\n", "csv", vault, Dice(), case=" c-7q2wz5c "
    )
    assert isinstance(batch, Batch)
    assert {statement.about.case for _, statement in batch.placed} == {"c" * 32}


def test_an_entity_that_is_no_case_is_none() -> None:
    vault = VaultDouble(entities={"P-8F3KT2H": ("b" * 32, "person")})
    read = read_record(b'onggi = 1\ncase = "P-8F3KT2H"\n', "toml", vault, Dice())
    assert isinstance(read, list)
    assert [finding.code for finding in read] == ["intake.case.absent"]


def test_progress_is_told_with_its_stage() -> None:
    told: list[tuple[int, int, str]] = []
    read_record(PLAIN, "toml", VaultDouble(), Dice(), progress=lambda *step: told.append(step))
    assert told == [(0, 1, "read"), (0, 6, "screen")]
    assert all(say(f"cli.stage.{stage}", language) for _, _, stage in told for language in LANGUAGES)


KIND = st.sampled_from(("toml", "csv"))


@given(st.binary(), KIND)
@example(b"onggi = " + b"1" * 5000, "toml")
@example(b"[case]\ntitle = " + b"[" * 5000, "toml")
@example(b"a." * 5000 + b"a = 1", "toml")
@example(b"x = {" + b"'a'." * 5000 + b"a = 1}", "toml")
@example(b'x = """' + b'"" ' * 500, "toml")
@example(b"about\n" + b'"' * 99, "csv")
@example(b"onggi = 1\nx = 1e999999999999999999999", "toml")
def test_any_bytes_give_findings_or_a_batch(data: bytes, kind: Literal["toml", "csv"]) -> None:
    read = read_record(data, kind, VaultDouble(), Dice())
    assert isinstance(read, Batch) or read


WORDS = st.sampled_from(
    [
        *("case", "defaults", "statement", "person", "source", "woman", "call", "about", "property", "value"),
        *("title", "lang", "role", "victim", "en", "name", "left_on", "2010", "price", "number", "unknown"),
        *(
            "unit",
            "source.call",
            "person:woman",
            "words",
            "supersedes",
            "key",
            "stratum",
            "published",
            "code",
        ),
    ]
)
SCALARS = st.one_of(
    WORDS.map(lambda word: f'"{word}"'),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(lambda text: f"'''{text}'''"),
    st.sampled_from(
        ["true", "1", "-7", "0.5", "2010-01-01", "07:32:00", "1979-05-27T07:32:00Z", "inf", "nan"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(WORDS.filter(str.isidentifier), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=4,
)
LINES = st.one_of(
    st.tuples(WORDS.filter(str.isidentifier), VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.sampled_from(
        ["[[statement]]", "[case]", "[defaults]", "[person.woman]", "[source.call]", "[act.sale]"]
    ),
)


@given(st.lists(LINES, max_size=12), st.booleans())
def test_whatever_fields_hold_there_is_no_fault(lines: list[str], mapped: bool) -> None:
    data = "\n".join(("onggi = 1", *lines)).encode()
    table = b"about,property,value\nperson:1,role,victim\n"
    read = (
        read_record(table, "csv", VaultDouble(), Dice(), mapping=data)
        if mapped
        else read_record(data, "toml", VaultDouble(), Dice())
    )
    assert isinstance(read, Batch) or all(say(finding.code, "en", **finding.values) for finding in read)
