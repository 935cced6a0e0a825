"""A place is found by every spelling a person could type, and nothing uncertain loses its mark."""

import re
import unicodedata
from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.model.places import (
    BASES,
    NAMES,
    Middle,
    Place,
    find_place,
    load_places,
    place_labels,
    places_named,
    read_places,
)
from onggi.words import LANGUAGES, known, say

PLACES = list(load_places().values())
SHEET = """\
[place.KP-10]
kind = "province"
parent = "KP"
code.iso = "KP-10"
name.en = "Ryanggang"
name.ko_kr = "양강도"
also = ["Yanggang"]
borders_china = true
middle.lat = 41.26
middle.lon = 128.08
middle.radius = 140_000
middle.basis = "listed"
"""


@pytest.mark.parametrize(
    ("id", "spellings"),
    [
        (
            "KP-10",
            "량강도 량강 양강도 양강 兩江道 兩江 两江道 两江 Ryanggang Ryanggang-do Yanggang ryangkangto",
        ),
        ("KP-09", "함경북도 함북 咸鏡北道 咸镜北道 咸镜北 Hamgyŏngbuk-do Hamgyongbukdo"),
        ("CN-LN", "辽宁 辽宁省 遼寧 遼寧省 료녕 료녕성 요녕 요녕성 요령성 랴오닝 랴오닝성 Liaoning LIAONING"),
        ("CN-222400", "연변 연변조선족자치주 옌볜 延边 延边朝鲜族自治州 延邊朝鮮族自治州 Yanbian"),
        ("CN-210100", "심양 선양 沈阳 瀋陽市 Shenyang"),
        ("KP0101", "혜산 혜산시 惠山 惠山市 Hyesan Hyesan-si"),
        ("KP0203", "회령 會寧 会宁市 Hoeryong Hoeryeong Hoeryŏng"),
        ("KP-13", "라선 나선시 罗先 羅先市 Rason Naseon"),
        ("KP0221", "경원군 새별 새별군 Kyongwon Saebyol 庆源"),
        ("KP0908", "은률군 은율군"),
        ("KP", "북한 조선 북조선 朝鲜 北韓 DPRK"),
        ("KR", "한국 남한 남조선 대한민국 韩国 ROK"),
    ],
)
def test_places_are_found_by_every_spelling(id: str, spellings: str) -> None:
    place = find_place(id)
    assert place is not None
    for spelling in spellings.split():
        assert place in places_named(spelling), spelling


def test_marks_and_spaces_do_not_hide_a_place() -> None:
    (expected,) = places_named("Pyongyang")
    for spelling in ("P'yŏngyang", "P’yŏngyang", "P'yŏngyang-si", "pyong yang", "PYONGYANG", "평양 시"):
        assert places_named(spelling) == (expected,), spelling
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert places_named(unicodedata.normalize(form, "평양시")) == (expected,)
    assert expected.id == "KP-01"


def test_a_shared_name_is_not_decided_for_the_reader() -> None:
    assert {place.id for place in places_named("朝阳")} == {"CN-211300", "CN-211321", "CN-220104"}
    assert places_named("Atlantis") == ()
    assert places_named("") == ()


@given(st.sampled_from(PLACES))
def test_every_label_leads_back_to_its_place(place: Place) -> None:
    labels = place_labels(place)
    assert len(labels) == len(set(labels))
    for label in labels:
        assert label.strip() == label != ""
        assert place in places_named(label)


def test_every_place_has_a_name_for_each_reader() -> None:
    for place in PLACES:
        assert {"en", "ko_kr"} <= place.names.keys() <= set(NAMES)
        assert all(place.label(language) for language in LANGUAGES)
        assert re.search("[가-힣]", place.names["ko_kr"])
    without_characters = {place.names["en"] for place in PLACES if "zh_hans" not in place.names}
    assert without_characters == {"Kwail", "Unjong"}


def test_parents_and_codes_resolve() -> None:
    for place in PLACES:
        parent = find_place(place.parent) if place.parent else None
        assert (parent is None) == (place.kind == "country")
        if "gbt2260" in place.codes:
            assert re.fullmatch(r"\d{6}", place.codes["gbt2260"])
            assert place.id.startswith("CN-")
        if place.kind in ("province", "special_city"):
            assert place.codes["iso"] == place.id
    assert len({place.codes["gbt2260"] for place in PLACES if "gbt2260" in place.codes}) == sum(
        "gbt2260" in place.codes for place in PLACES
    )


def test_doubts_are_kept() -> None:
    for place in PLACES:
        fields = {"parent", "former", "valid_from", "middle", "borders_china"}
        assert place.uncertain <= fields | place.names.keys(), place.id
        if place.id.startswith("KP") and place.kind in ("city", "county", "district"):
            assert "borders_china" in place.uncertain
            assert ("hanja" in place.names) == ("hanja" in place.uncertain)
        if place.kind == "prefecture" and "ko_kp" in place.names:
            assert {"ko_kp", "ko_kr"} <= place.uncertain


def test_the_border_is_known() -> None:
    along = {
        place.id for place in PLACES if place.borders_china and place.kind in ("province", "special_city")
    }
    assert along == {"KP-03", "KP-04", "KP-09", "KP-10", "KP-13"}


def test_no_middle_is_finer_than_a_county() -> None:
    for place in PLACES:
        if place.middle:
            assert place.kind != "country"
            assert place.middle.basis in BASES
            assert place.middle.radius >= 10_000, place.id
            assert (round(place.middle.lat, 2), round(place.middle.lon, 2)) == (
                place.middle.lat,
                place.middle.lon,
            )


def test_a_middle_lies_in_what_its_place_is_part_of() -> None:
    held = [(place, find_place(place.parent or "")) for place in PLACES if place.middle]
    pairs = [(place, around) for place, around in held if around and around.middle]
    assert len(pairs) > 300
    for place, around in pairs:
        assert place.middle and around.middle
        assert measure(place.middle, around.middle) <= around.middle.radius, place.id


def test_what_has_no_middle_has_none() -> None:
    """Where no source had one, none was made: neither the parent's nor a guess."""
    without = {place.id for place in PLACES if place.middle is None and place.kind != "country"}
    assert {"CN-210602", "CN-220521", "CN-532800"} <= without
    middles = [(place.middle.lat, place.middle.lon) for place in PLACES if place.middle]
    assert len(middles) > 300
    seats = {place.id for place in PLACES if place.middle and place.middle.basis == "seat"}
    assert all("middle" in load_places()[id].uncertain for id in seats)


@pytest.mark.parametrize(
    ("id", "lat", "lon"),
    [("KP-01", 39.03, 125.75), ("CN-222401", 42.89, 129.51), ("CN-210600", 40.13, 124.39)],
)
def test_a_well_known_town_lies_in_its_ring(id: str, lat: float, lon: float) -> None:
    place = find_place(id)
    assert place and place.middle
    assert measure(place.middle, Middle(lat, lon, 0, "seat")) <= place.middle.radius


def measure(one: Middle, other: Middle) -> float:
    """Metres between two points on a sphere."""
    lat, other_lat, turn = map(radians, (one.lat, other.lat, other.lon - one.lon))
    straight = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin(turn / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(straight))


def test_a_reader_of_each_language_sees_her_own() -> None:
    place = find_place("KP-10")
    assert place is not None
    assert [place.label(language) for language in LANGUAGES] == ["Ryanggang", "양강도", "两江道"]
    assert place.names["ko_kp"] == "량강도"


def test_a_users_own_places_are_read() -> None:
    places, findings = read_places(SHEET, "places.toml")
    assert findings == []
    assert places is not None
    assert places["KP-10"].also == ("Yanggang",)
    assert places["KP-10"].borders_china is True
    assert places["KP-10"].middle == Middle(41.26, 128.08, 140_000, "listed")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("KP-10]", "kp-10]", "model.place.bad_id", 1),
        ('"province"', '"kingdom"', "model.place.bad_kind", 2),
        ('parent = "KP"', 'parent = ""', "model.sheet.empty_text", 3),
        ("code.iso", "code.un", "model.sheet.unknown_key", 4),
        ('name.en = "Ryanggang"\n', "", "model.sheet.missing_language", 5),
        ('"양강도"', '" "', "model.sheet.empty_text", 6),
        ("name.ko_kr", "name.ko", "model.sheet.unknown_key", 6),
        ('["Yanggang"]', '"Yanggang"', "model.sheet.empty_text", 7),
        ("= true", '= "yes"', "model.place.not_yes_no", 8),
        ("middle.lat = 41.26\n", "", "model.place.bad_middle", 9),
        ("41.26", "41.263", "model.place.bad_middle", 9),
        ("41.26", "141.26", "model.place.bad_middle", 9),
        ("41.26", "inf", "model.place.bad_middle", 9),
        ("41.26", "nan", "model.place.bad_middle", 9),
        ("41.26", "true", "model.place.bad_middle", 9),
        ("128.08", "-181.0", "model.place.bad_middle", 9),
        ("140_000", "9_999", "model.place.bad_middle", 9),
        ("140_000", "inf", "model.place.bad_middle", 9),
        ('"listed"', '"guessed"', "model.place.bad_middle", 9),
        ("middle.basis", "middle.height", "model.place.bad_middle", 9),
        ("= true", "= yes", "model.sheet.syntax", 8),
        ("borders_china = true", "[place.KP-10]", "model.sheet.duplicate", 8),
        ("[place.KP-10]", "[places.KP-10]", "model.sheet.missing_key", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    places, findings = read_places(SHEET.replace(old, new, 1), "places.toml")
    assert places is None
    assert (code, f"places.toml:{line}") in [(finding.code, finding.where) for finding in findings]
    for finding in findings:
        for language in LANGUAGES:
            assert say(finding.code, language, **finding.values)
            assert say(f"{finding.code}.hint", language, **finding.values)


@given(
    st.integers(min_value=0, max_value=len(SHEET)),
    st.integers(min_value=0, max_value=40),
    st.text(max_size=8),
)
def test_no_damage_is_read_in_part(start: int, length: int, put: str) -> None:
    places, findings = read_places(SHEET[:start] + put + SHEET[start + length :], "places.toml")
    assert (places is None) == bool(findings)
    assert all(known(finding.code) for finding in findings)
