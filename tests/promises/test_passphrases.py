"""P10. A wrong passphrase is dear, is answered like everything else that does not open, and changes nothing.

Where it says so, Argon2id is the real one, at the least that the format allows: 256 MiB, three passes, one
lane. Elsewhere what it is asked for is written down instead.
"""

import random
import statistics
import time
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from msgspec import structs
from tests.promises import office
from tests.promises.office import MAIN, throw_dice
from tests.promises.probes import say
from tests.promises.twins import Tally, twin
from tests.vault.invented import changed, copy_folder

from onggi.cli import asking, opening
from onggi.cli.main import run
from onggi.errors import Exit, OnggiError
from onggi.vault import folder, founding, keys, keyslot
from onggi.vault.cells import KEYSLOT
from onggi.vault.checking import check_vault
from onggi.vault.enrol import create_vault
from onggi.vault.folder import Folder
from onggi.vault.keys import CEILING, FLOOR, LEAST, Cost
from onggi.vault.keyslot import build_keyslot, open_keyslot, read_cost
from onggi.vault.opened import open_vault
from onggi.vault.seal import sealed_length
from onggi.words import LANGUAGES
from onggi.words import say as say_sentence

SEED = 20261123
RIGHT = "갓밝이 quince 廊橋 0472"
HELD, DAMAGED, SPARE, CUT, ABSENT = 1, 2, 3, 4, 70
"""Slots: of a member; of one, and damaged; of nobody; with a byte too few; without a file."""

CLASSES = {"wrong": HELD, "damaged": DAMAGED, "spare": SPARE, "cut": CUT, "absent": ABSENT}
"""What does not open, and the slot it is tried by; the passphrase is right but for the first."""

_COSTS = {"memory": 2, "passes": 6, "lanes": 10}
"""Where the numbers stand that say what a try costs."""
_CLEAR = 14
"""So many bytes of a keyslot are neither sealed nor random."""


@cache
def build(root: Path) -> Path:
    """A vault with all of these slots, made with whatever stretches now."""
    create_vault(root, RIGHT, MAIN, FLOOR, throw_dice())
    held = (root / "keys/01").read_bytes()
    (root / "keys/02").write_bytes(held[:200] + bytes([held[200] ^ 1]) + held[201:])
    (root / "keys/04").write_bytes(held[:-1])
    return root


@pytest.fixture
def dear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault whose passphrase costs what it must."""
    monkeypatch.setattr(folder, "_sync", lambda file: None)
    return build(tmp_path / "vault")


@pytest.fixture
def cheap(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A vault whose passphrase costs nothing; yet another cost gives another key."""
    with office.made_cheap():
        monkeypatch.setattr(keyslot, "stretch", stretch_cheaply)
        yield copy_folder(build(tmp_path_factory.getbasetemp() / "slots"), tmp_path / "vault")


def stretch_cheaply(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
    """Instead of Argon2id."""
    cost.check()
    return sha256(f"{passphrase} {cost} {slot}".encode() + salt).digest()


def miss(dice: random.Random) -> Iterator[str]:
    """Passphrases that are nearly the right one, and others."""
    letters = list(RIGHT)
    yield from ("", RIGHT[:-1], f"{RIGHT} ", f" {RIGHT}", RIGHT.upper(), RIGHT.replace(" ", ""), f"{RIGHT}\0")
    while True:
        at = dice.randrange(len(letters))
        yield "".join([*letters[:at], dice.choice("x가9"), *letters[at + 1 :]])
        yield " ".join(dice.sample(RIGHT.split(), 3))
        yield dice.randbytes(dice.randint(1, 40)).hex()


def look(root: Path) -> dict[str, tuple[object, ...]]:
    """Every file and folder: its bytes, and all that the system says of it but when it was read."""
    found: dict[str, tuple[object, ...]] = {}
    for path in (root, *root.rglob("*")):
        told = path.lstat()
        data = sha256(path.read_bytes()).digest() if path.is_file() else b""
        found[str(path)] = (data, told.st_size, told.st_mode, told.st_ino, told.st_mtime_ns, told.st_ctime_ns)
    return found


def refuse(root: Path, slot: int, passphrase: str) -> tuple[object, ...]:
    """How a vault does not open."""
    with pytest.raises(OnggiError) as raised:
        open_vault(root, slot, passphrase, throw_dice())
    error = raised.value
    sentences = [say_sentence(error.id, lang, **error.values) for lang in LANGUAGES]
    return (error.id, error.values, error.exit_code, error.args, error.__cause__, *sentences)


@twin(5, 1_000)
def test_whatever_does_not_open_is_one_case_and_changes_nothing(count: int, dear: Path, tally: Tally) -> None:
    """Wrong passphrases, most of them nearly right, and the right one for slots that are damaged, cut, spare
    or not there, were tried with Argon2id at the format's least: one error, one exit code, one sentence; and
    no byte, name, time or inode in the folder was another after."""
    before, said = look(dear), set()
    others = list(CLASSES.values())[1:]
    for number, passphrase in enumerate(islice(miss(random.Random(SEED)), count)):
        slot, tried = (others[number // 5 % 4], RIGHT) if number % 5 == 4 else (HELD, passphrase)
        said.add(repr(refuse(dear, slot, tried)))
        tally.add("tries")
    assert len(said) == 1 and "'vault.keyslot.closed', {}" in said.pop()
    assert look(dear) == before


@pytest.mark.soak
def test_whatever_does_not_open_takes_the_time_of_what_does(dear: Path, tally: Tally) -> None:
    """The right passphrase, a wrong one, and the right one for a damaged, cut, spare and missing slot were
    timed in turn, in time of the processor: the median of each is within a fifth of that of the right one."""
    spent: dict[str, list[float]] = {name: [] for name in ("right", *CLASSES)}
    place = Folder(dear, throw_dice())
    for _ in range(40):
        for name, times in spent.items():
            started = time.process_time()
            try:
                open_keyslot(place, CLASSES.get(name, HELD), "wrong" if name == "wrong" else RIGHT)
            except OnggiError:
                assert name != "right"
            times.append(time.process_time() - started)
            tally.add("tries timed")
    medians = {name: statistics.median(times) for name, times in spent.items()}
    assert all(0.8 < median / medians["right"] < 1.25 for median in medians.values()), medians


@pytest.mark.parametrize("name", CLASSES)
def test_every_case_pays_once_and_the_same(name: str, cheap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paid = []

    def stretch(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
        paid.append((cost, len(salt)))
        return bytes(32)

    monkeypatch.setattr(keyslot, "stretch", stretch)
    refuse(cheap, CLASSES[name], RIGHT)
    assert paid == [(FLOOR, 16)]


def test_a_passphrase_is_the_same_however_it_is_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(keys, "Argon2id", lambda **more: _Asked(asked))
    for said in (RIGHT, unicodedata.normalize("NFD", RIGHT)):
        keys.stretch(said, bytes(16), FLOOR, 1)
    assert asked == [RIGHT.encode()] * 2


class _Asked:
    """Stands for Argon2id, and writes down what it is to stretch."""

    def __init__(self, asked: list[bytes]) -> None:
        self._asked = asked

    def derive(self, secret: bytes) -> bytes:
        self._asked.append(secret)
        return bytes(32)


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("memory", 0),
        ("memory", FLOOR.memory - 1),
        ("memory", CEILING.memory + 1),
        ("memory", 2**32 - 1),
        ("passes", 0),
        ("passes", FLOOR.passes - 1),
        ("passes", CEILING.passes + 1),
        ("passes", 2**32 - 1),
        ("lanes", 0),
        ("lanes", CEILING.lanes + 1),
        ("lanes", 2**32 - 1),
    ],
)
@pytest.mark.parametrize("slot", [HELD, SPARE])
def test_a_cost_out_of_bounds_is_refused_before_any_work(
    slot: int, field: str, number: int, cheap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(keyslot, "stretch", keys.stretch)
    monkeypatch.setattr(keys, "Argon2id", lambda **more: started.append(more))
    path = cheap / f"keys/{slot:02d}"
    data, at = path.read_bytes(), _COSTS[field]
    with changed(path, data[:at] + number.to_bytes(4, "big") + data[at + 4 :]):
        monkeypatch.setattr("onggi.vault.opened.try_constructions", lambda: None)  # it tries Argon2id, too
        with pytest.raises(OnggiError, match="vault.keys.cost") as raised:
            open_vault(cheap, slot, RIGHT, throw_dice())
    assert (raised.value.exit_code, started) == (Exit.LOCKED, [])


@pytest.mark.parametrize("cost", [FLOOR, LEAST, CEILING, Cost(FLOOR.memory, CEILING.passes, CEILING.lanes)])
def test_a_cost_within_bounds_is_asked_of_argon2id_as_it_stands(
    cost: Cost, cheap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def start(**more: object) -> _Asked:
        asked.append(more)
        return _Asked([])

    monkeypatch.setattr(keyslot, "stretch", keys.stretch)
    monkeypatch.setattr("onggi.vault.opened.try_constructions", lambda: None)
    monkeypatch.setattr(keys, "Argon2id", start)
    path = cheap / "keys/01"
    head = b"".join(number.to_bytes(4, "big") for number in (cost.memory, cost.passes, cost.lanes))
    data = path.read_bytes()
    with changed(path, data[:2] + head + data[_CLEAR:]):
        assert "vault.keyslot.closed" in refuse(cheap, HELD, RIGHT)
    assert [(one["memory_cost"], one["iterations"], one["lanes"]) for one in asked] == [
        (cost.memory, cost.passes, cost.lanes)
    ]


class _Slot(Folder):
    """A folder with one keyslot in it, whose bytes are set."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def names(self, place: str) -> list[str]:
        return [f"{place}/{HELD:02d}"]

    def size(self, name: str) -> int:
        return len(self.data)

    def read(self, name: str) -> bytes:
        return self.data


def test_every_changed_byte_of_a_keyslot_closes_it_or_is_reported(cheap: Path) -> None:
    """10 for all but a version nobody knows (12); and what is not sealed opens, and is a finding."""
    path, codes = cheap / "keys/01", []
    data = path.read_bytes()
    for at in range(KEYSLOT):
        try:
            open_keyslot(_Slot(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]), HELD, RIGHT)
            codes.append(Exit.WELL)
        except OnggiError as error:
            codes.append(error.exit_code)
    sealed = _CLEAR + 16 + sealed_length(4096)
    assert codes[:2] == [Exit.CLOSED] * 2
    # A cost that stays within bounds asks for another key: it does not open either.
    assert codes[2:sealed] == [Exit.LOCKED] * (sealed - 2)
    assert codes[sealed:] == [Exit.WELL] * (KEYSLOT - sealed)
    for at in (sealed, KEYSLOT - 1):
        with changed(path, data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]):
            vault = open_vault(cheap, HELD, RIGHT, throw_dice())
            assert "vault.cells.tag" in [finding.code for finding in check_vault(vault).findings]


def test_no_command_tells_one_case_from_another(cheap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cheap.parent)
    monkeypatch.setenv("ONGGI_LANG", "en")
    Path("case.toml").write_text("onggi = 1\n", "utf-8")
    for slot in CLASSES.values():
        Path(f"key-{slot}").write_text("wrong" if slot == HELD else RIGHT, "utf-8")
    commands = [
        ("show", "vault", "C-7Q2WZ5C"),
        ("search", "vault", "a"),
        ("log", "vault"),
        ("verify", "vault"),
        ("rebuild", "vault"),
        ("copy", "vault", "copied"),
        ("record", "vault", "case.toml"),
        ("add", "vault", "C-7Q2WZ5C", "case.toml"),
        ("prove", "vault", "0" * 32, "--out", "bag"),
        ("erase", "vault", "0" * 32, "--because", "asked"),
        ("member", "vault", "list"),
        ("member", "vault", "add", "--new-passphrase-file", f"key-{HELD}"),
    ]
    before = look(cheap.parent)
    for words in commands:
        for more in ((), ("--json",)):
            answers = {say(slot, *words, *more) for slot in CLASSES.values()}
            assert len(answers) == 1 and answers.pop()[0] == Exit.LOCKED, words
    assert look(cheap.parent) == before


@pytest.mark.parametrize("number", ["0", "-1", "1000", "one", ""])
def test_what_is_no_slot_is_said_before_anything_is_asked(
    number: str, cheap: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "ask_passphrase", _ask_nobody)
    monkeypatch.setenv("ONGGI_LANG", "en")
    assert run(["log", str(cheap), f"--as={number}"]) == Exit.USAGE
    shown = capsys.readouterr()
    assert "--as" in shown.err and shown.out == ""


def _ask_nobody(*_: object) -> str:
    raise AssertionError("nobody was to be asked")


def test_the_hundredth_member_gets_in(cheap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cheap.parent)
    Path("key-100").write_text(RIGHT, "utf-8")
    place = Folder(cheap, throw_dice())
    secret = structs.replace(open_keyslot(place, HELD, RIGHT), slot=100)
    (cheap / "keys/100").write_bytes(build_keyslot(secret, RIGHT, FLOOR, throw_dice()))
    assert say(100, "log", "vault")[0] == Exit.WELL


def test_all_slots_cost_the_same_whoever_is_let_in(cheap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot with another cost would be seen not to be spare, and members could be counted in a listing."""
    monkeypatch.chdir(cheap.parent)
    Path("key-1").write_text(RIGHT, "utf-8")
    for passes in (5, 9):
        cost = Cost(LEAST.memory, passes, LEAST.lanes)
        for module in (keyslot, founding):
            monkeypatch.setattr(module, "choose_cost", lambda cost=cost: cost)
        if passes == 5:
            assert run(["init", "new", "--passphrase-file", "key-1"]) == Exit.WELL
        for _ in range(2):
            assert say(1, "member", "new", "add", "--new-passphrase-file", "key-1")[0] == Exit.WELL
    clear = {path.read_bytes()[:_CLEAR] for path in Path("new/keys").iterdir()}
    assert len(clear) == 1 and len(list(Path("new/keys").iterdir())) == 8
    assert read_cost(Folder(Path("new"), throw_dice()), 5).passes == 5


def test_half_a_character_is_no_passphrase(
    cheap: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(asking, "_require_terminal", lambda: None)
    monkeypatch.setattr(asking, "getpass", lambda question: "quince \udced\udc9e")
    monkeypatch.setenv("ONGGI_LANG", "en")
    assert run(["log", str(cheap)]) == Exit.USAGE
    assert "no whole text" in capsys.readouterr().err
