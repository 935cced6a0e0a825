"""P17. The whole way out: a dossier is refused exactly where somebody it concerns did not agree."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count as counting
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from msgspec import structs
from tests.cli.conftest import make_cheap
from tests.dossier.cases import Invented, look
from tests.promises.consents import FIRST, ORGANISATIONS, Event
from tests.promises.door import KEPT, LEFT_OUT, PEOPLE, RECORD, SCENES, Asked, keeps_published, refuse
from tests.promises.twins import Tally, twin

from onggi.dossier.build import Plan, plan_dossier
from onggi.dossier.order import Order
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import Rules
from onggi.ledger.ledger import Placed
from onggi.model.entity import make_code
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Text

# Each case of a vault has a name of its own: one that two people bear may stand in no dossier.
NAMES = ["박" + first + second for first in "은철복순광명" for second in "국화실주남"]
_RENEWED = len(NAMES)


class Door:
    """A vault with a new case for each history, and plans of dossiers of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = counting(1_000)
        self._vaults = counting(1)
        self._left = 0

    def plan(self, asked: Asked, histories: Mapping[str, Sequence[Event]]) -> tuple[Plan, frozenset[str]]:
        """What the door says, and whose consent it misses."""
        self._renew()
        codes = {
            who: make_code("person", lambda size: next(self._numbers).to_bytes(size, "big")) for who in PEOPLE
        }
        text = RECORD.replace("NAME", NAMES[self._left])
        for who, code in codes.items():
            text = text.replace(f'"{who.upper()}"', f'"{code}"')
        self._invented.case = self._invented.record(text)
        ids = self._decide(codes, histories)
        ledger = self._invented.open()
        plan = plan_dossier(
            ledger, look(ledger, self._invented.case), ledger.vault.compartment(), self._order(asked, ids)
        )
        missing = [one.where for one in plan.findings if one.code.startswith("consent.")]
        names = {code: name for name, code in codes.items()}
        return plan, frozenset(names[code] for code in missing)

    def close(self) -> None:
        """Close what is open."""
        if self._left:
            self._invented.close()

    def _renew(self) -> None:
        if not self._left:
            self._invented = Invented(self._folder / f"vault{next(self._vaults)}")
            self._invented.make()
            self._left = _RENEWED
        self._invented.close()
        self._invented.opened.clear()
        self._left -= 1

    def _decide(self, codes: Mapping[str, str], histories: Mapping[str, Sequence[Event]]) -> dict[str, str]:
        """Record what everybody decided, one after the other; each decision knows the one before it."""
        first, second = self._invented.open(), self._invented.open(2)
        view, case = first.view(), self._invented.case
        ids = {who: view.find(code) for who, code in codes.items()}
        placed: dict[bool, list[Placed]] = {False: [], True: []}
        for who, history in histories.items():
            before: tuple[str, ...] = ()
            for event in history:
                id = self._invented.dice(16).hex()
                said = What("consent", structs.replace(event.consent, knows=before))
                placed[False].append((Stratum.RECORD, Statement(said, About(id, ids[who], case, ""))))
                for member in event.signed:
                    note = first.make_statement(id, case, "seconded", Text("to test", "und"))
                    placed[member == "bea"].append((Stratum.RECORD, note))
                before = (id,)
        for ledger, statements in ((first, placed[False]), (second, placed[True])):
            if statements:
                ledger.append(ledger.vault.compartment(), statements)
        return ids

    def _order(self, asked: Asked, ids: Mapping[str, str]) -> Order:
        body = find_recipient("ARCHIVE" if asked.archive else "UN-SP")
        rules = Rules(
            words=asked.words,
            named=frozenset(ids[one] for one in asked.named),
            without=frozenset(ids.get(one, one) for one in asked.without),
        )
        return Order(
            self._invented.case,
            body,
            ORGANISATIONS[0] if asked.archive else None,
            "research" if asked.research else "evidence",
            ("en",),
            FIRST + timedelta(asked.days),
            rules,
        )


@twin(10, 100)
def test_the_door_opens_where_all_agreed(
    swift_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, count: int
) -> None:
    """Four people decided this and that, and dossiers were asked for: refused as the oracle says, and for
    want of the same people's consent; and what was published stays inside against a no."""
    make_cheap(monkeypatch)
    door = Door(swift_path)

    # A case takes a second, so nothing is made smaller: what failed is small as it is.
    tried = (Phase.explicit, Phase.reuse, Phase.generate)

    @settings(max_examples=count, deadline=None, phases=tried, suppress_health_check=list(HealthCheck))
    @example(KEPT)
    @example(LEFT_OUT)
    @given(SCENES)
    def check(scene: tuple[Asked, dict[str, list[Event]]]) -> None:
        asked, histories = scene
        nothing, missing = refuse(asked, histories)
        plan, found = door.plan(asked, histories)
        others = {one.code for one in plan.findings if one.grave and not one.code.startswith("consent.")}
        assert found == missing
        assert others == ({"release.nothing"} if nothing else set())
        assert plan.refused is bool(nothing or missing)
        kept = [one.values for one in plan.findings if one.code == "release.declined"]
        assert kept == [{"count": 1}] * keeps_published(asked, histories)
        tally.add("dossiers")
        tally.add("let through", not plan.refused)
        tally.add("kept inside by a no", bool(kept))

    try:
        check()
    finally:
        door.close()
    assert tally.counts["let through"] >= max(1, count // 20), (
        "the draw must let enough through to mean something"
    )
    assert tally.counts["kept inside by a no"] >= max(1, count // 50), "and a no must keep something inside"
