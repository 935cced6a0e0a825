"""The bag a proof travels in: which files, and the manifests over them (proof.md §5).

Pure: a bag is a mapping from path to content. Whoever writes a bag and whoever checks one make its manifests
here; `verify.sh` makes them a second time, without us.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from onggi.evidence.content import Content, Weight, weigh

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

TEXT_LIMIT = 64 * 2**20
TEXTS_LIMIT = 256 * 2**20
CARRIED_LIMIT = 64 * 2**30
"""Bytes: of one file that is read whole, of all these together, of one that is streamed."""

STATEMENTS_LIMIT = 99_999
"""Statements of one part."""

GUIDES = ("VERIFY.md", "verify.sh", "FORMAT.md")
"""What comes along for people: how to check, the checker, the format."""

ED25519_KEY = "data/keys/ed25519.pem"
MLDSA_KEY = "data/keys/mldsa44.pem"
SIGNERS = "data/keys/allowed_signers"

PUBLICATION = "data/publication/"
PROVENANCE = "data/provenance/"
LINES = "statements.jsonl"
PROOF = "proof.txt"
"""The two files of either part, below its folder."""

WITHHELD = "data/withheld.jsonl"
DERIVED = "data/provenance/derived.txt"
READING = "data/provenance/read.txt"

INFO = "bag-info.txt"
PAYLOAD_MANIFESTS = ("manifest-sha256.txt", "manifest-sha512.txt")
TAG_MANIFESTS = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
SEALS = ("bagit.txt", INFO, *PAYLOAD_MANIFESTS, *TAG_MANIFESTS)
"""The files that follow from all others."""

FIXED = (*SEALS, *GUIDES, ED25519_KEY, MLDSA_KEY, SIGNERS)
"""What every bag holds."""

EXTENSIONS = (
    *("jpg", "png", "gif", "tif", "webp", "heic", "pdf", "txt", "html", "docx", "odt", "xlsx", "ods", "csv"),
    *("json", "eml", "zip", "mp3", "m4a", "ogg", "wav", "mp4", "mov", "webm", "bin"),
)
"""How the name of an item may end; `bin` for any other kind."""

_PARTS = {
    *(part + name for part in (PUBLICATION, PROVENANCE) for name in (LINES, PROOF)),
    *(WITHHELD, DERIVED, READING),
}
_ANCHOR = re.compile(r"data/anchors/(?P<anchor>[1-9][0-9]?)\.txt")
_TIMESTAMP = re.compile(
    r"data/anchors/(?P<anchor>[1-9][0-9]?)-(?P<number>[1-9])\.(?P<kind>tsr|chain\.pem|crl\.pem)"
)
_ITEM = re.compile(rf"data/items/item-(?P<number>[1-9][0-9]{{0,3}})\.(?:{'|'.join(EXTENSIONS)})")
_CARRIED = re.compile(
    r"data/documents/[a-z][a-z0-9-]{0,39}\.(?:pdf|docx|html)"
    r"|data/exchange/[a-z][a-z0-9-]{0,39}\.(?:json|jsonl|csv|geojson)"
)


def is_expected(path: str) -> bool:
    """Whether a file of this path may stand in a bag at all."""
    return (
        path in FIXED
        or path in _PARTS
        or is_carried(path)
        or _ANCHOR.fullmatch(path) is not None
        or _TIMESTAMP.fullmatch(path) is not None
    )


def is_carried(path: str) -> bool:
    """Whether a file of this path is only carried along: hashed, never read, of any size."""
    return is_item(path) or _CARRIED.fullmatch(path) is not None


def is_item(path: str) -> bool:
    """Whether this is the path of an item."""
    return _ITEM.fullmatch(path) is not None


def is_covered(path: str) -> bool:
    """Whether a file of this path has to be an item of the publication, where there is one."""
    return is_carried(path) or (path in _PARTS and not path.startswith(PUBLICATION))


def name_anchor(number: int) -> str:
    """Where the anchor with this number stands."""
    return f"data/anchors/{number}.txt"


def name_timestamp(anchor: int, number: int, kind: str) -> str:
    """Where a file of a timestamp of an anchor stands; `kind` is `tsr`, `chain.pem` or `crl.pem`."""
    return f"data/anchors/{anchor}-{number}.{kind}"


def name_item(number: int, extension: str) -> str:
    """Where the item with this number stands; `extension` is one of `EXTENSIONS`."""
    if not 1 <= number <= 9999 or extension not in EXTENSIONS:
        raise ValueError("an item has a number to 9999 and an extension of the list")
    return f"data/items/item-{number}.{extension}"


def anchor_numbers(paths: Iterable[str]) -> list[int]:
    """The numbers of the anchors that are there, in order."""
    return sorted(int(form["anchor"]) for path in paths if (form := _ANCHOR.fullmatch(path)))


def timestamp_numbers(paths: Iterable[str]) -> list[tuple[int, int]]:
    """The numbers of anchor and timestamp of which any file is there, in order."""
    found = {
        (int(form["anchor"]), int(form["number"])) for path in paths if (form := _TIMESTAMP.fullmatch(path))
    }
    return sorted(found)


def item_numbers(paths: Iterable[str]) -> list[int]:
    """The numbers of the items that are there, in order."""
    return sorted(int(form["number"]) for path in paths if (form := _ITEM.fullmatch(path)))


def is_gapless(numbers: Sequence[int]) -> bool:
    """Whether numbers count from 1, none missing and none twice."""
    return list(numbers) == list(range(1, len(numbers) + 1))


def seal_bag(files: Mapping[str, Content]) -> dict[str, bytes]:
    """The declaration, the information and the four manifests that a bag of `files` has to have."""
    weights = {path: weigh(content) for path, content in files.items()}
    inner = _seal_payload(weights)
    return inner | _seal_tags({**weights, **{path: weigh(content) for path, content in inner.items()}})


def follow_seals(weights: Mapping[str, Weight]) -> dict[str, bytes]:
    """The same as they follow from a bag that lies there, each from the files that it is about."""
    return _seal_payload(weights) | _seal_tags(weights)


def _seal_payload(weights: Mapping[str, Weight]) -> dict[str, bytes]:
    payload = {path: weight for path, weight in weights.items() if path.startswith("data/")}
    octets = sum(weight.length for weight in payload.values())
    return {
        "bagit.txt": DECLARATION,
        INFO: f"Payload-Oxum: {octets}.{len(payload)}\n".encode(),
        **_list_hashes(payload, PAYLOAD_MANIFESTS),
    }


def _seal_tags(weights: Mapping[str, Weight]) -> dict[str, bytes]:
    tags = {
        path: weight
        for path, weight in weights.items()
        if not path.startswith("data/") and path not in TAG_MANIFESTS
    }
    return _list_hashes(tags, TAG_MANIFESTS)


def _list_hashes(weights: Mapping[str, Weight], manifests: Sequence[str]) -> dict[str, bytes]:
    # Paths are ASCII (`is_expected`), so sorting them as text is sorting them as bytes.
    paths = sorted(weights)
    short = "".join(f"{weights[path].sha256.hex()}  {path}\n" for path in paths)
    long = "".join(f"{weights[path].sha512.hex()}  {path}\n" for path in paths)
    return dict(zip(manifests, (short.encode(), long.encode()), strict=True))
