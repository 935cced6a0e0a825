"""P2, P16. Whatever bytes a parser is given, it reads them or refuses them as documented, and at once.

`targets` lists the parsers. Here hypothesis gives them arbitrary bytes and examples that were changed;
`test_guided_by_coverage` lets atheris look for the bytes that lead further in. What broke a parser once
stands in broke.json, in base64, and is tried first.
"""

import base64
import importlib.util
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.promises.targets import TARGETS, TOKENS, feed, unguarded
from tests.promises.twins import Tally, twin

HOUSE = Path(__file__).parents[2]
BROKE: dict[str, list[str]] = json.loads(Path(__file__).with_name("broke.json").read_text("utf-8"))
# In seconds of this process. What takes longer is tried again: the first time the collector may have come by,
# which has all of hypothesis' own things to look through.
PATIENCE = 1.0


@st.composite
def inputs(draw: st.DrawFn, examples: tuple[bytes, ...]) -> bytes:
    """Arbitrary bytes, or an example that was cut, doubled, spliced with another, or spoilt in places."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
    data = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        piece = draw(
            st.sampled_from(TOKENS)
            | st.binary(max_size=8)
            | st.just(data[start:end] * 2)
            | st.just(data[end : end + 200])
            | st.sampled_from(examples)
        )
        end = draw(st.sampled_from((start, min(start + 1, end), min(start + 20, end), end)))
        data = data[:start] + piece + data[end:]
    return data[:100_000]


@pytest.mark.parametrize("name", TARGETS)
def test_the_examples_are_read_and_what_once_broke_a_parser_is_refused(name: str) -> None:
    with unguarded():
        assert feed(name, TARGETS[name][1][0]) == ""
        for broke in BROKE.get(name, ()):
            feed(name, base64.b64decode(broke))


@pytest.mark.parametrize("name", TARGETS)
@twin(80, 20_000)
def test_any_bytes(name: str, count: int, tally: Tally) -> None:
    """Arbitrary bytes and changed examples given to each parser, behind its seals and signatures where it has
    any: nothing but the documented refusals, within a second."""
    refusals = set()

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(TARGETS[name][1]))
    def give(data: bytes) -> None:
        spent = [time_feed(data)]
        if spent[0] >= PATIENCE:
            spent.append(time_feed(data))
        assert spent[-1] < PATIENCE, (spent, len(data))
        tally.add("inputs")

    def time_feed(data: bytes) -> float:
        started = time.process_time()
        refusals.add(feed(name, data))
        return time.process_time() - started

    with unguarded():
        give()
    assert refusals - {""} or name in NEVER_REFUSING, "nothing was refused: the parser was not reached"


# These answer with findings, with nothing, or with what they could read.
NEVER_REFUSING = {"record", "table", "date", "code", "place", "query", "words", "line", "mounts", "bag"}
NEVER_REFUSING |= {"opening", "index", "member", "grant", "commit", "tombstone"}


# To start the fuzzer takes longer than the runs of a twin: one parser stands for all of them there.
TURNS = [
    pytest.param(["date"], 2_000, id="twin"),
    *(
        pytest.param(list(TARGETS)[turn::4], 40_000, id=f"full-{turn + 1}", marks=pytest.mark.soak)
        for turn in range(4)
    ),
]


@pytest.mark.system
@pytest.mark.parametrize(("names", "count"), TURNS)
def test_guided_by_coverage(names: list[str], count: int, tmp_path: Path, tally: Tally) -> None:
    """Parsers given inputs that a fuzzer chose by the lines they reach: none that breaks them, or takes ten
    seconds."""
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris has no build for this system")
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        words = [sys.executable, "-m", "tests.promises.fuzz", name, f"{count}", str(folder)]
        done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, errors="replace")
        broke = [base64.b64encode(path.read_bytes()).decode() for path in folder.glob("broke-*")]
        assert (done.returncode, broke) == (0, []), (name, done.stderr[-3000:])
        (units,) = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
        tally.add("inputs", int(units))
