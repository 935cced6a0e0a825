"""P9. Two processes on one vault are told apart: one writes; who reads sees what was there or what is."""

import os
import random
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count as numbers
from itertools import cycle
from typing import Any

import pytest
from tests.promises.commands import READING, WRITING, lay_files, speak
from tests.promises.twins import Tally, twin
from tests.promises.works import (
    WORKS,
    Bases,
    Facts,
    Scene,
    Work,
    allowed_facts,
    commit,
    differ,
    go_on,
    inspect,
    lay_bases,
    read_facts,
)

from onggi.errors import Exit
from onggi.vault.checking import check_vault
from onggi.vault.folder import Folder
from onggi.vault.session import write_session
from onggi.vault.writing import write_commit
from onggi.words import say

LOCKING = [name for name in WRITING if name not in ("onggi init", "onggi rebuild", "onggi prove")]
WATCHED = ("append", "append items", "erase", "admit", "divide", "anchor", "desk", "copy")
COUNTS = {"record": 1, "identity": 1, "care": 1}
READS = 40
"""So often a vault is read that grows with every commit."""


@pytest.fixture(scope="module")
def bases() -> Iterator[Bases]:
    """The vaults that works begin with, and the files that commands read."""
    with lay_bases() as laid:
        lay_files(laid)
        yield laid


def lay_scene(bases: Bases) -> Scene:
    """A vault to work on."""
    work, place = WORKS["append"]("scene"), bases.make_place()
    bases.lay(work, place / "vault")
    return bases.scene(work, place / "vault", str(place))


@contextmanager
def another_process(work: Callable[[Callable[[], None]], None]) -> Iterator[int]:
    """A process that has called what it is given once; killed in the end.

    Gives a pipe that holds a byte for each further call.
    """
    told, telling = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work(lambda: None if os.writev(telling, [b"."]) else None)
        finally:
            os._exit(0)
    os.close(telling)
    try:
        assert os.read(told, 1) == b"."
        yield told
    finally:
        os.close(told)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_a_second_writer_is_refused_until_the_first_is_gone(bases: Bases) -> None:
    def hold(ready: Callable[[], None]) -> None:
        with write_session(scene.open()):
            ready()
            signal.pause()

    scene = lay_scene(bases)
    before = read_facts(scene.open())
    with another_process(hold):
        for name in LOCKING:
            code, said = speak(scene, WRITING[name])
            assert (name, code) == (name, Exit.CLOSED)
            assert say("vault.folder.busy", "en") in " ".join(said.split())
        for name, words in READING.items():
            assert (name, speak(scene, words)[0]) == (name, Exit.WELL)
    assert read_facts(scene.open()) == before
    # The lock of whoever was killed is none.
    for name in LOCKING:
        assert (name, speak(scene, WRITING[name])[0]) == (name, Exit.WELL)
    assert check_vault(scene.open()).findings == []


@twin(12, 2_000)
def test_reading_while_another_process_writes(bases: Bases, count: int, tally: Tally) -> None:
    """A vault was opened, read and verified while another process wrote commit after commit."""

    def write(acknowledge: Callable[[], None]) -> None:
        for number in numbers():
            vault = scene.open()
            one = commit(f"number {number}", COUNTS)
            with write_session(vault):
                write_commit(vault, vault.compartment("main"), one.changes(), scene.clock)
            acknowledge()

    for at in range(0, count, READS):
        scene = lay_scene(bases)
        known = [read_facts(scene.open())]
        with another_process(write) as told:
            os.set_blocking(told, False)
            written = 1
            for _ in range(min(READS, count - at)):
                written += count_bytes(told)
                before = written
                found, grave = look(scene)
                written += count_bytes(told)
                while len(known) < written + 2:
                    known.append(known[-1] | commit(f"number {len(known) - 1}", COUNTS).facts)
                assert found in known[before : written + 2]
                assert not grave
                tally.add("reads")
                tally.add("commits meanwhile", written - before)
        shutil.rmtree(scene.root.parent)


@twin(8, 1_500)
def test_reading_between_the_steps_of_a_write(bases: Bases, count: int, tally: Tally) -> None:
    """While a vault was read and verified, a write went on by renames and deletions between any two files."""
    dice = random.Random("turns")
    for name, number in zip(cycle(WATCHED), range(count), strict=False):
        work, place = WORKS[name](name), bases.make_place()
        bases.lay(work, place / "vault")
        writer, reader = (bases.scene(work, place / "vault", f"{which} {number}") for which in "wr")
        turns = Turns(partial(do_all, work, writer))
        with turns.taken(dice, often=dice.choice((0.01, 0.05, 0.2))):
            found, grave = look(reader)
        allowed = [
            facts
            for answers in range(len(work.steps) + 1)
            for facts in allowed_facts(work, bases.facts(work), answers)
        ]
        assert found in allowed, (name, differ(found, allowed))
        assert grave <= work.left, (name, grave)
        tally.add("reads")
        tally.add("steps meanwhile", turns.steps)
        done = allowed_facts(work, bases.facts(work), len(work.steps))
        go_on(bases, inspect(bases, work, place / "vault", done))
        shutil.rmtree(place)


class Turns:
    """A write that goes on only when it is told to, a rename or deletion at a time."""

    def __init__(self, write: Callable[[], object]) -> None:
        self.steps = 0
        self._ended = False
        self._error: BaseException | None = None
        self._turn, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, args=(write,))

    @contextmanager
    def taken(self, dice: random.Random, often: float) -> Iterator[None]:
        """Before each file that is read here, now and then, let the write go on; in the end let it finish."""

        def wait(call: Callable[..., Any]) -> Callable[..., Any]:
            def waiting(*given: Any, **named: Any) -> Any:
                if threading.current_thread() is self._thread:
                    self._back.release()
                    self._turn.acquire()
                return call(*given, **named)

            return waiting

        def go_on(call: Callable[..., Any]) -> Callable[..., Any]:
            def going(*given: Any, **named: Any) -> Any:
                if threading.current_thread() is not self._thread and dice.random() < often:
                    self._let(dice.randint(1, 8))
                return call(*given, **named)

            return going

        with pytest.MonkeyPatch.context() as patch:
            for call in ("replace", "unlink"):
                patch.setattr(os, call, wait(getattr(os, call)))
            for call in ("names", "read", "read_part", "size"):
                patch.setattr(Folder, call, go_on(getattr(Folder, call)))
            self._thread.start()
            self._back.acquire()
            self._let(dice.randint(0, 40))
            self.steps = 0
            yield
            seen = self.steps
            while not self._ended:
                self._let(1)
            self.steps = seen
            self._thread.join()
        if self._error is not None:
            raise self._error

    def _let(self, steps: int) -> None:
        for _ in range(steps):
            if self._ended:
                return
            self._turn.release()
            self._back.acquire()
            self.steps += 1

    def _run(self, write: Callable[[], object]) -> None:
        try:
            write()
        except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
            self._error = error
        self._ended = True
        self._back.release()


def do_all(work: Work, scene: Scene) -> None:
    """A work from its beginning to its end."""
    for step in work.steps:
        step.do(scene)


def look(scene: Scene) -> tuple[Facts, set[str]]:
    """What a reader finds, and what verify calls grave."""
    vault = scene.open()
    return read_facts(vault), {one.code for one in check_vault(vault).findings if one.grave}


def count_bytes(pipe: int) -> int:
    """How many bytes have come."""
    try:
        return len(os.read(pipe, 65536))
    except BlockingIOError:
        return 0
