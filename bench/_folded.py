"""Korean names folded as somebody would who knows Korean and has no `onggi`: for Splink (bench/_splink.py).

Characters are read as Hangul (hanja), Hangul is romanised (korean-romanizer), marks go (Unidecode).
`fold_row` finds the surname by a list of its spellings, first or last, and writes in one way what
romanisations write in several: k for g, t for d, p for b, c for j and ch, nothing for y, w and an initial l
or r, one vowel for o, eo, u and eu. Nothing of `onggi` is used. Written to serve Splink well, by a hand that
works on `link`.
"""

import re
from functools import cache

from hanja import translate
from korean_romanizer.romanizer import Romanizer
from unidecode import unidecode

Row = dict[str, str | None]

SPELLINGS = """\
kim gim jin kin|lee li ri yi rhee i rhie|park pak bak piao pahk|choi choe cui tsoi
jung jeong chung zheng chong|kang gang jiang|cho jo zhao|yoon yun yin|jang chang zhang|lim im rim lin|han
oh o wu|shin sin shen|seo so suh xu|kwon gwon quan|hwang huang|ahn an|song|ryu yu yoo liu|hong
jeon chon jun chun|ko go gao|moon mun wen|son sohn sun|yang ryang liang|bae pae pei|baek paek bai
heo ho hur|nam nan|shim sim shen|noh no ro lu|ha he"""
SURNAMES = {one: line.split()[0] for line in re.split(r"[|\n]", SPELLINGS) for one in line.split()}
FOLDS = (
    ("yeo", "yo"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ae", "e"), ("ai", "e"),
    ("oe", "e"), ("ui", "i"), ("wi", "i"), ("ch", "c"), ("sh", "s"), ("zh", "c"), ("j", "c"), ("g", "k"),
    ("d", "t"), ("b", "p"), ("r", "l"), ("w", ""), ("y", ""), ("u", "o"),
)  # fmt: skip


@cache
def romanise(text: str) -> str:
    """Small Latin letters and single spaces, whatever the script."""
    hangul = translate(text, "substitution")
    latin = unidecode(Romanizer(hangul).romanize())
    return " ".join(re.sub(r"[^a-z ]", "", latin.lower().replace("-", "")).split())


def revise_row(row: dict[str, str]) -> Row:
    """A row whose name is romanised, its words in order."""
    return {**_drop_empty(row), "name": " ".join(sorted(romanise(row["name"]).split())) or None}


def fold_row(row: dict[str, str]) -> Row:
    """A row with the key of its name and the parts of that; places are romanised."""
    surname, given = split_name(row["name"])
    folded = fold(given)
    return {
        **_drop_empty(row),
        "name": romanise(row["name"]) or None,
        "name_surname": surname or None,
        "name_given": folded or None,
        "name_key": f"{surname} {folded}".strip() or None,
        "origin": fold(romanise(row["origin"]).split(" ")[-1]) or None,
        "location": romanise(row["location"]) or None,
    }


def split_name(text: str) -> tuple[str, str]:
    """Surname as the first of its spellings, and the rest; Hangul and characters have the surname first."""
    if text and not text.isascii() and not re.search(r"[A-Za-z]", text):
        head, rest = romanise(text[:1]), romanise(text[1:])
        return SURNAMES.get(head, head), rest.replace(" ", "")
    words = romanise(text).split()
    for at in (0, -1):
        if len(words) > 1 and words[at] in SURNAMES:
            return SURNAMES[words[at]], "".join(words[1:] if at == 0 else words[:-1])
    return (words[0], "".join(words[1:])) if len(words) > 1 else ("", "".join(words))


def fold(text: str) -> str:
    """What romanisations write in several ways, in one."""
    text = text.replace(" ", "")
    for found, put in FOLDS:
        text = text.replace(found, put)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"^l", "", text))


def _drop_empty(row: dict[str, str]) -> Row:
    return {name: value or None for name, value in row.items()}
