"""One small vault with one of everything in it, for tests that damage it, and the keys to open it at once.

Two members, two compartments, all strata, an item of several parts, an erased unit, an anchor, and a search
index. A passphrase costs nothing here, and nothing waits for the disk.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import shake_256
from itertools import count
from pathlib import Path

import pytest
from tests.ledger.invented import id_of, kind, point, record, state
from tests.vault.invented import Dice, stretch_cheaply

from onggi.ledger.ledger import Ledger, Placed
from onggi.model.stratum import Stratum
from onggi.vault import folder, keyslot
from onggi.vault.anchors import make_anchor
from onggi.vault.enrol import add_compartment, add_member, create_vault, grant_strata
from onggi.vault.folder import Folder
from onggi.vault.grants import STRATA
from onggi.vault.keys import FLOOR, Cost, Device
from onggi.vault.keyslot import open_keyslot
from onggi.vault.opened import Vault, open_vault
from onggi.vault.seal import Randomness
from onggi.vault.session import write_session
from onggi.vault.writing import File, store_entry, write_objects

ADMIN, MEMBER = 1, 2
PASSPHRASES = {ADMIN: "the admin's", MEMBER: "the member's"}
COST = Cost(FLOOR.memory, FLOOR.passes, FLOOR.lanes)
ITEMS = {"photo": 300_000, "film": 600_000}
"""The second finds no room behind the first in one pack of 1 MiB: it is kept in two parts."""

ERASED = "guard"

_openings = count()


@contextmanager
def made_cheap() -> Iterator[None]:
    """Argon2id and fsync replaced while this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslot, "stretch", stretch_cheaply)
        patch.setattr(folder, "_sync", lambda file: None)
        yield


def build_small_vault(root: Path) -> None:
    """Make it, and leave it closed."""
    ticks = count(1_700_000_000_000, 1000)
    with made_cheap():
        create_vault(root, PASSPHRASES[ADMIN], "main", COST, Dice("small")).folder.calm()
        vault = open_vault(root, ADMIN, PASSPHRASES[ADMIN], Dice("small again"))
        with write_session(vault):
            add_compartment(vault, "north")
            add_member(vault, PASSPHRASES[MEMBER], "member", COST)
            card = vault.members.slots()[MEMBER]
            grant_strata(vault, vault.compartment("main"), card, ["record"], False)
            grant_strata(vault, vault.compartment("north"), card, STRATA, False)
        ledger = Ledger(vault, lambda: next(ticks))
        _record(ledger, "main", _case("one"), dict(ITEMS))
        _record(ledger, "north", _case("north"))
        _record(ledger, "main", _spoken_by("one", ERASED))
        member = Ledger(open_as(root, MEMBER), lambda: next(ticks))
        _record(member, "main", record(state("m1", "note", "seen at dusk", "woman", case="one")))
        _record(member, "north", _case("ford"))
        unit = ledger.find_unit(id_of(ERASED))
        ledger.erase(unit.compartment, unit.stratum, unit.unit, "asked to")
        with write_session(vault):
            _anchor(vault)
        _record(ledger, "main", record(state("z1", "note", "after the anchor", "woman", case="one")))
        ledger.rebuild()
        ledger.close()


def _record(ledger: Ledger, name: str, placed: list[Placed], files: dict[str, int] | None = None) -> None:
    kept = [
        File(id_of(file), "", io.BytesIO(shake_256(file.encode()).digest(length)), length)
        for file, length in (files or {}).items()
    ]
    ledger.append(ledger.vault.compartment(name), placed, kept)


def _case(case: str) -> list[Placed]:
    """A person in a case: three things in the record, her name apart, and what she needs."""
    person = "woman" if case == "one" else f"woman {case}"
    return [
        *record(kind(case, "case", case), kind(person, "person", case)),
        *record(state(f"{case}1", "note", "crossed at night", person, case=case)),
        *record(state(f"{case}2", "name", f"Name {case}", person, case=case), stratum=Stratum.IDENTITY),
        *record(state(f"{case}3", "note", "needs a doctor", person, case=case), stratum=Stratum.CARE),
    ]


def _spoken_by(case: str, person: str) -> list[Placed]:
    """Another person of the case, whose identity is to be erased."""
    return [
        *record(kind(person, "person", case), point(f"{person}r", "case", case, person, case=case)),
        *record(
            state(f"{person}n", "name", "Name of the guard", person, case=case), stratum=Stratum.IDENTITY
        ),
    ]


def _anchor(vault: Vault) -> None:
    main = vault.compartment("main")
    assert vault.publication is not None
    stored = make_anchor(main.history.steps(), vault.publication, vault.randomness)
    write_objects(vault, {main.log_domain: [store_entry(vault, stored, "anchor")]})


def fresh_dice() -> Randomness:
    """Dice that nobody else has, the same in every run."""
    return Dice(f"opening {next(_openings)}")


def hold_keys(root: Path, slot: int) -> Device:
    """The secret behind a keyslot, so that a vault can be opened many times without its passphrase."""
    with made_cheap():
        return Device.of(open_keyslot(Folder(root, fresh_dice()), slot, PASSPHRASES[slot]))


def open_with(place: Path | Folder, device: Device) -> Vault:
    """The vault as this device sees it now."""
    found = Folder(place, fresh_dice()) if isinstance(place, Path) else place
    return Vault(found, device, PASSPHRASES[device.secret.slot], fresh_dice())


def open_as(root: Path, slot: int) -> Vault:
    """The vault as a member sees it now."""
    return open_with(root, hold_keys(root, slot))
