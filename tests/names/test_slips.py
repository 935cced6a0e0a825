"""Given names that may be slips for one another (§10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.slips import weigh_slip

KIM = 0.2  # the chance of the surname
NAMES = st.text(alphabet="영연명희혜순옥숙철호은", min_size=1, max_size=2)


@pytest.mark.parametrize(
    ("name", "near", "far"),
    [
        ("영희", "연희", "복희"),
        ("영희", "영히", "영호"),
        ("정숙", "종숙", "광숙"),
        ("은희", "은혜", "은철"),
        ("준", "춘", "봉"),
    ],
)
def test_what_sounds_alike_is_nearer(name: str, near: str, far: str) -> None:
    assert weigh_slip(name, near, KIM) > weigh_slip(name, far, KIM) > 0


def test_a_syllable_may_be_left_out_but_not_another_put_there() -> None:
    assert weigh_slip("영희", "영", KIM) > 0
    assert weigh_slip("영희", "호", KIM) == 0


def test_two_syllables_apart_is_no_slip() -> None:
    assert weigh_slip("영희", "순옥", KIM) == 0
    assert weigh_slip("영희", "희영", KIM) == 0


@given(NAMES, NAMES)
def test_which_is_the_slip_does_not_matter(one: str, other: str) -> None:
    assert weigh_slip(one, other, KIM) == pytest.approx(weigh_slip(other, one, KIM))


def test_kin_share_a_rare_syllable() -> None:
    assert weigh_slip("몽준", "몽주", KIM) < 100  # by chance alone it would be thousands
