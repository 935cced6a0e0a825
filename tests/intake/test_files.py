"""Bytes that somebody brought: what is text, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.intake.files import LONGEST_LINE, read_text
from onggi.intake.findings import Findings


def find(data: bytes) -> list[tuple[str, str]]:
    findings = Findings()
    read_text(data, findings)
    return [(finding.code, finding.where) for finding in findings.gather()]


def test_a_mark_at_the_start_is_no_part_of_the_text() -> None:
    assert read_text("\ufeff진술".encode(), Findings()) == "진술"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_nothing_is_refused(data: bytes) -> None:
    assert find(data) == [("intake.file.empty", "line 1")]


def test_every_line_of_another_encoding_is_named() -> None:
    data = "진술\nplain\n진술\n".encode("cp949")
    assert find(data) == [("intake.file.encoding", "line 1"), ("intake.file.encoding", "line 3")]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028"])
def test_control_characters_are_refused(character: str) -> None:
    assert find(f"one\ntw{character}o\n".encode()) == [("intake.file.control", "line 2")]


@pytest.mark.parametrize("code", [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069])
def test_turning_characters_are_refused(code: int) -> None:
    assert find(f"one\ntw{chr(code)}o\n".encode()) == [("intake.file.direction", "line 2")]


@pytest.mark.parametrize("code", [0x200E, 0x200F, 0x061C])
def test_direction_marks_are_refused(code: int) -> None:
    assert find(f"{chr(code)}\n".encode()) == [("intake.file.direction", "line 1")]


@pytest.mark.parametrize("text", ["a\tb\r\nc", "말—“”…", "𠮷野", "ㅋ", "é\u0301"])
def test_what_people_write_is_kept_as_given(text: str) -> None:
    assert read_text(text.encode(), Findings()) == text
    assert find(text.encode()) == []


def test_a_long_line_is_measured_in_bytes() -> None:
    korean = "가" * (LONGEST_LINE // 3)
    assert find(korean.encode()) == []
    assert find((korean + "가").encode()) == [("intake.file.line", "line 1")]


def test_a_file_that_is_too_large_is_not_read() -> None:
    findings = Findings()
    assert read_text(b"1234567890", findings, most=10) == "1234567890"
    assert read_text(b"12345678901", findings, most=10) is None
    assert [finding.code for finding in findings.gather()] == ["intake.file.large"]


@given(st.binary())
def test_any_bytes_are_text_or_findings(data: bytes) -> None:
    findings = Findings()
    assert read_text(data, findings) is not None or findings.count
