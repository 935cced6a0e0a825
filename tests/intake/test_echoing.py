"""What is shown while somebody types is what will be recorded, and no name is shown that may not be."""

import pytest
from tests.intake.test_interview import NAME, TOLD, record, refuse
from tests.intake.vault_double import VaultDouble, name_people

from onggi.errors import Finding
from onggi.intake.echoing import Echo, Watch, echo_day, echo_property, echo_value
from onggi.model.value import Date, Number, Place, Term


def echo(**more: str) -> Echo:
    return echo_value(TOLD | {f"told-1-{name}": typed for name, typed in more.items()}, 1)


@pytest.mark.parametrize(
    "typed",
    ["작년 봄", "last spring", "去年春天", "2009-03", "2009년 3월 초순", "2009~", "봄", "2009年三月中旬"],
)
def test_a_date_is_echoed_as_it_will_be_recorded(typed: str) -> None:
    echoed = echo(value=typed)
    batch = record(told_1_value=typed)
    (recorded,) = (one.value for _, one in batch.placed if one.what.property == "date")
    assert isinstance(echoed.value, Date)
    assert echoed.value == recorded
    assert echoed.value.words in (typed, None)


@pytest.mark.parametrize("typed", ["sometime", "2009-13", "not in 2009", "x" * 10_000, "<script>"])
def test_a_date_that_is_not_understood_is_refused_as_it_will_be(typed: str) -> None:
    wrong = echo(value=typed).wrong
    assert isinstance(wrong, Finding)
    assert [(wrong.code, wrong.where)] == refuse(told_1_value=typed)


def test_values_of_other_types_are_echoed_and_what_may_be_meant_is_suggested() -> None:
    assert echo(property="type", value="구타").wrong is not None
    assert echo(property="type", value="beating").value == Term("acts", "beating")
    found = echo(property="type", value="강제")
    assert "forced_marriage" in {one.id for one in found.suggested}
    assert echo(property="place", value="Hweryong").wrong is not None
    assert [one.id for one in echo(property="place", value="Hweryong").suggested] == ["KP0203"]
    assert echo(property="place", value="会宁").value == Place("KP0203")
    assert len(echo(property="place", value="Chaoyang").suggested) >= 2
    assert echo(property="price", value="5000", unit="CNY").value == Number("5000", "CNY")
    assert echo(property="victim", value="who-1") == Echo()
    assert echo(property="", value="x") == Echo()


def test_a_property_is_suggested_in_any_script_for_what_it_is_said_of() -> None:
    def suggest(typed: str, kind: str | None) -> set[str]:
        answers = TOLD | {"told-1-property": typed}
        return {one.id for one in echo_property(answers, 1, kind).suggested}

    assert "perpetrator" in suggest("가해", "act")
    assert "perpetrator" not in suggest("가해", "person")
    assert "victim" in suggest("被害", "act")
    assert suggest("날짜", "act") == set(), "it is one already"
    assert "read_identity" not in suggest("", None) and "code" not in suggest("", None)
    assert echo_property(TOLD | {"told-1-property": "zzz"}, 1, "act").wrong is not None


def test_the_day_of_the_interview_is_echoed() -> None:
    day = echo_day(TOLD).value
    assert isinstance(day, Date) and day.edtf == "2019-06-12"
    assert echo_day({"interview": "once"}).wrong == Finding("model.when.unreadable", "interview")
    assert echo_day({}) == Echo()


@pytest.mark.parametrize("text", ["리영희를 보았다", "saw Ri Yong Hui", "看见李英姬"])
def test_a_name_of_the_form_is_seen_in_any_spelling_before_it_is_recorded(text: str) -> None:
    span = Watch((), "c").find_name(text, TOLD)
    assert span is not None
    assert [code for code, _ in refuse(told_1_property="note", told_1_value=text)] == ["intake.screen.name"]


def test_names_of_the_vault_are_seen_too_and_the_first_is_told() -> None:
    watch = Watch(name_people("김철수"), "c")
    assert watch.whole
    assert watch.find_name("김철수", {}) == (0, 3)
    assert watch.find_name(f"{NAME}, 김철수", TOLD) == (0, 3)
    assert watch.find_name("아무도 없다", TOLD) is None
    alone = Watch(None, "c")
    assert not alone.whole
    assert alone.find_name("김철수", TOLD) is None


def test_the_watch_misses_nothing_that_recording_would_refuse() -> None:
    vault = VaultDouble(names=name_people("박민수"))
    for text in ("박민수", "Pak Min Su", "朴民秀"):
        found = refuse(vault, told_1_property="note", told_1_value=text)
        assert [code for code, _ in found] == ["intake.screen.name"]
        assert Watch(vault.names, "c").find_name(text, TOLD) is not None
