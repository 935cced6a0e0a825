"""P2, P16. A vault that a newer program has written to is refused as newer, and nothing in it is changed.

What an honest newer program would do is done with today's, told to write another number: in each place that
has one. A number that nobody signed is damage instead (tests/vault/test_commits.py).
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct, json, structs
from tests.promises.bounded import picture
from tests.vault.invented import (
    ADMIN,
    ALPHA,
    COST,
    PASSPHRASES,
    build_vault,
    copy_folder,
    make_entries,
    open_as,
    stretch_cheaply,
    write,
)

from onggi.cli.main import run
from onggi.errors import Exit
from onggi.proof.signature import Signer
from onggi.vault import enrol, folder, heads, keyring, keyslot, members, packs, writing
from onggi.vault.erasing import erase_unit
from onggi.vault.grants import Grant
from onggi.vault.keyslot import build_keyslot, slot_name
from onggi.vault.members import Genesis
from onggi.vault.opened import Vault
from onggi.vault.packs import Domain
from onggi.vault.session import write_session
from onggi.vault.signed import sign_body
from onggi.vault.writing import Change, store_entry, write_objects
from onggi.words import say

Patch = pytest.MonkeyPatch


class Later(Struct, frozen=True, tag="revoke"):
    """An entry of a type that is reserved, and that today's program does not know."""

    v: int
    by: str
    prev: tuple[str, ...]
    device: str


def sign_newer(signer: Signer, label: str, body: Struct) -> bytes:
    """Signed bytes as `sign_body` makes them, of version 2."""
    encoded = json.encode({**json.decode(json.encode(body)), "v": 2}, order="sorted")
    return len(encoded).to_bytes(4, "big") + encoded + signer.sign(label, encoded)


def change_keyslot(vault: Vault, patch: Patch) -> None:
    """The version of a keyslot."""
    name = slot_name(ADMIN)
    vault.folder.replace(name, b"\x02" + vault.folder.read(name)[1:])


def change_flags(vault: Vault, patch: Patch) -> None:
    """A key file."""
    name = slot_name(ADMIN)
    vault.folder.replace(name, b"\x01\x01" + vault.folder.read(name)[2:])


def change_secret(vault: Vault, patch: Patch) -> None:
    """What a keyslot holds."""
    secret = structs.replace(vault.device.secret, v=2)
    cell = build_keyslot(secret, vault.passphrase, COST, vault.randomness)
    vault.folder.replace(slot_name(ADMIN), cell)


def change_opening(vault: Vault, patch: Patch) -> None:
    """The opening of a pack."""
    patch.setattr(packs, "_VERSION", 2)
    write(vault, {"record": Change(make_entries(ALPHA, 1))})


def change_commit(vault: Vault, patch: Patch) -> None:
    """A commit."""
    patch.setattr(writing, "sign_body", sign_newer)
    write(vault, {"record": Change(make_entries(ALPHA, 1))})


def change_heads(vault: Vault, patch: Patch) -> None:
    """The heads of a device."""
    patch.setattr(heads, "sign_body", sign_newer)
    write(vault, {"record": Change(make_entries(ALPHA, 1))})


def change_keyring(vault: Vault, patch: Patch) -> None:
    """A keyring, by a unit that is new."""
    outer = keyring._Outer
    patch.setattr(keyring, "_Outer", lambda v, *rest: outer(2, *rest))
    with write_session(vault):
        compartment = vault.compartment("main")
        writing.save_ring(vault, compartment, compartment.rings["record"].with_unit("12" * 16, bytes(32)))


def change_tombstone(vault: Vault, patch: Patch) -> None:
    """A tombstone."""
    patch.setattr(keyring, "sign_body", sign_newer)
    with write_session(vault):
        erase_unit(vault, vault.compartment("main"), "record", ALPHA)


def change_member(vault: Vault, patch: Patch) -> None:
    """An entry of the membership log."""
    patch.setattr(enrol, "sign_body", sign_newer)
    with write_session(vault):
        enrol.record_copy(vault, "2026-01-01")


def add_member_type(vault: Vault, patch: Patch) -> None:
    """A type of entry of the membership log."""
    _store(vault, vault.vault_domain, Later(1, vault.device.id, vault.members.tips, vault.device.id))


def add_grant_type(vault: Vault, patch: Patch) -> None:
    """A type of entry of a grant log."""
    compartment = vault.compartment("main")
    tips = compartment.grants.tips
    _store(vault, compartment.log_domain, Later(1, vault.device.id, tips, vault.device.id))


def change_grant(vault: Vault, patch: Patch) -> None:
    """An entry of a grant log."""
    compartment, device = vault.compartment("main"), vault.device.id
    entry = Grant(2, device, compartment.grants.tips, device, ("record",))
    _store(vault, compartment.log_domain, entry)


def change_wraps(vault: Vault, patch: Patch) -> None:
    """What lies in a mailbox."""
    _store(vault, vault.mailbox_domain, Later(2, vault.device.id, (), vault.device.id))


def _store(vault: Vault, domain: Domain, entry: Struct) -> None:
    with write_session(vault):
        raw = sign_body(vault.device.signer, "entry", entry)
        write_objects(vault, {domain: [store_entry(vault, raw)]})


CHANGES: tuple[Callable[[Vault, Patch], None], ...] = (
    change_keyslot,
    change_flags,
    change_secret,
    change_opening,
    change_commit,
    change_heads,
    change_keyring,
    change_tombstone,
    change_member,
    add_member_type,
    add_grant_type,
    change_grant,
    change_wraps,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented vault; nobody writes here."""
    root = tmp_path_factory.mktemp("newer") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        make_cheap(patch)
        build_vault(root)
    return root


def make_cheap(patch: Patch) -> None:
    """A passphrase costs nothing, and nothing waits for the disk."""
    patch.setattr(keyslot, "stretch", stretch_cheaply)
    patch.setattr(folder, "_sync", lambda file: None)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_what_a_newer_program_wrote(
    template: Path,
    tmp_path: Path,
    monkeypatch: Patch,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Vault, Patch], None],
) -> None:
    """Keyslots, secrets, packs, commits, heads, keyrings, tombstones, entries and types of a later version,
    each met by commands that read and commands that write."""
    make_cheap(monkeypatch)
    root = copy_folder(template, tmp_path / "vault")
    with pytest.MonkeyPatch.context() as patch:
        vault = open_as(root, ADMIN)
        # Today's program would meet what it writes and stop; tomorrow's knows it.
        patch.setattr(Vault, "load", lambda self: None)
        change(vault, patch)
    (tmp_path / "key").write_text(PASSPHRASES[ADMIN], "utf-8")
    (tmp_path / "new.toml").write_text('onggi = 1\n[case]\ntitle = "x"\nlang = "en"\n', "utf-8")
    before = picture(root)
    for words in (["log"], ["verify"], ["record", f"{tmp_path}/new.toml", "--compartment", "main"]):
        key = ["--passphrase-file", f"{tmp_path}/key"]
        assert run([words[0], str(root), *words[1:], *key]) in {Exit.CLOSED, Exit.FINDINGS}, words
        said = capsys.readouterr()
        assert say("vault.newer", "en") in said.err + said.out, said
    assert picture(root) == before


def test_a_vault_of_a_newer_format(
    tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A vault that begins with the number of another format."""
    make_cheap(monkeypatch)
    (tmp_path / "key").write_text("passphrase", "utf-8")
    key = ["--passphrase-file", f"{tmp_path}/key"]
    with pytest.MonkeyPatch.context() as patch:
        later = lambda v, by, prev, form, *rest: Genesis(v, by, prev, 2, *rest)  # noqa: E731 - stands for a class
        patch.setattr(enrol, "Genesis", later)
        patch.setattr(members, "_FORMAT", 2)
        assert run(["init", f"{tmp_path}/vault", *key]) == Exit.WELL
    before = picture(tmp_path / "vault")
    assert run(["log", f"{tmp_path}/vault", *key]) == Exit.CLOSED
    assert say("vault.newer", "en") in capsys.readouterr().err
    assert picture(tmp_path / "vault") == before
