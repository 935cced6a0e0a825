"""People without papers by a second hand: written from a description alone, without seeing bench/_people.py.

Nothing of `onggi` is used: surnames after the Korean census of 2015, given names of two syllables (a few of
one), romanisations, characters and their Mandarin are tables below. Several records for each person on three
lists; the name is written in one of eight styles, in Latin letters a quarter with the given name first; a
letter is lost from 6 %, 10 % are a wholly different name; a year of birth (a quarter off by one or two, 12 %
missing), a county in the script of the name (15 % missing), a year of leaving, off by one at times.
"""

import random
from pathlib import Path

from _tables import Row, write_tables

STYLES = ("south", "north", "hanja", "pinyin", "revised", "popular", "mccune", "northern")
LATIN = frozenset(STYLES[3:])
LISTS = ("shelter", "interviews", "families")
RECORDS = (0.46, 0.29, 0.16, 0.09)  # people with one, two, three, four records

Said = tuple[str, str, str]  # a syllable in the North's spelling, its character, its Mandarin


def list_people(people: int, seed: int) -> tuple[list[Row], list[tuple[int, bool]]]:
    """Rows in random order, and of each its person and whether its name is an alias."""
    dice = random.Random(f"others {seed}")
    made: list[tuple[Row, tuple[int, bool]]] = []
    for person in range(people):
        woman = dice.random() < 0.72
        name = draw_name(dice, woman)
        born = 1930 + int(70 * dice.betavariate(4, 2.6))
        home = draw(dice, COUNTIES)
        left = max(born + 4, 1994 + int(27 * dice.betavariate(2.2, 2.4)))
        many = dice.choices((1, 2, 3, 4), RECORDS)[0]
        lists = [*dice.sample(LISTS, 3), dice.choice(LISTS)]
        for at in range(many):
            alias = dice.random() < 0.10
            style = dice.choice(STYLES)
            row = {
                "list": lists[at],
                "name": slip(dice, write_name(dice, draw_name(dice, woman) if alias else name, style)),
                "sex": "" if dice.random() < 0.06 else ("F" if woman ^ (dice.random() < 0.01) else "M"),
                "birth_year": "" if dice.random() < 0.12 else str(born + blur(dice, 0.25, (-2, -1, 1, 2))),
                "origin": "" if dice.random() < 0.15 else write_county(home, style),
                "left_year": "" if dice.random() < 0.08 else str(left + blur(dice, 0.30, (-1, 1))),
                "location": dice.choice(("", "", "Yanji", "Shenyang", "Seoul", "Bangkok", "Changchun")),
                "note": dice.choice(("", "", "", "by phone", "second meeting", "seen in person")),
            }
            made.append((row, (person, alias)))
    dice.shuffle(made)
    rows = [{"record_id": f"R{at:06}", **row} for at, (row, _) in enumerate(made, start=1)]
    return rows, [truth for _, truth in made]


def write_people(folder: Path, people: int, seed: int) -> tuple[Path, Path]:
    """The table, and the truth beside it (_tables)."""
    rows, truth = list_people(people, seed)
    told = ((row, person, alias) for row, (person, alias) in zip(rows, truth, strict=True))
    return write_tables(folder, f"others-{people}-{seed}", list(rows[0]), told)


def draw(dice: random.Random, table: dict[str, float]) -> str:
    """One key by its weight."""
    return dice.choices(list(table), list(table.values()))[0]


def draw_name(dice: random.Random, woman: bool) -> list[Said]:
    """A surname and one or two syllables."""
    surname = tuple(draw(dice, SURNAMES).split())
    first, last = (WOMEN_FIRST, WOMEN_LAST) if woman else (MEN_FIRST, MEN_LAST)
    given = [tuple(draw(dice, last).split())]
    if dice.random() > 0.06:
        other = tuple(draw(dice, first).split())
        while other == given[0]:
            other = tuple(draw(dice, first).split())
        given.insert(0, other)
    return [surname, *given]  # type: ignore[list-item]


def blur(dice: random.Random, share: float, steps: tuple[int, ...]) -> int:
    """Nothing, or for a share one of the steps."""
    return dice.choice(steps) if dice.random() < share else 0


def slip(dice: random.Random, text: str) -> str:
    """For 6 % a character is lost, but never the only one of a word."""
    if dice.random() >= 0.06:
        return text
    places = [at for at, char in enumerate(text) if char.isalpha()]
    lost = dice.choice(places)
    return " ".join((text[:lost] + text[lost + 1 :]).split())


# ----------------------------------------------------------------------------------------------- writing


def write_name(dice: random.Random, name: list[Said], style: str) -> str:
    """The name in one style."""
    sounds = [said[0] for said in name]
    if style == "north":
        return "".join(sounds)
    if style == "south":
        return soften(sounds[0]) + soften(sounds[1]) + "".join(sounds[2:])
    if style == "hanja":
        return "".join(said[1] for said in name)
    if style == "pinyin":
        surname, given = name[0][2], "".join(said[2] for said in name[1:])
        return turn(dice, surname.capitalize(), given.capitalize())
    if style == "northern":
        parts = [romanise(sounds[0], "northern"), *(romanise(sound, "northern") for sound in sounds[1:])]
        return turn(dice, parts[0].capitalize(), " ".join(part.capitalize() for part in parts[1:]))
    lawful = [soften(sounds[0]), soften(sounds[1]), *sounds[2:]]
    if style == "popular":
        surname = dice.choice(POPULAR.get(sounds[0], (romanise(lawful[0], "popular"),)))
        parts = [romanise(sound, "popular") for sound in lawful[1:]]
        between = dice.choice(("-", " ", ""))
        given = (
            between.join([parts[0].capitalize(), *parts[1:]])
            if between != " "
            else " ".join(part.capitalize() for part in parts)
        )
        return turn(dice, surname.capitalize(), given)
    surname, given = romanise(lawful[0], style), romanise("".join(lawful[1:]), style)
    if style == "mccune" and len(lawful) > 2 and dice.random() < 0.5:
        given = "-".join(romanise(sound, style) for sound in lawful[1:])
    return turn(dice, surname.capitalize(), given.capitalize())


def turn(dice: random.Random, surname: str, given: str) -> str:
    """A quarter with the given name first."""
    return f"{given} {surname}" if dice.random() < 0.25 else f"{surname} {given}"


def write_county(home: str, style: str) -> str:
    """The county in the script of the name."""
    hangul, characters, mandarin = home.split()
    if style in ("south", "north"):
        return hangul
    if style in ("hanja", "pinyin"):
        return characters if style == "hanja" else mandarin.capitalize()
    return romanise(hangul, "northern" if style == "popular" else style).capitalize()


def soften(sound: str) -> str:
    """The initial law of the South: 리 이, 량 양, 로 노, 녀 여."""
    onset, nucleus, coda = take_apart(sound)
    glides = nucleus in (2, 3, 6, 7, 12, 17, 20)
    if onset in (2, 5):
        onset = 11 if glides else 2
    return chr(0xAC00 + (onset * 21 + nucleus) * 28 + coda)


def take_apart(sound: str) -> tuple[int, int, int]:
    """Numbers of the three letters of a syllable."""
    code = ord(sound) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


def romanise(hangul: str, system: str) -> str:
    """Syllable by syllable; McCune and Reischauer voice between vowels and after n, ng, m, l."""
    onsets, nuclei, codas = SYSTEMS[system]
    text, before = "", ""
    for sound in hangul:
        onset, nucleus, coda = take_apart(sound)
        letter = onsets[onset]
        if system == "mccune" and before and before[-1] in "aeiouŏŭnmgl":
            letter = {"k": "g", "t": "d", "p": "b", "ch": "j"}.get(letter, letter)
        if onset == 5 and before.endswith("l"):
            letter = "l"
        text += letter + nuclei[nucleus] + codas[coda]
        before = nuclei[nucleus] + codas[coda]
    return text


_NONE = [""] * 28


def _codas(k: str, p: str, t: str = "t") -> list[str]:
    codas = list(_NONE)
    for at, letters in {1: k, 4: "n", 7: t, 8: "l", 16: "m", 17: p, 19: t, 21: "ng", 22: t}.items():
        codas[at] = letters
    return codas


def _letters(text: str) -> list[str]:
    return [letter.strip("-") for letter in text.split()]


SYSTEMS = {
    "revised": (
        _letters("g kk n d tt r m b pp s ss - j jj ch k t p h"),
        _letters("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"),
        _codas("k", "p"),
    ),
    "popular": (
        _letters("k kk n d tt r m b pp s ss - j jj ch k t p h"),
        _letters("a ae ya yae u e young ye o wa wae oe yo oo wo we wi yu eu ui i"),
        _codas("k", "p"),
    ),
    "mccune": (
        _letters("k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h"),
        _letters("a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i"),
        _codas("k", "p"),
    ),
    "northern": (
        _letters("k kk n t tt r m p pp s ss - j jj ch kh th ph h"),
        _letters("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"),
        _codas("k", "p"),
    ),
}
SYSTEMS["popular"][1][4], SYSTEMS["popular"][1][6] = "eo", "you"

# ----------------------------------------------------------------------------------------------- tables

POPULAR = {
    "김": ("Kim",),
    "리": ("Lee", "Lee", "Yi", "Rhee"),
    "박": ("Park", "Park", "Pak"),
    "최": ("Choi", "Choi", "Choe"),
    "정": ("Jung", "Chung", "Jeong"),
    "강": ("Kang",),
    "조": ("Cho", "Jo"),
    "윤": ("Yoon", "Yun"),
    "장": ("Jang", "Chang"),
    "림": ("Lim", "Im", "Rim"),
    "한": ("Han",),
    "오": ("Oh", "O"),
    "서": ("Seo", "Suh"),
    "신": ("Shin", "Sin"),
    "권": ("Kwon",),
    "황": ("Hwang",),
    "안": ("Ahn", "An"),
    "송": ("Song",),
    "류": ("Yoo", "Ryu", "Yu"),
    "전": ("Jeon", "Chun", "Jun"),
    "홍": ("Hong",),
    "고": ("Ko", "Koh"),
    "문": ("Moon", "Mun"),
    "손": ("Son", "Sohn"),
    "배": ("Bae",),
    "백": ("Baek", "Paik"),
    "허": ("Heo", "Hur", "Huh"),
    "남": ("Nam",),
    "심": ("Shim", "Sim"),
    "로": ("Noh", "Roh", "Ro"),
    "하": ("Ha",),
    "주": ("Joo", "Ju"),
    "구": ("Koo", "Gu"),
    "곽": ("Kwak",),
    "우": ("Woo",),
    "차": ("Cha",),
    "라": ("Na", "Ra"),
    "진": ("Jin", "Chin"),
    "엄": ("Eom", "Um"),
    "원": ("Won",),
    "방": ("Bang", "Pang"),
    "변": ("Byun",),
    "현": ("Hyun",),
    "양": ("Yang",),
}


def _weights(text: str) -> dict[str, float]:
    """Entries `sound character Mandarin weight`, with commas between."""
    parts = [entry.split() for entry in text.replace("\n", " ").split(",") if entry.strip()]
    return {" ".join(part[:3]): float(part[3]) for part in parts}


SURNAMES = _weights("""
김 金 jin 2151, 리 李 li 1473, 박 朴 piao 844, 최 崔 cui 470, 정 鄭 zheng 430, 강 姜 jiang 235,
조 趙 zhao 212, 윤 尹 yin 205, 장 張 zhang 199, 림 林 lin 165, 한 韓 han 155, 오 吳 wu 154,
서 徐 xu 151, 신 申 shen 148, 권 權 quan 142, 황 黃 huang 140, 안 安 an 137, 송 宋 song 137,
류 柳 liu 128, 전 全 quan 112, 홍 洪 hong 112, 고 高 gao 94, 문 文 wen 93, 손 孫 sun 91,
양 梁 liang 92, 배 裵 pei 80, 백 白 bai 77, 허 許 xu 65, 남 南 nan 55, 심 沈 shen 54, 로 盧 lu 52,
하 河 he 46, 주 朱 zhu 39, 구 具 ju 39, 곽 郭 guo 37, 우 禹 yu 39, 차 車 che 39, 라 羅 luo 32,
진 陳 chen 31, 지 池 chi 31, 엄 嚴 yan 29, 원 元 yuan 26, 방 方 fang 20, 현 玄 xuan 18,
변 邊 bian 14, 천 千 qian 12, 마 馬 ma 8, 길 吉 ji 7, 태 太 tai 2, 승 承 cheng 1""")
WOMEN_FIRST = _weights("""
영 英 ying 11, 명 明 ming 7, 순 順 shun 7, 금 錦 jin 7, 은 恩 en 6, 정 貞 zhen 7, 미 美 mei 6,
춘 春 chun 5, 옥 玉 yu 5, 혜 惠 hui 4, 련 蓮 lian 4, 선 善 shan 4, 성 星 xing 3, 경 敬 jing 4,
현 賢 xian 3, 은 銀 yin 3, 향 香 xiang 4, 설 雪 xue 3, 인 仁 ren 2, 진 眞 zhen 3, 복 福 fu 2,
수 秀 xiu 4, 화 花 hua 3, 연 燕 yan 2, 봉 鳳 feng 2, 해 海 hai 2, 국 國 guo 1, 분 粉 fen 2,
신 信 xin 1, 철 哲 zhe 1, 월 月 yue 2, 귀 貴 gui 1""")
WOMEN_LAST = _weights("""
희 姬 ji 10, 순 順 shun 9, 옥 玉 yu 9, 화 花 hua 8, 숙 淑 shu 7, 실 實 shi 3, 애 愛 ai 4,
란 蘭 lan 4, 심 心 xin 3, 향 香 xiang 5, 영 英 ying 6, 미 美 mei 5, 경 京 jing 3, 주 珠 zhu 3,
정 貞 zhen 4, 복 福 fu 2, 련 蓮 lian 3, 월 月 yue 2, 선 善 shan 4, 금 錦 jin 3, 녀 女 nü 3,
단 丹 dan 1, 자 子 zi 3, 혜 惠 hui 2, 림 林 lin 1, 봉 鳳 feng 1, 춘 春 chun 1, 별 星 xing 0.4""")
MEN_FIRST = _weights("""
영 英 ying 6, 성 成 cheng 6, 철 哲 zhe 4, 명 明 ming 5, 광 光 guang 6, 정 正 zheng 5, 창 昌 chang 4,
동 東 dong 4, 승 勝 sheng 3, 용 龍 long 1, 룡 龍 long 3, 일 日 ri 2, 태 泰 tai 3, 경 京 jing 2,
남 南 nan 2, 인 仁 ren 2, 학 鶴 he 2, 금 錦 jin 2, 혁 革 ge 2, 현 賢 xian 2, 국 國 guo 2,
진 眞 zhen 2, 상 相 xiang 3, 원 元 yuan 1, 기 基 ji 2, 봉 奉 feng 1, 병 炳 bing 2, 대 大 da 1,
춘 春 chun 1, 은 恩 en 1""")
MEN_LAST = _weights("""
철 哲 zhe 10, 수 洙 zhu 5, 호 浩 hao 6, 남 男 nan 6, 일 日 ri 5, 혁 革 ge 4, 국 國 guo 4,
진 眞 zhen 4, 성 成 cheng 4, 식 植 zhi 4, 길 吉 ji 3, 학 鶴 he 2, 룡 龍 long 3, 철 鐵 tie 3,
명 明 ming 3, 석 錫 xi 3, 민 民 min 2, 환 煥 huan 2, 봉 奉 feng 1, 근 根 gen 2, 삼 三 san 1,
범 範 fan 1, 선 善 shan 2, 만 萬 wan 2, 욱 旭 xu 1, 훈 勳 xun 1, 춘 春 chun 1, 산 山 shan 1,
택 澤 ze 1""")
COUNTIES = _weights("""
회령시 会宁市 huining 13, 온성군 稳城郡 wencheng 11, 무산군 茂山郡 maoshan 9,
혜산시 惠山市 huishan 13, 청진시 清津市 qingjin 10, 경원군 庆源郡 qingyuan 4,
라선시 罗先市 luoxian 3, 길주군 吉州郡 jizhou 3, 김책시 金策市 jince 3, 경성군 镜城郡 jingcheng 2,
어랑군 渔郎郡 yulang 1, 화대군 花台郡 huatai 1, 명천군 明川郡 mingchuan 1.5,
연사군 延社郡 yanshe 1.5, 부령군 富宁郡 funing 1, 경흥군 庆兴郡 qingxing 2, 보천군 普天郡 putian 2,
삼수군 三水郡 sanshui 1, 갑산군 甲山郡 jiashan 1, 풍서군 丰西郡 fengxi .6, 운흥군 云兴郡 yunxing 1,
백암군 白岩郡 baiyan .8, 함흥시 咸兴市 xianxing 5, 신포시 新浦市 xinpu 1, 북청군 北青郡 beiqing 1.2,
단천시 端川市 duanchuan 1.6, 허천군 虚川郡 xuchuan .6, 덕성군 德城郡 decheng .6,
정평군 定平郡 dingping .7, 원산시 元山市 yuanshan 1.2, 문천시 文川市 wenchuan .6,
신의주시 新义州市 xinyizhou 2.4, 의주군 义州郡 yizhou .8, 정주시 定州市 dingzhou .6,
강계시 江界市 jiangjie 1.2, 만포시 满浦市 manpu 1, 중강군 中江郡 zhongjiang .7,
평성시 平城市 pingcheng 1, 순천시 顺川市 shunchuan 1, 개천시 价川市 jiechuan .6,
덕천시 德川市 dechuan .6, 안주시 安州市 anzhou .5, 남포시 南浦市 nanpu 1,
사리원시 沙里院市 shaliyuan .8, 해주시 海州市 haizhou .7, 개성시 开城市 kaicheng .5,
평양시 平壤市 pingrang 2.2""")
