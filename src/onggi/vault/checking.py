"""Verifying a vault: every file there is, against every promise made about it (vault-format.md, §9).

Reads everything and writes nothing. Findings are places and numbers, never content; what a member was not
granted is counted as closed and checked as far as its hash, its size and its tag go. `judge_pack` and
`judge_cell` look at one file; `judge_packs` needs no key, for a vault that does not open any more.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from onggi.errors import Finding, OnggiError
from onggi.proof.anchor import verify_anchor
from onggi.vault.cells import KEYSLOT, PLACES, SMALLEST, check_cell
from onggi.vault.fillers import LEAST, round_count
from onggi.vault.folder import Folder
from onggi.vault.opened import Compartment, Progress, Vault
from onggi.vault.packs import CLASSES, pack_hash

_AGAIN = 2


@dataclass
class Report:
    """What verifying found, and how much it looked at."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        return not any(finding.grave for finding in self.findings)

    def count(self, what: str, more: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + more


def check_vault(vault: Vault, progress: Progress = lambda done, total, stage: None) -> Report:
    """Verify all files of a vault, and all statements of the strata that are held."""
    report = _check_once(vault, progress)
    for _ in range(_AGAIN):
        if report.well or not vault.changed():
            break
        # What looks like damage may be a write that went on meanwhile: before is set against after.
        vault.load()
        report = _check_once(vault, progress)
    return report


def _check_once(vault: Vault, progress: Progress) -> Report:
    report = Report()
    _check_packs(vault, report, progress)
    report.findings += _check_inventory(vault)
    report.findings += _check_counts(vault)
    report.findings += _check_cells(vault)
    report.findings += [Finding("vault.folder.stranger", place) for place in vault.folder.strangers()]
    for compartment in vault.compartments:
        report.findings += compartment.findings
        report.findings += _check_tips(vault, compartment)
        _check_content(vault, compartment, report, progress)
        _check_anchors(vault, compartment, report)
    report.findings[:0] = vault.findings
    return report


def find_missing(vault: Vault, compartment: Compartment) -> list[Finding]:
    """What lies not in a vault, or not whole, and must, as far as names and heads tell; no pack is read.

    While somebody else is writing it may tell what is none: ask it in a write session.
    """
    return [
        *vault.findings,
        *_check_inventory(vault),
        *compartment.findings,
        *_check_tips(vault, compartment),
    ]


def judge_pack(folder: Folder, name: str) -> Finding | None:
    """What is wrong with the bytes of one pack, if anything. One that is gone raises FileNotFoundError."""
    try:
        # What is no pack by its size is not read: it might never end.
        if folder.size(name) not in CLASSES:
            return Finding("vault.packs.size", name)
        if folder.digest(name) != pack_hash(name):
            return Finding("vault.packs.hash", name)
    except OnggiError as error:
        return Finding(error.id, name)
    return None


def judge_cell(folder: Folder, vaultkey: bytes, file: str) -> Finding | None:
    """What is wrong with the bytes of one cell, if anything; its kind and name are those of its file."""
    place, _, name = file.partition(".")[0].partition("/")
    try:
        size = folder.size(file)
        whole = size == KEYSLOT if place == "keys" else _is_size(size)
        if not whole or not check_cell(vaultkey, place, name, folder.read(file)):
            return Finding("vault.cells.tag", file)
    except FileNotFoundError:
        return Finding("vault.cells.missing", file)
    except OnggiError as error:
        return Finding(error.id, file)
    return None


def judge_packs(folder: Folder) -> list[Finding]:
    """What anybody can say of the packs that lie in a folder: whether each is what its name says."""
    found = []
    for name in folder.names("packs"):
        with suppress(FileNotFoundError):
            found.append(judge_pack(folder, name))
    return [finding for finding in found if finding is not None]


def _check_packs(vault: Vault, report: Report, progress: Progress) -> None:
    names = sorted(vault.shelf.names)
    vanished = []
    for done, name in enumerate(names):
        progress(done, len(names), "packs")
        try:
            finding = judge_pack(vault.folder, name)
        except FileNotFoundError:
            vanished.append(name)
            continue
        if finding is not None:
            report.findings.append(finding)
        report.count("packs")
    if vanished:
        # A filler that another member's write consumed meanwhile is no longer named by anybody.
        named = {digest for heads in vault.read_heads().values() for digest in heads.packs}
        report.findings += [
            Finding("vault.packs.missing", name) for name in vanished if pack_hash(name) in named
        ]
    for name in vault.shelf.broken:
        report.findings.append(Finding("vault.packs.index", name))
    report.counts["closed"] = len(vault.shelf.closed)


def _check_inventory(vault: Vault) -> Iterator[Finding]:
    lying = {pack_hash(name): name for name in vault.shelf.names}
    named: set[str] = set()
    loose: set[str] = set()
    for heads in vault.heads.values():
        named |= heads.packs
        loose |= heads.retired
    for digest in sorted(named - lying.keys()):
        yield Finding("vault.packs.missing", f"packs/{digest[0]}/{digest[1:]}")
    common = vault.shelf.names_of(vault.common_fillers)
    for digest, name in sorted(lying.items()):
        if digest not in named and name not in common:
            known = digest in loose
            yield Finding("vault.packs.leftover" if known else "vault.packs.unnamed", name, grave=not known)


def _check_counts(vault: Vault) -> Iterator[Finding]:
    """Common fillers are named by nobody: that one of them is gone shows in the number of packs."""
    counts = dict.fromkeys(CLASSES, 0)
    names = vault.folder.names("packs")
    for name in names:
        with suppress(FileNotFoundError, OnggiError):
            size = vault.folder.size(name)
            counts[size] = counts.get(size, 0) + 1
    announced = {digest for heads in vault.read_heads().values() for digest in heads.retired}
    unfinished = any(pack_hash(name) in announced for name in names)
    for size in CLASSES:
        if counts[size] != round_count(counts[size], LEAST[size]):
            yield Finding("vault.packs.count", "packs", {"count": counts[size]}, grave=not unfinished)


def _check_cells(vault: Vault) -> Iterator[Finding]:
    expected = vault.members.cells
    lying = {name for place in PLACES for name in vault.folder.names(place)}
    for file in sorted(expected - lying):
        yield Finding("vault.cells.missing", file)
    for file in sorted(lying - expected):
        yield Finding("vault.cells.unknown", file)
    for file in sorted(lying & expected):
        finding = judge_cell(vault.folder, vault.vaultkey, file)
        if finding is not None:
            yield finding


def _check_tips(vault: Vault, compartment: Compartment) -> Iterator[Finding]:
    for heads in vault.heads.values():
        tip = heads.tips.get(compartment.id)
        if tip is None:
            continue
        step = compartment.history.step(tip.log, tip.seq)
        if step is None:
            yield Finding("vault.heads.beyond", f"{tip.log}:{tip.seq}")
        elif step.hash != tip.hash:
            yield Finding("vault.commits.fork", f"{tip.log}:{tip.seq}")
    acknowledged = {tip.log: tip.seq for heads in vault.heads.values() for tip in heads.tips.values()}
    for log in compartment.history.logs.values():
        if log.head[0] > acknowledged.get(log.id, -1):
            yield Finding("vault.heads.behind", f"{log.id}:{log.head[0]}", grave=False)


def _check_content(vault: Vault, compartment: Compartment, report: Report, progress: Progress) -> None:
    steps = compartment.history.steps()
    for done, step in enumerate(steps):
        progress(done, len(steps), "commits")
        report.count("commits")
        for stratum in compartment.strata:
            content = vault.content(compartment, step, stratum)
            report.findings += content.findings
            report.count("statements", len(content.kept))
            report.count("items", len(content.items))
            report.count("erased", content.erased)
            report.count("damaged", content.damaged)
            for item in content.items:
                where = f"{step.commit.log}:{step.commit.seq}:{stratum}"
                digest = sha256()
                try:
                    for piece in vault.read_item(compartment, stratum, item):
                        digest.update(piece)
                except OnggiError as error:
                    report.findings.append(Finding(error.id, where))
                    continue
                if digest.digest() != item.sha256:
                    report.findings.append(Finding("vault.strata.item", where))


def _check_anchors(vault: Vault, compartment: Compartment, report: Report) -> None:
    for anchoring in vault.anchors(compartment):
        report.count("anchors")
        _check_anchor(vault, compartment, anchoring.text, report)
    for prepared in vault.publications(compartment):
        report.count("publications")
        _check_anchor(vault, compartment, prepared.anchor, report)
    for _ in vault.tokens(compartment):  # whether one is right, `evidence.timestamp` says
        report.count("tokens")
    for _ in vault.trails(compartment):
        report.count("trails")


def _check_anchor(vault: Vault, compartment: Compartment, text: bytes, report: Report) -> None:
    try:
        if vault.members.publication is None:
            raise OnggiError("vault.anchors.key")
        verify_anchor(text, vault.members.publication)
    except OnggiError:
        report.findings.append(Finding("vault.anchors.signature", compartment.id))


def _is_size(length: int) -> bool:
    return length >= SMALLEST and length & (length - 1) == 0
