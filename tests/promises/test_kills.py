"""P9. What was acknowledged is there, and nothing is there by half, wherever whoever wrote was killed."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest
from tests.promises.forks import Call, Order, Server, find_obstacle, serving
from tests.promises.sabotage import SABOTAGES
from tests.promises.twins import Tally, twin
from tests.promises.works import WORKS, Bases, Facts, Remains, Work, allowed_facts, go_on, inspect, lay_bases

from onggi.errors import OnggiError

OBSTACLE = find_obstacle()
STRUCK = 400
"""Which call of each kind is struck; no work makes as many."""

_AGAIN = 0.3
_OTHER = 0.25
_MOST_AGAIN = 40  # where a write that begins behind a crash is struck in its turn


@dataclass(frozen=True)
class Blow:
    """When a process is killed: before its call of a kind with this number, or after some seconds."""

    call: str = ""
    number: int = 0
    delay: float = -1.0


@dataclass
class Range:
    """Kills processes one after another, and checks what each of them leaves."""

    bases: Bases
    server: Server
    tally: Tally
    dice: random.Random
    sabotage: str = ""
    kills: int = 0

    def strike(self, name: str, blow: Blow, again: Blow) -> None:
        """Kill a work; and sometimes, before anybody could clear up behind it, the next one with `again`."""
        place = self.bases.make_place()
        work, root = WORKS[name](place.name), place / "vault"
        self.bases.lay(work, root)
        told = [f"{name}: {blow}"]
        try:
            killed, remains = self._do(name, place.name, work, root, blow, self.bases.facts(work))
            while killed and remains.vault and work.base != "nothing" and self.dice.random() < _AGAIN:
                told.append(f"append: {again}")
                tag = f"{place.name}{len(told)}"
                work = replace(WORKS["append"](tag), left=work.left, indexed=work.indexed, base=work.base)
                self.tally.add("of them behind another")
                killed, remains = self._do("append", tag, work, root, again, remains.found)
            go_on(self.bases, remains, self.dice.random() < _OTHER)
        except (AssertionError, OnggiError, OSError) as error:
            raise AssertionError("; ".join(told)) from error
        shutil.rmtree(place)

    def run(self, name: str) -> tuple[list[Call], float]:
        """The calls that a work makes when nobody strikes it, and the seconds it takes."""
        place = self.bases.make_place()
        work, root = WORKS[name](place.name), place / "vault"
        self.bases.lay(work, root)
        answer, calls = self.server.do(Order(name, place.name, str(root)))
        assert answer.answers == len(work.steps) and not answer.raised, answer.raised
        shutil.rmtree(place)
        return calls, answer.seconds

    def _do(
        self, name: str, tag: str, work: Work, root: Path, blow: Blow, before: Facts
    ) -> tuple[bool, Remains]:
        spent = STRUCK - blow.number if blow.call else 0
        answer, calls = self.server.do(
            Order(name, tag, str(root), blow.call, spent, delay=blow.delay, sabotage=self.sabotage)
        )
        assert not answer.raised, answer.raised
        if answer.signal:
            self.kills += 1
            self.tally.add("kills")
            self.tally.add(f"at {calls[-1].name}" if calls else f"with {answer.answers} acknowledged")
        allowed = allowed_facts(work, before, answer.answers)
        return bool(answer.signal), inspect(self.bases, work, root, allowed)


@pytest.fixture(scope="module")
def bases() -> Iterator[Bases]:
    """The vaults that works begin with."""
    with lay_bases() as laid:
        yield laid


@pytest.mark.system
@pytest.mark.skipif(bool(OBSTACLE), reason=OBSTACLE)
@twin(12, 5_000)
def test_killed_at_each_call(bases: Bases, count: int, tally: Tally) -> None:
    """Processes were killed at each write, sync, rename, deletion, new folder and set time of every work."""
    dice = random.Random("calls")
    with serving(bases.ground, f"signal=KILL:when={STRUCK}") as server:
        place = Range(bases, server, tally, dice)
        names = dice.sample(sorted(WORKS), min(len(WORKS), count // 2))
        blows = [(name, blow) for name in names for blow, _ in list_blows(place.run(name)[0])]
        dice.shuffle(blows)
        for name, blow in cycle(blows):
            place.strike(name, blow, Blow(blow.call, dice.randint(1, _MOST_AGAIN)))
            if place.kills >= count:
                break


@twin(8, 5_000)
def test_killed_at_any_moment(bases: Bases, count: int, tally: Tally) -> None:
    """Processes were killed at moments drawn by dice, in the middle of every work."""
    dice = random.Random("moments")
    with serving(bases.ground) as server:
        place = Range(bases, server, tally, dice)
        seconds: dict[str, float] = {}
        for name in cycle(dice.sample(sorted(WORKS), len(WORKS))):
            if name not in seconds:
                seconds[name] = place.run(name)[1]
            first, second = (Blow(delay=dice.uniform(0, seconds[name])) for _ in range(2))
            place.strike(name, first, second)
            if place.kills >= count:
                break


@pytest.mark.system
@pytest.mark.skipif(bool(OBSTACLE), reason=OBSTACLE)
@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_what_is_broken_on_purpose_is_noticed(bases: Bases, sabotage: str) -> None:
    name, call, _ = SABOTAGES[sabotage]
    with serving(bases.ground, f"signal=KILL:when={STRUCK}") as server:
        place = Range(bases, server, Tally(), random.Random(sabotage), sabotage)
        calls = place.run(name)[0]
        blows = [blow for blow, at in list_blows(calls) if blow.call == call and at in ("packs", "tmp")]
        with pytest.raises(AssertionError):
            for blow in reversed(blows):
                place.strike(name, blow, blow)


def list_blows(calls: list[Call]) -> list[tuple[Blow, str]]:
    """One for each call that was made, and the place in the vault at which it falls."""
    made = Counter[str]()
    blows = []
    for call in calls:
        made[call.name] += 1
        blows.append((Blow(call.name, made[call.name]), call.place))
    return blows
