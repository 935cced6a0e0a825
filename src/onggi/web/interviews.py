"""What a source said, interview by interview. An interview is what one commit brought of a source."""

from onggi.ledger.retracting import list_told
from onggi.web.casework import Matter
from onggi.web.days import say_moment


def list_interviews(matter: Matter) -> list[tuple[str, str, int]]:
    """The interviews of a source: where each is taken back, its day, and how many statements stand of it."""
    return [
        (lead_to_told(matter, commit), say_moment(told[0].time[0], matter.tongue), len(told))
        for commit, told in list_told(matter.view, matter.entity).items()
        if len(told) > 1
    ]


def lead_to_told(matter: Matter, commit: str) -> str:
    """Where an interview is shown and taken back."""
    return f"/source/{matter.reference}/told/{commit}"
