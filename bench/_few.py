"""People of whom little is told apart, and how well anybody could do: where `link` is weakest.

`python bench/_few.py FOLDER PEOPLE SEED` writes a table and its truth, and prints what somebody would reach
who reads every name right, but for letters lost, and knows every share below: the likelihood ratio of each
pair, by the very chances the people were drawn with. No tool can do better on it but by luck.

30 given names and 12 surnames, the frequent ones far more so; five lists, each in one script, nobody twice on
one; 120 invented counties that no gazetteer has; a sex that tells nothing; years of birth and of leaving that
are one off in three and four of ten.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _tables import Told, write_tables
from numpy.typing import NDArray

from onggi.names.romanise import list_spellings

COLUMNS = ("record_id", "list", "name", "sex", "birth_year", "origin", "left_year", "location", "note")
SURNAMES = """김 金 jin|이 李 li|박 朴 piao|최 崔 cui|정 鄭 zheng|강 姜 jiang|조 趙 zhao|윤 尹 yin|장 張 zhang
임 林 lin|한 韓 han|오 吳 wu"""
GIVEN = """영희 英姬 yingji|순이 順伊 shunyi|명숙 明淑 mingshu|정옥 貞玉 zhenyu|금순 金順 jinshun
옥화 玉花 yuhua|미란 美蘭 meilan|은실 銀實 yinshi|경애 敬愛 jingai|성희 成姬 chengji|철수 哲洙 zhezhu
춘화 春花 chunhua|혜숙 惠淑 huishu|광호 光浩 guanghao|향란 香蘭 xianglan|선희 善姬 shanji|인숙 仁淑 renshu
수련 秀蓮 xiulian|남희 南姬 nanji|복순 福順 fushun|봉선 鳳仙 fengxian|설화 雪花 xuehua|윤희 潤姬 runji
창일 昌日 changri|태호 泰浩 taihao|련희 蓮姬 lianji|분옥 粉玉 fenyu|해연 海燕 haiyan|진주 珍珠 zhenzhu
동철 東哲 dongzhe"""
LISTS = ("south", "hanja", "pinyin", "north", "popular")
ALIAS, NO_BIRTH, NO_ORIGIN, NO_LEFT = 0.08, 0.15, 0.2, 0.3
BORN, LEFT = range(1945, 1999), range(1996, 2017)
BORN_OFF = {0: 0.7, 1: 0.2, -1: 0.1}
LEFT_OFF = {0: 0.6, 1: 0.2, -1: 0.2}
_NEVER = -30.0  # the logarithm of a chance that is none


def read_names(table: str) -> list[list[str]]:
    """Hangul, characters, Mandarin of each."""
    return [cell.split() for line in table.splitlines() for cell in line.split("|")]


def weigh(count: int, flat: int) -> list[float]:
    """Shares that fall with the rank; the larger `flat`, the less."""
    steep = [1 / (rank + flat) for rank in range(count)]
    return [one / sum(steep) for one in steep]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record: its person and, as numbers or -1, list, name, county, both years."""

    person: int
    cells: tuple[int, ...]
    row: dict[str, str]


def draw_people(people: int, seed: int) -> Iterator[Drawn]:
    """One record for each list that a person is on: one, two or three of five."""
    dice = random.Random(seed)
    surnames, given = read_names(SURNAMES), read_names(GIVEN)
    syllables = "산천평강원주덕흥"
    counties = ["".join(dice.choices(syllables, k=2)) + dice.choice("군시") for _ in range(120)]
    number = 0
    for person in range(people):
        surname = dice.choices(range(12), weigh(12, 1))[0]
        name = dice.choices(range(30), weigh(30, 3))[0]
        born, left = dice.choice(BORN), dice.choice(LEFT)
        county = dice.choices(range(120), weigh(120, 5))[0]
        for at in dice.sample(range(5), dice.choices((1, 2, 3), (0.55, 0.3, 0.15))[0]):
            alias = dice.random() < ALIAS
            known = (dice.randrange(12), dice.randrange(30)) if alias else (surname, name)
            text = write_name(surnames[known[0]], given[known[1]], LISTS[at], dice)
            if dice.random() < 0.05:
                lost = dice.randrange(1, len(text))
                text = text[:lost] + text[lost + 1 :]
            years = [
                -1 if dice.random() < none else year + dice.choices(list(off), list(off.values()))[0]
                for year, off, none in ((born, BORN_OFF, NO_BIRTH), (left, LEFT_OFF, NO_LEFT))
            ]
            home = -1 if dice.random() < NO_ORIGIN else county
            number += 1
            row = {
                "record_id": f"{LISTS[at]}{number}",
                "list": LISTS[at],
                "name": text,
                "sex": dice.choice(("여", "F", "")),
                "birth_year": "" if years[0] < 0 else str(years[0]),
                "origin": "" if home < 0 else counties[home],
                "left_year": "" if years[1] < 0 else str(years[1]),
            }
            yield Drawn(person, (at, known[0] * 30 + known[1], home, *years), row)


def write_name(surname: Sequence[str], given: Sequence[str], script: str, dice: random.Random) -> str:
    """A name as a list has it; romanised, in three of ten with the given name first."""
    if script in ("south", "hanja"):
        at = int(script == "hanja")
        return surname[at] + given[at]
    if script == "pinyin":
        return f"{surname[2].title()} {given[2].title()}"
    spelled = list_spellings(surname[0], given[0], script, dice.choice(("hyphen", "spaced", "joined")))
    text = dice.choices(list(spelled), list(spelled.values()))[0]
    text = text.replace("ŏ", "o").replace("ŭ", "u") if script == "north" else text
    first, _, last = text.partition(" ")
    return f"{last} {first}" if dice.random() < 0.3 else text


def weigh_pairs(drawn: Sequence[Drawn]) -> tuple[NDArray[np.float64], NDArray[np.bool_], float]:
    """Of each pair with any prospect its chance by what was drawn, whether it is right, and how many are."""
    person = np.array([one.person for one in drawn])
    lists, names, homes, born, left = np.array([one.cells for one in drawn]).T
    share, other = np.outer(weigh(12, 1), weigh(30, 3)).ravel(), 1 / 360
    seen = (1 - ALIAS) * share + ALIAS * other
    counted = np.bincount(homes[homes >= 0], minlength=120)
    with np.errstate(divide="ignore"):
        rare = -np.log(counted / counted.sum())
    tables = [_compare_years(off, len(span)) for off, span in ((BORN_OFF, BORN), (LEFT_OFF, LEFT))]
    total = float(sum(count * (count - 1) // 2 for count in np.bincount(person)))
    chances, right, pairs = [], [], 0
    for at in range(len(drawn) - 1):
        after = np.arange(at + 1, len(drawn))
        after = after[lists[after] != lists[at]]
        pairs += len(after)
        one, two = names[at], names[after]
        both = (1 - ALIAS) * ALIAS * other * (share[one] + share[two]) + (ALIAS * other) ** 2
        both = both + np.where(one == two, (1 - ALIAS) ** 2 * share[one], 0)
        score = np.log(both / (seen[one] * seen[two]))
        known = (homes[at] >= 0) & (homes[after] >= 0)
        score += np.where(known, np.where(homes[after] == homes[at], rare[homes[at]], _NEVER), 0)
        for years, table in zip((born, left), tables, strict=True):
            known = (years[at] >= 0) & (years[after] >= 0)
            score += np.where(known, table[np.minimum(np.abs(years[after] - years[at]), 99)], 0)
        held = score > 4
        chances.append(score[held])
        right.append(person[after[held]] == person[at])
    odds = np.concatenate(chances) + np.log(total / (pairs - total))
    return 1 / (1 + np.exp(-odds)), np.concatenate(right), total


def _compare_years(off: dict[int, float], span: int) -> NDArray[np.float64]:
    """The logarithm of the likelihood ratio of two years so far apart."""
    apart = np.zeros(100)
    for one, chance in off.items():
        for other, likewise in off.items():
            apart[abs(one - other)] += chance * likewise * (1.0 if one == other else 0.5)
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(apart * span), _NEVER)


def write_people(folder: Path, people: int, seed: int) -> tuple[Path, Path]:
    """The table, and the truth beside it; aliases are not told, so that recall is of all pairs."""
    told: Iterator[Told] = ((one.row, one.person, False) for one in draw_people(people, seed))
    return write_tables(folder, f"few-{people}-{seed}", COLUMNS, told)


if __name__ == "__main__":
    from link import measure_error, score_bounds, write

    asked = argparse.ArgumentParser(description="Write people of few names, and how well anybody could do.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("people", type=int)
    asked.add_argument("seed", type=int)
    given = asked.parse_args()
    print(*write_people(given.folder, given.people, given.seed))
    chances, right, total = weigh_pairs(list(draw_people(given.people, given.seed)))
    best, sure = score_bounds(chances, right, total)
    print(f"P / R / F1 {write(best)}, R at P ≥ 0.98 {sure:.3f}, ECE {measure_error(chances, right):.3f}")
