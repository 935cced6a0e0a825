"""What is closed to whom in the office, and every way to ask for it.

A probe is a command with a place for what is asked for; what does not exist is imitated in the same form, so
that nothing but being there tells the two apart.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.promises import office
from tests.promises.office import ANNA, KYUNG, MAIN, NORTH, NORTHERNER, PASSPHRASES, RECORDER, WORKER, Office

from onggi.cli import opening
from onggi.cli.main import run
from onggi.cli.show import locate, portray
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.model.entity import is_id, kind_of, make_code, read_code
from onggi.vault.grants import STRATA
from onggi.words.heads import say_head, word_list

WATCHERS = {ANNA: MAIN, RECORDER: MAIN, NORTHERNER: NORTH}
"""Who looks, and the compartment that each of them holds."""

_MAIN = (MAIN, office.TITLE, office.RECORDED, office.PROVED, office.PUBLISHED)
_MAIN_APART = (office.NAME, office.PHONE, office.ERASED, office.CARED, office.REASON, office.PHOTO_NAME)
_NORTH = (NORTH, office.NORTHERN_TITLE, office.NORTHERN_RECORD, office.NORTHERN, office.NORTHERN_PHOTO_NAME)
CLOSED = {ANNA: _NORTH, RECORDER: _MAIN_APART + _NORTH, NORTHERNER: _MAIN + _MAIN_APART}
"""Words that each of them must never read."""

_IDENTITY = ("--identity", "--because", "asked")
_CASE = 'onggi = 1\ncase = "{case}"\n'


@dataclass(frozen=True)
class Probe:
    """The words of a command with `{}` for what is asked for, and an input file that goes with it."""

    words: tuple[str, ...]
    file: str = ""


def _ask(*words: str, file: str = "") -> Probe:
    return Probe((words[0], "vault", *words[1:]), file)


def ask_in_file(about: str = "{case}", case: str = "{case}", text: str = "dusk", more: str = "") -> Probe:
    """A record file with one statement."""
    value = f'value = {{ text = "{text}", lang = "en" }}'
    said = f'[[statement]]\nabout = "{about}"\nproperty = "note"\n{value}\n{more}\n'
    return _ask("record", "asked.toml", "--dry-run", file=_CASE.replace("{case}", case) + said)


PROBES = (
    _ask("show", "{}"),
    _ask("show", "{}", "--as-of", "2027-01-01"),
    _ask("show", "{}", *_IDENTITY),
    _ask("show", "{case}", "--compartment", "{}"),
    _ask("search", "{}"),
    _ask("search", "{}", "--order", "best"),
    _ask("search", "{}", *_IDENTITY),
    _ask("search", "the", "--compartment", "{}"),
    _ask("verify", "--head", "{}"),
    _ask("prove", "{}", "--out", "bag"),
    _ask("erase", "{}", "--because", "asked"),
    _ask("add", "{}", "file.jpg"),
    _ask("add", "{case}", "file.jpg", "--person", "{}"),
    _ask("add", "{case}", "file.jpg", "--compartment", "{}"),
    _ask("member", "grant", "3", "record", "--compartment", "{}"),
    _ask("record", "asked.toml", "--dry-run", "--compartment", "{}", file=_CASE),
    _ask(
        "record", "asked.csv", "--dry-run", "--case", "{}", file="about,property,value.text\ncase,note,dusk\n"
    ),
    ask_in_file(case="{}"),
    ask_in_file(about="{}"),
    ask_in_file(text="{}"),
    ask_in_file(more='source = "{}"'),
    ask_in_file(more='supersedes = ["{}"]'),
    ask_in_file(more='retracts = ["{}"]'),
)

ASKS: dict[str, Callable[[Ledger, str], object]] = {
    "show": lambda ledger, id: portray(ledger.view(), locate(ledger.view(), id), id),
    "search": lambda ledger, id: ledger.view().search(id),
    "search best": lambda ledger, id: ledger.view().search(id, "best"),
    "erase": lambda ledger, id: ledger.find_unit(id),
    "prove": lambda ledger, id: ledger.view(strata=STRATA).statement(id),
    "refer to": lambda ledger, id: Directory(ledger, ledger.vault.compartments[0]).find_entity(id),
    "supersede": lambda ledger, id: Directory(ledger, ledger.vault.compartments[0]).find_statement(id),
}
"""What commands do with an id, once a vault is open."""


def list_closed(found: Office, slot: int) -> list[str]:
    """Every id and code that stands in what a member was not granted, and nowhere in what she was."""
    seen = _list_ids(found.desk, slot)
    return sorted((_list_ids(found.desk, WORKER) | _list_ids(found.desk, NORTHERNER)) - seen)


@cache
def _list_ids(desk: Path, slot: int) -> frozenset[str]:
    """Every id and code that stands in what a member holds."""
    ledger = office.enter_ledger(office.borrow(desk / "vault", desk / f"listed {slot}"), slot)
    view = ledger.view(strata=STRATA)
    found: set[str] = set()
    for compartment in ledger.vault.compartments:
        found.add(compartment.id)
        found.update(*(ring.units for ring in compartment.rings.values()))
    for said in (held.statement for held in view.of_property()):
        found.update((said.id, said.subject, said.about.case, view.code_of(said.subject) or said.id))
    ledger.close()
    return frozenset(found)


def list_references(found: Office, slot: int) -> list[str]:
    """Everything closed to a member that she could ask for: ids, codes, names, words, heads."""
    other = KYUNG if WATCHERS[slot] == MAIN else WORKER
    heads = office.enter(found.vault, other).compartment().history.logs.values()
    said = [say_head(bytes.fromhex(log.head[1]), "en") for log in heads]
    return [*list_closed(found, slot), *CLOSED[slot], *said]


def imitate(reference: str, dice: random.Random) -> str:
    """Something of the same form that does not exist."""
    if is_id(reference):
        return dice.randbytes(16).hex()
    if read_code(reference):
        return make_code(kind_of(reference), dice.randbytes)
    if all(word in word_list("en") for word in reference.split()):
        return " ".join(dice.sample(word_list("en"), len(reference.split())))
    return "".join(_imitate_letter(letter, dice) for letter in reference)


def _imitate_letter(letter: str, dice: random.Random) -> str:
    """Another letter of the same script; what is none stays."""
    for first, last in ("09", "az", "AZ", "가힣"):
        if first <= letter <= last:
            return chr(dice.randint(ord(first), ord(last)))
    return letter


def find_case(found: Office, slot: int) -> str:
    """The case that a watcher may read."""
    return found.keys["case" if WATCHERS.get(slot, MAIN) == MAIN else "north:case"]


def say(slot: int, *words: str) -> tuple[int, str, str]:
    """What a member's command ends with, and what it says on both ways."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run([*words, "--as", f"{slot}", "--passphrase-file", f"key-{slot}"])
    return code, out.getvalue(), err.getvalue()


def try_probe(probe: Probe, slot: int, case: str, reference: str, *more: str) -> tuple[int, str, str]:
    """Ask for something, and take out of the answer what was asked for."""

    def fill(text: str) -> str:
        return text.replace("{case}", case).replace("{}", reference)

    for name in ("asked.toml", "asked.csv"):
        Path(name).write_text(fill(probe.file), "utf-8")
    code, out, err = say(slot, *map(fill, probe.words), *more)
    return code, out.replace(reference, "…"), err.replace(reference, "…")


@contextmanager
def kept_open(root: Path) -> Iterator[None]:
    """Commands find vaults that are open already, one for each member."""
    vaults = {slot: office.enter(root, slot) for slot in PASSPHRASES}

    def open_again(root: Path, slot: int, *others: Any) -> Ledger:
        return Ledger(vaults[slot], office.tick)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "open_ledger", open_again)
        yield
