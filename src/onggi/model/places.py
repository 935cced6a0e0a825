"""The places of the gazetteer, and every spelling under which a person may look for one.

Each file in `places/` holds places with their codes and their names as they are: the North's Korean spelling
and the South's, Hanja and both Chinese forms, romanisations. What awaits a source is named in `uncertain`.
Credits stand at the head of each file.

Floor 2. Reads package data when first asked; `read_places` is pure. Refused: a name that is empty, a key or
kind nobody knows. A place finer than a county or district is never an entry: where a hidden person is, is
identity. Nor does a point say more than that: each is the middle of the whole place, to a hundredth of a
degree, and has a ring around it that is nowhere narrower than ten kilometres.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from onggi.errors import Finding, OnggiError
from onggi.model.sheet import Sheet, check_keys, read_sheet

KINDS = ("country", "province", "special_city", "prefecture", "city", "county", "district")
NAMES = ("en", "ko_kr", "ko_kp", "zh_hans", "zh_hant", "hanja", "rr", "mr", "iso", "pinyin")
CODES = ("iso", "gbt2260")
BASES = ("towns", "seat", "listed")
"""What a middle was taken from: the mean of its towns, its seat of government, a list that gives one."""

_SHOWN = {"en": "en", "ko": "ko_kr", "zh": "zh_hans"}
_TEXTS = frozenset({"kind", "parent", "valid_from", "valid_to"})
_LISTS = frozenset({"also", "former", "uncertain"})
_KEYS = _TEXTS | _LISTS | {"code", "name", "middle", "borders_china"}
_NUMBERS = ("lat", "lon", "radius")
_NARROWEST, _WIDEST = 10_000, 20_000_000  # metres; nothing on Earth is farther than half way around it
_ID = re.compile(r"[A-Z]{2}(-?[A-Z0-9]+)?")

# The word that says what a place is, at the end of its name; one syllable alone is never what remains.
_SUFFIX = re.compile(
    r"(?<=..)(?:\s*(?:자치구|자치주|자치현|지구|구역|도|시|군|구|성|현|맹)"
    r"|自治区|自治區|自治州|自治县|自治縣|地区|地區|区域|區域|[省市县縣区區州盟道郡])$"
    r"|(?<=..)[ -](?:autonomous region|autonomous prefecture|autonomous county|province|prefecture|league"
    r"|city|county|district|do|si|gun|guyok|guyeok|gu|jigu)$",
    re.IGNORECASE,
)
_IGNORED = re.compile(r"[\s'’‘ʼ`.·-]+")


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of a place in degrees (WGS 84), and how far the place may reach from it, in metres.

    It stands for all of the place: nobody says that anything happened there. `basis` is one of BASES.
    """

    lat: float
    lon: float
    radius: int
    basis: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `names` are keyed by NAMES; `also` are further spellings in use, `former` earlier names.

    `valid_from` and `valid_to` (EDTF) bound the present name and standing. `middle` is None where no source
    gave one, and of every country. `borders_china` is None where it was not asked. `uncertain` names what
    awaits a source: names by their key, or one of the other fields.
    """

    id: str
    kind: str
    parent: str | None
    codes: Mapping[str, str] = field(hash=False)
    names: Mapping[str, str] = field(hash=False)
    also: tuple[str, ...]
    former: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    middle: Middle | None
    borders_china: bool | None
    uncertain: frozenset[str]

    def label(self, language: str) -> str:
        """The name to show a reader of en, ko (the South's spelling) or zh; English where there is none."""
        return self.names.get(_SHOWN[language], self.names["en"])


# No label comes near it, and folding more would take as long as somebody wants it to.
_LONGEST = 200


@cache
def load_places() -> Mapping[str, Place]:
    """Every shipped place by its id."""
    places: dict[str, Place] = {}
    for entry in files("onggi.model").joinpath("places").iterdir():
        read, findings = read_places(entry.read_text("utf-8"), entry.name)
        if read is None:
            raise OnggiError("model.place.broken", count=len(findings))
        places |= read
    return MappingProxyType(dict(sorted(places.items())))


def find_place(id: str) -> Place | None:
    """The place of this id, or None."""
    return load_places().get(id)


def list_around(id: str) -> list[str]:
    """A place and all it lies in, the nearest first; of an id that nobody knows, the id alone."""
    chain = [id]
    while (place := find_place(chain[-1])) is not None and place.parent and place.parent not in chain:
        chain.append(place.parent)
    return chain


@cache
def place_labels(place: Place) -> tuple[str, ...]:
    """Every spelling a person could type for the place, each also without the word for what the place is."""
    written = (*place.names.values(), *place.also, *place.former)
    return tuple(dict.fromkeys(label for name in written for label in (name, _SUFFIX.sub("", name))))


def places_named(text: str) -> tuple[Place, ...]:
    """The places one of whose labels is `text`, whatever its case, accents, spaces, hyphens and apostrophes.

    Several places may share a name, as the two Kangwon or three Chaoyang do: the caller asks which is meant.
    """
    return _index_labels().get(_fold_label(text), ()) if len(text) <= _LONGEST else ()


def read_places(text: str, file: str) -> tuple[Mapping[str, Place] | None, list[Finding]]:
    """The places written in `text`; None where any finding is grave."""
    sheet, findings = read_sheet(text, file)
    if sheet is None:
        return None, findings
    findings = list(_check_places(sheet))
    if findings:
        return None, findings
    return MappingProxyType({id: _build_place(id, table) for id, table in sheet.tables["place"].items()}), []


@cache
def _index_labels() -> Mapping[str, tuple[Place, ...]]:
    index: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for place in load_places().values():
        for label in place_labels(place):
            index[_fold_label(label)][place] = None
    return MappingProxyType({label: tuple(places) for label, places in index.items()})


def _fold_label(label: str) -> str:
    """P'yŏngyang, Pyongyang and PYONG-YANG are one; Hangul, taken apart on the way, is put together."""
    decomposed = unicodedata.normalize("NFKD", label).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _IGNORED.sub("", unicodedata.normalize("NFC", plain))


def _check_places(sheet: Sheet) -> Iterator[Finding]:
    yield from check_keys(sheet, sheet.tables, frozenset({"place"}))
    tables = sheet.tables.get("place")
    if not isinstance(tables, dict) or not tables:
        yield Finding("model.sheet.missing_key", sheet.find_line("place"), {"key": "place"})
        return
    for id, table in tables.items():
        if not _ID.fullmatch(id):
            yield Finding("model.place.bad_id", sheet.find_line("place", id))
        if isinstance(table, dict):
            yield from _check_place(sheet, table, "place", id)
        else:
            yield Finding("model.sheet.unknown_key", sheet.find_line("place", id))


def _check_place(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    yield from check_keys(sheet, table, _KEYS, *path)
    if table.get("kind") not in KINDS:
        yield Finding("model.place.bad_kind", sheet.find_line(*path, "kind"), {"kinds": ", ".join(KINDS)})
    yield from _check_names(sheet, table.get("name"), NAMES, *path, "name")
    yield from _check_names(sheet, table.get("code", {}), CODES, *path, "code")
    for key in sorted(_TEXTS & table.keys()):
        if not _is_text(table[key]):
            yield Finding("model.sheet.empty_text", sheet.find_line(*path, key), {"key": key})
    for key in sorted(_LISTS & table.keys()):
        if not isinstance(table[key], list) or not all(map(_is_text, table[key])):
            yield Finding("model.sheet.empty_text", sheet.find_line(*path, key), {"key": key})
    if "middle" in table and not _is_middle(table["middle"]):
        yield Finding("model.place.bad_middle", sheet.find_line(*path, "middle"), {"bases": ", ".join(BASES)})
    if not isinstance(table.get("borders_china", False), bool):
        yield Finding("model.place.not_yes_no", sheet.find_line(*path, "borders_china"))


def _check_names(sheet: Sheet, names: Any, known: tuple[str, ...], *path: str) -> Iterator[Finding]:
    if not isinstance(names, dict):
        yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": path[-1]})
        return
    yield from check_keys(sheet, names, frozenset(known), *path)
    for key in known:
        if key in names and not _is_text(names[key]):
            yield Finding("model.sheet.empty_text", sheet.find_line(*path, key), {"key": key})
    if "en" in known and "en" not in names:
        yield Finding(
            "model.sheet.missing_language", sheet.find_line(*path), {"key": "name", "language": "en"}
        )


def _is_middle(value: Any) -> bool:
    """All four keys, in range, and no finer than a place of this list may be."""
    if not isinstance(value, dict) or value.keys() != {*_NUMBERS, "basis"} or value["basis"] not in BASES:
        return False
    if any(type(value[key]) not in (int, float) for key in _NUMBERS):
        return False
    lat, lon, radius = (value[key] for key in _NUMBERS)
    if not (abs(lat) <= 90 and abs(lon) <= 180 and _NARROWEST <= radius <= _WIDEST):
        return False
    return radius == int(radius) and all(round(degrees, 2) == degrees for degrees in (lat, lon))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _build_place(id: str, table: dict[str, Any]) -> Place:
    return Place(
        id=id,
        kind=table["kind"],
        parent=table.get("parent"),
        codes=MappingProxyType(table.get("code", {})),
        names=MappingProxyType(table["name"]),
        also=tuple(table.get("also", ())),
        former=tuple(table.get("former", ())),
        valid_from=table.get("valid_from"),
        valid_to=table.get("valid_to"),
        middle=Middle(**table["middle"]) if "middle" in table else None,
        borders_china=table.get("borders_china"),
        uncertain=frozenset(table.get("uncertain", ())),
    )
