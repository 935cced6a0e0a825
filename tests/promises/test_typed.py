"""P16. Bad words and places: a clear refusal with a published code, and nothing done by what is refused.

Whatever is typed where a word, a number, a day or a place is asked for; streams that are closed, full or no
longer read; folders that are no vault, or may not be written.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from random import Random

import pytest
from tests.promises.bounded import CASE, COMMAND, KEY, ask, judge, measure, picture, surround, untouched
from tests.promises.desks import Desk, Launched, Said
from tests.promises.hostile import HEAD, make_words
from tests.promises.twins import Tally, twin

from onggi.errors import Exit

# Where a word is asked for: by those that read, and by those that would write.
READING: tuple[Callable[[str], tuple[str, ...]], ...] = (
    lambda word: ("search", "vault", *KEY, "--", word),
    lambda word: ("search", "vault", "--order", "best", *KEY, "--", word),
    lambda word: ("search", "vault", "a", "--order", word, *KEY),
    lambda word: ("search", "vault", "a", "--limit", word, *KEY),
    lambda word: ("search", "vault", "a", "--as", word, *KEY),
    lambda word: ("search", "vault", "a", "--compartment", word, *KEY),
    lambda word: ("show", "vault", *KEY, "--", word),
    lambda word: ("show", "vault", CASE, "--as-of", word, *KEY),
    lambda word: ("verify", "vault", "--head", word, *KEY),
    lambda word: ("prove", "vault", "--out", "bag", *KEY, "--", word),
    lambda word: ("record", "vault", "small.toml", "--case", word, "--dry-run", *KEY),
    lambda word: ("consent", "vault", word, "list", *KEY),
    lambda word: ("consent", "vault", CASE, word, *KEY),
    lambda word: ("consent", "vault", CASE, "record", "--dry-run", *KEY, "--", word),
    lambda word: ("second", "vault", "--because", "x", *KEY, "--", word),
    lambda word: ("log", word, *KEY),
    lambda word: ("verify", word, *KEY),
    lambda word: ("log", "vault", word, *KEY),
    lambda word: (word, "vault", *KEY),
    lambda word: ("log", "vault", word),
)
WRITING: tuple[Callable[[str], tuple[str, ...]], ...] = (
    lambda word: ("add", "vault", word, "small.toml", *KEY),
    lambda word: ("add", "vault", CASE, "small.toml", "--person", word, *KEY),
    lambda word: ("consent", "vault", CASE, "withdraw", *KEY, "--", word),
    lambda word: ("erase", "vault", "--because", "x", *KEY, "--", word),
    lambda word: ("member", "vault", *KEY, "--", word),
    lambda word: ("member", "vault", "grant", *KEY, "--", word, "record"),
    lambda word: ("member", "vault", "grant", "1", *KEY, "--", word),
    lambda word: ("member", "vault", "grant", "1", "record", "--compartment", word, *KEY),
    lambda word: ("copy", "vault", *KEY, "--", word),
    lambda word: ("init", *KEY, "--", word),
)
# What goes into the record as it was typed: a refusal, or a line that anybody can read.
RECORDED: tuple[Callable[[str], tuple[str, ...]], ...] = (
    lambda word: ("show", "vault", CASE, "--identity", "--because", word, *KEY),
    lambda word: ("member", "vault", "compartment", *KEY, "--", word),
    lambda word: ("init", "made", "--compartment", word, *KEY),
)
PLACED = {"copy", "init"}
MARKS = "\u0301" * 100_000 + "\u0323" * 100_000
# What once ended in a fault, or did not end.
BROKE = (
    ("search", "vault", "a", "--limit", "9" * 30, *KEY),
    ("show", "vault", CASE, "--as-of", "9999-12-31", *KEY),
    ("member", "vault", "grant", "9" * 5000, "record", *KEY),
    ("search", "vault", MARKS, *KEY),
    ("verify", "vault", "--head", MARKS, *KEY),
    ("record", "vault", "small.toml", "--case", MARKS, *KEY),
    ("record", "vault", "a\0b", *KEY),
)


@pytest.fixture
def desk(bounded: Launched, swift_path: Path) -> Launched:
    """The desk, with a folder of this test's own to work in and a copy of the vault there."""
    own = Desk.make(swift_path / "watched")
    for path in bounded.desk.folder.iterdir():
        if path.name in ("vault", "key", "small.toml"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, own.folder / path.name)
    return Launched(own, bounded.process, bounded.said)


@twin(25, 3_000)
def test_what_is_typed(desk: Launched, count: int, tally: Tally) -> None:
    """Words of 100,000 characters and of none, half characters, marks in the wrong order, the syntax of
    shells, of SQL and of searches, numbers, days and ids that are none, where a word is asked for."""
    vault = desk.desk.folder / "vault"
    commands = [put(word) for word, put in product(make_words(100_000), READING + WRITING)]
    Random(count).shuffle(commands)
    for command in (*BROKE, *commands[:count]):
        before = set(desk.desk.files())
        said = ask(desk, *command)
        if said.code != Exit.WELL:
            new = {name for name in desk.desk.files() if not name.startswith("desk/vault/index/")} - before
            assert new <= {"desk/vault/lock"}, command
        elif command[0] in PLACED:
            clear_up(desk.desk.folder)
        tally.add("commands")
    assert ask(desk, "verify", "vault", *KEY).code == Exit.WELL
    assert vault.exists()


def clear_up(folder: Path) -> None:
    """Remove what was made where a word was taken for a place."""
    for path in folder.iterdir():
        if path.name not in ("vault", "key", "small.toml"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@twin(8, 600)
def test_what_is_recorded_as_it_was_typed(desk: Launched, count: int, tally: Tally) -> None:
    """Reasons and names of compartments: those that cannot be read, or are too long, are refused."""
    folder = desk.desk.folder
    pairs = list(product(make_words(30_000), RECORDED))
    Random(count).shuffle(pairs)
    for word, put in (*[("\udcff", put) for put in RECORDED], *pairs[:count]):
        before = picture(folder / "vault")
        said = ask(desk, *put(word))
        readable = word.isprintable() and bool(word.strip()) and len(word) <= 1000
        assert said.code in ({Exit.WELL, Exit.USAGE} if readable else {Exit.USAGE}), (word, said)
        if said.code != Exit.WELL:
            assert picture(folder / "vault") == before
        clear_up(folder)
        tally.add("commands")
    assert ask(desk, "verify", "vault", *KEY).code == Exit.WELL


CLOSED = ("<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-")
FULL = (">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full", "2>&1 >/dev/full")
LEFT = ("| true", "2>&1 | true", "2>&1 >&- | true", "| head -c 1")


@twin(6, 100)
def test_streams_that_are_not_there(desk: Launched, count: int, tally: Tally) -> None:
    """Commands with streams that are closed, full or no longer read."""
    commands = (
        ("log", "vault", *KEY),
        ("log", "vault", *KEY, "--json"),
        ("show", "vault", CASE, *KEY),
        ("record", "vault", "-", *KEY),
        ("nonsense",),
        ("--help",),
        ("log", "absent", "--json"),
    )
    dice = Random(count)
    for streams in (dice.choice(CLOSED), dice.choice(FULL), dice.choice(LEFT)) * (count // 3):
        words = dice.choice(commands)
        done = run_redirected(desk.desk, words, streams)
        judge(done)
        if "full" not in streams:
            assert done.code == expect(words), (words, streams, done)
        tally.add("commands")


def run_redirected(desk: Desk, words: Sequence[str], streams: str) -> Said:
    """A command whose streams lead where a shell sends them; its code, and what still comes."""
    line = f'"$0" "$@" {streams}; (exit "${{PIPESTATUS[0]}}")'
    done = subprocess.run(
        ["bash", "-c", line, *COMMAND, "", *words],
        cwd=desk.folder,
        env=surround(desk),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def expect(words: Sequence[str]) -> Exit:
    """How a command ends if all is well with its streams."""
    if words[0] == "record":
        return Exit.FINDINGS  # nothing comes in
    return {"nonsense": Exit.USAGE, "absent": Exit.ABSENT}.get(words[0 if len(words) < 2 else 1], Exit.WELL)


def test_a_stream_that_is_closed_is_no_file_of_the_vault(desk: Launched) -> None:
    """A command that writes and speaks, with closed streams: no file gets its sentences."""
    words = ("record", "vault", "new.toml", *KEY)
    (desk.desk.folder / "new.toml").write_text(HEAD, "utf-8")
    assert run_redirected(desk.desk, words, "<&- >&- 2>&-").code == Exit.WELL
    assert ask(desk, "verify", "vault", *KEY).code == Exit.WELL


@pytest.mark.parametrize("kind", ["pipe", "passphrase pipe"])
def test_a_pipe_that_somebody_writes_to_is_read(desk: Launched, kind: str) -> None:
    """What another program decrypts, or remembers, needs no readable file."""
    (desk.desk.folder / "new.toml").write_text(HEAD, "utf-8")
    words, streams = {
        "pipe": (("record", "vault", *KEY, "--dry-run"), "<(cat new.toml)"),
        "passphrase pipe": (("log", "vault", "--passphrase-file"), "<(cat key)"),
    }[kind]
    said = run_redirected(desk.desk, words, streams)
    assert said.code == Exit.WELL, said


def make_places(folder: Path) -> dict[str, tuple[str, Exit]]:
    """Places that are no vault, or one by another name, and how `log` must end there."""
    (folder / "file").write_bytes(b"x")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("vault")
    (folder / "loop").symlink_to("loop")
    (folder / "dangling").symlink_to("nothing")
    os.mkfifo(folder / "pipe")
    for name in ("hollow/keys", "hollow/packs", "files"):
        (folder / name).mkdir(parents=True)
    for name in ("keys", "packs"):
        (folder / "files" / name).write_bytes(b"x")
    places = dict.fromkeys(("file", "empty", "loop", "dangling", "pipe", "files", "absent"), Exit.ABSENT)
    places |= {"": Exit.ABSENT, "vault/keys": Exit.ABSENT, "file/x": Exit.ABSENT, "/dev/null": Exit.ABSENT}
    places |= {"link": Exit.WELL, "./vault/../vault/": Exit.WELL, "hollow": Exit.LOCKED}
    return {name: (name, code) for name, code in places.items()} | {"long": ("x" * 300, Exit.CLOSED)}


def test_places_that_are_no_vault(desk: Launched) -> None:
    """Files, links, pipes, empty folders and names without end, where a vault is asked for."""
    folder = desk.desk.folder
    for number, (name, (place, code)) in enumerate(make_places(folder).items()):
        with untouched(folder / "vault"):
            assert ask(desk, "log", *KEY, "--", place).code == code, name
            if name not in ("empty", "hollow", "absent", "long"):
                making = (("init", *KEY), ("copy", "vault", *KEY), ("demo",))
                for words in making if name == "loop" else making[number % 3 :][:1]:
                    assert ask(desk, *words, "--", place).code in {Exit.USAGE, Exit.CLOSED}, (name, words)
    assert not (folder / "nothing").exists()


@pytest.mark.system
def test_a_folder_that_may_not_be_written(desk: Launched) -> None:
    """A vault, and a place for one, in folders without the right to write: what can be read is, and a write
    says that the disk refuses."""
    before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")
    if shutil.which(before[0]) is None:
        pytest.skip("setpriv is not here")
    folder = desk.desk.folder
    (folder / "new.toml").write_text(HEAD, "utf-8")
    (folder / "sealed").mkdir(mode=0o500)
    for path in (folder / "vault").rglob("*"):
        path.chmod(0o500 if path.is_dir() else 0o400)
    (folder / "vault").chmod(0o500)
    with untouched(folder / "vault"):
        for words, code in (
            (("log", "vault"), Exit.WELL),
            (("record", "vault", "new.toml"), Exit.CLOSED),
            (("init", "sealed/vault"), Exit.CLOSED),
        ):
            assert measure(desk.desk, (*words, *KEY), before=before)[0].code == code, words
    for path in (folder / "vault", *(folder / "vault").rglob("*")):
        path.chmod(0o700)


@twin(1_000, 100_000)
def test_many_findings(desk: Launched, count: int, tally: Tally) -> None:
    """A table with 100,000 wrong rows, and a proof with as many files that do not belong to it: told as far
    as a person reads, and then how many more."""
    folder = desk.desk.folder
    (folder / "wrong.csv").write_text("about,property,value\n" + "a,b\n" * count, "utf-8")
    said = ask(desk, "record", "vault", "wrong.csv", "--case", CASE, *KEY, "--json")
    assert said.code == Exit.FINDINGS and len(said.err.splitlines()) < 500
    told = json.loads(said.out)["findings"]
    assert len(told) <= 1002 and any(one["code"] == "intake.more" for one in told) == (count > 1000)
    (folder / "bag" / "data").mkdir(parents=True)
    (folder / "bag" / "bagit.txt").write_bytes(b"")
    for number in range(count):
        (folder / "bag" / "data" / f"{number}").touch()
    said = ask(desk, "verify", "bag")
    assert said.code == Exit.FINDINGS and len(said.err.splitlines()) < 500
    tally.add("findings", 2 * count)
