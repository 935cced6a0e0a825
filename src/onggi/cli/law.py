"""`onggi law`: what the facts of a case may amount to, what is missing, who can hear it, and until when.

With --timeline, until when as lines on one scale of years.

With --calendar, the days on which something ends leave as a file of coded titles.

With --reverse, which recorded facts could be used against whom. That needs identity open, is signed, and is
never stored: nothing of it goes anywhere but to the screen.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli import opening
from onggi.cli.asking import (
    Because,
    Compartment,
    Identity,
    Json,
    PassphraseFile,
    Slot,
    VaultPath,
    confirm,
    read_day,
)
from onggi.cli.help import Command
from onggi.cli.law_rows import describe_assessment, describe_warnings
from onggi.cli.law_strips import print_strips
from onggi.cli.norms import Folder, take_shelf
from onggi.cli.opening import today, unlock
from onggi.cli.show import open_on
from onggi.cli.showing import introduce, show_json, show_line, tell
from onggi.errors import Exit, OnggiError
from onggi.law.agenda import list_days
from onggi.law.assess import Assessed, assess_case
from onggi.law.elements import Weighed
from onggi.law.limitation import Limitation
from onggi.law.matrix import MARKS
from onggi.law.openness import DANGEROUS, NOT_OPEN, OPEN, Openness
from onggi.law.qualify import Suggestion
from onggi.law.reverse import Warned, gather_warnings, load_rules, warn
from onggi.law.shelf import Shelf
from onggi.law.telling import (
    Footnotes,
    say_complaint,
    say_confidence,
    say_lapsed_rule,
    say_limitation,
    say_mandate,
    say_not_in_force,
    say_own,
    say_reading,
    say_review,
    say_span,
    say_weight,
    say_why,
)
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.law.help"))
def law(
    vault: VaultPath,
    case: Annotated[str, typer.Argument(metavar="CASE", help=say("cli.law.case"), show_default=False)],
    reverse: Annotated[bool, typer.Option("--reverse", help=say("cli.law.reverse"))] = False,
    folder: Folder = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=say("cli.law.day"), show_default=False)
    ] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help=say("cli.law.timeline"))] = False,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", metavar="FILE.ics", help=say("cli.law.calendar"), show_default=False),
    ] = None,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Set a case beside the law."""
    if calendar is not None and (reverse or identity or as_of):
        raise OnggiError("cli.law.calendar_alone", exit_code=Exit.USAGE)
    if timeline and (reverse or json):
        raise OnggiError("cli.law.timeline_alone", exit_code=Exit.USAGE)
    shelf = take_shelf(folder)
    moment = read_day(as_of)
    ledger = unlock(vault, slot, passphrase_file)
    view, found = open_on(ledger, case, identity or reverse, because, moment, compartment)
    id = found.statement.about.case
    if view.kind_of(id) != "case" or view.find(case) != id:
        raise OnggiError("cli.law.no_case", exit_code=Exit.USAGE)
    if reverse:
        warnings = warn(view, id)
        show_json(describe_warnings(warnings)) if json else _print_warnings(warnings, view)
    else:
        assessed = assess_case(view, id, date.fromisoformat(as_of) if as_of else today(), shelf)
        if json:
            show_json(describe_assessment(assessed, shelf))
        else:
            print_strips(assessed, view) if timeline else _print_assessed(assessed, view, shelf)
        if calendar is not None:
            _write_calendar(ledger, found, assessed, view.call(id), calendar)
    if ledger.findings:
        tell("cli.show.damaged", count=len(ledger.findings))


def _write_calendar(ledger: Ledger, found: Held, one: Assessed, code: str, out: Path) -> None:
    """Hand out the days of a case: said what it reveals, signed, then written."""
    from onggi.dossier.agenda import hand_out_agenda

    days = list_days(one.suggestions, one.timers, code, one.today)
    if not days:
        raise OnggiError("cli.law.calendar_none", exit_code=Exit.USAGE)
    tell("cli.law.calendar_reveals", code=code)
    confirm("cli.law.calendar_confirm")
    hand_out_agenda(ledger, found, days, datetime.fromtimestamp(opening.read_clock() / 1000, UTC), out)
    tell("cli.law.calendar_written", count=len(days))


def _print_assessed(one: Assessed, view: View, shelf: Shelf) -> None:
    show_line(say("law.notice"), style="bold")
    if not one.suggestions:
        show_line(say("law.page.nothing"))
    _print_suggestions(one, view, shelf)
    _print_responses(one, view)
    _print_returns(one, view)
    _print_avenues(one)
    _print_timers(one)
    _print_tasks(one)
    if one.unknown_norms:
        tell("law.page.unknown_norm", ids=", ".join(one.unknown_norms))
    show_line("")
    show_line(say("law.notice"), style="bold")


def _print_suggestions(one: Assessed, view: View, shelf: Shelf) -> None:
    notes = Footnotes(language(), shelf.norms, lambda id: id[:8])
    if one.charges:
        _head("law.page.norms")
    for found, limit in one.charges:
        _print_suggestion(found, limit, view, notes, shelf)
    if one.rules:
        _head("law.page.rules")
    for id, limits in one.rules.items():
        show_line(f"{id} {shelf.norms[id].titles[language()]}", 2)
        for said in say_lapsed_rule(limits, language(), shelf.norms):
            show_line(f"! {said}", 6)
    if notes.told:
        _head("law.page.notes")
    for text in notes.list():
        show_line(text, 2)


def _print_suggestion(one: Suggestion, limit: Limitation, view: View, notes: Footnotes, shelf: Shelf) -> None:
    lang = language()
    victim = view.call(one.scope.victim) if one.scope.victim else say("law.page.nobody")
    show_line("")
    show_line(
        say("law.page.suggestion", id=one.norm.id, title=one.norm.titles[lang], victim=victim), style="bold"
    )
    show_line(say_review(one.norm.standing, lang), 4, "dim")
    for text in say_own(one.norm.standing, lang):
        show_line(text, 4)
    show_line(say_confidence(one.norm.standing.confidence, one.norm.uncertain, lang), 4, "dim")
    for guard in one.guards:
        show_line(f"! {guard.texts[lang]}", 4)
    if one.norm.complaint_only:
        show_line(f"! {say('law.page.complaint_only')}", 4)
        show_line(say("law.page.exceptions", id=one.norm.id), 6, "dim")
    if one.qualified:
        show_line(say("law.page.qualified", ids=_call(one.qualified)), 4)
    for weighed in one.elements:
        text = weighed.element.texts[lang]
        _print_element(weighed, text)
    for text in say_not_in_force(limit, lang, shelf.norms):
        show_line(f"! {text}", 4)
    _print_limit(limit, notes)


def _print_element(weighed: Weighed, text: str) -> None:
    said = say("law.page.element", state=say(f"law.state.{weighed.state}"), text=text)
    show_line(f"{MARKS[weighed.state]} {said}", 4)
    if weighed.supporting:
        show_line(f"{say_weight(weighed, language())} · {_call(weighed.supporting)}", 8, "dim")
    if weighed.contradicting:
        show_line(say("law.page.against", ids=_call(weighed.contradicting)), 8, "dim")


def _print_limit(limit: Limitation, notes: Footnotes) -> None:
    """Until when: each reading with its range, and the numbers of what it rests on."""
    if not limit.readings:
        return
    show_line(say_limitation(limit, language()), 4)
    for reading in limit.readings:
        own = f" {notes.refer(reading.assumptions)}" if reading.assumptions else ""
        show_line(f"{say_reading(reading, language())}{own}", 6)
    for id, told in (("rests", limit.assumptions), ("moves", limit.would_change)):
        if told:
            show_line(say(f"law.page.{id}", notes=notes.refer(told)), 6, "dim")


def _print_responses(one: Assessed, view: View) -> None:
    if one.responses:
        _head("law.page.responses")
    for response in one.responses:
        show_line(
            f"{view.call(response.id)} → {', '.join(view.call(act) for act in response.acts)}", 2, "bold"
        )
        for weighed in response.elements:
            _print_element(weighed, say(f"law.response.{weighed.element.id}"))


def _print_returns(one: Assessed, view: View) -> None:
    """What is recorded of a risk on return; of others, how often and by how many, and nothing else."""
    if one.returns:
        _head("law.page.returns")
    for person in one.returns:
        show_line(view.call(person.person), 2, "bold")
        if person.dead:
            show_line(f"! {say('law.page.returns_dead')}", 4)
        for weighed in person.elements:
            _print_element(weighed, weighed.element.texts[language()])
        count = len(person.statements)
        id = "law.page.returns_others" if count else "law.page.returns_none"
        show_line(say(id, count=count, sources=person.sources, cases=person.cases), 4)


def _print_avenues(one: Assessed) -> None:
    for status in (OPEN, DANGEROUS, NOT_OPEN):
        found = [avenue for avenue in one.avenues if avenue.status == status]
        if found:
            _head("law.page.avenues", status=say(f"law.avenue.{status}"))
        for avenue in found:
            _print_avenue(avenue)
    if one.complaints:
        _head("law.page.complaints")
    for complaint in one.complaints:
        names = complaint.treaty.names[language()]
        show_line(introduce(f"{complaint.treaty.id} {names}", say_complaint(complaint, language())), 2)
        if complaint.treaty.standing.confidence != "high":
            show_line(say_confidence(complaint.treaty.standing.confidence, (), language()), 6, "dim")


def _print_avenue(one: Openness) -> None:
    lang = language()
    between = say("ledger.between", lang)
    show_line(f"{one.avenue.id} {one.avenue.names[lang]}", 2, "bold")
    show_line(say_why(one, lang), 6)
    standing = one.avenue.standing
    for text in say_own(standing, lang):
        show_line(text, 6)
    show_line(say_confidence(standing.confidence, standing.uncertain, lang), 6, "dim")
    if one.status == NOT_OPEN:
        return
    if one.mandates:
        show_line(
            say("law.page.mandates", text=between.join(say_mandate(two, lang) for two in one.mandates)), 6
        )
    show_line(say("law.page.consent", text=one.avenue.consent_text[lang]), 6)
    show_line(say("law.page.learns", text=one.avenue.state_learns[lang]), 6)
    show_line(say("law.page.urgency", text=one.avenue.urgency[lang]), 6)
    show_line(say("law.page.deadline", text=one.avenue.deadline[lang]), 6)
    if one.there:
        show_line(say("law.page.there", text=between.join(ask.texts[lang] for ask in one.there)), 6)
    if one.lacks:
        show_line(say("law.page.lacks", text=between.join(ask.texts[lang] for ask in one.lacks)), 6)


def _print_timers(one: Assessed) -> None:
    if one.timers:
        _head("law.page.timers")
    for timer in one.timers:
        said = say(
            "law.page.timer",
            text=timer.rule.texts[language()],
            span=say_span(timer.due, language()),
            status=say(f"law.timer.{timer.status}"),
            zone=say(f"law.zone.{timer.rule.zone}"),
        )
        show_line(said, 2)
        doubted = [say("law.page.to_check")] if timer.rule.uncertain else []
        told = say_confidence(timer.rule.confidence, (), language())
        show_line(" ".join([told, *doubted]), 6, "dim")


def _print_tasks(one: Assessed) -> None:
    if one.tasks:
        _head("law.page.tasks")
    lang = language()
    for task in one.tasks:
        element = task.weighed.element.texts[lang]
        said = say(f"law.task.{task.reason}", element=element)
        show_line(f"{task.suggestion.norm.id} · {said}", 2)
        for kind in task.evidence:
            ask = say("law.task.danger", ask=kind.ask[lang]) if kind.danger else kind.ask[lang]
            show_line(f"{kind.names[lang]} — {ask}", 6, "dim")


def _print_warnings(warnings: list[Warned], view: View) -> None:
    """Each kind of warning with its statements; no name stands in it, least of all a helper's."""
    tell("law.page.reverse_note")
    lang = language()
    for kind in gather_warnings(warnings):
        norm = kind[0].norm or say("law.page.no_norm")
        who = say(f"law.endangers.{kind[0].endangers}")
        text = load_rules()[kind[0].rule].texts[lang]
        show_line(say("law.page.warning", who=who, text=text, norm=norm))
        for one in kind:
            held = view.statement(one.statement)
            # What lies in identity may be a name: of it only the id is told.
            shown = say_statement(held, lang, view.call) if held and held.stratum == "record" else ""
            show_line(f"{one.statement}  {shown}".rstrip(), 4, "dim")
    tell("law.notice")


def _head(id: str, **values: str) -> None:
    show_line("")
    show_line(say(id, **values), style="bold")


def _call(ids: tuple[str, ...]) -> str:
    """The first ids, shortened as people compare them, and how many more."""
    more = f" +{len(ids) - 6}" if len(ids) > 6 else ""
    return " ".join(id[:8] for id in ids[:6]) + more
