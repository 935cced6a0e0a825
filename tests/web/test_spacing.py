"""Chinese has no space beside its full-width marks; English and Korean keep theirs."""

import pytest

from onggi.web.spacing import join_sentences, part_texts, space_text


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("收到日期：", "2019年6月", ""),
        ("헤이룽장성", "（按规则生成）", ""),
        ("Received:", "June 2019", " "),
        ("받은 날:", "2019년 6월", " "),
        ("2012年之间", "“가을”", " "),
    ],
)
def test_what_stands_between(before: str, after: str, between: str) -> None:
    assert part_texts(before, after) == between


def test_a_text_that_another_follows() -> None:
    assert (space_text("姓名已显示。"), space_text("Names are shown.")) == (
        "姓名已显示。",
        "Names are shown. ",
    )


def test_sentences_in_a_row() -> None:
    assert join_sentences(["危险。", "", "附有证明。"]) == "危险。附有证明。"
    assert join_sentences(["", "Dangerous.", "With a proof."]) == "Dangerous. With a proof."
    assert join_sentences([]) == ""
