"""Transcript and translation stand beside the original, place by place, and only where identity is open."""

from pathlib import Path

import pytest
from tests.promises import office as invented
from tests.promises.office import ANNA, Office, borrow, enter_ledger, find_office, made_cheap

from onggi.evidence.aligned import Aligned, align_texts, read_place
from onggi.intake.originals import Making, Origin, take_in
from onggi.ledger.ledger import Ledger

KO = """WEBVTT

00:02.000 --> 00:04.000
둘째

00:01.000 --> 00:02.000
첫째

00:01.000 --> 00:02.000
다른 이
"""
EN = "WEBVTT\n\n00:01.000 --> 00:02.000\nfirst\n\n00:09.000 --> 00:10.000\nlast\n"
BOTH = """onggi = 1
lang = "ko"
translation_lang = "en"
[[passage]]
paragraph = 2
text = "둘째"
translation = "second"
[[passage]]
paragraph = 10
text = "열째"
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return find_office(tmp_path_factory.mktemp("offices"))


def add(ledger: Ledger, folder: Path, text: str, making: Making | None, name: str = "x.txt") -> str:
    path = folder / name
    path.write_text(text)
    compartment = ledger.vault.compartment(invented.MAIN)
    case = ledger.view().cases()[0].case
    (kept,) = take_in(ledger, compartment, case, [path], Origin(), ledger.vault.randomness, making)
    return kept.item


def align(ledger: Ledger, item: str) -> list[Aligned]:
    return align_texts(ledger.read_on(ledger.vault.compartment(invented.MAIN)), item)


def test_texts_stand_side_by_side_in_the_order_of_the_original(office: Office, tmp_path: Path) -> None:
    with made_cheap():
        ledger = enter_ledger(borrow(office.vault, tmp_path / "vault"), ANNA)
    talk = add(ledger, tmp_path, "INVENTED", None)
    made = {"transcript": KO, "translation": EN}
    for kind, text in made.items():
        add(ledger, tmp_path, text, Making(talk, kind, lang="ko" if kind == "transcript" else "en"))
    add(ledger, tmp_path, BOTH, Making(talk, "transcript"))
    timed, counted = align(ledger, talk)
    assert timed.by == "time" and [one.kind for one in timed.texts] == ["transcript", "translation"]
    told = [
        (line.place, line.start, *(words and words.original for words in line.words)) for line in timed.lines
    ]
    assert told == [
        ("00:00:01.000–00:00:02.000", 1000, "첫째", "first"),
        ("00:00:01.000–00:00:02.000", 1000, "다른 이", None),
        ("00:00:02.000–00:00:04.000", 2000, "둘째", None),
        ("00:00:09.000–00:00:10.000", 9000, None, "last"),
    ]
    assert counted.by == "paragraph" and [line.place for line in counted.lines] == ["¶ 2", "¶ 10"]
    (words,) = counted.lines[0].words
    assert words is not None and (words.original, words.translation) == ("둘째", "second")
    assert align_texts(ledger.view(), talk) == [], "passages lie in identity"


@pytest.mark.parametrize("locator", ["", "¶ 0", "¶ x", "¶ " + "9" * 50, "1–2", "p. 4", "00:61–00:62", "\0"])
def test_what_is_no_place_is_none(locator: str) -> None:
    assert read_place(locator) is None
