"""A dossier from the order to the folder: refused where consent or safety is missing, else whole."""

import io
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.dossier.authority import found_authority
from tests.dossier.cases import BUYER, NAME, NEIGHBOUR, NOW, TODAY, WOMAN, WORDS, Invented, look, order
from tests.evidence.invented import make_png
from tests.evidence.test_pdf_text import BAR, show, write_pdf

from onggi.dossier.build import (
    HandedOver,
    Layout,
    Plan,
    hand_over,
    lay_out,
    need_stamps,
    plan_dossier,
    sign_layout,
    take_risks,
)
from onggi.dossier.files import Carried, Chosen
from onggi.dossier.judge import ask_consent
from onggi.dossier.matter import Ground
from onggi.dossier.order import Order
from onggi.dossier.publish import Publication
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import Rules
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.custody import Custody
from onggi.evidence.timestamp.stamps import keep_reply, target_anchor
from onggi.evidence.verify import verify_bag
from onggi.intake.originals import Making, Origin, take_stream
from onggi.ledger.consents import list_disclosures
from onggi.ledger.ledger import Ledger
from onggi.ledger.withdrawing import withdraw_consent
from onggi.model.entity import make_code
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text
from onggi.model.vocabulary import load_vocabulary

BEATEN = f"""
[source.more]
title = "A talk"
lang = "en"
published = "no"
witness = "{WOMAN}"
[act.other]
type = "beating"
victim = "{WOMAN}"
[[statement]]
about = "other"
property = "duration"
value = {{ text = "years", lang = "en" }}
source = "more"
"""
DEAR = """
[source.again]
title = "A talk"
lang = "en"
published = "no"
witness = "WOMAN"
[act.second]
type = "sale"
victim = "WOMAN"
[[statement]]
about = "second"
property = "price"
value = { number = "30000", unit = "CNY" }
source = "again"
words = "Thirty times a thousand, he said."
lang = "en"
[[statement]]
about = "second"
property = "consequence"
value = "injury"
source = "again"
words = "He said so."
lang = "en"
""".replace("WOMAN", WOMAN)
BEFELL = """
[person.other]
code = "OTHER"
role = "victim"
[[statement]]
about = "SALE"
property = "victim"
value = "other"
source = "talk"
[source.talk]
title = "INVENTED: a talk"
lang = "en"
published = "no"
"""
TWICE = f"""
[person.twin]
code = "AGAIN"
role = "victim"
[[statement]]
about = "twin"
property = "same_as"
value = "{WOMAN}"
"""
PICTURE = (Carried("2", "image/png", "redacted", "data/items/item-1.png"),)
RARE = frozenset({"release.rare", "release.tokens"})


def plan(invented: Invented, asked: Order, *, identity: bool = True) -> tuple[Ledger, Plan]:
    ledger = invented.open()
    view = look(ledger, invented.case, identity=identity)
    return ledger, plan_dossier(ledger, view, ledger.vault.compartment(), asked)


def codes(found: Plan) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in found.findings]


@dataclass
class Ready:
    """A dossier that lacks nothing but to be handed over, and the process that made it."""

    ledger: Ledger
    plan: Plan
    layout: Layout
    publication: Publication

    def hand_over(self, out: Path) -> HandedOver:
        compartment = self.ledger.vault.compartment()
        return hand_over(self.ledger, compartment, self.plan, self.layout, self.publication, out)


def prepare(invented: Invented, asked: Order, *, identity: bool = True) -> Ready:
    """Everything a command does before, with the second member where she is needed."""
    ledger, found = plan(invented, replace(asked, accepts=frozenset(), because=None), identity=identity)
    assert not found.refused, codes(found)
    wanted = frozenset(one.code for one in found.findings) | {"release.tokens"}
    found = replace(found, order=replace(found.order, accepts=wanted, because="to test"))
    found, waits = take_risks(ledger, ledger.vault.compartment(), found)
    if waits:
        invented.second(waits)
    again = replace(asked, accepts=frozenset({"release.tokens"}))
    ledger, found = plan(invented, again, identity=identity)
    assert found.unmet == ()
    compartment = ledger.vault.compartment()
    layout = lay_out(ledger, compartment, found, NOW)
    publication, layout = sign_layout(ledger, compartment, layout)
    return Ready(ledger, need_stamps(ledger, compartment, found, publication), layout, publication)


def release(invented: Invented, asked: Order, out: Path) -> HandedOver:
    """Everything a command does."""
    return prepare(invented, asked).hand_over(out)


@pytest.fixture
def agreed(invented: Invented) -> Invented:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    return invented


def test_nothing_leaves_without_consent(invented: Invented) -> None:
    _, found = plan(invented, order(invented.case))
    assert found.refused
    assert {one for one in codes(found) if one[0].startswith("consent.")} == {
        ("consent.absent", WOMAN),
        ("consent.absent", NEIGHBOUR),
    }


def test_consent_of_one_is_not_consent_of_the_other(invented: Invented) -> None:
    invented.agree(WOMAN)
    _, found = plan(invented, order(invented.case))
    assert [one for one in codes(found) if one[0].startswith("consent.")] == [("consent.absent", NEIGHBOUR)]


def test_whoever_is_left_out_is_not_asked_and_not_told_of(invented: Invented) -> None:
    invented.agree(WOMAN)
    ledger = invented.open()
    neighbour = ledger.view().find(NEIGHBOUR)
    _, found = plan(invented, order(invented.case, without=frozenset({neighbour})))
    assert not [one for one in codes(found) if one[0].startswith("consent.")]
    assert found.persons == (ledger.view().find(WOMAN),)
    assert found.content.data.withheld["asked"] == 1


def test_a_suspect_has_no_veto(agreed: Invented) -> None:
    _, found = plan(agreed, order(agreed.case))
    assert BUYER not in [where for _, where in codes(found)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decision": "refused"}, "consent.refused"),
        ({"decision": "withdrawn"}, "consent.withdrawn"),
        ({"valid_until": "2026-11-28"}, "consent.expired"),
        ({"valid_from": "2026-11-30"}, "consent.early"),
        ({"purpose": "services"}, "consent.absent"),
        ({"recipient": "OHCHR-SEOUL"}, "consent.absent"),
        ({"covers": ("words",)}, "consent.covers"),
        ({"shown": "left_out"}, "consent.shown"),
    ],
)
def test_consent_that_does_not_fit_refuses(invented: Invented, fields: dict[str, object], code: str) -> None:
    invented.agree(NEIGHBOUR)
    invented.agree(WOMAN, **fields)
    _, found = plan(invented, order(invented.case))
    assert found.refused and (code, WOMAN) in codes(found)


def test_a_withdrawal_stops_what_was_allowed_before(agreed: Invented) -> None:
    _, before = plan(agreed, order(agreed.case))
    assert not before.refused
    ledger = agreed.open()
    knows = tuple(one.id for one in ledger.view().about(ledger.view().find(WOMAN), "consent"))
    agreed.agree(WOMAN, decision="withdrawn", purpose=None, recipient=None, knows=knows)
    _, after = plan(agreed, order(agreed.case))
    assert ("consent.withdrawn", WOMAN) in codes(after)


def withdraw(invented: Invented) -> None:
    other = invented.open(2)
    withdraw_consent(other, other.vault.compartment(), invented.case, WOMAN, None, TODAY)


def refuse_as_another(invented: Invented) -> None:
    """Somebody said no under a code of her own, and is joined with her only now."""
    code = make_code("person", (9 << 16).to_bytes)
    invented.record(begin(invented, TWICE.replace("AGAIN", code)))
    invented.agree(code, decision="refused", purpose=None, recipient=None)


def add_victim(invented: Invented) -> None:
    """What is told of one turns out to have befallen another too, whom nobody asked."""
    code = make_code("person", (9 << 16).to_bytes)
    sale = invented.open().view().live_of("price")[0].statement.subject
    invented.record(begin(invented, BEFELL.replace("OTHER", code).replace("SALE", sale)))


def name_buyer(invented: Invented) -> None:
    invented.record(begin(invented, call(BUYER, "nickname", "her account")))


def mark(invented: Invented) -> None:
    ledger = invented.open(2)
    (price,) = ledger.view().live_of("price")
    said = Term("redaction_classes", "trauma")
    note = ledger.make_statement(price.id, invented.case, "withheld_as", said)
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])


def take_back(invented: Invented, property: str, slot: int) -> None:
    """Retract what was said by whoever said it."""
    ledger = invented.open(slot)
    (held,) = ledger.view().live_of(property)
    note = ledger.make_statement(
        held.statement.subject, invented.case, "retracted", Text("to test", "und"), retracts=[held.id]
    )
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])


def grow_old(invented: Invented) -> None:
    invented.ticks = count(NOW + 86_400_000 * 90, 1000)


MEANWHILE: dict[str, tuple[Callable[[Invented], None], str]] = {
    "she withdraws": (withdraw, "release.withdrawn"),
    "her consent ends": (grow_old, "release.withdrawn"),
    "a no is joined": (refuse_as_another, "release.withdrawn"),
    "another is a victim too": (add_victim, "release.withdrawn"),
    "a name is known": (name_buyer, "release.moved"),
    "a value is marked": (mark, "release.moved"),
    "a value is retracted": (lambda one: take_back(one, "price", 1), "release.moved"),
    "the risk is no longer taken": (lambda one: take_back(one, "release_asked", 1), "release.moved"),
    "the second takes it back": (lambda one: take_back(one, "seconded", 2), "release.moved"),
}


@pytest.mark.parametrize("happens", MEANWHILE)
def test_what_happens_while_it_is_made_stops_it(agreed: Invented, tmp_path: Path, happens: str) -> None:
    ready = prepare(agreed, order(agreed.case))
    happen, error = MEANWHILE[happens]
    happen(agreed)
    with pytest.raises(OnggiError, match=error) as refused:
        ready.hand_over(tmp_path / "one")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("one*")) == []
    assert say_left(agreed) == ([], [error], [])


def test_what_happens_elsewhere_while_it_is_made_does_not_stop_it(agreed: Invented, tmp_path: Path) -> None:
    ready = prepare(agreed, order(agreed.case))
    look(agreed.open(2), agreed.case)
    agreed.record('onggi = 1\n[case]\ntitle = "INVENTED: another"\nlang = "en"\n')
    agreed.agree(WOMAN, purpose="services", recipient="CN-POLICE")
    assert ready.hand_over(tmp_path / "one").statements
    assert verify_bag(tmp_path / "one").valid


def say_left(invented: Invented) -> tuple[list[str], list[str], list[str]]:
    """What the record says left, what it says stayed and why, and what the woman is told of."""
    view = invented.open().view()
    stayed = [held.statement.value for held in view.live_of("stayed")]
    return (
        [held.id for held in view.live(invented.case, "released")],
        [one.text for one in stayed if isinstance(one, Text)],
        [held.id for held in list_disclosures(view, view.find(WOMAN))],
    )


@pytest.mark.parametrize("error", [OnggiError("release.write"), KeyboardInterrupt(), MemoryError()])
def test_what_could_not_be_written_is_not_said_to_have_left(
    agreed: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    ready = prepare(agreed, order(agreed.case))
    monkeypatch.setattr("onggi.dossier.build.write_bag", fail)
    with pytest.raises(type(error)):
        ready.hand_over(tmp_path / "one")
    released, stayed, told = say_left(agreed)
    assert (released, len(stayed), told) == ([], 1, [])


@pytest.mark.parametrize("left", ["one/data.txt", "one.unfinished/data.txt"])
def test_what_may_lie_outside_is_said_to_have_left(
    agreed: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        (tmp_path / left).parent.mkdir()
        (tmp_path / left).write_text("half of it")
        raise OnggiError("release.write")

    ready = prepare(agreed, order(agreed.case))
    monkeypatch.setattr("onggi.dossier.build.write_bag", fail)
    with pytest.raises(OnggiError, match="release.write"):
        ready.hand_over(tmp_path / "one")
    released, stayed, told = say_left(agreed)
    assert (len(released), stayed, told) == (1, [], released)


def test_whoever_crashes_between_has_said_too_much_rather_than_too_little(
    agreed: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails for good: neither the dossier nor that it stayed can be written."""

    def fail(*_: object, **__: object) -> None:
        monkeypatch.setattr(Ledger, "append", broken)
        raise OnggiError("release.write")

    def broken(*_: object, **__: object) -> None:
        raise OSError

    ready = prepare(agreed, order(agreed.case))
    monkeypatch.setattr("onggi.dossier.build.write_bag", fail)
    with pytest.raises(OnggiError, match="release.write"):
        ready.hand_over(tmp_path / "one")
    released, stayed, told = say_left(agreed)
    assert (len(released), stayed, told) == (1, [], released)


def test_nothing_leaves_while_a_no_may_be_missing(agreed: Invented) -> None:
    def list_packs() -> set[Path]:
        return {path for path in (agreed.root / "packs").rglob("*") if path.is_file()}

    before = list_packs()
    agreed.agree(WOMAN, decision="withdrawn", purpose=None, recipient=None)
    for path in list_packs() - before:
        path.unlink()
    _, found = plan(agreed, order(agreed.case), identity=False)
    assert found.refused
    assert "consent.unread" in [code for code, _ in codes(found)]


def test_what_she_wants_kept_back_stays_inside(invented: Invented) -> None:
    from onggi.model.consent import Withheld

    invented.agree(NEIGHBOUR)
    invented.agree(WOMAN, withheld=(Withheld(("price",), "fear_of_harm"),))
    _, found = plan(invented, order(invented.case, exact=True))
    shown = [one.what.property for one in found.content.redacted.shown]
    assert "price" not in shown and "date" in shown
    assert found.content.data.withheld["asked"] == 1


@pytest.mark.parametrize("recipient", ["UN-SP", "ARCHIVE", "PATTERN"])
@pytest.mark.parametrize("claimed", [True, False])
def test_on_which_ground_and_of_whom_is_for_the_form_to_say(
    agreed: Invented, recipient: str, claimed: bool
) -> None:
    asked = order(agreed.case, recipient, published=claimed, individuals=claimed)
    _, found = plan(agreed, asked)
    form = asked.recipient.form
    assert (found.order.rules.published, found.order.rules.individuals) == (form.published, form.individuals)
    grounds = {one.ground for one in found.content.redacted.shown if one.what.property == "consequence"}
    assert grounds <= {Ground.PUBLISHED if form.published else Ground.CONSENT}


@pytest.mark.parametrize(
    ("changed", "id"),
    [
        ({"purpose": "everything"}, "dossier.purpose"),
        ({"recipient": find_recipient("ARCHIVE"), "organisation": None}, "dossier.organisation"),
        ({"recipient": find_recipient("ARCHIVE"), "organisation": " "}, "dossier.organisation"),
        ({"rules": Rules(show=frozenset({"everything"}))}, "dossier.class"),
    ],
)
def test_an_order_that_could_only_be_meant_otherwise_is_refused(
    agreed: Invented, changed: dict[str, Any], id: str
) -> None:
    with pytest.raises(OnggiError) as caught:
        plan(agreed, replace(order(agreed.case), **changed))
    assert (caught.value.id, caught.value.exit_code) == (id, Exit.USAGE)


def test_whoever_is_named_is_named_under_any_of_her_codes(agreed: Invented) -> None:
    code = make_code("person", (9 << 16).to_bytes)
    agreed.record(begin(agreed, TWICE.replace("AGAIN", code)))
    view = agreed.open().view()
    for one in (WOMAN, code):
        _, found = plan(agreed, order(agreed.case, named=frozenset({view.find(one)})))
        named = [entry.held for entry in found.content.data.entries if entry.held.stratum == "identity"]
        assert [held.statement.value for held in named] == [Text(NAME, "en")]


def test_each_cut_has_its_class(agreed: Invented) -> None:
    _, found = plan(agreed, order(agreed.case))
    withheld = {held.statement.what.property: cut.reason for held, cut in found.content.redacted.withheld}
    assert withheld == {"escape_to": "intention_kr", "method": "unknown_speaker", "note": "quasi_identifier"}
    cuts = {one.what.property: one.cuts for one in found.content.redacted.shown if one.cuts}
    assert {name: {cut.reason for cut in found} for name, found in cuts.items()} == {
        "date": {"exact_date", "verbatim_words"},
        "price": {"price_and_terms"},
        "lives_in": {"fine_location"},
    }


def test_words_do_not_tell_what_was_made_coarser(agreed: Invented) -> None:
    agreed.record(begin(agreed, DEAR))
    said = "Thirty times a thousand, he said."
    for words, exact, seen in ((True, False, False), (True, True, True), (False, True, False)):
        _, found = plan(agreed, order(agreed.case, words=words, exact=exact))
        shown = [one.words.original for one in found.content.redacted.shown if one.words]
        assert (said in shown) == seen
        assert ("He said so." in shown) == words


def test_a_trait_that_few_share_takes_two(agreed: Invented, tmp_path: Path) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    assert ("release.rare", WOMAN) in codes(found) and not found.refused
    asked = replace(found.order, accepts=RARE, because="the State must be asked")
    compartment = ledger.vault.compartment()
    found, waits = take_risks(ledger, compartment, replace(found, order=asked))
    assert waits and [one.code for one in found.unmet] == ["release.rare"]
    _, again = plan(agreed, order(agreed.case))
    assert [one.code for one in again.unmet] == ["release.rare"]  # one member is not two
    agreed.second(waits)
    _, last = plan(agreed, order(agreed.case))
    assert last.unmet == ()


def test_what_was_signed_for_one_dossier_is_not_signed_for_another(agreed: Invented, tmp_path: Path) -> None:
    release(agreed, order(agreed.case), tmp_path / "first")
    for other in (
        order(agreed.case, exact=True),
        order(agreed.case, exact=True, words=True),
        replace(order(agreed.case), languages=("ko",)),
        order(agreed.case, show=frozenset({"intention_kr"})),
    ):
        assert "release.rare" in [one.code for one in plan(agreed, other)[1].unmet]
    agreed.record(begin(agreed, BEATEN))
    assert "release.rare" in [one.code for one in plan(agreed, order(agreed.case))[1].unmet]


@pytest.mark.parametrize("code", ["release.nothing", "consent.absent", "release.unheard"])
def test_nobody_accepts_what_is_grave_or_not_there(agreed: Invented, code: str) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    asked = replace(found.order, accepts=frozenset({code}), because="to test")
    with pytest.raises(OnggiError) as caught:
        take_risks(ledger, ledger.vault.compartment(), replace(found, order=asked))
    assert caught.value.id == "release.accepts"


@pytest.mark.parametrize(("because", "id"), [(None, "release.reason"), (f"{NAME} asked", "release.named")])
def test_a_risk_is_taken_with_a_reason_that_names_nobody(
    agreed: Invented, because: str | None, id: str
) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    asked = replace(found.order, accepts=RARE, because=because)
    with pytest.raises(OnggiError) as caught:
        take_risks(ledger, ledger.vault.compartment(), replace(found, order=asked))
    assert (caught.value.id, caught.value.exit_code) == (id, Exit.USAGE)


def test_an_organisation_that_names_somebody_is_not_recorded(agreed: Invented) -> None:
    with pytest.raises(OnggiError) as caught:
        plan(agreed, replace(order(agreed.case), organisation=f"The friends of {NAME}"))
    assert (caught.value.id, caught.value.exit_code) == ("release.named", Exit.USAGE)


def test_a_dangerous_recipient_takes_two_and_consent_besides(invented: Invented) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code, recipient="CN-POLICE")
    _, found = plan(invented, order(invented.case, "CN-POLICE"))
    assert not found.refused and ("release.dangerous", "CN-POLICE") in codes(found)


def test_the_dossier_verifies_and_is_the_same_when_it_is_made_again(agreed: Invented, tmp_path: Path) -> None:
    handed = release(agreed, order(agreed.case), tmp_path / "one")
    report = verify_bag(tmp_path / "one")
    assert report.valid and report.statements == handed.statements > 10
    ledger, found = plan(agreed, replace(order(agreed.case), accepts=frozenset({"release.tokens"})))
    compartment = ledger.vault.compartment()
    layout = lay_out(ledger, compartment, found, NOW + 10**9)  # a later day
    publication, layout = sign_layout(ledger, compartment, layout)
    hand_over(ledger, compartment, found, layout, publication, tmp_path / "two")
    assert read(tmp_path / "one") == read(tmp_path / "two")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the authorities are the openssl program")
def test_two_time_stamps_of_one_authority_are_the_word_of_one(agreed: Invented, tmp_path: Path) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    compartment = ledger.vault.compartment()
    publication, _ = sign_layout(ledger, compartment, lay_out(ledger, compartment, found, NOW))
    one, other = (found_authority(tmp_path / name, f"EXAMPLE {name}") for name in ("one", "other"))
    counts = []
    for authority in (one, one, other):
        stamp = authority.stamp(publication.anchor.text)
        target = target_anchor(publication.anchor.text)
        keep_reply(ledger.vault, compartment, target, stamp.reply, stamp.chain + stamp.crl, NOW)
        judged = need_stamps(ledger, compartment, found, publication)
        counts += [[one.values["count"] for one in judged.findings if one.code == "release.tokens"]]
    assert counts == [[1], [1], []]


def test_that_it_left_is_signed_and_on_whose_consent(agreed: Invented, tmp_path: Path) -> None:
    handed = release(agreed, order(agreed.case), tmp_path / "one")
    view = agreed.open().view()
    said = [one.statement.value for one in view.live(agreed.case, "released")]
    assert [(one.recipient, one.purpose, one.anchor) for one in said] == [  # type: ignore[union-attr]
        ("UN-SP", "accountability", handed.anchor)
    ]
    assert set(said[0].persons) == {view.find(WOMAN), view.find(NEIGHBOUR)}  # type: ignore[union-attr]


def read(bag: Path) -> dict[str, bytes]:
    return {str(path.relative_to(bag)): path.read_bytes() for path in bag.rglob("*") if path.is_file()}


def inflate(files: dict[str, bytes]) -> bytes:
    """All that stands in files, packed or not, and their names."""
    out = []
    for path, data in files.items():
        out += [path.encode(), data]
        for start in (found.start() for found in re.finditer(rb"x[\x01\x5e\x9c\xda]|PK\x03\x04", data)):
            if data[start : start + 2] == b"PK":
                name, extra = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (26, 28))
                out.append(_unpack(data[start + 30 + name + extra :], -15))
            else:
                out.append(_unpack(data[start:], 15))
    return b"\n".join(out)


def _unpack(data: bytes, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(data)
    except zlib.error:
        return b""


def spell(words: Sequence[str]) -> list[bytes]:
    return [
        form for word in words for form in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le"))
    ]


# The axis of a timeline has every month of 2013, so a month alone is not looked for.
WITHHELD = (
    *(NAME, "이영희", "李英姬", "Li Yingji", "Ri Yong Hui", WORDS, "Call only in the evening."),
    *("2013-05-07", "34500", "34,500", "Dandong", "단둥", "丹东", "CN-210600", WOMAN, NEIGHBOUR, BUYER),
)


def test_nothing_withheld_stands_anywhere_in_it(agreed: Invented, tmp_path: Path) -> None:
    release(agreed, replace(order(agreed.case), languages=("en", "ko", "zh")), tmp_path / "one")
    everything = inflate(read(tmp_path / "one"))
    assert b"INVENTED: a sale" in everything
    assert list_standing(agreed, everything) == []


needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is absent"
)


def read_pdf(path: Path) -> bytes:
    """What a reader could copy out of a document; that there is nothing would prove nothing."""
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    assert text.strip()
    return text


@needs_pdftotext
@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_nothing_withheld_can_be_copied_out_of_its_pdf(agreed: Invented, tmp_path: Path, lang: str) -> None:
    release(agreed, replace(order(agreed.case), languages=(lang,)), tmp_path / "one")
    (document,) = (tmp_path / "one").rglob("*.pdf")
    text = read_pdf(document)
    assert b"INVENTED: a sale" in text
    assert list_standing(agreed, text) == []


def list_standing(invented: Invented, everything: bytes) -> list[str]:
    """What must not leave, ids of the vault too, and does stand in these bytes."""
    statements = invented.open().view().portrait(invented.case).statements
    ids = {id for held in statements for id in (held.id, held.statement.subject)}
    return [word for word in (*WITHHELD, *ids) if is_standing(word, everything)]


def is_standing(word: str, everything: bytes) -> bool:
    """Whether a word stands there; a number by itself, since a PDF writes its letters as hex digits."""
    if word.replace(",", "").isdecimal():
        return any(
            re.search(rb"(?<![0-9A-Za-z])" + re.escape(form) + rb"(?![0-9A-Za-z])", everything)
            for form in spell([word])
        )
    return any(form in everything for form in spell([word]))


@pytest.mark.parametrize("said", ["30000 CNY", "<td>30000위안</td>", '"30000"', "약 30000"])
def test_a_number_that_is_told_is_found_and_no_letters_of_a_pdf(said: str) -> None:
    assert is_standing("30000", said.encode()) and is_standing("30000", said.encode("utf-16-le"))
    assert not is_standing("30000", b"Tm[<00220030000100CD>]TJ")


def test_two_dossiers_of_one_case_share_nothing_but_the_key(invented: Invented, tmp_path: Path) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
        invented.agree(code, recipient="OHCHR-SEOUL")
    first = release(invented, order(invented.case), tmp_path / "one")
    second = release(invented, order(invented.case, "OHCHR-SEOUL"), tmp_path / "two")
    assert first.fingerprint == second.fingerprint and first.anchor != second.anchor
    ones, others = (
        {
            *re.findall(
                rb"\b(?:[0-9a-f]{32}){1,2}\b|\b[A-Z]-[0-9A-Z]{7}\b", inflate(own(read(tmp_path / name)))
            )
        }
        for name in ("one", "two")
    )
    assert len(ones) > 100 and ones & others == set()


def own(files: dict[str, bytes]) -> dict[str, bytes]:
    """What differs from dossier to dossier: not the keys, the guides, and the manifests that list them."""
    common = ("data/keys/", "VERIFY.md", "FORMAT.md", "verify.sh", "manifest", "tagmanifest", "bag")
    fingerprint = rb"\b(?:[0-9a-f]{4} ){15}[0-9a-f]{4}\b|onggi\.invalid/[0-9a-f]{16}"
    return {
        path: re.sub(fingerprint, b"", data) for path, data in files.items() if not path.startswith(common)
    }


def test_without_identity_no_error_tells_who_speaks(agreed: Invented, tmp_path: Path) -> None:
    ledger, found = plan(agreed, order(agreed.case), identity=False)
    assert found.content.data.withheld["unknown_speaker"] >= 5
    assert NEIGHBOUR not in [where for _, where in codes(found)]
    shown = [one.what.property for one in found.content.redacted.shown]
    assert "consequence" in shown and "buyer" not in shown


def test_published_statements_leave_to_an_archive_without_consent(invented: Invented) -> None:
    _, found = plan(invented, order(invented.case, "ARCHIVE", "research"), identity=False)
    grounds = {one.what.property: one.ground for one in found.content.redacted.shown}
    assert grounds["consequence"] == "published"
    assert [one for one in codes(found) if one[0].startswith("consent.")] == []


def test_a_name_recorded_after_a_text_was_screened_stands_against_it_with_identity_shut(
    invented: Invented,
) -> None:
    asked = order(invented.case, "ARCHIVE", "research")
    page = invented.print_page("INVENTED: a page", "INVENTED: Kim Yong Sil was beaten.")
    _, found = plan(invented, asked, identity=False)
    assert page not in [where for _, where in codes(found)]
    invented.name_her("김용실")
    _, found = plan(invented, asked, identity=False)
    assert ("release.standing", page) in codes(found) and found.refused
    ledger = invented.admit("record")
    found = plan_dossier(ledger, ledger.view(), ledger.vault.compartment(), asked)
    assert ("release.unseen", page) in codes(found) and found.refused, "she may not look"


ARCHIVE = {"recipient": "ARCHIVE", "organisation": "An archive"}


@pytest.mark.parametrize("decision", ["refused", "withdrawn", "a word of a later program"])
@pytest.mark.parametrize(
    "fields",
    [
        {"purpose": "research", **ARCHIVE},
        {"purpose": None, **ARCHIVE},
        {"purpose": None, "recipient": "ARCHIVE"},
        {"purpose": None, "recipient": None},
        {"purpose": None, "recipient": None, "organisation": "AN ARCHIVE"},
    ],
)
def test_what_was_published_of_her_stays_inside_once_she_said_no(
    invented: Invented, decision: str, fields: dict[str, object]
) -> None:
    invented.agree(WOMAN, decision=decision, **fields)
    _, found = plan(invented, order(invented.case, "ARCHIVE", "research"), identity=False)
    assert "consequence" not in [one.what.property for one in found.content.redacted.shown]
    assert found.content.data.withheld["asked"] == 1
    assert [one for one in found.findings if one.code == "release.declined"] == [
        Finding("release.declined", WOMAN, {"count": 1}, grave=False)
    ]


@pytest.mark.parametrize("reason", ["asked", "trauma", "individual"])
def test_her_no_is_told_also_where_something_else_keeps_it_inside(invented: Invented, reason: str) -> None:
    invented.agree(WOMAN, decision="refused", purpose=None, recipient=None)
    ledger = invented.open()
    (told,) = ledger.view().live_of("consequence")
    if reason != "asked":
        mark = ledger.make_statement(told.id, invented.case, "withheld_as", Term("redaction_classes", reason))
        ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, mark)])
    without = frozenset({"consequence"} if reason == "asked" else ())
    asked = order(invented.case, "ARCHIVE", "research", without=without)
    _, found = plan(invented, asked, identity=False)
    assert [cut.reason for held, cut in found.content.redacted.withheld if held.id == told.id] == [reason]
    assert [one for one in found.findings if one.code == "release.declined"] == [
        Finding("release.declined", WOMAN, {"count": 1}, grave=False)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "refused", "purpose": "publication", **ARCHIVE},
        {"decision": "refused", "purpose": None, "recipient": "CN-POLICE"},
        {"decision": "given", "purpose": "research", **ARCHIVE, "valid_until": "2026-11-28"},
    ],
)
def test_what_is_no_no_to_this_keeps_nothing_published_inside(
    invented: Invented, fields: dict[str, object]
) -> None:
    invented.agree(WOMAN, **fields)
    _, found = plan(invented, order(invented.case, "ARCHIVE", "research"), identity=False)
    assert "consequence" in [one.what.property for one in found.content.redacted.shown]
    assert "release.declined" not in [code for code, _ in codes(found)]


@pytest.mark.parametrize("identity", [False, True])
def test_without_identity_whoever_said_no_may_have_told_what_was_published(
    invented: Invented, identity: bool
) -> None:
    invented.agree(NEIGHBOUR, decision="refused", purpose=None, recipient=None)
    _, found = plan(invented, order(invented.case, "ARCHIVE", "research"), identity=identity)
    shown = [one.what.property for one in found.content.redacted.shown if one.origin.statement.source]
    told = [one for one in found.findings if one.code == "release.unheard"]
    if identity:
        assert "consequence" in shown and told == []
    else:
        assert "consequence" not in shown
        assert [one.values for one in told] == [{"count": 1}]


def test_a_suspect_has_no_veto_on_what_was_published(invented: Invented) -> None:
    invented.agree(BUYER, decision="refused", purpose=None, recipient=None)
    _, found = plan(invented, order(invented.case, "ARCHIVE", "research"), identity=False)
    assert "consequence" in [one.what.property for one in found.content.redacted.shown]


@pytest.mark.parametrize(
    ("happen", "error"),
    [
        (lambda one: one.agree(WOMAN, decision="refused", purpose=None, recipient=None), "release.withdrawn"),
        (lambda one: one.name_her("INVENTED: a newspaper"), "release.moved"),
    ],
)
def test_what_happens_to_what_was_published_while_it_is_made_stops_it(
    invented: Invented, tmp_path: Path, happen: Callable[[Invented], None], error: str
) -> None:
    ready = prepare(invented, order(invented.case, "ARCHIVE", "research"), identity=False)
    assert ready.plan.persons == ()
    happen(invented)
    with pytest.raises(OnggiError, match=error):
        ready.hand_over(tmp_path / "one")
    assert list(tmp_path.glob("one*")) == []


def test_a_brief_speaks_of_nobody(invented: Invented) -> None:
    _, found = plan(invented, order(invented.case, "PATTERN", "publication"), identity=False)
    kinds = {found.matter.kind(one.origin.statement.subject) for one in found.content.redacted.shown}
    assert "person" not in kinds and "act" not in kinds
    assert found.refused and codes(found) == [("release.nothing", found.matter.view.call(invented.case))]


def call(code: str, property: str, text: str) -> str:
    """Somebody by a name."""
    return f'[[statement]]\nabout = "{code}"\nproperty = "{property}"\nvalue = "{text}"\nlang = "ko"\n'


def begin(invented: Invented, more: str) -> str:
    """A record file that adds to the case."""
    return f'onggi = 1\ncase = "{invented.case}"\n{more}'


def test_a_text_in_which_a_name_stands_does_not_leave(agreed: Invented) -> None:
    agreed.record(begin(agreed, BEATEN))
    _, before = plan(agreed, order(agreed.case))
    assert "release.standing" not in [code for code, _ in codes(before)]
    agreed.record(begin(agreed, call(BUYER, "nickname", "A talk")))  # it became a name after it was recorded
    _, after = plan(agreed, order(agreed.case))
    assert "release.standing" in [code for code, _ in codes(after)] and after.refused


def test_a_named_person_must_have_agreed_to_be_named(invented: Invented) -> None:
    woman = invented.open().view().find(WOMAN)
    invented.agree(NEIGHBOUR)
    invented.agree(WOMAN)
    _, found = plan(invented, order(invented.case, named=frozenset({woman})))
    assert ("consent.covers", WOMAN) in codes(found)
    knows = tuple(one.id for one in invented.open().view().about(woman, "consent"))
    invented.agree(WOMAN, covers=("facts", "words", "identity"), shown="named", knows=knows)
    _, found = plan(invented, order(invented.case, named=frozenset({woman})))
    assert not found.refused
    assert NAME in [getattr(one.what.value, "text", "") for one in found.content.redacted.shown]


def test_to_name_a_suspect_takes_two(agreed: Invented) -> None:
    buyer = agreed.open().view().find(BUYER)
    agreed.record(begin(agreed, call(BUYER, "name", "왕더순")))
    _, found = plan(agreed, order(agreed.case, named=frozenset({buyer})))
    assert ("release.suspect", BUYER) in codes(found) and not found.refused


def test_a_clock_that_is_behind_the_record_leaves_nothing_out(agreed: Invented, tmp_path: Path) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    layout = lay_out(ledger, ledger.vault.compartment(), found, NOW - 10**10)
    assert len(layout.content.data.entries) == len(found.content.data.entries)


def test_what_was_prepared_and_does_not_come_out_the_same_is_prepared_anew(
    agreed: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(agreed, order(agreed.case), tmp_path / "one")
    ledger, found = plan(agreed, order(agreed.case))
    first = lay_out(ledger, ledger.vault.compartment(), found, NOW)
    assert first.prepared.anchor
    ledger, found = plan(agreed, order(agreed.case))
    monkeypatch.setattr("onggi.dossier.build.name_mark", lambda form, lang: "TLP:OTHER")  # another version
    second = lay_out(ledger, ledger.vault.compartment(), found, NOW)
    assert not second.prepared.anchor and second.prepared.seed != first.prepared.seed


def test_what_is_laid_out_is_what_was_judged(agreed: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, found = plan(agreed, order(agreed.case, words=True))

    def judge_again(*words: object) -> None:
        raise AssertionError("what was judged is not decided anew")

    for name in ("redact", "hide_words", "choose_files", "list_namings"):
        monkeypatch.setattr(f"onggi.dossier.build.{name}", judge_again)
    layout = lay_out(ledger, ledger.vault.compartment(), found, NOW)
    assert layout.content.redacted is found.content.redacted


def keep_copy(invented: Invented, name: str, data: bytes, bringer: str = WOMAN) -> None:
    """A file that somebody brought, and a copy that a person has redacted: these bytes."""
    ledger = invented.open()

    def take(file: str, content: bytes, *words: Any) -> str:
        within, stream = ledger.vault.compartment(), io.BytesIO(content)
        stream.length = len(content)  # type: ignore[attr-defined]
        return take_stream(ledger, within, invented.case, file, stream, *words).item  # type: ignore[arg-type]

    item = take("original.txt", b"INVENTED", Origin(bringer), os.urandom)
    take(name, data, Origin(), os.urandom, Making(item, "redacted"))


def test_a_name_under_a_black_bar_refuses_the_pdf_that_it_stands_in(invented: Invented) -> None:
    invented.agree(WOMAN, covers=("facts", "words", "documents", "media"), likeness="altered")
    invented.agree(NEIGHBOUR)
    for said in ("Ri Yong Hui", "7 May 2013"):
        keep_copy(invented, "page.pdf", write_pdf(show(b"(%s) Tj" % said.encode()) + BAR))
    keep_copy(invented, "well.pdf", write_pdf(show(b"(nobody) Tj")))
    keep_copy(invented, "drawing.pdf", write_pdf(show(b"(nobody) Tj") + b" 0 0 m 5 9 9 9 12 3 c S"))
    keep_copy(invented, "photo.png", make_png())
    _, found = plan(invented, order(invented.case))
    against = [
        (one.code, one.grave) for one in found.findings if one.code in ("release.standing", "release.unread")
    ]
    assert sorted(against) == [("release.standing", True)] * 2 + [("release.unread", False)] * 2
    assert found.refused


def test_a_name_in_the_bytes_of_any_file_refuses_it_however_large_it_is(
    invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what is opened, too: there the windows are searched one after the other."""
    invented.agree(WOMAN, covers=("facts", "words", "documents", "media"), likeness="altered")
    invented.agree(NEIGHBOUR)
    monkeypatch.setattr("onggi.dossier.files.LARGEST", 1000)
    monkeypatch.setattr("onggi.dossier.windows.read_text.__defaults__", (1000,))
    monkeypatch.setattr("onggi.dossier.windows.read_runs.__defaults__", (1000,))
    keep_copy(invented, "voice.mp3", b"ID3\x03\0\0\0" + bytes(9000) + NAME.encode() + bytes(9000))
    keep_copy(invented, "long.txt", f"{'아무 일도 없었다. ' * 900}{NAME} {'그 뒤로도. ' * 900}".encode())
    keep_copy(invented, "well.txt", ("아무 일도 없었다. " * 900).encode())
    keep_copy(invented, "none.txt", b"\xff\xfe")
    _, found = plan(invented, order(invented.case))
    against = [one.code for one in found.findings if one.grave and one.code in STANDING]
    assert sorted(against) == ["release.standing"] * 2 + ["release.unreadable"]


STANDING = ("release.standing", "release.unreadable")


def test_a_recording_whose_own_words_nobody_read_is_told_and_is_asked_for_as_a_voice(
    invented: Invented,
) -> None:
    """Of an unknown form it cannot be told that nobody is heard in it."""
    invented.agree(WOMAN, covers=("facts", "words", "documents"))
    invented.agree(NEIGHBOUR)
    for name in ("voice.mp3", "voice"):
        keep_copy(invented, name, b"ID3\x03\0\0\0\0\0\x1fTPE1\0\0\0\x0d\0\0\0nobody\xff\xfb\x90\0")
    keep_copy(invented, "photo.png", make_png())
    _, found = plan(invented, order(invented.case))
    told = [(one.where, one.grave) for one in found.findings if one.code == "release.unlooked"]
    unread = [one.where for one in found.findings if one.code == "release.unread"]
    assert len(told) == 2 and len(unread) == 3 and {where for where, _ in told} < set(unread)
    assert not any(grave for _, grave in told)
    assert all(one.likeness for each in found.content.files for one in each.carried)
    assert ("consent.covers", WOMAN) in codes(found)


def test_what_is_asked_of_whoever_is_in_a_picture_can_be_agreed_to(invented: Invented) -> None:
    asked = ask_consent(
        order(invented.case),
        "her",
        (),
        [Chosen("1", "image/png", frozenset({"her"}), PICTURE, Custody("1", False, (), ()))],
    )
    assert asked.covers == {"media"} and asked.covers <= set(load_vocabulary("consent_data").terms)


_KILLED = """
import os, sys
from pathlib import Path
from tests.cli.conftest import make_cheap
import pytest
patch = pytest.MonkeyPatch()
make_cheap(patch)
from tests.dossier.cases import Invented, order
from tests.dossier import test_build
import onggi.dossier.release as release
files, at = release._write_file, int(sys.argv[3])
def write(*words):
    global at
    at -= 1
    if at < 0:
        os._exit(9)
    files(*words)
release._write_file = write
invented = Invented(Path(sys.argv[1]), case=sys.argv[2])
invented.ticks = iter(range(int(sys.argv[5]), 2 * 10**12, 1000))
invented.dice._thrown = 10_000
test_build.release(invented, order(invented.case), Path(sys.argv[4]))
"""


@pytest.mark.parametrize("at", [0, 7])
def test_a_kill_in_the_middle_leaves_no_dossier(agreed: Invented, tmp_path: Path, at: int) -> None:
    out = tmp_path / "out"
    house, later = Path(__file__).parents[2], str(next(agreed.ticks) + 10**6)
    words = (sys.executable, "-c", _KILLED, agreed.root, agreed.case, str(at), out, later)
    paths = os.pathsep.join([str(house), str(house / "src")])
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=False)
    assert done.returncode == 9, done.stderr.decode()
    assert not out.exists() and out.with_name("out.unfinished").is_dir()
