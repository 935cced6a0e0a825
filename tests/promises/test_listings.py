"""P4, P5. Sizes, names and times of files tell a class and no more."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count as count_up
from pathlib import Path
from random import Random

import pytest
from tests.ledger.invented import kind, record, state
from tests.promises.canaries import MARKS, write_story
from tests.promises.desks import Desk, launch
from tests.promises.launcher import stretch_cheaply
from tests.promises.listings import Listing, is_power, read_listing
from tests.promises.noise import are_uniform, find_patterned, find_repeats, weigh
from tests.promises.twins import Tally, twin

from onggi.errors import Exit
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.stratum import Stratum
from onggi.vault import folder, keyslot
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.keys import LEAST
from onggi.vault.opened import Vault, open_vault
from onggi.vault.session import write_session

ADMIN, MEMBER = 1, 2
PASSPHRASES = {ADMIN: "the admin's", MEMBER: "the member's"}
_PROPERTIES = {Stratum.RECORD: "note", Stratum.IDENTITY: "alias", Stratum.CARE: "risk_note"}
_PERSONS = 64


@dataclass(frozen=True)
class Work:
    """What is put into a vault: how many statements in how many commits, how long, about how many persons."""

    statements: int
    commits: int
    strata: tuple[Stratum, ...] = tuple(Stratum)
    length: int = 30
    persons: int = 3

    def batches(self) -> Iterator[list[Placed]]:
        """The statements of each commit."""
        for commit in range(self.commits):
            numbers = range(commit, self.statements, self.commits)
            yield [self._place(number) for number in numbers]

    def _place(self, number: int) -> Placed:
        stratum = self.strata[number % len(self.strata)]
        person = f"p{number % self.persons}"
        return stratum, state(
            f"s{number}", _PROPERTIES[stratum], f"{number} ".ljust(self.length, "x"), person
        )


@dataclass
class Builder:
    """Makes vaults, each once: a passphrase costs nothing in them, and nothing waits for the disk."""

    root: Path
    built: dict[Work, Path] = field(default_factory=dict)

    def build(self, work: Work) -> Path:
        """The folder of a vault with this work in it, in which nobody else works."""
        if work not in self.built:
            root = self.built[work] = self.root / f"{len(self.built)}"
            vault = create_vault(root, PASSPHRASES[ADMIN], "main", LEAST, os.urandom)
            with write_session(vault):
                slot = add_member(vault, PASSPHRASES[MEMBER], "member", LEAST)
                grant_strata(vault, vault.compartment(), vault.members.slots()[slot], ["record"], False)
            ledger = Ledger(vault, partial(next, count_up(1_000)))
            persons = [kind(f"p{number}", "person") for number in range(_PERSONS)]
            for batch in (record(kind("case", "case"), *persons), *work.batches()):
                ledger.append(ledger.vault.compartment(), batch)
            read_all(ledger)
        return self.built[work]

    def list(self, work: Work) -> Listing:
        """The listing of such a vault."""
        return read_listing(self.build(work))


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """All tests of this page look at the same vaults."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslot, "stretch", stretch_cheaply)
        patch.setattr(folder, "_sync", lambda file: None)
        yield Builder(tmp_path_factory.mktemp("listings"))


def read_all(ledger: Ledger) -> None:
    """Have every projection made, as by reading."""
    ledger.view(strata=("record", "identity", "care"))
    ledger.close()


def sizes(count: int) -> tuple[int, int, int]:
    """Ten, a hundred and five hundred of five hundred; fewer of fewer."""
    return max(count // 50, 1), count // 5, count


@twin(20, 500)
def test_few_and_many_statements_differ_in_classes(builder: Builder, count: int, tally: Tally) -> None:
    """Vaults of a fiftieth, a fifth and all of the statements, each in a commit of its own: names of one
    form, one time, one permission; what differs is how many packs there are and how large indexes, in powers
    of two."""
    few, some, many = (builder.list(Work(number, number)) for number in sizes(count))
    for one, other in ((few, some), (some, many), (few, many)):
        assert one.differs(other).keys() <= {"packs", "index"}
        assert not one.names & other.names - {f"keys/{number:02}" for number in range(1, 5)}
    for statements, listing in zip(sizes(count), (few, some, many), strict=True):
        packs = sum(number for (place, _), number in listing.counts.items() if place == "packs")
        tally.add(f"packs with {statements} statements", packs)


@twin(20, 500)
def test_content_makes_no_difference(builder: Builder, count: int, tally: Tally) -> None:
    """As many statements in as many commits of one stratum, in one stratum or in all, of one letter or of
    three hundred, of one person or sixty-four: the listings are the same but for sizes of indexes."""
    few, all_strata = max(count // 5, 1), tuple(Stratum)
    variants = {
        "strata": [Work(few, few, strata) for strata in (all_strata, *((one,) for one in Stratum))],
        "lengths": [Work(count, few, length=length) for length in (30, 1, 300)],
        "persons": [Work(count, few, persons=persons) for persons in (3, 1, _PERSONS)],
    }
    for what, (usual, *others) in variants.items():
        for work in others:
            assert (what, builder.list(usual).differs(builder.list(work)).keys() - {"index"}) == (what, set())
            tally.add(f"pairs that differ in {what}")


@twin(20, 500)
def test_a_member_without_the_grant_sees_classes(builder: Builder, count: int, tally: Tally) -> None:
    """A member of the record opens vaults with few, some and many statements in identity and care: how many
    packs anybody wrote is a power of two for her, and so is how many there are."""
    for number in sizes(count):
        vault = open_as(builder.build(Work(number, number, (Stratum.IDENTITY, Stratum.CARE))), MEMBER)
        assert vault.compartment().strata == ("record",)
        lying = count_packs(vault, vault.shelf.names)
        common = count_packs(vault, vault.shelf.names_of(vault.common_fillers))
        written = [
            count_packs(vault, {f"packs/{pack[0]}/{pack[1:]}" for pack in heads.packs})
            for heads in vault.heads.values()
        ]
        # What is no common filler was written by somebody.
        assert lying == Counter(common) + sum(map(Counter, written), Counter())
        assert all(is_power(packs) for counts in (lying, *written) for packs in counts.values())
        assert vault.shelf.closed
        tally.add(f"closed to her of {number} statements", len(vault.shelf.closed))


@twin(20, 500)
def test_an_erasure_takes_nothing_off_the_listing(builder: Builder, count: int, tally: Tally) -> None:
    """Units of identity and care are erased: no number changes and no size but an index's; fillers make way
    for what is written then."""
    root = builder.build(Work(count, max(count // 5, 1), length=31))
    before = read_listing(root)
    ledger = Ledger(open_as(root, ADMIN), partial(next, count_up(10_000_000)))
    for stratum in ("identity", "care"):
        compartment = ledger.vault.compartment()
        ledger.erase(compartment, stratum, next(iter(compartment.rings[stratum].units)), "she asked")
        after = read_listing(root)
        assert before.differs(after).keys() <= {"index"}
        tally.add("erasures")
        tally.add("names that changed", len(before.names ^ after.names))
        before = after


@twin(6, 1000)
def test_whoever_stops_a_command_leaves_a_calm_folder(count: int, tally: Tally, tmp_path: Path) -> None:
    """Commands that read, write and rebuild, interrupted, told to go, or left by their terminal at any
    moment: the listing is at once that of a vault at rest, nothing lies in tmp/, and all of it verifies."""
    desk = Desk.make(tmp_path / "watched")
    (desk.folder / "key").write_text("words\n", "utf-8")
    (desk.folder / "story.toml").write_text(write_story(range(30)), "utf-8")
    vault, key = desk.folder / "vault", ("--passphrase-file", "key")
    commands = (
        ("record", "vault", "story.toml"),
        ("search", "vault", MARKS["Han"], "--identity", "--because", "reading"),
        ("rebuild", "vault"),
    )
    signals, dice = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP), Random(count)
    with launch(desk) as launched:
        assert launched.run("init", "vault", *key).code == Exit.WELL
        started = time.monotonic()
        assert launched.run(*commands[0], *key).code == Exit.WELL
        longest = 1.2 * (time.monotonic() - started)
        for turn in range(count):
            moment, told = dice.uniform(0, longest), signals[turn // len(commands) % len(signals)]

            def stop(child: int, told: signal.Signals = told, moment: float = moment) -> None:
                time.sleep(moment)
                os.kill(child, told)

            said = launched.run(*commands[turn % len(commands)], *key, meanwhile=stop)
            assert said.code in (Exit.WELL, Exit.INTERRUPTED, -told), said
            read_listing(vault)
            tally.add("stopped" if said.code else "too late to be stopped")
        assert launched.run("verify", "vault", *key).code == Exit.WELL


@twin(20, 500)
def test_files_look_like_noise(builder: Builder, count: int, tally: Tally) -> None:
    """Chi-squared on the bytes of every pack, cell, keyslot and index, of few and of many statements;
    p-values that look uniform themselves; no value at one place in more files than chance puts it."""
    files = [path for number in sizes(count) for path in list_files(builder.build(Work(number, number)))]
    values = [weigh(data) for data in read_sealed(files)]
    assert [str(files[at].parent.name) for at in find_patterned(values)] == []
    assert are_uniform(values)
    for place in ("packs", "heads", "rings", "desks", "keys", "index"):
        of_place = [path for path in files if place in path.parts]
        assert of_place and find_repeats(list(read_sealed(of_place))) == []
        tally.add(place, len(of_place))


def test_patterns_are_told_from_noise() -> None:
    """The control: a pack that is only padded, one with a part that is not sealed, bytes that are too even,
    weak noise, and one byte before or behind each file are all found."""
    size, few = 64 << 10, 64
    noise = [os.urandom(size) for _ in range(few)]
    values = list(map(weigh, noise))
    assert find_patterned(values) == [] and are_uniform(values) and find_repeats(noise) == []
    text = b'{"about":"p1","what":"name"}' * 40
    padded = (len(text).to_bytes(8, "big") + text).ljust(size, b"\0")
    part = text + noise[0][len(text) :]
    even = bytes(range(256)) * (size // 256)
    for patterned in (padded, part, even):
        assert find_patterned([*values[1:], weigh(patterned)]) == [few - 1]
    assert not are_uniform([weigh(bytes(byte & 0xFE | byte >> 7 & 1 for byte in data)) for data in noise])
    marked = [b"\1" + data[1:] for data in noise]
    assert find_repeats(marked) == [0]
    assert find_repeats([data[:-1] + b"\1" for data in noise]) == [-1]


def open_as(root: Path, slot: int) -> Vault:
    """A vault as one of its members sees it."""
    return open_vault(root, slot, PASSPHRASES[slot], os.urandom)


def count_packs(vault: Vault, names: Iterable[str]) -> dict[int, int]:
    """How many of these packs there are of each size."""
    return {size: len(found) for size, found in vault.shelf.sizes(names).items() if found}


def list_files(root: Path) -> list[Path]:
    """Every file with something in it; of the two copies of a cell, which are the same, one."""
    found = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "lock"]
    return [path for path in found if path.suffix != ".1"]


def read_sealed(files: Sequence[Path]) -> Iterator[bytes]:
    """The bytes of files but for what a keyslot says in clear: version, flags, and cost."""
    for path in files:
        yield path.read_bytes()[14 if path.parent.name == "keys" else 0 :]
