"""Grant logs: who may read what, and that nobody gives what is not hers."""

import pytest
from tests.vault.people import (
    ANNA,
    BORA,
    CHEN,
    COMPARTMENT,
    DARA,
    ENROLMENTS,
    EPOCHS,
    LOG_KEY,
    START,
    STRATUM_KEYS,
    fold,
    grant,
    make_person,
)

from onggi.errors import OnggiError
from onggi.vault.grants import Compartment, Grants, read_grants
from onggi.vault.members import Enrolment
from onggi.vault.signed import hash_signed

BORAS = make_person("bora's other", "member", 2, BORA.card.member)
MEMBERS = fold(BORA.sign(Enrolment(1, BORA.id, (hash_signed("entry", ENROLMENTS[BORA.id]),), BORAS.card)))
OWN = grant(ANNA, ANNA, "record", "identity", "care", release=True)
BORA_RECORD = grant(ANNA, BORA, "record")


def fold_grants(*entries: bytes) -> Grants:
    """A grant log with these entries behind its first two."""
    return read_grants(MEMBERS, [START, OWN, *entries])


def said(grants: Grants) -> list[str]:
    """The ids of what was found."""
    return [finding.code for finding in grants.findings]


def test_an_honest_log() -> None:
    grants = fold_grants(BORA_RECORD, grant(DARA, BORA, "care"))
    assert said(grants) == []
    assert grants.strata[BORA.id] == {"record", "care"} and grants.release == {ANNA.id}
    assert (grants.id, grants.start.name) == (COMPARTMENT, "main")


FORGED = {
    "a member grants to herself": grant(BORA, BORA, "identity"),
    "a member grants to another": grant(BORA, CHEN, "record", prev=hash_signed("entry", BORA_RECORD)),
    "a member's own device gets more": grant(
        BORA, BORAS, "record", "identity", prev=hash_signed("entry", BORA_RECORD)
    ),
    "a member's own device may release": grant(
        BORA, BORAS, "record", release=True, prev=hash_signed("entry", BORA_RECORD)
    ),
    "a stratum that is none": grant(ANNA, BORA, "everything"),
    "a device that is none": grant(ANNA, make_person("nobody", "member", 9), "record"),
    "bytes": b"bytes",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_grant_gives_nothing_and_is_said(name: str) -> None:
    honest, grants = fold_grants(BORA_RECORD), fold_grants(BORA_RECORD, FORGED[name])
    assert said(grants) == ["vault.grants.entry"]
    assert (grants.strata, grants.release) == (honest.strata, honest.release)


def test_a_member_hands_what_she_has_to_her_own_device() -> None:
    grants = fold_grants(BORA_RECORD, grant(BORA, BORAS, "record", prev=hash_signed("entry", BORA_RECORD)))
    assert said(grants) == [] and grants.strata[BORAS.id] == {"record"}


def test_a_changed_signature_gives_nothing() -> None:
    bent = BORA_RECORD[:-1] + bytes([BORA_RECORD[-1] ^ 1])
    grants = fold_grants(bent)
    assert said(grants) == ["vault.grants.entry"] and BORA.id not in grants.strata


def test_a_grant_behind_a_missing_one_waits() -> None:
    grants = fold_grants(grant(ANNA, BORA, "record", prev="77" * 32))
    assert said(grants) == ["vault.grants.gap"] and BORA.id not in grants.strata


def test_a_compartment_is_begun_by_one_admin_once() -> None:
    rings = {stratum: "0c" * 16 for stratum in STRATUM_KEYS}
    by_member = BORA.sign(Compartment(1, BORA.id, (), COMPARTMENT, "main", rings, EPOCHS))
    again = DARA.sign(Compartment(1, DARA.id, (), COMPARTMENT, "mine", rings, EPOCHS))
    for entries in ([], [by_member], [OWN], [START, again]):
        with pytest.raises(OnggiError, match="vault.grants.start"):
            read_grants(MEMBERS, entries)
    assert fold_grants(by_member).start.by == ANNA.id


def test_only_the_keys_that_are_named() -> None:
    grants = fold_grants()
    assert grants.names_key("log", LOG_KEY)
    assert all(grants.names_key(stratum, key) for stratum, key in STRATUM_KEYS.items())
    assert not grants.names_key("record", STRATUM_KEYS["identity"])
    assert not grants.names_key("publication", LOG_KEY)
    assert grants.tips == (hash_signed("entry", OWN),)
