"""P9. What was acknowledged is there after the power failed, whatever the disk forgot that was not synced."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.promises.disks import Disk, Event, Recorder
from tests.promises.forks import Order, serving
from tests.promises.sabotage import FORGOTTEN
from tests.promises.twins import Tally, twin
from tests.promises.works import (
    WORKS,
    Bases,
    Facts,
    Work,
    allowed_facts,
    check_tidy,
    commit,
    go_on,
    inspect,
    lay_bases,
    read_facts,
)

from onggi.errors import OnggiError
from onggi.vault.checking import check_vault
from onggi.vault.folder import MOMENT
from onggi.vault.opened import Vault
from onggi.vault.packs import pack_hash
from onggi.vault.session import write_session
from onggi.vault.writing import write_commit

# Not those that write outside the vault, or whose work is all done by SQLite, which syncs for itself.
NAMES = [name for name in WORKS if name not in ("prove", "rebuild")]
# What they leave unacknowledged, the next write does not see to.
UNWATCHED = ("desk", "copy")
# Desks and keyslots stand once: one that is torn is lost, and verify says so.
TORN = [name for name in NAMES if name not in ("init", "copy", "desk")]
MODES = ("all is lost", "all is kept", "one is lost", "one is kept", "mixed")


class Laboratory:
    """Records works, and cuts the power in the middle of them."""

    def __init__(self, bases: Bases, tally: Tally) -> None:
        self._bases = bases
        self._tally = tally
        self._recorded: dict[str, list[Event]] = {}

    def events(self, name: str) -> list[Event]:
        """The calls of a work that is done without a fault."""
        if name not in self._recorded:
            place = self._bases.make_place()
            self._bases.lay(WORKS[name](name), place / "vault")
            self._recorded[name] = self.record(WORKS[name](name), place, "first")
            shutil.rmtree(place)
        return self._recorded[name]

    def record(self, work: Work, place: Path, seed: str) -> list[Event]:
        """Do a work on what lies at a place, and write down its calls."""
        scene = self._bases.scene(work, place / "vault", seed)
        disk, recorder = Disk(place), Recorder(place)
        with recorder.recording():
            for step in work.steps:
                step.do(scene)
                recorder.answer()
        # Were a call not heard, the model would not know what lies there now.
        disk.apply(recorder.events)
        known = {path for path, states in disk.names.items() if states[-1]}
        lying = {str(path.relative_to(place)) for path in place.rglob("*")}
        assert {one for one in known ^ lying if "index/" not in one and not one.endswith("lock")} == set()
        return recorder.events

    def cut(self, name: str, again: bool, mode: str, dice: random.Random) -> None:
        """Cut the power in a work, or `again` in the one behind a killed one, and look at what is left."""
        work, events = WORKS[name](name), self.events(name)
        made = events[: _choose_cut(events, dice)]
        allowed = allowed_facts(work, self._bases.facts(work), _count_answers(made))
        place = self._bases.make_place()
        self._bases.lay(work, place / "vault")
        disk = Disk(place)
        disk.apply(made)
        if again and name not in UNWATCHED:
            work, allowed = self._go_on_killed(disk, work, allowed, dice)
        left = self._bases.make_place() / "on"
        disk.leave(left, _choose(disk.pending(), mode, dice))
        self._tally.add("states")
        go_on(self._bases, inspect(self._bases, work, left / "vault", allowed))
        shutil.rmtree(left.parent)
        shutil.rmtree(place)

    def tear(self, name: str, dice: random.Random) -> None:
        """Tear a file of a step that was not acknowledged, on a disk that had said it was written."""
        work, events = WORKS[name](name), self.events(name)
        made = events[: _choose_cut(events, dice)]
        place = self._bases.make_place()
        self._bases.lay(work, place / "vault")
        disk = Disk(place)
        disk.apply(made)
        left = self._bases.make_place() / "on"
        disk.leave(left, {})
        answered = max((at for at, event in enumerate(made) if event.kind == "answer"), default=-1)
        fresh = {event.path for event in made[answered + 1 :] if event.kind == "name" and event.file > 0}
        lying = [path for path in sorted(fresh) if (left / path).is_file()]
        torn = [path for path in lying if path.split("/")[1] in ("tmp", "packs", "rings", "heads")]
        path = dice.choice(torn) if torn else ""
        if path:
            _tear_tail(left / path, dice)
            self._tally.add(f"in {path.split('/')[1]}")
        allowed = allowed_facts(work, self._bases.facts(work), _count_answers(made))
        survive(self._bases, work, left / "vault", allowed, path.removeprefix("vault/"))
        shutil.rmtree(left.parent)
        shutil.rmtree(place)

    def _go_on_killed(
        self, disk: Disk, work: Work, allowed: list[Facts], dice: random.Random
    ) -> tuple[Work, list[Facts]]:
        """The process is killed, the machine runs on, the next one writes: nothing was settled between."""
        place = self._bases.make_place() / "on"
        disk.leave(place, {})
        found = inspect(self._bases, work, place / "vault", allowed).found
        if not found:
            return work, allowed
        self._tally.add("of them behind a kill")
        more = replace(WORKS["append"]("more"), base=work.base, left=work.left, indexed=work.indexed)
        events = self.record(more, place, "more")
        made = events[: _choose_cut(events, dice)]
        disk.apply(made)
        shutil.rmtree(place.parent)
        answers = _count_answers(made)
        return more, [*([] if answers else allowed), *allowed_facts(more, found, answers)]


@pytest.fixture(scope="module")
def bases() -> Iterator[Bases]:
    """The vaults that works begin with."""
    with lay_bases() as laid:
        yield laid


@twin(24, 2_500)
def test_power_fails_at_any_call(bases: Bases, count: int, tally: Tally) -> None:
    """The power was cut between the calls of every work; what was not synced was lost, torn or reordered."""
    explore(Laboratory(bases, tally), count)


@twin(8, 1_000)
def test_tails_are_torn(bases: Bases, count: int, tally: Tally) -> None:
    """Behind a crash, the last 1 to 8,192 bytes of a file not acknowledged were cut off or became zeros."""
    dice = random.Random("tails")
    laboratory = Laboratory(bases, tally)
    for number in range(count):
        laboratory.tear(TORN[number % len(TORN)], dice)


@pytest.fixture(scope="module")
def image(bases: Bases) -> Iterator["Image"]:
    """An ext4 file system in a file."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("mkfs.ext4 is not here")
    made = Image(bases.make_place())
    try:
        made.mount()
    except subprocess.CalledProcessError:
        pytest.skip("this machine lets nobody mount")
    made.unmount()
    yield made
    subprocess.run(["umount", "-q", made.place], check=False)


class Image:
    """A file system that can be taken away and brought back."""

    def __init__(self, ground: Path) -> None:
        self.place = ground / "mounted"
        self._file = ground / "image"
        self.place.mkdir()
        with self._file.open("wb") as file:
            file.truncate(64 * 1024 * 1024)
        subprocess.run(["mkfs.ext4", "-q", self._file], check=True)

    def mount(self) -> None:
        """Bring it back; ext4 replays its journal."""
        subprocess.run(["mount", "-o", "loop", self._file, self.place], check=True, capture_output=True)

    def unmount(self) -> None:
        """Take it away."""
        subprocess.run(["umount", self.place], check=True)

    def lay(self, bases: Bases, work: Work) -> Path:
        """What a work begins with, and nothing else, all of it durable."""
        self.mount()
        for one in ("vault", "copy"):
            shutil.rmtree(self.place / one, ignore_errors=True)
        if work.base != "nothing":
            shutil.copytree(bases.ground / work.base, self.place / "vault")
        self.unmount()
        self.mount()
        return self.place / "vault"


@pytest.mark.system
@twin(4, 600)
def test_a_file_system_is_cut_off(bases: Bases, image: Image, count: int, tally: Tally) -> None:
    """ext4 was stopped in the middle of a work, forgot what was in memory, and replayed its journal."""
    dice = random.Random("ext4")
    seconds: dict[str, float] = {}
    with serving(bases.ground) as server:
        for number in range(count):
            name = NAMES[number % len(NAMES)]
            work = WORKS[name](name)
            root = image.lay(bases, work)
            # At the first time nobody knows how long it takes.
            delay = dice.uniform(0, seconds.get(name, 0.1))
            answer, _ = server.do(Order(name, name, str(root), delay=delay, cut=str(image.place)))
            seconds[name] = max(seconds.get(name, 0.0), answer.seconds)
            tally.add("cuts" if answer.raised else "cuts behind the last call")
            image.unmount()
            image.mount()
            allowed = allowed_facts(work, bases.facts(work), answer.answers)
            go_on(bases, inspect(bases, work, root, allowed))
            image.unmount()


@pytest.mark.parametrize("forgotten", FORGOTTEN)
def test_a_sync_that_is_forgotten_is_noticed(
    bases: Bases, monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    name, again, forget = FORGOTTEN[forgotten]
    forget(monkeypatch)
    laboratory, dice = Laboratory(bases, Tally()), random.Random(forgotten)
    with pytest.raises(AssertionError):
        for _ in range(200):
            laboratory.cut(name, again, "mixed", dice)


def explore(laboratory: Laboratory, count: int) -> None:
    """Cut the power so many times, each time elsewhere, and the same in every run."""

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        name=st.sampled_from(NAMES),
        again=st.sampled_from((False, False, False, True)),
        mode=st.sampled_from(MODES),
        dice=st.randoms(use_true_random=True),
    )
    def run(name: str, again: bool, mode: str, dice: random.Random) -> None:
        laboratory.cut(name, again, mode, dice)

    run()


def _tear_tail(path: Path, dice: random.Random) -> None:
    whole = path.read_bytes()
    length = min(dice.randint(1, 8192), len(whole))
    path.unlink()
    path.write_bytes(whole[:-length] + dice.choice((b"", bytes(length))))
    os.utime(path, (MOMENT, MOMENT))


def survive(bases: Bases, work: Work, root: Path, allowed: list[Facts], torn: str) -> None:
    """What was acknowledged is read before and behind the next write; what is there by half is called damage.

    Files that were only announced are cleared away, and then all is well.
    """
    scene = bases.scene(work, root, "behind")
    # Whoever begins in a copy does so as a new device. Without the pack that lets it in, this copy is closed
    # and says so; it is made again from the folder it was made of, where all that was acknowledged lies.
    closing = work.base == "copied" and torn.startswith("packs/")
    try:
        vault = scene.open()
    except OnggiError as error:
        assert closing and error.id == "vault.members.unknown"
        return
    if check_half(vault, allowed, closing) and closing:
        return
    heads = vault.own_heads
    mended = not torn.startswith("packs/") or pack_hash(torn) in heads.retired - heads.packs
    behind = commit("behind", {"care": 1})
    try:
        with write_session(vault):
            write_commit(vault, vault.compartment("main"), behind.changes(), scene.clock)
    except OnggiError as error:
        # It was acknowledged on the disk, if not to anybody: to go on would be to fork.
        assert error.id == "vault.writing.behind" and not mended
        return
    last = scene.open()
    check_half(last, [facts | behind.facts for facts in allowed])
    if mended and not torn.startswith(("heads/", "rings/")):
        check_tidy(last)


def check_half(vault: Vault, allowed: list[Facts], closing: bool = False) -> bool:
    """What was acknowledged is there, but where a copy is `closing`; whether all is as it may be or not,
    verify says so. Returns whether it is not."""
    found = read_facts(vault)
    assert found <= frozenset.union(*allowed)
    assert closing or frozenset.intersection(*allowed) <= found
    if found in allowed:
        return False
    assert not check_vault(vault).well
    return True


def _choose_cut(events: list[Event], dice: random.Random) -> int:
    """Between any two calls, and now and then just behind one that was acknowledged."""
    answered = [at for at, event in enumerate(events, 1) if event.kind == "answer"]
    return dice.choice(answered) if dice.randrange(8) == 0 else dice.randint(0, len(events))


def _choose(pending: Mapping[str, int], mode: str, dice: random.Random) -> dict[str, int]:
    """In which of its states each thing is left that was not settled."""
    kept = {name: states - 1 for name, states in pending.items()}
    lost = dict.fromkeys(pending, 0)
    if mode == "mixed":
        return {name: dice.randint(0, last) for name, last in kept.items()}
    odd = [dice.choice(sorted(pending))] if pending and "one" in mode else []
    if mode.endswith("lost"):
        return (kept if odd else lost) | {name: dice.randint(0, kept[name] - 1) for name in odd}
    return (lost if odd else kept) | {name: kept[name] for name in odd}


def _count_answers(events: list[Event]) -> int:
    return sum(event.kind == "answer" for event in events)
