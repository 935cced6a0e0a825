"""What pages are made of is read before anybody asks; and none of its steps fails unheard."""

import subprocess
import sys

from onggi.web.warming import STEPS

ASKED = """
import sys
from onggi.ledger.spelling import find_places, wanted_keys
from onggi.model.vocabulary import load_properties
from onggi.web.corrections import take_shelf
from onggi.web.rendering import environment
from onggi.web.warming import warm_up
from onggi.words import say

if "cold" not in sys.argv:
    warm_up()
opened = []
sys.addaudithook(lambda event, values: opened.append(values[0]) if event == "open" else None)
for name in ("Li Yingji", "리영희", "李英姬", "Ли Ен Хи", "연길", "延吉"):
    find_places(name), wanted_keys(name)
for template in ("home.html", "found.html", "case.html", "person.html", "error.html"):
    environment().get_template(template)
say("web_home.title", "ko"), load_properties(), take_shelf()
print(len(opened))
"""


def count_opened(*given: str) -> int:
    """How many files a process opens for a first search, and for templates, words and law."""
    run = subprocess.run([sys.executable, "-c", ASKED, *given], capture_output=True, check=True, text=True)
    return int(run.stdout)


def test_nothing_is_read_any_more_when_somebody_asks() -> None:
    assert count_opened("cold") > 20
    assert count_opened() == 0


def test_no_step_fails() -> None:
    for step in STEPS:
        step()
