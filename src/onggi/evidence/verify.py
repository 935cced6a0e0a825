"""Checks a bag as a stranger would: without our vault, without our ledger, without believing the bag.

`verify_bag` reads a folder, `check_bag` is given what was read and asks for nothing but openssl, the second
reader of a timestamp, where there is one; neither raises, whatever is in it. The steps and the names of the
checks are those of proof.md §6. `verify.sh` in every bag does the same with other tools; tests hold the two
together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onggi.errors import Finding, OnggiError
from onggi.evidence.bag import (
    DERIVED,
    ED25519_KEY,
    FIXED,
    LINES,
    MLDSA_KEY,
    PROOF,
    PROVENANCE,
    PUBLICATION,
    READING,
    SIGNERS,
    STATEMENTS_LIMIT,
    WITHHELD,
    anchor_numbers,
    follow_seals,
    is_covered,
    is_expected,
    is_gapless,
    is_item,
    item_numbers,
    name_anchor,
    name_timestamp,
    timestamp_numbers,
)
from onggi.evidence.content import Content, Weight, weigh
from onggi.evidence.cuts import Cut, parse_cuts
from onggi.evidence.derived import parse_derived
from onggi.evidence.folder import read_folder
from onggi.evidence.timestamp.beside import check_beside
from onggi.evidence.timestamp.check import Stamp
from onggi.proof.anchor import Anchor, check_ed25519, check_mldsa, check_names, parse_anchor
from onggi.proof.digest import hash_item
from onggi.proof.part import (
    ItemLine,
    Part,
    Shown,
    StatementLine,
    find_roots,
    hash_contents,
    is_publication,
    parse_part,
    rebuild_leaf,
)
from onggi.proof.signature import PublicKey, parse_pems

STEPS = ("bag", "keys", "anchors", "timestamps", "publication", "provenance")
"""Of the check of a bag, in the order of proof.md §6."""

_OWN = {PROVENANCE + LINES, PROVENANCE + PROOF, READING}
"""What stands for itself where there is no publication to cover it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, by its name, and what was found in it; whether what it checks is `there` at all."""

    name: str
    findings: tuple[Finding, ...]
    there: bool = True

    @property
    def verdict(self) -> str:
        """`right`, `wrong`, or `none`: nothing was there that could be either."""
        return "wrong" if self.findings else "right" if self.there else "none"

    @property
    def number(self) -> int:
        """Which step it is in proof.md §6, counted from 1."""
        return STEPS.index(self.name) + 1


@dataclass(frozen=True, slots=True)
class BagReport:
    """What was found in a bag, step by step. `fingerprint` is empty where the keys cannot be read.

    `statements` are those of the publication, or of the provenance where there is none; `recorded` are those
    of the provenance beside a publication. Slots are counted over both. `stamps` are the timestamps that are
    right, by the number of their anchor.
    """

    steps: tuple[Step, ...] = ()
    not_checked: tuple[str, ...] = ()
    fingerprint: str = ""
    statements: int = 0
    recorded: int = 0
    items: int = 0
    disclosed: int = 0
    withheld: int = 0
    cuts: tuple[Cut, ...] = ()
    stamps: tuple[tuple[int, Stamp], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all steps."""
        return tuple(finding for step in self.steps for finding in step.findings)

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong. Checks that could not be made stand in `not_checked` and must be told."""
        return not any(finding.grave for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How much of what there is, in the order in which it is told."""
        return {
            "statements": self.statements,
            "recorded": self.recorded,
            "items": self.items,
            "disclosed": self.disclosed,
            "withheld": self.withheld,
            "cut": sum(cut.count for cut in self.cuts),
            "timestamps": len(self.stamps),
            "unchecked": len(self.not_checked),
        }

    def count_cuts(self) -> dict[tuple[str, str], int]:
        """How many cuts there are, by how and by reason class, sorted."""
        counts: Counter[tuple[str, str]] = Counter()
        for cut in self.cuts:
            counts[cut.how, cut.reason] += cut.count
        return dict(sorted(counts.items()))


def verify_bag(folder: Path) -> BagReport:
    """Check the bag in `folder`."""
    contents = read_folder(folder)
    return check_bag(contents.files, contents.findings)


def check_bag(files: Mapping[str, Content], found: Sequence[Finding] = ()) -> BagReport:
    """Check a bag that is given as its files by path; `found` is what reading them had to leave out."""
    if not any(map(is_expected, files)):
        return BagReport((Step("bag", (*found, Finding("evidence.bag.absent", "?"))),))
    weights = {path: weigh(content) for path, content in files.items()}
    parts, broken = _read_parts(files)
    layout = [*found, *_check_layout(files, weights, parts)]  # 1
    public, keys = _check_keys(files)  # 2
    anchors, anchored, unsigned = _check_anchors(files, public, parts, complete=not broken)  # 3
    stamps, stamped, unread = _check_timestamps(files)  # 4
    steps = [Step("bag", tuple(layout)), Step("keys", tuple(keys)), Step("anchors", tuple(anchored))]
    steps.append(Step("timestamps", tuple(stamped), there=bool(timestamp_numbers(files))))
    cuts: tuple[Cut, ...] = ()
    for name in (PUBLICATION, PROVENANCE):  # 5, 6
        if not any(path.startswith(name) for path in files):
            steps.append(Step(name.split("/")[1], (), there=False))
            continue
        findings = [finding for finding in broken if finding.where == name + PROOF]
        if part := parts.get(name):
            findings += _check_part(files, weights, name, part, anchors)
        if part and name == PUBLICATION:
            cuts, faults = _check_cuts(files, len(part.statements))
            findings += faults
        if part and name == PROVENANCE:
            findings += _check_derived(files, parts)
        steps.append(Step(name.split("/")[1], tuple(findings)))
    counts = [len(part.statements) for part in parts.values()]
    slots = [slot for part in parts.values() for line in part.statements for slot in line.slots]
    shown = sum(isinstance(slot, Shown) for slot in slots)
    return BagReport(
        tuple(steps),
        tuple(dict.fromkeys((*unsigned, *unread))),
        public.fingerprint if public else "",
        counts[0] if counts else 0,
        counts[1] if len(counts) > 1 else 0,
        len(item_numbers(files)),
        shown,
        len(slots) - shown,
        cuts,
        stamps,
    )


def _read_parts(files: Mapping[str, Content]) -> tuple[dict[str, Part], list[Finding]]:
    """The parts that have their form, by their folders, and what is wrong with the others."""
    parts = {}
    broken = []
    for name in (PUBLICATION, PROVENANCE):
        if not any(path.startswith(name) for path in files):
            continue
        try:
            part = parse_part(_text(files, name + PROOF))
            if _has_form(part, name):
                parts[name] = part
                continue
        except OnggiError:
            pass
        broken.append(Finding("evidence.part.form", name + PROOF))
    return parts, broken


def _has_form(part: Part, name: str) -> bool:
    if not (part.statements or part.items) or len(part.statements) > STATEMENTS_LIMIT:
        return False
    if name == PUBLICATION:
        return is_publication(part) and all(is_covered(item.path) for item in part.items)
    return part.contents is None and all(item.reason or is_item(item.path) for item in part.items)


def _check_layout(
    files: Mapping[str, Content], weights: Mapping[str, Weight], parts: Mapping[str, Part]
) -> Iterator[Finding]:
    """1: nothing is missing, nothing else is there, and what follows from the other files does follow."""
    for path in _list_required(files, parts):
        if path not in files:
            yield Finding("evidence.bag.missing", path)
    if not any(path.startswith((PUBLICATION, PROVENANCE)) for path in files):
        yield Finding("evidence.bag.empty", "data/")
    expected = {path: weight for path, weight in weights.items() if is_expected(path)}
    if len(expected) < len(files):
        yield Finding("evidence.bag.extra", "?")
    for path, content in follow_seals(expected).items():
        if files.get(path, content) != content:
            yield Finding("evidence.bag.changed", path)
    for where, gapless in _list_numbers(files):
        if not gapless:
            yield Finding("evidence.bag.numbers", where)
    for path in _list_uncovered(files, parts):
        yield Finding("evidence.bag.uncovered", path)


def _list_required(files: Mapping[str, Content], parts: Mapping[str, Part]) -> set[str]:
    """What has to be there, given what is."""
    required = set(FIXED)
    present = {name for name in (PUBLICATION, PROVENANCE) if any(path.startswith(name) for path in files)}
    required |= {name + file for name in present for file in (LINES, PROOF)}
    if PUBLICATION in present:
        required.add(WITHHELD)
    if len(present) > 1:
        required.add(DERIVED)
    required |= {name_anchor(tree.anchor) for part in parts.values() for tree in part.trees}
    required |= {item.path for part in parts.values() for item in part.items if item.path}
    for anchor, number in timestamp_numbers(files):
        required |= {name_anchor(anchor)}
        required |= {name_timestamp(anchor, number, kind) for kind in ("tsr", "chain.pem")}
    return required


def _list_numbers(files: Mapping[str, Content]) -> Iterator[tuple[str, bool]]:
    """Whether all that is numbered has no gap, and where."""
    yield "data/anchors/", is_gapless(anchor_numbers(files))
    stamps = timestamp_numbers(files)
    for anchor in sorted({anchor for anchor, _ in stamps}):
        yield name_anchor(anchor), is_gapless([number for one, number in stamps if one == anchor])
    yield "data/items/", is_gapless(item_numbers(files))


def _list_uncovered(files: Mapping[str, Content], parts: Mapping[str, Part]) -> list[str]:
    """What should be an item of the publication, or else of the provenance, and is none."""
    published = any(path.startswith(PUBLICATION) for path in files)
    part = parts.get(PUBLICATION if published else PROVENANCE)
    if part is None:  # that it has no form is said, and without it nothing can be said of this
        return []
    covered = {item.path for item in part.items} | (set() if published else _OWN)
    return sorted(path for path in files if is_covered(path) and path not in covered)


def _check_keys(files: Mapping[str, Content]) -> tuple[PublicKey | None, list[Finding]]:
    """2: both keys are keys of their kind, and ssh would be given the same one."""
    try:
        public = parse_pems(_text(files, ED25519_KEY), _text(files, MLDSA_KEY))
    except OnggiError:
        return None, [Finding("evidence.keys.form", "data/keys/")]
    if files.get(SIGNERS) != public.ssh_line:
        return public, [Finding("evidence.keys.signers", SIGNERS)]
    return public, []


def _check_anchors(
    files: Mapping[str, Content], public: PublicKey | None, parts: Mapping[str, Part], *, complete: bool
) -> tuple[dict[int, Anchor], list[Finding], tuple[str, ...]]:
    """3: the anchors have their form, their names follow from the keys, both signatures are right."""
    used = {tree.anchor for part in parts.values() for tree in part.trees}
    anchors: dict[int, Anchor] = {}
    findings: list[Finding] = []
    not_checked: tuple[str, ...] = ()
    for number in anchor_numbers(files):
        path = name_anchor(number)
        if complete and number not in used:
            findings.append(Finding("evidence.anchor.unused", path))
        try:
            anchor = parse_anchor(_text(files, path))
        except OnggiError:
            findings.append(Finding("evidence.anchor.form", path))
            continue
        anchors[number] = anchor
        if public is None:
            findings.append(Finding("evidence.anchor.unsigned", path))
            continue
        if not check_names(anchor, public):
            findings.append(Finding("evidence.anchor.names", path))
        if not check_ed25519(anchor, public):
            findings.append(Finding("evidence.anchor.ed25519", path))
        try:
            if not check_mldsa(anchor, public):
                findings.append(Finding("evidence.anchor.mldsa", path))
        except OnggiError:  # the crypto library was built without it: Ed25519 alone is still a proof today
            not_checked = ("evidence.unchecked.mldsa",)
    return anchors, findings, not_checked


def _check_timestamps(
    files: Mapping[str, Content],
) -> tuple[tuple[tuple[int, Stamp], ...], list[Finding], list[str]]:
    """4: each token is over its anchor, and right at its own time. Whom it is from is for people to judge."""
    stamps: list[tuple[int, Stamp]] = []
    findings: list[Finding] = []
    not_checked: list[str] = []
    for anchor, number in timestamp_numbers(files):
        reply, chain, lists = (
            _text(files, name_timestamp(anchor, number, kind)) for kind in ("tsr", "chain.pem", "crl.pem")
        )
        stamped, where = _text(files, name_anchor(anchor)), name_timestamp(anchor, number, "tsr")
        checked = check_beside(reply, stamped, chain, lists, where)
        findings += checked.findings
        not_checked += checked.not_checked
        if checked.valid and checked.stamp:
            stamps.append((anchor, checked.stamp))
    return tuple(stamps), findings, not_checked


def _check_part(
    files: Mapping[str, Content],
    weights: Mapping[str, Weight],
    name: str,
    part: Part,
    anchors: Mapping[int, Anchor],
) -> Iterator[Finding]:
    """5, 6: what is shown leads to its leaf, and the leaves lead to the roots that were signed."""
    label = name.split("/")[1]
    yield from _check_statements(_text(files, name + LINES), label, name, part)
    for item in part.items:
        if not item.reason and item.path in weights and not _fits(item, weights[item.path]):
            yield Finding("evidence.item.leaf", item.path)
    paths = [item.path for item in part.items]
    if part.contents and hash_contents(part.contents.salt, paths) != part.contents.leaf:
        yield Finding("evidence.part.contents", name + PROOF)
    yield from _find_doubles(label, part)
    roots = find_roots(part, {number: anchor.size for number, anchor in anchors.items()})
    for number, (tree, root) in enumerate(zip(part.trees, roots, strict=True), start=1):
        if root is None or root != anchors[tree.anchor].root:
            yield Finding("evidence.tree.path", f"{label}:tree-{number}")


def _check_statements(text: bytes, label: str, name: str, part: Part) -> Iterator[Finding]:
    lines = text.split(b"\n")
    shown = [sum(isinstance(slot, Shown) for slot in line.slots) for line in part.statements]
    # Canonical bytes hold no zero byte, and a shell could not tell it from nothing.
    if lines.pop() or b"\0" in text or len(lines) != sum(shown):
        yield Finding("evidence.part.slots", name + LINES)
        return
    at = 0
    for number, (line, count) in enumerate(zip(part.statements, shown, strict=True), start=1):
        if rebuild_leaf(line, lines[at : at + count]) != line.leaf:
            yield Finding("evidence.statement.leaf", f"{label}:{number}")
        at += count


def _fits(item: ItemLine, weight: Weight) -> bool:
    return hash_item(item.salt, weight.sha256, weight.length) == item.leaf


def _find_doubles(label: str, part: Part) -> Iterator[Finding]:
    leaves: set[bytes] = set()
    places: set[tuple[int, int]] = set()
    for number, line in enumerate(part.lines, start=1):
        if line.leaf in leaves or (line.tree, line.index) in places:
            statement = isinstance(line, StatementLine)
            kind, number = ("", number) if statement else ("item-", number - len(part.statements))
            yield Finding("evidence.leaf.twice", f"{label}:{kind}{number}")
        leaves.add(line.leaf)
        places.add((line.tree, line.index))


def _check_cuts(files: Mapping[str, Content], statements: int) -> tuple[tuple[Cut, ...], list[Finding]]:
    if WITHHELD not in files:
        return (), []  # that it is missing is said
    try:
        return parse_cuts(_text(files, WITHHELD), statements), []
    except OnggiError as error:
        return (), [Finding(error.id, WITHHELD)]


def _check_derived(files: Mapping[str, Content], parts: Mapping[str, Part]) -> list[Finding]:
    recorded, published = parts[PROVENANCE], parts.get(PUBLICATION)
    if published is None or DERIVED not in files:
        return []
    try:
        parse_derived(
            _text(files, DERIVED),
            len(recorded.statements),
            len(recorded.items),
            len(published.statements),
            {item.path for item in published.items},
        )
    except OnggiError as error:
        return [Finding(error.id, DERIVED)]
    return []


def _text(files: Mapping[str, Content], path: str) -> bytes:
    """The bytes of a file that is read whole; none where it is not there."""
    content = files.get(path, b"")
    return content if isinstance(content, bytes) else b""
