"""Chinese dates as they are said and written, taken apart into a `Phrase`.

Floor 2. Pure. Reads text that `spoken` has normalised, turned into simplified characters and freed of
spaces. Each expression must take the whole text and repeats nothing without a bound. Refuses, with None,
anything else.
"""

import re

from onggi.model.numerals import CHINESE as N
from onggi.model.parts import Parts, gather_parts, read_digits, read_year
from onggi.model.phrase import Phrase, Third
from onggi.model.tongue import Tongue, find_years_back, is_vague, read_back

# Only the characters that dates are made of; what is not here is not in the expressions below either.
_TRADITIONAL = str.maketrans(
    "後曆歷農陰陽舊個週來約號內兩節這過時間開廣當實許數幾應該會閏臘體紀從",
    "后历历农阴阳旧个周来约号内两节这过时间开广当实许数几应该会闰腊体纪从",
)
_MONTH_NAMES = {"正": "1", "冬": "11", "腊": "12"}
_YEARS_BACK = {"今年": 0, "去年": 1, "上年": 1, "前年": 2, "大前年": 3}
_MONTHS_BACK = {"这个月": 0, "这月": 0, "本月": 0, "上个月": 1, "上月": 1, "上上个月": 2, "上上月": 2}
_DAYS_BACK = {
    "今天": (0, 0),
    "今日": (0, 0),
    "昨天": (1, 1),
    "昨日": (1, 1),
    "前天": (2, 2),
    "大前天": (3, 3),
}
_DAYS_BACK |= dict.fromkeys(("上周", "上星期", "上个星期", "上礼拜", "上个礼拜"), (1, 13))
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_HALVES = {"上半年": "first", "前半年": "first", "下半年": "second", "后半年": "second"}
_FEASTS = {
    **dict.fromkeys(("春节", "农历新年", "阴历新年", "农历年", "阴历年", "大年初一"), "lunar-new-year"),
    **dict.fromkeys(("元旦", "元旦节"), "new-year"),
    **dict.fromkeys(("中秋", "中秋节"), "mid-autumn"),
    **dict.fromkeys(("元宵", "元宵节"), "first-full-moon"),
    **dict.fromkeys(("端午", "端午节"), "double-fifth"),
    **dict.fromkeys(("清明", "清明节"), "clear-bright"),
    **dict.fromkeys(("国庆", "国庆节"), "china-national"),
}
_THIRDS: dict[str, Third] = {
    **dict.fromkeys(("初", "上旬", "年初", "初期", "早期", "前期"), "early"),
    **dict.fromkeys(("中", "中旬", "月中", "年中", "中期"), "middle"),
    **dict.fromkeys(("底", "末", "下旬", "月底", "月末", "年底", "年末", "末期", "后期"), "late"),
}
_LEAD = "(?P<maybe>可能|也许|或许|好像)?(?P<roughly>大约|大概|约|差不多)?(?:是)?在?"
_ABOUT = "(?P<about>左右|前后|上下|许)?"

_YEAR = f"""(?:
    主体(?P<juche_1>{N})年(?:\\((?P<year_1>[0-9]{{4}})年?\\))?
  | 主体(?P<juche_2>{N})\\((?P<year_2>[0-9]{{4}})年?\\)年?
  | (?P<year_3>[0-9]{{4}})年?\\(主体(?P<juche_3>{N})年?\\)年?
  | (?:(?P<last_century>上个?世纪)|(?P<century>{N})世纪)?(?P<tick_1>')?(?P<decade>{N})年代
  | (?P<counted>{N})年(?:以|之)?前
  | (?P<years_back>{"|".join(_YEARS_BACK)})
  | (?P<tick_2>')?(?P<year_4>{N})年
)的?"""
_OF_MONTH = f"""(?:
    (?P<day_1>{N})(?:日|号)
  | (?P<day_2>[0-9]{{1,2}})
  | (?P<moon_day_1>初{N}|{N})
  | (?P<third_1>初|上旬|中旬|月中|中|下旬|底|末)
  | 间|里|期间
)"""
_DATE = re.compile(
    f"""
    {_LEAD}
    (?P<calendar_1>农历|阴历|旧历|阳历|公历)?
    (?:{_YEAR})?
    (?:
        (?P<calendar_2>农历|阴历|旧历|阳历|公历)?(?P<leap>闰)?
        (?:(?P<month>{N})|(?P<moon_month>[正冬腊]))月份?
        (?:{_OF_MONTH})?
      | (?P<edge_1>初|早|暮|晚|深|盛|隆|仲|开)?(?P<season>[春夏秋冬])(?:天|季|日)?(?P<edge_2>初|末)?
      | (?P<half>{"|".join(_HALVES)})
      | (?P<feast>{"|".join(_FEASTS)})(?:期间)?
      | (?P<third_2>{"|".join(_THIRDS)})
      | 间|里|期间
    )?
    {_ABOUT}
    """,
    re.VERBOSE,
)
_BACK = re.compile(
    f"""
    {_LEAD}
    (?:
        (?P<months_back>{"|".join(_MONTHS_BACK)})(?:份)?(?:{_OF_MONTH})?
      | (?P<months>{N})个?月(?:以|之)?前
      | (?P<days_back>{"|".join(_DAYS_BACK)})
      | (?P<days>{N})[天日](?:以|之)?前
      | (?P<weeks>{N})个?(?:周|星期|礼拜)(?:以|之)?前
      | (?P<sometime>最近|近来|近期|近日|近几年|前不久|前些(?:天|年|日子)|前一阵子?|前几(?:天|个月|年)
        |(?:不久|很久|多年|好?几(?:天|个月|年))(?:以|之)?前)
    )
    {_ABOUT}
    """,
    re.VERBOSE,
)
_TONGUE = Tongue(years_back=_YEARS_BACK, months_back=_MONTHS_BACK, days_back=_DAYS_BACK, thirds=_THIRDS)


def read_chinese(text: str) -> Phrase | None:
    """The parts of a Chinese date, or None."""
    simplified = text.translate(_TRADITIONAL)
    if match := _DATE.fullmatch(simplified):
        return _read_date(gather_parts(match))
    if match := _BACK.fullmatch(simplified):
        parts = gather_parts(match)
        return None if "moon_day" in parts else read_back(parts, _TONGUE)
    return None


def _read_date(parts: Parts) -> Phrase | None:
    calendar, moon_month, moon_day = (parts.get(key) for key in ("calendar", "moon_month", "moon_day"))
    lunar = calendar in ("农历", "阴历", "旧历") or moon_month is not None
    # 初五 is said of the moon alone; a bare 十五 after the month is read only where the moon was named.
    moon = lunar or (moon_day is not None and moon_day.startswith("初"))
    solar = calendar in ("阳历", "公历")
    if (moon_day is not None and not moon) or (moon and solar) or ("leap" in parts and not moon):
        return None
    feast = _FEASTS.get(parts.get("feast", ""))
    return Phrase(
        year=read_year({**parts, "century": "20"} if "last_century" in parts else parts),
        juche=read_digits(parts, "juche"),
        tick="tick" in parts,
        decade="decade" in parts,
        back=find_years_back(parts, _TONGUE),
        month=read_digits(parts, "month") or read_digits(parts, "moon_month", _MONTH_NAMES),
        day=_read_day(parts),
        third=_THIRDS.get(parts.get("third", "")),
        season=_SEASONS.get(parts.get("season", "")),
        half=_HALVES.get(parts.get("half", "")),
        feast=feast,
        moon=moon and feast is None,
        moon_name=moon_month is not None,
        approximate=is_vague(parts),
        # Whose last century it was depends on when it was said.
        uncertain="maybe" in parts or "last_century" in parts,
    )


def _read_day(parts: Parts) -> str | None:
    if "moon_day" not in parts:
        return read_digits(parts, "day")
    return read_digits({"day": parts["moon_day"].removeprefix("初")}, "day")
