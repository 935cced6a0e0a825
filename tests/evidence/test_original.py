"""Files become items as they are; what is said of them and what they say lies in identity, in one unit."""

import hashlib
from pathlib import Path

import pytest
from tests.evidence.conftest import Desk
from tests.evidence.invented import DAY, MAKER, PLACE, make_hostile, make_pdf, make_photo
from tests.ledger.invented import id_of

from onggi.dossier.matter import is_fact
from onggi.errors import OnggiError
from onggi.evidence.custody import describe_item
from onggi.evidence.item import check_item, read_item
from onggi.evidence.quarantine import LARGEST
from onggi.intake.originals import Making, Origin
from onggi.model.value import Entity, Term, Text, Unknown

ALL = ("record", "identity", "care")


def read(desk: Desk, item: str) -> bytes:
    ledger = desk.bench.open()
    return b"".join(read_item(ledger, ledger.vault.compartment(), item, "a test"))


def test_custody_begins_with_what_is_said_and_what_the_bytes_are(desk: Desk) -> None:
    data = make_photo()
    origin = Origin(id_of("woman"), "2026년 3월 1일", "a telephone, by courier", "handed_by_owner")
    item = desk.add("photo.jpg", data, origin)
    view = desk.ledger.view(strata=ALL)
    known = describe_item(view, item)
    assert (known.sha256, known.sha512) == (
        hashlib.sha256(data).hexdigest(),
        hashlib.sha512(data).hexdigest(),
    )
    assert (known.media_type, known.length, known.looked_into) == ("image/jpeg", len(data), "read")
    assert known.received is not None and known.received.edtf == "2026-03-01"
    assert (known.obtained, known.bringers) == (("handed_by_owner",), (id_of("woman"),))
    said = [held.statement.value for held in view.about(item, "came_from", "taken_at", "taken_on")]
    assert Text("a telephone, by courier", "und") in said and Text(PLACE, "und") in said
    assert Text(f"EXIF Make: {MAKER}", "und") in [one.statement.value for one in view.about(item, "metadata")]
    assert {held.statement.what.property for held in view.about(item) if held.stratum == "record"} == {
        "kind",
        "code",
    }
    units = {held.statement.about.unit for held in view.about(item) if held.stratum != "record"}
    assert units == {desk.ledger.find_unit(id_of("woman")).unit}
    (day,) = view.about(item, "taken_on")
    assert (getattr(day.statement.value, "edtf", None), day.statement.trace.locator) == (DAY, "EXIF")


def test_what_was_asked_and_is_not_known_is_not_what_was_not_asked(desk: Desk) -> None:
    item = desk.add("a.txt", b"a", Origin(None, "unknown", "unknown", None))
    view = desk.ledger.view(strata=ALL)
    for name, values in (("received_on", [Unknown()]), ("came_from", [Unknown()]), ("obtained_by", [])):
        assert [held.statement.value for held in view.about(item, name)] == values


def test_hostile_files_are_sealed_as_they_are(desk: Desk) -> None:
    hostile = make_hostile()
    items = dict(zip(hostile, desk.add_all({name: data for name, (data, _) in hostile.items()}), strict=True))
    view = desk.ledger.view(strata=ALL)
    looked = {name: describe_item(view, item).looked_into for name, item in items.items()}
    assert looked == {name: outcome for name, (_, outcome) in hostile.items()}
    compartment = desk.ledger.vault.compartment()
    faults = {name: check_item(desk.ledger, compartment, item, view)[1] for name, item in items.items()}
    assert not any(faults.values())
    for name in ("polyglot.jpg", "bomb.docx", "empty"):
        assert read(desk, items[name]) == hostile[name][0]
    assert {path.name for path in desk.folder.iterdir()} == set(hostile)
    assert not any(Path(place).exists() for place in ("/escaped.txt", "../escaped.txt", "escaped.txt"))


def test_a_name_that_says_something_else_is_told(desk: Desk) -> None:
    desk.add("holiday.jpg", make_pdf())
    assert [one.code for one in desk.kept[0].findings] == ["evidence.look.disguised"]
    view = desk.ledger.view(strata=ALL)
    assert describe_item(view, desk.kept[0].item).media_type == "application/pdf"
    desk.add("holiday.jpg", b"no picture")
    assert [one.code for one in desk.kept[0].findings] == ["evidence.look.disguised"]
    desk.add("holiday.pdf", make_pdf())
    assert desk.kept[0].findings == ()


def test_a_file_too_large_to_open_is_sealed_and_told(desk: Desk) -> None:
    path = desk.folder / "film.jpg"
    path.write_bytes(make_photo())
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)
    item = desk.add("film.jpg", path.read_bytes())
    assert [one.code for one in desk.kept[0].findings] == ["evidence.look.large"]
    assert describe_item(desk.ledger.view(strata=ALL), item).looked_into == "too_large"


@pytest.mark.parametrize(
    ("origin", "id"),
    [
        (Origin(received="the day it rained"), "intake.original.day"),
        (Origin(came_from=" "), "intake.original.text"),
        (Origin(came_from="a\u202eb"), "intake.original.text"),
        (Origin(obtained="stolen"), "intake.original.way"),
        (Origin(person=id_of("act")), "intake.original.person"),
    ],
)
def test_what_cannot_be_understood_keeps_nothing(desk: Desk, origin: Origin, id: str) -> None:
    with pytest.raises(OnggiError, match=id):
        desk.add("a.txt", b"a", origin)
    assert list(desk.ledger.view(strata=ALL).of_property("sha256")) == []


def test_what_was_made_of_an_item_names_it_and_is_erased_with_it(desk: Desk) -> None:
    original = desk.add("photo.jpg", make_photo(), Origin(id_of("woman")))
    making = Making(original, "redacted", "a colleague", "GIMP 3.0", "ko")
    copy = desk.add("blurred.jpg", make_photo((16, 16)), None, making)
    view = desk.ledger.view(strata=ALL)
    said = {held.statement.what.property: held.statement.value for held in view.about(copy)}
    assert said["derived_from"] == Entity(original)
    assert said["derived_as"] == Term("derivatives", "redacted")
    assert said["author"] == Text("a colleague", "und")
    assert said["made_with"] == Text("GIMP 3.0", "und")
    unit = desk.ledger.find_unit(id_of("woman"))
    desk.ledger.erase(unit.compartment, unit.stratum, unit.unit, "asked")
    for item in (original, copy):
        with pytest.raises(OnggiError, match="evidence.item.gone"):
            read(desk, item)


@pytest.mark.parametrize(
    ("making", "id"),
    [
        (Making(id_of("woman"), "redacted"), "intake.original.item"),
        (Making("original", "copied"), "intake.original.kind"),
        (Making("original", "redacted", lang="Korean!"), "intake.original.lang"),
        (Making("original", "redacted", author="\n"), "intake.original.text"),
    ],
)
def test_a_making_that_cannot_be_understood_keeps_nothing(desk: Desk, making: Making, id: str) -> None:
    original = desk.add("photo.jpg", make_photo())
    asked = Making(original if making.original == "original" else making.original, *_rest(making))
    with pytest.raises(OnggiError, match=id):
        desk.add("copy.jpg", b"x", None, asked)


def _rest(making: Making) -> tuple[str, str | None, str | None, str | None, str | None]:
    return making.kind, making.author, making.tool, making.lang, making.translator


@pytest.mark.parametrize(
    ("data", "alignment"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n", "time"),
        ("첫 문단\n\n둘째 문단".encode(), "paragraph"),
        (make_pdf(), "none"),
        (b"\xff\xfe\xb0", "none"),
    ],
)
def test_a_translation_says_how_it_is_aligned_and_by_whom(desk: Desk, data: bytes, alignment: str) -> None:
    original = desk.add("voice.mp3", b"not a voice")
    making = Making(original, "translation", lang="en", translator="a colleague")
    item = desk.add("words", data, None, making)
    view = desk.ledger.view(strata=ALL)
    said = {held.statement.what.property: held.statement.value for held in view.about(item)}
    assert said["aligned_by"] == Term("alignments", alignment)
    assert said["translator"] == Text("a colleague", "und")
    told = [one.code for one in desk.kept[0].findings]
    assert told == (["evidence.transcript.unaligned"] if alignment == "none" else [])
    assert read(desk, item) == data


SIDE_BY_SIDE = """onggi = 1
lang = "ko"
translation_lang = "en"
translator = "INVENTED member"
[[passage]]
start = "00:01"
end = "00:02"
text = "강을 건넜어요."
translation = "I crossed the river."
[[passage]]
start = "00:02"
end = "00:03"
text = "그 다음은 몰라요."
""".encode()


def test_what_a_passage_says_is_found_with_its_place_where_identity_is_open(desk: Desk) -> None:
    original = desk.add("voice.mp3", b"not a voice")
    item = desk.add("words.toml", SIDE_BY_SIDE, None, Making(original, "transcript"))
    assert [held.statement.what.property for held in desk.ledger.view().about(item)] == ["kind", "code"]
    assert desk.ledger.view().search("건넜어요") == []
    view = desk.ledger.view(strata=ALL)
    for query in ("강을 건넜어요", "crossed THE river"):
        (hit,) = view.search(query)
        said = hit.held.statement
        assert (said.subject, said.trace.locator) == (item, "00:00:01.000–00:00:02.000")
        assert said.value == Text("강을 건넜어요.", "ko")
        assert said.words is not None
        assert (said.words.translation_lang, said.words.translator) == ("en", "INVENTED member")
    (hit,) = view.search("몰라요")
    assert (hit.held.statement.words, hit.held.stratum) == (None, "identity")
    units = {held.statement.about.unit for held in view.about(item) if held.stratum == "identity"}
    assert len(units) == 1, "erased with the file, and with what is said of it"


@pytest.mark.parametrize(("typed", "found"), [(None, "ko"), ("zh", "zh")])
def test_a_passage_is_in_the_language_that_is_typed_else_in_that_of_the_file(
    desk: Desk, typed: str | None, found: str
) -> None:
    original = desk.add("voice.mp3", b"not a voice")
    item = desk.add("words.toml", SIDE_BY_SIDE, None, Making(original, "transcript", lang=typed))
    values = [held.statement.value for held in desk.ledger.view(strata=ALL).live(item, "passage")]
    assert {value.lang for value in values if isinstance(value, Text)} == {found}
    assert not any(is_fact(held) for held in desk.ledger.view(strata=ALL).live(item, "passage"))


def test_a_transcript_with_a_mistake_keeps_nothing_and_says_where(desk: Desk) -> None:
    original = desk.add("voice.mp3", b"not a voice")
    wrong = b"WEBVTT\n\n00:02.000 --> 00:01.000\nhello\n"
    with pytest.raises(OnggiError, match="intake.original.transcript") as caught:
        desk.add("words.vtt", wrong, None, Making(original, "transcript"))
    assert caught.value.values["place"] == "line 3"
