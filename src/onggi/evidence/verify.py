"""Checks a bag as a stranger would: without our vault, without our ledger, without believing the bag.

`check_bag` is pure, `verify_bag` reads a folder first; neither raises, whatever is in it. The numbers in the
comments are those of proof.md §6. `verify.sh` in every bag does the same with other tools; tests hold the two
together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from onggi.errors import Finding, OnggiError
from onggi.evidence.bag import (
    ANCHOR,
    ED25519_KEY,
    FIXED,
    MLDSA_KEY,
    SIGNERS,
    follow_seals,
    is_expected,
    statement_folder,
    statement_numbers,
)
from onggi.evidence.folder import read_folder
from onggi.proof.anchor import Anchor, check_ed25519, check_mldsa, check_names, parse_anchor
from onggi.proof.inclusion import Proof, Shown, climb_tree, parse_proof, rebuild_leaf
from onggi.proof.leaf import SLOT_NAMES
from onggi.proof.signature import PublicKey, parse_pems


@dataclass(frozen=True, slots=True)
class BagReport:
    """What was found in a bag. `fingerprint` is empty where the keys cannot be read."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    fingerprint: str = ""
    statements: int = 0
    disclosed: int = 0
    withheld: int = 0

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong. Checks that could not be made stand in `not_checked` and must be told."""
        return not any(finding.grave for finding in self.findings)


def verify_bag(folder: Path) -> BagReport:
    """Check the bag in `folder`."""
    contents = read_folder(folder)
    report = check_bag(contents.files)
    return replace(report, findings=contents.findings + report.findings)


def check_bag(files: Mapping[str, bytes]) -> BagReport:
    """Check a bag that is given as its files by path."""
    if not any(map(is_expected, files)):
        return BagReport((Finding("evidence.bag.absent", "?"),))
    findings = list(_check_layout(files))  # 1
    public, faults = _check_keys(files)  # 2
    findings += faults
    anchor, faults, not_checked = _check_anchor(files, public)  # 3
    findings += faults
    disclosed = withheld = 0
    leaves: set[bytes] = set()
    numbers = statement_numbers(files)
    for number in numbers:  # 4
        proof, faults = _check_statement(files, number, anchor)
        findings += faults
        if proof is None:
            continue
        if proof.leaf in leaves:
            findings.append(Finding("evidence.statement.twice", statement_folder(number)))
        leaves.add(proof.leaf)
        shown = sum(isinstance(part, Shown) for part in proof.slots)
        disclosed += shown
        withheld += len(proof.slots) - shown
    return BagReport(
        tuple(findings),
        not_checked,
        public.fingerprint if public else "",
        len(numbers),
        disclosed,
        withheld,
    )


def _check_layout(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """1: nothing is missing, nothing else is there, and what follows from the other files does follow."""
    for path in FIXED:
        if path not in files:
            yield Finding("evidence.bag.missing", path)
    expected = {path: content for path, content in files.items() if is_expected(path)}
    if len(expected) < len(files):
        yield Finding("evidence.bag.extra", "?")
    for path, content in follow_seals(expected).items():
        if files.get(path, content) != content:
            yield Finding("evidence.bag.changed", path)
    numbers = statement_numbers(files)
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        yield Finding("evidence.bag.numbers", "data/")


def _check_keys(files: Mapping[str, bytes]) -> tuple[PublicKey | None, list[Finding]]:
    """2: both keys are keys of their kind, and ssh would be given the same one."""
    try:
        public = parse_pems(files.get(ED25519_KEY, b""), files.get(MLDSA_KEY, b""))
    except OnggiError:
        return None, [Finding("evidence.keys.form", "data/keys/")]
    if files.get(SIGNERS) != public.ssh_line:
        return public, [Finding("evidence.keys.signers", SIGNERS)]
    return public, []


def _check_anchor(
    files: Mapping[str, bytes], public: PublicKey | None
) -> tuple[Anchor | None, list[Finding], tuple[str, ...]]:
    """3: the anchor has its form, the names follow from the keys, both signatures are right."""
    try:
        anchor = parse_anchor(files.get(ANCHOR, b""))
    except OnggiError:
        return None, [Finding("evidence.anchor.form", ANCHOR)], ()
    if public is None:
        return anchor, [Finding("evidence.anchor.unsigned", ANCHOR)], ()
    findings = []
    if not check_names(anchor, public):
        findings.append(Finding("evidence.anchor.names", ANCHOR))
    if not check_ed25519(anchor, public):
        findings.append(Finding("evidence.anchor.ed25519", ANCHOR))
    try:
        if not check_mldsa(anchor, public):
            findings.append(Finding("evidence.anchor.mldsa", ANCHOR))
    except OnggiError:  # the crypto library was built without it: Ed25519 alone is still a proof today
        return anchor, findings, ("evidence.unchecked.mldsa",)
    return anchor, findings, ()


def _check_statement(
    files: Mapping[str, bytes], number: int, anchor: Anchor | None
) -> tuple[Proof | None, list[Finding]]:
    """4: what is shown leads to the leaf, and the leaf leads to the root that was signed."""
    folder = statement_folder(number)
    findings = []
    if folder + "read.txt" not in files:
        findings.append(Finding("evidence.bag.missing", folder + "read.txt"))
    try:
        proof = parse_proof(files.get(folder + "proof.txt", b""))
    except OnggiError:
        return None, [*findings, Finding("evidence.statement.form", folder + "proof.txt")]
    slots = {name: files[path] for name in SLOT_NAMES if (path := f"{folder}{name}.json") in files}
    shown = {name for name, part in zip(SLOT_NAMES, proof.slots, strict=True) if isinstance(part, Shown)}
    if slots.keys() != shown:
        findings.append(Finding("evidence.statement.slots", folder))
    elif rebuild_leaf(proof, slots) != proof.leaf:
        findings.append(Finding("evidence.statement.leaf", folder))
    if not _leads_to_anchor(proof, anchor):
        findings.append(Finding("evidence.statement.path", folder))
    return proof, findings


def _leads_to_anchor(proof: Proof, anchor: Anchor | None) -> bool:
    try:
        root = climb_tree(proof.leaf, proof.inclusion)
    except OnggiError:
        return False
    return anchor is not None and (root, proof.inclusion.anchor_leaves) == (anchor.root, anchor.size)
