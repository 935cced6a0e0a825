"""P1, P6. Nothing readable is stored, and no sign of who, where, or by which version."""

import getpass
import os
import platform
import re
import socket
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.promises.canaries import MARKS, Searcher, has_text, list_forms, make_words
from tests.promises.desks import Desk, launch, rename_host
from tests.promises.launcher import stretch_cheaply
from tests.promises.stories import Day, work_briefly, work_fully
from tests.promises.traces import read_trace, watch
from tests.promises.twins import Tally, twin

import onggi
from onggi.cli.main import COMMANDS
from onggi.cli.opening import randomness
from onggi.vault import keyslot
from onggi.vault.opened import Vault, open_vault
from onggi.vault.packs import Domain

# Of the example vault, which `demo` makes.
EXAMPLE = ("瓮器屯三组", "赵国栋", "리영희")
SEALED = ("desk/vault/", "desk/copy/", "desk/demo/")
# Two people at two machines: their host, and what else they have that another has not.
PEOPLE = (
    ("reed-warbler-07", {"USER": "yongcho-lee", "LANG": "ko_KR.UTF-8", "TZ": "Asia/Pyongyang"}),
    ("maple-lantern-22", {"USER": "wang-xiaomei", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"}),
)
# Paths and addresses of mail, longer than chance makes them.
_LEADS = (re.compile(rb"(?:/[\w.-]{2,}){4}"), re.compile(rb"(?<=[\w.+-]{6})@[\w-]{6,}\.[a-z]{2}"))
APART = ("-s", "-P", "-m", "onggi.evidence.quarantined")
_MIB = 1024 * 1024


@twin(40, 10_000)
def test_no_word_lies_readable_anywhere(count: int, tally: Tally, tmp_path: Path) -> None:
    """Statements of all strata, files, names, reasons, compartments and passphrases with canary words in
    four scripts; every command, refused, stopped and killed ones too; then every file under vault, copy, home
    and temporary folders searched for each word, and for who worked where, in all forms, and inflated."""
    host, desk, given = make_desk(tmp_path, 0)
    with launch(desk, dear=count >= 1000, before=rename_host(host)) as launched:
        day = Day(launched, given)
        work_fully(day, count)
    assert set(day.done) == set(COMMANDS)
    searcher = Searcher.of([*MARKS.values(), *EXAMPLE], plainly=list_traces(desk, host))
    size = 0
    for name, path in desk.files().items():
        if name.startswith("desk/demo.passphrase"):  # put there to be read
            continue
        data = path.read_bytes()
        assert name.startswith(SEALED)
        assert (name, searcher.find(data), says_more(data)) == (name, set(), False)
        assert searcher.find(os.fsencode(name)) == set()
        tally.add("files")
        size += len(data)
    assert os.listdir(day.vault / "tmp")  # what the kill left was looked at, too
    tally.add("statements", count)
    tally.add("commands", len(day.done))
    tally.add("forms", len(searcher.forms))
    tally.add("MiB", size // _MIB)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Day, str, Path]:
    """A day's work at the other machine, its host, and what strace saw of it."""
    folder = tmp_path_factory.mktemp("watched")
    host, desk, given = make_desk(folder, 1)
    trace = folder / "trace"
    with launch(desk, before=(*rename_host(host), *watch(trace))) as launched:
        day = Day(launched, given)
        work_briefly(day)
    return day, host, trace


@pytest.mark.system
def test_no_word_is_written_not_even_for_a_moment(watched: tuple[Day, str, Path]) -> None:
    """Every command that writes, watched by strace: which bytes it wrote where, which files it made or opened
    for writing, whether it started anything but the process apart or reached for a network."""
    day, _, trace = watched
    if not trace.exists():
        pytest.skip("strace is not here")
    folder, bag = day.launched.desk.folder, day.given / "bag"
    bags = (bag, bag.with_suffix(".unfinished"))
    asked = (day.given / "asked.tsq", day.given / "asked.tsq.unfinished")  # a hash, to be carried
    table = (day.given / "table.csv", day.given / "table.csv.unfinished")  # numbers
    seen = read_trace(trace, folder)
    searcher = Searcher.of(MARKS.values())
    shown = {place for place, data in seen.written.items() if searcher.find(bytes(data))}
    # What is looked into goes to a process of ours and comes back, in memory.
    piped = {place for place in shown if place.startswith("pipe:[")}
    assert "1" in shown and piped
    left = [one for one in shown - piped if one not in "12" and not any(map(Path(one).is_relative_to, bags))]
    assert left == []
    allowed = (folder / "vault", folder / "copy", *bags, *asked, *table, day.launched.said, Path(os.devnull))
    assert len(seen.changed) > 200
    assert [path for path in seen.changed if not any(map(path.is_relative_to, allowed))] == []
    assert {words[1:-1] for words in seen.started} == {(sys.executable, *APART)}
    assert dict(seen.other) == {}


def test_nothing_says_who_where_and_by_what(
    watched: tuple[Day, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work of another person at another machine in another language: names, paths, versions are searched
    for in every file, in the proof, and in all that the vault's own keys open."""
    day, host, _ = watched
    desk = day.launched.desk
    searcher = Searcher.of([], plainly=list_traces(desk, host))
    for name, path in desk.files().items():
        data = path.read_bytes()
        assert (name, searcher.find(data), says_more(data)) == (name, set(), False)
    for path in (day.given / "bag").rglob("*"):
        assert path.is_dir() or (path.name, searcher.find(path.read_bytes())) == (path.name, set())
    monkeypatch.setattr(keyslot, "stretch", stretch_cheaply)
    texts = list(unseal_all(open_vault(day.vault, 1, make_words(90_020), randomness)))
    assert len(texts) > 30
    assert {word for text in texts for word in searcher.find(text)} == set()


@pytest.mark.parametrize("script", MARKS)
def test_the_search_finds_what_is_hidden(script: str) -> None:
    """The control: each word, planted in each form, alone and in a stream, is found; and nothing in noise."""
    searcher = Searcher.of(MARKS.values())
    word, noise = MARKS[script], os.urandom(1000)
    assert searcher.find(os.urandom(1_000_000)) == set()
    for form in list_forms(word):
        assert searcher.find(noise + form + noise) == {word}
        for wbits in (15, 31):
            stream = zlib.compressobj(wbits=wbits)
            packed = stream.compress(noise + form) + stream.flush()
            assert searcher.find(noise + packed + noise) == {word}
    for number in (0, 1):  # composed, and in its letters
        told = make_words(number)
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            data = told.encode(code)
            hidden = [data, data.hex().encode(), *(b64encode(bytes(shift) + data) for shift in range(3))]
            assert [one for one in hidden if word not in searcher.find(noise + one + noise)] == []


def test_text_is_told_from_noise() -> None:
    """The control for what is nobody's word: a line of JSON, a path, an address."""
    noise = os.urandom(1_000_000)
    assert not says_more(noise)
    assert says_more(noise + b'{"compartment":"main","device":"","seq":0,"value":1}' + noise)
    for lead in (b"/".join((b"", b"home", b"somebody", b"vault", b"packs")), b"somebody@example.org"):
        assert says_more(noise + lead + noise)


@pytest.mark.system
@pytest.mark.parametrize(
    "deed",
    [
        "open('short', 'w').write(word); os.remove('short')",
        "os.pwrite(os.open('short', os.O_RDWR | os.O_CREAT), word[:9].encode(), 0)",
        "os.makedirs('other/folder')",
        "__import__('socket').socket()",
        "os.execv(sys.executable, [sys.executable, '-c', ''])",
        "os.memfd_create('short')",
    ],
)
def test_the_trace_shows_what_was_done_for_a_moment(deed: str, tmp_path: Path) -> None:
    """The control for strace."""
    trace = tmp_path / "trace"
    if not watch(trace):
        pytest.skip("strace is not here")
    child = f"import os, sys\nword = {make_words(0)!r}\nif not os.fork():\n    {deed}\nelse:\n    os.wait()"
    assert Desk.make(tmp_path / "watched").run("-c", child, before=(*watch(trace), sys.executable)).code == 0
    seen = read_trace(trace, tmp_path)
    written = [place for place, data in seen.written.items() if Searcher.of(MARKS.values()).find(bytes(data))]
    assert written or seen.other or seen.started or tmp_path / "other/folder" in seen.changed


def make_desk(folder: Path, person: int) -> tuple[str, Desk, Path]:
    """A person's host and desk, and beside it what is given to read."""
    host, mine = PEOPLE[person]
    more = {**mine, "LOGNAME": mine["USER"], "LC_ALL": mine["LANG"], "HOSTNAME": host}
    place = folder / f"{mine['USER']}s-folder"
    desk, given = Desk.make(place / "watched", **more), place / "given"
    given.mkdir()
    return host, desk, given


def list_traces(desk: Desk, host: str) -> list[str]:
    """What a person, a machine, and what runs on it could leave."""
    hers = [host, *desk.more.values(), str(desk.root), desk.root.parent.name]
    here = [socket.gethostname(), getpass.getuser(), str(Path.home()), sys.prefix, sys.executable]
    python = platform.python_version()
    versions = [
        f"{name}{mark}{version}"
        for mark in " /-"
        for name, version in (("onggi", onggi.__version__), ("Python", python), ("python", python))
    ]
    theirs = ["cryptography", "sqlcipher", "SQLite format 3", "site-packages", "OpenSSL", sys.version]
    return [*hers, *here, *versions, *theirs, platform.platform(), platform.release()]


def says_more(data: bytes) -> bool:
    """Whether there is text in it, a path, or an address."""
    return has_text(data) or any(lead.search(data) for lead in _LEADS)


def unseal_all(vault: Vault) -> Iterator[bytes]:
    """Every object that a member of everything can open, as it stands inside."""
    none: Mapping[str, bytes] = {}
    domains: list[tuple[Domain, Mapping[str, bytes]]] = [
        (vault.vault_domain, none),
        (vault.mailbox_domain, none),
    ]
    for compartment in vault.compartments:
        domains.append((compartment.log_domain, none))
        domains += [(compartment.domain(stratum), ring.units) for stratum, ring in compartment.rings.items()]
    for domain, units in domains:
        for kind in ("entry", "commit", "anchor", "leaves", "body", "item", "itemleaf", "tombstone"):
            for part in vault.shelf.parts(domain, kind):
                yield vault.shelf.read_part(domain, part, units.get(part.unit))
