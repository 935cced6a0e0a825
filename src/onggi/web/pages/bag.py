"""A bag that somebody handed over, a dossier or a proof: checked as a stranger would, and kept nowhere.

It comes in as the folder it is, or packed; what is read of it is read in memory, what is only carried along
is weighed as it passes, and nothing of it is written anywhere. An archive is unpacked in the process apart,
which holds no key. The verdict is that of `evidence.verify`, which knows no vault. Refused: to follow a path
that somebody sent, or to tell what a file or a folder is called.
"""

from collections.abc import Callable, Iterator

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.arriving import Arriving
from onggi.evidence.folder import Contents
from onggi.evidence.quarantine import LARGEST, Quarantine
from onggi.evidence.verify import BagReport, check_bag
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.jobs import Progress, Work
from onggi.web.orders import Kept
from onggi.web.outcomes import take_outcome
from onggi.web.upload import Delivery, Upload
from onggi.web.verdict import tell_verdict
from onggi.web.visit import Visit

_KEPT = "bag"
_PIECE = 1 << 20
_FIELDS = ("folder", "archive")


def ask_bag(visit: Visit) -> Answer:
    """Which folder, or which archive."""
    return _show(visit, Form.of())


def check_handed(visit: Visit) -> Answer:
    """Check it while it comes in."""
    delivery = visit.upload
    if delivery is None or not delivery.name or delivery.field not in _FIELDS:
        return _show(visit, Form(visit.fields, [Finding("web_bag.fileless", "folder")]))
    kept = Kept({}, _KEPT)
    path = f"/bag/{visit.orders.keep(kept)}"
    job = visit.jobs.begin("web_bag.job", _check(delivery, kept, path))
    delivery.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def show_verdict(visit: Visit) -> Answer:
    """What the check found, step by step, and what it could not look at."""
    report, packed = take_outcome(visit, tuple, "web_log.gone", _KEPT)
    verdict = tell_verdict(report, visit.tongue)
    return show("bag_checked.html", section="log", verdict=verdict, packed=packed)


def _check(delivery: Delivery, kept: Kept, path: str) -> Work:
    def work(ledger: Ledger, tell: Progress) -> str:
        kept.outcome = _read(delivery, lambda done, total: tell(done, total, "verify"))
        return path

    return work


def _read(delivery: Delivery, tell: Callable[[int, int], None]) -> tuple[BagReport, bool]:
    """The verdict, and whether it came packed. It is one folder, or one archive and nothing else."""
    arriving, told = Arriving(), _Told(delivery.length, tell)
    packed: Contents | None = None
    try:
        for count, upload in enumerate(delivery.files(told.repeat)):
            if count and (packed is not None or upload.field != "folder"):
                raise OnggiError("web_bag.several", exit_code=Exit.USAGE)
            if upload.field == "folder":  # the name begins with that of the folder that was chosen
                arriving.take(upload.name.partition("/")[2], told.draw(upload))
            else:
                packed = _unpack(upload)
    except OnggiError as error:
        if error.id == "web_item.unmeasured":
            raise OnggiError("web_bag.unmeasured", exit_code=Exit.USAGE) from None
        raise
    if delivery.broken:
        raise OnggiError("web_item.broken")
    if packed is not None:
        return check_bag(packed.files, packed.findings), True
    return check_bag(arriving.files, arriving.findings), False


def _unpack(upload: Upload) -> Contents:
    data = upload.read(LARGEST)
    with Quarantine() as quarantine:
        return quarantine.unpack(data)


class _Told:
    """How much of all came in, so that it can be stopped."""

    def __init__(self, length: int, tell: Callable[[int, int], None]) -> None:
        self._length = length
        self._tell = tell
        self._read = 0

    def repeat(self) -> None:
        self._tell(self._read, self._length)

    def draw(self, upload: Upload) -> Iterator[bytes]:
        left, buffer = upload.length, memoryview(bytearray(min(_PIECE, upload.length)))
        while left:
            size = upload.readinto(buffer[:left])
            left, self._read = left - size, self._read + size
            self.repeat()
            yield bytes(buffer[:size])


def _show(visit: Visit, form: Form) -> Answer:
    return show("bag.html", status=422 if form.findings else 200, section="log", form=form)


ROUTES = [
    ("GET", "/bag", ask_bag),
    ("POST", "/bag", check_handed),
    ("GET", "/bag/{id}", show_verdict),
]
