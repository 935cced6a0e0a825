"""P8. What is erased is gone from the folder: with all keys, no guess at it is confirmed by what is left.

Erasure does not reach older copies, what a disk keeps of replaced files, or what people remember; here stands
what it does reach.
"""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.promises import office
from tests.promises.guesses import CUT, Guess, guess_file, guess_name, list_digests, list_pieces
from tests.promises.office import ANNA, KYUNG, PASSPHRASES, WORKER, Office
from tests.promises.plunder import Haul, plunder
from tests.promises.probes import imitate, say
from tests.promises.twins import Tally, twin

from onggi.dossier.prove import prove_statement
from onggi.errors import Exit
from onggi.evidence.verify import verify_bag
from onggi.intake.originals import Origin, take_in
from onggi.vault import erasing
from onggi.vault.checking import check_vault
from onggi.vault.grants import STRATA
from onggi.vault.session import write_session

SEED = 20261123

_PERSON = """
onggi = 1
case = "{case}"
[person.guessed]
[[statement]]
about = "guessed"
property = "name"
value = {{ text = "{name}", lang = "ko" }}
"""


@pytest.fixture
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office.made_cheap():
        yield office.find_office(tmp_path_factory.getbasetemp())


@pytest.fixture
def vault(found: Office, tmp_path: Path) -> Path:
    return office.borrow(found.vault, tmp_path / "vault")


def erase(root: Path, person: str) -> None:
    """Erase the unit of a person, and let everybody look at what is left."""
    ledger = office.enter_ledger(root, ANNA)
    unit = ledger.find_unit(person)
    ledger.erase(unit.compartment, unit.stratum, unit.unit, "she asked")
    ledger.view(strata=STRATA)
    ledger.close()


def take_all(root: Path) -> Haul:
    """All that all members together read in a folder."""
    return plunder(root, list(PASSPHRASES.values()), office.throw_dice())


def find_marks(root: Path, haul: Haul, guess: Guess) -> set[bytes]:
    """The marks of a guess that stand in the files as they lie, or in what opens of them."""
    opened = b"\n".join(set(haul.opened.values()))
    sealed = b"\n".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())
    found = {mark for mark in list_pieces(guess) if mark in opened or mark in sealed}
    digests = {mark[:CUT] for mark in list_digests(guess, set(haul.keys.values()))}
    return found | {opened[at : at + CUT] for at in range(len(opened))} & digests


def add_person(root: Path, found: Office, name: str, data: bytes) -> str:
    """A further person of the case, with a name and a file that she brought; returns her id."""
    ledger = office.enter_ledger(root, WORKER)
    file = _PERSON.format(case=found.keys["case"], name=name)
    person = office.record_file(ledger, office.MAIN, file)["guessed"]
    photo = root.parent / "photo.jpg"
    photo.write_bytes(data)
    take_in(
        ledger,
        ledger.vault.compartment(),
        found.keys["case"],
        [photo],
        Origin(person),
        ledger.vault.randomness,
    )
    ledger.close()
    return person


@twin(1, 60)
def test_no_guess_at_what_was_erased_can_be_confirmed(
    count: int, found: Office, tmp_path: Path, tally: Tally
) -> None:
    """A person with a name and a file was recorded and erased. Then all was opened with the keys of all
    members together, and searched, sealed and open, for what somebody looks for who guesses right: pieces of
    the name and the file, hashes, hashes under every key left, leaves. None was there; before, they were."""
    dice = random.Random(SEED)
    for number in range(count):
        root = office.borrow(found.vault, tmp_path / f"{number}")
        name, data = imitate("옛샘누리", dice), dice.randbytes(dice.randint(1_000, 400_000))
        person = add_person(root, found, name, data)
        guesses = [guess_name(name), guess_file(data)]
        before = plunder(root, [PASSPHRASES[WORKER]], office.throw_dice())
        assert all(before.holds(piece) for guess in guesses for piece in guess.pieces)
        assert before.holds(hashlib.sha256(data).digest())
        erase(root, person)
        left = take_all(root)
        assert [find_marks(root, left, guess) for guess in guesses] == [set(), set()]
        tally.add("persons erased")
        for guess in guesses:
            tally.add(
                "marks looked for", len(list_pieces(guess)) + len(list_digests(guess, left.keys.values()))
            )


@twin(1, 30)
def test_what_is_left_has_the_same_shape_whatever_was_erased(
    count: int, found: Office, tmp_path: Path, tally: Tally
) -> None:
    """Two persons with other names of one length, and other files, were recorded in two copies of a vault
    and erased: what is left opens to the same kinds of objects, as many and as long."""
    dice = random.Random(SEED)
    for number in range(count):
        length = dice.randint(1_000, 400_000)
        shapes = []
        for side in "ab":
            root = office.borrow(found.vault, tmp_path / f"{number}{side}")
            erase(root, add_person(root, found, imitate("옛샘누리", dice), dice.randbytes(length)))
            shapes.append(list_shapes(root))
        assert shapes[0] == shapes[1]
        tally.add("pairs of vaults")


def list_shapes(root: Path) -> Counter[tuple[str, int]]:
    """The kinds of all objects that a holder of everything sees in the lists of packs, and their lengths."""
    vault = office.enter(root, WORKER)
    return Counter((part.kind, part.length) for part in vault.shelf.all_parts())


def test_the_erased_shows_as_erased_and_the_rest_verifies(
    found: Office, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = check_vault(office.enter(vault, WORKER)).counts
    erase(vault, found.keys["erased"])
    for slot in PASSPHRASES:
        assert check_vault(office.enter(vault, slot)).findings == []
    after = check_vault(office.enter(vault, WORKER)).counts
    # Her name, and of her file its bytes, name, type, two hashes, length, what came of looking into it, and
    # that she brought it.
    assert after["erased"] - before["erased"] == 9
    assert before["items"] - after["items"] == 1
    assert after["statements"] == before["statements"] - 8 + 1  # that it was erased, and why
    monkeypatch.chdir(vault.parent)
    (vault.parent / f"key-{WORKER}").write_text(PASSPHRASES[WORKER])
    code, out, _ = say(WORKER, "show", "vault", found.keys["erased"], "--identity", "--because", "asked")
    assert code == Exit.WELL and office.ERASED not in out and office.PROVED in out
    assert say(WORKER, "verify", "vault")[0] == Exit.WELL


def test_a_case_is_erased_from_the_record_as_a_person_from_identity(found: Office, vault: Path) -> None:
    said = (office.NORTHERN_TITLE, office.NORTHERN_RECORD)
    assert all(map(take_all(vault).holds, said))
    ledger = office.enter_ledger(vault, KYUNG)
    unit = ledger.find_unit(next(iter(ledger.vault.compartment().rings["record"].units)))
    ledger.erase(unit.compartment, "record", unit.unit, "it was another one")
    ledger.view(strata=STRATA)
    ledger.close()
    left = take_all(vault)
    assert not left.holds(*said) and left.holds(office.NORTHERN)
    assert all(check_vault(office.enter(vault, slot)).findings == [] for slot in PASSPHRASES)


def test_a_proof_made_before_still_verifies(found: Office, vault: Path) -> None:
    erase(vault, found.keys["erased"])
    report = verify_bag(found.bag)
    assert (report.valid, list(report.findings), report.statements) == (True, [], 1)
    # It can be made again, too: what was proved is the record, under a code.
    ledger = office.enter_ledger(vault, ANNA)
    proved = ledger.view().search(office.PROVED)[0].id
    assert prove_statement(ledger, proved, vault.parent / "again") == found.fingerprint
    assert verify_bag(vault.parent / "again").valid


def test_nobody_is_told_that_the_erased_was_there_before(
    found: Office, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her file and her name come again, and a file and a name that never came: one answer."""
    erase(vault, found.keys["erased"])
    monkeypatch.chdir(vault.parent)
    (vault.parent / f"key-{WORKER}").write_text(PASSPHRASES[WORKER])
    dice = random.Random(SEED)
    said = []
    for name, data in (
        (office.ERASED, office.ERASED_PHOTO),
        (imitate(office.ERASED, dice), dice.randbytes(len(office.ERASED_PHOTO))),
    ):
        root = office.borrow(vault, vault.parent / f"again {name}")
        Path("again.jpg").write_bytes(data)
        Path("again.toml").write_text(_PERSON.format(case=found.keys["case"], name=name), "utf-8")
        answers = [
            say(WORKER, "add", f"{root}", found.keys["case"], "again.jpg", "--json"),
            say(WORKER, "record", f"{root}", "again.toml", "--json"),
        ]
        assert all(code == Exit.WELL for code, _, _ in answers)
        said.append([re.sub(r"[0-9a-f]{16,64}|I-[0-9A-Z]{7}", "…", out + err) for _, out, err in answers])
    assert said[0] == said[1]


def test_a_key_that_is_cut_off_half_way_opens_nothing(
    found: Office, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails once the tombstone lies there and before the key is gone: she is not read any more, and
    the next write by somebody who holds the stratum takes the key away."""
    with monkeypatch.context() as patch, pytest.raises(ConnectionError):
        patch.setattr(erasing, "renew_ring", _fail)
        erase(vault, found.keys["erased"])
    ledger = office.enter_ledger(vault, WORKER)
    assert ledger.view(strata=STRATA).search(office.ERASED) == []
    ledger.close()
    assert take_all(vault).holds(office.ERASED)  # to whoever goes by the format: the key is still there
    with write_session(office.enter(vault, WORKER)):
        pass
    assert not take_all(vault).holds(office.ERASED)


def _fail(*_: object) -> None:
    raise ConnectionError
