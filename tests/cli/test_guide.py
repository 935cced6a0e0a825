"""What docs/guide/dossier.md shows is what the program says: every transcript is run, every sentence held."""

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.stories import MEMBERS

from onggi.cli.main import run

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs/guide/dossier.md"
WORDS = HOUSE / "src/onggi/words"
NEEDED = ("bash", "openssl", "xxd")
# What `onggi dossier` and what it calls can refuse, besides the files of words that hold nothing else.
OTHERS = ("cli.dossier.nowhere", "cli.dossier.tongue", "vault.anchors.release")
# What the files of words hold for what else leaves: a calendar (docs/guide/law.md), a table (tables.md),
# pairs (linking.md).
ELSEWHERE = ("release.agenda", "release.table", "release.suggestions")


def read_transcripts(page: str) -> Iterator[tuple[str, str]]:
    """Each command of the page, and what it says there."""
    for block in re.findall(r"^```\n(\$ .*?)^```$", page, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, said = part.partition("\n")
            while command.endswith("\\"):
                more, _, said = said.partition("\n")
                command = f"{command[:-1]} {more}"
            yield command, said


def tell(command: str, article: str, last: str, capture: pytest.CaptureFixture[str]) -> str:
    """What a command says when it is run; ARTICLE and ID stand on the page for what differs each time."""
    words = [{"ARTICLE": article, "ID": last}.get(word, word) for word in shlex.split(command)]
    if words[0] != "onggi":
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout
    keys = MEMBERS["two" if "--as" in words else "one"].removeprefix("--as 2 ")
    capture.readouterr()
    run([*words[1:], *keys.split()])
    return "".join(capture.readouterr())


def blur(said: str) -> list[str]:
    """Without what differs each time: ids, drawn codes, fingerprints, what this openssl can check."""
    said = re.sub(r"\b[0-9a-f]{32}\b", "ID", said)
    said = re.sub(r"\b[A-Z]-[0-9A-Z]{7}\b", "CODE", said)
    said = re.sub(r"\b(?:[0-9a-f]{4} ?){16}", "FINGERPRINT", said)
    said = re.sub(r"\(\d+ ok, (\d+) failed, .*\)", r"(\1 failed)", said)
    return [line.rstrip() for line in said.splitlines() if line.strip()]


@pytest.mark.skipif(any(shutil.which(tool) is None for tool in NEEDED), reason=f"not all here: {NEEDED}")
def test_every_transcript_is_what_the_program_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", "vault", "Chinese law criminalises", "--json", *MEMBERS["one"].split()])
    found = re.search(r'"case": "([0-9a-f]{32})"', capsys.readouterr().out)
    assert found
    last, transcripts = "", list(read_transcripts(PAGE.read_text("utf-8")))
    assert len(transcripts) >= 8
    for command, said in transcripts:
        told = tell(command, found[1], last, capsys)
        last = next(iter(re.findall(r"onggi second VAULT ([0-9a-f]{32})", told)), last)
        if command.startswith("bash"):
            told = told.splitlines()[-1]
        assert blur(told) == blur(said), f"{command}\n{told}"


def list_refusals() -> list[str]:
    """The id of everything that can stand against a dossier, or the proof of one statement."""
    found = list(OTHERS)
    for room in ("release", "consent", "dossier", "publish", "prove"):
        table = tomllib.loads((WORDS / f"{room}.toml").read_text("utf-8"))
        found += [f"{room}.{name}" for name, value in table.items() if "hint" in value]
    return [id for id in found if id not in ELSEWHERE]


def test_every_refusal_stands_on_the_page_in_its_words() -> None:
    page = PAGE.read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+(?:\.\w+)+)` \|", page, re.MULTILINE))
    assert told == set(list_refusals())
    rows = [f"| `{id}` | {_say(id)} | {_say(f'{id}.hint')} |" for id in list_refusals()]
    assert [row for row in rows if row not in page] == []


def _say(id: str) -> str:
    """A sentence with its gaps left open, as the page of findings has them."""
    file, _, name = id.partition(".")
    table = tomllib.loads((WORDS / f"{file}.toml").read_text("utf-8"))
    for part in name.split("."):
        table = table[part]
    return str(table["en"])
