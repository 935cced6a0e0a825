"""What was said is read, no more than that, and never a part of it."""

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import Finding
from onggi.model.spoken import read_spoken
from onggi.model.when import When

INTERVIEW = When("2024-05-10")

ABSOLUTE = [
    # Korean
    ("2010년", "2010"),
    ("이천십년", "2010"),
    ("이공일공년", "2010"),
    ("천구백구십팔 년", "1998"),
    ("2010년에", "2010"),
    ("2010년 3월", "2010-03"),
    ("2010년의 3월", "2010-03"),
    ("2010년 유월", "2010-06"),
    ("2010년 륙월", "2010-06"),
    ("2010년 시월", "2010-10"),
    ("2010년 십이월", "2010-12"),
    ("2010년 3월 중에", "2010-03"),
    ("3월경", "XXXX-03~"),
    ("3월", "XXXX-03"),
    ("3월 15일", "XXXX-03-15"),
    ("삼월 십오일", "XXXX-03-15"),
    ("삼월 일일", "XXXX-03-01"),
    ("2월 29일", "XXXX-02-29"),
    ("2010년 3월 15일", "2010-03-15"),
    ("이천십년 삼월 이십일일", "2010-03-21"),
    ("2010년 3월 15일쯤", "2010-03-15~"),
    ("2010년 3월 초순", "2010-03-01~/2010-03-10~"),
    ("2010년 3월초", "2010-03-01~/2010-03-10~"),
    ("2010년 3월 상순", "2010-03-01~/2010-03-10~"),
    ("2010년 3월 중순", "2010-03-11~/2010-03-20~"),
    ("2010년 3월 중반", "2010-03-11~/2010-03-20~"),
    ("2010년 3월 하순", "2010-03-21~/2010-03-31~"),
    ("2010년 2월 말", "2010-02-21~/2010-02-28~"),
    ("2012년 2월 말경", "2012-02-21~/2012-02-29~"),
    ("2월 말", "XXXX-02-21~/XXXX-02-29~"),
    ("2010년 초", "2010-01~/2010-04~"),
    ("2010년 중반", "2010-05~/2010-08~"),
    ("2010년 연말", "2010-09~/2010-12~"),
    ("2010년 봄", "2010-21"),
    ("2010년 여름철", "2010-22"),
    ("2010년 가을", "2010-23"),
    ("2010년 겨울", "2010-24"),
    ("2010년 초봄", "2010-21~"),
    ("2010년 늦가을", "2010-23~"),
    ("2010년 겨울쯤", "2010-24~"),
    ("봄", "XXXX-21"),
    ("2010년 상반기", "2010-01/2010-06"),
    ("2010년 하반기", "2010-07/2010-12"),
    ("2010년대", "201X"),
    ("2010년대 초반", "2010~/2013~"),
    ("1990년대 중반", "1994~/1996~"),
    ("1990년대 말", "1997~/1999~"),
    ("2000년대", "20XX"),
    ("2000년대 초반", "2000~/2003~"),
    ("90년대", "199X?"),
    ("구십년대", "199X?"),
    ("90년대 후반", "1997%/1999%"),
    ("20세기 90년대", "199X"),
    ("'98년", "1998?"),
    ("’98년", "1998?"),
    ("98년", "1998?"),
    ("구팔년", "1998?"),
    ("칠팔년 봄", "1978-21?"),
    ("98년 봄", "1998-21?"),
    ("98년쯤", "1998%"),
    ("08년 3월", "2008-03?"),
    ("공팔년 삼월", "2008-03?"),
    ("10년 3월", "2010-03?"),
    ("주체98년", "2009"),
    ("주체 98년", "2009"),
    ("주체98(2009)년", "2009"),
    ("주체98(2009)년 3월 15일", "2009-03-15"),
    ("주체98년(2009년) 3월", "2009-03"),
    ("2009년(주체98년)", "2009"),
    ("2010년경", "2010~"),
    ("2010년쯤", "2010~"),
    ("2010년 무렵", "2010~"),
    ("2010년 즈음에", "2010~"),
    ("약 2010년", "2010~"),
    ("2010년 전후", "2010~"),
    ("아마 2010년", "2010?"),
    ("아마도 2010년 3월쯤", "2010-03%"),
    ("양력 2010년 3월 5일", "2010-03-05"),
    ("2010년 음력 3월", "2010-03-20/2010-05-22"),
    ("2010년 음력 윤3월", "2010-03-20/2010-05-22"),
    ("음력 2010년 3월 5일", "2010-03-24/2010-04-27"),
    ("2010년 음력 12월", "2010-01-01/2011-02-20"),
    ("2010년 섣달", "2010-01-01/2011-02-20"),
    ("2010년 정월", "2010-01-01/2010-03-22"),
    ("음력 3월", "XXXX-03-20/XXXX-05-22"),
    ("2010년 설날", "2010-01-01/2010-02-21"),
    ("2010년 음력설", "2010-01-21/2010-02-21"),
    ("2010년 음력 설날", "2010-01-21/2010-02-21"),
    ("2010년 양력설", "2010-01-01"),
    ("2010년 추석", "2010-09-07/2010-10-08"),
    ("2010년 추석 무렵", "2010-09-07~/2010-10-08~"),
    ("2010년 단오", "2010-05-26/2010-06-30"),
    ("2010년 태양절", "2010-04-15"),
    # Chinese
    ("2010年", "2010"),
    ("二〇一〇年", "2010"),
    ("二○一○年", "2010"),
    ("二零一零年3月", "2010-03"),
    ("两千零十年", "2010"),
    ("2010年3月15日", "2010-03-15"),
    ("2010年三月十五号", "2010-03-15"),
    ("2010年三月十五號", "2010-03-15"),
    ("2010年3月15", "2010-03-15"),
    ("二〇〇九年三月廿五日", "2009-03-25"),
    ("三月左右", "XXXX-03~"),
    ("2010年三月初", "2010-03-01~/2010-03-10~"),
    ("2010年3月上旬", "2010-03-01~/2010-03-10~"),
    ("2010年三月中旬", "2010-03-11~/2010-03-20~"),
    ("2010年3月下旬", "2010-03-21~/2010-03-31~"),
    ("2010年3月底", "2010-03-21~/2010-03-31~"),
    ("2010年三月月中", "2010-03-11~/2010-03-20~"),
    ("2010年三月份", "2010-03"),
    ("2010年三月間", "2010-03"),
    ("2010年年初", "2010-01~/2010-04~"),
    ("2010年初", "2010-01~/2010-04~"),
    ("2010年年底", "2010-09~/2010-12~"),
    ("2010年末", "2010-09~/2010-12~"),
    ("2010年春天", "2010-21"),
    ("2010年的夏天", "2010-22"),
    ("2010年秋", "2010-23"),
    ("2010年冬天", "2010-24"),
    ("2010年初春", "2010-21~"),
    ("2010年深秋", "2010-23~"),
    ("2010年上半年", "2010-01/2010-06"),
    ("2010年下半年", "2010-07/2010-12"),
    ("大约2010年", "2010~"),
    ("大約2010年", "2010~"),
    ("2010年左右", "2010~"),
    ("2010年前後", "2010~"),
    ("2010年许", "2010~"),
    ("可能2010年", "2010?"),
    ("可能是大概2010年", None),
    ("农历三月初五", "XXXX-03-24/XXXX-04-27"),
    ("2010年農曆三月初五", "2010-03-24/2010-04-27"),
    ("2010年三月初五", "2010-03-24/2010-04-27"),
    ("阴历2010年三月十五", "2010-04-03/2010-05-07"),
    ("2010年腊月", "2010-01-01/2011-02-20"),
    ("2010年春节", "2010-01-21/2010-02-21"),
    ("2010年春節前後", "2010-01-21~/2010-02-21~"),
    ("2010年中秋節", "2010-09-07/2010-10-08"),
    ("2010年元旦", "2010-01-01"),
    ("九十年代", "199X?"),
    ("90年代初", "1990%/1993%"),
    ("上世纪九十年代", "199X?"),
    ("一九九〇年代", "199X"),
    ("二十世纪九十年代", "199X"),
    ("2000年代", "20XX"),
    ("98年", "1998?"),
    ("主体98(2009)年", "2009"),
    ("主體98年", "2009"),
    # English, and figures
    ("2010", "2010"),
    ("2010-03", "2010-03"),
    ("2010-03-15", "2010-03-15"),
    ("2010.3.15", "2010-03-15"),
    ("2010. 3. 15.", "2010-03-15"),
    ("2010/3/15", "2010-03-15"),
    ("２０１０－０３", "2010-03"),
    ("March 2010", "2010-03"),
    ("in March of 2010", "2010-03"),
    ("March, 2010", "2010-03"),
    ("Sept. '98", "1998-09?"),
    ("March", "XXXX-03"),
    ("about March", "XXXX-03~"),
    ("15 March 2010", "2010-03-15"),
    ("March 15, 2010", "2010-03-15"),
    ("on the 15th of March, 2010", "2010-03-15"),
    ("March 15", "XXXX-03-15"),
    ("spring 2010", "2010-21"),
    ("the fall of 2010", "2010-23"),
    ("early spring 2010", "2010-21~"),
    ("about 2010", "2010~"),
    ("c. 2010", "2010~"),
    ("perhaps 2010", "2010?"),
    ("probably around 2010", "2010%"),
    ("early March 2010", "2010-03-01~/2010-03-10~"),
    ("mid-March 2010", "2010-03-11~/2010-03-20~"),
    ("late March 2010", "2010-03-21~/2010-03-31~"),
    ("at the end of March 2010", "2010-03-21~/2010-03-31~"),
    ("early 2010", "2010-01~/2010-04~"),
    ("the end of 2010", "2010-09~/2010-12~"),
    ("the first half of 2010", "2010-01/2010-06"),
    ("the 1990s", "199X"),
    ("the 1990's", "199X"),
    ("in the early 1990s", "1990~/1993~"),
    ("the 2000s", "20XX"),
    ("the 90s", "199X?"),
    ("'90s", "199X?"),
    ("late nineties", "1997%/1999%"),
    ("Lunar New Year 2010", "2010-01-21/2010-02-21"),
    ("Juche 98 (2009)", "2009"),
]

RELATIVE = [
    ("작년", "2023"),
    ("지난해", "2023"),
    ("재작년", "2022"),
    ("올해 3월", "2024-03"),
    ("올봄", "2024-21"),
    ("작년 봄", "2023-21"),
    ("작년 말", "2023-09~/2023-12~"),
    ("작년 설날", "2023-01-01/2023-02-21"),
    ("작년쯤", "2023~"),
    ("재작년 3월 초순", "2022-03-01~/2022-03-10~"),
    ("3년 전", "2021~"),
    ("삼년전에", "2021~"),
    ("세 해 전", "2021~"),
    ("3년 전 봄", "2020-21~/2022-21~"),
    ("십년 전", "2012~/2016~"),
    ("지난 여름", "2023-22/2024-22"),
    ("지난달", "2024-04"),
    ("지난달 초", "2024-04-01~/2024-04-10~"),
    ("지난달 15일", "2024-04-15"),
    ("두 달 전", "2024-03~"),
    ("5개월 전", "2023-11~/2024-01~"),
    ("어제", "2024-05-09"),
    ("그저께", "2024-05-08"),
    ("사흘 전", "2024-05-07~"),
    ("지난주", "2024-04-27/2024-05-09"),
    ("최근", "/2024-05-10"),
    ("엊그제", "/2024-05-10"),
    ("몇 년 전", "/2024-05-10"),
    ("아마 최근", "/2024-05-10?"),
    ("去年", "2023"),
    ("前年", "2022"),
    ("大前年春天", "2021-21"),
    ("去年冬天", "2023-24"),
    ("去年年底", "2023-09~/2023-12~"),
    ("三年前", "2021~"),
    ("十年以前", "2012~/2016~"),
    ("上个月", "2024-04"),
    ("上個月底", "2024-04-21~/2024-04-30~"),
    ("三个月前", "2024-02~"),
    ("昨天", "2024-05-09"),
    ("前天", "2024-05-08"),
    ("上周", "2024-04-27/2024-05-09"),
    ("最近", "/2024-05-10"),
    ("前几天", "/2024-05-10"),
    ("几年前", "/2024-05-10"),
    ("last year", "2023"),
    ("the year before last", "2022"),
    ("two years ago", "2022~"),
    ("a year ago", "2023~"),
    ("spring of last year", "2023-21"),
    ("late last year", "2023-09~/2023-12~"),
    ("last summer", "2023-22/2024-22"),
    ("last month", "2024-04"),
    ("three days ago", "2024-05-07~"),
    ("yesterday", "2024-05-09"),
    ("recently", "/2024-05-10"),
    ("a few years ago", "/2024-05-10"),
]

REFUSED = [
    # A pair of numbers is "two or three", never twenty-three.
    *("3월 이삼일", "일이월", "이삼년 전", "이삼일 전", "오륙년", "칠팔년", "이삼십일 전", "2010년 삼사월"),
    *("三月二三日", "一二月", "三四年前", "两三年前", "七八年", "七八十年代", "2010年十二三日", "二三十年前"),
    *(
        (
            "",
            "  ",
            "쯤",
            "에",
            "초",
            "연말",
            "아마",
            "모른다",
            "언젠가",
            "不知道",
            "never",
            "?",
            "\ud800",
            "\x00",
        )
    ),
    "10년",
    *("3년", "15일", "100년", "998년", "98년 전", "50년 전", "2010년 15일", "십십년", "2010 3월", "2 010년"),
    *("2010년 3월 15일 밤", "2010년 3월부터 5월까지", "2010년 이전", "2010년 이후", "2010년이 아니다"),
    *(
        "윤3월",
        "양력 섣달",
        "음력 2010년",
        "음력 양력 3월",
        "3월 초 15일",
        "2010년대 3월",
        "1995년대",
        "1900년대 초반",
    ),
    *(
        "2010년 작년",
        "봄 가을",
        "지난달 3월",
        "지난 3월",
        "어제 3월",
        "최근 봄",
        "주체 0년",
        "1890년 음력 3월",
        "2010년 3월 봄",
    ),
    *(
        "10年",
        "2010年前",
        "2010年以后",
        "2010年三月十五",
        "不是2010年",
        "九十年前",
        "去年2010年",
        "農曆",
        "2010年星期一",
    ),
    *(
        "3/4/2010",
        "15.3.2010",
        "2010/11",
        "2010?",
        "98",
        "before 2010",
        "not 2010",
        "since 2010",
        "last March",
        "March March",
    ),
    *(
        "2010-2012",
        "2010 or 2011",
        "early",
        "the",
        "about",
        "2010 March",
        "early 15 March 2010",
        "march 2010 bc",
    ),
]


def edtf(text: str, lang: str | None = None, interview: When | None = None) -> str | None:
    read = read_spoken(text, lang, interview)
    return read.edtf if isinstance(read, When) else None


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_read(text: str, expected: str | None) -> None:
    assert edtf(text) == expected


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_read_against_the_interview(text: str, expected: str) -> None:
    assert edtf(text, interview=INTERVIEW) == expected


@pytest.mark.parametrize("text", [text for text, _ in RELATIVE])
@pytest.mark.parametrize("interview", [None, When("2024/.."), When("/2024"), When("XXXX-05")])
def test_relative_dates_need_an_interview_with_both_ends(text: str, interview: When | None) -> None:
    assert read_spoken(text, interview=interview) == Finding("model.when.relative", "words")


@pytest.mark.parametrize("text", REFUSED)
def test_refused_whole(text: str) -> None:
    assert read_spoken(text, interview=INTERVIEW) == Finding("model.when.unreadable", "words")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023년 2월 29일", "impossible"),
        ("2월 30일", "impossible"),
        ("2010년 13월", "impossible"),
        ("2010년 3월 0일", "impossible"),
        ("2010년 음력 3월 31일", "impossible"),
        ("2010-13", "impossible"),
        ("2010年2月30日", "impossible"),
        ("31 April 2010", "impossible"),
        ("주체98(2010)년", "juche"),
        ("2010년(주체98년)", "juche"),
        ("Juche 98 (2010)", "juche"),
    ],
)
def test_contradictions_are_named(text: str, why: str) -> None:
    assert read_spoken(text) == Finding(f"model.when.{why}", "words")


def test_the_words_stay_as_they_were_said() -> None:
    said = unicodedata.normalize("NFD", " ２０１０년  3월 ")
    read = read_spoken(said)
    assert isinstance(read, When)
    assert (read.words, read.lang, read.edtf) == (said, "ko", "2010-03")


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("2010년", None, "ko"),
        ("2010年", None, "zh"),
        ("May 2010", None, "en"),
        ("2010", None, None),
        ("2010", "ko", "ko"),
    ],
)
def test_language(text: str, lang: str | None, told: str | None) -> None:
    read = read_spoken(text, lang)
    assert isinstance(read, When)
    assert read.lang == told


@pytest.mark.parametrize(
    ("text", "lang"), [("2010년", "en"), ("2010年", "ko"), ("March 2010", "zh"), ("mars 2010", "fr")]
)
def test_a_language_that_was_named_is_not_guessed(text: str, lang: str) -> None:
    assert edtf(text, lang) is None


@pytest.mark.parametrize(
    ("text", "interview", "expected"),
    [
        ("작년", "2024", "2023"),
        ("작년", "2023/2024", "2022/2023"),
        ("작년 봄", "2023-12/2024-01", "2022-21/2023-21"),
        ("작년", "2024~", "2021/2025"),
        ("작년", "2024?", "2023?"),
        ("작년쯤", "2024?", "2023%"),
        ("지난달", "2024-01", "2023-12"),
        ("지난달", "2024", "2023-12/2024-11"),
        ("어제", "2024-01-01", "2023-12-31"),
        ("어제", "2024-03", "2024-02-29/2024-03-30"),
        ("최근", "2024", "/2024-12-31"),
        ("last year", "2024-21", "2023"),
        ("去年", "202X", "2019/2028"),
        ("29년 3월", "2024", "1929-03?"),
        ("24년 3월", "2024", "2024-03?"),
        ("3년 전", "0001", None),
        ("어제", "0000-01-01", None),
        ("지난달", "0000-01-01", None),
    ],
)
def test_an_imprecise_interview_makes_an_imprecise_date(
    text: str, interview: str, expected: str | None
) -> None:
    assert edtf(text, interview=When(interview)) == expected


# Lunar year, month and day, and the Gregorian day, by the Korean (KARI) calendar; three in leap months.
LUNAR = [
    (1950, 1, 23, "1950-03-11"),
    (1955, 7, 13, "1955-08-30"),
    (1961, 12, 15, "1962-01-20"),
    (1983, 12, 20, "1984-01-22"),
    (1994, 5, 5, "1994-06-13"),
    (2001, 1, 1, "2001-01-24"),
    (2004, 5, 13, "2004-06-30"),
    (2018, 9, 21, "2018-10-29"),
    (2020, 8, 18, "2020-10-04"),
    (2021, 11, 19, "2021-12-22"),
    (1952, 5, 26, "1952-07-17"),
    (1960, 6, 7, "1960-07-30"),
    (1984, 10, 29, "1984-12-21"),
]


@pytest.mark.parametrize(("year", "month", "day", "gregorian"), LUNAR)
def test_a_lunar_date_holds_the_day_it_was(year: int, month: int, day: int, gregorian: str) -> None:
    for said_year in {year, int(gregorian[:4])}:
        for text in (
            f"{said_year}년 음력 {month}월 {day}일",
            f"农历{said_year}年{month}月初{day}",
            f"{said_year}년 음력 {month}월",
        ):
            read = read_spoken(text)
            assert isinstance(read, When)
            assert (read.earliest or "") <= gregorian <= (read.latest or "")
            assert read.earliest != read.latest, "a lunar date is never made one day"


SEOLLAL = ["1966-01-21", "1985-02-20", "2010-02-14", "2012-01-23", "2015-02-19", "2023-01-22", "2024-02-10"]
CHUSEOK = ["1976-09-08", "2006-10-06", "2010-09-22", "2014-09-08", "2017-10-04", "2025-10-06"]


@pytest.mark.parametrize(
    ("feast", "day"),
    [(name, day) for name in ("설날", "음력설", "구정") for day in SEOLLAL]
    + [(name, day) for name in ("추석", "한가위") for day in CHUSEOK],
)
def test_a_feast_holds_the_day_it_was(feast: str, day: str) -> None:
    read = read_spoken(f"{day[:4]}년 {feast}")
    assert isinstance(read, When)
    assert (read.earliest or "") <= day <= (read.latest or "")


PAGE = Path(__file__).parents[2] / "docs" / "design" / "dates.md"


def list_examples() -> list[tuple[str, str | None]]:
    """Every phrase that the tables of the page show, with the EDTF it promises; None if it is refused."""
    rows = [
        line.strip("| ").split(" | ")
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    heads = [index for index, row in enumerate(rows) if row[0].startswith("said")]
    return [
        (phrase, None if row[1] == "refused" else row[1].strip("`"))
        for row in rows[heads[0] + 1 :]
        if not row[0].startswith("said")
        for phrase in row[0].split(" · ")
    ]


@pytest.mark.parametrize(("phrase", "promised"), list_examples())
def test_the_page_keeps_its_word(phrase: str, promised: str | None) -> None:
    assert edtf(phrase, interview=INTERVIEW) == promised


dates = st.dates(date(1901, 1, 1), date(2099, 12, 31))
SEASONS = {"봄": (3, 4, 5), "여름": (6, 7, 8), "가을": (9, 10, 11), "겨울": (12, 1, 2)}
ZH_FIGURES = str.maketrans("0123456789", "〇一二三四五六七八九")


def tell(day: date) -> list[str]:
    """Ways in which people may speak of a day."""
    third = min((day.day - 1) // 10, 2)
    season = next(name for name, months in SEASONS.items() if day.month in months)
    half = 0 if day.month <= 6 else 1
    part = (day.month - 1) // 4
    year, short = day.year, f"{day.year % 100:02}"
    told = [
        f"{year}년",
        f"{year}년 {day.month}월",
        f"{year}년 {day.month}월 {day.day}일",
        f"{year}년 {day.month}월 {['초순', '중순', '하순'][third]}",
        f"{year}년 {season}",
        f"{year}년 {['상반기', '하반기'][half]}",
        f"{year}년 {['초', '중반', '말'][part]}",
        f"{year // 10 * 10}년대",
        f"{year}년경",
        f"{day.month}월 {day.day}일",
        f"{str(year).translate(ZH_FIGURES)}年{day.month}月{['初', '中旬', '底'][third]}",
        f"{year}年{day.month}月{day.day}日",
        f"{year}年{['上半年', '下半年'][half]}",
        f"{year}年{['年初', '年中', '年底'][part]}",
        f"{['early', 'mid', 'late'][third]} {day:%B} {year}",
        f"{day:%B} {day.day}, {year}",
        f"{['early', 'mid', 'late'][part]} {year}",
        f"{year}-{day.month:02}-{day.day:02}",
        f"{year}. {day.month}. {day.day}.",
    ]
    if year >= 1912:
        told.append(f"주체{year - 1911}({year})년 {day.month}월")
    if 1930 <= year <= 2029:
        told += [f"'{short}년 {day.month}월", f"{short}年{day.month}月"]
    return told


def allows(when: When | Finding, day: date) -> bool:
    assert isinstance(when, When), when
    return (when.earliest or "") <= day.isoformat() <= (when.latest or "9999-12-31")


@given(dates)
def test_what_was_told_of_a_day_holds_the_day(day: date) -> None:
    for text in tell(day):
        assert allows(read_spoken(text), day), text


@given(dates, st.data())
def test_spelling_makes_no_difference(day: date, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(tell(day)))
    plain = edtf(text)
    assert edtf(unicodedata.normalize("NFD", text)) == plain
    assert edtf(text.translate({ord("0") + n: 0xFF10 + n for n in range(10)})) == plain
    if any("\uac00" <= c <= "\ud7a3" or "\u4e00" <= c <= "\u9fff" for c in text):
        gaps = [i for i in range(1, len(text)) if not (text[i - 1].isdecimal() and text[i].isdecimal())]
        at = data.draw(st.sampled_from(gaps))
        assert edtf(f"\u3000{text[:at]} \t{text[at:]}\n") == plain


@given(dates, st.integers(0, 400), st.integers(0, 60), st.integers(0, 60))
def test_what_is_counted_back_holds_the_day(interview: date, ago: int, before: int, after: int) -> None:
    day = interview - timedelta(ago)
    said_on = When(f"{interview - timedelta(before)}/{interview + timedelta(after)}")
    years = interview.year - day.year
    months = years * 12 + interview.month - day.month
    told = ["최근", "recently", "最近", f"{ago}일 전", f"{ago}天前", f"{months}개월 전", f"{ago // 7}주 전"]
    told.append(["올해", "작년", "재작년"][years])
    told.append(["今年", "去年", "前年"][years] + f"{day.month}月")
    if months < 2:
        told.append(["이번 달", "지난달"][months])
    if years:
        told.append(f"{years}년 전 {next(name for name, held in SEASONS.items() if day.month in held)}")
    for text in told:
        assert allows(read_spoken(text, interview=said_on), day), text


@given(dates, st.sampled_from(RELATIVE))
def test_recently_has_no_lower_bound_and_nothing_is_read_from_a_clock(
    day: date, row: tuple[str, str]
) -> None:
    read = read_spoken(row[0], interview=When(day.isoformat()))
    if isinstance(read, Finding):
        assert read.code == "model.when.impossible"
    elif row[1].startswith("/"):
        assert (read.earliest, read.latest) == (None, day.isoformat())
    else:
        assert read.earliest is not None
        assert read.earliest[:4] <= day.isoformat()[:4]


WORDS = sorted(
    {word for text, _ in ABSOLUTE + RELATIVE for word in (text, *text)} | {"이전", "以后", "before", "not "}
)


@given(
    st.text() | st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.sampled_from([None, "en", "ko", "zh"]),
)
def test_any_text_is_read_or_refused(text: str, lang: str | None) -> None:
    read = read_spoken(text, lang, INTERVIEW)
    if isinstance(read, Finding):
        assert (read.code.startswith("model.when."), read.where, read.values) == (True, "words", {})
    else:
        assert read.words == text
        assert When.from_value(read.to_value()) == read
        assert read.earliest is None or read.latest is None or read.earliest <= read.latest


@given(
    st.sampled_from([text for text, told in ABSOLUTE + RELATIVE if told]),
    st.sampled_from(["x", "밤", "前后不明", " not"]),
)
def test_one_word_too_many_refuses_everything(text: str, more: str) -> None:
    assert edtf(text + more, interview=INTERVIEW) is None
    assert edtf(more + text, interview=INTERVIEW) is None


@pytest.mark.parametrize(
    "text",
    [
        piece * (10_000 // len(piece))
        for piece in ("일", "십", "2", " ", "년", "2010년 ", "一", "二〇一〇年", "the ", "early ", "'", "(")
    ]
    + ["2010년" + " " * 10_000, "2010년" + " " * 10_000 + "이 아니다"]
    + [piece * (200 // len(piece)) for piece in ("일", "십일월", "一", "十月", "the ", "mid ", "한", "초")],
)
@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_long_inputs_are_refused(text: str, lang: str) -> None:
    assert edtf(text, lang, INTERVIEW) is None
