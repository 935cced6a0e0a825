"""Writes timestamp.json: a reply over a text, and one that renews it, by authorities named EXAMPLE.

    PYTHONPATH=src:. python tests/vectors/make_timestamp.py

Needs openssl and faketime. Signatures are made with dice, so that each run writes another file; it is kept as
it was written once. What must hold of it stands in tests/evidence/timestamp/test_vectors.py.
"""

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evidence.authority import build_authority

from onggi.evidence.timestamp.request import make_request
from onggi.evidence.timestamp.stamps import renewed_bytes

TEXT = b"an invented anchor file\n"
FIRST, SECOND = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 5, 1, 12, tzinfo=UTC)


def main() -> None:
    """Make the file."""
    with TemporaryDirectory() as folder:
        old = build_authority(Path(folder, "a"), "EXAMPLE Authority A", ends=datetime(2026, 6, 1, tzinfo=UTC))
        new = build_authority(Path(folder, "b"), "EXAMPLE Authority B", embeds=2)
        lists, later = old.make_list(FIRST), new.make_list(SECOND)
        reply = old.reply(make_request(TEXT, "sha256", bytes).raw, FIRST)
        renewed = renewed_bytes(TEXT, reply, old.chain_pem, lists)
        renewal = new.reply(make_request(renewed, "sha512", bytes).raw, SECOND)
        parts = {
            "text": TEXT,
            "request": make_request(TEXT, "sha256", bytes).raw,
            "reply": reply,
            "chain": old.chain_pem,
            "lists": lists,
            "renewed": renewed,
            "renewal": renewal,
            "renewal_chain": new.chain_pem,
            "renewal_lists": later,
        }
    said = {name: b64encode(part).decode() for name, part in parts.items()}
    Path(__file__).with_name("timestamp.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
