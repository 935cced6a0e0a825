"""What came of a count, of the record or of a table: what may be said, or why nothing is; and its report.

A report is made of a table only, as on the command line: how few stand on two lists at once would leave the
vault with it unhidden. It is set when somebody asks for it, in her language, and lies nowhere.
"""

from onggi import __version__
from onggi.count.drawing import draw_frequencies, draw_models, draw_shares
from onggi.count.report import FILES, set_report
from onggi.count.telling import (
    list_reasons,
    say_assumption,
    say_bound,
    say_finding,
    say_held,
    say_known,
    say_meaning,
    say_status,
    write_range,
)
from onggi.errors import Exit, OnggiError
from onggi.web.answers import Answer, hand_out, show
from onggi.web.estimated import KEPT, Outcome
from onggi.web.outcomes import take_outcome
from onggi.web.visit import Visit
from onggi.words import say


def show_answer(visit: Visit) -> Answer:
    """What may be said, or why nothing is; the models side by side, the bound, and what was assumed."""
    outcome, tongue = _find(visit), visit.tongue
    answer = outcome.answer
    medians = [row.median for row in answer.panel]
    return show(
        "numbers_answer.html",
        section="numbers",
        id=visit.parts["id"],
        files=FILES if outcome.table else (),
        brought=outcome.table,
        status_id=answer.status,
        recorded=bool(outcome.estimate),
        done=outcome.done,
        anew=outcome.anew,
        declared=[one for one in (answer.population.population, answer.population.place) if one],
        said=say_status(answer, tongue),
        bound=say_bound(answer, tongue),
        reasons=[
            (one.grave, say_finding(one, tongue), say_meaning(one, tongue)) for one in list_reasons(answer)
        ],
        figures=draw_models(answer, tongue),
        models=[
            [say(f"count.model.{one.name}", tongue), _write(one.median), write_range(one)]
            for one in answer.models
        ],
        panel=say("cli.count.panel", tongue, count=len(medians), low=min(medians), high=max(medians))
        if medians
        else "",
        overlaps=[*draw_frequencies(answer, tongue), *draw_shares(answer, tongue)],
        known=[[one.name, str(one.size), write_range(one), say_held(one, tongue)] for one in answer.known],
        known_means=say_known(answer, tongue),
        assumption=say_assumption(answer, tongue),
    )


def hand_report(visit: Visit) -> Answer:
    """One file of the report of a table, under a name of ours."""
    outcome, name = _find(visit), visit.parts["file"]
    if name not in FILES or not outcome.table:
        raise OnggiError("web_numbers.gone", exit_code=Exit.ABSENT)
    data = set_report(name, outcome.answer, visit.tongue, seed=outcome.seed, version=__version__)
    return hand_out(name, data)


def _find(visit: Visit) -> Outcome:
    return take_outcome(visit, Outcome, "web_numbers.gone", KEPT)


def _write(number: int | None) -> str:
    return "–" if number is None else str(number)


ROUTES = [
    ("GET", "/numbers/answer/{id}", show_answer),
    ("GET", "/numbers/answer/{id}/{file}", hand_report),
]
