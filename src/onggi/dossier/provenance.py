"""Where what is shown comes from: leaves as they were recorded, and their way to anchors of the vault.

Floor 5; reads the vault, and makes an anchor where none covers a commit. Refused: what a vault holds no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onggi.dossier.bag import Anchored, ProvenStatement, Timestamp
from onggi.dossier.dataset import Entry
from onggi.errors import OnggiError
from onggi.evidence.timestamp.beside import check_beside, lay_beside
from onggi.evidence.timestamp.certificates import read_papers
from onggi.evidence.timestamp.stamps import tokens_of
from onggi.ledger.held import Held
from onggi.model.value import Entity
from onggi.proof.anchor import parse_anchor
from onggi.proof.inclusion import Climb, Inclusion
from onggi.proof.leaf import EMPTY_SLOT, SLOT_NAMES, Reason, disclose_slots
from onggi.proof.merkle import build_levels, path_through
from onggi.proof.tree import commit_path
from onggi.vault.anchoring import cover_commit
from onggi.vault.anchors import Anchoring
from onggi.vault.commits import Step
from onggi.vault.grants import STRATA
from onggi.vault.opened import Compartment, Vault
from onggi.vault.strata import Kept

MOST_TOKENS = 9
"""Tokens of one anchor that a bag has room for; the latest are taken."""

_CODED = frozenset({"code", "note", "title"})


@dataclass(frozen=True, slots=True)
class _Read:
    """One stratum of one commit: what is kept by its place, and its tree, built once."""

    step: Step
    kept: Mapping[int, Kept]
    levels: Sequence[Sequence[bytes]]


class Provenancer:
    """Proves statements of one compartment; each commit is read once, each anchor told once."""

    def __init__(self, vault: Vault, compartment: Compartment) -> None:
        self._vault = vault
        self._name = compartment.id
        self._anchors: list[Anchoring] = []
        self._read = cache(self._read_content)

    @property
    def anchors(self) -> list[Anchored]:
        """The anchors that what was proved so far leads to, with what is kept over each."""
        compartment = self._vault.compartment(self._name)
        return [
            Anchored(parse_anchor(one.text), list_timestamps(self._vault, compartment, one.text))
            for one in self._anchors
        ]

    def prove(self, held: Held, withheld: Mapping[str, Reason]) -> ProvenStatement:
        """A statement as it was recorded; empty slots are withheld besides, as what they are."""
        read = self._read(held.log, held.seq, held.stratum)
        kept = read.kept.get(held.leaf)
        if kept is None:
            raise OnggiError("prove.damaged")
        number = self._find_anchor(read.step)
        slots = disclose_slots(kept.slots, kept.salts, {**_list_empty(kept), **withheld})
        return ProvenStatement(slots, _include(read, held, self._anchors[number]), number)

    def _find_anchor(self, step: Step) -> int:
        for number, anchoring in enumerate(self._anchors):
            if step.hash in anchoring.ways:
                return number
        anchoring = cover_commit(self._vault, self._vault.compartment(self._name), step.hash)
        self._anchors.append(anchoring)
        return len(self._anchors) - 1

    def _read_content(self, log: str, seq: int, stratum: str) -> _Read:
        compartment = self._vault.compartment(self._name)
        step = compartment.history.step(log, seq)
        if step is None:
            raise OnggiError("prove.damaged")
        content = self._vault.content(compartment, step, stratum)
        return _Read(step, {one.index: one for one in content.kept}, build_levels(content.leaves))


def list_timestamps(vault: Vault, compartment: Compartment, anchor: bytes) -> Sequence[Timestamp]:
    """The tokens kept over an anchor itself that are good by the rule of a bag, as a bag carries them.

    A reply that was kept again, with more beside it, is there once, with all that is known of it. What a
    stranger would find wrong stays in the vault, and so do renewals.
    """
    papers: dict[bytes, list[bytes]] = {}
    for one in tokens_of(vault, compartment, anchor):
        if not one.renews:
            known = papers.pop(one.reply, [])
            papers[one.reply] = known + [part for part in (one.chain, one.lists) if part not in known]
    laid = [(reply, lay_beside(reply, b"".join(known))) for reply, known in papers.items()]
    stamps = [Timestamp(reply, *beside) for reply, beside in laid if beside]
    good = [one for one in stamps if check_beside(one.reply, anchor, one.chain, one.crl, "").valid]
    return good[-MOST_TOKENS:]


def count_authorities(stamps: Sequence[Timestamp]) -> int:
    """How many authorities stand behind the tokens of a bag, counted by the ends of their chains."""
    return len({read_papers(one.chain).certificates[-1] for one in stamps})


def withhold_slots(entry: Entry) -> dict[str, Reason]:
    """Which slots of an original stay inside where it stands behind a statement that is shown.

    Ids and codes of the vault are in no dossier, so that no two can be put together by them; a value that was
    made coarser is shown as its digest.
    """
    said, shown = entry.origin.statement, entry.held.statement
    joins = isinstance(said.value, Entity) or said.what.property in _CODED
    withheld = {"subject": Reason.IDENTITY, "source": Reason.SOURCE, "trace": Reason.TRACE}
    if said.words != shown.words:
        withheld["words"] = Reason.WORDS
    if joins or said.what != shown.what:
        withheld["what"] = Reason.IDENTITY
    return withheld


def _include(read: _Read, held: Held, anchoring: Anchoring) -> Inclusion:
    stratum = STRATA.index(held.stratum)
    roots = [bytes.fromhex(read.step.commit.roots[one]) for one in STRATA]
    climb = Climb(stratum, commit_path(roots, stratum), anchoring.ways[read.step.hash])
    return Inclusion(held.leaf, len(read.levels[0]), path_through(read.levels, held.leaf), climb)


def _list_empty(kept: Kept) -> dict[str, Reason]:
    slots = zip(SLOT_NAMES, kept.slots, strict=True)
    return {name: Reason.EMPTY for name, slot in slots if slot == EMPTY_SLOT}
