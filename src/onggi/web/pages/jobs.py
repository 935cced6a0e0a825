"""Long work: how far it is, what came of it, and a button that stops it. The same after a reload."""

from onggi.errors import Exit, Finding, OnggiError
from onggi.web.answers import Answer, go, show
from onggi.web.jobs import Job
from onggi.web.visit import Visit
from onggi.words import known, say


def list_jobs(visit: Visit) -> Answer:
    """All work of this session."""
    jobs = visit.jobs.all()
    return show("jobs.html", section="jobs", jobs=jobs, going=not all(job.over for job in jobs))


def show_job(visit: Visit) -> Answer:
    """One piece of work; while it goes on, the page looks again by itself."""
    job = _find(visit)
    wrong = Finding(job.error.id, "", job.error.values) if job.error else None
    return show("job.html", section="jobs", job=job, stage=_say_stage(job, visit.tongue), wrong=wrong)


def stop_job(visit: Visit) -> Answer:
    """Stop it, at its next step."""
    job = _find(visit)
    visit.jobs.stop(job)
    return go(f"/jobs/{job.id}")


def _find(visit: Visit) -> Job:
    job = visit.jobs.find(visit.parts["id"])
    if job is None:
        raise OnggiError("web_jobs.absent", exit_code=Exit.ABSENT)
    return job


def _say_stage(job: Job, tongue: str) -> str:
    """What it is at, in words; nothing where there are none for it."""
    ids = (f"cli.stage.{job.stage}", f"cli.link.stage.{job.stage}")
    return next((say(id, tongue) for id in ids if job.stage and known(id)), "")


ROUTES = [
    ("GET", "/jobs", list_jobs),
    ("GET", "/jobs/{id}", show_job),
    ("POST", "/jobs/{id}/stop", stop_job),
]
