"""P1, P6, P8, P10. What seizure of a thing surrenders: taken, read with all that follows, and written down.

SECURITY.md holds the table. Where it differs from what is found here, the test fails;
`ONGGI_WRITE=1 make test ARGS="-k seizure"` writes it anew.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.promises import office
from tests.promises.office import ANNA, KYUNG, PASSPHRASES, RECORDER, WORKER, Office
from tests.promises.plunder import Haul, plunder
from tests.promises.twins import Tally, twin

PAGE = Path(__file__).parents[2] / "SECURITY.md"
_MADE = re.compile(r"(?<=<!-- made by test_seizure.py -->\n).*(?=<!-- until here -->)", re.DOTALL)


@dataclass(frozen=True)
class Scene:
    """An office, its vault after a person was erased, and what of it is not text."""

    office: Office
    vault: Path
    public: bytes
    signing: bytes
    admitting: bytes
    northern: str


@dataclass(frozen=True)
class Fact:
    """Something an office has to lose: how the table calls it, what it is, and whether a haul tells it."""

    name: str
    meaning: str
    told: Callable[[Haul, Scene], bool]


@dataclass(frozen=True)
class Thing:
    """Something that can be seized: how the table calls it, how it is laid at a place, what comes with it."""

    name: str
    lay: Callable[[Scene, Path], object]
    passphrases: tuple[str, ...] = ()


FACTS = (
    Fact(
        "names",
        "the name and the telephone number of a hidden person",
        lambda haul, scene: haul.holds(office.NAME, office.PHONE),
    ),
    Fact(
        "files",
        "a file that was taken in, and its name",
        lambda haul, scene: haul.holds(office.PHOTO[:4096], office.PHOTO[-4096:], office.PHOTO_NAME),
    ),
    Fact("care", "what she needs", lambda haul, scene: haul.holds(office.CARED)),
    Fact(
        "erased",
        "the name and the file of a person who has been erased since",
        lambda haul, scene: haul.holds(office.ERASED, office.ERASED_PHOTO[:4096], "old.jpg"),
    ),
    Fact("reasons", "why somebody opened identity", lambda haul, scene: haul.holds(office.REASON)),
    Fact(
        "record",
        "what is recorded under her code, and the title of the case",
        lambda haul, scene: haul.holds(office.RECORDED, office.TITLE),
    ),
    Fact(
        "log",
        "the compartment's name, who may read what in it, and who recorded when",
        lambda haul, scene: haul.holds(office.MAIN, '"hlc":['),
    ),
    Fact(
        "other compartment",
        "the name of a compartment that was not granted, or anything recorded in it",
        lambda haul, scene: haul.holds(
            office.NORTH, office.NORTHERN, office.NORTHERN_TITLE, office.NORTHERN_RECORD
        ),
    ),
    Fact(
        "other grants",
        "which member was given which strata of a compartment that was not granted, by random ids",
        lambda haul, scene: haul.holds(scene.northern),
    ),
    Fact(
        "members",
        "how many members and devices there are, which are admins, and when copies were made",
        lambda haul, scene: haul.holds('"role":"admin"', '"date":"2026-03-04"'),
    ),
    Fact(
        "signing",
        "the key that signs as the organisation",
        lambda haul, scene: haul.has_key(scene.signing),
    ),
    Fact(
        "admitting",
        "an admin's key, with which people are let in",
        lambda haul, scene: haul.has_key(scene.admitting),
    ),
    Fact(
        "public key",
        "the public key by which the organisation's proofs are known",
        lambda haul, scene: haul.holds(scene.public),
    ),
    Fact(
        "proved",
        "the statement that was proved, and its published source",
        lambda haul, scene: haul.holds(office.PROVED, office.PUBLISHED),
    ),
    Fact(
        "state",
        "in which state a log was",
        lambda haul, scene: haul.holds(scene.office.words, '"hlc":['),
    ),
    Fact(
        "listing",
        "that Onggi is used; of files of each kind and size a power of two",
        lambda haul, scene: any(re.search(r"packs/[0-9a-f]/[0-9a-f]{63}", name) for name in haul.sizes),
    ),
    Fact(
        "searched",
        "how many strata were opened for reading in this folder",
        lambda haul, scene: any("index/" in name for name in haul.sizes),
    ),
)

_PAPER = f"{PASSPHRASES[WORKER]}\n"

THINGS = (
    Thing("a survivor's phone", lambda scene, place: None),
    Thing(
        "a courier's stick with a copy",
        lambda scene, place: office.borrow(scene.office.copy, place / "stick"),
    ),
    Thing(
        "a worker's laptop, locked or off",
        lambda scene, place: office.borrow(scene.vault, place / "vault"),
    ),
    Thing(
        "the same, unlocked or with her passphrase",
        lambda scene, place: office.borrow(scene.vault, place / "vault"),
        (PASSPHRASES[WORKER],),
    ),
    Thing(
        "the laptop of a member with the record only, unlocked or with her passphrase",
        lambda scene, place: office.borrow(scene.vault, place / "vault"),
        (PASSPHRASES[RECORDER],),
    ),
    Thing(
        "an admin's machine, unlocked or with her passphrase",
        lambda scene, place: office.borrow(scene.vault, place / "vault"),
        (PASSPHRASES[ANNA],),
    ),
    Thing(
        "a worker's passphrase on paper, alone",
        lambda scene, place: (place / "paper").write_text(_PAPER),
        (PASSPHRASES[WORKER],),
    ),
    Thing(
        "a worker's passphrase, with a copy from before the erasure",
        lambda scene, place: office.borrow(scene.office.copy, place / "stick"),
        (PASSPHRASES[WORKER],),
    ),
    Thing(
        "the five words on paper",
        lambda scene, place: (place / "words").write_text(f"{scene.office.words}\n"),
    ),
    Thing("a proof", lambda scene, place: office.borrow(scene.office.bag, place / "bag")),
)

NOT_BUILT = ("a device that captures only", "a trustee's share")


def find_told(thing: Thing, scene: Scene, place: Path) -> list[str]:
    """The names of the facts that a thing surrenders."""
    place.mkdir()
    thing.lay(scene, place)
    haul = plunder(place, thing.passphrases, office.throw_dice())
    return [fact.name for fact in FACTS if fact.told(haul, scene)]


def make_scene(found: Office, place: Path) -> Scene:
    """The office after one of its people was erased, and a search by each who may."""
    vault = office.borrow(found.vault, place)
    ledger = office.enter_ledger(vault, ANNA)
    unit = ledger.find_unit(found.keys["erased"])
    ledger.erase(unit.compartment, unit.stratum, unit.unit, "she asked")
    ledger.rebuild()
    ledger.close()
    anna, kyung = ledger.vault, office.enter(vault, KYUNG)
    assert anna.publication is not None
    return Scene(
        found,
        vault,
        anna.publication.public.ed25519,
        anna.publication_seeds[:32],
        bytes.fromhex(anna.device.secret.ed25519),
        kyung.compartment().id,
    )


def render_table(told: dict[str, list[str]]) -> str:
    """What stands in SECURITY.md."""
    lines = ["| seized | surrenders |", "|---|---|"]
    lines += [f"| {name} | {' · '.join(names) or 'nothing of these'} |" for name, names in told.items()]
    lines += [f"| {name} | *not built yet* |" for name in NOT_BUILT]
    lines += ["", "| called | what was looked for |", "|---|---|"]
    lines += [f"| {fact.name} | {fact.meaning} |" for fact in FACTS]
    return "\n".join(lines) + "\n"


def check_page(table: str) -> None:
    """Hold the table against the page, or write it there if that is asked for."""
    page = PAGE.read_text("utf-8")
    if os.environ.get("ONGGI_WRITE"):
        page = _MADE.sub(lambda found: table, page)
        PAGE.write_text(page, "utf-8")
    found = _MADE.search(page)
    assert found is not None and found[0] == table


@twin(1, 25)
def test_what_is_seized_surrenders_what_its_row_says(
    count: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, tally: Tally
) -> None:
    """Of an office each thing that can be seized was taken, read by the format under every key that follows
    from it, and looked through for all that the office has to lose: the table of SECURITY.md came out."""
    with office.made_cheap():
        for number in range(count):
            scene = make_scene(
                office.find_office(tmp_path_factory.getbasetemp(), number), tmp_path / str(number)
            )
            told = {
                thing.name: find_told(thing, scene, tmp_path / f"{number} {thing.name}") for thing in THINGS
            }
            check_page(render_table(told))
            tally.add("offices")
            tally.add("things seized", len(told))


def test_everything_that_is_looked_for_is_there_to_be_found(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with office.made_cheap():
        scene = make_scene(office.find_office(tmp_path_factory.getbasetemp()), tmp_path / "scene")
        (tmp_path / "all").mkdir()
        office.borrow(scene.office.copy, tmp_path / "all/stick")
        office.borrow(scene.vault, tmp_path / "all/vault")
        haul = plunder(tmp_path / "all", list(PASSPHRASES.values()), office.throw_dice())
    assert [fact.name for fact in FACTS if not fact.told(haul, scene)] == []
