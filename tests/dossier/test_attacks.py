"""P2. Every attack on a dossier fails for the reason that is meant, and both verifiers give the same one.

The attacker makes all manifests again and may have any other dossier of the same organisation; keys she has
none. What she changes is told by the name of the check and the file or number that it concerns.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.dossier.authority import Authority, found_authority
from tests.dossier.invented import make_dossier, make_proof, publish, reseal
from tests.dossier.shell import MISSING, Check, ask_both, list_found, run, write_bag

from onggi.dossier.bag import Timestamp
from onggi.dossier.guides import load_guides
from onggi.evidence import verify
from onggi.evidence.verify import check_bag, verify_bag
from onggi.proof.anchor import check_ed25519, check_mldsa, sign_root
from onggi.proof.part import parse_part
from onggi.proof.signature import Signer

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]

Files = dict[str, bytes]

BAG = make_dossier(guides=load_guides())
OTHER = make_dossier(seed=2, guides=load_guides())
LINES = "data/publication/statements.jsonl"
PROOF = "data/publication/proof.txt"
RECORDED = "data/provenance/statements.jsonl"
ANCHOR = "data/anchors/1.txt"


@pytest.fixture(autouse=True)
def checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most attacks leave the anchors as they are: one verification of those is enough."""
    monkeypatch.setattr(verify, "check_ed25519", cache(check_ed25519))
    monkeypatch.setattr(verify, "check_mldsa", cache(check_mldsa))


def put(files: Files, path: str, old: bytes, new: bytes) -> Files:
    """These files with one thing put in place of another, which must be there."""
    assert old in files[path], path
    return files | {path: files[path].replace(old, new, 1)}


def put_line(files: Files, path: str, at: int, line: bytes) -> Files:
    """These files with another line in place of one."""
    lines = files[path].split(b"\n")
    lines[at] = line
    return files | {path: b"\n".join(lines)}


def take(files: Files, *paths: str) -> Files:
    """These files without some."""
    assert set(paths) <= files.keys()
    return {path: content for path, content in files.items() if path not in paths}


def change_value(files: Files) -> Files:
    return put(files, LINES, b"invented 102", b"invented 103")


def change_value_and_leaf(files: Files) -> Files:
    """The statement of another dossier with its leaf and its salts: right in itself, and not of here."""
    return swap_statement(files, lines=True, proof=True)


def swap_statement(files: Files, *, lines: bool, proof: bool) -> Files:
    if lines:
        theirs = OTHER[LINES].split(b"\n")
        for at in range(5):
            files = put_line(files, LINES, at, theirs[at])
    if proof:
        files = put_line(files, PROOF, 2, OTHER[PROOF].split(b"\n")[2])
    return files


def swap_words(files: Files) -> Files:
    return swap_statement(files, lines=True, proof=False)


def reuse_proof(files: Files) -> Files:
    return swap_statement(files, lines=False, proof=True)


def reuse_whole_proof(files: Files) -> Files:
    return files | {PROOF: OTHER[PROOF]}


def reuse_publication(files: Files) -> Files:
    return files | {PROOF: OTHER[PROOF], LINES: OTHER[LINES]}


def reuse_anchor(files: Files) -> Files:
    return files | {ANCHOR: OTHER[ANCHOR]}


def exchange_anchors(files: Files) -> Files:
    one, two = ANCHOR, "data/anchors/2.txt"
    return files | {one: files[two], two: files[one]}


def exchange_words(files: Files) -> Files:
    lines = files[LINES].split(b"\n")
    lines[0:5], lines[5:10] = lines[5:10], lines[0:5]
    return files | {LINES: b"\n".join(lines)}


def exchange_statements(files: Files) -> Files:
    """Two statements in the other order, each with its salts and its leaf."""
    files = exchange_words(files)
    lines = files[PROOF].decode().split("\n")
    lines[2], lines[3] = lines[3].replace(" 1 1 ", " 1 0 "), lines[2].replace(" 1 0 ", " 1 1 ")
    return files | {PROOF: "\n".join(lines).encode()}


def drop_statement(files: Files) -> Files:
    """The last statement taken out, and all numbers made to fit."""
    part = parse_part(files[PROOF])
    lines = [line for at, line in enumerate(files[PROOF].decode().split("\n")) if at != 4]
    text = "\n".join(lines)
    count = len(part.lines)
    for index in range(3, count):
        text = re.sub(rf"(?m)^((?:item|contents) 1) {index} ", rf"\1 {index - 1} ", text)
    text = re.sub(r"(?m)^node .*\n", "", text)
    shorter = b"\n".join(files[LINES].split(b"\n")[:10]) + b"\n"
    return files | {PROOF: text.encode(), LINES: shorter}


def drop_item(files: Files) -> Files:
    """A file taken out, and its line with it."""
    files = take(files, "data/items/item-2.txt")
    text = re.sub(rb"(?m)^item 1 \d+ [0-9a-f]+ data/items/item-2.txt.*\n", b"", files[PROOF])
    return files | {PROOF: text}


def hide_item(files: Files) -> Files:
    return take(files, "data/items/item-2.txt")


def drop_withheld(files: Files) -> Files:
    return take(files, "data/withheld.jsonl")


def shrink_withheld(files: Files) -> Files:
    return files | {"data/withheld.jsonl": b""}


def change_document(files: Files) -> Files:
    return put(files, "data/documents/dossier.pdf", b"invented", b"forged")


def exchange_items(files: Files) -> Files:
    one, two = "data/items/item-1.jpg", "data/items/item-2.txt"
    return files | {one: files[two], two: files[one]}


def rename_document(files: Files) -> Files:
    """Renamed everywhere, in an order that stays: only the leaf of the contents knows."""
    content = files["data/documents/dossier.pdf"]
    files = take(files, "data/documents/dossier.pdf") | {"data/documents/annex.pdf": content}
    return put(files, PROOF, b"data/documents/dossier.pdf", b"data/documents/annex.pdf")


def add_document(files: Files) -> Files:
    return files | {"data/documents/annex.pdf": b"forged"}


def add_item(files: Files) -> Files:
    return files | {"data/items/item-3.jpg": b"forged"}


def add_item_with_gap(files: Files) -> Files:
    return files | {"data/items/item-4.jpg": b"forged"}


def add_provenance(files: Files) -> Files:
    return files | {"data/provenance/read.txt": b"forged\n"}


def add_note(files: Files) -> Files:
    return files | {"data/notes.txt": b"forged"}


def add_anchor(files: Files) -> Files:
    return files | {"data/anchors/4.txt": OTHER[ANCHOR]}


def tie_to_another(files: Files) -> Files:
    return put(files, "data/provenance/derived.txt", b"statement 1 2", b"statement 2 2")


def tie_to_nothing(files: Files) -> Files:
    return put(files, "data/provenance/derived.txt", b"statement 3 1", b"statement 3 4")


def drop_ties(files: Files) -> Files:
    return take(files, "data/provenance/derived.txt")


def change_recorded(files: Files) -> Files:
    return put(files, RECORDED, b"invented 11", b"invented 99")


def change_reason(files: Files) -> Files:
    return put(files, "data/provenance/proof.txt", b":identity", b":words")


def change_digest(files: Files) -> Files:
    path = "data/provenance/proof.txt"
    digest = re.search(rb"([0-9a-f]{64}):identity", files[path])
    assert digest
    return put(files, path, digest[1], b"0" * 64)


def drop_provenance(files: Files) -> Files:
    rest = [path for path in files if path.startswith("data/provenance/")]
    return take(files, *rest, "data/anchors/2.txt", "data/anchors/3.txt")


def show_twice(files: Files) -> Files:
    """A statement of the provenance shown as two."""
    path = "data/provenance/proof.txt"
    lines = files[path].split(b"\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(b"statement"))
    shown = sum(len(slot) == 32 for slot in lines[at].split(b" ")[3:8])
    slots = files[RECORDED].split(b"\n")
    lines.insert(at, lines[at])
    return files | {path: b"\n".join(lines), RECORDED: b"\n".join(slots[:shown] + slots)}


def withhold_published(files: Files) -> Files:
    """A slot of the publication turned into its digest: it was shown, so it has to stay."""
    path, lines = PROOF, files[PROOF].split(b"\n")
    fields = lines[2].split(b" ")
    fields[3] = b"0" * 64 + b":words"
    return put_line(files, path, 2, b" ".join(fields))


def open_withheld(files: Files) -> Files:
    path = "data/provenance/proof.txt"
    return files | {path: re.sub(rb"[0-9a-f]{64}:identity", b"0" * 32, files[path], count=1)}


def widen_tree(files: Files) -> Files:
    return put(files, "data/provenance/proof.txt", b"tree 2 0 8 ", b"tree 2 0 16 ")


def give_more_nodes(files: Files) -> Files:
    path = "data/provenance/proof.txt"
    return files | {path: files[path] + b"node 2 0 0 " + b"0" * 64 + b"\n"}


def sign_anew(files: Files) -> Files:
    """Another organisation's signature over the same root."""
    other = Signer(b"\x05" * 32, b"\x06" * 32)
    return files | {ANCHOR: sign_root(publish().anchor.root, 64, other).text}


def sign_anew_with_keys(files: Files) -> Files:
    other = Signer(b"\x05" * 32, b"\x06" * 32)
    return sign_anew(files) | {
        "data/keys/ed25519.pem": other.public.ed25519_pem,
        "data/keys/mldsa44.pem": other.public.mldsa_pem,
        "data/keys/allowed_signers": other.public.ssh_line,
    }


def unsign(files: Files) -> Files:
    text = files[ANCHOR].decode().split("\n")
    theirs = OTHER[ANCHOR].decode().split("\n")
    text[4] = (
        text[4].rsplit(" ", 1)[0] + " " + text[4].rsplit(" ", 1)[1][:6] + theirs[4].rsplit(" ", 1)[1][6:]
    )
    return files | {ANCHOR: "\n".join(text).encode()}


def exchange_signers(files: Files) -> Files:
    other = Signer(b"\x05" * 32, b"\x06" * 32)
    return files | {"data/keys/allowed_signers": other.public.ssh_line}


def exchange_key(files: Files) -> Files:
    return files | {"data/keys/ed25519.pem": b"no key\n"}


def leave_nothing(files: Files) -> Files:
    return take(files, *(path for path in files if path.startswith("data/") and "/keys/" not in path))


def publication(number: int) -> Check:
    return "statement.leaf", f"publication:{number}"


ROOT = ("tree.path", "publication:tree-1")
FORM = ("part.form", PROOF)
ATTACKS: dict[Callable[[Files], Files], set[Check]] = {
    change_value: {publication(2)},
    change_value_and_leaf: {ROOT},
    swap_words: {publication(1)},
    reuse_proof: {publication(1), ROOT},
    reuse_whole_proof: {*map(publication, (1, 2, 3)), ROOT, ("item.leaf", "data/provenance/proof.txt")},
    reuse_anchor: {ROOT},
    exchange_anchors: {ROOT, ("tree.path", "provenance:tree-1")},
    exchange_words: {publication(1), publication(2)},
    exchange_statements: {ROOT},
    drop_statement: {ROOT},
    drop_item: {FORM},
    hide_item: {("bag.missing", "data/items/item-2.txt")},
    drop_withheld: {("bag.missing", "data/withheld.jsonl")},
    shrink_withheld: {("item.leaf", "data/withheld.jsonl")},
    change_document: {("item.leaf", "data/documents/dossier.pdf")},
    exchange_items: {("item.leaf", "data/items/item-1.jpg"), ("item.leaf", "data/items/item-2.txt")},
    rename_document: {("part.contents", PROOF)},
    add_document: {("bag.uncovered", "data/documents/annex.pdf")},
    add_item: {("bag.uncovered", "data/items/item-3.jpg")},
    add_item_with_gap: {("bag.uncovered", "data/items/item-4.jpg"), ("bag.numbers", "data/items/")},
    add_provenance: {("bag.uncovered", "data/provenance/read.txt")},
    add_note: {("bag.extra", "?")},
    add_anchor: {("anchor.unused", "data/anchors/4.txt")},
    tie_to_another: {("item.leaf", "data/provenance/derived.txt")},
    tie_to_nothing: {
        ("item.leaf", "data/provenance/derived.txt"),
        ("derived.form", "data/provenance/derived.txt"),
    },
    drop_ties: {("bag.missing", "data/provenance/derived.txt")},
    change_recorded: {("item.leaf", RECORDED), ("statement.leaf", "provenance:1")},
    change_reason: {("item.leaf", "data/provenance/proof.txt")},
    change_digest: {("item.leaf", "data/provenance/proof.txt"), ("statement.leaf", "provenance:2")},
    drop_provenance: {
        ("bag.missing", "data/provenance/derived.txt"),
        ("bag.missing", "data/provenance/proof.txt"),
        ("bag.missing", RECORDED),
    },
    show_twice: {
        ("item.leaf", "data/provenance/proof.txt"),
        ("item.leaf", RECORDED),
        ("leaf.twice", "provenance:2"),
    },
    withhold_published: {FORM},
    open_withheld: {
        ("item.leaf", "data/provenance/proof.txt"),
        ("part.slots", RECORDED),
    },
    widen_tree: {("item.leaf", "data/provenance/proof.txt"), ("tree.path", "provenance:tree-1")},
    give_more_nodes: {("item.leaf", "data/provenance/proof.txt"), ("tree.path", "provenance:tree-2")},
    unsign: {("anchor.ed25519", ANCHOR)},
    exchange_signers: {("keys.signers", "data/keys/allowed_signers")},
    leave_nothing: {("bag.empty", "data/")},
}
"""What an attacker does, and what has to be said of it once the manifests are made again."""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_named(tmp_path: Path, attack: Callable[[Files], Files]) -> None:
    files = reseal(attack(dict(BAG)))
    assert ask_both(write_bag(files, tmp_path)) == ATTACKS[attack]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_careless_attack_is_seen_by_the_manifests_too(attack: Callable[[Files], Files]) -> None:
    found = list_found(check_bag(attack(dict(BAG))))
    assert found >= ATTACKS[attack]
    if attack is not add_note:
        assert ("bag.changed", "manifest-sha256.txt") in found


def test_what_cannot_be_seen_is_what_the_page_says(tmp_path: Path) -> None:
    """Somebody else's dossier under somebody else's key is a dossier: the fingerprint tells them apart."""
    for attack in (reuse_publication, sign_anew, sign_anew_with_keys, exchange_key):
        files = reseal(attack(dict(BAG)))
        assert not check_bag(files).valid
    whole = dict(OTHER)
    assert ask_both(write_bag(whole, tmp_path)) == set()


def link_file(bag: Path) -> Check:
    target = bag / "data/items/item-1.jpg"
    target.rename(bag.parent / "elsewhere")
    target.symlink_to(bag.parent / "elsewhere")
    return "bag.link", "data/items/item-1.jpg"


def link_folder(bag: Path) -> Check:
    (bag / "data/documents").rename(bag.parent / "elsewhere")
    (bag / "data/documents").symlink_to(bag.parent / "elsewhere")
    return "bag.link", "?"


def make_pipe(bag: Path) -> Check:
    (bag / "data/withheld.jsonl").unlink()
    os.mkfifo(bag / "data/withheld.jsonl")
    return "bag.link", "data/withheld.jsonl"


def add_folder(bag: Path) -> Check:
    (bag / "data/more").mkdir()
    return "bag.extra", "?"


def add_deep_folder(bag: Path) -> Check:
    (bag / "data/items/more").mkdir()
    (bag / "data/items/more/file").touch()
    return "bag.extra", "?"


def add_escape(bag: Path) -> Check:
    (bag / "\x1b]0;owned\x07\n").touch()
    return "bag.extra", "?"


def make_large(bag: Path) -> Check:
    with (bag / LINES).open("r+b") as file:
        file.truncate(64 * 2**20 + 1)
    return "bag.large", LINES


@pytest.mark.parametrize(
    "attack", [link_file, link_folder, make_pipe, add_folder, add_deep_folder, add_escape, make_large]
)
def test_what_is_no_plain_file_of_the_bag(tmp_path: Path, attack: Callable[[Path], Check]) -> None:
    folder = write_bag(BAG, tmp_path / "bag")
    expected = attack(folder)
    assert expected in ask_both(folder)
    assert "\x1b" not in run(folder)[1]


# — timestamps —


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return found_authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture(scope="module")
def stamped(authority: Authority) -> Files:
    """A dossier with timestamps of two authorities, one of which embeds its chain and one nothing."""
    publication = publish()
    second = found_authority(authority.folder.parent / "two", "EXAMPLE second authority")
    stamps = [authority.stamp(publication.anchor.text), second.stamp(publication.anchor.text)]
    return make_dossier(guides=load_guides(), publication=publication, timestamps=stamps)


TSR = "data/anchors/1-1.tsr"
CHAIN = "data/anchors/1-1.chain.pem"
CRL = "data/anchors/1-1.crl.pem"


def test_timestamps_are_told(tmp_path: Path, stamped: Files) -> None:
    folder = write_bag(stamped, tmp_path / "bag")
    assert ask_both(folder) == set()
    said = run(folder)[1]
    report = verify_bag(folder)
    assert len(report.stamps) == 2
    for anchor, stamp in report.stamps:
        assert anchor == 1
        assert stamp.authority in ("CN=EXAMPLE authority", "CN=EXAMPLE second authority")
        for told in (stamp.time, stamp.authority, stamp.fingerprint.upper(), stamp.root_fingerprint.upper()):
            assert told in said


def test_without_openssl_one_reader_judges_and_that_is_said(
    stamped: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_bag(stamped).not_checked == ()
    monkeypatch.setenv("PATH", "")
    report = check_bag(stamped)
    assert report.valid and len(report.stamps) == 2
    assert report.not_checked == ("timestamp.unchecked.openssl",)


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")
def test_in_2040_all_is_as_it_was(tmp_path: Path, stamped: Files) -> None:
    folder = write_bag(stamped, tmp_path / "bag")
    done = subprocess.run(
        ["faketime", "2040-06-01", "bash", str(folder / "verify.sh")], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "timestamps 2" in done.stdout.decode()
    asked = (
        "import sys, datetime; from pathlib import Path; from onggi.evidence.verify import verify_bag\n"
        "report = verify_bag(Path(sys.argv[1]))\n"
        "print(datetime.date.today().year, report.valid, len(report.stamps))"
    )
    told = subprocess.check_output(
        ["faketime", "2040-06-01", sys.executable, "-c", asked, str(folder)], text=True
    )
    assert told.split() == ["2040", "True", "2"]


def move_stamp(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    """A timestamp over the publication laid beside another anchor."""
    moved = {path.replace("/1-1.", "/2-1."): data for path, data in files.items() if "/1-1." in path}
    return files | moved, {("token.imprint", "data/anchors/2-1.tsr")}


def stamp_another(files: Files, authority: Authority) -> tuple[Files, set[Check]]:
    return files | {TSR: authority.stamp(b"something else").reply}, {("token.imprint", TSR)}


def stamp_otherwise(files: Files, authority: Authority) -> tuple[Files, set[Check]]:
    """Over the same anchor with another hash, which the format does not have."""
    stamp = authority.stamp(files[ANCHOR], digest="sha512")
    return files | {TSR: stamp.reply}, {("token.imprint", TSR)}


def take_back_time(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    """The year within the token, in the bytes that are signed."""
    found = re.search(rb"\x18\x0f20(\d\d)\d{10}Z", files[TSR])
    assert found
    early = files[TSR][: found.start(1)] + b"01" + files[TSR][found.end(1) :]
    return files | {TSR: early}, {("token.signature", TSR)}


def exchange_chain(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {CHAIN: files["data/anchors/1-2.chain.pem"]}, {("token.signature", TSR)}


def lend_root(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    """A root of more repute laid behind one's own."""
    return files | {CHAIN: files[CHAIN] + files["data/anchors/1-2.chain.pem"]}, {("token.signature", TSR)}


def revoke(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {CRL: REVOKED["crl"]}, {("token.revocation", TSR)}


def exchange_lists(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {CRL: files["data/anchors/1-2.crl.pem"]}, {("token.revocation", TSR)}


def spoil_chain(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {CHAIN: b"root:\n" + files[CHAIN]}, {("token.form", TSR)}


def spoil_lists(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {CRL: files[CRL] + b"\n"}, {("token.revocation", TSR)}


def cut_reply(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {TSR: files[TSR][:-1]}, {("token.form", TSR)}


def append_reply(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {TSR: files[TSR] + b"\0"}, {("token.form", TSR)}


def empty_reply(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return files | {TSR: b""}, {("token.form", TSR)}


def lose_chain(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return take(files, CHAIN), {("bag.missing", CHAIN), ("token.form", TSR)}


def lose_first(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    return take(files, TSR, CHAIN, CRL), {("bag.numbers", ANCHOR)}


def lose_last(files: Files, _: Authority) -> tuple[Files, set[Check]]:
    """A timestamp can be taken out, as the page says: what is left is counted."""
    return take(files, *(path for path in files if "/1-2." in path)), set()


REVOKED: dict[str, bytes] = {}


@pytest.mark.parametrize(
    "attack",
    [
        move_stamp,
        stamp_another,
        stamp_otherwise,
        take_back_time,
        exchange_chain,
        lend_root,
        exchange_lists,
        spoil_chain,
        spoil_lists,
        cut_reply,
        append_reply,
        empty_reply,
        lose_chain,
        lose_first,
        lose_last,
        revoke,
    ],
)
def test_a_timestamp_that_is_none(
    tmp_path: Path,
    stamped: Files,
    authority: Authority,
    attack: Callable[[Files, Authority], tuple[Files, set[Check]]],
) -> None:
    if attack is revoke:
        REVOKED["crl"] = authority.revoke()
    files, expected = attack(dict(stamped), authority)
    assert ask_both(write_bag(reseal(files), tmp_path)) == expected


def test_a_timestamp_without_certificates_and_lists(tmp_path: Path, authority: Authority) -> None:
    """The authority's own certificate is then in the chain, before the root."""
    publication = publish()
    stamp = authority.stamp(publication.anchor.text, embed=False)
    own = (authority.folder / "authority.pem").read_bytes()
    # openssl writes a certificate as text before its PEM; the chain file holds the PEM alone.
    own = own[own.index(b"-----BEGIN") :]
    bare = Timestamp(stamp.reply, own + stamp.chain)
    files = make_dossier(guides=load_guides(), publication=publication, timestamps=[bare])
    assert ask_both(write_bag(files, tmp_path)) == set()


def test_a_changed_byte_of_a_chain_is_seen_for_one_reason(tmp_path: Path, authority: Authority) -> None:
    """Also where nothing needs it: the token carries the same certificate."""
    publication = publish()
    stamp = authority.stamp(publication.anchor.text)
    own = (authority.folder / "authority.pem").read_bytes()
    full = Timestamp(stamp.reply, own[own.index(b"-----BEGIN") :] + stamp.chain)
    files = make_dossier(guides=load_guides(), publication=publication, timestamps=[full])
    assert ask_both(write_bag(files, tmp_path / "whole")) == set()
    reasons = set()
    for number, at in enumerate(range(3, len(full.chain), len(full.chain) // 12)):
        changed = bytearray(full.chain)
        changed[at] ^= 1 << at % 5
        spoilt = reseal(files | {CHAIN: bytes(changed)})
        found = ask_both(write_bag(spoilt, tmp_path / str(number)))
        assert found in ({("token.form", TSR)}, {("token.signature", TSR)}), at
        reasons |= found
    assert len(reasons) == 2


def test_a_proof_is_the_smallest_bag(tmp_path: Path) -> None:
    assert ask_both(write_bag(make_proof(guides=load_guides()), tmp_path)) == set()
