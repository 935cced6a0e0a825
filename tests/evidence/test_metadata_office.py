"""What office documents say of themselves is read within limits, whatever their zip claims."""

import pytest
from tests.evidence.invented import ARTIST, LAUGHS, PLACE, WORD, make_photo, make_zip

from onggi.errors import OnggiError
from onggi.evidence.metadata_office import look_at_office

OPEN = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "meta.xml": f'<o:meta xmlns:o="o" xmlns:dc="d"><dc:creator>{ARTIST}</dc:creator></o:meta>',
    "content.xml": '<o:c xmlns:o="o" xmlns:dc="d"><o:annotation><dc:creator>Pak</dc:creator>'
    "<dc:date>2021-01-01</dc:date><o:p>ask her sister</o:p></o:annotation>"
    "<o:deletion><dc:creator>Pak</dc:creator><o:p>her real name</o:p></o:deletion></o:c>",
}


def test_a_word_file_says_who_changed_what() -> None:
    assert set(look_at_office(make_zip(WORD)).entries) == {
        ("Office dc:creator", ARTIST),
        ("Office tracked insertion", "Pak, 2020-01-01: added"),
        ("Office tracked deletion", "Pak: her real name"),
        ("Office comment", "Pak: ask her sister"),
        ("Office link to elsewhere", "http://track.example/x.png"),
    }


def test_an_open_document_says_who_changed_what() -> None:
    assert set(look_at_office(make_zip(OPEN)).entries) == {
        ("Office dc:creator", ARTIST),
        ("Office comment", "Pak, 2021-01-01: ask her sister"),
        ("Office tracked deletion", "Pak: her real name"),
    }


def test_a_picture_in_it_says_where() -> None:
    entries = look_at_office(make_zip({**WORD, "word/media/image1.jpeg": make_photo()})).entries
    assert ("Office picture 1: GPS position", PLACE) in entries


def test_a_zip_of_other_things_says_nothing() -> None:
    assert look_at_office(make_zip({"a.txt": "x"})).outcome == "other_form"


@pytest.mark.parametrize("text", [LAUGHS, "<a>" * 200 + "</a>" * 200, "no xml", "<a>"])
def test_xml_that_was_made_to_break_is_refused(text: str) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        look_at_office(make_zip({**WORD, "docProps/core.xml": text}))


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    with pytest.raises(OnggiError, match="evidence.limits"):
        look_at_office(make_zip({**WORD, "docProps/core.xml": bytes(17 * 1024 * 1024)}))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), make_zip(WORD)[:200]])
def test_a_broken_zip_is_refused(data: bytes) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        look_at_office(data)
