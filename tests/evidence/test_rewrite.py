"""A PDF written anew shows the same pages, runs nothing, and says nothing of itself."""

import io
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.evidence.invented import PLACE, SECRETS, make_pdf, make_photo

from onggi.errors import OnggiError
from onggi.evidence.metadata_pdf import look_at_pdf
from onggi.evidence.rewrite import rewrite_pdf, strip_jpeg, strip_jpx

HIDDEN = (*SECRETS, "invented script", "invented-attachment", "track.example", "JavaScript", "EmbeddedFile")


def unpack(data: bytes) -> bytes:
    """Every byte of a PDF, and of every stream in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one.read_raw_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        opened = []
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Filter") != pikepdf.Name.DCTDecode:
                opened.append(one.read_bytes())
        plain = io.BytesIO()
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return b"\n".join((data, plain.getvalue(), *streams, *opened))


def test_nothing_but_the_pages_is_left() -> None:
    original = make_pdf()
    assert all(secret.encode() in unpack(original) for secret in HIDDEN), "the control"
    copy = rewrite_pdf(original)
    everything = unpack(copy.content)
    assert [secret for secret in HIDDEN if secret.encode() in everything] == []
    assert [secret for secret in HIDDEN if secret.encode("utf-16-be") in everything] == []
    assert PLACE not in str(look_at_pdf(copy.content).entries)
    assert look_at_pdf(copy.content).entries == ()
    with pikepdf.open(io.BytesIO(copy.content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer


def test_the_page_is_drawn_as_it_was() -> None:
    original, copy = make_pdf(), rewrite_pdf(make_pdf())
    with pikepdf.open(io.BytesIO(original)) as before, pikepdf.open(io.BytesIO(copy.content)) as after:
        assert len(after.pages) == len(before.pages) == 1
        one, other = before.pages[0], after.pages[0]
        assert other.obj.Rotate == 90 and other.mediabox == one.mediabox
        assert b"/Im0 Do" in other.obj.Contents.read_bytes()
        shown = [
            Image.open(io.BytesIO(page.obj.Resources.XObject.Im0.read_raw_bytes())) for page in (one, other)
        ]
        assert shown[0].tobytes() == shown[1].tobytes(), "not decoded on the way, so nothing is lost"


def test_what_is_inherited_comes_along() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(b"0 0 10 10 re f")
        for key, value in (("/MediaBox", [0, 0, 70, 80]), ("/Rotate", 180)):
            pdf.Root.Pages[key] = value
        del page.MediaBox
        out = io.BytesIO()
        pdf.save(out)
    with pikepdf.open(io.BytesIO(rewrite_pdf(out.getvalue()).content)) as copy:
        shown = copy.pages[0]
        assert [int(side) for side in shown.mediabox] == [0, 0, 70, 80]
        assert shown.obj.Rotate == 180


def test_a_field_keeps_what_it_shows_and_loses_what_it_does() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100)).obj
        look = pdf.make_stream(b"BT (FILLED IN) Tj ET")
        for key, value in (
            ("/Type", pikepdf.Name.XObject),
            ("/Subtype", pikepdf.Name.Form),
            ("/BBox", [0, 0, 50, 20]),
        ):
            look[key] = value
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="name",
                V="FILLED IN",
                Rect=[10, 10, 60, 30],
                F=4,
                AP=pikepdf.Dictionary(N=look),
                AA=pikepdf.Dictionary(K=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="invented script")),
            )
        )
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        out = io.BytesIO()
        pdf.save(out)
    everything = unpack(rewrite_pdf(out.getvalue()).content)
    assert b"FILLED IN" in everything and b"invented script" not in everything


def test_a_picture_packed_twice_loses_what_it_says() -> None:
    packed = make_pdf(zlib.compress(make_photo()))
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Image:
                one.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode])
        out = io.BytesIO()
        pdf.save(out)
    copy = rewrite_pdf(out.getvalue())
    assert copy.found == ()
    assert not any(secret.encode() in unpack(copy.content) for secret in HIDDEN)


def test_a_picture_packed_otherwise_is_told() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Image:
                one.Filter = pikepdf.Array([pikepdf.Name.RunLengthDecode, pikepdf.Name.DCTDecode])
        out = io.BytesIO()
        pdf.save(out, recompress_flate=False)
    assert rewrite_pdf(out.getvalue()).found == ("evidence.copy.picture",)


def test_the_same_pdf_is_written_the_same() -> None:
    assert rewrite_pdf(make_pdf()).content == rewrite_pdf(make_pdf()).content


@pytest.mark.parametrize("data", [b"%PDF-1.7", make_pdf()[:300]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        rewrite_pdf(data)


def test_a_jpeg_is_stripped_without_being_decoded() -> None:
    plain = strip_jpeg(make_photo() + b"behind the end")
    assert plain is not None
    assert not any(secret.encode() in plain for secret in (*SECRETS, "Exif", "behind the end"))
    assert strip_jpeg(plain) == plain


def test_a_jpeg_2000_is_stripped_to_its_pixels() -> None:
    def box(kind: bytes, data: bytes) -> bytes:
        return (8 + len(data)).to_bytes(4, "big") + kind + data

    kept = box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 ") + box(b"jp2h", b"h") + box(b"jp2c", b"pixels")
    assert strip_jpx(kept[:-14] + box(b"xml ", b"Kim") + kept[-14:] + box(b"uuid", b"place")) == kept
    assert strip_jpx(b"\0\0\0\x05jP  ") is None


@given(st.binary(max_size=400))
def test_any_bytes_are_stripped_or_refused(rest: bytes) -> None:
    for strip, start in ((strip_jpeg, b"\xff\xd8\xff"), (strip_jpx, b"\0\0\0\x0cjP  \r\n\x87\n")):
        plain = strip(start + rest)
        assert plain is None or strip(plain) in (plain, None)
