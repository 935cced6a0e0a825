"""What docs/guide/linking.md shows is what the program says: every transcript is run, one after the other."""

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.stories import MEMBERS
from tests.cli.test_guide import read_transcripts

from onggi.cli.main import run

PAGE = Path(__file__).parents[2] / "docs/guide/linking.md"


def blur(said: str) -> list[str]:
    """Without what differs each time: ids, drawn codes, in which order they are drawn, a digest, memory."""
    said = re.sub(r"\b[0-9a-f]{32}\b", "ID", said)
    said = re.sub(r"\bP-[0-9A-Z]{7}\b", "CODE", said)
    said = re.sub(r"settings \w+, peak memory \w+ MiB", "settings SETTINGS, peak memory PEAK MiB", said)
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    return sorted(lines) if any(line.startswith("CODE") for line in lines) else lines


def test_every_transcript_is_what_the_program_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known: dict[str, str] = {}
    transcripts = list(read_transcripts(PAGE.read_text("utf-8")))
    assert len(transcripts) >= 4
    for command, said in transcripts:
        words = [known.get(word, word) for word in shlex.split(command)]
        capsys.readouterr()
        run([*words[1:], *MEMBERS["one"].split()])
        told = "".join(capsys.readouterr())
        if codes := re.findall(r"onggi judge VAULT (P-\w+) (P-\w+)", told):
            known["A"], known["B"] = codes[0]
        if found := re.search(r"\b[0-9a-f]{32}\b", told):
            known["ID"] = found[0]
        assert blur(told) == blur(said), f"{command}\n{told}"
    assert {"A", "B", "ID"} <= known.keys()
