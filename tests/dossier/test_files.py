"""What a dossier tells of files gives no day away."""

import pytest

from onggi.dossier.files import Chosen, describe_files
from onggi.errors import Finding
from onggi.evidence.custody import Custody


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
