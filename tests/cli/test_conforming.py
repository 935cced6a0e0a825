"""The checker of contracts refuses what a contract does not say."""

from typing import Any

import pytest
from tests.cli.conforming import find_deviations

from onggi.cli.contracts.record import Recorded, StatementRow
from onggi.cli.contracts.vault import MemberRow

MEMBER = {"slot": 1, "role": "admin", "you": True, "grants": {"main": ["record"]}}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"slot": "1"}, "answer[0].slot"),
        ({"slot": True}, "answer[0].slot"),
        ({"you": 1}, "answer[0].you"),
        ({"grants": {"main": "record"}}, "answer[0].grants.main"),
        ({"grants": {"main": [None]}}, "answer[0].grants.main[0]"),
        ({"name": "x"}, "answer[0].name"),
    ],
)
def test_a_changed_field_is_told(change: dict[str, Any], place: str) -> None:
    assert find_deviations(list[MemberRow], [MEMBER]) == []
    assert [one.split()[0] for one in find_deviations(list[MemberRow], [MEMBER | change])] == [place]


def test_a_missing_field_is_told_unless_it_may_be_absent() -> None:
    assert find_deviations(Recorded, {"ok": False, "findings": []}) == []
    assert find_deviations(Recorded, {"ok": False}) == ["answer.findings is missing"]


def test_null_only_where_the_contract_has_it() -> None:
    row = dict.fromkeys(("statement", "entity", "case", "property", "text", "stratum", "commit"), "x")
    nulls: dict[str, str | None] = {"kind": None, "code": None, "source": None}
    assert find_deviations(StatementRow, row | nulls) == []
    assert find_deviations(StatementRow, row | nulls | {"case": None}) == ["answer.case is no <class 'str'>"]
