"""Headers are read by the letter; one that costs little to make is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.calendar.invented import VECTORS, part
from tests.vectors.make_calendar import mine

from onggi.errors import Exit, OnggiError
from onggi.evidence.calendar import header
from onggi.evidence.calendar.header import read_headers

# The first block of Bitcoin, and number 125552, as everybody has them.
FIRST = (
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
    "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
)
LATER = (
    "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b"
    "1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695"
)


def refuse(text: str, code: str) -> None:
    with pytest.raises(OnggiError) as caught:
        read_headers(text.encode())
    assert (caught.value.id, caught.value.exit_code) == (f"calendar.{code}", Exit.USAGE)


def test_real_headers_have_their_real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "LEAST_WORK", 2**32)
    text = f"# two that everybody has\n\n0 {FIRST}\r\n  125552\t{LATER.upper()}  \n0 {FIRST}\n"
    found = read_headers(text.encode())
    assert found[0].hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    assert found[125552].hash == "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"
    assert found[0].root[::-1].hex() == "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    assert found[0].moment == 1_231_006_505 and found[125552].moment == 1_305_998_791
    assert (found[0].height, set(found)) == (0, {0, 125552})


def test_one_digit_else_and_it_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    for at in range(0, 160, 7):
        other = LATER[:at] + format(int(LATER[at], 16) ^ 1, "x") + LATER[at + 1 :]
        refuse(f"125552 {other}", "work")


def test_what_costs_little_is_none() -> None:
    for line in (f"900000 {VECTORS['header']}", f"0 {FIRST}", f"125552 {LATER}"):
        refuse(line, "work")


@pytest.mark.parametrize("bits", ["00000000", "ffff00ff", "ffff8020", "00000020", "01000001", "ffff7fff"])
def test_a_target_that_is_no_number_is_kept_by_none(bits: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    raw = mine(part("root"), 1).hex()
    refuse(f"1 {raw[:144]}{bits}{raw[152:]}", "work")


@pytest.mark.parametrize(
    "text",
    [
        "900000",
        "900000 00",
        f"{FIRST}",
        f"-1 {FIRST}",
        f"1234567890 {FIRST}",
        f"0 {FIRST}00",
        f"0{FIRST}",
        f"0 {FIRST} more",
        "0 " + "\u0661" * 160,
        "\x00",
        "#\n" * 600_000,
    ],
)
def test_other_lines_are_refused(text: str) -> None:
    refuse(text, "headers")


def test_one_height_has_one_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    refuse(f"5 {FIRST}\n5 {LATER}", "headers")


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, b"7 " + data.hex().encode(), b"7 " + data.ljust(80, b"\0")[:80].hex().encode()):
        try:
            read_headers(text)
        except OnggiError as error:
            assert error.id in {"calendar.headers", "calendar.work"}
