"""Invented files, made in memory: what people bring, and what is made to break whoever opens it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

import pikepdf
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

# Nothing of these may be left in a copy.
MAKER, ARTIST, EDITOR, COMMENT = "INVENTED Phone", "Kim Invented", "Invented Editor", "an invented comment"
SECRETS = (MAKER, ARTIST, EDITOR, COMMENT)
DAY = "2019-06-03"
PLACE = "41.123181, 123.500000"

_XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="{EDITOR}">
<dc:creator><rdf:Seq><rdf:li>{ARTIST}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
XMP = _XMP.encode()


def make_exif() -> Image.Exif:
    """What a telephone writes: itself, when, where, and which side is up."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = MAKER, ARTIST, 6
    exif.get_ifd(0x8769)[0x9003] = "2019:06:03 14:22:10"
    north = (IFDRational(41), IFDRational(7), IFDRational(2345, 100))
    east = (IFDRational(123), IFDRational(30), IFDRational(0))
    exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east})
    return exif


def make_photo(size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG with EXIF, GPS, XMP and a comment: red above, blue below, lying on its side."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, size[1] // 2, *size))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=make_exif(), xmp=XMP, comment=COMMENT.encode(), quality=95)
    return out.getvalue()


def make_picture(form: str, mode: str = "RGB") -> bytes:
    """A picture in another form, with EXIF and XMP where the form has a place for them."""
    out = io.BytesIO()
    exif = make_exif()
    if form == "TIFF":  # which keeps them elsewhere
        exif[0x8769], exif[0x8825] = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    more = {"exif": exif} if form in ("PNG", "WEBP", "TIFF", "AVIF") else {}
    Image.new(mode, (40, 30)).save(out, form, **more)
    return out.getvalue()


def make_png(chunks: Mapping[bytes, bytes] | None = None, size: tuple[int, int] = (1, 1)) -> bytes:
    """A PNG written by hand: any size it claims, any chunks behind its pixels."""
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    # Where it claims to be huge, its pixels end early: what claims so is not to be decoded anyway.
    row = b"\0" + b"\x80" * (3 * size[0])
    pixels = zlib.compress(row * min(size[1], 200 if size[0] <= 10_000 else 1), 1)
    parts = [(b"IHDR", header), (b"IDAT", pixels), *(chunks or {}).items(), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def make_pdf(picture: bytes | None = None) -> bytes:
    """A PDF with everything that should not leave: author, XMP, a script, an attachment, an address, a note,
    a layer with a name, and a picture that says where it was taken."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        pdf.pages[0].obj.Rotate = 90
        drawing = pdf.make_stream(picture or make_photo())
        for name, value in {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 64,
            "/Height": 48,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
            "/Metadata": pdf.make_indirect(pdf.make_stream(XMP, Type=pikepdf.Name.Metadata)),
        }.items():
            drawing[name] = value
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=ARTIST))
        page.obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=drawing), Properties=pikepdf.Dictionary(L0=layer)
        )
        page.obj.Contents = pdf.make_stream(b"/OC /L0 BDC q 64 0 0 48 10 10 cm /Im0 Do Q EMC")
        page.obj.PieceInfo = pikepdf.Dictionary(Editor=pikepdf.Dictionary(Private=EDITOR))
        page.obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 10, 10],
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://track.example/"),
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[0, 0, 10, 10],
                    T=ARTIST,
                    Contents=COMMENT,
                ),
            ]
        )
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('invented script')")
        pdf.attachments["invented-attachment.txt"] = EDITOR.encode()
        pdf.Root.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.docinfo["/Author"] = ARTIST
        pdf.docinfo["/Producer"] = EDITOR
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def make_heif(method: int = 0) -> bytes:
    """The boxes of a HEIC without a picture in it: EXIF and XMP, in the file or (1) in the box itself."""

    def box(kind: bytes, *parts: bytes) -> bytes:
        content = b"".join(parts)
        return (8 + len(content)).to_bytes(4, "big") + kind + content

    def infe(number: int, kind: bytes, rest: bytes) -> bytes:
        return box(b"infe", b"\2\0\0\0", number.to_bytes(2, "big"), b"\0\0", kind, rest)

    exif = b"\0\0\0\0" + make_exif().tobytes()[6:]
    names = box(
        b"iinf", b"\0\0\0\0\0\2", infe(1, b"Exif", b"\0"), infe(2, b"mime", b"\0application/rdf+xml\0")
    )
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(start: int) -> bytes:
        places = [(1, start, len(exif)), (2, start + len(exif), len(XMP))]
        rows = b"".join(struct.pack(">HHHHII", n, method, 0, 1, at, size) for n, at, size in places)
        inside = box(b"idat", exif, XMP) if method else b""
        return box(b"meta", bytes(4), names, box(b"iloc", b"\1\0\0\0\x44\0\0\2", rows), inside)

    if method:
        return head + meta(0)
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", exif, XMP)


WORD = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": f'<c xmlns:dc="d"><dc:creator>{ARTIST}</dc:creator></c>',
    "word/document.xml": '<w:d xmlns:w="w"><w:ins w:author="Pak" w:date="2020-01-01"><w:t>added</w:t></w:ins>'
    '<w:del w:author="Pak"><w:delText>her real name</w:delText></w:del></w:d>',
    "word/comments.xml": '<w:c xmlns:w="w"><w:comment w:author="Pak">'
    "<w:t>ask her sister</w:t></w:comment></w:c>",
    "word/_rels/document.xml.rels": "<Relationships><Relationship "
    'Target="http://track.example/x.png" TargetMode="External"/></Relationships>',
}


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><l>&j;</l>"
)


@cache
def make_hostile() -> dict[str, tuple[bytes, str]]:
    """Files that were made to break whoever opens them, and what becomes of looking into each."""
    large = b"\0" * (20 * 1024 * 1024)
    deep = "<a>" * 5_000 + "</a>" * 5_000
    return {
        "hundred-megapixels.png": (make_png(size=(10_000, 10_000)), "stopped"),
        "gigapixels.png": (make_png(size=(60_000, 60_000)), "stopped"),
        "bomb-in-text.png": (make_png({b"zTXt": b"key\0\0" + zlib.compress(bytes(80_000_000))}), "broken"),
        "torn.jpg": (make_photo()[:400], "broken"),
        "noise.jpg": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, "broken"),
        "bomb.zip": (make_zip({f"{n}.bin": large for n in range(20)}), "other_form"),
        "bomb.docx": (make_zip({**WORD, "docProps/core.xml": large}), "stopped"),
        "many.docx": (make_zip({**WORD, **{f"word/{n}.xml": "<a/>" for n in range(6_000)}}), "stopped"),
        "laughs.docx": (make_zip({**WORD, "docProps/core.xml": LAUGHS}), "broken"),
        "deep.docx": (make_zip({**WORD, "docProps/core.xml": deep}), "broken"),
        "upwards.docx": (make_zip({**WORD, "../../escaped.txt": "x", "/escaped.txt": "x"}), "read"),
        "script.svg": (b"<svg xmlns='s'><script>alert(1)</script></svg>", "other_form"),
        "script.pdf": (make_pdf(), "read"),
        "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken"),
        "polyglot.jpg": (make_photo() + make_zip({"inside.txt": "x"}), "read"),
        "boxes.heic": (make_heif()[:120], "broken"),
        "page.html": (b"<script>alert(1)</script>", "other_form"),
        "program.exe": (b"MZ" + bytes(1000), "other_form"),
        "empty": (b"", "other_form"),
    }
