"""Lines of TOML, against texts that are made to mislead a scanner; and depth, without ever parsing."""

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.intake.toml_lines import DEEPEST, find_depth, find_line, index_lines

MISLEADING = '''onggi = 1
[case] # [[statement]]
title = """
[[statement]]
about = "not a key"
"""
note = \'\'\'
fake = 1\'\'\'
[[statement]]
about = "a = b # ["
value = { number = "1",  unit = "]" }
supersedes = [
  "one", # ]
  "two",
]
words = "quote \\" [ still"
[person . "two words"]
name.text = "x"
[[statement]]
about = 'it''s' # broken on purpose after this
'''


def test_keys_are_found_and_what_looks_like_one_is_not() -> None:
    lines = index_lines(MISLEADING)
    assert lines["case",] == 2
    assert lines["case", "title"] == 3
    assert lines["case", "note"] == 7
    assert lines["statement", 0] == 9
    assert lines["statement", 0, "about"] == 10
    assert lines["statement", 0, "supersedes"] == 12
    assert lines["statement", 0, "words"] == 16
    assert lines["person", "two words"] == 17
    assert lines["person", "two words", "name", "text"] == 18
    assert lines["statement", 1] == 19
    assert not any("fake" in path for path in lines)


def test_what_is_absent_is_where_it_would_be() -> None:
    lines = index_lines(MISLEADING)
    assert find_line(lines, ("statement", 0, "value", "unit")) == 11
    assert find_line(lines, ("statement", 1, "property")) == 19
    assert find_line(lines, ("nothing",)) == 1


NAMES = st.text("abc", min_size=1, max_size=2)
TEXTS = st.text("ab [=]{}#'\n.,", max_size=12)


@given(st.lists(st.tuples(NAMES, TEXTS, st.sampled_from(("basic", "many", "literal"))), max_size=8))
def test_every_statement_is_found_where_it_stands(entries: list[tuple[str, str, str]]) -> None:
    written: list[str] = []
    expected: list[int] = []
    for name, text, quote in entries:
        expected.append(sum(part.count("\n") for part in written) + 1)
        escaped = text.replace("'", "")
        value = {
            "basic": '"' + text.replace("\n", "\\n") + '"',
            "many": '"""' + text + '"""',
            "literal": f"'''{escaped}'''",
        }[quote]
        written.append(f"[[statement]]\n{name} = {value}\n")
    document = "".join(written)
    tomllib.loads(document)
    lines = index_lines(document)
    assert [lines["statement", number] for number in range(len(entries))] == expected


@pytest.mark.parametrize(("opened", "closed"), ["[]", "{}"])
def test_depth_is_counted_outside_strings(opened: str, closed: str) -> None:
    deep = f"x = 1\ny = {opened * DEEPEST}{closed * DEEPEST}\n"
    assert find_depth(deep) is None
    assert find_depth(deep.replace(opened, opened * 2, 1)) == 2
    assert find_depth(f'x = "{opened * 99}"\n# {opened * 99}\n') is None


def test_dotted_names_nest_too() -> None:
    assert find_depth("a." * DEEPEST + "a = 1") is None
    assert find_depth("a." * (DEEPEST + 1) + "a = 1") == 1
    assert find_depth("x = { " + "'a' . " * (DEEPEST + 1) + "a = 1 }") == 1
    assert find_depth("\n".join(f"a.b{number} = 0.5" for number in range(200))) is None


@pytest.mark.parametrize("piece", ['"""', "'''", '"', "'", '\\"', '"""\\"', "[", "a.", '""" "', "{'"])
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (600_000 // len(piece))
    before = time.perf_counter()
    find_depth(text)
    index_lines(text)
    assert time.perf_counter() - before < 5


@given(st.text())
def test_any_text_is_scanned_without_a_fault(text: str) -> None:
    assert find_line(index_lines(text), ("a", 0)) >= 1
    assert find_depth(text) != 0
