"""P17. Nothing is allowed that a person did not agree to: random histories against an oracle."""

from dataclasses import replace
from datetime import timedelta
from itertools import count as counting
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.ledger.invented import id_of, kind, state
from tests.ledger.invented import record as place
from tests.promises.consents import EVENTS, FIRST, HISTORIES, REQUESTS, Event, ask_oracle, record
from tests.promises.small_vault import COST, made_cheap
from tests.promises.twins import Tally, twin
from tests.vault.invented import Clock, Dice

from onggi.ledger.consents import list_decisions, read_consents
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.ledger.withdrawing import withdraw_consent
from onggi.model.consent import Consent
from onggi.model.request import Request, judge_consent
from onggi.model.statement import Statement
from onggi.model.value import Term, Value
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.session import write_session

ANN, BEA = 1, 2
_LATER = FIRST + timedelta(31)
_STATUS = {"missing_or_dead": "missing", "detained_or_returned": "detained"}


@twin(500, 20_000)
def test_any_history_against_any_request(tally: Tally, count: int) -> None:
    """Decisions made in two copies, by herself and by others, against requests: the oracle says the same."""

    @settings(max_examples=count, deadline=None)
    @given(HISTORIES, REQUESTS)
    def check(history: list[Event], asked: Request) -> None:
        recorded = record(history)
        allowed = judge_consent(recorded, asked) is None
        assert allowed is ask_oracle(history, asked)
        assert (judge_consent(recorded[::-1], asked) is None) is allowed, "in whatever order they are read"
        tally.add("histories")
        tally.add("allowed", allowed)

    check()
    assert tally.counts["allowed"] >= count // 50, "the draw must allow often enough to mean something"


@twin(200, 20_000)
def test_a_withdrawal_is_the_end_of_it(tally: Tally, count: int) -> None:
    """After any history she withdraws, all or this alone: nothing of it is allowed, in either copy."""

    @settings(max_examples=count, deadline=None)
    @given(HISTORIES, REQUESTS, st.booleans(), st.booleans(), st.booleans())
    def check(history: list[Event], asked: Request, everything: bool, of_all: bool, merge: bool) -> None:
        whom = (None, None) if of_all else (asked.recipient, asked.organisation)
        no = Consent("withdrawn", "2026-01-02", None if everything else asked.purpose, *whom)
        done = [*history, Event(no, 0, merge, frozenset(), False, frozenset())]
        assert judge_consent(record(done), asked) is not None
        tally.add("histories")

    check()


@twin(6, 500)
def test_a_vault_against_any_request(swift_path: Path, tally: Tally, count: int) -> None:
    """Two members record, sign, take back and withdraw: the vault allows what the oracle allows."""
    with made_cheap():
        office = _Office(swift_path / "vault")

        # A busy machine draws slowly, which says nothing about consent.
        @settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.lists(EVENTS, min_size=1, max_size=3), REQUESTS, st.booleans())
        def check(drawn: list[Event], asked: Request, withdrawn: bool) -> None:
            history = [replace(one, copy=0) for one in drawn]
            for event in history:
                office.record(event)
            assert office.allows(asked) is ask_oracle(_spread(history), asked)
            tally.add("allowed", office.allows(asked))
            if withdrawn:
                office.withdraw()
                assert not office.allows(asked)
            tally.add("histories")
            office.meet()

        check()
    assert tally.counts["allowed"] >= count // 50, "the draw must allow often enough to mean something"


def _spread(history: list[Event]) -> list[Event]:
    """What became of her after one decision did so after those before it."""
    return [
        replace(one, after=frozenset().union(*(later.after for later in history[number:])))
        for number, one in enumerate(history)
    ]


class _Office:
    """A vault of two members, who keep it open, and the person whom they speak with now."""

    def __init__(self, root: Path) -> None:
        self._root, self._dice, self._clock, self._ids = root, Dice("consent"), Clock(), counting()
        vault = create_vault(root, "1", "main", COST, self._dice)
        with write_session(vault):
            assert add_member(vault, "2", "member", COST) == BEA
            grant_strata(vault, vault.compartment(), vault.members.slots()[BEA], STRATA, False)
        self._members = {slot: self._open(slot) for slot in (ANN, BEA)}
        self._case, self._person = self._id(), ""
        self._append(ANN, kind(self._case, "case", self._case))
        self.meet()

    def meet(self) -> None:
        """Somebody else comes."""
        self._person = self._id()
        self._append(ANN, kind(self._person, "person", self._case))

    def record(self, event: Event) -> None:
        """Ann records a decision, who signs it signs it, and what became of her is recorded."""
        id = self._id()
        knows = tuple(list_decisions(self._members[ANN].view(), id_of(self._person)))
        consent = structs.replace(event.consent, knows=knows)
        self._append(ANN, self._say(id, "consent", consent))
        for name in event.signed:
            self._append(
                ANN if name == "ann" else BEA, self._say(self._id(), "seconded", "INVENTED", about=id)
            )
        if event.retracted:
            self._append(ANN, self._say(self._id(), "note", "INVENTED", retracts=[id]))
        for fate in event.after:
            self._append(BEA, self._say(self._id(), "victim_status", Term("victim_status", _STATUS[fate])))

    def withdraw(self) -> None:
        """She takes back all of it, and Bea records it."""
        bea = self._open(BEA)
        main = bea.vault.compartment()
        withdraw_consent(bea, main, id_of(self._case), id_of(self._person), None, _LATER)

    def allows(self, asked: Request) -> bool:
        """What comes of a request about her, in a process that begins now."""
        recorded = read_consents(self._open(BEA).view(), id_of(self._person))
        return judge_consent(recorded, asked) is None

    def _open(self, slot: int) -> Ledger:
        return open_ledger(self._root, slot, str(slot), self._dice, self._clock)

    def _say(self, id: str, name: str, value: Value | str, about: str = "", **more: Any) -> Statement:
        return state(id, name, value, about or self._person, case=self._case, **more)

    def _append(self, slot: int, statement: Statement) -> None:
        ledger = self._members[slot]
        ledger.append(ledger.vault.compartment(), place(statement))

    def _id(self) -> str:
        return f"{next(self._ids)}."
