"""One statement, proved to a stranger: its slots, its way to an anchor, and the bag that carries both.

Floor 5; writes through `release` and nowhere else. Makes an anchor where none covers the commit. Refused:
what `release` refuses, a statement that was replaced, one in whose texts a name stands that is known by now,
one that concerns somebody whose no stands, to whomever (nobody can say who will read a proof), one that such
a person may have told, since identity is not read for that here, and whoever was not granted to release.
"""

from pathlib import Path

from onggi.dossier.bag import build_proof_bag, show_provenance
from onggi.dossier.guides import load_guides
from onggi.dossier.leaving import sign_leaving
from onggi.dossier.matter import read_matter
from onggi.dossier.provenance import Provenancer
from onggi.dossier.release import Candidate, check_place, decide_release, release_bag
from onggi.errors import Exit, OnggiError
from onggi.ledger.consents import hear_entries, list_unread
from onggi.ledger.directory import Directory
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.screen import Screen, list_texts
from onggi.ledger.screening import is_screened
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.model.request import is_ever_declined
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.proof.leaf import Reason
from onggi.vault.anchoring import require_release
from onggi.vault.grants import STRATA
from onggi.words import LANGUAGES, say


def prove_statement(ledger: Ledger, id: str, out: Path) -> str:
    """Write the bag that proves one statement as the new folder `out`; returns the shown key's fingerprint.

    Raises:
        OnggiError: `prove.absent` for no statement of an open stratum, `prove.replaced` for one that was
            superseded or retracted, `release.standing` where a name that is known by now stands in a text,
            `release.unseen` where there is a text and the member may not see names, `prove.declined` where
            somebody whom it concerns said no, `prove.unheard` where somebody said no of whom it cannot be
            seen whether she told it, `prove.unread` where a no may be among what cannot be read, `release.…`
            where the decision is no, `vault.anchors.release` for a member who was not granted to release.
    """
    view = ledger.view(strata=STRATA)
    held = view.statement(id)
    if held is None:
        raise OnggiError("prove.absent", exit_code=Exit.USAGE)
    if not view.is_live(held):
        raise OnggiError("prove.replaced", exit_code=Exit.REFUSED)
    source = held.statement.source
    seers = ledger.seers(ledger.vault.compartment(held.compartment))
    candidate = Candidate(
        held.stratum,
        published=source is not None and view.publication(source),
        screened=all(is_screened(one, view, seers) for one in (held, *_list_titles(held, ledger.view()))),
    )
    against = decide_release([candidate])
    if against:
        raise OnggiError(against[0].code, exit_code=Exit.REFUSED, count=len(against))
    check_place(out)
    compartment = ledger.vault.compartment(held.compartment)
    public = require_release(ledger.vault, compartment).public
    _refuse_named(ledger, held)
    _refuse_declined(ledger, held)
    # Read before the anchor is made: making it opens the vault again, and what was open is closed.
    reading = _read_out(held, ledger.view())
    ledger.close()
    prover = Provenancer(ledger.vault, compartment)
    # Who recorded it and what it replaced is nobody's business outside.
    statement = prover.prove(held, {"trace": Reason.TRACE})
    provenance = show_provenance([statement], [], prover.anchors, reading=reading)
    files = build_proof_bag(provenance, public, load_guides())
    origin = Text(prover.anchors[0].anchor.origin, "und")
    note = ledger.make_statement(held.id, held.statement.about.case, "exported", origin)
    with sign_leaving(ledger, compartment, [(Stratum.RECORD, note)], out):
        # After that commit: a name or a no recorded before it counts, one that comes later stops the next.
        _refuse_named(ledger, held)
        _refuse_declined(ledger, held)
        release_bag([candidate], files, out)
    return public.fingerprint


def _refuse_named(ledger: Ledger, held: Held) -> None:
    """Look through every text that is shown for the names known by now: it was screened for those of then."""
    texts = [text for one in (held, *_list_titles(held, ledger.view())) for text in list_texts(one.statement)]
    names = Directory(ledger, ledger.vault.compartment(held.compartment)).known_names() if texts else ()
    if names is None:
        raise OnggiError("release.unseen", exit_code=Exit.REFUSED)
    screen = Screen(names, held.statement.about.case)
    if any(screen.find_name(text) for text in texts):
        raise OnggiError("release.standing", exit_code=Exit.REFUSED)


def _refuse_declined(ledger: Ledger, held: Held) -> None:
    """Hear everybody whom the statement concerns; what cannot be read may be a no."""
    compartment = ledger.vault.compartment(held.compartment)
    if list_unread(ledger, compartment):
        raise OnggiError("prove.unread", exit_code=Exit.REFUSED)
    view = ledger.view(compartment=compartment)
    matter = read_matter(view, held.statement.about.case)
    concerned, source = matter.concerned(held), held.statement.source
    if any(_said_no(view, person) for person in concerned):
        raise OnggiError("prove.declined", exit_code=Exit.REFUSED)
    # By whom a newspaper was told is known in identity alone, which is never opened here: by any of them.
    others = matter.persons - matter.suspects - concerned
    if source and matter.hides_speaker(source) and any(_said_no(view, person) for person in others):
        raise OnggiError("prove.unheard", exit_code=Exit.REFUSED)


def _said_no(view: View, person: str) -> bool:
    return any(is_ever_declined(heard) for heard in hear_entries(view, person))


def _read_out(held: Held, record: View) -> str:
    """The statement as a sentence in three languages, with the title under which its source is published."""
    lines = [say_statement(held, lang, record.call) for lang in LANGUAGES]
    for one in _list_titles(held, record):
        if isinstance(title := one.statement.value, Text):
            lines += [say("prove.source", lang, title=title.text) for lang in LANGUAGES]
    return "\n".join(lines) + "\n"


def _list_titles(held: Held, record: View) -> list[Held]:
    """The title under which its source is published, if it has one."""
    titles = record.live(held.statement.source or "", "title")
    return [one for one in titles if isinstance(one.statement.value, Text)][:1]
