"""P3. However what three members wrote comes together, it comes to the same, and what was erased stays so.

Merging is the union of sets: of commits, and of tombstones, which win. It is shown of the pure fold, of the
projection that is kept up piece by piece, and of folders between which a courier carries packs.
"""

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.invented import id_of, kind, point, record, state
from tests.ledger.test_fold import histories, may
from tests.promises.small_vault import COST, fresh_dice, made_cheap
from tests.promises.twins import Tally, twin
from tests.vault.invented import Dice

from onggi.ledger.fold import fold
from onggi.ledger.held import Held
from onggi.ledger.index import Index, open_index
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.statement import Statement, read_slots, write_slots
from onggi.model.stratum import Stratum
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.folder import Folder
from onggi.vault.grants import STRATA
from onggi.vault.keys import Device
from onggi.vault.keyslot import open_keyslot
from onggi.vault.opened import Vault
from onggi.vault.session import write_session

ANNA, BORA, CHEN = 1, 2, 3
MEMBERS = (ANNA, BORA, CHEN)
PEOPLE = ("ari", "bom", "chun")
WORDS = ("강을 건넜다", "被卖到 辽宁", "in winter", "broker money", "말하지 않았다")
ASKED = ("강을", "辽宁", "winter", "money", "리", "ri", "않았다 말")


# — the fold —


@twin(100, 20_000)
def test_fold(tally: Tally, count: int) -> None:
    """Any order, any copies and any pieces of what three members wrote, folded: always the same view."""

    @settings(max_examples=count, deadline=None)
    @given(histories(), st.data())
    def check(history: list[Held], data: st.DataObject) -> None:
        whole = fold(history, may)
        doubled = history + (data.draw(st.lists(st.sampled_from(history))) if history else [])
        assert fold(data.draw(st.permutations(doubled)), may) == whole
        cut = data.draw(st.integers(0, len(history)))
        pieces = set(history[cut:]) | set(history[: data.draw(st.integers(cut, len(history)))])
        assert fold(pieces, may) == whole
        tally.add("histories")

    check()


@twin(100, 5_000)
def test_projection(tally: Tally, count: int) -> None:
    """What three members wrote, put into an index piece by piece: live there is what is live in the fold."""

    @settings(max_examples=count, deadline=None)
    @given(histories(), st.lists(st.integers(0, 12), max_size=3))
    def check(history: list[Held], cuts: list[int]) -> None:
        there = [held for held in history if (held.stratum, held.compartment) == ("record", "main")]
        there.sort(key=lambda held: held.order)
        index = open_index(None, bytes(32), "main", "record")
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(there)], strict=True):
            _take_in(index, there[start:end])
        live = {id for id, live in index.rows("SELECT id, live FROM statement") if live}
        assert live == {held.id for held in fold(there, may).live}
        index.close()
        tally.add("histories")

    check()


def _take_in(index: Index, piece: Sequence[Held]) -> None:
    with index.writing():
        last = index.add((held, "unit", write_slots(held.statement)) for held in piece)
        index.judge(last, may)


# — folders —


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    """Without Argon2id and without fsync."""
    with made_cheap():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of three members, with a case in which three people have their units; nobody writes here."""
    root = tmp_path_factory.mktemp("merge") / "vault"
    with made_cheap():
        vault = create_vault(root, "1", "main", COST, Dice("merge"))
        with write_session(vault):
            for slot in (BORA, CHEN):
                assert add_member(vault, str(slot), "member", COST) == slot
                grant_strata(vault, vault.compartment(), vault.members.slots()[slot], STRATA, False)
        placed = record(kind("case", "case"), *(kind(one, "person") for one in PEOPLE))
        for stratum in (Stratum.IDENTITY, Stratum.CARE):
            about = (*PEOPLE, "case")
            placed += record(*(state(f"{one}{stratum}", "note", one, one) for one in about), stratum=stratum)
        ledger = Ledger(vault, lambda: 1_000)
        ledger.append(vault.compartment(), placed)
        ledger.close()
    return root


@dataclass
class Office:
    """A folder that members share, and the copies in which some of them work away from it."""

    root: Path
    dice: random.Random
    tally: Tally
    away: dict[int, Path] = field(default_factory=dict)
    said: dict[Stratum, list[str]] = field(default_factory=lambda: {one: [] for one in Stratum})
    erased: set[str] = field(default_factory=set)
    moment: int = 2_000

    def open(self, slot: int, root: Path) -> Ledger:
        """The ledger as a member has it in one folder; her clock is hers."""
        folder = Folder(root, fresh_dice())
        device = Device.of(open_keyslot(folder, slot, str(slot)))
        return Ledger(Vault(folder, device, str(slot), fresh_dice()), lambda: self.moment + 300 * slot)

    def step(self) -> None:
        """Something that happens in an office."""
        self.moment += self.dice.randint(0, 200)
        slot = self.dice.choice(MEMBERS)
        root = self.away.get(slot, self.root)
        doings = [self.write] * 6 + [self.read] * 3 + [self.erase, self.leave, self.come_back, self.lose]
        doing = self.dice.choice(doings)
        doing(slot, root)
        self.tally.add(doing.__name__.replace("_", " "))

    def write(self, slot: int, root: Path) -> None:
        """Record some statements about people whose units are there."""
        ledger = self.open(slot, root)
        known = {one: self._units(ledger, one.value).values() for one in Stratum}
        placed = [
            (stratum, said)
            for stratum, said in (self._say() for _ in range(self.dice.randint(1, 4)))
            # Keyrings do not travel yet: in a copy, nothing is said of whoever has no unit there.
            if stratum is Stratum.RECORD or said.subject in known[stratum]
        ]
        if placed:
            ledger.append(ledger.vault.compartment(), placed)
            for stratum, said in placed:
                self.said[stratum].append(said.id)
        ledger.close()

    def read(self, slot: int, root: Path) -> None:
        """Bring the indexes of a folder up."""
        self.open(slot, root).view(strata=STRATA).search("winter")

    def erase(self, slot: int, root: Path) -> None:
        """Erase what is known of somebody in one stratum."""
        ledger = self.open(slot, root)
        stratum = self.dice.choice(("identity", "care"))
        units = sorted(self._units(ledger, stratum))
        if units:
            unit = self.dice.choice(units)
            ledger.erase(ledger.vault.compartment(), stratum, unit, "asked to")
            self.erased.add(unit)
        ledger.close()

    def leave(self, slot: int, root: Path) -> None:
        """Take a copy along; from now on this member writes there alone."""
        if slot not in self.away:
            self.away[slot] = Path(shutil.copytree(self.root, self.root.with_name(f"away {slot}")))

    def come_back(self, slot: int, root: Path) -> None:
        """Bring the packs of a copy home, perhaps in two halves, and put the copy away."""
        if slot in self.away:
            self.carry(self.away[slot], self.root, (slot,))
            shutil.rmtree(self.away.pop(slot))

    def lose(self, slot: int, root: Path) -> None:
        """Lose the indexes of a folder."""
        shutil.rmtree(root / "index", ignore_errors=True)

    def carry(self, source: Path, target: Path, slots: Sequence[int]) -> None:
        """What a courier does: packs that are missing, in two halves; then the heads of some members."""
        names = [name for name in Folder(source, bytes).names("packs") if not (target / name).exists()]
        self.dice.shuffle(names)
        half = self.dice.randint(0, len(names))
        for part in (names[:half], names[half:]):
            for name in part:
                shutil.copy2(source / name, target / name)
            if self.dice.random() < 0.5:
                self.read(ANNA, target)
        cards = self.open(ANNA, source).vault.members.slots()
        for slot in slots:
            for name in (f"heads/{cards[slot].heads}.{copy}" for copy in "01"):
                shutil.copy2(source / name, target / name)

    def _units(self, ledger: Ledger, stratum: str) -> dict[str, str]:
        """The units of people in a stratum, each with whom it belongs to."""
        held = ledger.holders(ledger.vault.compartment(), stratum, id_of("case"))
        return {unit: person for unit, (_, person) in held.items() if person}

    def _say(self) -> Placed:
        id = f"s{self.dice.getrandbits(64):x}"
        stratum = self.dice.choice(tuple(Stratum))
        about, other = self.dice.choice(PEOPLE), self.dice.choice(PEOPLE)
        earlier = self.said[stratum]
        judged: dict[str, Any] = {
            way: [bytes.fromhex(one).decode().strip("\0") for one in self.dice.sample(earlier, 1)]
            for way in ("supersedes", "retracts")
            if earlier and self.dice.random() < 0.3
        }
        said: Statement
        match self.dice.randrange(6):
            case 0:
                said = point(id, self.dice.choice(("same_as", "different_from")), other, about, **judged)
            case 1:
                said = state(id, "name", self.dice.choice(("리영희", "Ri Yong Hui")), about, **judged)
            case 2:
                denies = self.dice.random() < 0.3
                said = point(id, "victim", other, about, source="paper", denies=denies, **judged)
            case _:
                said = state(id, "note", self.dice.choice(WORDS), about, source="paper", **judged)
        return stratum, said


@twin(2, 250)
def test_folders(swift_path: Path, template: Path, tally: Tally, count: int) -> None:
    """Three members write, read and erase in a folder and in copies, and lose indexes: one answer for all."""
    for number in range(count):
        place = swift_path / f"{number}"
        office = Office(Path(shutil.copytree(template, place / "home")), random.Random(number), tally)
        for _ in range(16):
            office.step()
        for slot, root in office.away.items():
            office.carry(root, office.root, (slot,))
        for slot, root in office.away.items():
            others = [one for one in MEMBERS if one != slot]
            office.carry(office.root, root, [one for one in others if one not in office.away])
            for one in set(others) & office.away.keys():
                office.carry(office.away[one], root, (one,))
        _check_alike(office)
        shutil.rmtree(place)
        tally.add("offices")


def _check_alike(office: Office) -> None:
    expected = None
    for root in (office.root, *office.away.values()):
        for slot in MEMBERS:
            ledger = office.open(slot, root)
            held = list(_read_all(ledger))
            assert not office.erased & {one.statement.about.unit for one in held}
            folded = fold(held, ledger.may)
            for way in ("as it stands", "from a lost index"):
                if way == "from a lost index":
                    ledger.rebuild()
                view = ledger.view(strata=STRATA)
                found = [view.statement(one.id) for one in held]
                assert found == held
                assert {one.id for one in found if one and view.is_live(one)} == {
                    one.id for one in folded.live
                }
                answers = [set(folded.live), *_ask(ledger)]
                expected = expected or answers
                assert answers == expected, (root.name, slot, way)
                office.tally.add("folders asked")
            ledger.close()


def _read_all(ledger: Ledger) -> Iterator[Held]:
    """Every statement that can be read, straight from the packs."""
    vault, compartment = ledger.vault, ledger.vault.compartment()
    for step in compartment.history.steps():
        commit, author = step.commit, vault.members.member_of(step.commit.device) or ""
        for stratum in STRATA:
            for kept in vault.content(compartment, step, stratum).kept:
                where = (stratum, compartment.id, step.hash, commit.log, commit.seq, kept.place, kept.index)
                yield Held(read_slots(kept.slots), *where, commit.hlc, author)


def _ask(ledger: Ledger) -> Iterator[Any]:
    view = ledger.view(strata=STRATA)
    for entity in (*PEOPLE, "case"):
        yield view.portrait(id_of(entity))
    for query in ASKED:
        yield [held.id for held in view.search(query)]
        yield {held.id for held in view.search(query, "best")}
