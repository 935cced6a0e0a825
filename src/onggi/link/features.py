"""What is compared, and on which levels: the table of a methods section (§2).

A feature gives each record a value by number, or none; two values that are equal have a level of their own
by how frequent the value is, two others the level that `near` finds. Missing is missing.

Floor 4. Pure. Refused: nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from onggi.link.alike import FAR, Words
from onggi.link.byname import gather_names
from onggi.link.columns import MISSING, Column, Levels, Numbers, Records, count_codes, translate_codes
from onggi.link.naming import EDGES, NameScale, is_plain_column, list_initials, read_named, sort_names
from onggi.link.places import list_above, read_place
from onggi.link.relations import read_relation
from onggi.link.values import fold_text, read_day, read_sex, read_year

KINDS = ("name", "word", "code", "category", "year", "day", "place")
_NO_FIGURES = re.compile(r"\D+")
RARITIES = (1e-5, 1e-4, 1e-3, 1e-2)  # of the records have a value; where it is rarer, agreement says more

Near = Callable[[Numbers, Numbers], Levels]  # levels of pairs of unequal values; 0 is "other", -1 unknown
Part = tuple[Numbers, Numbers]  # records, and what they can be found by


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that is compared.

    `levels` names the levels, level 0 first; `base` maps levels that differ in rarity alone to one.
    `parts` are what records can be found by: `exact` ones hold for all pairs of the level `exhaustive` and
    above. `ordered` is False where agreement need not speak for one person.
    """

    name: str
    kind: str
    codes: Numbers
    values: int
    levels: tuple[str, ...]
    equal: Levels  # of each value
    near: Near | None = None
    base: tuple[int, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    exhaustive: int = 127
    ordered: bool = True

    @property
    def bases(self) -> tuple[int, ...]:
        return self.base or tuple(range(len(self.levels)))


def make_features(records: Records, kinds: Mapping[str, str]) -> list[Feature]:
    """The features of the columns that are there; `kinds` by column, in the order of comparison."""
    made: list[Feature] = []
    for column, kind in kinds.items():
        held = records.columns.get(column)
        if held is not None and len(held.texts) > (kind == "list"):
            made.append(_MAKERS[kind](column, held))
    relation = _make_relation(records)
    return [*made, *([relation] if relation is not None else [])]


# ------------------------------------------------------------------------------------------------------ kinds


def _make_name(name: str, column: Column) -> Feature:
    if is_plain_column(column.texts):
        return _make_words(name, column)
    named = [one for one in sort_names(column.texts) if not one.kin]
    places = {one.text: number for number, one in enumerate(named)}
    moved = np.array([*(places.get(text, MISSING) for text in column.texts), MISSING], np.int32)
    codes = moved[column.codes]
    weights = count_codes(codes, len(named))
    scale = NameScale(named, weights)
    numbers = np.arange(len(named), dtype=np.int32)

    def near(first: Numbers, second: Numbers) -> Levels:
        evidence = scale.weigh(first, second)
        levels = np.searchsorted(EDGES, evidence, side="right").astype(np.int8)
        return np.where(np.isnan(evidence), np.int8(MISSING), levels)

    return Feature(
        name=name,
        kind="name",
        codes=codes,
        values=len(named),
        levels=("apart", *(f"evidence {edge:g}+" for edge in EDGES)),
        equal=near(numbers, numbers),
        near=near,
        parts={
            "full": _spread(codes, [[f"{a}|{b}" for a, b in one.chances if a and b] for one in named]),
            "given": _spread(codes, [{b for _, b in one.chances if b} for one in named]),
            "surname": _spread(codes, [{a for a, _ in list(one.chances)[:4] if a} for one in named]),
            "initials": _spread(codes, [set(list_initials(one)) for one in named]),
            "words": _spread(codes, [[] if one.readable else one.words for one in named]),
        },
        exhaustive=5,
    )


def _make_names(name: str, column: Column) -> Feature:
    """Several names of each record, of which any may agree (byname)."""
    gathered = gather_names(column)
    inner = _make_name(name, gathered.names)

    def near(first: Numbers, second: Numbers) -> Levels:
        return gathered.find_best(inner.codes, inner.equal, inner.near, first, second)

    numbers = np.arange(gathered.values, dtype=np.int32)
    known = np.array([*(gathered.find_known(inner.codes)), False], bool)
    return Feature(
        name=name, kind=inner.kind, codes=np.where(known[gathered.codes], gathered.codes, MISSING),
        values=gathered.values, levels=inner.levels, equal=near(numbers, numbers), near=near, base=inner.base,
        parts={part: gathered.move_part(rows, keys) for part, (rows, keys) in inner.parts.items()},
        exhaustive=inner.exhaustive,
    )  # fmt: skip


def _make_words(name: str, column: Column) -> Feature:
    """A name of several words that `names` does not read: its words in any order."""
    codes, values = translate_codes(column, lambda text: " ".join(sorted(fold_text(text).split())) or None)
    whole = Words(values)
    split = [value.split() for value in values]
    bags = [frozenset(words) for words in split]

    def near(first: Numbers, second: Numbers) -> Levels:
        slips = whole.count_slips(first, second)
        levels = np.select([slips <= 1, slips == 2], [5, 4], 0).astype(np.int8)
        for at in np.flatnonzero(levels == 0).tolist():
            shared = bags[first[at]] & bags[second[at]]
            if shared:
                short = min(len(bags[first[at]]), len(bags[second[at]]))
                levels[at] = 3 if len(shared) == short > 1 else 2 if len(shared) > 1 else 1
        return levels

    equal, levels, base = _make_rarities(
        codes, len(values), ("other words", "one word", "words", "all words of one", "two slips", "one slip")
    )
    return Feature(
        name=name, kind="words", codes=codes, values=len(values), levels=levels, equal=equal, near=near,
        base=base,
        parts={
            "full": (_rows(codes), codes[codes >= 0]),
            "word": _spread(codes, [[word for word in words if len(word) > 1] for words in split]),
            "start": _spread(codes, [{word[:4] for word in words if len(word) > 3} for words in split]),
        },
        exhaustive=len(levels) - len(RARITIES) - 1,
    )  # fmt: skip


def _make_word(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, lambda text: fold_text(text) or None)
    words = Words(values)

    def near(first: Numbers, second: Numbers) -> Levels:
        return (FAR - words.count_slips(first, second)).astype(np.int8)

    equal, levels, base = _make_rarities(codes, len(values), ("other", "two slips", "one slip"))
    return Feature(
        name=name, kind="word", codes=codes, values=len(values), levels=levels, equal=equal, near=near,
        base=base,
        parts={
            "exact": (_rows(codes), codes[codes >= 0]),
            "start": _spread(codes, [[value[:4]] for value in values]),
        },
        exhaustive=3,
    )  # fmt: skip


def _make_code(name: str, column: Column) -> Feature:
    """An address, a number: one slip, where no figure differs; other figures are another's."""
    codes, values = translate_codes(column, lambda text: fold_text(text) or None)
    words = Words(values)
    known: dict[str, int] = {}
    figures = np.array(
        [known.setdefault(_NO_FIGURES.sub("", value), len(known)) for value in values] + [-1],
        np.int32,
    )

    def near(first: Numbers, second: Numbers) -> Levels:
        levels = np.zeros(len(first), np.int8)
        like = np.flatnonzero(figures[first] == figures[second])
        levels[like] = words.count_slips(first[like], second[like]) == 1
        return levels

    equal, levels, base = _make_rarities(codes, len(values), ("other", "one slip"))
    return Feature(
        name=name, kind="code", codes=codes, values=len(values), levels=levels, equal=equal, near=near,
        base=base,
        parts={
            "exact": (_rows(codes), codes[codes >= 0]),
            "start": _spread(codes, [[value[:6]] for value in values]),
        },
        exhaustive=2,
    )  # fmt: skip


def _make_category(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, lambda text: fold_text(text) or None)
    equal, levels, base = _make_rarities(codes, len(values), ("other",))
    return Feature(
        name=name, kind="category", codes=codes, values=len(values), levels=levels, equal=equal, base=base,
        parts={"exact": (_rows(codes), codes[codes >= 0])}, exhaustive=1,
    )  # fmt: skip


def _make_sex(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, read_sex)
    return Feature(name, "sex", codes, len(values), ("other", "same"), np.ones(len(values), np.int8))


def _make_list(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, lambda text: text)
    one = np.ones(len(values), np.int8)
    return Feature(name, "list", codes, len(values), ("other", "same"), one, ordered=False)


def _make_year(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, read_year)
    years = np.array([*values, 0], np.int32)

    def near(first: Numbers, second: Numbers) -> Levels:
        apart = np.abs(years[first] - years[second])
        return np.select([apart == 1, apart == 2, apart <= 5], [3, 2, 1], 0).astype(np.int8)

    rows = _rows(codes)
    held = years[codes[rows]]
    return Feature(
        name=name, kind="year", codes=codes, values=len(values),
        levels=("further", "three to five", "two", "one", "equal"),
        equal=np.full(len(values), 4, np.int8), near=near,
        parts={
            "exact": (rows, held),
            "near": (np.concatenate([rows, rows]), np.concatenate([held, held + 1])),
        },
    )  # fmt: skip


def _make_day(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, read_day)
    days = np.array([*values, 0], np.int32)
    fields = np.stack([days // 10000, days // 100 % 100, days % 100])

    def near(first: Numbers, second: Numbers) -> Levels:
        year, month, day = fields[:, first] == fields[:, second]
        turned = (fields[1, first] == fields[2, second]) & (fields[2, first] == fields[1, second])
        two = year.astype(np.int8) + month + day >= 2
        return np.select([two | (year & turned), year], [2, 1], 0).astype(np.int8)

    equal, levels, base = _make_rarities(codes, len(values), ("other", "year", "two of three"))
    rows = _rows(codes)
    held = days[codes[rows]]
    return Feature(
        name=name, kind="day", codes=codes, values=len(values), levels=levels, equal=equal, near=near,
        base=base, parts={"exact": (rows, held), "year": (rows, held // 10000)}, exhaustive=3,
    )  # fmt: skip


def _make_place(name: str, column: Column) -> Feature:
    codes, values = translate_codes(column, read_place)
    kept = [frozenset(value) for value in values]
    above = [frozenset(place for id in value for place in list_above(id)) for value in values]
    folded = Words([value[0] for value in values])

    def near(first: Numbers, second: Numbers) -> Levels:
        levels = np.zeros(len(first), np.int8)
        known: dict[tuple[int, int], int] = {}
        for at, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            level = known.get(pair)
            if level is None:
                level = known[pair] = compare_places(pair)
            levels[at] = level
        return levels

    def compare_unknown(a: int, b: int) -> int:
        """Of two texts that no gazetteer knows, in one script, it can be told whether they are alike."""
        if values[a][0][0] != values[b][0][0] or values[a][0].isascii() != values[b][0].isascii():
            return MISSING
        return 3 if folded.count_slips(np.array([a], np.int32), np.array([b], np.int32))[0] < FAR else 0

    def compare_places(pair: tuple[int, int]) -> int:
        a, b = pair
        if not kept[a].isdisjoint(kept[b]):
            return 4
        if "?" in (values[a][0][0], values[b][0][0]):
            return compare_unknown(a, b)
        if not kept[a].isdisjoint(above[b]) or not kept[b].isdisjoint(above[a]):
            return 2
        return 1 if not above[a].isdisjoint(above[b]) else 0

    others = ("elsewhere", "same province", "one within the other", "nearly the same name", "may be the same")
    equal, levels, base = _make_rarities(codes, len(values), others)
    return Feature(
        name=name, kind="place", codes=codes, values=len(values), levels=levels, equal=equal, near=near,
        base=base, parts={"exact": _spread(codes, values)}, exhaustive=127,
    )  # fmt: skip


def _make_relation(records: Records) -> Feature | None:
    """Whose mother somebody is, with whom she was sold: of notes, and of names that are somebody else's."""
    name, note = records.columns.get("name"), records.columns.get("note")
    found: dict[tuple[str, str], int] = {}
    codes = np.full(len(records), MISSING, np.int32)
    for column, whole in ((note, False), (name, True)):
        if column is None or not column.texts:
            continue
        translated = np.full(len(column.texts) + 1, MISSING, np.int32)
        for number, text in enumerate(column.texts):
            relation = read_relation(text, whole=whole)
            if relation is not None:
                translated[number] = found.setdefault(relation, len(found))
        told = translated[column.codes]
        codes = np.where(codes >= 0, codes, told)
    if not found:
        return None
    kinds = [kind for kind, _ in found]
    named = [read_named(text) for _, text in found]
    scale = NameScale(named, count_codes(codes, len(named)))
    numbers = np.arange(len(named), dtype=np.int32)

    def near(first: Numbers, second: Numbers) -> Levels:
        evidence = scale.weigh(first, second)
        levels = np.select([evidence >= EDGES[4], evidence >= EDGES[2]], [2, 1], 0)
        other = np.array([kinds[a] != kinds[b] for a, b in zip(first, second, strict=True)], bool)
        return np.where(other | np.isnan(evidence), MISSING, levels).astype(np.int8)

    keys = [
        [f"{kind}/{a}|{b}" for a, b in one.chances] or [f"{kind}/{' '.join(one.words)}"]
        for kind, one in zip(kinds, named, strict=True)
    ]
    return Feature(
        name="relation",
        kind="relation",
        codes=codes,
        values=len(found),
        levels=("other", "may be the same", "same"),
        equal=np.maximum(near(numbers, numbers), 1).astype(np.int8),
        near=near,
        parts={"full": _spread(codes, keys)},
    )


_MAKERS: Mapping[str, Callable[[str, Column], Feature]] = {
    "name": _make_name,
    "names": _make_names,
    "word": _make_word,
    "category": _make_category,
    "code": _make_code,
    "sex": _make_sex,
    "list": _make_list,
    "year": _make_year,
    "day": _make_day,
    "place": _make_place,
}


# ----------------------------------------------------------------------------------------------------- levels


def _make_rarities(
    codes: Numbers, values: int, levels: tuple[str, ...]
) -> tuple[Levels, tuple[str, ...], tuple[int, ...]]:
    """The level of each value where two records share it, by how rare it is; all levels; their bases."""
    counts = count_codes(codes, values)
    shares = counts / max(counts.sum(), 1)
    rarity = len(RARITIES) - np.searchsorted(RARITIES, shares, side="right")
    names = tuple(f"equal, below {share:g}" for share in reversed(RARITIES))
    first = len(levels)
    base = (*range(first), *([first] * (len(RARITIES) + 1)))
    return (first + rarity).astype(np.int8), (*levels, "equal", *names), base


def _rows(codes: Numbers) -> Numbers:
    return np.flatnonzero(codes >= 0).astype(np.int32)


def _spread(codes: Numbers, keys: Sequence[Iterable[str]]) -> Part:
    """What records can be found by, where a value has several keys or none."""
    known: dict[str, int] = {}
    numbered = [[known.setdefault(key, len(known)) for key in sorted(set(each))] for each in keys]
    counts = np.array([*map(len, numbered), 0], np.int64)
    flat = np.array([number for each in numbered for number in each], np.int32)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rows = _rows(codes)
    held = codes[rows]
    many = counts[held]
    ends = np.cumsum(many)
    inner = np.arange(int(many.sum())) - np.repeat(ends - many, many)
    return np.repeat(rows, many).astype(np.int32), flat[np.repeat(starts[held], many) + inner]
