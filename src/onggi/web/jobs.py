"""Long work beside the pages: how far it is, whether it was stopped, what came of it.

A job runs in a thread of its own, with a ledger of its own, so that pages go on answering; one after another.
One that began by itself stands back while a page is answered: nobody waits for it.
It ends with the process: what it had recorded by then stands, the rest was never there. Nothing of it is
kept; `title` is the id of a sentence, never a name.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock

from onggi.errors import OnggiError
from onggi.ledger.ledger import Ledger
from onggi.web.faults import name_fault

Progress = Callable[[int, int, str], None]
Work = Callable[[Ledger, Progress], str]
"""Does it, telling how far it is; returns the path of the page that shows what came of it."""

_PATIENCE = 0.25
"""Seconds that a job stands back at one step, so that pages without end do not keep it from its own."""


class Stopped(KeyboardInterrupt):
    """Somebody stopped it. An interrupt, because rooms clear up behind those."""


@dataclass
class Job:
    """One piece of work. `state` is waiting, running, done, failed or stopped; `back` is where it is asked
    for once more, if it did not come to its end."""

    id: str
    title: str
    state: str = "waiting"
    done: int = 0
    total: int = 0
    stage: str = ""
    path: str = ""
    back: str = ""
    error: OnggiError | None = None
    patient: bool = False
    wish: Event = field(default_factory=Event, repr=False)

    @property
    def percent(self) -> int | None:
        """How far, in whole percent; None where nobody can say."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def over(self) -> bool:
        """Whether nothing of it goes on."""
        return self.state in ("done", "failed", "stopped")

    def tell(self, done: int, total: int, stage: str) -> None:
        """How far it is. Raises `Stopped` where somebody wished it."""
        self.done, self.total, self.stage = done, total, stage
        if self.wish.is_set():
            raise Stopped


class Jobs:
    """The jobs of this session. `again` opens the vault once more, for one job, without asking anything."""

    def __init__(self, dice: Callable[[int], bytes], again: Callable[[Progress], Ledger]) -> None:
        self._dice = dice
        self._again = again
        self._jobs: dict[str, Job] = {}
        self._last: dict[str, Job] = {}
        self._lock = Lock()
        self._still = Event()
        self._still.set()
        self._thread = ThreadPoolExecutor(1, "job")

    def begin(self, title: str, work: Work, *, patient: bool = False, back: str = "") -> Job:
        """Put work behind what is waiting already. Patient work stands back while a page is answered."""
        job = Job(self._dice(16).hex(), title, patient=patient, back=back)
        with self._lock:
            self._jobs[job.id] = job
        self._thread.submit(self._run, job, work)
        return job

    def begin_once(self, key: str, title: str, work: Work, *, patient: bool = False, back: str = "") -> Job:
        """The same, unless what has this key goes on already; of what has, only the last is listed."""
        known = self._last.get(key)
        if known is not None and not known.over:
            return known
        if known is not None:
            with self._lock:
                self._jobs.pop(known.id, None)
        self._last[key] = self.begin(title, work, patient=patient, back=back)
        return self._last[key]

    def find_last(self, key: str) -> Job | None:
        """The last job of a key."""
        return self._last.get(key)

    def find(self, id: str) -> Job | None:
        """A job of this session."""
        with self._lock:
            return self._jobs.get(id)

    def all(self) -> list[Job]:
        """All of them, the newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def stop(self, job: Job) -> None:
        """Wish it stopped: at its next step, it is."""
        job.wish.set()

    def stop_all(self) -> None:
        """Wish all of them stopped, and begin none."""
        for job in self.all():
            self.stop(job)
        self._thread.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def hold_still(self) -> Iterator[None]:
        """While a page is answered, in the one thread that answers them."""
        self._still.clear()
        try:
            yield
        finally:
            self._still.set()

    def _tell(self, job: Job, done: int, total: int, stage: str) -> None:
        job.tell(done, total, stage)
        if job.patient:
            self._still.wait(_PATIENCE)

    def _run(self, job: Job, work: Work) -> None:
        if job.wish.is_set():
            job.state = "stopped"
            return
        job.state = "running"
        try:
            progress = partial(self._tell, job)
            ledger = self._again(progress)
            try:
                job.path = work(ledger, progress)
            finally:
                ledger.close()
            job.state = "done"
        except Stopped:
            job.state = "stopped"
        except BaseException as error:  # noqa: BLE001 - it would be lost in the thread; the page says it
            job.error, job.state = name_fault(error), "failed"
