"""A case of four people, dossiers that are asked for, and an oracle that says which are refused.

The oracle is written from docs/design/dossier.md (§2, §3, §5) and, for what one person decided, from
docs/design/consent.md (`consents.ask_oracle`). It knows the case as the sentences below, and no code.

Ann tells of what befell her; her neighbour Bo tells of it too, and of where Cho lives; a newspaper tells what
came of what befell Dee, whom hardly anybody ever asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from hypothesis import strategies as st
from msgspec import structs
from tests.promises.consents import (
    ASKED,
    EVENTS,
    FIRST,
    ORGANISATIONS,
    YES,
    Event,
    ask_oracle,
    concerns,
    follow,
    outdoes,
)

from onggi.model.consent import Withheld
from onggi.model.request import Request

PEOPLE = ("ann", "bo", "cho", "dee")

RECORD = """
onggi = 1
[case]
title = "INVENTED: a door"
lang = "en"
[person.ann]
code = "ANN"
role = "victim"
[person.bo]
code = "BO"
role = "witness"
[person.cho]
code = "CHO"
[person.dee]
code = "DEE"
role = "victim"
[source.account]
title = "INVENTED: an account"
lang = "en"
published = "no"
witness = "ann"
[source.call]
title = "INVENTED: a call"
lang = "en"
published = "no"
witness = "bo"
[source.paper]
title = "INVENTED: a newspaper"
lang = "en"
published = "yes"
[act.hers]
type = "sale"
victim = "ann"
[act.other]
type = "beating"
victim = "dee"
[[statement]]
about = "ann"
property = "name"
value = "NAME"
lang = "ko"
[[statement]]
about = "hers"
property = "date"
value = "2013-05-07"
source = "account"
words = "그해 오월 이레였어요."
lang = "ko"
[[statement]]
about = "hers"
property = "price"
value = { number = "30000", unit = "CNY" }
source = "account"
[[statement]]
about = "hers"
property = "method"
value = "beating"
source = "call"
[[statement]]
about = "cho"
property = "lives_in"
value = { place = "CN-210600" }
source = "call"
[[statement]]
about = "other"
property = "consequence"
value = "injury"
source = "paper"
"""

FACTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "date": frozenset({"ann"}),
        "price": frozenset({"ann"}),
        "method": frozenset({"ann", "bo"}),
        "lives_in": frozenset({"bo", "cho"}),
        "consequence": frozenset({"dee"}),
    }
)
"""Each fact and whom it concerns: whom it befell, whom it is about, and who said it."""

PUBLISHED, SPOKEN = "consequence", "date"


@dataclass(frozen=True)
class Asked:
    """A dossier that somebody asks for; `without` are properties and people."""

    archive: bool
    research: bool
    words: bool
    named: frozenset[str]
    without: frozenset[str]
    days: int


def refuse(asked: Asked, histories: Mapping[str, Sequence[Event]]) -> tuple[bool, frozenset[str]]:
    """Whether nothing is left to show, and whose consent is missing."""
    kept_back = frozenset[str]().union(*(keep_back(asked, histories[one]) for one in PEOPLE))
    shown = [name for name, people in FACTS.items() if not ({name} | people) & (asked.without | kept_back)]
    # What was published needs nobody's consent before an archive, and a no keeps it inside; before every
    # other body it needs it. What members describe (who is the victim, in which role) concerns nobody whom no
    # fact beside it concerns.
    if keeps_published(asked, histories):
        shown = [name for name in shown if name != PUBLISHED]
    on_consent = [name for name in shown if not (asked.archive and name == PUBLISHED)]
    missing = {
        person
        for person in PEOPLE
        if any(person in FACTS[name] for name in on_consent)
        and not ask_oracle(
            histories[person], ask(asked, person, asked.words and person == "ann" and SPOKEN in shown)
        )
    }
    return not shown, frozenset(missing)


def ask(asked: Asked, person: str, words: bool) -> Request:
    """What is asked of a person of whom facts are shown."""
    named = person in asked.named
    covers = {"facts"} | ({"words"} if words else set()) | ({"identity"} if named else set())
    return replace(
        ASKED,
        purpose="research" if asked.research else "evidence",
        recipient="ARCHIVE" if asked.archive else "UN-SP",
        organisation=ORGANISATIONS[0] if asked.archive else None,
        covers=frozenset(covers),
        shown="named" if named else "pseudonym",
        day=FIRST + timedelta(asked.days),
    )


def keep_back(asked: Asked, history: Sequence[Event]) -> frozenset[str]:
    """What a person wants kept back: what stands, and all she ever said where somebody else decided."""
    heard, last = hear(asked, history)
    if any(history[one].consent.given_by != "self" for one in last):
        last += [one for one in heard if history[one].consent.given_by == "self"]
    return frozenset(what for one in last for row in history[one].consent.withheld for what in row.what)


def keeps_published(asked: Asked, histories: Mapping[str, Sequence[Event]]) -> bool:
    """Whether somebody whom the newspaper tells of said no to an archive.

    What is left may still tell of her: so her no is told also where a member left that statement out by hand.
    """
    return asked.archive and any(decline(asked, histories[one]) for one in FACTS[PUBLISHED])


def decline(asked: Asked, history: Sequence[Event]) -> bool:
    """Whether a no of hers stands, also where nobody would have to ask her."""
    _, last = hear(asked, history)
    return any(history[one].consent.decision not in ("given", "not_asked") for one in last)


def hear(asked: Asked, history: Sequence[Event]) -> tuple[list[int], list[int]]:
    """Her decisions that are about this dossier, and those of them that no later one outdoes."""
    request, seen = ask(asked, "", False), follow(history)
    heard = [number for number, event in enumerate(history) if concerns(event.consent, request)]
    last = [
        one
        for one in heard
        if not any(one in seen[other] and outdoes(history[other], history[one]) for other in heard)
    ]
    return heard, last


def _simplify(event: Event, archive: bool, kept: tuple[Withheld, ...]) -> Event:
    """One copy, nothing taken back by a member, nothing that befell her since: others try those."""
    fits = {"recipient": "ARCHIVE", "organisation": ORGANISATIONS[0]} if archive else {}
    row = event.consent
    if (row.recipient, row.organisation) == (YES.recipient, None):
        row = structs.replace(row, **fits)
    row = structs.replace(row, withheld=kept)
    return replace(event, consent=row, copy=0, merge=True, retracted=False, after=frozenset())


_GOOD = Event(YES, 0, True, frozenset(), False, frozenset())
_KEPT = st.sampled_from(
    ((),) * 6 + ((Withheld(("price",), "fear_of_harm"),), (Withheld(("lives_in",), "other"),))
)
_NO = replace(_GOOD, consent=structs.replace(YES, decision="refused", purpose=None, recipient=None))
_EVENT = st.builds(_simplify, st.one_of(st.just(_GOOD), st.just(_GOOD), EVENTS), st.booleans(), _KEPT)


def _draw_histories(asked: Asked) -> st.SearchStrategy[dict[str, list[Event]]]:
    """Each person's decisions; the last is mostly one that would fit."""
    fitting = st.builds(_simplify, st.just(_GOOD), st.just(asked.archive), _KEPT)
    ends = st.sampled_from((True, True, True, False))
    one = st.tuples(st.lists(_EVENT, max_size=2), fitting, ends).map(
        lambda drawn: [*drawn[0], *([drawn[1]] if drawn[2] else [])]
    )
    hers = st.lists(st.one_of(st.just(_NO), st.just(_NO), _EVENT, fitting), max_size=2)
    return st.fixed_dictionaries({who: hers if who == "dee" else one for who in PEOPLE})


ORDERS = st.builds(
    Asked,
    st.booleans(),
    st.sampled_from((False, False, False, True)),
    st.booleans(),
    st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"ann"}), frozenset({"bo"}))),
    st.frozensets(st.sampled_from((*FACTS, *PEOPLE)), max_size=3).map(
        lambda some: some | ({"dee"} if len(some) % 2 == 0 else set())
    ),
    st.sampled_from((0, 0, 31, 89, 90, -1)),
)
KEPT = (
    Asked(True, False, False, frozenset(), frozenset(), 0),
    {who: [_NO] if who == "dee" else [_simplify(_GOOD, True, ())] for who in PEOPLE},
)
"""A scene in which all others agreed, and a no keeps inside what was published."""
LEFT_OUT = (replace(KEPT[0], without=frozenset({PUBLISHED})), KEPT[1])
"""The same, and the member left it out besides."""
# Before an archive nobody has to ask Dee, so that she is left out by hand elsewhere only.
SCENES = ORDERS.map(
    lambda asked: replace(asked, without=asked.without - {"dee"}) if asked.archive else asked
).flatmap(lambda asked: st.tuples(st.just(asked), _draw_histories(asked)))
