"""Who may let whom in, what is whose, and what is erased.

What all this tells to others is shown in tests/promises/test_apart.py and test_erased.py.
"""

import os
from pathlib import Path

import pytest
from tests.vault.invented import (
    ADMIN,
    ALPHA,
    COST,
    GAMMA,
    MEMBER,
    NORTHERNER,
    PASSPHRASES,
    Clock,
    check_as,
    count_packs,
    make_entries,
    open_as,
    read_all,
    write,
)

from onggi.errors import OnggiError
from onggi.vault.checking import check_vault
from onggi.vault.desk import read_desk, write_desk
from onggi.vault.enrol import add_compartment, add_member, grant_strata
from onggi.vault.erasing import erase_unit
from onggi.vault.session import write_session
from onggi.vault.writing import Change

LATER = Clock(9_000_000)


def test_a_compartment_is_known_to_those_who_are_in_it(root: Path) -> None:
    member, northerner = open_as(root, MEMBER), open_as(root, NORTHERNER)
    assert [one.name for one in member.compartments] == ["main"]
    assert [one.name for one in northerner.compartments] == ["north"]
    for asked in ("north", "nowhere", open_as(root, ADMIN).compartment("north").id):
        with pytest.raises(OnggiError) as raised:
            member.compartment(asked)
        assert (raised.value.id, raised.value.values) == ("vault.compartment", {})


def test_an_admin_must_choose_between_compartments(root: Path) -> None:
    with pytest.raises(OnggiError, match="vault.compartments") as raised:
        open_as(root, ADMIN).compartment()
    assert raised.value.values == {"count": 2}


def test_nobody_but_an_admin_lets_in(root: Path) -> None:
    before = count_packs(root)
    with write_session(vault := open_as(root, MEMBER)):
        main = vault.compartment("main")
        for refused in (
            lambda: add_member(vault, "x", "admin", COST),
            lambda: add_compartment(vault, "mine"),
            lambda: grant_strata(vault, main, vault.card, ["record"], False),
        ):
            with pytest.raises(OnggiError, match="vault.enrol.admin"):
                refused()
    assert count_packs(root) == before


def test_an_admin_gives_only_what_she_holds(root: Path) -> None:
    with write_session(vault := open_as(root, ADMIN)):
        with pytest.raises(OnggiError, match="vault.enrol.compartment"):
            add_compartment(vault, "north")
        slot = add_member(vault, "another admin's", "admin", COST)
        card = vault.members.slots()[slot]
        grant_strata(vault, vault.compartment("main"), card, ["record"], False)
    PASSPHRASES[slot] = "another admin's"
    with write_session(vault := open_as(root, slot)):
        member = vault.members.slots()[MEMBER]
        for strata, release in ((["identity"], False), (["record"], True)):
            with pytest.raises(OnggiError, match="vault.enrol.held"):
                grant_strata(vault, vault.compartment("main"), member, strata, release)
        grant_strata(vault, vault.compartment("main"), member, ["record"], False)
        add_compartment(vault, "hers")
    del PASSPHRASES[slot]
    assert all(check_as(root, one).findings == [] for one in (ADMIN, MEMBER, NORTHERNER))
    assert "hers" not in [one.name for one in open_as(root, ADMIN).compartments]


def test_many_members_grow_the_folder_by_their_sum(root: Path) -> None:
    with write_session(vault := open_as(root, ADMIN)):
        for number in range(6):
            slot = add_member(vault, f"number {number}", "member", COST)
            PASSPHRASES[slot] = f"number {number}"
            card = vault.members.slots()[slot]
            grant_strata(vault, vault.compartment("main"), card, ["record"], False)
    for slot in range(4, 10):
        write(open_as(root, slot), {"record": Change(make_entries(ALPHA, 2))}, clock=LATER)
        del PASSPHRASES[slot]
    assert sum(count_packs(root).values()) <= 256 + 2
    assert check_as(root, ADMIN).findings == check_as(root, NORTHERNER).findings == []
    assert len(list((root / "keys").iterdir())) == 16


def test_the_erased_shows_as_erased_and_the_rest_verifies(root: Path) -> None:
    whole = read_all(open_as(root, ADMIN))
    ring = open_as(root, ADMIN).compartment("main").rings["identity"]
    with write_session(vault := open_as(root, ADMIN)):
        erase_unit(vault, vault.compartment("main"), "identity", GAMMA)
        for again in ("identity", "record"):
            with pytest.raises(OnggiError, match="vault.erasing.unknown"):
                erase_unit(vault, vault.compartment("main"), again, GAMMA)
    report = check_as(root, ADMIN)
    assert report.findings == [] and (report.counts["erased"], report.counts["items"]) == (2, 0)
    assert read_all(open_as(root, ADMIN)) == {**whole, ("main", "identity"): []}
    after = open_as(root, ADMIN).compartment("main").rings["identity"]
    assert GAMMA not in after.units and after.erased == {GAMMA}
    assert after.ring_key != ring.ring_key and after.index_key != ring.index_key
    assert check_as(root, MEMBER).findings == []
    with pytest.raises(OnggiError, match="vault.strata.erased"):
        write(open_as(root, ADMIN), {"identity": Change(make_entries(GAMMA, 1))})


def test_a_keyring_that_was_set_back_does_not_bring_back_the_erased(root: Path) -> None:
    name = open_as(root, ADMIN).compartment("main").grants.start.rings["identity"]
    paths = [root / f"rings/{name}.{copy}" for copy in (0, 1)]
    before = [path.read_bytes() for path in paths]
    with write_session(vault := open_as(root, ADMIN)):
        erase_unit(vault, vault.compartment("main"), "identity", GAMMA)
    for path, data in zip(paths, before, strict=True):
        path.write_bytes(data)
    vault = open_as(root, ADMIN)
    assert read_all(vault)["main", "identity"] == []
    assert [one.code for one in check_vault(vault).findings] == ["vault.keyring.behind"]
    record = {path: path.read_bytes() for path in (root / "rings").iterdir() if path not in paths}
    write(open_as(root, ADMIN), {}, clock=LATER)
    assert check_as(root, ADMIN).findings == []
    assert {path: path.read_bytes() for path in record} == record


def test_nothing_of_the_machine_or_the_people_stands_in_the_files(root: Path) -> None:
    secrets = [
        *PASSPHRASES.values(),
        "alpha",
        "gamma",
        "north",
        "main",
        "record",
        "identity",
        "admin",
        "ed25519",
    ]
    secrets += [os.uname().nodename, str(root), str(Path.home()), "onggi"]
    needles = [
        form
        for text in secrets
        for form in (text.encode(), text.encode("utf-16-le"), text.encode().hex().encode())
    ]
    for path in root.rglob("*"):
        assert not any(text in str(path.relative_to(root)) for text in ("alpha", "main", "admin"))
        if path.is_file():
            data = path.read_bytes()
            assert [needle for needle in needles if len(needle) > 3 and needle in data] == []


def test_a_desk_is_its_owners(root: Path) -> None:
    write_desk(open_as(root, ADMIN), b'{"draft":1}')
    assert read_desk(open_as(root, ADMIN)) == b'{"draft":1}'
    assert read_desk(open_as(root, MEMBER)) == b"{}"
    assert check_as(root, MEMBER).findings == []
    mine, hers = (root / f"desks/{open_as(root, slot).card.desk}" for slot in (ADMIN, MEMBER))
    hers.write_bytes(mine.read_bytes())
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        read_desk(open_as(root, MEMBER))
