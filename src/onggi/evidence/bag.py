"""The bag a proof travels in: which files, and the manifests over them (proof.md §5).

Pure: a bag is a mapping from path to bytes. Whoever writes a bag and whoever checks one make its manifests
here; `verify.sh` makes them a second time, without us.
"""

import hashlib
import re
from collections.abc import Mapping

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FILE_LIMIT = 16 * 2**20
BAG_LIMIT = 256 * 2**20

GUIDES = ("VERIFY.md", "verify.sh", "FORMAT.md")
"""What comes along for people: how to check, the checker, the format."""

ANCHOR = "data/anchor.txt"
ED25519_KEY = "data/keys/ed25519.pem"
MLDSA_KEY = "data/keys/mldsa44.pem"
SIGNERS = "data/keys/allowed_signers"

INFO = "bag-info.txt"
PAYLOAD_MANIFESTS = ("manifest-sha256.txt", "manifest-sha512.txt")
TAG_MANIFESTS = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
SEALS = ("bagit.txt", INFO, *PAYLOAD_MANIFESTS, *TAG_MANIFESTS)
"""The files that follow from all others."""

FIXED = (*SEALS, *GUIDES, ANCHOR, ED25519_KEY, MLDSA_KEY, SIGNERS)

_STATEMENT = re.compile(
    r"data/statement-(?P<number>[1-9][0-9]{0,3})/(?:(?:what|subject|source|words|trace)\.json|proof\.txt|read\.txt)"
)


def is_expected(path: str) -> bool:
    """Whether a file of this path may stand in a bag at all."""
    return path in FIXED or _STATEMENT.fullmatch(path) is not None


def statement_folder(number: int) -> str:
    """Where the files of the statement with this number stand."""
    return f"data/statement-{number}/"


def statement_numbers(files: Mapping[str, bytes]) -> list[int]:
    """The numbers of the statements of which anything is there, in order."""
    return sorted({int(form["number"]) for path in files if (form := _STATEMENT.fullmatch(path))})


def seal_bag(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The declaration, the information and the four manifests that a bag of `files` has to have."""
    inner = _seal_payload(files)
    return inner | _seal_tags({**files, **inner})


def follow_seals(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same as they follow from a bag that lies there, each from the files that it is about."""
    return _seal_payload(files) | _seal_tags(files)


def _seal_payload(files: Mapping[str, bytes]) -> dict[str, bytes]:
    payload = {path: content for path, content in files.items() if path.startswith("data/")}
    octets = sum(map(len, payload.values()))
    manifests = {name: _list_hashes(payload, _algorithm(name)) for name in PAYLOAD_MANIFESTS}
    return {
        "bagit.txt": DECLARATION,
        INFO: f"Payload-Oxum: {octets}.{len(payload)}\n".encode(),
        **manifests,
    }


def _seal_tags(files: Mapping[str, bytes]) -> dict[str, bytes]:
    tags = {
        path: content
        for path, content in files.items()
        if not path.startswith("data/") and path not in TAG_MANIFESTS
    }
    return {name: _list_hashes(tags, _algorithm(name)) for name in TAG_MANIFESTS}


def _algorithm(manifest: str) -> str:
    return manifest.rpartition("-")[2].removesuffix(".txt")


def _list_hashes(files: Mapping[str, bytes], algorithm: str) -> bytes:
    # Paths are ASCII (`is_expected`), so sorting them as text is sorting them as bytes.
    return "".join(
        f"{hashlib.new(algorithm, files[path]).hexdigest()}  {path}\n" for path in sorted(files)
    ).encode()
