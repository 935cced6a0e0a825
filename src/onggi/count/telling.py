"""An answer in sentences, in one of the three languages.

Pure. What a number means and what was assumed is said here once, for the terminal and for the page. A number
never stands without its range and its sentence.
"""

from collections.abc import Sequence

from onggi.count.answer import Answer, Known, Model
from onggi.count.cells import Cells
from onggi.count.gates import LEAST_LISTS
from onggi.count.population import Population
from onggi.errors import Finding
from onggi.words import known, say

_NAMED = 5  # columns of a table of overlaps that are headed by names


def say_status(answer: Answer, lang: str) -> str:
    """What may be said, in one sentence."""
    cells, envelope, bound = answer.cells, answer.envelope, answer.lower_bound
    if cells is None or bound is None:
        return say("count.status.unread", lang)
    numbers = {"documented": cells.people, "bound": bound}
    if answer.status == "estimate" and envelope is not None:
        low, high = envelope
        return say("count.status.estimate", lang, documented=cells.people, low=low, high=high)
    if bound == cells.people:
        return say("count.status.documented", lang, documented=cells.people)
    return say(f"count.status.{answer.status}", lang, **numbers)


def say_bound(answer: Answer, lang: str) -> str:
    """What the bound from below means."""
    if answer.cells is None or answer.lower_bound is None:
        return ""
    if answer.lower_bound == answer.cells.people:
        id = "count.bound.documented"
    else:
        id = "count.bound" if answer.cells.width >= LEAST_LISTS else "count.bound.two"
    return say(id, lang, bound=answer.lower_bound)


def say_assumption(answer: Answer, lang: str) -> str:
    """Everything that is taken for true, and what of it nobody declared."""
    parts = [say("count.assumption", lang), say("count.assumption.joint", lang)]
    parts.append(say_missing(answer.population, lang) or say("count.assumption.all", lang))
    return ("" if lang == "zh" else " ").join(parts)


def say_missing(population: Population, lang: str) -> str:
    """What nobody declared; nothing where all of it was."""
    if not population.missing:
        return ""
    items = say("ledger.between", lang).join(say(f"count.item.{key}", lang) for key in population.missing)
    return say("count.assumption.missing", lang, items=items)


def list_declared(population: Population, lang: str) -> list[tuple[str, str]]:
    """What was declared of a table, each under what it is called."""
    between = say("ledger.between", lang)
    joined = {
        "population": population.population or "",
        "window": _write_years(population.window or ()),
        "place": population.place or "",
        "list_years": between.join(
            f"{name} {_write_years(years)}" for name, years in population.list_years.items()
        ),
        "fed_by": between.join(
            f"{by} → {name}" for name, feeders in population.fed_by.items() for by in feeders
        ),
        "impossible_overlaps": between.join(" × ".join(pair) for pair in population.impossible_overlaps),
        "linkage_recall": _write_share(population.linkage_recall),
        "linkage_false_merge": _write_share(population.linkage_false_merge),
    }
    return [(say(f"count.item.{key}", lang), text) for key, text in joined.items() if text]


def lay_out_overlaps(cells: Cells) -> tuple[list[str], list[list[str]], str]:
    """How many stand on each list and on each two: heads, lines; and, of so many that names have no room,
    what the numbers in their place stand for."""
    many = cells.width > _NAMED
    names = [str(at) for at in range(1, cells.width + 1)] if many else list(cells.lists)
    legend = "; ".join(f"{at} {name}" for at, name in enumerate(cells.lists, 1)) if many else ""
    rows = [[name, *(str(int(count)) for count in cells.overlaps[at])] for at, name in enumerate(names)]
    return ["", *names], rows, legend


def list_reasons(answer: Answer) -> list[Finding]:
    """Every reason, what refuses first."""
    return sorted(answer.findings, key=lambda finding: not finding.grave)


def say_known(answer: Answer, lang: str) -> str:
    """What it says that each list was estimated from the others; nothing where no list was."""
    if not answer.known:
        return ""
    parts = [say("count.known.meaning", lang)]
    if len(answer.known) == LEAST_LISTS:
        parts.append(say("count.known.two", lang))
    return ("" if lang == "zh" else " ").join(parts)


def say_held(one: Known, lang: str) -> str:
    """Whether the range holds the size that is known."""
    held = {True: "yes", False: "no", None: "none"}[one.covered]
    return say(f"count.known.{held}", lang)


def say_finding(finding: Finding, lang: str) -> str:
    """One reason; the names of models in words."""
    values = dict(finding.values)
    if "model" in values:
        values["model"] = say(f"count.model.{values['model']}", lang)
    return say(finding.code, lang, **values)


def say_meaning(finding: Finding, lang: str) -> str:
    """What a reason means or what would help; it may be empty."""
    hint = f"{finding.code}.hint"
    return say(hint, lang, **finding.values) if known(hint) else ""


def write_range(one: Known | Model) -> str:
    """The range of a model or of a list; a dash where there is none."""
    return f"{one.low} – {one.high}" if one.low is not None else "–"


def _write_years(years: Sequence[int]) -> str:
    return "–".join(map(str, dict.fromkeys(years)))


def _write_share(share: float | None) -> str:
    return "" if share is None else f"{share:g}"
