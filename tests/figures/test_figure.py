"""What holds for all figures: equal bytes everywhere, a size that is told, a table without empty columns."""

import os
import subprocess
import sys

from onggi.figures.figure import Figure, drop_empty, number_title
from onggi.figures.graph import Edge, Node, draw_graph
from onggi.figures.timeline import Event, draw_timeline

PROGRAM = """
import hashlib
from onggi.figures.graph import *
from onggi.figures.plot import *
from onggi.figures.timeline import *

dates = Dating("2010-01-01", "2010-12-31", "S-1"), Dating("2011-05-05", None, "S-2")
events = [Event("리영희", dates, "x", "k", True), Event("later", (Dating("2012-02-02", "2012-02-02"),), "y")]
pages = draw_timeline(events, title="t", lang="ko", marks=[Mark("2012-01-01", "m")])
nodes = [Node(str(at), f"P-{at}", f"kind {at % 3}") for at in range(20)]
edges = [Edge(str(at), str(at * 7 % 20), "r", at % 2 == 0) for at in range(20)]
pages += draw_graph(nodes, edges, title="g", lang="zh")
pages += draw_intervals([Interval("i", 1.5, 900, 30)], title="i", lang="en", log=True)
print(hashlib.sha256("".join(page.svg for page in pages).encode()).hexdigest())
"""


def test_same_input_gives_the_same_bytes_in_another_process() -> None:
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    runs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**surroundings, "PYTHONHASHSEED": seed, "LC_ALL": locale, "ONGGI_LANG": lang},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, lang in [("1", "C", "en"), ("2", "C.UTF-8", "ko"), ("3", "POSIX", "zh")]
    }
    assert len(runs) == 1


def test_what_must_be_shrunk_says_so() -> None:
    (small,) = draw_timeline([Event("one")], title="t", lang="en")
    chain = [Edge(str(at), str(at + 1), "r") for at in range(49)]
    (large,) = draw_graph([Node(str(at), "x" * 30) for at in range(50)], chain, title="t", lang="en")
    assert small.scale == 1
    assert large.scale == min(680 / large.width, 900 / large.height) < 1


def test_pages_are_numbered_only_where_there_are_several() -> None:
    assert number_title("<t>\x00", 1, 1, "en") == "<t>"
    assert number_title("t", 2, 3, "ko") == "t (2/3)"


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    assert drop_empty(("a", "b", "c"), [("1", "", "2"), ("", "", "3")]) == (
        ("a", "c"),
        (("1", "2"), ("", "3")),
    )
    assert isinstance(draw_timeline([Event("")], title="", lang="en")[0], Figure)
