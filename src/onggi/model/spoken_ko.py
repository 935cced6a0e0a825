"""Korean dates as they are said in the North, the South and Yanbian, taken apart into a `Phrase`.

Floor 2. Pure. Reads text that `spoken` has normalised and freed of spaces. Each expression must take the
whole text and repeats nothing without a bound, so reading time grows with the length alone. Refuses, with
None, anything else.
"""

import re

from onggi.model.numerals import KOREAN as N
from onggi.model.parts import Parts, gather_parts, read_digits, read_year
from onggi.model.phrase import Phrase, Third
from onggi.model.tongue import Tongue, find_years_back, is_vague, read_back

_COUNTS = {
    "한": "1",
    "두": "2",
    "세": "3",
    "석": "3",
    "네": "4",
    "넉": "4",
    "다섯": "5",
    "여섯": "6",
    "일곱": "7",
}
_COUNTS |= {"여덟": "8", "아홉": "9", "열": "10", "스무": "20"}
_DAY_COUNTS = {"하루": "1", "이틀": "2", "사흘": "3", "나흘": "4", "닷새": "5", "엿새": "6", "이레": "7"}
_DAY_COUNTS |= {"여드레": "8", "아흐레": "9", "열흘": "10", "보름": "15"}
_MONTH_NAMES = {"유": "6", "시": "10", "정": "1", "동짓": "11", "섣": "12"}
_YEARS_BACK = {"올해": 0, "금년": 0, "올": 0, "작년": 1, "지난해": 1, "거년": 1}
_YEARS_BACK |= {"재작년": 2, "지지난해": 2, "그러께": 2, "재재작년": 3, "그그러께": 3}
_MONTHS_BACK = {"이번달": 0, "이달": 0, "지난달": 1, "저번달": 1, "지지난달": 2, "저지난달": 2}
_DAYS_BACK = {
    "오늘": (0, 0),
    "어제": (1, 1),
    "어저께": (1, 1),
    "그제": (2, 2),
    "그저께": (2, 2),
    "그끄저께": (3, 3),
}
_DAYS_BACK |= {"지난주": (1, 13), "저번주": (1, 13), "지지난주": (8, 20)}
_SEASONS = {"봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter"}
_HALVES = {"상반기": "first", "전반기": "first", "하반기": "second", "후반기": "second"}
_FEASTS = {
    **dict.fromkeys(("음력설", "음력설날", "구정"), "lunar-new-year"),
    **dict.fromkeys(("양력설", "양력설날", "신정"), "new-year"),
    **dict.fromkeys(("설", "설날"), "either-new-year"),
    **dict.fromkeys(("추석", "한가위"), "mid-autumn"),
    **dict.fromkeys(("대보름", "정월대보름"), "first-full-moon"),
    **dict.fromkeys(("한식", "청명"), "clear-bright"),
    "단오": "double-fifth",
    "태양절": "sun",
    "광명성절": "shining-star",
}
_THIRDS: dict[str, Third] = {
    **dict.fromkeys(("초순", "상순", "초", "연초", "년초", "초반", "초기"), "early"),
    **dict.fromkeys(("중순", "중반", "중엽", "중기"), "middle"),
    **dict.fromkeys(("하순", "말", "연말", "년말", "후반", "말기", "말엽"), "late"),
}
_ABOUT = "경|쯤|께|께쯤|경쯤|무렵|무렵쯤|즈음|정도|전후|가량|쯤정도"
_NATIVE = "|".join(_COUNTS)

_YEAR = f"""(?:
    주체(?P<juche_1>{N})년(?:\\((?P<year_1>[0-9]{{4}})년?\\))?
  | 주체(?P<juche_2>{N})\\((?P<year_2>[0-9]{{4}})년?\\)년?
  | (?P<year_3>[0-9]{{4}})년?\\(주체(?P<juche_3>{N})년?\\)년?
  | (?:(?P<century>{N})세기)?(?P<tick_1>')?(?P<decade>{N})년대
  | (?P<counted>{N}|{_NATIVE})(?:년|해)전
  | (?P<years_back>{"|".join(_YEARS_BACK)})
  | (?P<last>지난|저번)(?=(?:초|늦|한)?(?:봄|여름|가을|겨울))
  | (?P<tick_2>')?(?P<year_4>{N})년도?
)의?"""
_OF_MONTH = f"(?:(?P<day>{N})일|(?P<third_1>초순|상순|초|중순|중반|하순|말)경?|중)"
_DATE = re.compile(
    f"""
    (?P<maybe>아마도?)?(?P<roughly>약|대략|대충|한)?
    (?P<calendar_1>음력|양력)?
    (?:{_YEAR})?
    (?:
        (?P<calendar_2>음력|양력)?(?P<leap>윤)?
        (?:(?P<month>{N}|유|시)월|(?P<moon_month_1>정)월|(?P<moon_month_2>동짓|섣)달)
        (?:{_OF_MONTH})?
      | (?P<edge>초|이른|늦|한)?(?P<season>{"|".join(_SEASONS)})철?
      | (?P<half>{"|".join(_HALVES)})
      | (?P<feast>{"|".join(_FEASTS)})(?:명절)?
      | (?P<third_2>{"|".join(_THIRDS)}) | 중
    )?
    (?P<about>{_ABOUT})?(?:에는|에)?
    """,
    re.VERBOSE,
)
_BACK = re.compile(
    f"""
    (?P<maybe>아마도?)?(?P<roughly>약|대략|대충|한)?
    (?:
        (?P<months_back>{"|".join(_MONTHS_BACK)})(?:{_OF_MONTH})?
      | (?P<months>{N}|{_NATIVE})(?:달|개월)전
      | (?P<days_back>{"|".join(_DAYS_BACK)})
      | (?P<days_1>{N})일전
      | (?P<days_2>{"|".join(_DAY_COUNTS)})전
      | (?P<weeks>{N}|{_NATIVE})주일?전
      | (?P<sometime>최근|요즘|요사이|요새|근래|엊그제|엊그저께|옛날|예전
        |(?:얼마|며칠|오래|몇(?:일|주|달|개월|년|해))전)
    )
    (?P<about>{_ABOUT})?(?:에는|에)?
    """,
    re.VERBOSE,
)
_TONGUE = Tongue(
    years_back=_YEARS_BACK,
    months_back=_MONTHS_BACK,
    days_back=_DAYS_BACK,
    thirds=_THIRDS,
    counts=_COUNTS | _DAY_COUNTS,
)


def read_korean(text: str) -> Phrase | None:
    """The parts of a Korean date, or None."""
    if match := _DATE.fullmatch(text):
        return _read_date(gather_parts(match))
    if match := _BACK.fullmatch(text):
        return read_back(gather_parts(match), _TONGUE)
    return None


def _read_date(parts: Parts) -> Phrase | None:
    calendar, moon_month = parts.get("calendar"), parts.get("moon_month")
    feast = _FEASTS.get(parts.get("feast", ""))
    moon = calendar == "음력" or moon_month is not None
    if (calendar == "양력" and moon_month is not None) or ("leap" in parts and not moon):
        return None
    if feast is not None and calendar is not None:
        feast = _FEASTS.get(calendar + parts["feast"], feast)
        moon = False
    return Phrase(
        year=read_year(parts),
        juche=read_digits(parts, "juche"),
        tick="tick" in parts,
        decade="decade" in parts,
        back=find_years_back(parts, _TONGUE),
        month=read_digits(parts, "month", _MONTH_NAMES) or read_digits(parts, "moon_month", _MONTH_NAMES),
        day=read_digits(parts, "day"),
        third=_THIRDS.get(parts.get("third", "")),
        season=_SEASONS.get(parts.get("season", "")),
        half=_HALVES.get(parts.get("half", "")),
        feast=feast,
        moon=moon,
        moon_name=moon_month is not None,
        approximate=is_vague(parts),
        uncertain="maybe" in parts,
    )
