"""The redacted data set: what is shown, under ids and codes that exist nowhere else.

Floor 5. Pure. Two dossiers of one case share no id and no code, so that their readers cannot put them
together by more than the facts themselves. Refused: a code of the vault in a text; where it stands for
somebody who is shown it becomes her new one, else a gap.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from msgspec import structs

from onggi.dossier.matter import Matter
from onggi.dossier.redact import Cut, Redacted, Shown
from onggi.ledger.held import Held
from onggi.model.entity import LETTERS, Randomness, make_code, new_id, read_code
from onggi.model.statement import About, Said, Statement, Trace, What, Words
from onggi.model.value import Date, Entity, Number, Text, Value

GAP = "[…]"
"""What stands where a code was that leads to nobody who is shown."""

_ID = re.compile(r"\b[0-9a-f]{32}\b")
_CODE = re.compile(rf"\b[{''.join(LETTERS.values())}]-[0-9A-Za-z]{{7}}\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the data set: as it is shown (`held.statement`), what it came from, what was cut."""

    held: Held
    origin: Held
    cuts: tuple[Cut, ...]


@dataclass(frozen=True)
class DataSet:
    """A case as its reader gets it. `withheld` counts the statements that stay inside, by reason class.

    `codes` and `kinds` are by fresh id; `fresh` is the fresh id of each id of the vault.
    """

    case: str
    entries: tuple[Entry, ...]
    withheld: Mapping[str, int]
    codes: Mapping[str, str]
    kinds: Mapping[str, str]
    fresh: Mapping[str, str]

    def call(self, entity: str) -> str:
        """How an entity is called in the dossier."""
        return self.codes.get(entity, GAP)

    def call_old(self, entity: str) -> str:
        """The same for an entity of the vault."""
        return self.call(self.fresh.get(entity, ""))


def make_dataset(matter: Matter, redacted: Redacted, items: Iterable[str], randomness: Randomness) -> DataSet:
    """The data set of what is shown, with everything that names something drawn anew; items get codes too."""
    renaming = _Renaming(matter, randomness)
    for item in items:
        renaming.rename_id(item)
    return renaming.rename(redacted)


class _Renaming:
    def __init__(self, matter: Matter, randomness: Randomness) -> None:
        self._matter = matter
        self._randomness = randomness
        self._ids: dict[str, str] = {}
        self._codes: dict[str, str] = {}  # of the vault → of the dossier
        self._new: dict[str, str] = {}  # fresh id → fresh code
        self._kinds: dict[str, str] = {}

    def rename(self, redacted: Redacted) -> DataSet:
        """Everything that is shown, renamed."""
        case, unit = self.rename_id(self._matter.case), new_id(self._randomness)
        for one in redacted.shown:
            self._meet(one)
        entries = tuple(self._rename_shown(one, case, unit) for one in redacted.shown)
        return DataSet(
            case,
            entries,
            Counter(cut.reason for _, cut in redacted.withheld),
            self._new,
            self._kinds,
            self._ids,
        )

    def _meet(self, one: Shown) -> None:
        """Give everything that a statement joins its new id and code."""
        said = one.origin.statement
        ends = [said.subject, said.source, said.value.entity if isinstance(said.value, Entity) else None]
        for end in ends:
            if end is not None:
                self.rename_id(end)

    def rename_id(self, id: str) -> str:
        """The new id of an entity of the vault, which has a new code too."""
        if id not in self._ids:
            self._ids[id] = fresh = new_id(self._randomness)
            kind = self._matter.kind(id)
            if kind is not None:
                self._kinds[fresh] = kind
                self._new[fresh] = make_code(kind, self._randomness)
                old = self._matter.view.code_of(id)
                if old is not None:
                    self._codes[old] = self._new[fresh]
        return self._ids[id]

    def _rename_shown(self, one: Shown, case: str, unit: str) -> Entry:
        said = one.origin.statement
        about = About(new_id(self._randomness), self._ids[said.subject], case, unit)
        source = Said(self._ids[said.source]) if said.source is not None else None
        what = structs.replace(one.what, value=self._rename_value(one.what, said.subject))
        locator = self._clean(one.locator) if one.locator else None
        words = _map_words(one.words, self._clean) if one.words else None
        statement = Statement(what, about, source, words, Trace(locator))
        return Entry(structs.replace(one.origin, statement=statement), one.origin, one.cuts)

    def _rename_value(self, what: What, subject: str) -> Value:
        match what.value:
            case Entity(entity=id):
                return Entity(self._ids[id])
            case Text() if what.property == "code":
                return Text(self._new[self._ids[subject]], "und")
            case Text(text=text, lang=lang):
                return Text(self._clean(text), lang)
            case Date(words=str() as words) as date:
                return structs.replace(date, words=self._clean(words))
            case Number(unit=unit, of=of) as number:
                return structs.replace(number, unit=unit and self._clean(unit), of=of and self._clean(of))
        return what.value

    def _clean(self, text: str) -> str:
        """A text in which codes of the vault are those of the dossier, and ids are gaps."""
        return _CODE.sub(self._swap, _ID.sub(GAP, text))

    def _swap(self, found: re.Match[str]) -> str:
        code = read_code(found[0])
        return found[0] if code is None else self._codes.get(code, GAP)


def _map_words(words: Words, change: Callable[[str], str]) -> Words:
    return structs.replace(
        words,
        original=change(words.original),
        translation=change(words.translation) if words.translation else None,
        translator=None,
    )
