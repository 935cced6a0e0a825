"""Every sentence a user sees, in English, Korean and Chinese, side by side.

Floor 0. A sentence has an id whose first part names its catalogue file here (`vault.absent` stands in
`vault.toml` under `[absent]`). Catalogues are read when first needed. Refused: a sentence that lacks a
language (a test fails), and any value that was not asked for by the sentence.

English alone changes with a number: what it says of one thing stands as `single` beside its sentence.

`say` is all a face needs; `language` tells which of the three the person's surroundings ask for.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ko", "zh")
SINGLE = "single"
"""Beside the languages of a sentence: what English says where `count` is 1."""


def language(environ: dict[str, str] | None = None) -> str:
    """The language asked for by ONGGI_LANG, LC_ALL, LC_MESSAGES or LANG, in this order; English otherwise."""
    surroundings = os.environ if environ is None else environ
    for name in ("ONGGI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = surroundings.get(name, "")[:2].lower()
        if asked in LANGUAGES:
            return asked
        if surroundings.get(name):
            break
    return "en"


@cache
def catalogue(name: str) -> dict[str, Any]:
    """One catalogue file as nested tables; the leaves hold one sentence for each language."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def known(id: str) -> bool:
    """Whether a sentence of this id exists."""
    try:
        _entry(id)
    except (KeyError, FileNotFoundError):
        return False
    return True


def say(id: str, lang: str | None = None, /, **values: str | int) -> str:
    """The sentence `id` in a language with its values filled in; where `count` is 1, its single."""
    entry, lang = _entry(id), lang or language()
    alone = lang == "en" and str(values.get("count")) == "1"
    sentence: str = entry.get(SINGLE, entry[lang]) if alone else entry[lang]
    return sentence.format_map(values) if values else sentence


def _entry(id: str) -> dict[str, Any]:
    name, *path = id.split(".")
    entry = catalogue(name)
    for part in path:
        entry = entry[part]
    if "en" not in entry:
        raise KeyError(id)
    return entry
