"""What a dossier costs: to plan, lay out, sign and hand over, and for a stranger to check.

    python bench/dossier.py [STATEMENTS …]

Without words 500 statements with 50 files, then 10,000 with as many; statements are those that are shown, as
near as a made-up case comes to it. The case is invented and comes in through the real doors: a record file, a
consent file, files with a redacted copy of each. Every tenth source is published, every fifth date has two
sources that do not agree, each person has a name that is looked for in every text. It goes to OHCHR-SEOUL,
whose form has every section and asks for provenance, with the words that were said, in one language.

A dossier is made in one process, in which each phase ends before the next begins; the peak is that of the
process up to its end. Checking it is a process each. Argon2id, a second and 256 MiB by design, is left out.
Asked of ourselves: twenty times the statements take no more than forty times as long; below 2 GiB; and a
dossier of 10,000 is handed over at all.
"""

import hashlib
import json
import os
import random
import resource
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ParamSpec, TypeVar

from _runs import count_bytes, run

from onggi.dossier import build
from onggi.dossier.order import Order
from onggi.dossier.papers import make_papers
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import Rules
from onggi.intake.consent import read_consents
from onggi.intake.originals import Making, Origin, take_in
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.ledger.signing import sign_second
from onggi.ledger.view import View
from onggi.model.entity import make_code
from onggi.names.priors import load_priors
from onggi.vault import keyslot
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.keys import FLOOR
from onggi.vault.session import write_session

SIZES = (500, 10_000)
ITEMS = 50
PHRASE, SECOND = "bench", "second"
RECIPIENT, PURPOSE = "OHCHR-SEOUL", "accountability"
WHY = "INVENTED: to measure"
START = 1_796_000_000_000
DAY = datetime.fromtimestamp(START / 1000, UTC).date()
PER_ACT, ACTS_EACH = 12, 4
TYPES = ("sale", "beating", "forced_marriage", "forced_labour", "confinement")
PLACES = ("CN-210600", "CN-222400", "CN-231000", "CN-220100")
ANSWERS = {
    **dict.fromkeys(("risks", "no_loss", "said_back", "able", "safe", "alone"), "yes"),
    "pressed": "no",
}
CHECKS = "\n".join(f'checks.{name} = "{answer}"' for name, answer in ANSWERS.items())
SAID = "그해 {} 무렵에 강을 건너고 나서 두 번째로 팔려 갔다고 들었어요. 값은 나중에 알았지요. {}"


@dataclass
class Spent:
    """What a phase took, and the most memory of its process up to its end, in MiB."""

    what: str
    wall: float
    processor: float
    peak: int


# — what is recorded —


def write_case(statements: int) -> str:
    """A record file from which about so many statements are shown."""
    dice, acts = random.Random(5), statements // PER_ACT
    persons = max(acts // ACTS_EACH, 2)
    parts = [
        "# INVENTED. Nobody here exists.",
        "onggi = 1",
        '[case]\ntitle = "INVENTED: a bench"\nlang = "en"',
    ]
    parts.append('[defaults]\nlang = "ko"\ngrade = "B2"\ndistance = 0')
    parts += (write_person(dice, number) for number in range(persons))
    parts += (write_act(number, number % persons) for number in range(acts))
    parts += (part for number in range(acts) for part in write_facts(dice, number, persons))
    return "\n".join(parts) + "\n"


def write_person(dice: random.Random, number: int) -> str:
    """Somebody to whom things happened, her name, and her account; some accounts are published."""
    published = "no" if number % 10 else "yes"
    return f"""[person.p{number}]
code = "{code_of(number)}"
role = "victim"
sex = "female"
name = {{ text = "{draw_name(dice)}", lang = "ko" }}
[source.s{number}]
title = "INVENTED: account {number}"
lang = "en"
published = "{published}"
witness = "p{number}"
"""


def write_act(number: int, person: int) -> str:
    return f'[act.a{number}]\ntype = "{TYPES[number % len(TYPES)]}"\nvictim = "p{person}"\n'


def write_facts(dice: random.Random, number: int, persons: int) -> Iterator[str]:
    """What is said of an act; of one in five by two who do not agree on the year."""
    source, year = number % persons, dice.randrange(1995, 2020)
    said = SAID.format(dice.randrange(1, 13), number)
    date_ = f'"{year}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"'
    yield write_fact(number, "date", date_, source, f'words = "{said}"')
    if number % 5 == 0:
        yield write_fact(number, "date", f'"{year + 2}"', (source + 1) % persons)
    yield write_fact(number, "place", f'{{ place = "{dice.choice(PLACES)}" }}', source)
    price = f'{{ number = "{dice.randrange(3, 40)}000", unit = "CNY" }}'
    yield write_fact(number, "price", price, source)
    yield write_fact(number, "method", '"beating"', source)
    yield write_fact(number, "consequence", '"injury"', source)
    yield write_fact(number, "duration", f'{{ text = "INVENTED: {number} weeks", lang = "en" }}', source)


def write_fact(act: int, name: str, value: str, source: int, more: str = "") -> str:
    return (
        f'[[statement]]\nabout = "a{act}"\nproperty = "{name}"\nvalue = {value}\nsource = "s{source}"\n{more}'
    )


def write_consents(persons: Sequence[int]) -> str:
    """Everybody's yes to what is made here."""
    return "onggi = 1\n" + "".join(
        f"""[[consent]]
person = "{code_of(number)}"
decision = "given"
purpose = "{PURPOSE}"
recipient = "{RECIPIENT}"
covers = ["facts", "words", "documents", "media"]
shown = "pseudonym"
likeness = "altered"
lang = "ko"
form = "voice"
{CHECKS}
"""
        for number in persons
    )


def code_of(person: int) -> str:
    return make_code("person", lambda size: person.to_bytes(size, "big"))


def draw_name(dice: random.Random) -> str:
    """A name that nobody need have."""
    priors = load_priors()
    chances = (priors.surname, priors.first, priors.second)
    return "".join(dice.choices(sorted(one), [one[key] for key in sorted(one)])[0] for one in chances)


def draw_picture(number: int, side: int = 128) -> bytes:
    """A PNG of noise, some 50 kB."""
    dice = random.Random(number)
    rows = b"".join(b"\0" + dice.randbytes(3 * side) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


# — phases —


class Scene:
    """The vault, the clock that it is opened with, and a folder for the rest."""

    def __init__(self, folder: Path) -> None:
        self.root, self.folder = folder / "vault", folder
        self._clock = count(START + len(list(folder.iterdir())) * 10**7, 1_000).__next__

    def open(self, slot: int = 1) -> Ledger:
        """As a new process has it."""
        return open_ledger(self.root, slot, (PHRASE, SECOND)[slot - 1], os.urandom, self._clock)

    def look(self, ledger: Ledger, case: str) -> View:
        """Record and identity."""
        return ledger.open_identity(ledger.vault.compartment(), case, WHY, strata=("identity",))


def record(folder: Path, statements: int) -> list[Spent]:
    """Two members, the case, everybody's consent, files with a redacted copy each."""
    vault = create_vault(folder / "vault", PHRASE, "bench", FLOOR, os.urandom)
    with write_session(vault):
        slot = add_member(vault, SECOND, "member", FLOOR)
        grant_strata(vault, vault.compartment(), vault.members.slots()[slot], STRATA, release=False)
    scene = Scene(folder)
    ledger = scene.open()
    within = ledger.vault.compartment()
    batch = read_record(write_case(statements).encode(), "toml", Directory(ledger, within), os.urandom)
    assert not isinstance(batch, list), batch[:3]
    ledger.append(within, batch.placed)
    persons = range(max(statements // PER_ACT // ACTS_EACH, 2))
    said = read_consents(
        write_consents(persons).encode(),
        batch.case,
        Directory(ledger, ledger.vault.compartment()),
        os.urandom,
        DAY,
    )
    assert not isinstance(said, list), said[:3]
    ledger.append(ledger.vault.compartment(), said.placed)
    for number in range(ITEMS):
        keep_file(scene, ledger, batch.case, number, code_of(number % len(persons)))
    (folder / "case").write_text(batch.case, "utf-8")
    ledger.close()
    return []


def keep_file(scene: Scene, ledger: Ledger, case: str, number: int, bringer: str) -> None:
    """An original and the copy that a person has redacted: a text or a picture in turn."""
    end = "png" if number % 2 else "txt"
    original, redacted = (scene.folder / f"{name}.{end}" for name in ("original", "redacted"))
    for place, size in ((original, 128), (redacted, 120)):
        text = f"INVENTED: {size} lines.\n" * size
        place.write_bytes(draw_picture(number, size) if number % 2 else text.encode())
    within = ledger.vault.compartment()
    origin = Origin(bringer, "2026-01-05", "unknown", "unknown")
    (kept,) = take_in(ledger, within, case, [original], origin, os.urandom)
    making = Making(kept.item, "redacted")
    take_in(ledger, ledger.vault.compartment(), case, [redacted], Origin(), os.urandom, making)
    original.unlink()
    redacted.unlink()


def take(folder: Path, statements: int) -> list[Spent]:
    """What a member accepts, and another one signs: one dossier is planned for that, and none is made."""
    scene, case = Scene(folder), (folder / "case").read_text("utf-8")
    ledger = scene.open()
    plan = build.plan_dossier(ledger, scene.look(ledger, case), ledger.vault.compartment(), ask(case))
    assert not plan.refused, [one for one in plan.findings if one.grave][:5]
    accepts = frozenset({"release.tokens", *(one.code for one in plan.findings)})
    taking = replace(plan, order=replace(plan.order, accepts=accepts, because=WHY))
    _, waits = build.take_risks(ledger, ledger.vault.compartment(), taking)
    ledger.close()
    if waits:
        sign_second(scene.open(2), waits, WHY, date(DAY.year, DAY.month, DAY.day))
    return []


def make(folder: Path, statements: int) -> list[Spent]:
    """One dossier from the order to the folder, phase by phase."""
    scene, case, spent = Scene(folder), (folder / "case").read_text("utf-8"), list[Spent]()
    ledger = scene.open()
    within, view = ledger.vault.compartment(), scene.look(ledger, case)
    papers = list[Spent]()
    vars(build)["make_papers"] = timed(papers, "… of that its documents", make_papers)

    plan = timed(spent, "plan", build.plan_dossier)(ledger, view, within, ask(case))
    assert not plan.unmet, plan.unmet[:3]
    layout = timed(spent, "lay out", build.lay_out)(ledger, within, plan, START)
    publication, layout = timed(spent, "sign", build.sign_layout)(ledger, within, layout)
    plan = build.need_stamps(ledger, within, plan, publication)
    out = folder / "bag"
    handed = timed(spent, "hand over", build.hand_over)(ledger, within, plan, layout, publication, out)
    print(json.dumps({"shown": handed.statements, "files": handed.files}))
    return [spent[0], spent[1], *papers, *spent[2:]]


def ask(case: str) -> Order:
    """The dossier that is made."""
    body = find_recipient(RECIPIENT)
    rules = Rules(published=body.form.published, individuals=body.form.individuals, words=True)
    return Order(
        case, body, None, PURPOSE, ("en",), DAY, rules, accepts=frozenset({"release.tokens"}), because=WHY
    )


_Words = ParamSpec("_Words")
_Answer = TypeVar("_Answer")


def timed(into: list[Spent], what: str, action: Callable[_Words, _Answer]) -> Callable[_Words, _Answer]:
    """The same action, which says what it took."""

    def act(*words: _Words.args, **more: _Words.kwargs) -> _Answer:
        wall, processor = time.perf_counter(), time.process_time()
        answer = action(*words, **more)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        into.append(Spent(what, time.perf_counter() - wall, time.process_time() - processor, peak))
        return answer

    return act


PHASES = {phase.__name__: phase for phase in (record, take, make)}


def measure(statements: int) -> None:
    """One size, from the empty folder to the verdict."""
    with TemporaryDirectory(dir=Path.cwd()) as name:
        folder, rows = Path(name), list[Spent]()
        for phase in PHASES:
            _, said = run([sys.executable, __file__, phase, name, str(statements)])
            lines = [json.loads(line) for line in said.splitlines()]
            rows += [Spent(**line) for line in lines if "what" in line]
            counted: dict[str, Any] = next((line for line in lines if "shown" in line), {})
        bag = folder / "bag"
        for what, command in (
            ("`onggi verify DIR`", [sys.executable, "-m", "onggi.cli", "verify", str(bag)]),
            ("`bash verify.sh`", ["bash", str(bag / "verify.sh"), str(bag)]),
        ):
            spent, _ = run(command)
            rows.append(Spent(what, spent.wall, spent.processor, spent.peak))
        sizes = {one: count_bytes(bag / "data" / one) / 1e6 for one in ("documents", "items", "exchange")}
        tell = partial("{:.1f} MB".format)
        parts = " · ".join(f"{one} {tell(size)}" for one, size in sizes.items())
        head = f"{counted['shown']:,} statements, {ITEMS} files: {counted['files']:,} files in the bag"
        print(f"\n{head}, {tell(count_bytes(bag) / 1e6)} ({parts})\n")
        print("| | wall s | CPU s | peak MiB |\n|---|--:|--:|--:|")
        for row in rows:
            print(f"| {row.what} | {row.wall:.1f} | {row.processor:.1f} | {row.peak:,} |")


def stretch_cheaply(passphrase: str, salt: bytes, *_: object) -> bytes:
    """Instead of Argon2id."""
    return hashlib.sha256(passphrase.encode() + salt).digest()


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] in PHASES:
        vars(keyslot)["stretch"] = stretch_cheaply
        for row in PHASES[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])):
            print(json.dumps(asdict(row)))
    else:
        for size in map(int, sys.argv[1:] or map(str, SIZES)):
            measure(size)
