"""docs/guide/law.md shows what the program says of the article's case, and all of what it must show."""

import re
from pathlib import Path

import pytest
from tests.cli.stories import MEMBERS
from tests.cli.test_guide import blur, read_transcripts, tell

from onggi.cli.main import run
from onggi.words import say

PAGE = Path(__file__).parents[2] / "docs/guide/law.md"
LEFT_OUT = "…"
# What the page must show of the article's case, each as the first words of a line in a transcript.
SHOWN = (
    *(f"CN-CL-{article}" for article in (232, 238, 240, 241, 244, 260, 397, 399)),
    *("INT-DUE-DILIGENCE", "INT-PALERMO-3", "INT-SLAV-1956"),
    *("UN-SP", "OHCHR-SEOUL", "WGAD-REG"),
    *("CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION", "INTERPOL", "KR-CONSULAR"),
    *("CAT ", "ICCPR ", "ICESCR ", "CEDAW ", "CRC ", "CERD ", "CRPD ", "CED "),
)


def smooth(said: str) -> list[str]:
    """Without ids, and without the numbers of footnotes, which follow them."""
    lines = [re.sub(r"\b[0-9a-f]{8}\b", "ID", line) for line in blur(said)]
    return [re.sub(r"\[\d+\]", "[n]", line) for line in lines]


def cut(said: list[str]) -> list[list[str]]:
    """The pieces between what is left out."""
    pieces: list[list[str]] = [[]]
    for line in said:
        if line == LEFT_OUT:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [piece for piece in pieces if piece]


def stands(piece: list[str], told: list[str]) -> bool:
    return any(told[at : at + len(piece)] == piece for at in range(len(told)))


def test_every_transcript_is_what_the_program_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", "vault", "Chinese law criminalises", "--json", *MEMBERS["one"].split()])
    found = re.search(r'"case": "([0-9a-f]{32})"', capsys.readouterr().out)
    assert found
    told: dict[str, list[str]] = {}
    transcripts = list(read_transcripts(PAGE.read_text("utf-8")))
    assert len(transcripts) >= 12
    for command, said in transcripts:
        if command not in told:
            told[command] = smooth(tell(command, found[1], "", capsys))
        for piece in cut(smooth(said)):
            assert stands(piece, told[command]), "\n".join([command, *piece])


def test_the_page_shows_all_of_the_article_s_case() -> None:
    page = PAGE.read_text("utf-8")
    lines = [line.strip() for _, said in read_transcripts(page) for line in said.splitlines()]
    assert [words for words in SHOWN if not any(line.startswith(words) for line in lines)] == []
    said = "\n".join(lines)
    for words in (
        say("law.reading.completed", "en"),
        say("law.reading.continuing", "en"),
        say("law.reading.restarted", "en"),
        "232 and not 260",
        "mandates: Special Rapporteur on the situation of human rights in the DPRK;",
        "not detention by a State",
        "CN-CL-322",
        "KP-CL-221",
        say("law.page.no_norm", "en"),
    ):
        assert words in said, words


def test_the_page_carries_that_no_lawyer_has_looked() -> None:
    head = PAGE.read_text("utf-8").split("## ")[0]
    assert say("law.notice", "en") in head
