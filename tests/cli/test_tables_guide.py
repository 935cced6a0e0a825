"""What docs/guide/tables.md shows is what the program says, and every refusal stands there in its words."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.cli.stories import read_story, write_files
from tests.cli.test_guide import HOUSE, WORDS, blur, read_transcripts, tell

PAGE = HOUSE / "docs/guide/tables.md"


def test_every_transcript_is_what_the_program_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "examples").symlink_to(HOUSE / "examples")
    write_files(read_story((HOUSE / "tests/stories/table.txt").read_text("utf-8"))[1])
    transcripts = list(read_transcripts(PAGE.read_text("utf-8")))
    assert len(transcripts) >= 7
    for command, said in transcripts:
        told = tell(command, "", "", capsys)
        assert blur(told) == blur(said), f"{command}\n{told}"


def test_every_refusal_stands_on_the_page_in_its_words() -> None:
    table = tomllib.loads((WORDS / "table.toml").read_text("utf-8"))
    refusals = [name for name, entry in table.items() if "hint" in entry]
    rows = [f"| `table.{one}` | {table[one]['en']} | {table[one]['hint']['en']} |" for one in refusals]
    page = PAGE.read_text("utf-8")
    assert re.findall(r"^\| `table\..*$", page, re.MULTILINE) == rows
