"""What pages are made of, read before anybody asks: words, vocabularies, templates, law, tables of spellings.

All of it comes with the product and nothing from a vault: it is read in a thread of its own from the moment
the process that will hold the keys begins, mostly while somebody types a passphrase. Refused: a vault, a key,
a name; and to say what failed, since whoever asks for it next hears of it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.resources import files

import onggi.words
from onggi.ledger.sentence import labelled
from onggi.ledger.spelling import find_places, wanted_keys
from onggi.model.vocabulary import load_properties, load_vocabularies
from onggi.web.corrections import take_shelf
from onggi.web.rendering import environment

_SCRIPTS = ("li", "리", "李", "ли")
"""One syllable in each script that has tables of its own."""


def warm_up() -> None:
    """Read all of it: what the first page needs comes first."""
    for step in STEPS:
        with suppress(Exception):
            step()


def _read_words() -> None:
    for one in files(onggi.words).iterdir():
        if one.name.endswith(".toml"):
            onggi.words.catalogue(one.name.removesuffix(".toml"))


def _read_spellings() -> None:
    labelled(_SCRIPTS[0])
    for syllable in _SCRIPTS:
        find_places(syllable)
        wanted_keys(syllable)


def _read_templates(names: Sequence[str]) -> None:
    for name in names:
        environment().get_template(name)


STEPS: tuple[Callable[[], object], ...] = (
    load_properties,
    load_vocabularies,
    _read_words,
    lambda: _read_templates(["home.html"]),
    _read_spellings,
    lambda: _read_templates(environment().list_templates(extensions=["html"])),
    take_shelf,
)
