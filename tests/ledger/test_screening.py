"""Text recorded without identity: what waits, who may screen it, and that a name is never called screened."""

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_ledger import join

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.screening import find_unscreened, hold_back, is_screened, list_waiting, screen_waiting
from onggi.model.statement import Words
from onggi.model.stratum import Stratum
from onggi.model.value import Term

YES, NO = Term("yes_no", "yes"), Term("yes_no", "no")
ALL = ("record", "identity", "care")


@pytest.fixture
def ann(bench: Bench) -> Ledger:
    """She holds every grant, and knows a name of the case and one of another."""
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("case", "case")))
    names = (state("n", "name", "리영희", "woman"), state("m", "name", "박금옥", "man", case="other"))
    append(ledger, *record(*names, stratum=Stratum.IDENTITY))
    return ledger


@pytest.fixture
def bea(bench: Bench, ann: Ledger) -> Ledger:
    """She may read and write the record, and see no names."""
    return join(bench, "record")


def waits(ledger: Ledger) -> list[str]:
    return [one.held.id for one in list_waiting(ledger, ledger.vault.compartment())]


def unscreened(ledger: Ledger) -> list[str]:
    """The same, of the case alone and without its names."""
    live = ledger.view().portrait(id_of("case")).statements
    return [held.id for held in find_unscreened(live, ledger.seers(ledger.vault.compartment()))]


def screened(ledger: Ledger, id: str) -> bool:
    view, compartment = ledger.view(), ledger.vault.compartment()
    held = view.statement(id_of(id))
    assert held is not None
    return is_screened(held, view, ledger.seers(compartment))


def test_what_is_recorded_without_identity_waits_until_one_who_may_has_screened_it(
    bench: Bench, bea: Ledger
) -> None:
    append(bea, *record(state("a", "note", "He sold her."), state("b", "method", Term("methods", "knife"))))
    assert waits(bea) == waits(bench.open()) == [id_of("a")], "a term holds nobody's words"
    assert unscreened(bea) == unscreened(bench.open()) == [id_of("a")]
    ann = bench.open()
    clean, named = screen_waiting(ann, None)
    assert [one.held.id for one in clean] == [id_of("a")] and named == []
    assert screened(bench.open(), "a") and waits(bea) == waits(bench.open()) == []
    assert unscreened(bea) == unscreened(bench.open()) == []
    append(bea, *record(state("d", "note", "She wept.")))
    append(bea, *record(state("e", "screened", YES, "d")))
    assert waits(bea) == unscreened(bea) == [id_of("d")], "her own word does not count"
    said = next(bench.open().view().of_property("screened"))
    assert said.author == ann.vault.card.member and said.statement.subject == id_of("a")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Li Yingji was sold.", (0, 9)),
        ("그때 리영희가 울었다.", (3, 6)),
        ("Ри Ён Хи", (0, 8)),
    ],
)
def test_a_text_in_which_a_name_stands_is_never_called_screened(
    bench: Bench, bea: Ledger, text: str, place: tuple[int, int]
) -> None:
    append(bea, *record(state("a", "note", text), state("b", "note", "He sold her.")))
    clean, named = screen_waiting(bench.open(), None)
    assert [one.held.id for one in clean] == [id_of("b")]
    assert [(one.held.id, one.text, one.place) for one in named] == [(id_of("a"), 1, place)]
    assert not screened(bench.open(), "a")
    assert waits(bench.open()) == [id_of("a")]


def test_every_text_of_a_statement_is_looked_through(bench: Bench, bea: Ledger) -> None:
    words = Words("She wept.", "en", "李英姬哭了。", "zh")
    append(bea, *record(state("a", "note", "He sold her.", words=words)))
    _, named = screen_waiting(bench.open(), [id_of("a")])
    assert [(one.text, one.place) for one in named] == [(3, (0, 3))]


def test_who_may_not_see_names_screens_nothing_and_learns_nothing(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "Li Yingji was sold.")))
    assert [one.place for one in list_waiting(bea, bea.vault.compartment())] == [None]
    with pytest.raises(OnggiError, match="screen.identity") as refused:
        screen_waiting(bea, None)
    assert refused.value.exit_code == Exit.REFUSED
    assert list(bench.open().view().of_property("screened")) == []


def test_the_word_of_a_member_who_may_not_see_names_counts_for_nothing(bench: Bench, bea: Ledger) -> None:
    """A program of her own could write what this one would not."""
    append(bea, *record(state("a", "note", "Li Yingji was sold.", screened=True)))
    append(bea, *record(state("b", "note", "He sold her."), state("c", "screened", YES, "x")))
    about = bytes.fromhex(id_of("b")).decode().strip("\0")
    append(bea, *record(state("d", "screened", YES, about)))
    assert not screened(bench.open(), "a") and not screened(bench.open(), "b")
    assert waits(bench.open()) == [id_of("a"), id_of("b")]


def test_one_no_outweighs_a_yes(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "He sold her.")))
    screen_waiting(bench.open(), [id_of("a")])
    append(bea, *record(state("d", "screened", NO, "a")))
    assert not screened(bench.open(), "a")


def test_who_was_let_in_later_has_what_she_wrote_before_screened_too(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "He sold her.")))
    cid = join(bench, *ALL)
    assert waits(cid) == [id_of("a")]
    assert len(screen_waiting(cid, None)[0]) == 1
    assert waits(cid) == []


def test_what_was_replaced_or_waits_for_nobody_is_not_asked_for(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "He sold her.")))
    append(bea, *record(state("b", "note", "They sold her.", supersedes=["a"])))
    append(bench.open(), *record(state("c", "note", "She wept.", screened=True)))
    assert waits(bench.open()) == [id_of("b")]
    with pytest.raises(OnggiError, match="screen.absent"):
        screen_waiting(bench.open(), [id_of("b"), id_of("c")])
    assert not screened(bench.open(), "b"), "all or nothing of what was asked for by id"


def test_what_was_held_back_waits_until_she_who_did_lets_it_through(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "He sold her."), state("b", "note", "She wept.")))
    cid = join(bench, *ALL)
    assert [one.held.id for one in hold_back(cid, [id_of("a")])] == [id_of("a")]
    assert hold_back(cid, [id_of("a")]) == [], "once is enough"
    assert not screened(bench.open(), "a") and waits(bench.open()) == [id_of("a"), id_of("b")]
    ((kept,), ()) = (one.kept for one in list_waiting(cid, cid.vault.compartment()))
    assert kept.author == cid.vault.card.member
    dee = join(bench, *ALL)
    screen_waiting(dee, [id_of("a")])
    assert not screened(bench.open(), "a"), "another member's yes does not outweigh it"
    cid.close()
    cid.vault.load()
    screen_waiting(cid, [id_of("a")])
    assert screened(bench.open(), "a") and waits(bench.open()) == [id_of("b")]


def test_an_admin_lets_through_what_another_held_back_and_no_name_with_it(bench: Bench, bea: Ledger) -> None:
    append(bea, *record(state("a", "note", "He sold her."), state("b", "note", "Li Yingji wept.")))
    cid = join(bench, *ALL)
    hold_back(cid, [id_of("a"), id_of("b")])
    clean, left = screen_waiting(bench.open(), None)
    assert clean == [] and [one.held.id for one in left] == [id_of("a"), id_of("b")], "all is nobody's id"
    assert not screened(bench.open(), "a")
    clean, named = screen_waiting(bench.open(), [id_of("a"), id_of("b")])
    assert ([one.held.id for one in clean], [one.held.id for one in named]) == ([id_of("a")], [id_of("b")])
    assert screened(bench.open(), "a") and not screened(bench.open(), "b")
    with pytest.raises(OnggiError, match="screen.identity"):
        hold_back(bea, [id_of("b")])


def test_every_name_in_every_text_is_told(bench: Bench, bea: Ledger) -> None:
    words = Words("Li Yingji wept.", "en", "李英姬哭了，李英姬。", "zh")
    append(bea, *record(state("a", "note", "He sold her.", words=words)))
    ann = bench.open()
    (one,) = list_waiting(ann, ann.vault.compartment())
    assert one.places == ((), ((0, 9),), ((0, 3), (6, 9)))
