"""Everything that stands against a dossier, as findings with where to mend it.

Floor 5. Pure over a view. A grave finding refuses; there is no way round it. Another one can be taken
upon oneself with a reason that is signed, and some (`model.release`) only with a second member. It fails
closed: where something cannot be told, it stands against.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec import structs

from onggi.count.table import K
from onggi.dossier.coarsen import coarsen_value
from onggi.dossier.content import Content
from onggi.dossier.files import Chosen, list_carried
from onggi.dossier.matter import Ground, Matter
from onggi.dossier.order import Order
from onggi.dossier.rarity import count_alike
from onggi.dossier.redact import INDIVIDUAL, SPEAKER, Redacted, Shown
from onggi.dossier.spelled import spell_date, spell_number, spell_years
from onggi.errors import Finding
from onggi.law.reverse import Warned
from onggi.ledger.consents import hear_entries
from onggi.ledger.screen import Screen, list_texts
from onggi.ledger.screening import is_screened
from onggi.model.naming import Naming, Sort
from onggi.model.places import find_place, place_labels
from onggi.model.request import Request, judge_consent
from onggi.model.statement import Statement, What
from onggi.model.value import Date, Number, Place, Text

_SHORTEST = 4  # characters of a withheld text that is looked for; a shorter one stands everywhere


@dataclass(frozen=True)
class Hearing:
    """What is judged: the order, what would be shown of which matter, and what is known of it.

    `namings` are the names known by now, None where the member may not see them; `shown_before` are other
    recipients who were given this case with its provenance; `seers` are the members who may see names.
    """

    order: Order
    matter: Matter
    content: Content
    namings: Sequence[Naming] | None
    warnings: Sequence[Warned] = ()
    shown_before: frozenset[str] = frozenset()
    seers: frozenset[str] = frozenset()

    @cached_property
    def asked(self) -> Mapping[str, Sequence[Shown]]:
        """Everybody whose consent is needed, with the statements that are shown on it."""
        return list_asked(self.matter, self.content.redacted, self.content.files)

    @cached_property
    def requests(self) -> Mapping[str, Request]:
        """What each of them would have to have agreed to."""
        files = self.content.files
        return {person: ask_consent(self.order, person, shown, files) for person, shown in self.asked.items()}

    @cached_property
    def screen(self) -> Screen:
        """What may stand in no text that leaves."""
        return make_screen(self.matter, self.content.redacted, self.namings)

    @cached_property
    def years(self) -> Screen:
        """Years that stay inside and that no date which is shown tells."""
        return _make_years(self.matter, self.content.redacted)


def judge(hearing: Hearing) -> tuple[Finding, ...]:
    """What stands against it, the grave findings first."""
    found = [*_find_refusals(hearing), *_find_risks(hearing)]
    return tuple(sorted(found, key=lambda one: not one.grave))


def ask_consent(order: Order, person: str, shown: Sequence[Shown], files: Sequence[Chosen]) -> Request:
    """What a person would have to have agreed to for what is shown of her and for her files that go."""
    hers = [one for one in files if person in one.persons and one.carried]
    carried = list_carried(hers)
    named = person in order.rules.named
    covers = {
        "facts": bool(shown),
        "words": any(one.words for one in shown),
        "identity": named,
        "media": any(one.likeness for one in carried),
        "documents": any(not one.likeness for one in carried),
    }
    return Request(
        purpose=order.purpose,
        recipient=order.recipient.id,
        organisation=order.organisation,
        covers=frozenset(name for name, asked in covers.items() if asked),
        items=frozenset(one.item for one in hers),
        shown="named" if named else "pseudonym",
        likeness="altered" if covers["media"] else "left_out",
        day=order.day,
    )


def list_asked(matter: Matter, redacted: Redacted, files: Sequence[Chosen]) -> dict[str, list[Shown]]:
    """Everybody whose consent is needed, with the statements that are shown on it."""
    asked: dict[str, list[Shown]] = {}
    for one in redacted.shown:
        if one.ground is Ground.CONSENT:
            for person in sorted(matter.concerned(one.origin)):
                asked.setdefault(person, []).append(one)
    for each in files:
        for person in sorted(each.persons) if each.carried else ():
            asked.setdefault(person, [])
    return asked


def make_screen(matter: Matter, redacted: Redacted, namings: Sequence[Naming] | None) -> Screen:
    """Everything that may not stand in a text that leaves: names, and what was withheld or made coarser."""
    kept = dict.fromkeys(_list_kept(matter, redacted))  # a province that is cut a thousand times is one place
    return Screen((*(namings or ()), *kept), matter.case)


def _make_years(matter: Matter, redacted: Redacted) -> Screen:
    told = {year for one in redacted.shown for year in _list_years(one.what)}
    kept = {year: None for held, _ in redacted.withheld for year in _list_years(held.statement.what)}
    return Screen(
        [Naming((year,), Sort.OTHER, matter.case) for year in kept if year not in told], matter.case
    )


def _list_years(what: What) -> Iterator[str]:
    if isinstance(what.value, Date):
        yield from spell_years(what.value)


def _find_refusals(hearing: Hearing) -> Iterator[Finding]:
    if not any(one.origin.statement.source for one in hearing.content.redacted.shown):
        yield Finding("release.nothing", _call(hearing, hearing.matter.case))
    yield from _check_individuals(hearing)
    yield from _check_consents(hearing)
    yield from _check_texts(hearing)


def _check_individuals(hearing: Hearing) -> Iterator[Finding]:
    """A brief speaks of nobody: neither of a person nor of what befell one."""
    if hearing.order.recipient.form.individuals:
        return
    for one in hearing.content.redacted.shown:
        if (
            hearing.matter.concerned(one.origin)
            or hearing.matter.kind(one.origin.statement.subject) == "person"
        ):
            yield Finding("release.individual", one.origin.id)


def _check_consents(hearing: Hearing) -> Iterator[Finding]:
    for person, request in hearing.requests.items():
        heard = hear_entries(hearing.matter.view, person)
        against = next(filter(None, (judge_consent(one, request) for one in heard)), None)
        if against is not None:
            yield Finding(against, _call(hearing, person))


def _check_texts(hearing: Hearing) -> Iterator[Finding]:
    """Nothing that stays inside may stand in a text that leaves, in whatever spelling."""
    kept = hearing.screen
    for one, entry in zip(hearing.content.redacted.shown, hearing.content.data.entries, strict=True):
        texts = _list_said(one, entry.held.statement)
        if any(kept.find_name(text) for text in texts):
            yield Finding("release.standing", one.origin.id)
        elif texts and hearing.namings is None:
            yield Finding("release.unseen", one.origin.id)
        elif (
            texts
            and not hearing.matter.opened
            and not is_screened(one.origin, hearing.matter.view, hearing.seers)
        ):
            yield Finding("release.unscreened", one.origin.id)


def _list_said(one: Shown, statement: Statement) -> list[str]:
    """Every text that somebody wrote: of a band the unit alone, its ends are ours and may be the price; and
    no code, which was drawn for this dossier and may read like anything."""
    if one.what.property == "code":
        return []
    number = one.origin.statement.what.value
    if isinstance(number, Number) and any(cut.part == "value" for cut in one.cuts):
        statement = structs.replace(statement, what=structs.replace(statement.what, value=number))
    return list_texts(statement)


def _list_kept(matter: Matter, redacted: Redacted) -> Iterator[Naming]:
    """What was withheld or made coarser, as what may not stand in a text."""
    case = matter.case
    kept = [held for held, _ in redacted.withheld]
    kept += [one.origin for one in redacted.shown if any(cut.part == "value" for cut in one.cuts)]
    told = {repr(one.what.value) for one in redacted.shown}
    for held in kept:
        said = held.statement
        spelled = () if repr(said.value) in told else tuple(_spell(said.what))
        if spelled:
            yield Naming(spelled, Sort.OTHER, case)
        match said.value:
            case Place(place=id) if (place := find_place(id)) and coarsen_value("place", said.value):
                yield Naming(place_labels(place), Sort.PLACE, case)
            case Date(words=str() as words) if len(words) >= _SHORTEST:
                yield Naming((words,), Sort.OTHER, case)
            case Text(text=text) if said.what.property not in ("code", "title") and len(text) >= _SHORTEST:
                yield Naming((text,), Sort.OTHER, case)


def _spell(what: What) -> Iterator[str]:
    """The spellings of a date or a number."""
    match what.value:
        case Date() as date:
            yield from spell_date(date)
        case Number() as number:
            yield from spell_number(what.property, number)


def _find_risks(hearing: Hearing) -> Iterator[Finding]:
    order, matter = hearing.order, hearing.matter
    if order.recipient.dangerous:
        yield _risk("release.dangerous", order.recipient.id)
    for person in sorted(order.rules.named & matter.suspects):
        yield _risk("release.suspect", _call(hearing, person))
    told = {one.origin.id for one in hearing.content.redacted.shown if one.ground is Ground.CONSENT}
    for warning in hearing.warnings:
        if warning.statement in told:
            values = {"norm": warning.norm or "", "endangers": warning.endangers}
            yield _risk("release.warning", warning.statement, **values)
    for person, count in sorted(count_alike(matter, hearing.content.redacted.shown, hearing.asked).items()):
        if count < K:
            yield _risk("release.rare", _call(hearing, person), count=count, least=K)
    for person in sorted(order.rules.declined):
        count = _count_declined(hearing, person)
        if count:
            yield _risk("release.declined", _call(hearing, person), count=count)
    if unheard := _count_unheard(hearing):
        yield _risk("release.unheard", _call(hearing, matter.case), count=unheard)
    if order.rules.exact:
        yield _risk("release.exact", _call(hearing, matter.case))
    for one, entry in zip(hearing.content.redacted.shown, hearing.content.data.entries, strict=True):
        if any(hearing.years.find_name(text) for text in _list_said(one, entry.held.statement)):
            yield _risk("release.year", one.origin.id)
    for reason in sorted(order.rules.show):
        yield _risk("release.sensitive", reason)
    if order.recipient.provenance and hearing.shown_before:
        yield _risk("release.again", _call(hearing, matter.case), count=len(hearing.shown_before))


def _count_declined(hearing: Hearing, person: str) -> int:
    """How many published statements that concern somebody who said no stay inside, whatever else keeps them.

    In a brief, which speaks of nobody, what stays for that reason alone is not counted.
    """
    matter, brief = hearing.matter, not hearing.order.rules.individuals
    kept = (
        held for held, cut in hearing.content.redacted.withheld if not (brief and cut.reason == INDIVIDUAL)
    )
    public = (one for one in kept if one.statement.source and matter.is_published(one.statement.source))
    return sum(person in matter.concerned(held) for held in public)


def _count_unheard(hearing: Hearing) -> int:
    """How many published statements stay inside since somebody said no and identity is not open."""
    kept = ((held.statement.source, cut) for held, cut in hearing.content.redacted.withheld)
    said = (source for source, cut in kept if source and cut.reason == SPEAKER)
    return sum(hearing.matter.is_published(source) for source in said) if hearing.order.rules.declined else 0


def _risk(code: str, where: str, **values: str | int) -> Finding:
    return Finding(code, where, values, grave=False)


def _call(hearing: Hearing, entity: str) -> str:
    return hearing.matter.call(entity)
