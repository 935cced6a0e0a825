"""What needs a decision today, gathered from the rooms; each line leads to where it is decided, or says how.

Over a view of the record. What contradicts what, and which texts nobody screened, is looked for case by case
and remembered until something is recorded in the case; how the time stamps stand is remembered for a day, or
until one is added; the rest is asked anew. Refused: names; whatever identity would have to be opened for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onggi.evidence.timestamp.check import say_moment
from onggi.evidence.timestamp.health import Health, list_due, read_health
from onggi.law.agenda import Day
from onggi.ledger.consents import list_ending
from onggi.ledger.screening import find_unscreened
from onggi.ledger.seconds import list_waiting
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import Matter, View
from onggi.vault.opened import Vault
from onggi.web.addresses import address
from onggi.web.behind import Hidden
from onggi.web.days import say_day
from onggi.web.manner import speak_plainly
from onggi.web.shown import call_compartment
from onggi.web.waiting import Task
from onggi.words import say

_AT_ONCE = 5
"""Cases that are weighed while somebody waits for the first page."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case: how many contradictions it holds, and how many statements whose texts nobody screened."""

    conflicts: int
    unscreened: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What is to be done about the time stamps of a compartment.

    `state` is `bad` (one does not hold), `due` (one is to be renewed before `day`) or `none` (none holds).
    """

    compartment: str
    state: str
    day: str = ""


class Attention:
    """Looks through cases and time stamps, and remembers: that takes long, and seldom changes."""

    def __init__(self) -> None:
        self._cases: dict[str, tuple[object, Weighed]] = {}
        self._proofs: dict[str, tuple[object, Proof | None]] = {}

    def forget(self) -> None:
        """Let go of all."""
        self._cases.clear()
        self._proofs.clear()

    def weigh_cases(
        self, view: View, matters: Iterable[Matter], seers: Mapping[str, Collection[str]]
    ) -> tuple[dict[str, Weighed], int]:
        """What each case holds, and how many cases have not been looked through yet.

        `seers` are the members who may see names, by compartment. Of the cases that changed a few are looked
        through, the first ones first, so that nobody waits for all of them.
        """
        found, waiting = {}, []
        for one in matters:
            state = one.count, one.newest, seers
            known, weighed = self._cases.get(one.case, (None, None))
            if weighed is None or known != state:
                waiting.append((one.case, state))
            else:
                found[one.case] = weighed
        for case, state in waiting[:_AT_ONCE]:
            portrait = view.portrait(case)
            unscreened = [
                held
                for place, members in seers.items()
                for held in find_unscreened(
                    (one for one in portrait.statements if one.compartment == place), members
                )
            ]
            found[case] = Weighed(len(portrait.conflicts), len(unscreened))
            self._cases[case] = state, found[case]
        return found, len(waiting[_AT_ONCE:])

    def list_proofs(self, vault: Vault, now: int) -> list[Proof]:
        """What is to be done about time stamps at `now`, in seconds, compartment by compartment."""
        day = datetime.fromtimestamp(now, UTC).date()
        found = []
        for one in vault.compartments:
            state = day, frozenset(kept.id for kept in vault.tokens(one))
            known, proof = self._proofs.get(one.id, (None, None))
            if known != state:
                proof = judge_proof(read_health(vault, one, now), now)
                self._proofs[one.id] = state, proof
            if proof is not None:
                found.append(proof)
        return found


def judge_proof(health: Health, now: int) -> Proof | None:
    """The most pressing thing to be done about the time stamps of a compartment, if any."""
    tokens = [one for anchor in health.anchors for one in anchor.tokens]
    if any(not one.checked.valid for one in tokens):
        return Proof(health.compartment, "bad")
    for _, one in list_due(health, now):
        if one.checked.stamp is not None:
            return Proof(health.compartment, "due", say_moment(one.checked.stamp.renew_by)[:10])
    return Proof(health.compartment, "none") if health.commits and not tokens else None


def list_tasks(
    view: View,
    weighed: Mapping[str, Weighed],
    proofs: Sequence[Proof],
    ending: Mapping[str, Sequence[Day]],
    hidden: Hidden | None,
    today: date,
    tongue: str,
) -> list[Task]:
    """What waits, the most pressing first.

    A second signature, a day of the law, a yes that ends, what cannot all be true, pairs to judge, items of
    unknown origin, texts to be screened, time stamps. `ending` has the days that are near, case by case.
    """
    tasks = [
        Task(
            say("web_home.second", tongue, about=view.call(held.statement.subject)),
            address(view, held.statement.subject),
            say_statement(held, tongue, view.call, speak_plainly(tongue)),
            say("web_home.second.tag", tongue),
            "doubt",
        )
        for held in list_waiting(view, today)
    ]
    tasks += [
        Task(
            say("web_home.law", tongue, case=view.call(case)),
            f"{address(view, case)}/law/days",
            say("web_home.law.hint", tongue, count=len(days)),
            say("web_home.law.tag", tongue, day=say_day(days[0].day.isoformat(), tongue)),
            "doubt",
        )
        for case, days in sorted(ending.items(), key=lambda pair: pair[1][0])
    ]
    tasks += [
        Task(
            say("web_home.consent", tongue, person=view.call(held.statement.subject)),
            address(view, held.statement.subject),
            say("web_home.consent.hint", tongue),
            say("web_home.consent.tag", tongue, day=say_day(consent.valid_until or "", tongue)),
            "doubt",
        )
        for held, consent in list_ending(view, today)
    ]
    tasks += [
        Task(
            say("web_home.conflict", tongue, case=view.call(case)),
            f"{address(view, case)}#conflicts",
            say("web_home.conflict.hint", tongue),
            f"≠ {one.conflicts}",
            "doubt",
        )
        for case, one in weighed.items()
        if one.conflicts
    ]
    for name, href, count in _list_hidden(hidden):
        told = [say(f"web_home.{name}{part}", tongue, count=count) for part in ("", ".hint", ".tag")]
        tasks.append(Task(told[0], href, told[1], told[2], "doubt"))
    if unscreened := sum(one.unscreened for one in weighed.values()):
        tasks.append(
            Task(
                say("web_home.screen", tongue),
                "/screening",
                say("web_home.screen.hint", tongue),
                say("web_home.screen.tag", tongue, count=unscreened),
                "doubt",
            )
        )
    tasks += [
        Task(
            say(f"web_home.proof.{one.state}", tongue, name=call_compartment(one.compartment, tongue)),
            "/stamps",
            say(f"web_home.proof.{one.state}.hint", tongue),
            say(f"web_home.proof.{one.state}.tag", tongue, day=say_day(one.day, tongue) if one.day else ""),
            "wrong" if one.state == "bad" else "doubt",
        )
        for one in proofs
    ]
    return tasks


def _list_hidden(hidden: Hidden | None) -> list[tuple[str, str, int]]:
    """What waits behind identity: the sentence, where it is done, and how many."""
    if hidden is None:
        return []
    found = [("pairs", "/review", hidden.pairs or 0), ("items", "", hidden.items)]
    return [one for one in found if one[2]]
