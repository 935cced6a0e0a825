"""A proof goes to whoever reads it: any no of somebody whom it concerns stands against it."""

from pathlib import Path

import pytest
from tests.dossier.cases import BUYER, NEIGHBOUR, WOMAN, Invented

from onggi.dossier import bag, prove
from onggi.dossier.prove import prove_statement
from onggi.errors import Exit, OnggiError
from onggi.evidence.verify import verify_bag
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger

NO: dict[str, object] = {"decision": "refused", "purpose": None, "recipient": None}


def find_published(invented: Invented) -> str:
    """The statement of the newspaper: what was done to her."""
    view = invented.open().view()
    (held,) = view.live(view.find(find_act(invented)), "consequence")
    return held.id


def find_act(invented: Invented) -> str:
    """The act in which she is the victim."""
    view = invented.open().view()
    return next(one.statement.subject for one in view.of_property("consequence"))


def test_what_was_published_is_proved_while_nobody_said_no(invented: Invented, tmp_path: Path) -> None:
    invented.agree(BUYER, **NO)  # an abuser has no veto
    prove_statement(invented.open(), find_published(invented), tmp_path / "bag")
    assert verify_bag(tmp_path / "bag").valid


@pytest.mark.parametrize("decision", ["refused", "withdrawn", "a word of a later program"])
@pytest.mark.parametrize(
    "fields",
    [{"purpose": None, "recipient": None}, {"recipient": "CN-POLICE"}, {"organisation": "A newspaper"}],
)
def test_no_proof_is_made_against_a_no(
    invented: Invented, tmp_path: Path, decision: str, fields: dict[str, object]
) -> None:
    invented.agree(WOMAN, decision=decision, **fields)
    with pytest.raises(OnggiError, match="prove.declined") as refused:
        prove_statement(invented.open(), find_published(invented), tmp_path / "bag")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("bag*")) == []
    assert list(invented.open().view().of_property("exported")) == []


def test_no_proof_is_made_while_whoever_told_it_may_have_said_no(invented: Invented, tmp_path: Path) -> None:
    """Who told a newspaper is known in identity alone: any no of the case may be hers."""
    invented.agree(NEIGHBOUR, **NO)
    with pytest.raises(OnggiError, match="prove.unheard") as refused:
        prove_statement(invented.open(), find_published(invented), tmp_path / "bag")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("bag*")) == []
    assert list(invented.open().view().of_property("exported")) == []


def test_a_yes_that_took_the_place_of_her_no_lifts_it(invented: Invented, tmp_path: Path) -> None:
    no = invented.agree(WOMAN, decision="refused")
    invented.agree(WOMAN, knows=(no,))
    prove_statement(invented.open(), find_published(invented), tmp_path / "bag")
    assert verify_bag(tmp_path / "bag").valid


def test_a_yes_for_one_purpose_does_not_lift_a_no_to_all(invented: Invented, tmp_path: Path) -> None:
    no = invented.agree(WOMAN, **NO)
    invented.agree(WOMAN, knows=(no,))
    with pytest.raises(OnggiError, match="prove.declined"):
        prove_statement(invented.open(), find_published(invented), tmp_path / "bag")


def test_a_no_that_comes_while_it_is_made_stops_it(
    invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = bag.build_proof_bag

    def build_late(*words: object) -> object:
        invented.agree(WOMAN, **NO)
        return build(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(prove, "build_proof_bag", build_late)
    with pytest.raises(OnggiError, match="prove.declined"):
        prove_statement(invented.open(), find_published(invented), tmp_path / "bag")
    assert list(tmp_path.glob("bag*")) == []


def test_nothing_is_proved_while_a_no_may_be_missing(invented: Invented, tmp_path: Path) -> None:
    def list_packs() -> set[Path]:
        return {path for path in (invented.root / "packs").rglob("*") if path.is_file()}

    proved = find_published(invented)
    before = list_packs()
    invented.agree(WOMAN, **NO)
    for path in list_packs() - before:
        path.unlink()
    with pytest.raises(OnggiError, match="prove.unread"):
        prove_statement(invented.open(), proved, tmp_path / "bag")
    assert list(tmp_path.glob("bag*")) == []


PLAIN, TELLING = "INVENTED: she was beaten.", "INVENTED: Kim Yong Sil was beaten."


@pytest.mark.parametrize(("title", "text", "name"), [(PLAIN, TELLING, "김용실"), (TELLING, PLAIN, "金勇實")])
def test_a_name_recorded_after_the_text_was_screened_stops_the_proof(
    invented: Invented, tmp_path: Path, title: str, text: str, name: str
) -> None:
    """Neither the statement nor the title that is told beside it leaves with a name known by now."""
    proved = invented.print_page(title, text)
    prove_statement(invented.open(), proved, tmp_path / "before")
    assert verify_bag(tmp_path / "before").valid
    invented.name_her(name)
    with pytest.raises(OnggiError, match="release.standing") as refused:
        prove_statement(invented.open(), proved, tmp_path / "bag")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("bag*")) == []
    assert len(list(invented.open().view().of_property("exported"))) == 1


def test_a_name_that_comes_while_it_is_made_stops_it(
    invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = invented.print_page(PLAIN, TELLING)
    build = bag.build_proof_bag

    def build_late(*words: object) -> object:
        invented.name_her("김용실")
        return build(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(prove, "build_proof_bag", build_late)
    with pytest.raises(OnggiError, match="release.standing"):
        prove_statement(invented.open(), proved, tmp_path / "bag")
    assert list(tmp_path.glob("bag*")) == []


def test_who_may_not_see_names_proves_no_text(invented: Invented, tmp_path: Path) -> None:
    """Nobody can look again for her; what holds nobody's words, she may prove."""
    text = invented.print_page(PLAIN, PLAIN)
    ledger = invented.admit("record")
    with pytest.raises(OnggiError, match="release.unseen") as refused:
        prove_statement(ledger, text, tmp_path / "bag")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("bag*")) == []


def test_what_holds_nobodys_words_is_proved_whoever_recorded_it(invented: Invented, tmp_path: Path) -> None:
    """There is nothing to screen in it; its source's title, and her own words, still wait to be screened."""
    page = invented.open().view().statement(invented.print_page(PLAIN, PLAIN))
    assert page is not None
    ledger, act, source = invented.admit("record"), find_act(invented), page.statement.source
    wordless = say_of(invented, ledger, act, source or "", "")
    worded = say_of(invented, ledger, act, source or "", f'words = "{PLAIN}"\nlang = "en"')
    prove_statement(invented.open(), wordless, tmp_path / "bag")
    assert verify_bag(tmp_path / "bag").valid
    with pytest.raises(OnggiError, match="release.unscreened"):
        prove_statement(invented.open(), worded, tmp_path / "worded")
    told = record_as(invented, ledger, f'[source.page]\ntitle = "{PLAIN}"\npublished = "yes"\nlang = "en"')
    untitled = say_of(invented, ledger, act, told, "")
    with pytest.raises(OnggiError, match="release.unscreened"):
        prove_statement(invented.open(), untitled, tmp_path / "untitled")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "vault"]


def say_of(invented: Invented, ledger: Ledger, act: str, source: str, more: str) -> str:
    """A member says how an act was done; returns the statement's id."""
    said = (
        f'[[statement]]\nabout = "{act}"\nproperty = "method"\nvalue = "beating"\nsource = "{source}"\n{more}'
    )
    record_as(invented, ledger, said)
    return invented.open().view().live(act, "method")[-1].id


def record_as(invented: Invented, ledger: Ledger, text: str) -> str:
    """A member adds to the case; returns the newest of its sources."""
    compartment = ledger.vault.compartment()
    begun = f'onggi = 1\ncase = "{invented.case}"\n[defaults]\nlang = "en"\n{text}\n'
    batch = read_record(begun.encode(), "toml", Directory(ledger, compartment), invented.dice)
    assert not isinstance(batch, list), batch
    ledger.append(compartment, batch.placed)
    return max(invented.open().view().live_of("published"), key=lambda held: held.order).statement.subject
