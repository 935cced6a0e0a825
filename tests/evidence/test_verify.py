"""The checker in Python: what is right is taken, and nothing else, also under manifests made again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.invented import SIGNER, Grove, make_dossier, make_proof, publish, reseal
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.evidence import verify
from onggi.evidence.bag import READING, SEALS
from onggi.evidence.content import Content, make_stream
from onggi.evidence.verify import STEPS, check_bag
from onggi.proof.anchor import check_ed25519, check_mldsa, sign_root
from onggi.proof.signature import Signer

EXAMPLES = Path(__file__).parents[2] / "examples/dossiers"
PROOF = make_proof()
DOSSIER = make_dossier()
BAGS = {"proof": PROOF, "dossier": DOSSIER}
each_bag = pytest.mark.parametrize("bag", BAGS.values(), ids=BAGS)
OTHER = Signer(b"\x03" * 32, b"\x04" * 32)


def codes(files: Mapping[str, Content]) -> set[str]:
    """What is found in a bag."""
    report = check_bag(files)
    assert report.valid is not bool(report.findings)
    return {finding.code.removeprefix("evidence.") for finding in report.findings}


@pytest.mark.parametrize(("name", "counts"), [("proof", (2, 0, 0, 7, 3)), ("dossier", (2, 2, 1, 17, 3))])
def test_the_independent_bags_verify(name: str, counts: tuple[int, ...]) -> None:
    files: dict[str, Content] = {path: text.encode() for path, text in read_vectors("bags")[name].items()}
    report = check_bag(files)
    assert report.valid
    assert (report.statements, report.recorded, report.items, report.disclosed, report.withheld) == counts
    assert report.fingerprint == read_vectors("proof")["fingerprint"]
    assert report.not_checked == ()
    assert report.stamps == ()


@pytest.mark.parametrize("stratum", [0, 1, 2])
@pytest.mark.parametrize(("count", "others"), [(1, 0), (1, 1), (3, 0), (11, 22)])
def test_proofs_verify(stratum: int, count: int, others: int) -> None:
    assert codes(make_proof(count, stratum=stratum, others=others)) == set()


@pytest.mark.parametrize("count", [0, 1, 2, 7, 8, 9, 100])
def test_publications_verify(count: int) -> None:
    assert codes(make_dossier(count, provenance=False)) == set()


def test_the_steps_are_those_of_the_page() -> None:
    for bag in (DOSSIER, PROOF):
        assert tuple(step.name for step in check_bag(bag).steps) == STEPS


def test_nothing_is_called_right_that_is_not_there() -> None:
    """ "The timestamps: right" over none would be read as: it is proved since when."""
    unstamped = (check_bag(DOSSIER), {"timestamps"}), (check_bag(PROOF), {"timestamps", "publication"})
    stamped = verify.verify_bag(EXAMPLES / "invented-un-sp")
    assert stamped.stamps
    for report, absent in (*unstamped, (stamped, {"provenance"})):
        assert {step.name for step in report.steps if step.verdict == "none"} == absent
        assert {step.verdict for step in report.steps if step.name not in absent} == {"right"}


def test_cuts_are_counted() -> None:
    assert check_bag(DOSSIER).count_cuts() == {("coarsened", "source"): 1, ("withheld", "identity"): 2}


@each_bag
def test_every_changed_byte_is_seen(monkeypatch: pytest.MonkeyPatch, bag: dict[str, bytes]) -> None:
    # Most changes leave anchor and keys as they are: one verification of those is enough.
    monkeypatch.setattr(verify, "check_ed25519", cache(check_ed25519))
    monkeypatch.setattr(verify, "check_mldsa", cache(check_mldsa))
    for path, content in bag.items():
        for at in range(0, len(content), 3):
            changed = bytearray(content)
            changed[at] ^= 1
            assert not check_bag(bag | {path: bytes(changed)}).valid, (path, at)


@each_bag
def test_every_missing_file_is_seen(bag: dict[str, bytes]) -> None:
    for path in bag:
        rest = {name: content for name, content in bag.items() if name != path}
        assert codes(rest), path
        if path not in SEALS and path != "data/provenance/read.txt":
            assert codes(reseal(rest)), path


@each_bag
@pytest.mark.parametrize(
    "path",
    [
        "data/items/item-3.jpg",
        "data/items/item-9.jpg",
        "data/documents/annex.pdf",
        "data/withheld.jsonl",
        "data/anchors/9.txt",
        "data/anchors/1-2.tsr",
        "data/publication/read.txt",
        "data/.hidden",
        "../outside",
        "README",
        "data/\udcff\x1b[31m",
        "",
    ],
)
def test_an_added_file_is_seen(bag: dict[str, bytes], path: str) -> None:
    files = bag | {path: bag.get(path, b"") + b"more"}
    assert codes(files)
    assert codes(reseal(files))


@each_bag
def test_a_renamed_file_is_seen(bag: dict[str, bytes]) -> None:
    for path in bag:
        moved = {name + ".old" if name == path else name: content for name, content in bag.items()}
        assert codes(moved), path


def test_nothing_is_no_bag() -> None:
    assert codes({}) == codes({"notes.txt": b""}) == {"bag.absent"}


def test_a_bag_shows_something() -> None:
    rest = {path: data for path, data in PROOF.items() if not path.startswith(("data/prov", "data/anch"))}
    assert codes(reseal(rest)) == {"bag.empty"}


def test_each_signature_is_asked_for_by_itself() -> None:
    anchor = Grove(2).anchor
    for forged, code in (
        (replace(anchor, ed25519=bytes(64)), "anchor.ed25519"),
        (replace(anchor, mldsa=bytes(2420)), "anchor.mldsa"),
        (replace(anchor, ed25519_id=bytes(4)), "anchor.names"),
        (replace(anchor, mldsa_id=bytes(4)), "anchor.names"),
    ):
        assert codes(make_proof(anchor=forged)) == {code}


@pytest.mark.parametrize(
    ("size", "root"), [(64, bytes(32)), (128, None)], ids=["another root", "another size"]
)
def test_the_anchor_is_of_this_tree(size: int, root: bytes | None) -> None:
    anchor = sign_root(root or Grove(2).anchor.root, size, SIGNER)
    assert codes(make_proof(anchor=anchor)) == {"tree.path"}


def test_other_keys_are_other_keys() -> None:
    keys = {
        "data/keys/ed25519.pem": OTHER.public.ed25519_pem,
        "data/keys/mldsa44.pem": OTHER.public.mldsa_pem,
        "data/keys/allowed_signers": OTHER.public.ssh_line,
    }
    wrong = {"anchor.names", "anchor.ed25519", "anchor.mldsa"}
    assert codes(reseal(PROOF | keys)) == wrong
    one = {"data/keys/mldsa44.pem": OTHER.public.mldsa_pem}
    assert codes(reseal(PROOF | one)) == wrong - {"anchor.ed25519"}


def test_a_stream_is_as_good_as_bytes() -> None:
    path = "data/items/item-1.jpg"
    stream = make_stream(lambda: [DOSSIER[path][:3], DOSSIER[path][3:]])
    assert check_bag({**DOSSIER, path: stream}).valid
    assert not check_bag({**DOSSIER, path: make_stream(lambda: [b"another"])}).valid
    # What is read whole has to be there whole: a stream in its place is not believed to be anything.
    text = "data/publication/proof.txt"
    assert not check_bag({**DOSSIER, text: make_stream(lambda: [DOSSIER[text]])}).valid


def test_a_library_without_mldsa_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bool:
        raise OnggiError("proof.primitive", name="ML-DSA-44")

    monkeypatch.setattr(verify, "check_mldsa", refuse)
    report = check_bag(PROOF)
    assert report.valid
    assert report.not_checked == ("evidence.unchecked.mldsa",)


paths = st.sampled_from(sorted({*PROOF, *DOSSIER})) | st.text(max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(BAGS)),
    st.dictionaries(
        st.sampled_from(sorted({*PROOF, *DOSSIER})) | st.text(max_size=30),
        st.binary(max_size=200),
        max_size=4,
    ),
    st.booleans(),
)
def test_no_content_raises(name: str, changes: dict[str, bytes], resealed: bool) -> None:
    bag = BAGS[name]
    files = bag | changes
    report = check_bag(reseal(files) if resealed else files)
    unread = {"VERIFY.md", "verify.sh", "FORMAT.md", *SEALS} | ({READING} if name == "proof" else set())
    harmless = all(bag.get(path) == data or (resealed and path in unread) for path, data in changes.items())
    assert report.valid == harmless


def test_a_publication_grows_again_but_for_its_signature() -> None:
    one, two = publish(), publish()
    assert (one.lines, one.part) == (two.lines, two.part)
    assert one.anchor.note == two.anchor.note
