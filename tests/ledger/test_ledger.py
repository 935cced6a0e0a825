"""Appending, reading with and without identity, and what becomes of a folder in other hands."""

import io
import shutil
from collections.abc import Callable
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from tests.ledger.invented import PASSPHRASE, Bench, append, id_of, kind, record, state

from onggi.dossier.prove import prove_statement
from onggi.errors import Exit, OnggiError
from onggi.evidence.verify import verify_bag
from onggi.intake.originals import Origin, take_in
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.statement import Slots, Words, read_slots, write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text
from onggi.vault.checking import check_vault
from onggi.vault.enrol import add_compartment, add_member, grant_strata
from onggi.vault.keys import FLOOR
from onggi.vault.opened import Compartment
from onggi.vault.session import write_session
from onggi.vault.strata import Item
from onggi.vault.writing import File

ALL = ("record", "identity", "care")


def join(bench: Bench, *strata: str, role: str = "member") -> Ledger:
    """A further member, with these strata granted."""
    ledger = bench.open()
    with write_session(ledger.vault):
        slot = add_member(ledger.vault, PASSPHRASE, role, FLOOR)
        card = next(one for one in ledger.vault.members.devices.values() if one.slot == slot)
        grant_strata(ledger.vault, ledger.vault.compartment(), card, strata, False)
    return bench.open(slot)


def list_packs(bench: Bench) -> set[str]:
    return {path.name for path in (bench.root / "packs").rglob("*") if path.is_file()}


def test_what_is_appended_is_read_back_by_the_next_process(bench: Bench) -> None:
    said = [state(n, "note", f"word {n}") for n in range(5)]
    append(bench.open(), *record(*said[:3]), *record(*said[3:], stratum=Stratum.IDENTITY))
    ledger = bench.open()
    held = list(ledger.view(strata=ALL).of_property("note"))
    assert [one.id for one in held] == [one.id for one in said]
    assert [one.place for one in held] == [0, 1, 2, 0, 1]
    assert (
        {one.author for one in held}
        == {one.statement.trace.recorder for one in held}
        == {ledger.vault.card.member}
    )
    assert check_vault(ledger.vault).findings == []


def test_record_alone_is_what_a_view_opens(bench: Bench) -> None:
    ledger = bench.open()
    append(
        ledger,
        *record(state(1, "name", "hidden"), stratum=Stratum.IDENTITY),
        *record(state(2, "note", "open")),
    )
    assert ledger.view().search("hidden") == []
    assert ledger.view().statement(id_of(1)) is None
    assert ledger.view().strata == {"record"}


def test_nothing_to_record_is_refused(bench: Bench) -> None:
    with pytest.raises(OnggiError, match="ledger.nothing"):
        append(bench.open())


def test_a_stratum_that_was_not_granted_is_refused_whole(bench: Bench) -> None:
    member = join(bench, "record")
    before = list_packs(bench)
    placed = record(state(1, "note", "open")) + record(state(2, "name", "x"), stratum=Stratum.IDENTITY)
    with pytest.raises(OnggiError, match="ledger.stratum"):
        append(member, *placed)
    with pytest.raises(OnggiError, match="ledger.stratum"):
        member.append(member.vault.compartment(), placed[:1], [File(id_of("f"), "", io.BytesIO(b"x"), 1)])
    assert list_packs(bench) == before
    assert list(member.view(strata=ALL).of_property("note", "name")) == []


def test_append_is_all_or_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "note", "word before")))
    said = record(state(2, "note", "word")) + record(state(3, "name", "word"), stratum=Stratum.IDENTITY)
    settle, failed = ledger.vault.folder.settle, list[object]()

    def fail(staged: list[tuple[Path, str]]) -> None:
        # What belongs to the commit is in place; the commit itself does not get there.
        if staged and not failed and len(staged) == 1 and staged[0][1].startswith("packs/"):
            failed.append(staged)
            raise OSError(28, "no space left on device")
        settle(staged)

    monkeypatch.setattr(ledger.vault.folder, "settle", fail)
    with pytest.raises(OSError, match="no space"):
        append(ledger, *said)
    assert failed
    assert [held.id for held in bench.open().view(strata=ALL).search("word")] == [id_of(1)]
    monkeypatch.undo()
    monkeypatch.setattr("onggi.vault.keyslot.stretch", lambda *_: b"")
    append(ledger, *said)
    assert len(ledger.view(strata=ALL).search("word")) == 3


def test_identity_is_read_only_after_it_is_signed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "name", "hidden", "woman"), stratum=Stratum.IDENTITY))
    signed: list[str] = []
    make = View.__init__

    def watch(self: View, *arguments: object) -> None:
        make(self, *arguments)  # type: ignore[arg-type]  # handed on as they are
        if "identity" in self.strata:
            signed.append(",".join(held.id for held in self.of_property("read_identity")))

    view = ledger.open_identity(ledger.vault.compartment(), id_of("case"), "to call her back")
    assert view.strata == set(ALL)
    assert [held.id for held in view.search("hidden")] == [id_of(1)]
    note = next(view.of_property("read_identity"))
    assert note.statement.value == Text("to call her back", "und")
    assert note.statement.subject == note.statement.about.case == id_of("case")
    assert note.stratum == "identity"
    monkeypatch.setattr(View, "__init__", watch)
    ledger.open_identity(ledger.vault.compartment(), None, "again")
    assert signed[-1].count(",") == 1, "the second reading is signed when the view is made"
    assert len(list(bench.open().view(strata=ALL).of_property("read_identity"))) == 2


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_no_reason_no_identity(bench: Bench, reason: str) -> None:
    ledger = bench.open()
    before = list_packs(bench)
    with pytest.raises(OnggiError, match="ledger.reason") as caught:
        ledger.open_identity(ledger.vault.compartment(), None, reason)
    assert caught.value.exit_code is Exit.USAGE
    assert list_packs(bench) == before


def test_a_member_of_the_record_reads_no_identity(bench: Bench) -> None:
    append(
        bench.open(),
        *record(state(1, "name", "hidden"), stratum=Stratum.IDENTITY),
        *record(state(2, "note", "open")),
    )
    member = join(bench, "record")
    with pytest.raises(OnggiError, match="ledger.identity") as caught:
        member.open_identity(member.vault.compartment(), None, "curious")
    assert caught.value.exit_code is Exit.REFUSED
    view = member.view(strata=ALL)
    assert view.strata == {"record"}
    assert view.search("hidden") == []
    assert len(view.search("open")) == 1
    assert member.findings == []


def test_where_nothing_can_be_signed_nothing_is_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = bench.open()
    append(ledger, *record(state(1, "name", "hidden"), stratum=Stratum.IDENTITY))
    asked: list[str] = []
    monkeypatch.setattr(View, "search", lambda self, query: asked.append(query))

    def refuse(data: object) -> None:
        raise PermissionError(30, "read-only file system")

    monkeypatch.setattr(ledger.vault.folder, "stage", refuse)
    with pytest.raises(OnggiError, match="ledger.unsigned") as caught:
        ledger.open_identity(ledger.vault.compartment(), None, "reason").search("hidden")
    assert caught.value.exit_code is Exit.REFUSED
    assert asked == []


def test_identity_of_one_compartment_is_not_that_of_another(bench: Bench) -> None:
    ledger = bench.open()
    with write_session(ledger.vault):
        add_compartment(ledger.vault, "other")
    for name, word in (("main", "first"), ("other", "second")):
        placed = record(state(f"n{name}", "name", word), stratum=Stratum.IDENTITY)
        ledger.append(ledger.vault.compartment(name), placed + record(state(f"r{name}", "note", "record")))
    view = ledger.open_identity(ledger.vault.compartment("other"), None, "reason")
    assert view.statement(id_of("nother")) is not None
    assert view.statement(id_of("nmain")) is None
    assert view.search("first") == []
    assert {held.id for held in view.search("record")} == {id_of("rmain"), id_of("rother")}


def test_a_member_supersedes_her_own_and_an_admin_anybodys(bench: Bench) -> None:
    member = join(bench, *ALL)
    admin = bench.open()
    append(admin, *record(state(1, "note", "word by the admin"), state(2, "note", "word by the admin")))
    member = bench.open(member.vault.card.slot)
    append(member, *record(state(3, "note", "word", retracts=[1]), state(4, "note", "word four")))
    append(member, *record(state(5, "note", "word five", supersedes=[4])))
    assert {held.id for held in member.view().search("word")} == {id_of(n) for n in (1, 2, 3, 5)}
    append(bench.open(), *record(state(6, "note", "word", retracts=[3, 5])))
    assert {held.id for held in bench.open().view().search("word")} == {id_of(n) for n in (1, 2, 4, 6)}


def test_who_becomes_an_admin_is_judged_by_that(bench: Bench) -> None:
    """What was indexed while she was none is judged again."""
    slot = join(bench, *ALL).vault.card.slot
    append(bench.open(), *record(state(1, "note", "word by the admin")))
    member = bench.open(slot)
    append(member, *record(state(2, "note", "a retraction", retracts=[1])))
    assert len(member.view().search("word")) == 1
    member.close()
    card = member.vault.card
    member.vault.members.devices[card.id] = structs.replace(card, role="admin")
    assert member.view().search("word") == []
    assert len(bench.open().view().search("word")) == 1, "and back, where she is none"


def test_what_was_written_down_further_on_judges_across_units(bench: Bench) -> None:
    """Units are sealed apart; what stands between two statements of one may retract, or be retracted."""
    ledger = bench.open()
    append(ledger, *record(kind("case", "case"), kind("ann", "person"), kind("bea", "person")))
    append(
        ledger,
        *record(
            state(1, "note", "word", "ann"),
            state(2, "note", "word", "bea", retracts=[1]),
            state(3, "note", "word", "ann", retracts=[2]),
            state(4, "note", "word", "bea", supersedes=[3]),
            stratum=Stratum.IDENTITY,
        ),
    )
    said = list(ledger.view(strata=ALL).of_property("note"))
    assert [held.place for held in said] == [0, 1, 2, 3]
    assert len({held.statement.about.unit for held in said}) == 2
    for one in (ledger, bench.open()):
        assert {held.id for held in one.view(strata=ALL).search("word")} == {id_of(1), id_of(4)}
        one.rebuild()


def test_rebuilt_is_the_same(bench: Bench) -> None:
    ledger = bench.open()
    for batch in range(3):
        append(ledger, *record(*(state(f"{batch}-{n}", "note", f"word {n}") for n in range(20))))
        append(ledger, *record(state(f"s{batch}", "note", "word", supersedes=[f"{batch}-3"])))
        ledger.view().search("word")
    before = [(hit.held, hit.held.order) for hit in ledger.view().search("word", limit=999)]
    assert ledger.rebuild() == 63
    assert [(hit.held, hit.held.order) for hit in ledger.view().search("word", limit=999)] == before
    assert bench.open().rebuild() == 63


def test_a_late_commit_makes_the_order_anew(bench: Bench, tmp_path: Path) -> None:
    """Two members write apart; the earlier one's packs come by courier after the other was indexed."""
    member = join(bench, *ALL)
    slot = member.vault.card.slot
    append(bench.open(), *record(state("first", "note", "the case has its unit")))
    elsewhere = bench.copy(tmp_path / "elsewhere")
    append(
        elsewhere.open(slot),
        *record(state("early", "note", "word of the member"), state("x", "note", "word x")),
    )
    append(bench.open(), *record(state("later", "note", "word of the admin")))
    assert [held.id for held in bench.open().view().search("word")] == [id_of("later")]
    before = bench.indexes()
    heads = (elsewhere.root / "heads").glob(f"{member.vault.card.heads}.*")
    packs = (path for path in (elsewhere.root / "packs").rglob("*") if path.is_file())
    for path in chain(heads, packs):
        shutil.copy(path, bench.root / path.relative_to(elsewhere.root))
    ledger = bench.open()
    assert [held.id for held in ledger.view().search("word")] == [
        id_of(one) for one in ("later", "x", "early")
    ]
    assert before != bench.indexes()
    elsewhere.close()


def test_findings_are_told_once(bench: Bench) -> None:
    ledger = bench.open()
    known = list_packs(bench)
    append(ledger, *record(*(state(n, "note", f"word {n}") for n in range(5))))
    stratum_pack = _pack_of(ledger, ledger.vault.compartment(), "record")
    assert stratum_pack.name not in {Path(name).name for name in known}
    content = stratum_pack.read_bytes()
    stratum_pack.write_bytes(content[:200] + b"x" + content[201:])
    damaged = bench.open()
    for _ in range(3):
        assert damaged.view().search("word") == []
        damaged.close()
    told = damaged.findings
    assert told
    assert len(told) == len({(one.code, one.where) for one in told})
    stratum_pack.write_bytes(content)
    assert len(bench.open().view().search("word")) == 5, "what came back is read again"


def _pack_of(ledger: Ledger, compartment: Compartment, stratum: str) -> Path:
    parts = ledger.vault.shelf.parts(compartment.domain(stratum), "body")
    return ledger.vault.folder.path(next(part.pack for part in parts))


def test_a_statement_of_a_later_program_is_left_where_it_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = b'{"property":"note","value":{"hologram":"x","type":"hologram"}}'

    def write(statement: object) -> Slots:
        slots = write_slots(statement)  # type: ignore[arg-type]
        return (later, *slots[1:]) if b"later" in slots[0] else slots

    monkeypatch.setattr("onggi.ledger.ledger.write_slots", write)
    ledger = bench.open()
    append(ledger, *record(state(1, "note", "word"), state(2, "note", "later"), state(3, "note", "word")))
    for one in (ledger, bench.open()):
        assert len(one.view().search("word")) == 2
        assert [(found.code, found.values, found.grave) for found in one.findings] == [
            ("ledger.unreadable", {"count": 1}, False)
        ]
    assert check_vault(ledger.vault).findings == []
    append(ledger, *record(state(4, "note", "word")))
    assert len(ledger.view().search("word")) == 3


def test_fields_nobody_here_knows_are_no_obstacle() -> None:
    slots = write_slots(state(1, "note", "x"))
    what = msgspec.json.encode({**msgspec.json.decode(slots[0]), "mood": "grave"}, order="sorted")
    assert read_slots((what, *slots[1:])) == state(1, "note", "x")


# — items —


@pytest.fixture
def cased(bench: Bench) -> Ledger:
    ledger = bench.open()
    append(ledger, *record(kind("case", "case"), kind("woman", "person"), kind("act", "act")))
    return ledger


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"a photograph",
        lambda: b"large " * (17 * 1024 * 1024 // 6),
    ],
    ids=["empty", "small", "over 16 MiB"],
)
def test_files_come_out_as_they_went_in(
    bench: Bench, cased: Ledger, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    content = make()
    path = tmp_path / "사진 1.jpg"
    path.write_bytes(content)
    compartment = cased.vault.compartment()
    (kept,) = take_in(cased, compartment, id_of("case"), [path], Origin(id_of("woman")), bench.dice)
    assert (kept.sha256, kept.length) == (sha256(content).hexdigest(), len(content))
    ledger = bench.open()
    view = ledger.view(strata=ALL)
    said = {held.statement.what.property: held for held in view.about(kept.item)}
    assert {name for name, held in said.items() if held.stratum == "record"} == {"kind", "code"}
    assert said["sha256"].statement.value == Text(kept.sha256, "und")
    assert said["file_name"].statement.value == Text("사진 1.jpg", "und")
    assert view.code_of(kept.item) == kept.code
    unit = ledger.find_unit(id_of("woman"))
    assert {held.statement.about.unit for held in said.values() if held.stratum == "identity"} == {unit.unit}
    compartment = ledger.vault.compartment()
    step = compartment.history.steps()[-1]
    (item,) = ledger.vault.content(compartment, step, "identity").items
    stored = b"".join(ledger.vault.read_item(compartment, "identity", item))
    assert stored == content


def test_the_same_file_twice_is_two_items_in_one_unit(bench: Bench, cased: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "same.txt"
    path.write_bytes(b"same")
    arguments = (id_of("case"), [path, path], Origin(id_of("woman")), bench.dice)
    first = take_in(cased, cased.vault.compartment(), *arguments)
    second = take_in(cased, cased.vault.compartment(), *arguments)
    kept = list(chain(first, second))
    assert len({one.item for one in kept}) == len({one.code for one in kept}) == 4
    assert {one.sha256 for one in kept} == {sha256(b"same").hexdigest()}
    append(cased, *record(state("n", "name", "a", "woman"), stratum=Stratum.IDENTITY))
    unit = cased.find_unit(id_of("woman"))
    assert unit.count == 4 * 7 + 1, "four items, seven statements each, and her name: one unit"
    cased.erase(unit.compartment, unit.stratum, unit.unit, "reason")
    compartment = cased.vault.compartment()
    for step in compartment.history.steps():
        assert cased.vault.content(compartment, step, "identity").items == []


def test_describing_happens_once_files_are_hashed(bench: Bench, cased: Ledger) -> None:
    seen: list[Item] = []

    def describe(item: Item) -> list[object]:
        seen.append(item)
        return [state("d", "sha256", item.sha256.hex(), "file")]

    cased.append(
        cased.vault.compartment(),
        record(state("k", "note", "an item")),
        [File(id_of("file"), "", io.BytesIO(b"bytes"), 5)],
        "",
        describe,  # type: ignore[arg-type]
    )
    assert [one.sha256 for one in seen] == [sha256(b"bytes").digest()]
    held = cased.view(strata=("identity",)).statement(id_of("d"))
    assert held is not None
    assert held.statement.value == Text(sha256(b"bytes").hexdigest(), "en")


# — proofs —


def read_bag(bag: Path) -> str:
    return next(bag.rglob("read.txt")).read_text("utf-8")


def test_a_proof_verifies_and_is_recorded(bench: Bench, tmp_path: Path) -> None:
    ledger = bench.open()
    knife = Term("methods", "knife")
    append(
        ledger,
        *record(kind("case", "case"), kind("act", "act"), kind("article", "source")),
        *record(
            state("o", "title", "An old title", "article"),
            state("t", "title", "An article", "article", supersedes=["o"], screened=True),
        ),
        *record(state("p", "published", Term("yes_no", "yes"), "article")),
        *record(state(1, "method", knife, "act", source="article", screened=True)),
        *record(state(2, "method", knife, "act", source="nobody", screened=True)),
        *record(state(4, "method", knife, "act", source="article", words=Words("He said so.", "en"))),
        *record(state(3, "name", "x", "woman", source="article"), stratum=Stratum.IDENTITY),
        *record(state("h", "title", "A hidden title", "article"), stratum=Stratum.IDENTITY),
    )
    for count in (1, 2):
        out = tmp_path / f"bag{count}"
        fingerprint = prove_statement(ledger, id_of(1), out)
        report = verify_bag(out)
        assert report.valid, report.findings
        assert (report.fingerprint, report.statements) == (fingerprint, 1)
        assert "An article" in read_bag(out)
        assert not {"hidden", "old"} & set(read_bag(out).split())
        assert len(list(bench.open().view().of_property("exported"))) == count
    refused = (
        (2, "release.unpublished"),
        (3, "release.stratum"),
        (4, "release.unscreened"),
        (9, "prove.absent"),
    )
    for id, error in refused:
        with pytest.raises(OnggiError, match=error):
            prove_statement(ledger, id_of(id), tmp_path / "no bag")
    assert not (tmp_path / "no bag").exists()
    assert check_vault(ledger.vault).findings == []


def test_what_was_screened_later_may_leave(bench: Bench, tmp_path: Path) -> None:
    ledger = bench.open()
    published = state("p", "published", Term("yes_no", "yes"), "article")
    knife = state(1, "method", Term("methods", "knife"), "act", source="article")
    append(ledger, *record(kind("case", "case"), published, knife))
    about = bytes.fromhex(id_of(1)).decode().strip("\0")
    append(ledger, *record(state(2, "screened", Term("yes_no", "no"), about)))
    with pytest.raises(OnggiError, match="release.unscreened"):
        prove_statement(ledger, id_of(1), tmp_path / "bag")
    append(ledger, *record(state(3, "screened", Term("yes_no", "yes"), about, supersedes=[2])))
    prove_statement(ledger, id_of(1), tmp_path / "bag")
    assert verify_bag(tmp_path / "bag").valid


def test_a_statement_that_was_replaced_is_not_proved(bench: Bench, tmp_path: Path) -> None:
    ledger = bench.open()
    published = state("p", "published", Term("yes_no", "yes"), "article")
    said = state(1, "method", Term("methods", "knife"), "act", source="article", screened=True)
    append(ledger, *record(published, said))
    append(ledger, *record(state(2, "note", "wrong", "act", retracts=[1])))
    with pytest.raises(OnggiError, match="prove.replaced"):
        prove_statement(ledger, id_of(1), tmp_path / "bag")
    assert not (tmp_path / "bag").exists()
