"""Who appears in a file: keys, kinds, ids and codes, and who is meant by each."""

from tests.intake.vault_double import Dice, VaultDouble

from onggi.errors import Finding
from onggi.intake.cast import Appearance, Cast
from onggi.intake.findings import Findings, Spot
from onggi.model.entity import make_code, read_code

SPOT = Spot(lambda path: "line 1", ())
WOMAN = ("b" * 32, "person")


def make(cast: Cast, kind: str, key: str, code: object = None) -> Appearance:
    findings = Findings()
    made = cast.make(kind, key, code, SPOT, findings)
    assert findings.count == 0
    return made


def test_a_key_means_its_entity_with_and_without_its_kind() -> None:
    cast = Cast(VaultDouble(), Dice())
    made = make(cast, "person", "woman")
    assert cast.find("woman", "") is made
    assert cast.find("person:woman", "") is made
    assert isinstance(cast.find("group:woman", ""), Finding)
    assert made.code is not None and read_code(made.code) == made.code


def test_a_key_of_two_kinds_needs_its_kind() -> None:
    cast = Cast(VaultDouble(), Dice())
    person, source = make(cast, "person", "7"), make(cast, "source", "7")
    assert cast.find("7", "line 9") == Finding(
        "intake.reference.ambiguous", "line 9", {"kinds": "person, source"}
    )
    assert cast.find("source:7", "") is source
    assert cast.keys() == {"person:7": person.id, "source:7": source.id}


def test_codes_and_ids_of_the_vault_are_found_however_written() -> None:
    cast = Cast(VaultDouble(entities={"P-8F3KT2H": WOMAN, WOMAN[0]: WOMAN}), Dice())
    for reference in ("P-8F3KT2H", " p-8f3kt2h", "P-8F3KT2H", WOMAN[0]):
        assert cast.find(reference, "") == Appearance(*WOMAN)
    assert isinstance(cast.find("P-8F3KT2J", ""), Finding)


def test_a_key_wins_over_the_vault() -> None:
    cast = Cast(VaultDouble(entities={"P-8F3KT2H": WOMAN}), Dice())
    made = make(cast, "person", "P-8F3KT2H")
    assert cast.find("P-8F3KT2H", "") is made


def test_a_code_may_be_asked_for_once() -> None:
    cast = Cast(VaultDouble(), Dice())
    assert make(cast, "person", "one", "p-8f3kt2h").code == "P-8F3KT2H"
    findings = Findings()
    other = cast.make("person", "two", "P-8F3KT2H", SPOT, findings)
    assert [finding.code for finding in findings.gather()] == ["intake.code.taken"]
    assert other.code != "P-8F3KT2H"


def test_a_random_code_that_is_taken_is_thrown_again() -> None:
    taken = make_code("person", lambda size: bytes(size))
    throws = iter([bytes(16), bytes(4), b"\xff" * 4])
    cast = Cast(VaultDouble(entities={taken: WOMAN}), lambda size: next(throws))
    assert make(cast, "person", "woman").code == make_code("person", lambda size: b"\xff" * size)


def test_only_a_kind_and_a_key_can_be_lacking() -> None:
    cast = Cast(VaultDouble(), Dice())
    make(cast, "person", "7")
    assert cast.find_lacking("person:8") == ("person", "8")
    for reference in ("person:7", "7", "person:", "animal:8", "case:8"):
        assert cast.find_lacking(reference) is None
