"""Logs of commits: gaps, forks, logs set back, false signers and clocks, each with its place."""

import itertools

import pytest
from msgspec import structs
from tests.proof.vectors import read_vectors
from tests.vault.people import ANNA, BORA, CHEN, COMPARTMENT, START, Person, commit, fold, grant, make_person

from onggi.errors import OnggiError
from onggi.vault.commits import Commit, History, log_id, read_history
from onggi.vault.grants import read_grants
from onggi.vault.signed import hash_signed, read_body

OURS = read_vectors("vault")
MEMBERS = fold()
GRANTS = read_grants(MEMBERS, [START, grant(ANNA, ANNA, "record"), grant(ANNA, BORA, "record")])


def chain(by: Person, length: int) -> list[bytes]:
    """A log of this length."""
    raws: list[bytes] = []
    for seq in range(length):
        raws.append(commit(by, seq, raws[-1] if raws else None))
    return raws


ANNAS, BORAS = chain(ANNA, 4), chain(BORA, 3)
ANNA_LOG, BORA_LOG = (log_id(COMPARTMENT, person.id) for person in (ANNA, BORA))


def read(*raws: bytes) -> History:
    """What these commits say."""
    return read_history(MEMBERS, GRANTS, raws)


def lengths(history: History) -> dict[str, int]:
    """How much of each log is read."""
    return {log.id: len(log.steps) for log in history.logs.values()}


def said(history: History) -> set[tuple[str, str]]:
    """What was found, and where."""
    return {(finding.code, finding.where) for finding in history.findings}


def test_the_log_of_the_vectors() -> None:
    assert log_id(OURS["log_id"]["compartment"], OURS["log_id"]["device"]) == OURS["log_id"]["log"]


def test_honest_logs_in_any_order() -> None:
    for order in itertools.permutations(ANNAS):
        history = read(*order, *BORAS, *order)
        assert history.findings == [] and lengths(history) == {ANNA_LOG: 4, BORA_LOG: 3}
    assert history.seen == {
        ANNA_LOG: (3, hash_signed("commit", ANNAS[3])),
        BORA_LOG: (2, hash_signed("commit", BORAS[2])),
    }
    times = [step.commit.hlc for step in history.steps()]
    assert times == sorted(times)


@pytest.mark.parametrize("missing", range(3))
def test_a_gap(missing: int) -> None:
    history = read(*ANNAS[:missing], *ANNAS[missing + 1 :], *BORAS)
    assert said(history) == {("vault.commits.gap", f"{ANNA_LOG}:{missing}")}
    assert lengths(history) == {ANNA_LOG: 3, BORA_LOG: 3}
    assert history.logs[ANNA_LOG].head == (3, hash_signed("commit", ANNAS[3]))
    assert history.gaps == [f"{ANNA_LOG}:{missing}"]
    there = [history.step(ANNA_LOG, seq) is not None for seq in range(-1, 5)]
    assert there == [False, *(seq != missing for seq in range(4)), False]


def test_a_long_gap_is_said_once() -> None:
    far = commit(ANNA, 2**31, ANNAS[1], clock=9000)
    history = read(*ANNAS[:2], far)
    assert said(history) == {("vault.commits.gap", f"{ANNA_LOG}:2")}
    assert lengths(history) == {ANNA_LOG: 3}


def test_a_commit_that_does_not_fit_the_one_before_ends_the_log() -> None:
    odd = commit(ANNA, 2, ANNAS[0], mark=1)
    history = read(*ANNAS[:2], odd, ANNAS[3])
    assert said(history) == {("vault.commits.chain", f"{ANNA_LOG}:2")}
    assert lengths(history) == {ANNA_LOG: 2}


def test_a_fork_is_said_and_one_branch_followed() -> None:
    other = commit(ANNA, 2, ANNAS[1], mark=1)
    history = read(*ANNAS, other)
    assert ("vault.commits.fork", f"{ANNA_LOG}:2") in said(history)
    assert lengths(history)[ANNA_LOG] >= 3
    assert history.step(ANNA_LOG, 1) is not None


def test_a_log_that_was_set_back_is_seen_by_who_had_seen_more() -> None:
    seen = {BORA_LOG: (2, hash_signed("commit", BORAS[2]))}
    witness = commit(ANNA, 0, clock=9000, seen=seen)
    assert read(witness, *BORAS).findings == []
    assert said(read(witness, *BORAS[:2])) == {("vault.commits.rollback", f"{BORA_LOG}:2")}
    assert said(read(witness)) == {("vault.commits.rollback", f"{BORA_LOG}:2")}


def test_a_log_that_was_written_twice_is_seen_by_who_had_seen_the_other() -> None:
    witness = commit(ANNA, 0, clock=9000, seen={BORA_LOG: (2, "77" * 32)})
    assert said(read(witness, *BORAS)) == {("vault.commits.fork", f"{BORA_LOG}:2")}


def test_clocks_grow() -> None:
    back = commit(ANNA, 1, ANNAS[0], clock=1000)
    history = read(ANNAS[0], back)
    assert said(history) == {("vault.commits.clock", f"{ANNA_LOG}:1")} and lengths(history) == {ANNA_LOG: 1}
    seen = {BORA_LOG: (2, hash_signed("commit", BORAS[2]))}
    early = commit(ANNA, 0, clock=1, seen=seen)
    assert said(read(early, *BORAS)) == {("vault.commits.clock", f"{ANNA_LOG}:0")}


NOBODY = make_person("nobody", "member", 9)
FALSE = {
    "of nobody": (commit(NOBODY, 0), "signer"),
    "of a member without a grant": (commit(CHEN, 0), "signer"),
    "in another's log": (commit(BORA, 0, log=ANNA_LOG, mark=5), "signer"),
    "at the end of another's log": (commit(BORA, 4, ANNAS[3], log=ANNA_LOG), "signer"),
    "with a changed signature": (commit(ANNA, 2, ANNAS[1], mark=6)[:-1] + b"\x00", "signature"),
    "of no form": (BORA.sign(BORA.card, "commit"), "broken"),
    "bytes": (b"bytes", "broken"),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_commit_is_said_and_takes_no_honest_one_with_it(name: str) -> None:
    raw, code = FALSE[name]
    history = read(*ANNAS, *BORAS, raw)
    assert {finding.code for finding in history.findings} == {f"vault.commits.{code}"}
    assert lengths(history) == {ANNA_LOG: 4, BORA_LOG: 3}


def test_a_commit_of_another_compartment() -> None:
    elsewhere = commit(ANNA, 0).replace(COMPARTMENT.encode(), b"d0" * 16)
    assert {code for code, _ in said(read(elsewhere))} == {"vault.commits.signer"}


def test_a_newer_commit_stops_whoever_cannot_read_it_if_somebody_signed_it() -> None:
    forged = commit(ANNA, 0).replace(b'"v":1', b'"v":2')
    assert {code for code, _ in said(read(forged))} == {"vault.commits.broken"}
    signed = ANNA.sign(structs.replace(read_body(commit(ANNA, 0), Commit), v=2), "commit")
    with pytest.raises(OnggiError, match="vault.newer"):
        read(signed)


def test_a_signature_that_was_verified_before_is_not_verified_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = {hash_signed("commit", raw) for raw in ANNAS}
    monkeypatch.setattr("onggi.vault.commits.check_signed", lambda *arguments: pytest.fail("verified again"))
    assert lengths(read_history(MEMBERS, GRANTS, ANNAS, hashes)) == {ANNA_LOG: 4}
