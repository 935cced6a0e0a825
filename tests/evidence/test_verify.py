"""The checker in Python: what is right is taken, and nothing else, also under manifests made again."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.invented import SHORT_GUIDES, SIGNER, make_bag, make_statements
from tests.proof.vectors import read_vectors

from onggi.dossier.bag import build_bag
from onggi.errors import OnggiError
from onggi.evidence import verify
from onggi.evidence.bag import seal_bag
from onggi.evidence.verify import check_bag
from onggi.proof.anchor import check_ed25519, check_mldsa, sign_root
from onggi.proof.inclusion import parse_proof, render_proof
from onggi.proof.signature import Signer

BAG = make_bag()
OTHER = Signer(b"\x03" * 32, b"\x04" * 32)


def codes(files: dict[str, bytes]) -> set[str]:
    """What is found in a bag."""
    report = check_bag(files)
    assert report.valid is not bool(report.findings)
    return {finding.code.removeprefix("evidence.") for finding in report.findings}


def reseal(files: dict[str, bytes]) -> dict[str, bytes]:
    """What an adversary does, too: all manifests made again."""
    return files | seal_bag(files)


def test_the_independent_bag_verifies() -> None:
    report = check_bag({path: text.encode() for path, text in read_vectors("bag").items()})
    assert report.valid
    assert (report.statements, report.disclosed, report.withheld) == (2, 7, 3)
    assert report.fingerprint == read_vectors("proof")["fingerprint"]
    assert report.not_checked == ()


@pytest.mark.parametrize("stratum", [0, 1, 2])
@pytest.mark.parametrize(("count", "others"), [(1, 0), (1, 1), (3, 0), (11, 22)])
def test_bags_verify(stratum: int, count: int, others: int) -> None:
    assert codes(make_bag(count, stratum=stratum, others=others)) == set()


def test_every_changed_byte_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    # Most changes leave anchor and keys as they are: one verification of those is enough.
    monkeypatch.setattr(verify, "check_ed25519", cache(check_ed25519))
    monkeypatch.setattr(verify, "check_mldsa", cache(check_mldsa))
    bag = make_bag(1, others=1)
    for path, content in bag.items():
        for at in range(len(content)):
            changed = bytearray(content)
            changed[at] ^= 1
            assert not check_bag(bag | {path: bytes(changed)}).valid, (path, at)


def test_every_missing_file_is_seen() -> None:
    for path in BAG:
        rest = {name: content for name, content in BAG.items() if name != path}
        assert codes(rest), path
        if path not in seal_bag(BAG):
            assert codes(reseal(rest)), path


@pytest.mark.parametrize(
    "path",
    [
        "data/statement-3/proof.txt",
        "data/statement-1/words.json",
        "data/statement-1/names.json",
        "data/statement-01/read.txt",
        "data/.hidden",
        "../outside",
        "README",
        "data/\udcff\x1b[31m",
        "",
    ],
)
def test_an_added_file_is_seen(path: str) -> None:
    files = BAG | {path: BAG.get(path, b"") + b"more"}
    assert codes(files)
    assert codes(files | seal_bag({name: files[name] for name in files if name.isascii()}))


def test_a_renamed_file_is_seen() -> None:
    for path in BAG:
        moved = {name + ".old" if name == path else name: content for name, content in BAG.items()}
        assert codes(moved), path


def test_nothing_is_no_bag() -> None:
    assert codes({}) == codes({"notes.txt": b""}) == {"bag.absent"}


def with_slot(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {"data/statement-1/what.json": b'{"property":"act.type"}'}


def with_swapped_slots(files: dict[str, bytes]) -> dict[str, bytes]:
    what, subject = "data/statement-1/what.json", "data/statement-1/subject.json"
    return files | {what: files[subject], subject: files[what]}


def with_other_keys(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {
        "data/keys/ed25519.pem": OTHER.public.ed25519_pem,
        "data/keys/mldsa44.pem": OTHER.public.mldsa_pem,
        "data/keys/allowed_signers": OTHER.public.ssh_line,
    }


def with_other_mldsa_key(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {"data/keys/mldsa44.pem": OTHER.public.mldsa_pem}


def with_other_root(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {"data/anchor.txt": sign_root(bytes(32), 64, SIGNER).text}


def with_other_size(files: dict[str, bytes]) -> dict[str, bytes]:
    root = make_statements()[1].root
    return files | {"data/anchor.txt": sign_root(root, 128, SIGNER).text}


def with_forged_signatures(files: dict[str, bytes]) -> dict[str, bytes]:
    anchor = make_statements()[1]
    return files | {"data/anchor.txt": replace(anchor, ed25519=bytes(64), mldsa=bytes(2420)).text}


def with_gap(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path.replace("statement-2", "statement-3"): content for path, content in files.items()}


def with_repetition(files: dict[str, bytes]) -> dict[str, bytes]:
    again = {
        path.replace("statement-2", "statement-3"): content
        for path, content in files.items()
        if path.startswith("data/statement-2/")
    }
    return files | again


def with_wide_stratum(files: dict[str, bytes]) -> dict[str, bytes]:
    path = "data/statement-1/proof.txt"
    proof = parse_proof(files[path])
    wide = replace(proof.inclusion, stratum_leaves=2 * proof.inclusion.stratum_leaves)
    return files | {path: render_proof(replace(proof, inclusion=wide))}


def with_hidden_slot(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path != "data/statement-1/what.json"}


def without_statements(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if not path.startswith("data/statement-")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (with_slot, {"statement.leaf"}),
        (with_swapped_slots, {"statement.leaf"}),
        (with_other_keys, {"anchor.names", "anchor.ed25519", "anchor.mldsa"}),
        (with_other_mldsa_key, {"anchor.names", "anchor.mldsa"}),
        (with_other_root, {"statement.path"}),
        (with_other_size, {"statement.path"}),
        (with_forged_signatures, {"anchor.ed25519", "anchor.mldsa"}),
        (with_gap, {"bag.numbers"}),
        (with_repetition, {"statement.twice"}),
        (with_wide_stratum, {"statement.path"}),
        (with_hidden_slot, {"statement.slots"}),
        (without_statements, {"bag.numbers"}),
    ],
)
def test_an_adversary_who_makes_the_manifests_again(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], expected: set[str]
) -> None:
    changed = change({path: content for path, content in BAG.items() if path not in seal_bag(BAG)})
    assert codes(reseal(changed)) == expected


def test_each_signature_is_asked_for_by_itself() -> None:
    statements, anchor = make_statements()
    for forged, code in (
        (replace(anchor, ed25519=bytes(64)), "anchor.ed25519"),
        (replace(anchor, mldsa=bytes(2420)), "anchor.mldsa"),
    ):
        assert codes(build_bag(statements, forged, SIGNER.public, SHORT_GUIDES)) == {code}


def test_a_library_without_mldsa_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bool:
        raise OnggiError("proof.primitive", name="ML-DSA-44")

    monkeypatch.setattr(verify, "check_mldsa", refuse)
    report = check_bag(BAG)
    assert report.valid
    assert report.not_checked == ("evidence.unchecked.mldsa",)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(BAG)) | st.text(max_size=30), st.binary(max_size=200), max_size=4)
)
def test_no_content_raises(changes: dict[str, bytes]) -> None:
    report = check_bag(BAG | changes)
    assert report.valid == all(BAG.get(path) == content for path, content in changes.items())
