"""What a PDF says of itself, runs, carries and links to is told, and none of it happens."""

import pytest
from tests.evidence.invented import ARTIST, COMMENT, EDITOR, PLACE, make_pdf

from onggi.errors import OnggiError
from onggi.evidence.metadata_pdf import look_at_pdf


def test_everything_a_pdf_carries_is_told() -> None:
    look = look_at_pdf(make_pdf())
    assert {
        ("PDF Author", ARTIST),
        ("PDF Producer", EDITOR),
        ("PDF script", "app.alert('invented script')"),
        ("PDF attached or linked file", "invented-attachment.txt"),
        ("PDF address", "https://track.example/"),
        ("PDF note", f"{ARTIST}: {COMMENT}"),
        ("XMP dc:creator", ARTIST),
        ("PDF picture 1: GPS position", PLACE),
        ("PDF actions", "2"),
    } <= set(look.entries)
    assert look.taken_at is None, "where a picture in it was taken is not where the paper was"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(1000), make_pdf()[:300]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        look_at_pdf(data)


def test_one_that_wants_a_password_is_refused() -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(OnggiError, match="evidence.locked"):
        look_at_pdf(out.getvalue())
