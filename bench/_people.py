"""Invented people on several lists, with the truth beside them: what `link` is measured on.

Two generators. `list_without_papers` makes people as aid groups, church lists and court files know them: a
name in eight styles of spelling, order turned round in a quarter of what is in Latin letters, a letter lost,
another name altogether, a year of birth that is off, an origin in the script of the list, a year of leaving
that is off. `list_europeans` makes people as registers know them: first name, surname, day of birth, city and
e-mail, with slips and gaps. Both are seeded.

By which hand: the shares of error were given as a specification by who measured other tools before this
room was built; this code was written by the hand that wrote `link`, before it. The syllables and characters
below were chosen for this file; romanisations come from `onggi.names.romanise`, the same tables that read
them back. So the figures lean towards us; only people from another hand can say how much.
"""

import argparse
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from _tables import Row, write_tables

from onggi.model.places import Place, load_places
from onggi.names.hangul import soften_start
from onggi.names.romanise import spell_name

COLUMNS = ("record_id", "list", "name", "sex", "birth_year", "origin", "left_year", "location", "note")

# Hangul of the North, character, Mandarin, share per thousand.
SURNAMES = """\
김 金 jin 215|리 李 li 150|박 朴 piao 85|최 崔 cui 47|정 鄭 zheng 44|강 姜 jiang 23
조 趙 zhao 22|윤 尹 yin 21|장 張 zhang 20|림 林 lin 18|한 韓 han 15|오 吳 wu 15|신 申 shen 15
서 徐 xu 14|권 權 quan 14|황 黃 huang 14|안 安 an 14|송 宋 song 14|류 柳 liu 13|홍 洪 hong 11
전 全 quan 11|고 高 gao 9|문 文 wen 9|손 孫 sun 9|량 梁 liang 9|배 裵 pei 8|백 白 bai 8
허 許 xu 7|남 南 nan 6|심 沈 shen 6|로 盧 lu 5|하 河 he 5|전 田 tian 4|곽 郭 guo 4|성 成 cheng 4
차 車 che 4|주 朱 zhu 4|우 禹 yu 4|구 具 ju 4|라 羅 luo 4|민 閔 min 4|진 陳 chen 3|엄 嚴 yan 3
채 蔡 cai 3|원 元 yuan 3|천 千 qian 2|방 方 fang 2|공 孔 kong 2|현 玄 xuan 2|함 咸 xian 2
변 邊 bian 2|염 廉 lian 2|려 呂 lü 2|추 秋 qiu 1|도 都 du 1|석 石 shi 1"""
FIRST = """\
영 英 ying 9|순 順 shun 7|명 明 ming 7|정 貞 zhen 7|금 金 jin 6|옥 玉 yu 5|미 美 mei 5
은 銀 yin 5|경 京 jing 5|성 成 cheng 5|철 哲 zhe 5|춘 春 chun 4|혜 惠 hui 4|광 光 guang 4
향 香 xiang 4|선 善 shan 4|인 仁 ren 4|수 秀 xiu 4|남 男 nan 3|복 福 fu 3|봉 鳳 feng 3
룡 龍 long 3|설 雪 xue 3|윤 潤 run 2|창 昌 chang 3|태 泰 tai 3|학 學 xue 2|련 蓮 lian 3
분 粉 fen 2|해 海 hai 3|연 燕 yan 3|진 眞 zhen 3|동 東 dong 3|상 相 xiang 2|현 賢 xian 3
화 花 hua 3|국 國 guo 2|길 吉 ji 2|란 蘭 lan 2|월 月 yue 2|매 梅 mei 2|계 桂 gui 2|덕 德 de 2
일 日 ri 2|재 在 zai 2|기 基 ji 2|승 勝 sheng 2|주 珠 zhu 2|지 智 zhi 2|소 素 su 1"""
SECOND = """\
희 姬 ji 10|옥 玉 yu 9|순 順 shun 8|숙 淑 shu 8|화 花 hua 6|실 實 shi 5|철 哲 zhe 6|호 浩 hao 6
일 日 ri 4|남 男 nan 4|금 錦 jin 3|미 美 mei 4|경 慶 qing 4|심 心 xin 4|복 福 fu 3|애 愛 ai 3
란 蘭 lan 4|향 香 xiang 4|선 仙 xian 4|영 英 ying 5|수 洙 zhu 4|혁 赫 he 4|국 國 guo 3
범 範 fan 2|진 鎭 zhen 4|학 學 xue 2|룡 龍 long 3|성 星 xing 3|녀 女 nü 4|련 蓮 lian 3
월 月 yue 2|주 珠 zhu 3|정 貞 zhen 3|연 姸 yan 3|자 子 zi 3|식 植 zhi 3|길 吉 ji 2|석 錫 xi 2
현 賢 xian 2|해 海 hai 2|매 梅 mei 1|단 丹 dan 1|별 星 xing 1|하 夏 xia 1|민 民 min 2
삼 三 san 2|근 根 gen 2|훈 勳 xun 2|덕 德 de 1|봉 峰 feng 1"""
STYLES = ("north", "south", "hanja", "pinyin", "revised", "popular", "mccune", "press")
LATIN = frozenset(STYLES[3:])


@dataclass(frozen=True, slots=True)
class Part:
    """A syllable of a name: as the North writes it, as a character, in Mandarin; and how frequent it is."""

    hangul: str
    character: str
    mandarin: str
    weight: float


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is; lists know parts of it."""

    surname: Part
    given: tuple[Part, ...]
    woman: bool
    born: int
    origin: Place
    left: int
    at: Place

    @property
    def child(self) -> tuple[object, ...]:
        """By what the name of her child is drawn: the same on every list, and in every process."""
        return self.surname, self.given, self.born, self.left


@dataclass(frozen=True, slots=True)
class Habits:
    """How often lists err."""

    turned: float = 0.25  # given name first, in Latin letters
    lost: float = 0.06  # a letter or syllable missing
    alias: float = 0.10  # another name altogether
    year_off: float = 0.25  # the year of birth by one or two
    no_year: float = 0.12
    no_origin: float = 0.15
    no_left: float = 0.1
    no_at: float = 0.3
    no_sex: float = 0.08
    noted: float = 0.05  # the list has only "mother of X" in a note, of half of these no name


HABITS = Habits()


def read_parts(table: str) -> tuple[Part, ...]:
    """The parts of one of the tables above."""
    rows = (cell.split() for line in table.splitlines() for cell in line.split("|"))
    return tuple(Part(hangul, character, said, float(weight)) for hangul, character, said, weight in rows)


def list_without_papers(people: int, seed: int, habits: Habits = HABITS) -> tuple[list[Row], list[int]]:
    """Records of so many people, shuffled, and to whom each belongs; 1.87 records a person on average."""
    dice = random.Random(seed)
    tables = tuple(read_parts(table) for table in (SURNAMES, FIRST, SECOND))
    homes = [place for place in load_places().values() if place.parent and place.parent.startswith("KP-")]
    stays = [place for place in load_places().values() if place.parent and place.parent.startswith("CN-")]
    homes_weighed = [dice.paretovariate(1.2) for _ in homes]
    stays_weighed = [dice.paretovariate(1.0) for _ in stays]
    records: list[tuple[int, Row]] = []
    for number in range(people):
        person = Person(
            *draw_name(tables, dice),
            woman=dice.random() < 0.75,
            born=int(dice.triangular(1940, 2003, 1976)),
            origin=dice.choices(homes, homes_weighed)[0],
            left=int(dice.triangular(1995, 2019, 2003)),
            at=dice.choices(stays, stays_weighed)[0],
        )
        for _ in range(dice.choices((1, 2, 3, 4), (0.42, 0.34, 0.19, 0.05))[0]):
            records.append((number, write_record(person, tables, habits, dice)))
    dice.shuffle(records)
    for at, (_, row) in enumerate(records):
        row["record_id"] = f"r{at}"
    return [row for _, row in records], [number for number, _ in records]


def draw_name(tables: tuple[tuple[Part, ...], ...], dice: random.Random) -> tuple[Part, tuple[Part, ...]]:
    """A surname and a given name of two syllables, or seldom one."""
    surname, first, second = (dice.choices(table, [one.weight for one in table])[0] for table in tables)
    return surname, ((first, second) if dice.random() > 0.04 else (second,))


def write_record(
    person: Person, tables: tuple[tuple[Part, ...], ...], habits: Habits, dice: random.Random
) -> Row:
    """What one list has of a person; `alias`, which is in no table, says whether the name is another one."""
    style = dice.choice(STYLES)
    alias = dice.random() < habits.alias
    surname, given = draw_name(tables, dice) if alias else (person.surname, person.given)
    name = write_name(surname, given, style, habits, dice)
    if dice.random() < habits.lost:
        place = dice.randrange(1, len(name))
        name = name[:place] + name[place + 1 :]
    year = person.born + (dice.choice((-2, -1, -1, 1, 1, 2)) if dice.random() < habits.year_off else 0)
    left = person.left + dice.choices((-1, 0, 1), (0.15, 0.7, 0.15))[0]
    sex = dice.choice(("F", "여", "female", "女", "w") if person.woman else ("M", "남", "male", "男", "m"))
    note = ""
    if dice.random() < habits.noted:
        child = write_name(*draw_name(tables, random.Random(f"{person.child}")), style, habits, dice)
        note, name = f"mother of {child}", name if dice.random() < 0.5 else ""

    def keep(text: str, missing: float) -> str:
        return "" if dice.random() < missing else text

    return {
        "list": f"list-{STYLES.index(style) % 4}",
        "name": name,
        "sex": keep(sex, habits.no_sex),
        "birth_year": keep(str(year), habits.no_year),
        "origin": keep(write_place(person.origin, style, dice), habits.no_origin),
        "left_year": keep(str(left), habits.no_left),
        "location": keep(write_place(person.at, style, dice), habits.no_at),
        "note": note,
        "alias": "1" if alias else "0",
    }


def write_name(surname: Part, given: Sequence[Part], style: str, habits: Habits, dice: random.Random) -> str:
    """A name as lists of this style write it."""
    sounds = "".join(part.hangul for part in given)
    if style == "north":
        return surname.hangul + sounds
    if style == "south":
        return soften_start(surname.hangul) + soften_start(sounds)
    if style == "hanja":
        return surname.character + "".join(part.character for part in given)
    if style == "pinyin":
        parts = [surname.mandarin, "".join(part.mandarin for part in given)]
        parts = [part.replace("ü", dice.choice("vu")).capitalize() for part in parts]
    else:
        system, join = {
            "revised": ("revised", "joined"),
            "popular": ("popular", dice.choice(("hyphen", "spaced", "joined"))),
            "mccune": ("mccune", "hyphen"),
            "press": ("north", "spaced"),
        }[style]
        text = spell_name(surname.hangul, sounds, system, join)
        if style == "press" or (style == "mccune" and dice.random() < 0.5):
            plain = unicodedata.normalize("NFD", text.replace("'", ""))
            text = "".join(letter for letter in plain if not unicodedata.combining(letter))
        head, _, tail = text.partition(" ")
        parts = [head, tail]
    if dice.random() < habits.turned:
        parts.reverse()
    return " ".join(parts)


def write_place(place: Place, style: str, dice: random.Random) -> str:
    """A place in the script of a style."""
    keys = {
        "north": ("ko_kp", "ko_kr"),
        "south": ("ko_kr", "ko_kp"),
        "hanja": ("zh_hans", "hanja"),
        "pinyin": ("zh_hans", "pinyin"),
        "revised": ("rr", "en"),
        "mccune": ("mr", "en"),
    }.get(style, ("en", "rr"))
    label = next((place.names[key] for key in keys if key in place.names), place.names["en"])
    if label[-1] in "시군구市县縣郡區区" and len(label) > 2 and dice.random() < 0.4:
        label = label[:-1]
    return label


# -------------------------------------------------------------------------------------------------- Europeans

_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fr",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
)
EUROPEAN = ("first_name", "surname", "dob", "city", "email")
_ENDS = ("a", "an", "ard", "elle", "en", "er", "et", "ia", "ie", "in", "is", "o", "on", "or", "us", "y")


def list_europeans(records: int, seed: int) -> Iterator[tuple[int, Row]]:
    """About so many records, each with the number of its person: first, surname, dob, city, e-mail."""
    dice = random.Random(seed)
    firsts, surnames, cities = (draw_words(count, dice) for count in (1200, 6000, 400))
    steep = [[1 / (at + 8) for at in range(len(words))] for words in (firsts, surnames, cities)]
    made = number = 0
    block = 20_000
    while made < records:
        drawn = [
            dice.choices(words, weights, k=block)
            for words, weights in zip((firsts, surnames, cities), steep, strict=True)
        ]
        for first, surname, city in zip(*drawn, strict=True):
            day = f"{dice.randint(1930, 2008)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
            mail = f"{first}.{surname}{dice.randint(1, 99)}@{dice.choice(('mail', 'post', 'box'))}.example"
            copies = 1 if dice.random() < 0.72 else dice.choice((2, 2, 3, 4))
            for _ in range(copies):
                yield number, spoil_european(first, surname, day, city, mail, dice)
                made += 1
            number += 1
            if made >= records:
                return


def draw_words(count: int, dice: random.Random) -> list[str]:
    """So many different invented names."""
    found: dict[str, None] = {}
    while len(found) < count:
        middle = dice.choice("aeiou") + dice.choice(("", "l", "n", "r", "s", "m", "tt", "ll"))
        word = (
            dice.choice(_ONSETS)
            + middle
            + dice.choice(("", dice.choice("bdgklmnprstv") + dice.choice("aeio") + dice.choice("lnrst")))
            + dice.choice(_ENDS)
        )
        found[word.capitalize()] = None
    return list(found)


def slip(word: str, dice: random.Random) -> str:
    """One letter lost, doubled, changed or swapped."""
    at = dice.randrange(len(word))
    kind = dice.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + dice.choice("aeiourstn") + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def spoil_european(first: str, surname: str, day: str, city: str, mail: str, dice: random.Random) -> Row:
    """One record: 12, 10, 5, 8 and 8 % slips; 3 to 30 % gaps; 5 % names swapped."""
    first = slip(first, dice) if dice.random() < 0.12 else first
    surname = slip(surname, dice) if dice.random() < 0.10 else surname
    if dice.random() < 0.05:
        at = dice.choice((3, 6, 8, 9))
        day = day[:at] + str(dice.randint(0, 9)) + day[at + 1 :]
    city = slip(city, dice) if dice.random() < 0.08 else city
    mail = slip(mail, dice) if dice.random() < 0.08 else mail
    if dice.random() < 0.05:
        first, surname = surname, first
    gaps = (0.05, 0.03, 0.08, 0.15, 0.30)
    cells = (first, surname, day, city, mail)
    kept = ["" if dice.random() < gap else cell for gap, cell in zip(gaps, cells, strict=True)]
    return dict(zip(EUROPEAN, kept, strict=True))


def write_people(folder: Path, kind: str, size: int, seed: int) -> tuple[Path, Path]:
    """A table of this kind and its truth in a folder (_tables)."""
    if kind == "papers":
        rows, owners = list_without_papers(size, seed)
        told = ((row, who, row["alias"] == "1") for row, who in zip(rows, owners, strict=True))
        return write_tables(folder, f"{kind}-{size}-{seed}", COLUMNS, told)
    records = list(list_europeans(size, seed))
    random.Random(seed + 1).shuffle(records)
    told = (({"record_id": f"r{at}", **row}, who, False) for at, (who, row) in enumerate(records))
    return write_tables(folder, f"{kind}-{size}-{seed}", ("record_id", *EUROPEAN), told)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Write a table of invented people and its truth.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("kind", choices=("papers", "europeans"))
    asked.add_argument("size", type=int, help="people without papers, or records of Europeans")
    asked.add_argument("seed", type=int)
    given = asked.parse_args()
    print(*write_people(given.folder, given.kind, given.size, given.seed))
