"""An answer of `onggi count` as its published JSON, and as lines people read."""

from onggi.cli.contracts.count import Counted, KnownRow, ModelRow, PanelRow, Range, ReasonRow
from onggi.cli.showing import introduce, show_line, show_table
from onggi.count.answer import Answer, Known, Model
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
from onggi.errors import Finding
from onggi.words import language, say
from onggi.words.whereabouts import say_where


def describe_answer(answer: Answer) -> Counted:
    """The whole answer, whatever its status."""
    envelope, reasons = answer.envelope, list_reasons(answer)
    return {
        "status": answer.status,
        "reasons": [
            f"{finding.code}: {say_finding(finding, language())}" for finding in list_reasons(answer)
        ],
        "findings": [_describe_reason(finding) for finding in reasons],
        "models": [_describe_model(model) for model in answer.models],
        "panel": [PanelRow(setting=row.setting, n_median=row.median) for row in answer.panel],
        "envelope": Range(lo=envelope[0], hi=envelope[1]) if envelope is not None else None,
        "lower_bound": answer.lower_bound,
        "known": [_describe_known(known) for known in answer.known],
        "assumption": say_assumption(answer, language()),
    }


def print_answer(answer: Answer) -> None:
    """What may be said first, then the models side by side, then every reason."""
    lang = language()
    show_line(say_status(answer, lang), style="bold")
    if answer.models:
        show_line("")
        show_table(
            [f"cli.count.column.{name}" for name in ("model", "median", "range", "rhat", "ess")],
            [_print_model(model, lang) for model in answer.models],
        )
    if answer.panel:
        medians = [row.median for row in answer.panel]
        show_line(say("cli.count.panel", count=len(medians), low=min(medians), high=max(medians)))
    if answer.known:
        show_line("")
        show_table(
            [f"cli.count.column.{name}" for name in ("list", "size", "range", "held")],
            [_print_known(known, lang) for known in answer.known],
        )
        show_line(say_known(answer, lang))
    if bound := say_bound(answer, lang):
        show_line("")
        show_line(bound)
    for finding in list_reasons(answer):
        show_line("")
        row = _describe_reason(finding)
        show_line(introduce(say_where(row["where"], lang), row["what"]))
        show_line(row["meaning"], 2)
    show_line("")
    show_line(say_assumption(answer, lang))


def _describe_reason(finding: Finding) -> ReasonRow:
    lang = language()
    return {
        "code": finding.code,
        "where": finding.where,
        "what": say_finding(finding, lang),
        "meaning": say_meaning(finding, lang),
        "refuses": finding.grave,
    }


def _describe_model(model: Model) -> ModelRow:
    return {
        "name": model.name,
        "n_median": model.median,
        "n_lo": model.low,
        "n_hi": model.high,
        "rhat": model.rhat,
        "ess": model.ess,
        "settings": dict(model.settings),
    }


def _describe_known(known: Known) -> KnownRow:
    return {
        "name": known.name,
        "size": known.size,
        "n_lo": known.low,
        "n_hi": known.high,
        "holds": known.covered,
    }


def _print_known(known: Known, lang: str) -> tuple[str, ...]:
    return known.name, str(known.size), write_range(known), say_held(known, lang)


def _print_model(model: Model, lang: str) -> tuple[str, ...]:
    numbers = (model.median, write_range(model), model.rhat, model.ess)
    return (say(f"count.model.{model.name}", lang), *("–" if one is None else str(one) for one in numbers))
