"""A date allows the days it says and no others, and nothing is certain of a doubtful one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.model.when import When, certainly_before, may_overlap, measure_month, shift_days
from onggi.words import LANGUAGES, say

READ = [
    # edtf, earliest, latest
    ("2010", "2010-01-01", "2010-12-31"),
    ("2010-03", "2010-03-01", "2010-03-31"),
    ("2010-03-15", "2010-03-15", "2010-03-15"),
    ("0000", "0000-01-01", "0000-12-31"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("0000-02-29", "0000-02-29", "0000-02-29"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2XXX", "2000-01-01", "2999-12-31"),
    ("2010-XX", "2010-01-01", "2010-12-31"),
    ("2010-0X", "2010-01-01", "2010-09-30"),
    ("2010-1X", "2010-10-01", "2010-12-31"),
    ("2010-03-XX", "2010-03-01", "2010-03-31"),
    ("2010-02-2X", "2010-02-20", "2010-02-28"),
    ("2010-XX-XX", "2010-01-01", "2010-12-31"),
    ("2010-XX-15", "2010-01-15", "2010-12-15"),
    ("2010-XX-31", "2010-01-31", "2010-12-31"),
    ("201X-02-29", "2012-02-29", "2016-02-29"),
    ("201X-12", "2010-12-01", "2019-12-31"),
    ("XXXX", None, None),
    ("XXXX-03", None, None),
    ("XXXX-02-29", None, None),
    ("2010-21", "2010-03-01", "2010-05-31"),
    ("2010-22", "2010-06-01", "2010-08-31"),
    ("2010-23", "2010-09-01", "2010-11-30"),
    ("2010-24", "2010-01-01", "2011-02-28"),
    ("2011-24", "2011-01-01", "2012-02-29"),
    ("9999-24", "9999-01-01", None),
    ("2010-03/2011", "2010-03-01", "2011-12-31"),
    ("2010-05/2010", "2010-05-01", "2010-12-31"),
    ("2010/2010", "2010-01-01", "2010-12-31"),
    ("../2010", None, "2010-12-31"),
    ("2010/..", "2010-01-01", None),
    ("/2010", None, "2010-12-31"),
    ("2010/", "2010-01-01", None),
    ("XXXX-03/2010", None, "2010-12-31"),
    ("2010?", "2010-01-01", "2010-12-31"),
    ("2010~", "2008-01-01", "2012-12-31"),
    ("2010%", "2008-01-01", "2012-12-31"),
    ("2010-02~", "2009-12-01", "2010-04-30"),
    ("2010-12~", "2010-10-01", "2011-02-28"),
    ("2010-03-15~", "2010-03-05", "2010-03-25"),
    ("2010-12-25~", "2010-12-15", "2011-01-04"),
    ("2010-03-XX~", "2010-01-01", "2010-05-31"),
    ("2010-XX~", "2008-01-01", "2012-12-31"),
    ("2010-1X~", "2008-10-01", "2012-12-31"),
    ("2010-09-3X~", "2010-07-30", "2010-11-30"),
    ("2010-21~", "2010-01-01", "2010-07-31"),
    ("201X~", "2005-01-01", "2024-12-31"),
    ("20XX~", "1980-01-01", "2119-12-31"),
    ("2010-03-01~/2010-03-10~", "2010-02-19", "2010-03-20"),
    ("2010-03-01~/2010-03-10", "2010-02-19", "2010-03-10"),
    ("0000~", None, "0002-12-31"),
    ("9999~", "9997-01-01", None),
    ("0000-01-05~", None, "0000-01-15"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), READ)
def test_bounds(edtf: str, earliest: str | None, latest: str | None) -> None:
    when = When(edtf)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.approximate == ("~" in edtf or "%" in edtf)
    assert when.uncertain == ("?" in edtf or "%" in edtf)


def test_an_unknown_century_is_any_century() -> None:
    assert (When("XX10").earliest, When("XX10").latest) == ("0010-01-01", "9910-12-31")


@pytest.mark.parametrize(
    ("edtf", "why"),
    [
        ("", "edtf"),
        ("/", "edtf"),
        ("../..", "edtf"),
        ("/..", "edtf"),
        ("2010/2011/2012", "edtf"),
        ("2010-3", "edtf"),
        ("10", "edtf"),
        ("201", "edtf"),
        ("2010\n", "edtf"),
        (" 2010", "edtf"),
        ("201x", "edtf"),
        ("?", "edtf"),
        ("٢٠١٠", "edtf"),
        ("２０１０", "edtf"),
        ("2010년", "edtf"),
        ("...2010", "edtf"),
        ("2023-02-29", "impossible"),
        ("1900-02-29", "impossible"),
        ("2010-04-31", "impossible"),
        ("2010-13", "impossible"),
        ("2010-00", "impossible"),
        ("2010-01-00", "impossible"),
        ("2010-02-3X", "impossible"),
        ("XXXX-02-30", "impossible"),
        ("1XXX-02-30", "impossible"),
        ("2010-21-01", "impossible"),
        ("2010-42", "impossible"),
        ("2010/2023-02-29", "impossible"),
        ("2010/2009", "reversed"),
        ("2010-03-15/2010-03-14", "reversed"),
        ("2010~/2009~", "reversed"),
        ("2010-25", "unsupported"),
        ("2010-41", "unsupported"),
        ("Y20100", "unsupported"),
        ("-0100", "unsupported"),
        ("-0100/0100", "unsupported"),
        ("2010-03-15T10:00:00Z", "unsupported"),
        ("[2010..2011]", "unsupported"),
        ("{2010,2011}", "unsupported"),
        ("2004-06~-11", "unsupported"),
        ("?2004-06-11", "unsupported"),
        ("2010/2004-06~-11", "unsupported"),
        ("2010??", "unsupported"),
        ("1950S2", "unsupported"),
    ],
)
def test_refused(edtf: str, why: str) -> None:
    with pytest.raises(OnggiError) as refusal:
        When(edtf)
    assert refusal.value.id == f"model.when.{why}"
    assert refusal.value.values == {}, "a refusal must not carry the date"


WHYS = [
    "edtf",
    "unsupported",
    "impossible",
    "reversed",
    "mismatch",
    "value",
    "unreadable",
    "relative",
    "juche",
]


@pytest.mark.parametrize("why", WHYS)
def test_every_refusal_has_its_sentence_and_its_way_out(why: str) -> None:
    for lang in LANGUAGES:
        assert say(f"model.when.{why}", lang)
        assert say(f"model.when.{why}.hint", lang)


def test_value_is_that_of_the_design() -> None:
    assert When("2010", "2010년", "ko").to_value() == {
        "type": "date",
        "edtf": "2010",
        "earliest": "2010-01-01",
        "latest": "2010-12-31",
        "words": "2010년",
        "lang": "ko",
    }
    assert When("2010/..").to_value() == {
        "type": "date",
        "edtf": "2010/..",
        "earliest": "2010-01-01",
        "latest": None,
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"latest": "2009-12-31"}, "mismatch"),
        ({"earliest": None}, "mismatch"),
        ({"latest": 20101231}, "mismatch"),
        ({"edtf": "2011"}, "mismatch"),
        ({"edtf": "2010-13"}, "impossible"),
        ({"edtf": None}, "value"),
        ({"type": "text"}, "value"),
        ({"words": None}, "value"),
        ({"lang": 1}, "value"),
        ({"calendar": "lunar"}, "value"),
    ],
)
def test_a_changed_value_is_refused(change: dict[str, object], why: str) -> None:
    with pytest.raises(OnggiError) as refusal:
        When.from_value({**When("2010", "2010년", "ko").to_value(), **change})
    assert refusal.value.id == f"model.when.{why}"


def test_a_value_without_its_bounds_is_refused() -> None:
    with pytest.raises(OnggiError, match="mismatch"):
        When.from_value({"type": "date", "edtf": "2010"})


@pytest.mark.parametrize(
    ("a", "b", "before"),
    [
        ("2009", "2010", True),
        ("2010", "2010", False),
        ("2010-05", "2010", False),
        ("2010-03-14", "2010-03-15", True),
        ("2010~", "2012", False),
        ("2010~", "2013", True),
        ("1990?", "2020", False),
        ("1990", "2020?", False),
        ("199X%", "2020", False),
        ("2009/..", "2010", False),
        ("../2009", "2010", True),
        ("/2009", "2010", True),
        ("2009", "../2010", False),
        ("XXXX-03", "2010", False),
        ("2010-24", "2011-02", False),
        ("2010-24", "2011-03", True),
    ],
)
def test_certainly_before(a: str, b: str, before: bool) -> None:
    assert certainly_before(When(a), When(b)) is before
    assert may_overlap(When(a), When(b)) is not before


@pytest.mark.parametrize(
    "edtf", ["2" * 10_000, "2010-" * 2_000, "[" * 10_000, "?" * 10_000, "2010/" * 2_000, "Y" * 10_000]
)
def test_long_inputs_are_refused(edtf: str) -> None:
    with pytest.raises(OnggiError):
        When(edtf)


days = st.tuples(st.integers(0, 9999), st.integers(1, 12), st.integers(1, 28))
marks = st.sampled_from(["", "?", "~", "%"])


@st.composite
def written_dates(draw: st.DrawFn) -> tuple[str, tuple[int, int, int]]:
    """A date in EDTF, and one day that it allows."""
    year, month, day = draw(days)
    known = draw(
        st.sampled_from(
            ["YYYY", "YYYX", "YYXX", "YYYY-MM", "YYYX-MM", "YYYY-MM-DD", "YYYY-XX-DD", "YYYY-MM-XX"]
        )
    )
    text = f"{year:04}-{month:02}-{day:02}"
    if known == "YYYY" and draw(st.booleans()) and year < 9999:
        return f"{year:04}-{21 + (month - 3) % 12 // 3}", (year, month, day)
    return "".join("X" if k == "X" else c for k, c in zip(known, text, strict=False)), (year, month, day)


def iso(day: tuple[int, int, int]) -> str:
    return "{:04}-{:02}-{:02}".format(*day)


@given(written_dates(), marks)
def test_every_day_a_date_was_made_from_lies_within_it(
    written: tuple[str, tuple[int, int, int]], mark: str
) -> None:
    edtf, day = written
    when = When(edtf + mark)
    assert (when.earliest or "") <= iso(day)
    assert when.latest is None or iso(day) <= when.latest


@given(written_dates(), written_dates(), marks, marks)
def test_round_trip_and_order(
    a: tuple[str, tuple[int, int, int]], b: tuple[str, tuple[int, int, int]], mark_a: str, mark_b: str
) -> None:
    first, last = sorted((a, b), key=lambda written: written[1])
    when = When(f"{first[0]}{mark_a}/{last[0]}{mark_b}", "words", "en")
    assert When.from_value(when.to_value()) == when
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


@given(written_dates(), marks)
def test_about_never_narrows(written: tuple[str, tuple[int, int, int]], mark: str) -> None:
    plain, about = When(written[0]), When(written[0] + mark)
    assert about.earliest is None or (plain.earliest is not None and about.earliest <= plain.earliest)
    assert about.latest is None or (plain.latest is not None and about.latest >= plain.latest)


@given(written_dates(), written_dates(), marks, marks)
def test_certainly_before_is_an_order(
    a: tuple[str, tuple[int, int, int]], b: tuple[str, tuple[int, int, int]], mark_a: str, mark_b: str
) -> None:
    one, other = When(a[0] + mark_a), When(b[0] + mark_b)
    assert not (certainly_before(one, other) and certainly_before(other, one))
    assert may_overlap(one, other) == may_overlap(other, one)
    assert may_overlap(one, one)
    if certainly_before(one, other):
        assert a[1] < b[1]


@given(st.text() | st.text(alphabet="0123456789X-/.?~%[]{}YST:", max_size=24))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert When(text).edtf == text
    except OnggiError as refusal:
        assert refusal.id.startswith("model.when.")
        assert refusal.values == {}


@given(
    st.dictionaries(
        st.sampled_from(["type", "edtf", "earliest", "latest", "words", "x"]),
        st.none() | st.text() | st.integers(),
    )
)
def test_any_value_is_a_date_or_refused(value: dict[str, object]) -> None:
    with pytest.raises(OnggiError):
        When.from_value(value)


@given(days, st.integers(-100_000, 100_000))
def test_shifting_there_and_back(day: tuple[int, int, int], distance: int) -> None:
    assert shift_days(shift_days(day, distance), -distance) == day


def test_february() -> None:
    assert [measure_month(year, 2) for year in (0, 4, 1900, 2000, 2023, 2024, 9999)] == [
        29,
        29,
        28,
        29,
        28,
        29,
        28,
    ]
