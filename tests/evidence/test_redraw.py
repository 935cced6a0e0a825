"""A picture drawn anew shows the same, and holds nothing else."""

import io

import pytest
from PIL import Image, ImageCms
from tests.evidence.invented import SECRETS, make_photo, make_picture, make_png

from onggi.errors import OnggiError
from onggi.evidence.kinds import find_kind
from onggi.evidence.metadata_image import look_at_picture
from onggi.evidence.redraw import redraw_picture

# All that a JPEG of pixels needs: begin, JFIF, tables, frame, scan, end.
_MARKERS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}


def list_markers(data: bytes) -> set[int]:
    at, found = 2, set()
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found | {0xDA}


def list_chunks(data: bytes) -> set[bytes]:
    at, found = 8, set()
    while at < len(data):
        found.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return found


def test_a_photo_keeps_its_pixels_upright_and_nothing_else() -> None:
    original = make_photo() + b"PK\x03\x04 what hangs on"
    copy = redraw_picture(original, "jpeg")
    assert copy.media_type == "image/jpeg"
    assert list_markers(copy.content) <= _MARKERS
    assert copy.content.endswith(b"\xff\xd9")
    assert look_at_picture(copy.content, "jpeg").entries == ()
    assert not any(secret.encode() in copy.content for secret in (*SECRETS, "what hangs on"))
    shown = Image.open(io.BytesIO(copy.content))
    assert shown.size == (48, 64), "it lay on its side, and EXIF said so"
    right, left = shown.getpixel((45, 30)), shown.getpixel((2, 30))
    assert isinstance(right, tuple) and right[0] > 150 > right[2]
    assert isinstance(left, tuple) and left[2] > 150 > left[0]


@pytest.mark.parametrize(
    ("form", "mode", "written"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("PNG", "LA", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("TIFF", "CMYK", "image/png"),
        ("TIFF", "F", "image/png"),
        ("GIF", "P", "image/png"),
        ("BMP", "RGB", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("AVIF", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
    ],
)
def test_every_form_is_drawn_anew(form: str, mode: str, written: str) -> None:
    data = make_picture(form, mode)
    copy = redraw_picture(data, find_kind(data) or "")
    assert (copy.media_type, copy.found) == (written, ())
    if written == "image/png":
        assert list_chunks(copy.content) == {b"IHDR", b"IDAT", b"IEND"}
    else:
        assert list_markers(copy.content) <= _MARKERS


def test_late_text_and_profiles_are_left_behind() -> None:
    late = make_png({b"tEXt": b"Author\0Kim", b"eXIf": b"MM\0*\0\0\0\x08\0\0"})
    assert list_chunks(redraw_picture(late, "png").content) == {b"IHDR", b"IDAT", b"IEND"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"no profile"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8), (10, 200, 30)).save(out, "JPEG", icc_profile=icc)
        copy = redraw_picture(out.getvalue(), "jpeg")
        assert list_markers(copy.content) <= _MARKERS


def test_only_the_first_of_several_is_drawn_and_that_is_said() -> None:
    out = io.BytesIO()
    frames = [Image.new("L", (8, 8), grey) for grey in (0, 99, 200)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert redraw_picture(out.getvalue(), "gif").found == ("evidence.copy.first",)


def test_too_many_pixels_are_not_decoded() -> None:
    with pytest.raises(OnggiError, match="evidence.limits"):
        redraw_picture(make_png(size=(10_000, 10_000)), "png")


def test_a_large_jpeg_is_drawn_smaller_and_that_is_said() -> None:
    out = io.BytesIO()
    Image.new("L", (9_000, 8_000), 90).save(out, "JPEG", quality=20)
    copy = redraw_picture(out.getvalue(), "jpeg")
    assert copy.found == ("evidence.copy.smaller",)
    assert Image.open(io.BytesIO(copy.content)).size == (4_500, 4_000)


@pytest.mark.parametrize("data", [make_photo()[:-200], make_png(size=(100, 100))[:150]])
def test_a_torn_picture_is_refused(data: bytes) -> None:
    with pytest.raises(OnggiError, match="evidence.broken"):
        redraw_picture(data, find_kind(data) or "")
