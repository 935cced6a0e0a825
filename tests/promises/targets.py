"""Every parser, as a function from bytes, and examples of what it reads.

A target returns where bytes are read, and where they are refused as documented; whatever else it raises is a
fault. What stands behind seals and signatures is reached by sealing and signing the bytes themselves: that is
what a colleague could do who means harm. `test_parsers` and `fuzz` share these.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

import msgspec
from tests.dossier.invented import SIGNER, Grove, make_dossier
from tests.intake.vault_double import Dice as Numbers
from tests.intake.vault_double import VaultDouble, name_people
from tests.ledger.invented import hold, state
from tests.vault.invented import COST, Dice, stretch_cheaply
from tests.vault.people import (
    ANNA,
    BORA,
    COMPARTMENT,
    ENTRIES,
    LOG_KEY,
    START,
    STRATUM_KEYS,
    VAULT,
    VAULT_KEY,
    commit,
    fold,
    grant,
)

from onggi.errors import OnggiError
from onggi.evidence.calendar import header
from onggi.evidence.calendar.header import read_headers
from onggi.evidence.calendar.trail import begin_trail, insert_answer, read_branch, read_trail
from onggi.evidence.cuts import parse_cuts
from onggi.evidence.derived import parse_derived
from onggi.evidence.timestamp.certificates import (
    build_chain,
    is_cleared,
    is_spelled,
    judge_lists,
    list_addresses,
    read_papers,
)
from onggi.evidence.timestamp.library import ask_library
from onggi.evidence.timestamp.reply import read_reply, sort_certificates
from onggi.evidence.verify import check_bag
from onggi.intake.files import is_plain
from onggi.intake.record import read_record
from onggi.ledger.bigrams import conditions_of, conditions_of_name, normalise, split_text, tie_of
from onggi.ledger.fold import fold as fold_statements
from onggi.ledger.sentence import labelled, say_statement, search_text
from onggi.ledger.weigh import count_sources, find_conflicts
from onggi.model.entity import read_code
from onggi.model.naming import read_naming
from onggi.model.places import places_named
from onggi.model.spoken import read_spoken
from onggi.model.statement import read_slots, write_slots
from onggi.model.when import When, may_overlap
from onggi.proof.anchor import parse_anchor
from onggi.proof.canonical import decode_canonical, encode_canonical
from onggi.proof.part import find_roots, is_publication, parse_part
from onggi.proof.signature import SIGNATURE_SIZE, parse_pems
from onggi.vault import keyslot, packs
from onggi.vault.anchors import make_anchor, read_anchor
from onggi.vault.cells import SMALLEST, build_cell, open_cell
from onggi.vault.commits import Commit, Step, log_id, read_history
from onggi.vault.folder import Folder
from onggi.vault.grants import Wraps, read_grants
from onggi.vault.heads import Heads, Tip, read_heads, write_heads
from onggi.vault.keyring import Tombstone, accept_tombstone, make_keyring, read_keyring, write_keyring
from onggi.vault.keys import Device, wrap
from onggi.vault.keyslot import build_keyslot, open_keyslot
from onggi.vault.members import read_members
from onggi.vault.packs import OPENING, Domain, Shelf, index_context, seal_opening
from onggi.vault.seal import derive, frame, pad, padded_length, seal
from onggi.vault.signed import hash_signed, read_body, sign_body
from onggi.vault.strata import _read_body, _read_item
from onggi.vault.surroundings import judge_place
from onggi.vault.tokens import Kept, read_token, write_token
from onggi.vault.trails import KeptTrail, write_trail
from onggi.vault.trails import read_trail as read_kept_trail
from onggi.words.heads import read_head, say_head

Target = Callable[[bytes], object]

UNIT = "11" * 16
ZERO = Dice("targets")
MEMBERS = fold()
GRANTS = read_grants(MEMBERS, [START, grant(ANNA, ANNA, "record"), grant(ANNA, BORA, "record")])
DEVICE = Device.of(msgspec.structs.replace(ANNA.device.secret, vault=VAULT))
DOMAIN = Domain("record", COMPARTMENT, STRATUM_KEYS["record"])
PACK = "packs/0/" + "0" * 63
BAG = make_dossier(2)
# Every module that would verify what a target has only framed.
_VERIFYING = ("commits", "grants", "heads", "keyring", "members", "opened", "signed")


class Memory(Folder):
    """A vault's folder that lies nowhere."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(Path("nowhere"), ZERO)
        self._files = files

    def names(self, place: str) -> list[str]:
        return [name for name in self._files if name.startswith(f"{place}/")]

    def read(self, name: str) -> bytes:
        return self._files[name]

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        return self._files[name][offset : offset + length]

    def size(self, name: str) -> int:
        return len(self._files[name])


@contextmanager
def unguarded() -> Iterator[None]:
    """Bytes are taken as signed by whoever they name, and passphrases cost nothing."""
    with patch.object(keyslot, "stretch", stretch_cheaply):
        modules = [import_module(f"onggi.vault.{name}") for name in _VERIFYING]
        patches = [patch.object(module, "check_signed", lambda *_: None) for module in modules]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()


def sign(body: bytes) -> bytes:
    """Signed bytes with anything in them; only where nobody verifies."""
    return len(body).to_bytes(4, "big") + body + bytes(SIGNATURE_SIZE)


def unsign(raw: bytes) -> bytes:
    """The body of signed bytes."""
    return raw[4:-SIGNATURE_SIZE]


def read_text_as(read: Callable[[str], object]) -> Target:
    """A parser of text, as a target: bytes that are no text become text that no encoder can write."""
    return lambda data: read(data.decode("utf-8", "surrogateescape"))


def read_table(data: bytes) -> object:
    """A table, with its map before the first form feed, if there is one."""
    mapping, cut, table = data.partition(b"\f")
    case = VaultDouble({"C-7Q2WZ5C": ("0" * 32, "case")})
    mapped = mapping if cut else None
    return read_record(table if cut else data, "csv", case, Numbers(), mapping=mapped, case="C-7Q2WZ5C")


def read_any_reply(data: bytes) -> None:
    """A reply as we read it, and as the library does behind that."""
    token = read_reply(data).token
    known = read_papers(_STAMPS["chain"] + _STAMPS["renewal_chain"]).certificates
    chain = build_chain(token, known, ()) if token else None
    if token and chain:
        ask_library(sort_certificates(data, token), token.digest, chain)


def read_any_trail(data: bytes) -> None:
    """A trail, the answer of a calendar about one, and that put into another."""
    insert_answer(begin_trail(bytes(32)), 0, data, bytes(32))
    read_branch(data, bytes(32))
    read_trail(begin_trail(bytes(32)) + data)


def read_any_headers(data: bytes) -> None:
    """Headers of blocks, also of those that cost nothing."""
    with patch.object(header, "LEAST_WORK", 1):
        read_headers(data)


def read_any_papers(data: bytes) -> None:
    """Certificates and lists that somebody sends."""
    papers = read_papers(data)
    for one in papers.certificates:
        list_addresses(one)
    token = read_reply(_STAMPS["reply"]).token
    chain = build_chain(token, papers.certificates, papers.certificates[-1:]) if token else None
    if token and chain:
        judge_lists(chain, papers.lists, token.moment, "token")
        is_cleared(chain, papers.lists)
    is_spelled(data, b"CERTIFICATE")


def read_toml(data: bytes) -> object:
    """A record file."""
    return read_record(data, "toml", VaultDouble(names=name_people("리영희", "010-1234-5678")), Numbers())


def read_dates(text: str) -> None:
    """As EDTF, and as people speak."""
    with suppress(OnggiError):
        may_overlap(When(text), When("2019-06"))
    for lang, interview in (
        (None, None),
        ("ko", When("2019-06")),
        ("zh", When("XXXX")),
        ("en", When("0000/")),
    ):
        read_spoken(text, lang, interview)


def read_query(text: str) -> None:
    """Words of a search, each with what it must match."""
    for word in normalise(text).split():
        conditions_of(word)
        conditions_of_name(word)
        labelled(word)
        split_text(word)
        tie_of(word)


def read_bag(data: bytes) -> object:
    """One file of a bag, chosen by the first byte, in two bags: as it was sealed, and sealed anew."""
    paths = sorted(BAG)
    return check_bag(BAG | {paths[data[0] % len(paths)]: data[1:]}) if data else check_bag({})


def read_way(data: bytes) -> object:
    """What is shown of some trees, and where it leads."""
    part = parse_part(data)
    return find_roots(part, {1: 64, 2: 64, 3: 64}), is_publication(part)


def read_lists(data: bytes) -> object:
    """What was cut, or what was made from what, chosen by the first byte."""
    if data[:1] == b"c":
        return parse_cuts(data[1:], 3)
    return parse_derived(data[1:], 3, 3, 3, {"data/items/item-1.jpg"})


def read_keys(data: bytes) -> object:
    """Two keys, the first as long as it is."""
    return parse_pems(data[:_PEM], data[_PEM:])


def read_statement(data: bytes) -> None:
    """Five slots, a line each, told, searched and weighed against another statement."""
    first, second, third, fourth, fifth = (data.split(b"\n") + [b"null"] * 5)[:5]
    said = hold(read_slots((first, second, third, fourth, fifth)), 1)
    other = hold(state("other", "left_on", "x", "someone", source="s"), 2)
    search_text(said.statement)
    read_naming(said.statement)
    for lang in ("en", "ko", "zh"):
        say_statement(said, lang, lambda entity: entity)
    folded = fold_statements([said, other], lambda judge, author: True)
    count_sources(folded, [said, other])
    list(find_conflicts(folded, [said, other]))


def read_slot(data: bytes) -> object:
    """A keyslot's file, whatever it is."""
    return open_keyslot(Memory({"keys/01": data}), 1, "passphrase")


def read_secret(data: bytes) -> object:
    """What stands behind a passphrase."""
    cell = _write_slot()
    key = stretch_cheaply("passphrase", cell[14:30], COST, DEVICE.secret.slot)
    plain = pad(data[:4092], 4096, 4)
    sealed = seal(key, frame("device", DEVICE.secret.slot), plain, ZERO)
    forged = cell[:30] + sealed + cell[30 + len(sealed) :]
    return Device.of(open_keyslot(Memory({"keys/01": forged}), 1, "passphrase"))


def read_pack(data: bytes) -> None:
    """The index of a pack, and every part that it names."""
    padded = pad(data, padded_length(len(data), 1 << 20))
    sealed = seal(DOMAIN.pack_key, index_context(VAULT, DOMAIN), padded, ZERO)
    pack = seal_opening(VAULT, DOMAIN, OPENING, len(sealed), ZERO) + sealed
    shelf = Shelf(Memory({PACK: pack}), VAULT)
    shelf.add([DOMAIN])
    for part in shelf.all_parts():
        with suppress(OnggiError):
            shelf.read_object(DOMAIN, shelf.parts_of(DOMAIN, part.kind, part.object), bytes(32))


def read_opening(data: bytes) -> None:
    """The first bytes of a pack, sealed for us."""
    opening = seal(DOMAIN.pack_key, packs._opening_context(VAULT, DOMAIN), data[:64].ljust(64, b"\0"), ZERO)
    Shelf(Memory({PACK: opening + data}), VAULT).add([DOMAIN])


def read_ring(data: bytes) -> object:
    """A keyring's cell."""
    return read_keyring(data, COMPARTMENT, "identity", DEVICE)


def read_units(data: bytes) -> object:
    """What a keyring's cell holds under the ring key."""
    ring_key, outer = _wrap_ring()
    context = frame("keyring", bytes.fromhex(VAULT), bytes.fromhex(COMPARTMENT), "identity")
    box = base64.b64encode(seal(ring_key, context, data, ZERO)).decode()
    return read_ring(json.dumps(outer | {"box": box}).encode())


def read_cell(data: bytes) -> object:
    """A cell, whatever it is."""
    return open_cell(VAULT_KEY, VAULT, "heads", "0a" * 16, data.ljust(SMALLEST, b"\0"))


def read_head_cell(data: bytes) -> object:
    """The heads of a device."""
    return read_heads(sign(data), ANNA.card, {COMPARTMENT: LOG_KEY}, ANNA.device.desk)


def read_tip(data: bytes) -> object:
    """A box among the heads."""
    key = derive(LOG_KEY, "heads", bytes.fromhex(COMPARTMENT))
    box = base64.b64encode(seal(key, frame("tip"), pad(data[:250], 256, 2), ZERO)).decode()
    written = json.loads(unsign(_heads()))
    return read_head_cell(json.dumps(written | {"boxes": [box]}).encode())


def read_member(data: bytes) -> object:
    """An entry of the membership log."""
    members = read_members(VAULT, [*ENTRIES, sign(data)])
    return members.cells, members.slots(), members.publics


def read_grant(data: bytes) -> object:
    """An entry of a grant log; as the first, too."""
    with suppress(OnggiError):
        read_grants(MEMBERS, [sign(data)])
    return read_grants(MEMBERS, [START, sign(data)])


def read_mailbox(data: bytes) -> object:
    """An entry of a mailbox."""
    wraps = read_body(sign(data), Wraps)
    return [DEVICE.unwrap(bytes.fromhex(one.box), b"info") for one in wraps.keys]


def read_commit(data: bytes) -> object:
    """A commit among others."""
    history = read_history(MEMBERS, GRANTS, [*_commits(), sign(data)])
    return [step.commit.root for step in history.steps()], history.seen, history.gaps


def read_tombstone(data: bytes) -> object:
    """A tombstone."""
    return accept_tombstone(MEMBERS, COMPARTMENT, "identity", sign(data))


def read_bodies(data: bytes) -> object:
    """Statements of one unit, and the leaf of a file."""
    with suppress(OnggiError):
        _read_item(UNIT, UNIT, data)
    return list(_read_body(UNIT, data))


def read_mounts(data: bytes) -> object:
    """A table of mounted file systems."""
    with patch.object(Path, "read_text", lambda *_: data.decode("utf-8", "replace")):
        return judge_place(Path("/mnt/a/vault"), Path("mounts"))


@cache
def _write_slot() -> bytes:
    with unguarded():
        return build_keyslot(DEVICE.secret, "passphrase", COST, ZERO)


@cache
def _wrap_ring() -> tuple[bytes, dict[str, object]]:
    ring = make_keyring(COMPARTMENT, "identity", ZERO).shared({ANNA.id: ANNA.card.xwing}, VAULT)
    return ring.ring_key, json.loads(write_keyring(ring, VAULT, ZERO))


@cache
def _heads() -> bytes:
    tip = Tip(COMPARTMENT, "0d" * 16, 3, "ab" * 32)
    heads = Heads(ANNA.id, packs=frozenset({"cd" * 32}), tips={COMPARTMENT: tip})
    return write_heads(heads, ANNA.device.signer, ANNA.device.desk, {COMPARTMENT: LOG_KEY}, ZERO)


@cache
def _commits() -> tuple[bytes, bytes]:
    first = commit(ANNA, 0)
    return first, commit(ANNA, 1, first)


def _write_mark() -> bytes:
    return sign_body(ANNA.device.signer, "tombstone", Tombstone(1, UNIT, COMPARTMENT, "identity", ANNA.id))


def _write_ring() -> bytes:
    ring = make_keyring(COMPARTMENT, "identity", ZERO).with_unit(UNIT, bytes(32))
    return write_keyring(ring.shared({ANNA.id: ANNA.card.xwing}, VAULT), VAULT, ZERO)


def _write_index() -> bytes:
    row = ("body", UNIT, UNIT, 0, 1, OPENING, 1000, log_id(COMPARTMENT, ANNA.id), 0)
    return msgspec.json.encode({"objects": [row, row]})


def _write_way() -> bytes:
    step = Step(read_body(_commits()[0], Commit), hash_signed("commit", _commits()[0]))
    return make_anchor([step], SIGNER, ZERO)


def _list_examples(*names: str) -> tuple[bytes, ...]:
    folder = Path(__file__).parents[2] / "examples"
    return tuple(path.read_bytes() for name in names for path in sorted(folder.glob(name)))


_STAMPS = {
    name: base64.b64decode(part)
    for name, part in json.loads((Path(__file__).parents[1] / "vectors/timestamp.json").read_text()).items()
}
_TRAILS = {
    name: bytes.fromhex(part)
    for name, part in json.loads((Path(__file__).parents[1] / "vectors/calendar.json").read_text()).items()
    if isinstance(part, str)
}
_PARTS = tuple(BAG[f"data/{part}/proof.txt"] for part in ("publication", "provenance"))
_LISTS = (b"c" + BAG["data/withheld.jsonl"], b"d" + BAG["data/provenance/derived.txt"])
_PEM = len(SIGNER.public.ed25519_pem)
_TABLES = _list_examples("invented/*.csv", "broken/*.csv")
_MAP = _list_examples("invented/list-map.toml")[0]
_SLOTS = b"\n".join(write_slots(state("one", "left_on", "고향", "someone", source="s")))
_NUMBER = b"""{"property":"price","value":{"number":"3000","type":"number","unit":"CNY"}}"""
_DATES = (
    *("2013-05-04", "201X-XX", "2013~/2014?", "../1998", "XXXX-12-25", "2001-21", "2010년 3월 초순"),
    *("재작년 겨울", "주체99(2010)년", "음력 정월 보름", "석 달 전", "九八年农历正月初五"),
    *("二〇一〇年前后", "three years ago in spring", "mid-1990s", "early March 2010", "Juche 99 (2010)"),
)
_LANGUAGES = ("en", "ko", "zh")
_UNITS = {"units": {UNIT: "0" * 64}, "erased": [], "index": "0" * 64}
_TIP = {"compartment": COMPARTMENT, "log": UNIT, "seq": 1, "hash": "0" * 64}
_KEYS = {"what": "log", "epoch": UNIT, "box": wrap(bytes(32), bytes.fromhex(ANNA.card.xwing), b"info").hex()}
_WRAPS = {"type": "wraps", "v": 1, "by": ANNA.id, "prev": [], "compartment": "", "keys": [_KEYS]}

TARGETS: Mapping[str, tuple[Target, tuple[bytes, ...]]] = MappingProxyType(
    {
        "record": (read_toml, _list_examples("*/*.toml")),
        "table": (read_table, (*_TABLES, *(_MAP + b"\f" + table for table in _TABLES))),
        "date": (read_text_as(read_dates), tuple(date.encode() for date in _DATES)),
        "code": (read_text_as(read_code), (b"P-7F3K2MY", b"C-7Q2WZ5C", "\uff30-7F3K2MY".encode())),
        "place": (read_text_as(places_named), ("회령".encode(), "延吉".encode(), b"Ch'ongjin", b"KP-10")),
        "query": (read_text_as(read_query), ("리영희 1998".encode(), b'"Li Yingji" AND sold*', b"a-b.c")),
        "words": (
            read_text_as(read_head),
            tuple(say_head(b"12345678", one).encode() for one in _LANGUAGES),
        ),
        "line": (read_text_as(is_plain), (b"she asked", "\u202eno".encode())),
        "mounts": (read_mounts, (b"/dev/a / ext4 rw 0 0\nb /mnt/a\\040b btrfs rw 0 0\n",)),
        "canonical": (decode_canonical, (encode_canonical({"a": [1, "b", None, {"c": True}]}),)),
        "statement": (read_statement, (_SLOTS, _NUMBER + b"\n" + _SLOTS.partition(b"\n")[2])),
        "bag": (read_bag, tuple(bytes([at]) + BAG[path] for at, path in enumerate(sorted(BAG)))),
        "proof": (read_way, _PARTS),
        "lists": (read_lists, _LISTS),
        "anchor": (parse_anchor, (Grove(1).anchor.text,)),
        "keys": (read_keys, (SIGNER.public.ed25519_pem + SIGNER.public.mldsa_pem,)),
        "keyslot": (read_slot, (_write_slot(),)),
        "secret": (read_secret, (msgspec.json.encode(DEVICE.secret),)),
        "opening": (read_opening, (b"\x01" + (136).to_bytes(4, "big") + (1000).to_bytes(4, "big"),)),
        "index": (read_pack, (_write_index(),)),
        "cell": (read_cell, (build_cell(VAULT_KEY, VAULT_KEY, VAULT, "heads", "0a" * 16, b"{}", ZERO),)),
        "keyring": (read_ring, (_write_ring(),)),
        "units": (read_units, (json.dumps(_UNITS).encode(),)),
        "heads": (read_head_cell, (unsign(_heads()),)),
        "tip": (read_tip, (json.dumps(_TIP).encode(),)),
        "member": (read_member, tuple(unsign(entry) for entry in ENTRIES)),
        "grant": (read_grant, (unsign(grant(ANNA, BORA, "record")), unsign(START))),
        "mailbox": (read_mailbox, (json.dumps(_WRAPS).encode(),)),
        "commit": (read_commit, tuple(unsign(raw) for raw in _commits())),
        "tombstone": (read_tombstone, (unsign(_write_mark()),)),
        "way": (read_anchor, (_write_way(),)),
        "token": (read_token, (write_token(Kept("0a" * 32, b"reply", b"chain", b"lists", 1, "0b" * 32)),)),
        "reply": (read_any_reply, (_STAMPS["reply"], _STAMPS["renewal"])),
        "trail": (
            read_any_trail,
            (_TRAILS["later"], *(_TRAILS[name][67:] for name in ("trail", "complete", "shapes"))),
        ),
        "kept trail": (read_kept_trail, (write_trail(KeptTrail("0a" * 32, b"trail", 1)),)),
        "headers": (read_any_headers, (f"900000 {_TRAILS['header'].hex()}\n# said\n".encode(),)),
        "papers": (read_any_papers, (_STAMPS["chain"] + _STAMPS["lists"], _STAMPS["renewal_lists"])),
        "body": (read_bodies, (bytes(8) + (b"\0\0\0\2" + bytes(16) + b"{}") * 5,)),
    }
)

# What parsers stumble over, put where it does not belong.
TOKENS = (
    *(b"", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", "\u202e".encode(), "\u0301".encode() * 40),
    *(b'"', b"'", b'"""', b"\\", b"\\ud800", b"\\u0000", b"[", b"]", b"{", b"}", b"[" * 100, b'{"a":' * 100),
    *(b"null", b"true", b"-0", b"1.5", b"1e999", b"-1", b"9" * 20, b"9" * 5000, b"18446744073709551616"),
    *(b"0" * 32, b"0" * 64, b"f" * 31, b"AAAA", b"=", b"==", b"\r\n", b"\n\n", b",", b":", b"/", b"..", b"~"),
    *(b"?", b"%", b"*", b"\t", b" " * 50, b"XXXX", b"9999-12-31", b"0000"),
    *(word.encode() for word in ("년", "전", "초순", "주체", "음력", "閏", "前", "年代", " ago", "early ")),
)


def feed(name: str, data: bytes) -> str:
    """Give bytes to a parser; the id of why it refused them, or nothing."""
    try:
        TARGETS[name][0](data)
    except OnggiError as error:
        return error.id
    return ""
