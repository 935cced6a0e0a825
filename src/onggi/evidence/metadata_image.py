"""What a picture says of itself: EXIF with its GPS, XMP, IPTC, comments, and what hangs on behind its end.

Pure but for the decoder's memory: it runs in the process apart (`quarantine`), and nowhere else. Pixels are
decoded only where the form keeps text behind them. Refused: what the decoder cannot read as one of our kinds.
"""

import io
import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageFile,
    IptcImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from onggi.errors import OnggiError
from onggi.evidence.kinds import PICTURES
from onggi.evidence.look import Entry, Look, cut_entries
from onggi.evidence.metadata_xmp import list_xmp

MOST_PIXELS = 64_000_000

# These are all that is read, whatever the bytes claim to be: some decoders of the library start programs.
# They are loaded here, while files can still be opened.
_DECODERS = {kind: kind.upper() for kind in PICTURES}
_LOADED = (
    *(AvifImagePlugin, BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin),
    *(TiffImagePlugin, WebPImagePlugin),
)
# Pixels are counted where they are decoded, by us; what a larger picture says of itself can still be read.
Image.MAX_IMAGE_PIXELS = None
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # no further thread can be started where this runs

# How the file is built, which says nothing of where it comes from.
_STRUCTURE = frozenset(
    {
        *("ImageWidth", "ImageLength", "BitsPerSample", "Compression", "PhotometricInterpretation"),
        *("StripOffsets", "StripByteCounts", "RowsPerStrip", "SamplesPerPixel", "PlanarConfiguration"),
        *("TileWidth", "TileLength", "TileOffsets", "TileByteCounts", "Predictor", "SampleFormat"),
        *("XResolution", "YResolution", "ResolutionUnit", "YCbCrPositioning", "YCbCrSubSampling"),
        *("YCbCrCoefficients", "ReferenceBlackWhite", "WhitePoint", "PrimaryChromaticities", "ColorMap"),
        *("ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "JpegIFOffset", "JpegIFByteCount"),
        *("ExifVersion", "ComponentsConfiguration", "FlashPixVersion", "ColorSpace", "ExifImageWidth"),
        *("ExifImageHeight", "NewSubfileType", "SubfileType", "FillOrder", "InterColorProfile", "XMLPacket"),
        *("ImageResources", "IPTCNAA", "ExtraSamples", "JPEGTables", "Orientation", "GPSVersionID"),
    }
)
_IFDS = ((ExifTags.IFD.Exif, ExifTags.TAGS, "EXIF"), (ExifTags.IFD.GPSInfo, ExifTags.GPSTAGS, "GPS"))
# What the position is made of.
_POSITION = frozenset(f"GPS GPS{one}{end}" for one in ("Latitude", "Longitude") for end in ("", "Ref"))
_IPTC = {
    (2, 5): "Title",
    (2, 25): "Keywords",
    (2, 55): "Date created",
    (2, 60): "Time created",
    (2, 80): "By-line",
    (2, 85): "By-line title",
    (2, 90): "City",
    (2, 92): "Sub-location",
    (2, 95): "Province",
    (2, 101): "Country",
    (2, 105): "Headline",
    (2, 110): "Credit",
    (2, 115): "Source",
    (2, 116): "Copyright",
    (2, 120): "Caption",
    (2, 122): "Caption writer",
}
# What the library raises over a file that is not as it should be.
DAMAGE = (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error)
_PNG_END = b"IEND\xaeB`\x82"
_TEXTS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0" * 8)


def open_picture(data: bytes, kind: str) -> ImageFile.ImageFile:
    """A picture of one kind, not decoded yet.

    Raises:
        OnggiError: `evidence.broken`, where it is none.
    """
    try:
        return Image.open(io.BytesIO(data), formats=(_DECODERS[kind],))
    except DAMAGE:  # that it is no picture of the kind is an error of the system, too
        raise OnggiError("evidence.broken") from None


@contextmanager
def work_quietly() -> Iterator[None]:
    """The library warns of what it meets in a file, and nobody is here to be warned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@work_quietly()
def look_at_picture(data: bytes, kind: str) -> Look:
    """What a picture says of itself. Raises as `open_picture` does."""
    image = open_picture(data, kind)
    outcome = _load_rest(image) if kind == "png" else "read"
    exif = _read_exif(image)
    found = describe_exif(exif or Image.Exif())
    torn = [("EXIF", _say(image.info.get("exif", b"")))] if exif is None else []
    entries = [
        *found.entries,
        *torn,
        *_list_packets(image),
        *_list_iptc(image),
        *_list_comments(image),
        *_list_rest(data, kind),
    ]
    missing = () if outcome == "read" else (f"evidence.look.{outcome}",)
    return Look(outcome, cut_entries(entries), found.taken_on, found.taken_at, missing)


def describe_exif(exif: Image.Exif) -> Look:
    """What EXIF says."""
    where = _say_position(_read_ifd(exif, ExifTags.IFD.GPSInfo))
    entries: list[Entry] = [] if where is None else [("GPS position", where)]
    entries += _list_exif(exif, _POSITION if where is not None else frozenset())
    return Look("read", tuple(entries), _find_day(exif), where)


def _load_rest(image: Image.Image) -> str:
    """Read what stands behind the pixels of a PNG, which have to be decoded for that; how that went."""
    if image.width * image.height > MOST_PIXELS:
        return "stopped"
    try:
        image.load()
    except DAMAGE:
        return "broken"
    return "read"


def _read_exif(image: Image.Image) -> Image.Exif | None:
    """Its EXIF; None where there is one and it cannot be read."""
    exif = Image.Exif()
    try:
        if image.format != "PNG":
            return image.getexif()
        # The library would decode the pixels to look behind them; whether that may be is decided elsewhere.
        if "exif" in image.info:
            exif.load(image.info["exif"])
    except DAMAGE:
        return None
    return exif


def _list_exif(exif: Image.Exif, said: frozenset[str]) -> Iterator[Entry]:
    """What EXIF says, but for what `said` names."""
    yield from _list_tags(exif, ExifTags.TAGS, "EXIF")
    for ifd, names, heading in _IFDS:
        yield from (
            entry for entry in _list_tags(_read_ifd(exif, ifd), names, heading) if entry[0] not in said
        )
    if _read_ifd(exif, ExifTags.IFD.IFD1):
        # A small picture of how it looked before it was cut or painted over.
        yield "EXIF thumbnail", "present"


def _read_ifd(exif: Image.Exif, ifd: int) -> Mapping[int, Any]:
    try:
        return exif.get_ifd(ifd)
    except DAMAGE:
        return {}


def _list_tags(tags: Mapping[int, Any], names: Mapping[int, str], heading: str) -> Iterator[Entry]:
    for tag, value in tags.items():
        name = names.get(tag, f"0x{tag:04x}")
        if name not in _STRUCTURE:
            yield f"{heading} {name}", _say(value)


def _list_packets(image: Image.Image) -> Iterator[Entry]:
    for name in ("xmp", "XML:com.adobe.xmp"):
        packet = image.info.get(name)
        if packet:
            yield from list_xmp(packet.encode() if isinstance(packet, str) else bytes(packet))


def _list_iptc(image: ImageFile.ImageFile) -> Iterator[Entry]:
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except DAMAGE:
        return
    for place, value in found.items():
        for one in value if isinstance(value, list) else [value]:
            yield f"IPTC {_IPTC.get(place, f'{place[0]}:{place[1]}')}", _say(one)


def _list_comments(image: Image.Image) -> Iterator[Entry]:
    for name, value in image.info.items():
        if name == "comment":
            yield "Comment", _say(value)
        elif image.format == "PNG" and isinstance(value, str) and name != "XML:com.adobe.xmp":
            yield f"PNG {name}", value


def _list_rest(data: bytes, kind: str) -> Iterator[Entry]:
    """What hangs on behind the end of the picture: another file, as in a moving photo, or in a trap."""
    end = len(data)
    if kind == "jpeg":
        end = data.rfind(b"\xff\xd9") + 2
    elif kind == "png":
        end = data.find(_PNG_END) + len(_PNG_END)
    elif kind == "webp":
        end = 8 + int.from_bytes(data[4:8], "little")
    rest = data[end:].strip(b"\0") if end > len(_PNG_END) else b""
    if rest:
        yield "Behind the picture", f"({len(rest)} bytes)"


def _say(value: object) -> str:
    """A value as text; what is no text is told by its length."""
    if isinstance(value, bytes):
        return _say_bytes(value)
    if isinstance(value, tuple):
        return ", ".join(_say(one) for one in value[:32])
    return str(value)


def _say_bytes(value: bytes) -> str:
    coding = "utf-8"
    if value[:8] in _TEXTS:
        coding = "utf-16" if value.startswith(b"UNICODE") else coding
        value = value[8:]
    plain = value.rstrip(b"\0")
    for one in (coding, "utf-8", "gb18030"):
        try:
            text = plain.decode(one)
        except UnicodeDecodeError:
            continue
        if "".join(text.split()).isprintable():
            return text
    return f"({len(value)} bytes)" if plain else ""


def _find_day(exif: Image.Exif) -> str | None:
    """The day on which the picture says it was made."""
    inner = _read_ifd(exif, ExifTags.IFD.Exif)
    for tags, tag in ((inner, 0x9003), (inner, 0x9004), (exif, 0x0132)):
        written = str(tags.get(tag, ""))[:10].replace("/", ":").replace("-", ":")
        try:
            year, month, day = (int(part) for part in written.split(":"))
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None


def _say_position(gps: Mapping[int, Any]) -> str | None:
    """Degrees of latitude and longitude, exact to some ten centimetres, from what GPS tags say."""
    north = _read_degrees(gps.get(2), gps.get(1), "S", 90)
    east = _read_degrees(gps.get(4), gps.get(3), "W", 180)
    return (
        f"{_write_degrees(north)}, {_write_degrees(east)}" if north is not None and east is not None else None
    )


def _read_degrees(parts: Any, half: Any, behind: str, most: int) -> Fraction | None:
    try:
        degrees, minutes, seconds = (Fraction(part.numerator, part.denominator) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, AttributeError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:
        return None
    return -value if str(half).strip().upper().startswith(behind) else value


def _write_degrees(value: Fraction) -> str:
    millionths = round(abs(value) * 1_000_000)
    sign = "-" if value < 0 and millionths else ""
    return f"{sign}{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
