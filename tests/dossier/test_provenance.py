"""What a bag carries of the tokens that are kept: each that a stranger finds right, once, with its chain."""

import shutil
from pathlib import Path

import pytest
from cryptography import x509
from tests.evidence.authority import Authority, build_authority
from tests.evidence.timestamp.conftest import earlier, root, template
from tests.vault.invented import ADMIN, open_as

from onggi.dossier.bag import Timestamp
from onggi.dossier.provenance import list_timestamps
from onggi.evidence.timestamp.beside import check_beside
from onggi.evidence.timestamp.certificates import read_papers
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.request import make_request
from onggi.evidence.timestamp.stamps import target_renewal, tokens_of
from onggi.vault.anchoring import cover_all
from onggi.vault.opened import Vault

__all__ = ["earlier", "root", "template"]

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl"),
]


@pytest.fixture
def one(tmp_path: Path) -> Authority:
    return build_authority(tmp_path / "one", "EXAMPLE Authority A")


@pytest.fixture
def two(tmp_path: Path) -> Authority:
    """One whose replies carry two certificates, its own and the root's."""
    return build_authority(tmp_path / "two", "EXAMPLE Authority B", embeds=2)


@pytest.fixture
def vault(root: Path) -> Vault:
    return open_as(root, ADMIN)


def anchor(vault: Vault) -> bytes:
    return cover_all(vault, vault.compartment("main")).text


def stamp(vault: Vault, authority: Authority) -> bytes:
    return authority.reply(make_request(anchor(vault), "sha256", bytes).raw)


def carried(vault: Vault) -> list[Timestamp]:
    """What a bag would carry; a stranger finds each of it right."""
    text = anchor(vault)
    found = list(list_timestamps(vault, vault.compartment("main"), text))
    assert all(check_beside(each.reply, text, each.chain, each.crl, "").valid for each in found)
    return found


def test_two_authorities_brought_at_once_with_one_file_of_certificates(
    vault: Vault, one: Authority, two: Authority
) -> None:
    """As the guide shows it; in whatever order the certificates stand in the file."""
    replies = [stamp(vault, one), stamp(vault, two)]
    papers = one.root_pem + two.crl_pem + two.root_pem + one.tsa_pem + one.crl_pem
    attach_replies(vault, vault.compartments, replies, 1, papers)
    found = {each.reply: each for each in carried(vault)}
    assert set(found) == set(replies)
    assert found[replies[0]].chain == one.chain_pem and found[replies[1]].chain == two.chain_pem
    assert [len(read_papers(each.crl).lists) for each in found.values()] == [1, 1]


def test_a_reply_that_carries_its_root_needs_no_file(vault: Vault, two: Authority) -> None:
    attach_replies(vault, vault.compartments, [stamp(vault, two)], 1)
    (found,) = carried(vault)
    assert (found.chain, found.crl) == (two.chain_pem, b"")


def test_what_was_first_brought_without_its_chain_is_there_once(vault: Vault, one: Authority) -> None:
    raw = stamp(vault, one)
    attach_replies(vault, vault.compartments, [raw], 1)
    assert carried(vault) == []  # nobody could check it
    attach_replies(vault, vault.compartments, [raw], 2, one.root_pem)
    attach_replies(vault, vault.compartments, [raw], 3, one.crl_pem)
    (found,) = carried(vault)
    assert found.chain == one.chain_pem and found.crl
    assert len(tokens_of(vault, vault.compartment("main"), anchor(vault))) == 3


def test_a_list_that_tells_it_is_withdrawn_is_not_left_behind(vault: Vault, one: Authority) -> None:
    """What is known against a token, from whatever file, keeps it inside."""
    raw = stamp(vault, one)
    attach_replies(vault, vault.compartments, [raw], 1, one.chain_pem)
    assert len(carried(vault)) == 1
    gone = one.make_list(withdrawn=one.tsa.not_valid_before_utc, reason=x509.ReasonFlags.key_compromise)
    attach_replies(vault, vault.compartments, [raw], 2, one.chain_pem + gone)
    assert carried(vault) == []


def test_renewals_stay_in_the_vault(vault: Vault, one: Authority, two: Authority) -> None:
    raw = stamp(vault, one)
    attach_replies(vault, vault.compartments, [raw], 1, one.chain_pem)
    (kept,) = tokens_of(vault, vault.compartment("main"), anchor(vault))
    target = target_renewal(anchor(vault), kept)
    renewal = two.reply(make_request(target.stamped, target.algorithm, bytes).raw)
    assert attach_replies(vault, vault.compartments, [renewal], 2).gained
    assert [each.reply for each in carried(vault)] == [raw]
