"""A HEIC says when and where, though it is not decoded; and broken boxes lead nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.invented import ARTIST, DAY, MAKER, PLACE, make_heif

from onggi.errors import OnggiError
from onggi.evidence.kinds import find_kind
from onggi.evidence.metadata_heif import look_at_heif


@pytest.mark.parametrize("method", [0, 1])
def test_a_heic_says_who_when_and_where(method: int) -> None:
    data = make_heif(method)
    assert find_kind(data) == "heif"
    look = look_at_heif(data)
    assert (look.taken_on, look.taken_at) == (DAY, PLACE)
    assert {("EXIF Make", MAKER), ("XMP dc:creator", ARTIST)} <= set(look.entries)


@given(st.integers(0, len(make_heif()) - 1), st.binary(max_size=40))
def test_broken_boxes_are_refused_or_read(at: int, put: bytes) -> None:
    data = make_heif()
    try:
        look_at_heif(data[:at] + put + data[at + len(put) :])
        look_at_heif(data[:at] + put)
    except OnggiError as error:
        assert error.id == "evidence.broken"
