"""DER: what is written reads back, and no value has two spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.evidence.timestamp.der import (
    INTEGER,
    OCTETS,
    OID,
    Element,
    read_all,
    read_number,
    read_oid,
    read_one,
    split,
    write,
    write_number,
    write_oid,
)


@given(st.binary(max_size=70_000))
def test_an_element_reads_back(content: bytes) -> None:
    raw = write(OCTETS, content)
    assert split(raw + b"behind") == (Element(OCTETS, content, raw), b"behind")


@given(st.integers(min_value=0, max_value=2**200))
def test_a_number_reads_back(number: int) -> None:
    assert read_number(read_one(write_number(number), INTEGER)) == number


arcs = st.tuples(st.sampled_from("012"), st.lists(st.integers(0, 2**40), min_size=1, max_size=8)).filter(
    lambda given: given[0] == "2" or given[1][0] < 40
)


@given(arcs)
def test_an_identifier_reads_back(given: tuple[str, list[int]]) -> None:
    said = ".".join([given[0], *map(str, given[1])])
    assert read_oid(read_one(write_oid(said), OID)) == said


@given(st.binary(max_size=40))
def test_whatever_is_read_is_written_the_same(data: bytes) -> None:
    try:
        found = read_all(data)
    except OnggiError as error:
        assert error.id == "timestamp.form"
        return
    assert b"".join(write(one.tag, one.content) for one in found) == data


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "04",
        "0401",
        "0480",  # without an end
        "048101ff",  # a length that could be shorter
        "04820001ff",
        "0485010000000000",
        "1f0100",  # a tag of two bytes
    ],
)
def test_other_spellings_are_refused(raw: str) -> None:
    with pytest.raises(OnggiError, match=r"timestamp\.form"):
        split(bytes.fromhex(raw))


@pytest.mark.parametrize("raw", ["0200", "02020001", "0202ff80", "0241" + "01" * 65, "0101ff"])
def test_other_numbers_are_refused(raw: str) -> None:
    with pytest.raises(OnggiError, match=r"timestamp\.form"):
        read_number(split(bytes.fromhex(raw))[0])


@pytest.mark.parametrize("raw", ["0600", "060180", "06022a80", "0603808001"])
def test_other_identifiers_are_refused(raw: str) -> None:
    with pytest.raises(OnggiError, match=r"timestamp\.form"):
        read_oid(split(bytes.fromhex(raw))[0])
