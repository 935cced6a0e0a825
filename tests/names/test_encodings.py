"""Which encoding a table came in, told by its letters and by the surnames in it."""

import pytest

from onggi.names.encodings import find_encoding

KOREAN = "리영희,김철수,박금옥,최룡해,정순자,한명숙"
BOTH = "리영희,李英姬,김철수,金哲洙,박금옥,朴金玉,최룡해,崔龍海"
CHINESE = "李英姬,王伟,张丽,刘洋,陈静,杨帆,赵敏,黄磊,周杰,吴刚"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(KOREAN, "cp949"), (BOTH, "cp949"), ("李英姬,金哲洙,朴金玉,崔龍海", "cp949"), (CHINESE, "gb18030")]
    + [(line, "cp949") for line in KOREAN.split(",")]
    + [(line, "gb18030") for line in CHINESE.split(",")],
)
def test_an_older_encoding_is_told(text: str, encoding: str) -> None:
    assert find_encoding(f"a,b\n{text}\n".encode(encoding)) == encoding


@pytest.mark.parametrize("text", ["", "Ri Yong Hui", KOREAN, BOTH, CHINESE, "\ufeffa,b\n리영희,李英姬\n"])
def test_what_is_utf_8_is_utf_8(text: str) -> None:
    assert find_encoding(text.encode()) == "utf-8-sig"


@pytest.mark.parametrize("data", [b"\xff\xff\xff", KOREAN.encode("utf-16"), b"\x80"])
def test_what_is_none_of_them_has_no_encoding(data: bytes) -> None:
    assert find_encoding(data) is None
