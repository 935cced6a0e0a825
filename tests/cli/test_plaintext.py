"""Nothing that was recorded lies readable on the disk after any command (P1).

Every command is run with its home, its temporary folder and its working folder under watch. Then every file
that was left is searched for words of the recorded statements, in the forms a forgotten copy could have,
except what was put there to be read: input, passphrase files, and the bag of a proof.
"""

import base64
import getpass
import io
import json
import re
import socket
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path

import pytest

from onggi.cli.main import run
from onggi.cli.opening import randomness, read_clock
from onggi.errors import Exit
from onggi.ledger.ledger import open_ledger
from onggi.ledger.sentence import search_text
from onggi.vault.folder import MOMENT

CASE = "C-7Q2WZ5C"
KEY = ("--passphrase-file", "vault.passphrase")
IDENTITY = ("--identity", "--because", "watching what is left")
READABLE = ("input.toml", "vault.passphrase", "vault.passphrase-2", "bag/")
INPUT = """onggi = 1

[case]
title = "Riverbank reminiscences 汉字證言錄 한글로적은말"
lang = "en"

[person.woman]

[[statement]]
about = "woman"
property = "name"
value = { text = "강물소리나", lang = "ko" }

[[statement]]
about = "woman"
property = "phone"
value = { text = "+86 100 9876 5432", lang = "zxx" }
"""


def read_vault(desk: Path) -> Iterator[str]:
    """Every text of the invented case, in all strata."""
    passphrase = (desk / "vault.passphrase").read_text("utf-8").strip()
    ledger = open_ledger(desk / "vault", 1, passphrase, randomness, read_clock)
    view = ledger.view(strata=("record", "identity", "care"))
    for held in view.portrait(view.find(CASE)).statements:
        yield search_text(held.statement)
    ledger.close()


def choose_canaries(texts: Iterable[str]) -> list[str]:
    """The three longest words of each script."""
    scripts: dict[str, set[str]] = {"Hangul": set(), "Han": set(), "Latin": set(), "digits": set(), "": set()}
    for word in {word for text in texts for word in text.split()}:
        kinds = {_script_of(character) for character in word}
        if len(kinds) == 1:
            scripts[kinds.pop()].add(word)
    del scripts[""]
    return [word for words in scripts.values() for word in sorted(words, key=len, reverse=True)[:3]]


def list_forms(word: str) -> Iterator[bytes]:
    """A word as a forgotten copy could have it."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            data = text.encode(code)
            yield data
            yield data.hex().encode()
            for shift in range(3):  # where it stands in its group of three bytes
                # The first and last characters depend on the neighbours, too.
                yield base64.b64encode(bytes(shift) + data)[4 if shift else 0 : -4]


def inflate(data: bytes) -> Iterator[bytes]:
    """Everything in it that zlib can open."""
    for start in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = data.find(start)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[at : at + 65536])
            at = data.find(start, at + 1)


def find_words(files: dict[str, bytes], words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of the words stands in which file."""
    forms = [(word, form) for word in words for form in set(list_forms(word)) if len(form) > 5]
    found = set()
    for name, data in files.items():
        for text in (data, *inflate(data)):
            found |= {(word, name) for word, form in forms if form in text}
    return sorted(found)


def _script_of(character: str) -> str:
    name = unicodedata.name(character, "")
    if character.isascii():
        return "digits" if character.isdigit() else "Latin" if character.isalpha() else ""
    return "Hangul" if name.startswith("HANGUL") else "Han" if name.startswith("CJK UNIFIED") else ""


def find_statement(text: str) -> str:
    """The id of a statement with these words."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["search", "vault", text, *KEY, "--json"]) == Exit.WELL
    return str(json.loads(out.getvalue())[0]["statement"])


@pytest.fixture
def left(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, bytes]:
    """Every file that the commands left, by its path, without what may be read."""
    for name in ("HOME", "TMPDIR", "SQLITE_TMPDIR", "XDG_CACHE_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    (desk / "input.toml").write_text(INPUT, "utf-8")
    for words in (
        ("member", "vault", "add", "--new-passphrase-file", "vault.passphrase-2"),
        ("record", "vault", "input.toml"),
        ("add", "vault", CASE, "input.toml"),
        ("search", "vault", "한글로적은말"),
        ("search", "vault", "강물소리나", *IDENTITY),
        ("show", "vault", CASE),
        ("show", "vault", CASE, *IDENTITY),
        ("log", "vault"),
        ("rebuild", "vault"),
        ("search", "vault", "리영희"),
        ("copy", "vault", "copy"),
        ("erase", "vault", "P-2M9XCVC", "--because", "she asked"),
        ("verify", "vault"),
        ("prove", "vault", find_statement("protected him"), "--out", "bag"),
    ):
        assert (words, run([*words, *KEY])) == (words, Exit.WELL)
    capsys.readouterr()
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    by_name = {str(path.relative_to(tmp_path)): path for path in files}
    return {
        name: path.read_bytes()
        for name, path in by_name.items()
        if not name.removeprefix("desk/").startswith(READABLE)
    }


def test_what_was_recorded_is_nowhere(desk: Path, left: dict[str, bytes]) -> None:
    canaries = choose_canaries([*read_vault(desk), INPUT])
    assert len(canaries) == 12
    assert len(left) > 200
    assert find_words(left, [*canaries, "강물소리나", "한글로적은말", "汉字證言錄", "reminiscences"]) == []


def test_nothing_is_left_outside_the_vault(left: dict[str, bytes]) -> None:
    assert {name.split("/")[1] for name in left} == {"vault", "copy"}


def test_no_file_says_who_and_where(desk: Path, left: dict[str, bytes]) -> None:
    words = [getpass.getuser(), socket.gethostname(), str(desk)]
    assert find_words(left, [word for word in words if len(word) > 5]) == []


def test_names_and_times_of_files_tell_nothing(desk: Path, left: dict[str, bytes]) -> None:
    for name in left:
        path = desk.parent / name
        assert re.fullmatch(r"[0-9a-f]{2,64}(\.[01])?|lock", path.name), name
        assert path.stat().st_mtime == MOMENT, name


@pytest.mark.parametrize("word", ["강물소리나", "汉字證言錄", "reminiscences", "9876543210"])
def test_the_search_finds_what_is_hidden(word: str) -> None:
    for form in ("NFC", "NFD"):
        data = unicodedata.normalize(form, word).encode()
        wide = word.encode("utf-16-le")
        hidden: tuple[bytes, ...] = (data, wide, data.hex().encode(), zlib.compress(b"before " + data))
        hidden += tuple(base64.b64encode(bytes(shift) + data + b"after") for shift in range(3))
        for one in hidden:
            assert find_words({"file": b"\x00noise" + one + b"noise"}, [word]), one
