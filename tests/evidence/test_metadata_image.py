"""What pictures say of themselves is read, in every form, and nothing else happens."""

import zlib

import pytest
from PIL import Image
from tests.evidence.invented import (
    ARTIST,
    COMMENT,
    DAY,
    EDITOR,
    MAKER,
    PLACE,
    make_photo,
    make_picture,
    make_png,
)

from onggi.errors import OnggiError
from onggi.evidence.kinds import PICTURES, find_kind
from onggi.evidence.metadata_image import look_at_picture


def test_a_photo_says_who_when_where_and_with_what() -> None:
    look = look_at_picture(make_photo(), "jpeg")
    assert (look.outcome, look.taken_on, look.taken_at) == ("read", DAY, PLACE)
    assert {
        ("GPS position", PLACE),
        ("EXIF Make", MAKER),
        ("EXIF Artist", ARTIST),
        ("EXIF DateTimeOriginal", "2019:06:03 14:22:10"),
        ("XMP xmp:CreatorTool", EDITOR),
        ("XMP dc:creator", ARTIST),
        ("Comment", COMMENT),
    } == set(look.entries)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_every_form_that_can_says_where(form: str) -> None:
    data = make_picture(form)
    kind = find_kind(data)
    assert kind in PICTURES
    look = look_at_picture(data, kind)
    assert (look.taken_on, look.taken_at) == (DAY, PLACE)


def test_text_behind_the_pixels_is_read_too() -> None:
    late = {b"tEXt": b"Author\0" + ARTIST.encode(), b"iTXt": b"Note\0\0\0\0\0" + "몰래".encode()}
    packed = {b"zTXt": b"Comment\0\0" + zlib.compress(COMMENT.encode())}
    entries = look_at_picture(make_png(late | packed), "png").entries
    assert {("PNG Author", ARTIST), ("PNG Note", "몰래"), ("PNG Comment", COMMENT)} <= set(entries)


@pytest.mark.parametrize("rest", [b"PK\x03\x04 a zip", b"<script>"])
def test_what_hangs_on_behind_a_picture_is_told(rest: bytes) -> None:
    for data, kind in ((make_photo(), "jpeg"), (make_png(), "png"), (make_picture("WEBP"), "webp")):
        told = ("Behind the picture", f"({len(rest)} bytes)")
        assert told in look_at_picture(data + rest, kind).entries
        assert told[0] not in dict(look_at_picture(data, kind).entries)


def test_half_a_position_is_none() -> None:
    for north in (None, (91, 0, 0), (1, 2), ("x", "y", "z"), (1, 0, 0)):
        exif = Image.Exif()
        exif.get_ifd(0x8825).update({1: "N", 3: "E"} | ({2: north} if north else {}))
        from onggi.evidence.metadata_image import _say_position

        assert _say_position({1: "N", 2: north, 3: "E"}) is None


def test_south_and_west_are_below_zero() -> None:
    from onggi.evidence.metadata_image import _say_position

    assert _say_position({1: "S", 2: (33, 51, 0), 3: "W", 4: (0, 0, 1)}) == "-33.850000, -0.000278"


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_what_is_no_picture_is_refused(kind: str) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        look_at_picture(b"nothing of the kind" * 10, kind)


def test_only_our_kinds_are_decoded() -> None:
    for data in (b"%!PS-Adobe-3.0 EPSF-3.0\n", b"\xc5\xd0\xd3\xc6" + bytes(30), b"P6 1 1 255 abc"):
        assert find_kind(data) is None
        for kind in PICTURES:
            with pytest.raises(OnggiError, match="evidence.broken"):
                look_at_picture(data, kind)
