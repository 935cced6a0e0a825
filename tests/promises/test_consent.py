"""P17. Nothing is allowed that a person did not agree to: random histories against an oracle."""

from hypothesis import given, settings
from tests.promises.consents import HISTORIES, REQUESTS, Event, ask_oracle, record
from tests.promises.twins import Tally, twin

from onggi.model.consent import Consent
from onggi.model.request import Request, judge_consent
from hypothesis import strategies as st


@twin(1_500, 300_000)
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
