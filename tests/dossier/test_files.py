"""What a dossier tells of files, and which of them go along."""

import pytest
from tests.dossier.matters import describe, matter_of, names
from tests.ledger.invented import id_of, point, state

from onggi.dossier.files import Chosen, choose_files, describe_files
from onggi.errors import Finding
from onggi.evidence.custody import Custody
from onggi.model.statement import Statement
from onggi.model.value import Term


@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_how_many_days_a_gap_lasted_is_not_told(lang: str) -> None:
    gaps = (
        Finding("evidence.custody.delay", "I-1", {"days": 2727}, grave=False),
        Finding("evidence.custody.digest", "I-1", grave=False),
    )
    chosen = Chosen("0" * 32, "text/plain", frozenset(), (), Custody("0" * 32, False, (), gaps))
    (part,) = describe_files([chosen], lambda item: "I-7", lang)
    assert len(part.gaps) == 2 and all(part.gaps)
    assert not any(letter.isdigit() for gap in part.gaps for letter in gap)


def made(name: str, kind: str) -> list[Statement]:
    return [
        *describe(name, "item"),
        point(f"{name}-from", "derived_from", "photo", name),
        state(f"{name}-as", "derived_as", Term("derivatives", kind), name),
        state(f"{name}-type", "media_type", "image/png", name),
    ]


BROUGHT = point("by", "brought_by", "woman", "photo")
COPIES = (*made("first", "redacted"), *made("better", "redacted"), *made("said", "transcript"))


def carried(*more: Statement, without: frozenset[str] = frozenset()) -> list[set[str]]:
    """Of each item that is told of, what goes along."""
    matter = matter_of(*COPIES, *more, identity=("by",))
    return [names(matter, {one.item for one in each.carried}) for each in choose_files(matter, True, without)]


def test_the_newest_redacted_copy_goes_along_and_no_older_one() -> None:
    assert carried(BROUGHT) == [{"better", "said"}]


def test_of_a_file_that_nobody_is_known_to_have_brought_nothing_goes_along() -> None:
    assert carried(point("sh", "shows", "woman", "photo")) == [set()]


@pytest.mark.parametrize("entity", ["photo", "woman"])
def test_of_what_was_left_out_or_marked_nothing_is_told(entity: str) -> None:
    mark = state("mark", "withheld_as", Term("redaction_classes", "trauma"), entity)
    assert carried(BROUGHT, mark) == []
    assert carried(BROUGHT, without=frozenset({id_of(entity)})) == []


def test_a_file_of_somebody_left_out_under_another_entry_is_not_told() -> None:
    same = (*describe("bride", "person"), point("x", "same_as", "woman", "bride"))
    assert carried(BROUGHT, *same, without=frozenset({id_of("bride")})) == []
