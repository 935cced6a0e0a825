"""Where in a file something was found, in a reader's language. Pure.

Findings name a place as contracts have it, in one form for every language: `line 12, what.value`, `table 2,
line 5`, `file 2:41`. What is no count of lines or tables is a name in our own formats and stays as it is.
"""

import re

from onggi.words import say

_COUNTED = re.compile(r"\b(file|line|table) ([0-9]+)")
_FILE = re.compile(r"\b(file [0-9]+):([0-9]+)")


def say_where(where: str, lang: str) -> str:
    """The place of a finding in words."""
    lined = _FILE.sub(r"\1, line \2", where)
    told = _COUNTED.sub(lambda found: say(f"whereabouts.{found[1]}", lang, number=found[2]), lined)
    return told.replace(", ", say("whereabouts.between", lang))
