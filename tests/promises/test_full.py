"""P9. A disk that is full, failing or not to be written is refused plainly; what was acknowledged stays."""

import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest
from tests.promises.commands import COMMANDS, READING, WRITING, lay_files
from tests.promises.forks import Call, Order, Server, find_obstacle, serving
from tests.promises.twins import Tally, twin
from tests.promises.works import WORKS, Bases, Facts, allowed_facts, go_on, inspect, lay_bases

from onggi.errors import Exit
from onggi.words import LANGUAGES, say

OBSTACLE = find_obstacle()
STRUCK = 400
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS")
SENTENCES = ("cli.disk", "release.write")

# What a command may leave between nothing and all of it: how many facts have come and gone.
HALFWAY = {"onggi erase": {(0, 3)}, "onggi prove": {(1, 0), (2, 0)}}


@pytest.fixture(scope="module")
def bases() -> Iterator[Bases]:
    """The vaults that commands begin with, and the files they read."""
    with lay_bases() as laid:
        lay_files(laid)
        yield laid


class Refusals:
    """Commands on a disk that refuses a call, and what they say and leave."""

    def __init__(self, bases: Bases, server: Server, tally: Tally, dice: random.Random) -> None:
        self._bases = bases
        self._server = server
        self._tally = tally
        self._dice = dice
        self._calls: dict[str, list[Call]] = {}
        self._whole: dict[str, tuple[int, int]] = {}

    def refuse(self, name: str) -> None:
        """Let one call of a command fail, which one the dice say."""
        if name not in self._calls:
            self._learn(name)
        work, place = COMMANDS[name](name), self._bases.make_place()
        self._bases.lay(work, place / "vault")
        kinds = [call.name for call in self._calls[name]]
        at = self._dice.randrange(len(kinds))
        spent = STRUCK - kinds[: at + 1].count(kinds[at])
        lang = self._dice.choice(LANGUAGES)
        order = Order(name, name, str(place / "vault"), kinds[at], spent, language=lang)
        answer, calls = self._server.do(order)
        told = (
            f"{name}, {kinds[at]} {kinds[: at + 1].count(kinds[at])} {self._calls[name][at].place}: {answer}"
        )
        self._tally.add("refused" if answer.raised else "done all the same")
        assert answer.answers == (not answer.raised), told
        if answer.raised:
            assert any(said(answer.raised, sentence, lang) for sentence in SENTENCES), told
            assert str(self._bases.ground) not in answer.raised, told
        try:
            check_syncs(calls, answer.answers)
            remains = inspect(self._bases, work, place / "vault")
            change = count_change(self._bases.facts(work), remains.found)
            assert change == self._whole[name] or not answer.answers, change
            assert change in {(0, 0), self._whole[name], *HALFWAY.get(name, ())}, change
            go_on(self._bases, remains)
        except Exception as error:
            raise AssertionError(told) from error
        shutil.rmtree(place)

    def _learn(self, name: str) -> None:
        work, place = COMMANDS[name](name), self._bases.make_place()
        self._bases.lay(work, place / "vault")
        answer, self._calls[name] = self._server.do(Order(name, name, str(place / "vault")))
        assert answer.answers and not answer.raised, answer.raised
        found = inspect(self._bases, work, place / "vault").found
        self._whole[name] = count_change(self._bases.facts(work), found)
        shutil.rmtree(place)


def said(raised: str, sentence: str, lang: str) -> bool:
    """Whether a command ended as it must where a disk refuses, with this sentence in the right language."""
    shown = " ".join(raised.split())
    told = f"onggi: {say(sentence, lang)}" in shown and say(f"{sentence}.hint", lang) in shown
    return told and shown.startswith(f"Refused: {int(Exit.CLOSED)} ")


def check_syncs(calls: Sequence[Call], answers: int) -> None:
    """What could not be synced is not acknowledged, and not tried again. Indexes are no evidence."""
    failed = {call.path for call in calls if call.failed and call.name == "fsync" and call.place != "index"}
    assert not (failed and answers)
    for path in failed:
        tries = [call for call in calls if call.path == path and call.name == "fsync"]
        assert len(tries) - tries.index(next(one for one in tries if one.failed)) == 1, path


def count_change(before: Facts, found: Facts) -> tuple[int, int]:
    """How many facts have come and gone."""
    return len(found - before), len(before - found)


@pytest.mark.system
@pytest.mark.skipif(bool(OBSTACLE), reason=OBSTACLE)
@twin(9, 1_800)
def test_the_disk_refuses_a_call(bases: Bases, count: int, tally: Tally) -> None:
    """A call of a command failed, once or from then on: no space, no quota, an error, a read-only disk."""
    ways = [f"error={error}:when={STRUCK}{more}" for error in ERRORS for more in ("+", "")]
    share = max(len(WRITING), count // len(ways))
    for way in ways[: count // share]:
        with serving(bases.ground, way) as server:
            refusals = Refusals(bases, server, tally, random.Random(way))
            for name, _ in zip(cycle(WRITING), range(share), strict=False):
                refusals.refuse(name)


@pytest.fixture(scope="module")
def mounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder under which file systems may be mounted; they go with it."""
    ground = tmp_path_factory.mktemp("mounts")
    probe = ground / "probe"
    try:
        mount(probe, "-t", "tmpfs", "none")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount")
    yield ground
    for place in ground.iterdir():
        subprocess.run(["umount", place], check=True)


def mount(place: Path, *words: str) -> Path:
    """Mount something at a new place."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", *words, place], check=True, capture_output=True)
    return place


@pytest.mark.system
@twin(4, 300)
def test_the_disk_is_full(bases: Bases, mounts: Path, count: int, tally: Tally) -> None:
    """Works were begun where so little room was left that the disk filled up in the middle of them."""
    dice = random.Random("full")
    full = mount(mounts / f"full{count}", "-t", "tmpfs", "-o", "size=64m", "none")
    works = {name: make for name, make in WORKS.items() if name.startswith(("append", "erase", "admit"))}
    with serving(bases.ground) as server:
        for name, _ in zip(cycle(works), range(count), strict=False):
            work, root = works[name](name), full / "vault"
            shutil.copytree(bases.ground / work.base, root)
            ballast = full / "ballast"
            left = dice.randrange(3 * 1024 * 1024)
            ballast.write_bytes(bytes(shutil.disk_usage(full).free - left))
            answer, _ = server.do(Order(name, name, str(root)))
            tally.add("refused" if answer.raised else "done all the same")
            assert not answer.raised or answer.raised == "OSError: [Errno 28] No space left on device"
            # The next write must find room in what is given back to it, without the ballast.
            assert not any((root / "tmp").iterdir())
            ballast.unlink()
            go_on(bases, inspect(bases, work, root, allowed_facts(work, bases.facts(work), answer.answers)))
            for one in full.iterdir():
                shutil.rmtree(one)


@pytest.mark.system
def test_a_disk_that_is_mounted_read_only(bases: Bases, mounts: Path) -> None:
    place = mount(mounts / "vault", "--bind", str(bases.ground / "home"))
    empty = mount(mounts / "empty", "--bind", str(bases.make_place()))
    for one in (place, empty):
        subprocess.run(["mount", "-o", "remount,bind,ro", one], check=True)
    with serving(bases.ground) as server:
        for name in (*READING, *WRITING):
            root = empty / "new" if name == "onggi init" else place
            answer, _ = server.do(Order(name, name, str(root)))
            check_reading_alone(name, answer.raised)


def test_a_folder_in_which_one_may_not_write(bases: Bases) -> None:
    place = bases.make_place()
    shutil.copytree(bases.ground / "home", place / "vault")
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for path in (*place.rglob("*"), place):
        path.chmod(0o500 if path.is_dir() else 0o400)
    with serving(bases.ground) as server:
        for name in (*READING, *WRITING):
            root = place / ("new" if name == "onggi init" else "vault")
            answer, _ = server.do(Order(name, name, str(root), meek=True))
            check_reading_alone(name, answer.raised)
    for folder in folders:
        folder.chmod(0o700)


def check_reading_alone(name: str, raised: str) -> None:
    """Commands that only read are answered; the others say that the disk refused."""
    assert raised == "" if name in READING else said(raised, "cli.disk", "en"), raised
