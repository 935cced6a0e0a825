"""Whether a dossier left, what is left to do where it did not, and what a stranger's check says of it."""

from dataclasses import replace

from onggi.dossier.delivery import Delivery
from onggi.dossier.release import decide_request
from onggi.evidence.timestamp.request import make_request
from onggi.evidence.timestamp.stamps import target_anchor
from onggi.evidence.verify import verify_bag
from onggi.ledger.ledger import Ledger
from onggi.web.against import list_against
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.casework import take_case
from onggi.web.jobs import Progress
from onggi.web.ordered import Outcome, find_kept
from onggi.web.verdict import tell_verdict
from onggi.web.visit import Visit
from onggi.words.digits import group_digits


def show_outcome(visit: Visit) -> Answer:
    """Whether it left, what is left to do where it did not, and what a stranger's check says of it."""
    matter, kept = take_case(visit), find_kept(visit)
    if not isinstance(kept.outcome, Outcome):
        return go(f"/case/{matter.reference}/dossier/{visit.parts['id']}")
    done, report = kept.outcome.delivery, kept.outcome.report
    against = [one for one in list_against(matter, done.plan) if not one.met]
    return show(
        "dossier_done.html",
        section="cases",
        matter=matter,
        id=visit.parts["id"],
        handed=done.handed,
        asks=_is_signed(done),
        folder=str(kept.folder),
        waits=any(one.waits for one in against),
        against=[one for one in against if not one.waits],
        verdict=tell_verdict(report, visit.tongue) if report else None,
        fingerprint=group_digits(done.handed.fingerprint) if done.handed else "",
    )


def hand_request(visit: Visit) -> Answer:
    """A request for a time stamp of what was signed and not handed over: a file with a hash, nothing else."""
    matter, kept = take_case(visit), find_kept(visit)
    done = kept.outcome.delivery if isinstance(kept.outcome, Outcome) else None
    if done is None or done.publication is None or not _is_signed(done):
        return go(f"/case/{matter.reference}/dossier/{visit.parts['id']}")
    target = target_anchor(done.publication.anchor.text)
    request = make_request(target.stamped, target.algorithm, visit.ledger.vault.randomness)
    return hand_out("request.tsq", decide_request(request.raw))


def _is_signed(done: Delivery) -> bool:
    """Whether it is signed, and has not been handed over."""
    return done.publication is not None and done.handed is None


def verify_again(visit: Visit) -> Answer:
    """Check what was written once more, as anybody could without Onggi."""
    matter, kept = take_case(visit), find_kept(visit)
    folder, outcome, id = kept.folder, kept.outcome, visit.parts["id"]
    if folder is None or not isinstance(outcome, Outcome):
        return go(f"/case/{matter.reference}/dossier/{id}")
    reference = matter.reference

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(0, 1, "verify")
        report = verify_bag(folder)
        kept.outcome = replace(outcome, report=report)
        if report.valid:
            visit.walked.mark("verify", matter.case)
        return f"/case/{reference}/dossier/{id}/done"

    return go(f"/jobs/{visit.jobs.begin('web_dossier.verify_job', work).id}")


ROUTES = [
    ("GET", "/case/{ref}/dossier/{id}/done", show_outcome),
    ("POST", "/case/{ref}/dossier/{id}/request", hand_request),
    ("POST", "/case/{ref}/dossier/{id}/verify", verify_again),
]
