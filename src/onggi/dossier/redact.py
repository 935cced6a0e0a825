"""What is shown of each statement, and every cut: shown, made coarser, or withheld with a reason class.

Floor 5. Pure. A redacted data set is built from what may be shown; nothing is drawn over. Statements of a
published source are shown as they were published. Refused: showing what has no reason to leave; a statement
that describes something of which nothing else is shown stays inside without a word.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from onggi.dossier.coarsen import coarsen_value
from onggi.dossier.matter import Ground, Matter
from onggi.ledger.held import Held
from onggi.model.statement import What, Words
from onggi.model.value import Entity
from onggi.model.vocabulary import load_properties

ASKED, INDIVIDUAL, SPEAKER, WORDS = "asked", "individual", "unknown_speaker", "verbatim_words"
"""Why something stays inside that no kind of value explains: terms of `redaction_classes`."""

NAMES = ("name", "legal_name", "birth")
"""What is shown of somebody who is named."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut from a statement (`value`, `words`, or the whole `statement`), how, and its class."""

    part: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How much is shown.

    `published` says whether what was published may leave on that ground, as it may to an archive and in a
    brief, `individuals` whether anybody is spoken of: both are the form's to say, and an order cannot
    (`grounds.settle_rules`). `exact` keeps dates, places, ages and prices as they are recorded; `show` are
    reason classes that are shown all the same; `words` shows what was said; `named` are persons who are shown
    by name; `without` are entities, statements, properties and reason classes that are left out, whatever
    else is asked for; of `declined`, who said no, nothing leaves that was published, nor anything that they
    may have told where it cannot be seen who did.
    """

    published: bool = False
    individuals: bool = True
    exact: bool = False
    show: frozenset[str] = frozenset()
    words: bool = False
    named: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as it is shown, still with the ids of the vault; `origin` is what was recorded."""

    origin: Held
    what: What
    words: Words | None
    locator: str | None
    ground: Ground
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is shown, in the order it was recorded, and what stays inside with the reason."""

    shown: tuple[Shown, ...]
    withheld: tuple[tuple[Held, Cut], ...] = field(default=())


def redact(matter: Matter, rules: Rules) -> Redacted:
    """Everything of a matter that these rules let be shown, and every cut."""
    work = _Redaction(matter, rules)
    candidates = [*matter.record, *(held for held in matter.identity if _names(held, matter, rules))]
    facts = [held for held in candidates if held.statement.source is not None]
    described = [held for held in candidates if held.statement.source is None]
    shown = [one for held in facts if (one := work.show(held, work.find_ground(held)))]
    shown += work.describe(shown, described)
    return Redacted(tuple(sorted(shown, key=lambda one: one.origin.order)), tuple(work.withheld))


def hide_words(redacted: Redacted, finds: Callable[[str], object]) -> Redacted:
    """Words in which something stands that stays inside are withheld; the fact itself is shown."""
    return replace(redacted, shown=tuple(_hide(one, finds) for one in redacted.shown))


def _hide(one: Shown, finds: Callable[[str], object]) -> Shown:
    said = one.words if one.ground is Ground.CONSENT else None
    texts = [said.original, said.translation] if said else []
    if not any(finds(text) for text in texts if text):
        return one
    return replace(one, words=None, cuts=(*one.cuts, Cut("words", "withheld", WORDS)))


class _Redaction:
    def __init__(self, matter: Matter, rules: Rules) -> None:
        self._matter = matter
        self._rules = rules
        self._without = matter.alike(rules.without)
        self._verbatim = _list_words(matter)
        self.withheld: list[tuple[Held, Cut]] = []

    def find_ground(self, held: Held) -> Ground:
        """On which ground what a source says may leave under these rules."""
        source = held.statement.source
        public = self._rules.published and source is not None and self._matter.is_published(source)
        return Ground.PUBLISHED if public else Ground.CONSENT

    def show(self, held: Held, ground: Ground) -> Shown | None:
        """A statement as it is shown, or None where it stays inside."""
        reason = self._find_reason(held, ground)
        if reason is not None:
            self.withheld.append((held, Cut("statement", "withheld", reason)))
            return None
        said = held.statement
        if ground is Ground.PUBLISHED:
            return Shown(held, said.what, said.words, said.trace.locator, ground)
        whole = Shown(held, said.what, None, None, ground)
        return self._show_words(self._coarsen(whole))

    def describe(self, facts: Sequence[Shown], described: Sequence[Held]) -> list[Shown]:
        """What members say of the entities that facts are about, of what these point to, and so on."""
        grounds: dict[str, set[Ground]] = defaultdict(set)
        for one in facts:
            for entity in (self._matter.case, *_ends(one.origin)):
                grounds[entity].add(one.ground)
        found: list[Shown] = []
        waiting = list(described)
        while True:
            reached = [held for held in waiting if held.statement.subject in grounds]
            if not reached:
                return found
            waiting = [held for held in waiting if held.statement.subject not in grounds]
            for held in reached:
                # What only published sources speak of may be described; all else needs consent.
                subject = grounds[held.statement.subject]
                ground = Ground.PUBLISHED if subject == {Ground.PUBLISHED} else Ground.CONSENT
                shown = self.show(held, ground)
                if shown is not None:
                    found.append(shown)
                    for entity in _ends(held):
                        grounds[entity].add(ground)

    def _find_reason(self, held: Held, ground: Ground) -> str | None:
        """Why a statement stays inside, as a term of `redaction_classes`."""
        said, matter = held.statement, self._matter
        ends = {*_ends(held), *map(matter.root, _ends(held))}
        touched = {held.id, said.what.property, *ends, *matter.concerned(held)}
        if touched & self._without:
            return ASKED
        if not self._rules.individuals and matter.speaks_of_somebody(held):
            return INDIVIDUAL
        marked = next((matter.marks[one] for one in (held.id, *sorted(ends)) if one in matter.marks), None)
        if marked is not None:
            return marked
        if ground is Ground.PUBLISHED:
            return self._find_no(held)
        if said.source is not None and matter.is_anonymous(said.source):
            return SPEAKER
        reason = load_properties()[said.what.property].withheld
        return reason if reason not in self._rules.show - self._rules.without else None

    def _find_no(self, held: Held) -> str | None:
        """Why what was published stays inside: by whom it may have been told is heard, too."""
        declined, source = self._rules.declined, held.statement.source
        if self._matter.concerned(held) & declined:
            return ASKED
        return SPEAKER if declined and source and self._matter.hides_speaker(source) else None

    def _coarsen(self, one: Shown) -> Shown:
        coarse = coarsen_value(one.what.property, one.what.value)
        if coarse is None:
            return one
        value, reason = coarse
        if (self._rules.exact or reason in self._rules.show) and reason not in self._rules.without:
            return one
        cut = Cut("value", "coarsened", reason)
        return replace(one, what=structs.replace(one.what, value=value), cuts=(*one.cuts, cut))

    def _show_words(self, one: Shown) -> Shown:
        words = self._verbatim.get(one.origin.id)
        if words is None:
            return one
        # Whoever told the price or the day in words would tell by them what was just made coarser.
        if self._rules.words and WORDS not in self._rules.without and not one.cuts:
            return replace(one, words=words)
        return replace(one, cuts=(*one.cuts, Cut("words", "withheld", WORDS)))


def _names(held: Held, matter: Matter, rules: Rules) -> bool:
    """Whether a statement of identity names somebody who is to be named."""
    said = held.statement
    return said.what.property in NAMES and matter.root(said.subject) in rules.named


def _ends(held: Held) -> Iterator[str]:
    """The entities a statement joins: whom it is about, who says it, whom it points to."""
    said = held.statement
    yield said.subject
    if said.source is not None:
        yield said.source
    if isinstance(said.value, Entity):
        yield said.value.entity


def _list_words(matter: Matter) -> Mapping[str, Words]:
    """What was said, by the statement it belongs to; empty where identity was not opened."""
    said = (held.statement for held in matter.statements)
    return {one.subject: one.words for one in said if one.what.property == "verbatim" and one.words}
