"""Works on a vault that may be cut short anywhere, and the facts that must be there behind it.

A work is a row of steps, each acknowledged once its call has returned. A fact is one line about what can be
read. What a step changes comes in parts, each of them whole or not at all: so behind a crash in step *n* the
facts are those of step *n*, or those after one or more of its parts, and nothing between.
"""

import io
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
from tests.ledger.invented import id_of, kind, record, state
from tests.vault.invented import Clock, make_entries, stretch_cheaply

from onggi.dossier.prove import prove_statement
from onggi.errors import OnggiError
from onggi.evidence.verify import verify_bag
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.statement import write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Term
from onggi.vault import keyslot
from onggi.vault.anchoring import cover_all, keep_token
from onggi.vault.anchors import make_anchor
from onggi.vault.checking import check_vault
from onggi.vault.copying import copy_vault
from onggi.vault.desk import read_desk, write_desk
from onggi.vault.enrol import add_compartment, add_member, create_vault, grant_strata
from onggi.vault.erasing import erase_unit
from onggi.vault.folder import MOMENT, Folder
from onggi.vault.grants import STRATA
from onggi.vault.keys import FLOOR, Cost, Device
from onggi.vault.keyslot import open_keyslot
from onggi.vault.opened import Vault, open_vault
from onggi.vault.packs import CLASSES
from onggi.vault.session import write_session
from onggi.vault.strata import Entry
from onggi.vault.tokens import Kept
from onggi.vault.writing import Change, File, store_entry, write_commit, write_objects

ADMIN, MEMBER, NEWCOMER = 1, 2, 3
PASSPHRASE = "the jar's"
COST = Cost(FLOOR.memory, FLOOR.passes, FLOOR.lanes)
WITNESS, WOMAN, FAMILY = (letter * 32 for letter in "abc")
PHOTO = random.Random("photo").randbytes(30_000)
DAY = "2026-11-23"
EXPORTED = "exported"

Facts = frozenset[str]
NOTHING: Facts = frozenset()


@dataclass(frozen=True)
class Part:
    """What comes together or not at all: facts that are new, and facts that are gone."""

    adds: Facts = NOTHING
    takes: Facts = NOTHING


@dataclass(frozen=True)
class Step:
    """One call that is acknowledged when it has returned, and the parts of what it changes, in order."""

    do: Callable[["Scene"], object]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Work:
    """Steps on one of the bases; `left` is what verify may call grave until the next write clears it up."""

    steps: tuple[Step, ...]
    base: str = "home"
    left: Facts = NOTHING
    indexed: bool = False


@dataclass
class Scene:
    """Where a work is done: a folder, dice, a clock, and the vault as an admin has opened it."""

    root: Path
    ground: Path
    dice: random.Random
    device: Device | None
    clock: Clock = field(default_factory=lambda: Clock(9_000_000))

    def open(self) -> Vault:
        """The vault as it lies there now."""
        folder = Folder(self.root, self.dice.randbytes)
        if self.device is None:
            return open_vault(self.root, ADMIN, PASSPHRASE, self.dice.randbytes)
        return Vault(folder, self.device, PASSPHRASE, self.dice.randbytes)

    def ledger(self) -> Ledger:
        """The same, as statements."""
        return Ledger(self.open(), self.clock)


class Bases:
    """The folders that works begin with, made once; each trial has a copy of its own."""

    def __init__(self, ground: Path) -> None:
        self.ground = ground
        self.devices = {
            slot: Device.of(open_keyslot(Folder(ground / "home", bytes), slot, PASSPHRASE))
            for slot in (ADMIN, MEMBER)
        }
        self._facts: dict[str, Facts] = {"nothing": NOTHING}

    def scene(self, work: Work, root: Path, seed: str) -> Scene:
        """A work's scene in a folder."""
        device = self.devices[ADMIN] if work.base == "home" else None  # in a copy another comes
        return Scene(root, self.ground, random.Random(seed), device)

    def make_place(self) -> Path:
        """An empty folder for a trial."""
        return Path(tempfile.mkdtemp(dir=self.ground))

    def lay(self, work: Work, root: Path) -> None:
        """Copy what a work begins with. Files are linked: none is ever written in place but indexes."""
        if work.base != "nothing":
            copy_by_links(self.ground / work.base, root)

    def facts(self, work: Work) -> Facts:
        """What can be read where a work begins."""
        if work.base not in self._facts:
            vault = self.scene(work, self.ground / work.base, "facts").open()
            self._facts[work.base] = read_facts(vault)
        return self._facts[work.base]


@contextmanager
def lay_bases() -> Iterator[Bases]:
    """The bases while this lasts, in memory where there is a place for that; passphrases cost nothing."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of its own in it
    with tempfile.TemporaryDirectory(dir=memory) as ground, pytest.MonkeyPatch.context() as patch:
        cheapen(patch)
        yield build_bases(Path(ground))


def cheapen(patch: pytest.MonkeyPatch) -> None:
    """Let passphrases cost nothing."""
    patch.setattr(keyslot, "stretch", stretch_cheaply)


def build_bases(ground: Path) -> Bases:
    """The vault that works begin with, and a copy of it in which nobody has written yet."""
    scene = Scene(ground / "home", ground, random.Random("home"), None, Clock())
    create_vault(scene.root, PASSPHRASE, "main", COST, scene.dice.randbytes)
    vault = scene.open()
    with write_session(vault):
        assert add_member(vault, PASSPHRASE, "member", COST) == MEMBER
        card = vault.members.slots()[MEMBER]
        grant_strata(vault, vault.compartment(), card, ["record"], False)
        photo = [File("e" * 32, WOMAN, io.BytesIO(PHOTO), len(PHOTO))]
        changes = {
            "record": Change([*make_entries(WITNESS, 3, "witness"), *make_entries(FAMILY, 2, "family")]),
            "identity": Change(make_entries(WOMAN, 2, "woman"), photo),
        }
        write_commit(vault, vault.compartment(), changes, scene.clock)
    ledger = Ledger(vault, scene.clock)
    ledger.append(vault.compartment(), _published())
    ledger.rebuild()
    ledger.close()
    with write_session(vault):
        copy_vault(vault, ground / "copied", DAY, lambda done, total, stage: None)
    return Bases(ground)


def copy_by_links(source: Path, target: Path) -> None:
    """The files of a vault under a second name each; indexes and the lock by their bytes."""
    for folder, _, files in os.walk(source):
        place = os.path.relpath(folder, source)
        os.mkdir(target / place, 0o700)
        for name in files:
            lay = shutil.copy2 if place == "index" or name == "lock" else os.link
            lay(os.path.join(folder, name), target / place / name)


def read_facts(vault: Vault) -> Facts:
    """Everything that can be read, a line for each; what is said more than once is numbered."""
    cards = vault.members.devices
    found = [f"member {slot} {card.role}" for slot, card in vault.members.slots().items()]
    found.append(f"desk {read_desk(vault).decode()}")
    for compartment in vault.compartments:
        name = compartment.name
        found.append(f"compartment {name}")
        slots = {(cards[id].slot, one) for id, held in compartment.grants.strata.items() for one in held}
        found += [f"grant {name} {slot} {stratum}" for slot, stratum in slots]
        found += [f"anchor over {len(one.ways)}" for one in vault.anchors(compartment)]
        found += [f"token {one.reply.decode()}" for one in vault.tokens(compartment)]
        for stratum in compartment.strata:
            for step in compartment.history.steps():
                content = vault.content(compartment, step, stratum)
                found += [f"{name} {stratum} {_cut(one.slots[0].decode())}" for one in content.kept]
                for item in content.items:
                    with suppress(OnggiError):  # what cannot be read is no fact
                        data = b"".join(vault.read_item(compartment, stratum, item))
                        found.append(_file_fact(stratum, data))
    copied = Folder(vault.folder.root.with_name("copy"), vault.randomness)
    if len(copied.names("keys")) >= vault.members.keys:
        found.append("copy")
    bag = vault.folder.root.with_name("bag")
    if bag.exists():
        assert verify_bag(bag).valid
        found.append("bag")
    said = Counter(found)
    return frozenset(
        f"{line} ({number})" if number else line for line in said for number in range(said[line])
    )


def allowed_facts(work: Work, before: Facts, answers: int) -> list[Facts]:
    """What may be found where so many steps were acknowledged, and the next one may have begun."""
    facts = before
    for step in work.steps[:answers]:
        for part in step.parts:
            facts = (facts - part.takes) | part.adds
    allowed = [facts]
    for part in work.steps[answers].parts if answers < len(work.steps) else ():
        allowed.append((allowed[-1] - part.takes) | part.adds)
    return allowed


@dataclass(frozen=True)
class Remains:
    """What a crash left: the vault as the admin opens it, if it is one, and what can be read in it."""

    work: Work
    root: Path
    vault: Vault | None
    found: Facts


def inspect(bases: Bases, work: Work, root: Path, allowed: Sequence[Facts] = ()) -> Remains:
    """What is found behind a crash; where it is known, it must be one of what is allowed."""
    try:
        vault = bases.scene(work, root, "remains").open()
    except OnggiError as error:
        assert work.base == "nothing" and error.id in ("vault.absent", "vault.keyslot.closed"), error.id
        assert not allowed or allowed[0] == NOTHING, "an acknowledged vault cannot be opened"
        return Remains(work, root, None, NOTHING)
    found = read_facts(vault)
    assert not allowed or found in allowed, differ(found, allowed)
    grave = {one.code for one in check_vault(vault).findings if one.grave}
    assert grave <= work.left, f"verify finds {sorted(grave)}"
    return Remains(work, root, vault, found)


def go_on(bases: Bases, remains: Remains, other: bool = True) -> None:
    """The next write succeeds; behind it everything is well and tidy, for the `other` member too."""
    work, root, vault = remains.work, remains.root, remains.vault
    if vault is None:
        return
    behind = commit("behind", {"care": 1})
    scene = bases.scene(work, root, "behind")
    with write_session(vault):
        write_commit(vault, vault.compartment("main"), behind.changes(), scene.clock)
    last = scene.open()
    found, expected = read_facts(last), remains.found | behind.facts
    assert found == expected, differ(found, [expected])
    check_tidy(last)
    if work.indexed:
        check_indexes(Ledger(last, scene.clock))
    if other and work.base != "nothing":
        device = bases.devices[MEMBER]
        check_tidy(Vault(Folder(root, scene.dice.randbytes), device, PASSPHRASE, scene.dice.randbytes))
    check_newcomers(last, expected)
    if root.with_name("copy").exists():
        check_copy(bases, last, expected)


def check_tidy(vault: Vault) -> None:
    """All is well; nothing half lies about; a listing tells a power of two and no time."""
    check_well(vault)
    root = vault.folder.root
    assert not any((root / "tmp").iterdir())
    sizes = [path.stat().st_size for path in (root / "packs").glob("?/*")]
    for size in CLASSES:
        count = sizes.count(size)
        assert count & (count - 1) == 0, f"{count} packs of {size}"
    assert {path.stat().st_mtime_ns for path in (root, *root.rglob("*"))} == {MOMENT * 10**9}


def check_well(vault: Vault) -> None:
    """Verify finds nothing at all."""
    findings = check_vault(vault).findings
    assert findings == [], findings


def check_indexes(ledger: Ledger) -> None:
    """The projections answer what the log holds, and are whole."""
    vault, main = ledger.vault, ledger.vault.compartment("main")
    view = ledger.view(strata=STRATA)
    for name in ("note", "exported", "erased"):
        said = f'"property":"{name}"'
        logged = sum(
            said in one.slots[0].decode()
            for stratum in main.strata
            for step in main.history.steps()
            for one in vault.content(main, step, stratum).kept
        )
        assert len(list(view.of_property(name))) == logged
    assert ledger.check_indexes() == []
    ledger.close()


def check_newcomers(vault: Vault, facts: Facts) -> None:
    """Whoever the log names can open the vault, and reads what she was granted."""
    root = vault.folder.root
    for slot in vault.members.slots():
        if slot in (ADMIN, MEMBER):
            continue
        theirs = open_vault(root, slot, PASSPHRASE, vault.randomness)
        granted = {fact for fact in facts if fact.startswith(f"grant main {slot} ")}
        held = {one for compartment in theirs.compartments for one in compartment.strata}
        assert held == {fact.split()[-1] for fact in granted}
        check_well(theirs)


def check_copy(bases: Bases, vault: Vault, facts: Facts) -> None:
    """A copy is whole or goes on where it stopped; then it opens, and holds the same."""
    target = vault.folder.root.with_name("copy")
    if "copy" not in facts:
        with write_session(vault):
            copy_vault(vault, target, DAY, lambda done, total, stage: None)
    copied = Vault(Folder(target, vault.randomness), bases.devices[ADMIN], PASSPHRASE, vault.randomness)
    assert "copy" in facts or read_facts(copied) == facts | {"copy"}
    check_well(copied)
    with write_session(copied):
        write_commit(
            copied, copied.compartment("main"), commit("elsewhere", {"care": 1}).changes(), Clock(10**8)
        )
    check_tidy(copied)


@dataclass(frozen=True)
class _Commit:
    """A commit to be written, and the facts it brings."""

    texts: Mapping[str, Sequence[Entry]]
    files: Mapping[str, bytes]
    unit: str

    def changes(self) -> dict[str, Change]:
        streams = [
            File(id_of(name), self.unit, io.BytesIO(data), len(data)) for name, data in self.files.items()
        ]
        found = {stratum: Change(entries) for stratum, entries in self.texts.items()}
        if streams:
            found["identity"] = Change(self.texts.get("identity", ()), streams)
        return found

    @property
    def facts(self) -> Facts:
        texts = {
            f"main {stratum} {one.slots[0].decode()}" for stratum, many in self.texts.items() for one in many
        }
        return frozenset(texts | {_file_fact("identity", data) for data in self.files.values()})

    def step(self) -> Step:
        return Step(self._do, (Part(self.facts),))

    def _do(self, scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            write_commit(vault, vault.compartment("main"), self.changes(), scene.clock)


def commit(tag: str, counts: Mapping[str, int], **files: int) -> _Commit:
    """So many statements for each stratum, and files of so many bytes, all under a unit that is new."""
    unit = sha256(tag.encode()).hexdigest()[:32]
    texts = {stratum: make_entries(unit, count, f"{tag} {stratum}") for stratum, count in counts.items()}
    data = {name: random.Random(tag + name).randbytes(size) for name, size in files.items()}
    return _Commit(texts, data, unit)


def _append(tag: str) -> Work:
    first = commit(f"{tag} first", {"record": 2, "identity": 1, "care": 1})
    return Work((first.step(), commit(f"{tag} second", {"record": 1}).step()))


def _append_large(tag: str) -> Work:
    return Work((commit(tag, {"record": 300, "care": 3}).step(),))


def _append_items(tag: str) -> Work:
    first = commit(f"{tag} first", {"record": 1}, photo=20_000, note=10)
    return Work((first.step(), commit(f"{tag} second", {}, film=200_000).step()))


def _erase(tag: str) -> Work:
    def erase(stratum: str, unit: str) -> Callable[[Scene], None]:
        def do(scene: Scene) -> None:
            vault = scene.open()
            with write_session(vault):
                erase_unit(vault, vault.compartment("main"), stratum, unit)

        return do

    witness, woman = _texts("record", WITNESS, 3, "witness"), _texts("identity", WOMAN, 2, "woman")
    steps = (
        Step(erase("record", WITNESS), (Part(takes=witness),)),
        Step(erase("identity", WOMAN), (Part(takes=woman | {_file_fact("identity", PHOTO)}),)),
    )
    return Work(steps, left=frozenset({"vault.keyring.behind"}))


def _admit(tag: str) -> Work:
    def admit(scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            assert add_member(vault, PASSPHRASE, "admin", COST) == NEWCOMER

    def grant(scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            card = vault.members.slots()[NEWCOMER]
            grant_strata(vault, vault.compartment("main"), card, ["record", "care"], True)

    grants = frozenset(f"grant main {NEWCOMER} {stratum}" for stratum in ("record", "care"))
    steps = (Step(admit, (Part(frozenset({f"member {NEWCOMER} admin"})),)), Step(grant, (Part(grants),)))
    return Work(steps, left=frozenset({"vault.cells.unknown"}))


def _divide(tag: str) -> Work:
    def divide(scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            add_compartment(vault, "south")

    facts = {f"grant south {ADMIN} {stratum}" for stratum in STRATA} | {"compartment south"}
    return Work((Step(divide, (Part(frozenset(facts)),)),), left=frozenset({"vault.cells.unknown"}))


def _anchor(tag: str) -> Work:
    def anchor(scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            main = vault.compartment("main")
            assert vault.publication is not None
            stored = make_anchor(main.history.steps(), vault.publication, vault.randomness)
            write_objects(vault, {main.log_domain: [store_entry(vault, stored, "anchor")]})

    return Work((Step(anchor, (Part(frozenset({"anchor over 2"})),)),))


def _token(tag: str) -> Work:
    def stamp(scene: Scene) -> None:
        vault = scene.open()
        main = vault.compartment("main")
        text = cover_all(vault, main).text
        keep_token(vault, main, Kept(sha256(text).hexdigest(), f"a reply {tag}".encode(), when=1))

    facts = frozenset({"anchor over 2"}), frozenset({f"token a reply {tag}"})
    return Work((Step(stamp, tuple(map(Part, facts))),))


def _copy(tag: str) -> Work:
    def copy(scene: Scene) -> None:
        vault = scene.open()
        with write_session(vault):
            copy_vault(vault, scene.root.with_name("copy"), DAY, lambda done, total, stage: None)

    return Work((Step(copy, (Part(frozenset({"copy"})),)),))


def _begin_in_copy(tag: str) -> Work:
    work = Work((commit(tag, {"record": 1, "identity": 1}).step(),), "copied")
    return Work(work.steps, work.base, left=frozenset({"vault.cells.unknown"}))


def _write_desk(tag: str) -> Work:
    def put(text: str) -> Callable[[Scene], None]:
        return lambda scene: write_desk(scene.open(), text.encode())

    texts = ("{}", f'{{"draft":"{tag} one"}}', f'{{"draft":"{tag} two"}}')
    parts = [
        Part(frozenset({f"desk {new}"}), frozenset({f"desk {old}"}))
        for old, new in zip(texts, texts[1:], strict=False)
    ]
    return Work(tuple(Step(put(text), (part,)) for text, part in zip(texts[1:], parts, strict=True)))


def _init(tag: str) -> Work:
    def init(scene: Scene) -> None:
        create_vault(scene.root, PASSPHRASE, "main", COST, scene.dice.randbytes)

    grants = {f"grant main {ADMIN} {stratum}" for stratum in STRATA}
    facts = frozenset(grants | {f"member {ADMIN} admin", "desk {}", "compartment main"})
    return Work((Step(init, (Part(facts),)),), "nothing")


def _record(tag: str) -> Work:
    steps = []
    for number in (1, 2):
        open_said = record(state(f"{tag[-8:]}{number}", "note", f"{tag} {number}", case="case"))
        apart = record(
            state(f"{tag[-8:]}{number}a", "note", f"{tag} {number} apart", case="case"),
            stratum=Stratum.IDENTITY,
        )
        steps.append(Step(_say([*open_said, *apart]), (Part(_said(open_said) | _said(apart)),)))
    return Work(tuple(steps), indexed=True)


def _rebuild(tag: str) -> Work:
    def rebuild(scene: Scene) -> None:
        ledger = scene.ledger()
        ledger.rebuild()
        ledger.close()

    return Work((Step(rebuild),), indexed=True)


def _erase_with_reason(tag: str) -> Work:
    def erase(scene: Scene) -> None:
        ledger = scene.ledger()
        ledger.erase(ledger.vault.compartment("main"), "record", WITNESS, f"asked to {tag}")

    note = frozenset({f"main record {_what('erased', f'asked to {tag}')}"})
    parts = (Part(takes=_texts("record", WITNESS, 3, "witness")), Part(note))
    return Work((Step(erase, parts),), left=frozenset({"vault.keyring.behind"}), indexed=True)


def _prove(tag: str) -> Work:
    def prove(scene: Scene) -> None:
        prove_statement(scene.ledger(), id_of("knife"), scene.root.with_name("bag"))

    facts = ("anchor over 2", f"main record {EXPORTED}", "bag")
    return Work((Step(prove, tuple(Part(frozenset({fact})) for fact in facts)),), indexed=True)


WORKS: Mapping[str, Callable[[str], Work]] = {
    "append": _append,
    "append large": _append_large,
    "append items": _append_items,
    "erase": _erase,
    "admit": _admit,
    "divide": _divide,
    "anchor": _anchor,
    "token": _token,
    "copy": _copy,
    "begin in copy": _begin_in_copy,
    "desk": _write_desk,
    "init": _init,
    "record": _record,
    "rebuild": _rebuild,
    "erase with reason": _erase_with_reason,
    "prove": _prove,
}


def _say(placed: Sequence[Placed]) -> Callable[[Scene], None]:
    def do(scene: Scene) -> None:
        ledger = scene.ledger()
        ledger.append(ledger.vault.compartment("main"), placed)
        ledger.view(strata=STRATA).search("note")
        ledger.close()

    return do


def _said(placed: Sequence[Placed]) -> Facts:
    return frozenset(f"main {stratum.value} {write_slots(one)[0].decode()}" for stratum, one in placed)


def _what(name: str, text: str) -> str:
    return write_slots(state("any", name, text))[0].decode().replace('"en"', '"und"')


def _published() -> list[Placed]:
    """A case with a statement that may leave."""
    yes, knife = Term("yes_no", "yes"), Term("methods", "knife")
    return [
        *record(kind("case", "case"), kind("act", "act"), kind("article", "source")),
        *record(kind("woman", "person")),
        *record(state("p", "published", yes, "article")),
        *record(state("knife", "method", knife, "act", source="article", screened=True)),
    ]


def _cut(what: str) -> str:
    """A statement of export without the name of its anchor, which is made of dice."""
    return EXPORTED if f'"property":"{EXPORTED}"' in what else what


def _texts(stratum: str, unit: str, count: int, text: str) -> Facts:
    return frozenset(f"main {stratum} {one.slots[0].decode()}" for one in make_entries(unit, count, text))


def _file_fact(stratum: str, data: bytes) -> str:
    return f"main {stratum} file {sha256(data).hexdigest()}"


def differ(found: Facts, allowed: Sequence[Facts]) -> str:
    nearest = min(allowed, key=lambda one: len(one ^ found))
    return f"lost {sorted(nearest - found)[:4]}, too much {sorted(found - nearest)[:4]}"
