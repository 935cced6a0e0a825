"""P16. Bad files: findings or a clear refusal, never a traceback or a hang, and nothing of them recorded.

Commands are real processes that are killed when they take too long; their memory is bounded by the system.
What is refused must leave every file of the vault as it was. Bad words and places are in test_typed.py, what
the parsers themselves make of bytes in test_parsers.py.
"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from tests.promises.bounded import CASE, KEY, MEBIBYTE, ask, measure, picture, read_files, untouched
from tests.promises.desks import Launched
from tests.promises.hostile import HEAD, make_documents, make_encodings
from tests.promises.launcher import stretch_cheaply
from tests.promises.twins import Tally, twin

from onggi.cli.opening import randomness, read_clock
from onggi.errors import Exit, OnggiError
from onggi.intake import originals
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.vault import keyslot

REFUSED = {Exit.FINDINGS, Exit.USAGE, Exit.CLOSED}
# Who may read everything whatever its permissions say is asked to forgo it.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


@pytest.fixture
def vault(bounded: Launched) -> Path:
    """Where the vault of the desk lies."""
    return bounded.desk.folder / "vault"


@twin(20_000, 8 * MEBIBYTE)
def test_hostile_files(tmp_path: Path, count: int, tally: Tally) -> None:
    """Record files and tables made to nest, to repeat, to grow when read or filled in, and to hide letters
    under marks, of up to 8 MiB, read in bounded time and less than 3 GiB of memory."""
    documents = list(make_documents(count))
    names = []
    for document in documents:
        (tmp_path / document.name).write_bytes(document.data)
        (tmp_path / f"{document.name}.map").write_bytes(document.mapping)
        names.append(f"{document.name}={document.name}.map" if document.mapping else document.name)
    read = read_files(tmp_path, names, 20 + count // 30_000)
    found = {document.name: one["findings"] for document, one in zip(documents, read, strict=True)}
    assert {name for name, findings in found.items() if not findings} == {
        document.name for document in documents if document.good
    }
    assert max(found.values()) <= 1002
    tally.add("files", len(documents))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("deep.toml", b"x = " + b"[" * 100_000, "brackets or dotted names nest too deeply"),
        ("dotted.toml", b"a" + b".a" * 100_000 + b" = 1", "nest too deeply"),
        ("number.toml", HEAD.encode() + b"[person.b]\nleft_on = 0x" + b"F" * 10_000, "a date must stand"),
        ("table.csv", b"about,property,value\n" + b"a,b\n" * 50_000, "more findings"),
    ],
)
def test_what_is_refused_leaves_nothing(
    bounded: Launched, vault: Path, name: str, data: bytes, code: str
) -> None:
    """Such files given to the command."""
    (bounded.desk.folder / name).write_bytes(data)
    with untouched(vault):
        said = ask(bounded, "record", "vault", name, "--case", CASE, *KEY)
    assert said.code == Exit.FINDINGS and code in said.err.lower()
    assert len(said.err.splitlines()) < 500


@pytest.mark.parametrize("kind", ["toml", "csv"])
@twin(10, 60)
def test_a_line_without_end(bounded: Launched, vault: Path, kind: str, count: int, tally: Tally) -> None:
    """A line of sixty megabytes in a record file or in a table."""
    text = {"toml": HEAD + 'x = "{}"\n', "csv": "about,property,value\nx,note,{}\n"}[kind]
    path = bounded.desk.folder / f"line.{kind}"
    path.write_text(text.format("a" * (count * 1_000_000)), "utf-8")
    with untouched(vault):
        said, peak = measure(bounded.desk, ("record", "vault", path.name, *KEY), 60)
    assert said.code == Exit.FINDINGS and said.err.startswith("line ")
    assert peak < 300_000_000
    tally.add("bytes", path.stat().st_size)


def test_a_file_of_another_encoding_is_refused_as_such(tmp_path: Path) -> None:
    """Korean and Chinese files in every encoding they come in, with and without marks, and characters that
    are none."""
    encodings = list(make_encodings())
    for number, (_, data, _) in enumerate(encodings):
        (tmp_path / f"{number}.toml").write_bytes(data)
    read = read_files(tmp_path, [f"{number}.toml" for number in range(len(encodings))], 60)
    taken = {name for (name, _, _), one in zip(encodings, read, strict=True) if one["statements"]}
    assert taken == {name for name, _, good in encodings if good}


@twin(2_000, 200_000)
def test_a_long_table(bounded: Launched, tmp_path: Path, count: int, tally: Tally) -> None:
    """A table of 200,000 rows recorded, in less than 1.5 GB of memory."""
    bounded.desk.folder.joinpath("long.csv").write_text(make_table(count), "utf-8")
    shutil.copytree(bounded.desk.folder / "vault", tmp_path / "vault")
    words = ("record", tmp_path / "vault", "long.csv", "--case", CASE, *KEY)
    said, peak = measure(bounded.desk, words, 60 + count / 200)
    assert said.code == Exit.WELL
    assert peak < 150_000_000 + 7_000 * count
    tally.add("rows", count)
    tally.add("MB of memory", peak // 1_000_000)


def make_table(rows: int) -> str:
    """Rows as an organisation keeps them: four statements of each person, by one of fifty sources."""
    kinds = (
        "sex,female,,0,C3,",
        'left_on,{year},ko,1,C3,"고향을 {number}번째로 떠났다"',
        "lives_in,KP-10,,1,C4,",
        'note,"sold for {number} yuan, she said",en,2,C3,',
    )
    lines = ["about,source,property,value,lang,distance,grade,words"]
    for row in range(rows):
        number = row // len(kinds)
        rest = kinds[row % len(kinds)].format(number=number, year=1995 + number % 25)
        lines.append(f"person:p{number},source:s{number % 50},{rest}")
    return "\n".join(lines) + "\n"


@twin(64 * MEBIBYTE, 5 * 1024 * MEBIBYTE)
def test_a_large_item(bounded: Launched, tmp_path: Path, count: int, tally: Tally) -> None:
    """A file of 5 GiB kept as an item and the vault verified after it, each in less than 300 MB of memory."""
    needed = 3 * count + 1024 * MEBIBYTE  # the packs, and fillers up to a power of two
    if shutil.disk_usage(tmp_path).free < needed:
        pytest.skip(f"{needed:,} bytes of disk are not free")
    shutil.copytree(bounded.desk.folder / "vault", tmp_path / "vault")
    with (tmp_path / "film.mkv").open("wb") as file:
        file.truncate(count)
    for words in (("add", tmp_path / "vault", CASE, tmp_path / "film.mkv"), ("verify", tmp_path / "vault")):
        said, peak = measure(bounded.desk, (*words, *KEY), 60 + count / (5 * MEBIBYTE))
        assert said.code == Exit.WELL, said
        assert peak < 300_000_000
    tally.add("bytes", count)
    shutil.rmtree(tmp_path / "vault")


@twin(16, 1_000)
def test_names_lead_nowhere(bounded: Launched, tmp_path: Path, count: int, tally: Tally) -> None:
    """Files whose names turn text, move a cursor, lead upwards, begin with a dash, are no UTF-8 or as long as
    a name can be: kept, under names that can be written down."""
    names = list(make_names(count))
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / "in" / os.fsdecode(name)).write_bytes(b"x")
    shutil.copytree(bounded.desk.folder / "vault", tmp_path / "vault")
    there = os.path.relpath(tmp_path, bounded.desk.folder)  # it begins with ../
    before = set(bounded.desk.files())
    paths = [f"{there}/in/{os.fsdecode(name)}" for name in names]
    for at in range(0, len(paths), 200):
        said = ask(bounded, "add", f"{there}/vault", CASE, *KEY, "--", *paths[at : at + 200])
        assert said.code == Exit.WELL, said
    assert set(bounded.desk.files()) == before
    identity = ("--identity", "--because", "to see the names")
    shown = json.loads(ask(bounded, "show", f"{there}/vault", CASE, *identity, *KEY, "--json").out)
    by_property = {
        name: [one["text"] for one in shown["statements"] if one["property"] == name] for name in KEPT
    }
    assert [len(texts) for texts in by_property.values()] == [count, count]
    assert all(text.isprintable() for texts in by_property.values() for text in texts)
    assert not any("/" in name for name in by_property["file_name"])
    assert set(by_property["media_type"]) <= PLAIN_TYPES
    tally.add("files", count)


KEPT = ("file_name", "media_type")
PLAIN_TYPES = {
    "application/octet-stream",
    "text/plain",
    "image/jpeg",
    "text/html",
    "application/x-msdos-program",
}


def make_names(count: int) -> Iterator[bytes]:
    """Names of files that a system allows and nobody expects."""
    known = (
        *(b"\n\r\x1b[2J\x07", "\u202egpj.exe".encode(), b"..\\..\\x", b"-rf", b"--json", b"a" * 255),
        *(b"\xff\xfe\xb0\xa1", "data:a\u202e,x".encode(), "가".encode() * 85, b" ", b"~", b"..."),
        *(b"%2e%2e%2f", b"$(id)`id`;.txt", "\u1112\u1161\u11ab.jpg".encode(), b"con.html"),
    )
    yield from known
    dice, letters = Random(count), [*range(1, ord("/")), *range(ord("/") + 1, 256)]
    for number in range(count - len(known)):
        yield b"%d" % number + bytes(dice.choice(letters) for _ in range(dice.randint(0, 200)))


@pytest.fixture
def strange(tmp_path: Path) -> dict[str, str]:
    """Places from which no file can be read, by what lies there."""
    made = ("pipe", "socket", "loop", "dangling", "folder", "absent")
    places = {name: f"{tmp_path}/{name}" for name in made}
    os.mkfifo(places["pipe"])
    os.mknod(places["socket"], stat.S_IFSOCK | 0o600)
    Path(places["loop"]).symlink_to("loop")
    Path(places["dangling"]).symlink_to("nothing")
    Path(places["folder"]).mkdir()
    places |= {"NUL": f"{tmp_path}/a\0b", "long": f"{tmp_path}/{'a' * 256}", "deep": "a/" * 3000, "empty": ""}
    places |= {"half": f"{tmp_path}/\udcff", "inside": f"{tmp_path}/pipe/x", "memory": "/proc/self/mem"}
    return places | {name: f"/dev/{name}" for name in ("null", "zero", "full", "tty")}


@twin(1, 5)
def test_what_is_no_file_is_not_read(
    bounded: Launched, vault: Path, strange: dict[str, str], count: int, tally: Tally
) -> None:
    """Pipes nobody writes to, sockets, devices, folders, links in a circle or to nowhere, names with NUL or
    too long, given wherever a file is asked for."""
    for number, (name, place) in enumerate(strange.items()):
        commands = (
            ("add", "vault", CASE, *KEY, "--", place),
            ("record", "vault", *KEY, "--", place),
            ("record", "vault", "small.toml", "--map", place, *KEY),
            ("log", "vault", "--passphrase-file", place),
            ("member", "vault", "add", "--new-passphrase-file", place, *KEY),
        )
        for turn in range(len(commands) if name == "pipe" else count):
            words = commands[(number + turn) % len(commands)]
            before = list_files(vault)
            assert ask(bounded, *words).code in REFUSED, (name, words)
            assert list_files(vault) == before
            tally.add("commands")
    assert ask(bounded, "verify", "vault", *KEY).code == Exit.WELL


def list_files(vault: Path) -> set[str]:
    """The files of a vault but those that count for nothing yet."""
    return {file for file in picture(vault) if not file.startswith("tmp/")}


@pytest.mark.system
def test_what_may_not_be_read_is_not_read(bounded: Launched, vault: Path) -> None:
    """A file and a folder without permission."""
    if shutil.which(UNPRIVILEGED[0]) is None:
        pytest.skip("setpriv is not here")
    folder = bounded.desk.folder
    (folder / "sealed.toml").write_bytes(b"onggi = 1")
    (folder / "sealed.toml").chmod(0)
    (folder / "closed").mkdir(mode=0)
    for words in (("add", "vault", CASE, "closed/x"), ("record", "vault", "sealed.toml")):
        with untouched(vault):
            said, _ = measure(bounded.desk, (*words, *KEY), before=UNPRIVILEGED)
        assert said.code == Exit.USAGE


def test_what_the_system_makes_as_it_is_read_is_no_item(bounded: Launched, vault: Path) -> None:
    """Files of the system whose size is said to be nothing."""
    for name in ("/proc/self/status", "/proc/version", "/proc/self/mem"):
        before = list_files(vault)
        if Path(name).exists():
            assert ask(bounded, "add", "vault", CASE, name, *KEY).code in REFUSED
        assert list_files(vault) == before
    assert ask(bounded, "verify", "vault", *KEY).code == Exit.WELL


@pytest.fixture
def ledger(bounded: Launched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A copy of the vault, opened here."""
    monkeypatch.setattr(keyslot, "stretch", stretch_cheaply)
    shutil.copytree(bounded.desk.folder / "vault", tmp_path / "vault")
    passphrase = (bounded.desk.folder / "key").read_text("utf-8").strip()
    return open_ledger(tmp_path / "vault", 1, passphrase, randomness, read_clock)


def shrink(path: Path) -> None:
    """Half of it goes."""
    os.truncate(path, path.stat().st_size // 2)


def grow(path: Path) -> None:
    """One byte comes."""
    with path.open("ab") as file:
        file.write(b"x")


def become_pipe(path: Path) -> None:
    """A pipe stands in its place."""
    path.unlink()
    os.mkfifo(path)


def become_folder(path: Path) -> None:
    """A folder stands in its place."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("happens", [shrink, grow, Path.unlink, become_pipe, become_folder])
@pytest.mark.parametrize("size", [1, 70_000, 3_000_000])
def test_a_file_that_changes_while_it_is_read(
    ledger: Ledger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], None],
    size: int,
) -> None:
    """Files that grow, shrink, go or become something else after they were measured, before they are read."""
    path, kept = tmp_path / "film", tmp_path / "kept"
    for one in (path, kept):
        one.write_bytes(bytes(size))
    open_file = originals._open

    def open_late(one: Path) -> object:
        if one == path:
            happens(path)
        return open_file(one)

    monkeypatch.setattr(originals, "_open", open_late)
    compartment = ledger.vault.compartment()
    packs = sorted(ledger.vault.folder.names("packs"))
    with pytest.raises(OnggiError, match="vault.packs.changed|intake.original.unreadable"):
        originals.take_in(ledger, compartment, CASE, [kept, path], originals.Origin(), randomness)
    assert sorted(ledger.vault.folder.names("packs")) == packs
    monkeypatch.setattr(originals, "_open", open_file)
    assert (
        len(
            originals.take_in(
                ledger, ledger.vault.compartment(), CASE, [kept], originals.Origin(), randomness
            )
        )
        == 1
    )


def test_the_same_item_twice(bounded: Launched, tmp_path: Path) -> None:
    """One file given twice in one call, and again in another: three items of one hash, which all verify."""
    shutil.copytree(bounded.desk.folder / "vault", tmp_path / "vault")
    (tmp_path / "photo").write_bytes(b"one photo")
    kept = []
    for files in (2, 1):
        words = ("add", f"{tmp_path}/vault", CASE, *[f"{tmp_path}/photo"] * files, *KEY, "--json")
        kept += json.loads(ask(bounded, *words).out)
    assert len({one["code"] for one in kept}) == 3 and len({one["sha256"] for one in kept}) == 1
    assert ask(bounded, "verify", f"{tmp_path}/vault", *KEY).code == Exit.WELL
