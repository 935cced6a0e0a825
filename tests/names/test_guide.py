"""docs/guide/names.md shows ten public figures as they are read today.

Where the page differs from what is computed here, the test fails; `ONGGI_WRITE=1 make test ARGS="-k guide"`
writes it anew.
"""

import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onggi.names.compare import compare
from onggi.names.reading import read_name
from onggi.names.romanise import spell_name
from onggi.names.systems import load_system

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs/guide/names.md"
FIGURES = HOUSE / "bench/names/figures.tsv"
COLUMNS = ("Hangul", "Chinese characters", "pinyin", "Latin letters", "katakana", "Cyrillic")
PEOPLE = {
    "김정은": "head of the North since 2011",
    "최룡해": "official of the North",
    "리설주": "wife of Kim Jong Un",
    "계순희": "judoka of the North, Olympic champion of 1996",
    "박근혜": "president of the South 2013–2017",
    "윤석열": "president of the South 2022–2025",
    "이승만": "president of the South 1948–1960",
    "한강": "writer, Nobel prize of 2024",
    "남궁민": "actor",
    "왕이": "foreign minister of China; 王毅 is 왕의 in Korean, 왕이 as it is heard",
}
CHINESE = "왕이"
# How the parts of a given name stand, by the habit of each system.
STYLES = {
    "revised": "joined",
    "mccune": "hyphen",
    "north": "spaced",
    "yale": "hyphen",
    "popular": "hyphen",
    "kontsevich": "spaced",
    "koryo": "spaced",
    "kana": "joined",
}
SHOWN, LEAST = 4, 0.01
_MADE = re.compile(r"(?<=<!-- made by tests/names/test_guide.py -->\n).*(?=<!-- until here -->)", re.DOTALL)


def find_figure(name: str) -> list[list[str]]:
    """The spellings of a person, by column."""
    for line in FIGURES.read_text("utf-8").splitlines():
        cells = [[text for text in cell.split(" / ") if text != "-"] for cell in line.split("\t")]
        if name in cells[0]:
            return cells
    raise LookupError(name)


def list_written(name: str, cells: list[list[str]]) -> dict[str, list[str]]:
    """Each spelling of a person once: in which script it is in use, or which system's rules give it."""
    written: dict[str, list[str]] = {}
    for column, texts in zip(COLUMNS, cells, strict=True):
        for text in texts:
            written.setdefault(text, []).append(f"{column}, in use")
    first = read_name(name).readings[0]
    for id, style in STYLES.items() if name != CHINESE else ():
        text = spell_name(first.surname or "", first.given or "", id, style)
        written.setdefault(text, []).append(f"`{id}`")
    return written


def render_readings(text: str) -> str:
    """김영희 0.77, 김용희 0.23: what is at least 0.01."""
    chances: dict[str, float] = {}
    for reading in read_name(text, limit=100).readings:
        chances[reading.text] = chances.get(reading.text, 0.0) + math.exp(reading.logp)
    ranked = sorted(chances.items(), key=lambda pair: -pair[1])[:SHOWN]
    return ", ".join(f"{name} {share:.2f}" for name, share in ranked if share >= LEAST)


def render_person(name: str, says: str) -> Iterator[str]:
    """The heading and the table of one person."""
    cells = find_figure(name)
    yield f"### {name}{' · '.join(['', *cells[1]])}: {says}"
    yield ""
    yield "| written | how | can be | score |"
    yield "|---|---|---|--:|"
    for text, ways in list_written(name, cells).items():
        score = compare(name, text).score
        yield f"| {text} | {'; '.join(ways)} | {render_readings(text)} | {score:.2f} |"
    yield ""


def render_people() -> str:
    """What stands in the page."""
    lines = ["", *(line for name, says in PEOPLE.items() for line in render_person(name, says))]
    return "\n".join(lines) + "\n"


def test_the_page_shows_what_is_computed() -> None:
    page = PAGE.read_text("utf-8")
    if os.environ.get("ONGGI_WRITE"):
        page = _MADE.sub(lambda found: render_people(), page)
        PAGE.write_text(page, "utf-8")
    found = _MADE.search(page)
    assert found is not None and found[0] == render_people()


def test_every_system_is_shown() -> None:
    assert all(load_system(id).id == id for id in STYLES)
    assert all(f"`{id}`" in PAGE.read_text("utf-8") for id in STYLES)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_figure_is_read_in_every_spelling(name: str) -> None:
    """The name stands among the readings shown; scores below 0.3 would send a reader away from her."""
    for text in list_written(name, find_figure(name)):
        assert compare(name, text).score > 0.3, text
