"""Everything that names something is drawn anew, and no code of the vault is left in a text."""

import re
from itertools import count

from tests.dossier.matters import matter_of
from tests.dossier.tellings import EVERYTHING, make_data
from tests.ledger.invented import id_of, state

from onggi.dossier.dataset import GAP, DataSet
from onggi.dossier.seed import Stream
from onggi.model.value import Text

OLD = matter_of().view
WOMAN, HIDDEN = OLD.code_of(id_of("woman")) or "", OLD.code_of(id_of("friend")) or ""
HOME = state("h", "sex", Text("x", "en"), "woman", source="account")


def note(text: str) -> str:
    said = state("n", "note", Text(text, "en"), "case", source="paper")
    data = make_data(HOME, said, published=True)
    (entry,) = (one for one in data.entries if one.origin.id == id_of("n"))
    value = entry.held.statement.value
    assert isinstance(value, Text)
    return value.text.replace(data.call_old(id_of("woman")), "<her>")


def test_a_code_in_a_text_becomes_the_new_one_or_a_gap() -> None:
    assert WOMAN and HIDDEN
    assert note(f"{WOMAN} and {HIDDEN}, ({WOMAN.lower()})") in (
        f"<her> and {GAP}, (<her>)",
        f"<her> and {GAP}, ({WOMAN.lower()})",
    )
    assert note(f"about {id_of('woman')}.") == f"about {GAP}."
    assert note("P-shirt, C-3PO and 12345") == "P-shirt, C-3PO and 12345"


def list_fresh(data: DataSet) -> set[str]:
    statements = {entry.held.id for entry in data.entries} | {
        e.held.statement.about.unit for e in data.entries
    }
    return {*data.codes, *data.codes.values(), *data.fresh.values(), *statements}


def test_two_data_sets_of_one_matter_share_no_id_and_no_code() -> None:
    one = make_data(*EVERYTHING, dice=Stream(bytes(32), "one"))
    other = make_data(*EVERYTHING, dice=Stream(bytes(31) + b"1", "one"))
    old = {id_of(name) for name in ("woman", "sale", "account")} | {WOMAN}
    assert len(list_fresh(one)) > 30 and not list_fresh(one) & (list_fresh(other) | old)


def test_the_same_seed_makes_the_same_data_set() -> None:
    first, second = (make_data(*EVERYTHING, dice=Stream(bytes(32), "one")) for _ in range(2))
    assert first.entries == second.entries and first.codes == second.codes


def test_no_id_of_the_vault_is_in_what_is_shown() -> None:
    data = make_data(*EVERYTHING)
    shown = repr([entry.held.statement for entry in data.entries])
    assert not [one for one in data.fresh if one in shown]
    assert not re.search(rf"\b{WOMAN}\b", shown)


def test_nothing_depends_on_how_much_a_dice_gives_at_once() -> None:
    numbers = count()
    data = make_data(*EVERYTHING, dice=lambda size: next(numbers).to_bytes(size, "big"))
    assert len(set(data.codes.values())) == len(data.codes)
