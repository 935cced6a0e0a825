"""P3. What was set back is reported wherever somebody knows more: a list, a peer's commit, five words.

Three members share a vault. Every state of its folder is kept (hard links: files are replaced, never written
in place), so that any file of any earlier state can be put back. What nobody can see is shown, too.
"""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.promises.small_vault import COST, fresh_dice, made_cheap
from tests.promises.twins import Tally, twin
from tests.vault.invented import Clock, Dice, codes, make_entries, read_all

from onggi.cli.main import run
from onggi.errors import Exit, OnggiError
from onggi.vault import writing
from onggi.vault.checking import Report, check_vault
from onggi.vault.copying import copy_vault
from onggi.vault.enrol import add_compartment, add_member, create_vault, grant_strata
from onggi.vault.erasing import erase_unit
from onggi.vault.folder import Folder
from onggi.vault.keys import Device
from onggi.vault.keyslot import open_keyslot
from onggi.vault.members import Card
from onggi.vault.opened import Vault
from onggi.vault.packs import pack_name
from onggi.vault.session import write_session
from onggi.vault.writing import Change, write_commit
from onggi.words.heads import has_head, read_head, say_head

ANNA, BORA, CHEN = 1, 2, 3
MEMBERS = (ANNA, BORA, CHEN)
SHARED = {ANNA: ("main", "north"), BORA: ("main",), CHEN: ("main", "north")}
PLACES = ("keys", "heads", "rings", "desks", "packs")

Texts: TypeAlias = dict[tuple[str, str], list[bytes]]
"""What can be read, by compartment and stratum."""

State: TypeAlias = dict[str, int]
"""A state of the folder: the inode of each file. Two files of one name with one inode are the same."""


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    """Without Argon2id and without fsync."""
    with made_cheap():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of three members and two compartments, in which nothing is recorded yet; nobody writes here."""
    root = tmp_path_factory.mktemp("shared") / "vault"
    with made_cheap():
        vault = create_vault(root, "1", "main", COST, Dice("shared"))
        with write_session(vault):
            add_compartment(vault, "north")
            for slot in (BORA, CHEN):
                assert add_member(vault, str(slot), "member", COST) == slot
                for name in SHARED[slot]:
                    card = vault.members.slots()[slot]
                    grant_strata(vault, vault.compartment(name), card, ["record"], False)
    return root


@dataclass
class Scene:
    """The shared vault, all its states, and the devices that work in it."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    states: list[Path] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def open(self, slot: int, root: Path | None = None) -> Vault:
        """The vault as a member sees it now."""
        folder = Folder(root or self.root, fresh_dice())
        return Vault(folder, Device.of(open_keyslot(folder, slot, str(slot))), str(slot), fresh_dice())

    def write(self, slot: int, name: str = "main", unit: str = "", root: Path | None = None) -> str:
        """A statement of a member in a session of her own; returns the five words of the new head."""
        text = f"{slot} {next(self.numbers)}"
        vault = self.open(slot, root)
        change = {"record": Change(make_entries(unit or f"{slot:032x}", 1, text))}
        with write_session(vault):
            receipt = write_commit(vault, vault.compartment(name), change, self.clock)
        return say_head(bytes.fromhex(receipt.step.hash), "en")

    def keep(self) -> Path:
        """Remember the folder as it is now."""
        state = self.root.with_name(f"state-{len(self.states)}")
        shutil.copytree(self.root, state, copy_function=os.link)
        self.states.append(state)
        return state

    def put_back(self, names: Iterable[str], state: Path) -> None:
        """Let these files be as they were in a state: also gone, where they were not there yet."""
        for name in names:
            (self.root / name).unlink(missing_ok=True)
            if (state / name).exists():
                os.link(state / name, self.root / name)


def list_state(root: Path) -> State:
    """All files of a vault and what they are; indexes are none of it."""
    return {
        name: (root / name).stat().st_ino for place in PLACES for name in Folder(root, bytes).names(place)
    }


def changed_since(root: Path, state: Path) -> list[str]:
    """The files that are not as they were in a state: other ones, new ones, and those that are gone."""
    now, then = list_state(root), list_state(state)
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


@pytest.fixture
def scene(template: Path, tmp_path: Path) -> Scene:
    """A copy of the shared vault to work on."""
    return Scene(Path(shutil.copytree(template, tmp_path / "vault")))


def work(scene: Scene, dice: random.Random, steps: int) -> None:
    """Let members write, whoever and wherever they may."""
    for _ in range(steps):
        slot = dice.choice(MEMBERS)
        scene.write(slot, dice.choice(SHARED[slot]))


def list_logs(vault: Vault) -> dict[tuple[str, str], list[str]]:
    """For each compartment and device that has written in it, the packs of its commits in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in vault.compartments:
        devices = {log.id: log.device for log in one.history.logs.values()}
        parts = vault.shelf.parts(one.log_domain, "commit")
        for part in sorted(parts, key=lambda part: part.seq):
            found.setdefault((one.name, devices[part.log]), []).append(part.pack)
    return found


def read_texts(vault: Vault) -> Texts:
    """All statements that can be read."""
    return {place: texts for place, texts in read_all(vault).items() if texts}


def find(scene: Scene, slot: int) -> Report:
    """What a member finds who opens the vault afresh."""
    return check_vault(scene.open(slot))


# — what a device has acknowledged —


@twin(1, 100)
def test_shortfall(scene: Scene, tally: Tally, count: int) -> None:
    """The newest commits of a log deleted: damage to all who share it, missing packs to all others."""
    for number in range(count):
        dice = random.Random(number)
        work(scene, dice, 2)
        present = scene.keep()
        name, device = dice.choice(sorted(logs := list_logs(scene.open(ANNA))))
        slot = scene.open(ANNA).members.devices[device].slot
        gone = logs[name, device][-dice.randint(1, 2) :]
        for pack in gone:
            (scene.root / pack).unlink()
        for other in MEMBERS:
            found = codes(find(scene, other))
            assert "vault.packs.missing" in found
            assert ("vault.heads.beyond" in found) is (name in SHARED[other])
        with pytest.raises(OnggiError, match="vault.writing.behind"):
            scene.write(slot, SHARED[slot][0])
        scene.put_back(changed_since(scene.root, present), present)
        tally.add("logs cut", 1)
        tally.add("commits gone", len(gone))


@twin(1, 100)
def test_tail(scene: Scene, tally: Tally, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that its device could not acknowledge any more: told, and rolled forward at its next write."""
    for number in range(count):
        dice = random.Random(number)
        slot = dice.choice(MEMBERS)
        name = dice.choice(SHARED[slot])
        before = read_all(scene.open(slot))
        with monkeypatch.context() as patch, pytest.raises(InterruptedError):
            patch.setattr("onggi.vault.writing.save_heads", _save_once(writing.save_heads))
            scene.write(slot, name)
        for other in MEMBERS:
            report = find(scene, other)
            assert report.well
            told = {finding.code for finding in report.findings}
            assert "vault.packs.leftover" in told
            assert ("vault.heads.behind" in told) is (name in SHARED[other])
        # One more is there than before, and nothing of it is lost.
        tail = read_all(scene.open(slot))
        assert len(tail[name, "record"]) == len(before[name, "record"]) + 1
        with write_session(scene.open(slot)):
            pass  # before anything is written
        assert all(find(scene, other).findings == [] for other in MEMBERS)
        assert read_all(scene.open(slot)) == tail
        tally.add("tails")


def _save_once(save: Callable[..., None]) -> Callable[..., None]:
    """Announce, and be cut off before acknowledging."""
    calls = count()

    def wrapped(*arguments: object, **options: object) -> None:
        if next(calls):
            raise InterruptedError
        save(*arguments, **options)

    return wrapped


# — what is put back —


@twin(1, 100)
def test_whole_folder(scene: Scene, tally: Tally, count: int) -> None:
    """The whole folder put back to an earlier state: nobody can see it, and five words of a later head tell.

    The honest limit: without a second source an earlier whole state is whole.
    """
    scene.write(ANNA)
    for number in range(count):
        dice = random.Random(number)
        old = scene.keep()
        known = {slot: heads_of(scene.open(slot)) for slot in MEMBERS}
        work(scene, dice, dice.randint(1, 3))
        noted = {slot: heads_of(scene.open(slot)) for slot in MEMBERS}
        present = scene.keep()
        scene.put_back(changed_since(scene.root, old), old)
        for slot in MEMBERS:
            vault = scene.open(slot)
            assert check_vault(vault).findings == []
            assert all(knows_words(vault, words) for words in known[slot])
            assert all(knows_words(vault, words) is (words in known[slot]) for words in noted[slot])
        assert any(noted[slot] != known[slot] for slot in MEMBERS)
        tally.add("folders put back")
        scene.put_back(changed_since(scene.root, present), present)


def heads_of(vault: Vault) -> set[str]:
    """What a member can note: the five words of the head of every log that she sees."""
    return {
        say_head(bytes.fromhex(log.head[1]), "en")
        for one in vault.compartments
        for log in one.history.logs.values()
    }


def knows_words(vault: Vault, words: str) -> bool:
    """What `verify --head` compares."""
    numbers = read_head(words)
    assert numbers is not None
    return any(
        has_head(bytes.fromhex(step.hash), numbers)
        for one in vault.compartments
        for step in one.history.steps()
    )


def test_words_as_typed(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify --head` typed with words of a head that is there, and of one that was put away."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pass").write_text("1", "utf-8")
    (tmp_path / "pass").chmod(0o600)
    words, old = scene.write(ANNA), scene.keep()
    later = scene.write(BORA)
    verify = ["verify", str(scene.root), "--passphrase-file", "pass", "--json", "--head"]
    assert run([*verify, words]) == run([*verify, later]) == Exit.WELL
    scene.put_back(changed_since(scene.root, old), old)
    capsys.readouterr()
    assert run([*verify, words]) == Exit.WELL
    assert json.loads(capsys.readouterr().out)["findings"] == []
    assert run([*verify, later]) == Exit.FINDINGS
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found] == ["cli.verify.rollback"]


@twin(1, 60)
def test_witness(scene: Scene, tally: Tally, count: int) -> None:
    """All that a device wrote put back, its list too: who wrote in the same compartment since has seen it."""
    for number in range(count):
        dice = random.Random(number)
        old = scene.keep()
        slot, witness = dice.sample(MEMBERS, 2)
        scene.write(slot, "main")
        alone = scene.keep()
        scene.write(witness, "main")
        present = scene.keep()
        changes = set(changed_since(alone, old))
        scene.put_back(changes & set(changed_since(scene.root, old)), old)
        for other in MEMBERS:
            assert "vault.commits.rollback" in codes(find(scene, other))
        tally.add("devices put back")
        scene.put_back(changed_since(scene.root, present), present)


@twin(1, 60)
def test_fork(scene: Scene, tally: Tally, count: int, tmp_path: Path) -> None:
    """A folder copied by other means, and one device writing in both: a fork as soon as they meet."""
    for number in range(count):
        dice = random.Random(number)
        slot, branch = dice.choice(MEMBERS), tmp_path / "branch"
        shutil.copytree(scene.keep(), branch, copy_function=os.link)
        for root in (scene.root, branch):
            for _ in range(dice.randint(1, 2)):
                scene.write(slot, "main", root=root)
        for root in (scene.root, branch):
            assert all(check_vault(scene.open(other, root)).findings == [] for other in MEMBERS)
        present = scene.keep()
        bring_packs(branch, scene.root)
        for other in MEMBERS:
            assert {"vault.commits.fork", "vault.packs.unnamed"} <= codes(find(scene, other))
        scene.put_back(changed_since(scene.root, present), present)
        shutil.rmtree(branch)
        tally.add("forks")


def bring_packs(source: Path, target: Path) -> None:
    """Let the packs of two folders meet."""
    lying = list_state(target)
    for pack in Folder(source, bytes).names("packs"):
        if pack not in lying:
            os.link(source / pack, target / pack)


def _told(scene: Scene, names: Iterable[str], state: Path) -> dict[int, set[str]]:
    """What each member is told while these files are as they were in a state, grave or not."""
    present = scene.keep()
    scene.put_back(names, state)
    told = {slot: {finding.code for finding in find(scene, slot).findings} for slot in MEMBERS}
    scene.put_back(changed_since(scene.root, present), present)
    return told


def test_list(scene: Scene, tally: Tally) -> None:
    """A device's list put back: both copies, and each alone, which is told as a write cut short would be."""
    scene.write(ANNA)
    old = scene.keep()
    heads = scene.open(ANNA).card.heads
    scene.write(ANNA)
    first, second = (f"heads/{heads}.{copy}" for copy in (0, 1))
    both = _told(scene, [first, second], old)
    # Its packs are there, named by nobody; and what it had used up since is missed.
    assert all({"vault.packs.unnamed", "vault.packs.missing"} <= both[slot] for slot in MEMBERS)
    behind = _told(scene, [second], old)
    assert all(behind[slot] == {"vault.heads.uneven"} for slot in MEMBERS)
    told = _told(scene, [first], old)
    assert told[ANNA] == {"vault.heads.uneven"}, "the device itself knows which is newer"
    assert all({"vault.heads.uneven", "vault.packs.unnamed"} <= told[slot] for slot in (BORA, CHEN))
    tally.add("lists put back", 3)


def test_keyring(scene: Scene, tally: Tally) -> None:
    """A keyring put back to before a unit, before a grant, before an erasure; and the packs without it."""
    unit = "ab" * 16
    scene.write(ANNA, unit=unit)
    first = scene.keep()
    scene.write(BORA, unit="cd" * 16)
    before_grant = scene.keep()
    vault = scene.open(ANNA)
    with write_session(vault):
        grant_strata(vault, vault.compartment("main"), vault.members.slots()[BORA], ["care"], False)
    before_erasure = scene.keep()
    vault = scene.open(ANNA)
    with write_session(vault):
        erase_unit(vault, vault.compartment("main"), "record", unit)
    rings = scene.open(ANNA).compartment("main").grants.start.rings
    record, care = ([f"rings/{rings[one]}.{copy}" for copy in (0, 1)] for one in ("record", "care"))

    assert all("vault.keyring.behind" in told for told in _told(scene, record, before_erasure).values())
    lost = {"vault.keyring.behind", "vault.strata.key", "vault.strata.damaged"}
    assert all(lost <= told for told in _told(scene, record, first).values())
    told = _told(scene, care, before_grant)
    assert (told[ANNA], told[CHEN]) == ({"vault.keyring.shut"}, set()), "Chen has no key of care"
    assert "vault.keyring.broken" in told[BORA], "the granted member is shut out, and told"
    packs = [name for name in changed_since(scene.root, before_erasure) if not name.startswith("rings/")]
    assert all("vault.keyring.ahead" in told for told in _told(scene, packs, before_erasure).values())
    assert all(told == {"vault.keyring.uneven"} for told in _told(scene, record[1:], before_erasure).values())
    tally.add("keyrings put back", 5)


def test_membership(scene: Scene, tally: Tally) -> None:
    """The packs of the membership log put back to before a member came: missed by all, and she stays out."""
    old = scene.keep()
    vault = scene.open(ANNA)
    with write_session(vault):
        assert add_member(vault, "4", "member", COST) == 4
    vault = scene.open(ANNA)
    packs = vault.shelf.names_of(vault.vault_domain) & set(changed_since(scene.root, old))
    for told in _told(scene, packs, old).values():
        assert "vault.packs.missing" in told
    scene.put_back(packs, old)
    with pytest.raises(OnggiError, match="vault.members.unknown"):
        scene.open(4)
    tally.add("membership logs put back")


# — three devices, any order —

SCOPES = ("list", "log", "keyring", "membership", "one copy", "device", "some files", "whole folder")
UNSEEN = ("device", "some files", "whole folder")
"""What may go unseen without five words: where all that a device wrote since, and its list, are put back."""


class Interleaving(RuleBasedStateMachine):
    """Three devices write, erase, grant and copy in any order; files of any earlier state are put back."""

    template: Path
    workshop: Path
    tally: Tally
    number = count()

    @initialize()
    def begin(self) -> None:
        """An own copy of the shared vault."""
        place = self.workshop / str(next(self.number))
        self.scene = Scene(Path(shutil.copytree(self.template, place / "vault")))
        self.scene.keep()
        self.units: list[str] = []
        self.granted = False
        self.write([*MEMBERS, ANNA], 0)

    def teardown(self) -> None:
        shutil.rmtree(self.scene.root.parent)

    @rule(slots=st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=3), seed=st.integers(0, 2**16))
    def write(self, slots: list[int], seed: int) -> None:
        """Statements of a few members, each of a unit of its own or of the writer's usual one."""
        dice = random.Random(seed)
        for slot in slots:
            name, unit = dice.choice(SHARED[slot]), dice.choice(["", dice.randbytes(16).hex()])
            self.scene.write(slot, name, unit)
            if unit and name == "main":
                self.units.append(unit)
            self.done("writes")

    @precondition(lambda self: self.units)
    @rule()
    def erase(self) -> None:
        """A unit erased by the admin, who then records that she did."""
        vault = self.scene.open(ANNA)
        with write_session(vault):
            erase_unit(vault, vault.compartment("main"), "record", self.units.pop())
        self.scene.write(ANNA)
        self.done("erasures")

    @precondition(lambda self: not self.granted)
    @rule()
    def grant(self) -> None:
        """A stratum granted to a member."""
        vault = self.scene.open(ANNA)
        with write_session(vault):
            main = vault.compartment("main")
            grant_strata(vault, main, vault.members.slots()[BORA], ["care"], False)
        self.granted = True
        self.done("grants")

    @rule(slot=st.sampled_from(MEMBERS))
    def copy(self, slot: int) -> None:
        """A copy by `copy`; the member goes on in it as a new device, and both folders stay well."""
        vault, target = self.scene.open(slot), self.scene.root.with_name("copy")
        with write_session(vault):
            copy_vault(vault, target, "2026-01-02", lambda done, total, stage: None)
        self.scene.write(slot, root=target)
        for other in MEMBERS:
            assert check_vault(self.scene.open(other, target)).findings == []
        shutil.rmtree(target)
        self.done("copies")

    @rule(scope=st.sampled_from(SCOPES), back=st.integers(1, 5), seed=st.integers(0, 2**16))
    def put_back(self, scope: str, back: int, seed: int) -> None:
        """Files of an earlier state put back: each member is told, or reads what she would have read."""
        scene, dice = self.scene, random.Random(seed)
        old, present = scene.states[-min(back + 1, len(scene.states))], scene.states[-1]
        names = self.choose(scope, old, dice)
        before = {slot: read_texts(scene.open(slot)) for slot in MEMBERS}
        noted = {slot: heads_of(scene.open(slot)) for slot in MEMBERS}
        scene.put_back(names, old)
        for slot in MEMBERS:
            self.judge(slot, scope, before[slot], noted[slot])
        if scope == "whole folder":
            assert all(find(scene, slot).findings == [] for slot in MEMBERS)
        scene.put_back(changed_since(scene.root, present), present)
        self.tally.add(f"put back: {scope}")

    @rule(back=st.integers(2, 6), slot=st.sampled_from(MEMBERS))
    def fork(self, back: int, slot: int) -> None:
        """An earlier state carried on elsewhere by the same device, and its packs brought in."""
        scene = self.scene
        old, present = scene.states[-min(back, len(scene.states))], scene.states[-1]
        branch = scene.root.with_name("branch")
        shutil.copytree(old, branch, copy_function=os.link)
        scene.write(slot, root=branch)
        name = SHARED[slot][0]
        before, after = (list_logs(scene.open(slot, root)) for root in (old, scene.root))
        device = scene.open(slot).device.id
        forked = before.get((name, device), []) != after.get((name, device), [])
        bring_packs(branch, scene.root)
        for other in MEMBERS:
            found = codes(find(scene, other))
            assert "vault.packs.unnamed" in found
            if name in SHARED[other]:
                assert ("vault.commits.fork" in found) is forked
        shutil.rmtree(branch)
        scene.put_back(changed_since(scene.root, present), present)
        self.tally.add("forks" if forked else "tails from elsewhere")

    def done(self, what: str) -> None:
        """Count and keep; what was acknowledged is well."""
        self.scene.keep()
        self.tally.add(what)

    def choose(self, scope: str, old: Path, dice: random.Random) -> list[str]:
        """The files to put back, of those that are not as they were."""
        scene = self.scene
        changed, vault = changed_since(scene.root, old), scene.open(ANNA)
        card = vault.members.slots()[dice.choice(MEMBERS)]
        match scope:
            case "list":
                return [f"heads/{card.heads}.{copy}" for copy in (0, 1)]
            case "log":
                logs = list_logs(vault)
                packs = logs[dice.choice(sorted(logs))] if logs else []
                return [name for name in packs if name in changed]
            case "keyring":
                rings = sorted({name.partition(".")[0] for name in changed if name.startswith("rings/")})
                return [f"{dice.choice(rings)}.{copy}" for copy in (0, 1)][: 2 * len(rings)] if rings else []
            case "membership":
                return [name for name in vault.shelf.names_of(vault.vault_domain) if name in changed]
            case "one copy":
                cells = [name for name in changed if "." in name]
                return dice.sample(cells, min(1, len(cells)))
            case "device":
                return self.choose_device(vault, card, old, changed)
            case "some files":
                return [name for name in changed if dice.random() < dice.choice([0.3, 0.7, 0.95])]
        return changed

    def choose_device(self, vault: Vault, card: Card, old: Path, changed: Iterable[str]) -> list[str]:
        """Everything that one device wrote since, and what it cleared away."""
        then = self.scene.open(ANNA, old).heads[card.id].packs
        own = {pack_name(digest) for digest in vault.heads[card.id].packs ^ then}
        return [name for name in changed if name in own or name.startswith(f"heads/{card.heads}")]

    def judge(self, slot: int, scope: str, before: Texts, noted: set[str]) -> None:
        """Told, or equal; or unseen, and then five words that somebody noted are gone."""
        try:
            vault = self.scene.open(slot)
        except OnggiError:
            self.tally.add("closed, and said so")
            return
        if check_vault(vault).findings:
            self.tally.add("told")
        elif read_texts(vault) == before:
            self.tally.add("equal")
        else:
            assert scope in UNSEEN, (scope, slot)
            assert not all(knows_words(vault, words) for words in noted)
            self.tally.add("unseen, but for five words")


@twin(2, 150)
def test_interleavings(template: Path, tmp_path: Path, tally: Tally, count: int) -> None:
    """Three devices writing, erasing, granting, copying in any order; files put back: told or equal."""
    Interleaving.template, Interleaving.workshop, Interleaving.tally = template, tmp_path, tally
    run_state_machine_as_test(
        Interleaving,
        settings=settings(
            max_examples=count,
            stateful_step_count=10,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
