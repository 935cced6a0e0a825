"""Every passage has its place in the original, in four forms; every mistake has its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.evidence.transcript import Passage, Transcript, read_time, read_transcript, write_time
from onggi.model.entity import make_code

CODE = make_code("person", lambda size: bytes(size))

VTT = f"""WEBVTT - invented

NOTE nobody says this

1
00:00:01.000 --> 00:00:02.500 align:start
<v {CODE}>어디서 <i>왔어요</i>?

00:02.500 --> 01:00:03.000
{CODE}: 회령에서요.
그 다음은 몰라요.
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
Where from?

2
00:00:02,500 --> 01:00:03,000
Hoeryong.
""".replace("\n", "\r\n")
TOML = """onggi = 1
lang = "ko"
translation_lang = "en"
translator = "a colleague"
[[passage]]
start = "00:01"
end = "00:02.5"
text = "어디서 왔어요?"
translation = "Where from?"
[[passage]]
start = "00:02.5"
end = "1:00:03"
text = "회령에서요."
"""


def passages(text: str) -> tuple[Passage, ...]:
    read, findings = read_transcript(text)
    assert findings == [] and read is not None
    return read.passages


def test_webvtt_is_read_with_who_speaks() -> None:
    assert passages(VTT) == (
        Passage("어디서 왔어요?", 1_000, 2_500, speaker=CODE),
        Passage("회령에서요. 그 다음은 몰라요.", 2_500, 3_603_000, speaker=CODE),
    )


def test_subrip_is_read() -> None:
    assert passages(SRT) == (Passage("Where from?", 1_000, 2_500), Passage("Hoeryong.", 2_500, 3_603_000))
    assert passages(SRT)[1].place == "00:00:02.500–01:00:03.000"


def test_words_and_translation_stand_side_by_side() -> None:
    read, _ = read_transcript(TOML)
    assert isinstance(read, Transcript)
    assert (read.lang, read.translation_lang, read.translator, read.alignment) == (
        *("ko", "en", "a colleague"),
        "time",
    )
    assert read.passages[0] == Passage("어디서 왔어요?", 1_000, 2_500, translation="Where from?")


def test_plain_text_is_counted_by_paragraphs() -> None:
    read, _ = read_transcript(f"\ufeff첫 줄\n이어진 줄\n\n\n{CODE}: 둘째\n")
    assert read is not None and read.alignment == "paragraph"
    assert read.passages == (
        Passage("첫 줄 이어진 줄", paragraph=1),
        Passage("둘째", paragraph=2, speaker=CODE),
    )
    assert read.passages[1].place == "¶ 2"


HEAD = "onggi = 1\n[[passage]]\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("empty", 1)),
        ("\n \n", ("empty", 1)),
        ("WEBVTT\n", ("empty", 1)),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", ("backwards", 3)),
        ("WEBVTT\n\n1\n00:01.000 --> 00:01.000\nx\n", ("backwards", 4)),
        ("WEBVTT\n\n0:99 --> 00:01.000\nx\n", ("time", 3)),
        ("WEBVTT\n\n00:01.000 -->\nx\n", ("time", 3)),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\nx y\nz\n", ("silent", 3)),
        ("WEBVTT\n\nwords\nwithout a time\n", ("untimed", 3)),
        ("onggi = 1\npassage = [", ("form", 2)),
        ("onggi = 2\n", ("form", 1)),
        ("onggi = 1\n", ("empty", 1)),
        ("onggi = 1\nlang = 3\n", ("empty", 1)),
        (HEAD + 'text = "x"\n', ("time", 2)),
        (HEAD + 'text = " "\nparagraph = 1\n', ("silent", 2)),
        (HEAD + 'text = "x"\nparagraph = 1\nname = "y"\n', ("form", 2)),
        (HEAD + 'text = "x"\nparagraph = 1\nstart = "00:01"\n', ("form", 2)),
        (HEAD + 'text = "x"\nparagraph = true\n', ("time", 2)),
        (HEAD + 'text = "x"\nparagraph = 1\nspeaker = "Kim"\n', ("speaker", 2)),
        (HEAD + 'text = "x"\nstart = "00:02"\nend = "00:01"\n', ("backwards", 2)),
        (
            HEAD + 'text = "x"\nparagraph = 1\n[[passage]]\ntext = "y"\nstart = "00:01"\nend = "00:02"\n',
            ("mixed", 1),
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, found: tuple[str, int]) -> None:
    read, findings = read_transcript(text)
    assert read is None
    assert (findings[0].code, findings[0].where) == (f"evidence.transcript.{found[0]}", f"line {found[1]}")


@given(st.integers(0, 99 * 3_600_000))
def test_a_time_is_read_as_it_is_written(milliseconds: int) -> None:
    assert read_time(write_time(milliseconds)) == milliseconds


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for start in ("", "WEBVTT\n\n", "onggi = 1\n", "1\n00:00:01,000 --> 00:00:02,000\n"):
        read, findings = read_transcript(start + text)
        assert (read is None) == bool(findings)
