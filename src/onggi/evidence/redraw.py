"""A picture drawn anew: its pixels and nothing else.

Pure but for the decoder's memory: it runs in the process apart (`quarantine`), and nowhere else. What is seen
stays: faces, places, writing, and the pattern that a sensor leaves in every picture it takes. Refused: more
pixels than `MOST_PIXELS`; what cannot be decoded to its end.
"""

import io

import PIL
from PIL import Image, ImageCms, ImageOps

from onggi import __version__
from onggi.errors import OnggiError
from onggi.evidence.copies import Copy
from onggi.evidence.kinds import MEDIA_TYPES
from onggi.evidence.metadata_image import DAMAGE, MOST_PIXELS, open_picture, work_quietly

_QUALITY = 92
# Kinds that lose something each time they are written are written so again; the others keep every pixel.
_LOSSY = frozenset({"jpeg", "webp", "avif"})
_MODES = frozenset({"L", "RGB", "RGBA"})


@work_quietly()
def redraw_picture(data: bytes, kind: str) -> Copy:
    """A JPEG or PNG of what can be seen in a picture, upright, in ordinary colours.

    Raises:
        OnggiError: `evidence.broken` where it cannot be decoded, `evidence.limits` for too many pixels.
    """
    image = open_picture(data, kind)
    found = []
    if kind == "jpeg" and image.width * image.height > MOST_PIXELS:
        # A JPEG can be decoded at a half, a quarter or an eighth of its size, in as little memory.
        image.draft(image.mode, (image.width // 2, image.height // 2))
        found.append("evidence.copy.smaller")
    if image.width * image.height > MOST_PIXELS:
        raise OnggiError("evidence.limits")
    try:
        if getattr(image, "is_animated", False):
            found.append("evidence.copy.first")
        image.load()
        plain = _paint(image)
        out = io.BytesIO()
        if kind in _LOSSY and plain.mode != "RGBA":
            written = "jpeg"
            plain.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        else:
            written = "png"
            plain.save(out, "PNG", optimize=False)
    except (*DAMAGE, EOFError):
        raise OnggiError("evidence.broken") from None
    return Copy(
        MEDIA_TYPES[written], f"Onggi {__version__}, Pillow {PIL.__version__}", tuple(found), out.getvalue()
    )


def _paint(image: Image.Image) -> Image.Image:
    """The pixels as everybody sees them, with nothing beside them."""
    turned = ImageOps.exif_transpose(image)
    coloured = _show_colours(turned)
    if coloured.mode not in _MODES:
        clear = "A" in coloured.getbands() or "transparency" in coloured.info
        coloured = coloured.convert("RGBA" if clear else "L" if coloured.mode == "1" else "RGB")
    # What a library would write of it without being asked: comments, a profile, a resolution.
    coloured.info.clear()
    return coloured


def _show_colours(image: Image.Image) -> Image.Image:
    """The same colours without the profile, which may name a device; where it is none, as they stand."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = image.mode if image.mode == "RGBA" else "RGB"
        painted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return painted if painted is not None else image
