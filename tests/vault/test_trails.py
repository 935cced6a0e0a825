"""The stored form of a trail, and the nonce that is found again."""

from dataclasses import replace

import pytest

from onggi.errors import OnggiError
from onggi.vault.trails import KeptTrail, carried_nonce, read_trail, write_trail


def test_a_trail_s_stored_form_reads_back() -> None:
    kept = KeptTrail("0a" * 32, b"\x00whatever it is", 7)
    assert read_trail(write_trail(kept)) == kept
    assert len({kept.id, replace(kept, when=8).id, replace(kept, raw=b"").id}) == 3
    for stored in (b"", bytes(9), write_trail(kept)[:-1], write_trail(kept).replace(b"0a0a", b"0A0a")):
        with pytest.raises(OnggiError, match=r"vault\.trails\.broken"):
            read_trail(stored)


def test_a_nonce_follows_from_key_and_anchor() -> None:
    first = carried_nonce(bytes(32), b"an anchor")
    assert len(first) == 16 and first == carried_nonce(bytes(32), b"an anchor")
    assert len({first, carried_nonce(bytes(32), b"another"), carried_nonce(b"\x01" * 32, b"an anchor")}) == 3
