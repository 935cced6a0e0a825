"""Anchors as the vault keeps them: the file, the way of each commit to it, and forged ones said."""

from pathlib import Path

import pytest
from tests.vault.invented import ADMIN, MEMBER, Dice, check_as, codes, open_as

from onggi.errors import OnggiError
from onggi.proof.anchor import parse_anchor, verify_anchor
from onggi.proof.signature import Signer
from onggi.vault.anchors import make_anchor, read_anchor
from onggi.vault.checking import check_vault
from onggi.vault.opened import Vault
from onggi.vault.session import write_session
from onggi.vault.writing import store_entry, write_objects


def store(root: Path, signer: Signer | None = None, raw: bytes | None = None) -> Vault:
    """An anchor over all commits of the first compartment, by the publication key unless another is given."""
    with write_session(vault := open_as(root, ADMIN)):
        main = vault.compartment("main")
        signs = signer or vault.publication
        assert signs is not None
        anchor = raw or make_anchor(main.history.steps(), signs, vault.randomness)
        write_objects(vault, {main.log_domain: [store_entry(vault, anchor, "anchor")]})
    return vault


def test_an_anchor_leads_every_commit_to_its_root(root: Path) -> None:
    store(root)
    vault = open_as(root, MEMBER)
    main = vault.compartment("main")
    (anchoring,) = vault.anchors(main)
    assert vault.members.publication is not None
    verify_anchor(anchoring.text, vault.members.publication)
    assert set(anchoring.ways) == {step.hash for step in main.history.steps()}
    assert parse_anchor(anchoring.text).size == 64
    report = check_vault(vault)
    assert report.findings == [] and report.counts["anchors"] == 1
    # Only who was granted the release may sign what is shown.
    assert vault.publication is None and open_as(root, ADMIN).publication is not None


def test_a_forged_anchor_is_said(root: Path) -> None:
    store(root, Signer(bytes(32), bytes(32)))
    assert codes(check_as(root, MEMBER)) == {"vault.anchors.signature"}


@pytest.mark.parametrize("raw", [b"bytes", bytes(200), b"\x00\x00\x00\x02ab{}"], ids=len)
def test_what_is_no_anchor_is_said(root: Path, raw: bytes) -> None:
    with pytest.raises(OnggiError, match="vault.anchors.broken"):
        read_anchor(raw)
    store(root, raw=raw)
    assert codes(check_as(root, MEMBER)) == {"vault.anchors.broken"}


def test_two_anchors_share_nothing(root: Path) -> None:
    vault = open_as(root, ADMIN)
    steps, signer = vault.compartment("main").history.steps(), Signer(bytes(32), bytes(32))
    one, other = (read_anchor(make_anchor(steps, signer, Dice(seed))) for seed in ("one", "other"))
    assert one.ways.keys() == other.ways.keys()
    assert all(one.ways[commit].random != other.ways[commit].random for commit in one.ways)
    assert parse_anchor(one.text).root != parse_anchor(other.text).root
