"""What somebody reads who has files and perhaps passphrases, under every key that follows from them.

It goes by the format alone and by none of the program's rules: both copies of every cell, every part of every
pack under every key at hand, every page of an index whether in use or free, and what an admin can open of
others. So what it does not find is not there for whoever took these files.
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msgspec import structs

from onggi.errors import OnggiError
from onggi.proof.digest import HASH_SIZE
from onggi.vault.cells import open_cell, read_copies
from onggi.vault.enrol import mailbox_key
from onggi.vault.folder import Folder
from onggi.vault.heads import heads_key
from onggi.vault.keyring import read_keyring, ring_key
from onggi.vault.opened import Compartment, Vault, open_vault
from onggi.vault.packs import Domain, Part
from onggi.vault.seal import Randomness

_KINDS = ("entry", "commit", "anchor", "leaves", "body", "item", "itemleaf", "tombstone", "deposit")

# What SQLCipher 4 makes of a page: its content, a nonce, and a tag over both and the page's number.
_PAGE, _SALT, _NONCE, _TAG = 4096, 16, 16, 64


@dataclass
class Haul:
    """What was taken: files by place and size; what is readable as it lies; what was opened; keys at hand."""

    sizes: dict[str, int] = field(default_factory=dict)
    clear: dict[str, bytes] = field(default_factory=dict)
    opened: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)

    def holds(self, *needles: str | bytes) -> bool:
        """Whether any of these stands in clear or in what was opened."""
        forms = [form for needle in needles for form in list_forms(needle)]
        return any(form in text for text in (*self.clear.values(), *self.opened.values()) for form in forms)

    def has_key(self, key: bytes) -> bool:
        """Whether a key is among those at hand."""
        return key in self.keys.values()


def list_forms(needle: str | bytes) -> Iterator[bytes]:
    """A text in both forms of Unicode; bytes as they are, in hex and in base64."""
    if isinstance(needle, str):
        yield from {unicodedata.normalize(form, needle).encode() for form in ("NFC", "NFD")}
    else:
        yield from (needle, needle.hex().encode(), base64.b64encode(needle).rstrip(b"="))


def plunder(place: Path, passphrases: Sequence[str], randomness: Randomness) -> Haul:
    """Read all that lies at a place, and open what these passphrases open."""
    haul = Haul()
    vaults = [root for root in (place, *place.rglob("*")) if Folder(root, randomness).exists()]
    for path in sorted(place.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(place))
            haul.sizes[name] = path.stat().st_size
            if not any(path.is_relative_to(root) for root in vaults):
                haul.clear[name] = path.read_bytes()
    for root in vaults:
        slots = [int(name[5:]) for name in Folder(root, randomness).names("keys")]
        for slot, passphrase in product(slots, passphrases):
            with suppress(OnggiError):
                vault = open_vault(root, slot, passphrase, randomness)
                _Opening(vault, haul).take_all()
    return haul


@dataclass
class _Opening:
    """One member's vault on its way into a haul."""

    vault: Vault
    haul: Haul

    def take_all(self) -> None:
        self._take_secrets()
        for compartment in self.vault.compartments:
            for what, key in compartment.keys.items():
                self._keep(f"{compartment.id} {what}", key)
            for stratum in compartment.strata:
                self._take_ring(compartment, stratum)
        for domain in self._list_domains():
            self._take_packs(domain)
        self._take_cells()
        self._take_indexes()

    def _keep(self, what: str, key: bytes) -> None:
        self.haul.keys[f"{self.vault.device.id} {what}"] = key

    def _take(self, where: str, text: bytes) -> None:
        self.haul.opened[f"{self.vault.device.id} {where}"] = text

    def _take_secrets(self) -> None:
        for name, value in structs.asdict(self.vault.device.secret).items():
            if isinstance(value, str) and len(value) == 2 * HASH_SIZE:
                self._keep(name, bytes.fromhex(value))
        for at in range(0, len(self.vault.publication_seeds), 32):
            self._keep(f"publication {at}", self.vault.publication_seeds[at : at + 32])

    def _take_ring(self, compartment: Compartment, stratum: str) -> None:
        """Both copies of a keyring: the second may be older."""
        name = compartment.grants.start.rings[stratum]
        key = ring_key(compartment.keys[stratum], compartment.id, stratum)
        for number, cell in enumerate(read_copies(self.vault.folder, "rings", name)):
            data = open_cell(key, self.vault.id, "rings", name, cell)
            ring = read_keyring(data, compartment.id, stratum, self.vault.device)
            where = f"rings/{name}.{number}"
            self._take(where, data + json.dumps([*ring.units, *ring.erased]).encode())
            self._keep(f"{where} ring", ring.ring_key)
            self._keep(f"{where} index", ring.index_key)
            for unit, unit_key in ring.units.items():
                self._keep(f"{where} {unit}", unit_key)

    def _list_domains(self) -> list[Domain]:
        """All packs that open: her own, and to an admin other members' mailboxes."""
        vault = self.vault
        domains = [vault.vault_domain, vault.mailbox_domain]
        for card in vault.members.devices.values():
            with suppress(OnggiError):
                domains.append(Domain("mailbox", card.id, mailbox_key(vault, card)))
        vault.shelf.add(domains)
        for compartment in vault.compartments:
            domains += [compartment.log_domain, *map(compartment.domain, compartment.strata)]
        return domains

    def _take_packs(self, domain: Domain) -> None:
        shelf = self.vault.shelf
        for kind in _KINDS:
            for part in shelf.parts(domain, kind):
                # What stands in the list of a pack is told even where the part itself does not open.
                where = f"{part.pack} {kind} {part.unit} {part.object} {part.number}"
                self._take(where, self._read_part(domain, part) or b"")

    def _read_part(self, domain: Domain, part: Part) -> bytes | None:
        for key in (None, *set(self.haul.keys.values())):
            with suppress(OnggiError):
                return self.vault.shelf.read_part(domain, part, key)
        return None

    def _take_cells(self) -> None:
        vault = self.vault
        keys = {"heads": heads_key(vault.vaultkey), "desks": vault.device.desk}
        for place, key in keys.items():
            for file in vault.folder.names(place):
                name = file.split("/")[1].partition(".")[0]
                with suppress(OnggiError):
                    self._take(file, open_cell(key, vault.id, place, name, vault.folder.read(file)))

    def _take_indexes(self) -> None:
        for name in self.vault.folder.names("index"):
            data = self.vault.folder.read(name)
            for key in set(self.haul.keys.values()):
                for number, page in enumerate(read_pages(data, key)):
                    self._take(f"{name} {number}", page)


def read_pages(data: bytes, key: bytes) -> list[bytes]:
    """Every page of an SQLCipher file, in use or free; none where this is not its key."""
    salt = data[:_SALT]
    tag_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    pages = []
    for number, at in enumerate(range(0, len(data), _PAGE), 1):
        page = data[at + _SALT : at + _PAGE] if number == 1 else data[at : at + _PAGE]
        sealed, nonce, tag = page[: -_NONCE - _TAG], page[-_NONCE - _TAG : -_TAG], page[-_TAG:]
        if hmac.digest(tag_key, sealed + nonce + number.to_bytes(4, "little"), "sha512") != tag:
            return []
        cipher = Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor()
        pages.append(cipher.update(sealed) + cipher.finalize())
    return pages
