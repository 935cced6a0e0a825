"""One statement, proved to a stranger: its slots, its way to an anchor, and the bag that carries both.

Floor 5; writes through `release` and nowhere else. Makes an anchor where none covers the commit. Refused:
what `release` refuses, a statement that was replaced, and whoever was not granted to release.
"""

from pathlib import Path

from onggi.dossier.bag import Anchored, ProvenStatement, build_proof_bag, show_provenance
from onggi.dossier.guides import load_guides
from onggi.dossier.release import Candidate, check_place, decide_release, release_bag
from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text
from onggi.proof.anchor import parse_anchor
from onggi.proof.inclusion import Climb, Inclusion
from onggi.proof.leaf import EMPTY_SLOT, SLOT_NAMES, Reason, disclose_slots
from onggi.proof.merkle import inclusion_path
from onggi.proof.tree import commit_path
from onggi.vault.anchoring import cover_commit, require_release
from onggi.vault.anchors import Anchoring
from onggi.vault.commits import Step
from onggi.vault.grants import STRATA
from onggi.vault.opened import Compartment
from onggi.vault.strata import Content, Kept
from onggi.words import LANGUAGES, say

_SCREENED = Term("yes_no", "yes")


def prove_statement(ledger: Ledger, id: str, out: Path) -> str:
    """Write the bag that proves one statement as the new folder `out`; returns the shown key's fingerprint.

    Raises:
        OnggiError: `prove.absent` for no statement of an open stratum, `prove.replaced` for one that was
            superseded or retracted, `release.…` where the decision is no, `vault.anchors.release` for a
            member who was not granted to release.
    """
    view = ledger.view(strata=STRATA)
    held = view.statement(id)
    if held is None:
        raise OnggiError("prove.absent", exit_code=Exit.USAGE)
    if not view.is_live(held):
        raise OnggiError("prove.replaced", exit_code=Exit.REFUSED)
    source = held.statement.source
    candidate = Candidate(
        held.stratum,
        published=source is not None and view.publication(source),
        screened=_is_screened(held, view),
    )
    against = decide_release([candidate])
    if against:
        raise OnggiError(against[0].code, exit_code=Exit.REFUSED, count=len(against))
    check_place(out)
    compartment = ledger.vault.compartment(held.compartment)
    public = require_release(ledger.vault, compartment).public
    # Read before the anchor is made: making it opens the vault again, and what was open is closed.
    reading = _read_out(held, ledger.view())
    ledger.close()
    anchoring = cover_commit(ledger.vault, compartment, held.commit)
    compartment = ledger.vault.compartment(held.compartment)
    statement = _prove(ledger, compartment, held, anchoring)
    anchor = parse_anchor(anchoring.text)
    provenance = show_provenance([statement], [], [Anchored(anchor)], reading=reading)
    files = build_proof_bag(provenance, public, load_guides())
    # Signed before it leaves: an export that failed stands in the log, one that succeeded is never missing.
    note = ledger.make_statement(held.id, held.statement.about.case, "exported", Text(anchor.origin, "und"))
    ledger.append(compartment, [(Stratum.RECORD, note)])
    release_bag([candidate], files, out)
    return public.fingerprint


def _prove(ledger: Ledger, compartment: Compartment, held: Held, anchoring: Anchoring) -> ProvenStatement:
    step = compartment.history.step(held.log, held.seq)
    if step is None:
        raise OnggiError("prove.damaged")
    content = ledger.vault.content(compartment, step, held.stratum)
    kept = next((one for one in content.kept if one.index == held.leaf), None)
    if kept is None:
        raise OnggiError("prove.damaged")
    slots = disclose_slots(kept.slots, kept.salts, _withheld(kept))
    return ProvenStatement(slots, _include(step, content, kept, held, anchoring))


def _include(step: Step, content: Content, kept: Kept, held: Held, anchoring: Anchoring) -> Inclusion:
    stratum = STRATA.index(held.stratum)
    roots = [bytes.fromhex(step.commit.roots[one]) for one in STRATA]
    climb = Climb(stratum, commit_path(roots, stratum), anchoring.ways[step.hash])
    return Inclusion(kept.index, len(content.leaves), inclusion_path(content.leaves, kept.index), climb)


def _withheld(kept: Kept) -> dict[str, Reason]:
    """Empty slots and the trace: who recorded it, and what it replaced, is nobody's business outside."""
    empty = {
        name: Reason.EMPTY for name, slot in zip(SLOT_NAMES, kept.slots, strict=True) if slot == EMPTY_SLOT
    }
    return {**empty, "trace": Reason.TRACE}


def _is_screened(held: Held, view: View) -> bool:
    """Whether names were looked for: when it was recorded, or by a member who could, later."""
    looked = [one.statement.what for one in view.live(held.id, "screened")]
    return held.statement.trace.screened or (
        bool(looked) and all((one.value, one.polarity) == (_SCREENED, "asserts") for one in looked)
    )


def _read_out(held: Held, record: View) -> str:
    """The statement as a sentence in three languages, with the title under which its source is published."""
    lines = [say_statement(held, lang, record.call) for lang in LANGUAGES]
    said = record.live(held.statement.source or "", "title")
    titles = [one.statement.value.text for one in said if isinstance(one.statement.value, Text)]
    lines += [say("prove.source", lang, title=title) for title in titles[:1] for lang in LANGUAGES]
    return "\n".join(lines) + "\n"
