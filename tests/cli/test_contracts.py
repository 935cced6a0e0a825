"""Real answers have the form that is published: stories hold them to it, and every form is held."""

import re
from pathlib import Path

from onggi.cli.contracts import ANSWERS

STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.txt"))


def test_every_answer_is_held_to_its_contract() -> None:
    held = {name for story in STORIES for name in re.findall(r"^json (.+)$", story.read_text("utf-8"), re.M)}
    assert held == set(ANSWERS)


def test_every_field_says_what_it_means() -> None:
    from onggi.cli.reference import write_json

    assert not re.search(r"\|\s*\|\s*$", write_json(), re.M)
