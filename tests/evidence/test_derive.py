"""A stripped copy is sealed beside its original, which nobody touched."""

import hashlib
import os

import pytest
from tests.evidence.conftest import Desk
from tests.evidence.invented import SECRETS, make_hostile, make_pdf, make_photo
from tests.ledger.invented import id_of

from onggi.errors import OnggiError
from onggi.evidence.custody import describe_item, find_derivatives
from onggi.evidence.derive import show_anew, strip_item
from onggi.evidence.item import read_item
from onggi.evidence.quarantine import LARGEST
from onggi.intake.originals import Origin

ALL = ("record", "identity", "care")


@pytest.mark.parametrize(("name", "data"), [("photo.jpg", make_photo()), ("paper.pdf", make_pdf())])
def test_a_stripped_copy_is_an_item_that_names_its_original(desk: Desk, name: str, data: bytes) -> None:
    original = desk.add(name, data, Origin(id_of("woman")))
    compartment = desk.ledger.vault.compartment
    before = sorted(os.listdir(desk.folder))
    made = strip_item(desk.ledger, compartment(), original, "to show counsel", desk.bench.dice)
    assert sorted(os.listdir(desk.folder)) == before, "nothing is written but into the vault"
    content = b"".join(read_item(desk.ledger, compartment(), made.copy.item, "a test"))
    assert hashlib.sha256(content).hexdigest() == made.copy.sha256
    assert not any(secret.encode() in content for secret in SECRETS)
    assert b"".join(read_item(desk.ledger, compartment(), original, "a test")) == data
    view = desk.ledger.view(strata=ALL)
    (one,) = find_derivatives(view, original)
    assert (one.item, one.kind) == (made.copy.item, "stripped")
    assert one.tool is not None and one.tool.startswith("Onggi ")
    known = describe_item(view, made.copy.item)
    assert (known.derived_from, known.media_type) == ((original,), made.media_type)
    assert view.about(made.copy.item, "file_name") == [], "a name leads to a person"
    unit = desk.ledger.find_unit(id_of("woman"))
    assert {held.statement.about.unit for held in view.about(made.copy.item) if held.stratum != "record"} == {
        unit.unit
    }


@pytest.mark.parametrize(
    "name", ["bomb.docx", "noise.jpg", "hundred-megapixels.png", "script.svg", "noise.pdf"]
)
def test_where_no_copy_can_be_made_only_the_read_is_recorded(desk: Desk, name: str) -> None:
    item = desk.add(name, make_hostile()[name][0])
    with pytest.raises(OnggiError, match=r"evidence\.(broken|limits|copy\.form)"):
        strip_item(desk.ledger, desk.ledger.vault.compartment(), item, "to show", desk.bench.dice)
    view = desk.ledger.view(strata=ALL)
    assert find_derivatives(view, item) == ()
    assert len(view.about(item, "read_item")) == 1


def test_what_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    item = desk.add("large.png", bytes(LARGEST + 1))
    with pytest.raises(OnggiError, match="evidence.copy.large"):
        strip_item(desk.ledger, desk.ledger.vault.compartment(), item, "to show", desk.bench.dice)
    assert desk.ledger.view(strata=ALL).about(item, "read_item") == []


def test_a_picture_is_redrawn_and_a_pdf_is_none() -> None:
    assert show_anew(make_photo()).content[:3] == b"\xff\xd8\xff"
    with pytest.raises(OnggiError, match="evidence.copy.form"):
        show_anew(make_pdf())
