"""Makes the tables of the room `names` (src/onggi/names/data) from public sources.

    python tools/make_names.py --election CLONE --unihan FOLDER --out src/onggi/names/data

`--election`: the git directory of a clone of teampopong/data-election (candidates of South Korean local
elections 1995–2014, from the National Election Commission, CC BY 4.0). `--unihan`: a folder with
Unihan_Readings.txt and Unihan_Variants.txt of Unicode 15.0. Beside this file: names.toml, what people wrote
down.

Only counts leave: of surnames, of single given-name syllables and of characters. No name of anybody does, no
pair of given-name syllables does, and what fewer than three people share is dropped.
"""

import argparse
import json
import re
import subprocess
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from onggi.names.hangul import fold_syllables, is_hangul, join_syllable

LEAST = 3  # people behind any count that leaves
FLOOR = 0.2  # what a character counts that no candidate had but names allow
CHINESE_COUNT = 30  # given characters per hundred thousand in China that weigh as one candidate
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
PLACES = ("first", "second", "only")


@dataclass(slots=True)
class Tally:
    """How many people had something, and the same with each sex weighing the same."""

    people: Counter[str] = field(default_factory=Counter)
    weight: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, weight: int) -> None:
        """One more person."""
        self.people[what] += 1
        self.weight[what] += weight

    def list_enough(self) -> dict[str, int]:
        """The weights of what enough people had."""
        return {what: self.weight[what] for what, people in self.people.items() if people >= LEAST}


@dataclass(slots=True)
class Character:
    """What Unihan says of one character, and how candidates' given names read it."""

    readings: list[str] = field(default_factory=list)
    pinyin: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    named: bool = False  # kHangul marks it for use in names or in schools
    standard: bool = False  # of the standard characters of China (2013), in which names are registered
    given: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class Counts:
    """What is counted over all candidates."""

    people: int = 0
    surnames: Counter[tuple[str, str]] = field(default_factory=Counter)
    syllables: dict[str, Tally] = field(default_factory=lambda: {place: Tally() for place in PLACES})


Characters = defaultdict[str, Character]


def main() -> None:
    """Read the sources, write the five tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--election", "--unihan", "--out"):
        parser.add_argument(name, type=Path, required=True)
    asked = parser.parse_args()
    written = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    characters = read_unihan(asked.unihan, written["forms"], written["readings"])
    counts = count_candidates(
        list(read_candidates(asked.election)), pair_words(written["long_surnames"]), characters
    )
    write_given(asked.out, counts)
    write_surnames(asked.out, counts, characters, written)
    write_hanja(asked.out, counts, characters)
    write_pinyin(asked.out, characters, pair_words(written["chinese_given"]))
    write_mandarin(asked.out, characters, written["mandarin"])


def pair_words(text: str) -> dict[str, str]:
    """`王 7170  李 7000 …`"""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# ------------------------------------------------------------------------------------------------ sources


def read_unihan(folder: Path, forms: str, readings: str) -> Characters:
    """Readings and variants of every character that has either; `forms` and `readings` are added."""
    characters: Characters = defaultdict(Character)
    heard: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for char, tag, value in read_fields(folder / "Unihan_Readings.txt"):
        if tag == "kHangul":
            marks = [part.partition(":") for part in value.split()]
            characters[char].readings += sorted((sound for sound, _, _ in marks), key=rank_north)
            characters[char].named = any("E" in mark or "N" in mark for _, _, mark in marks)
        elif tag == "kMandarin":
            heard[char][number_tone(value.split()[0])] += 1000
        elif tag == "kHanyuPinlu":
            for sound, share in re.findall(r"(\S+?)\((\d+)\)", value):
                heard[char][number_tone(sound)] += min(int(share), 300)
        elif tag == "kTGHZ2013":
            characters[char].standard = True
            for sound in re.split("[, ]", re.sub(r"\S+:", "", value)):
                heard[char][number_tone(sound)] += 30
    for char, sounds in heard.items():
        shares = [(sound, count / sounds.total()) for sound, count in sounds.most_common(3)]
        characters[char].pinyin = [f"{sound}:{share:.2f}" for sound, share in shares if share >= 0.02]
    for char, tag, value in read_fields(folder / "Unihan_Variants.txt"):
        found = [chr(int(code[2:].partition("<")[0], 16)) for code in value.split()]
        if tag == "kTraditionalVariant":
            characters[char].bases += found
        elif tag in {"kZVariant", "kSemanticVariant"} and not characters[char].readings:
            characters[char].bases += [other for other in found if characters[other].readings]
    for char, sound in pair_words(readings).items():
        characters[char].readings = [sound]
    for row in forms.split():
        for other in row[1:]:
            characters[other].bases.append(row[0])
    return characters


def read_fields(path: Path) -> Iterator[tuple[str, str, str]]:
    """The character, the field and its value of each line."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("U+"):
            code, tag, value = line.split("\t")
            yield chr(int(code[2:], 16)), tag, value


def number_tone(sound: str) -> str:
    """`yīng` → `ying1`; the neutral tone is 5."""
    letters = unicodedata.normalize("NFD", sound)
    tone = next((TONES[mark] for mark in letters if mark in TONES), 5)
    plain = "".join(letter for letter in letters if letter not in TONES)
    return unicodedata.normalize("NFC", plain) + str(tone)


def rank_north(sound: str) -> int:
    """The reading without the initial law stands first: 리 before 이."""
    onset = (ord(sound) - ord("가")) // 588
    return {5: 0, 2: 1}.get(onset, 2)


def read_candidates(repository: Path) -> Iterator[tuple[str, str, bool]]:
    """Each candidate's name in Hangul and Hanja and whether a woman, once for each name and birthday."""
    git = ["git", f"--git-dir={repository}"]
    listed = subprocess.run(
        [*git, "ls-tree", "-r", "--name-only", "HEAD", "local"], capture_output=True, check=True
    )
    seen = set()
    for path in listed.stdout.decode().splitlines():
        if not path.endswith(".json") or "BAD" in path:
            continue
        shown = subprocess.run([*git, "show", f"HEAD:{path}"], capture_output=True, check=False)
        for row in json.loads(shown.stdout) if shown.returncode == 0 else ():
            born = tuple(row.get(part) for part in ("birthyear", "birthmonth", "birthday"))
            hangul, hanja = (clean_name(row.get(part)) for part in ("name_kr", "name_cn"))
            if hangul and (hangul, hanja, born) not in seen:
                seen.add((hangul, hanja, born))
                yield hangul, hanja, row.get("sex") == "여"


def clean_name(text: str | None) -> str:
    """Without spaces, compatible forms made usual."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def count_candidates(
    candidates: list[tuple[str, str, bool]], long: Mapping[str, str], characters: Characters
) -> Counts:
    """Surnames, syllables and characters of all whose parts can be told apart; each sex weighs the same."""
    women = sum(woman for _, _, woman in candidates)
    each = round(len(candidates) / women) - 1
    counts = Counts()
    for hangul, hanja, woman in candidates:
        size = 2 if hangul[:2] in long and len(hangul) > 2 and hanja[:2] == long[hangul[:2]] else 1
        given = hangul[size:]
        if not 1 <= len(given) <= 2 or not all(map(is_hangul, hangul)):
            continue
        known = len(hanja) == len(hangul) and all(characters[char].pinyin for char in hanja)
        weight = each if woman else 1
        counts.people += 1
        if known:
            counts.surnames[find_north(hangul[:size], hanja[:size], characters), hanja[:size]] += 1
        for place, syllable in zip(PLACES[2:] if len(given) == 1 else PLACES[:2], given, strict=True):
            counts.syllables[place].add(syllable, weight)
        for syllable, char in zip(given, hanja[size:], strict=True) if known else ():
            characters[char].given.add(find_north(syllable, char, characters), weight)
    return counts


def find_north(sounds: str, chars: str, characters: Characters) -> str:
    """The sounds as the North writes them, where the characters tell; as they came otherwise."""
    found = ""
    for sound, char in zip(sounds, chars, strict=True):
        alike = (
            reading
            for reading in characters[char].readings
            if fold_syllables(reading) == fold_syllables(sound)
        )
        found += next(alike, sound)
    return found


# ------------------------------------------------------------------------------------------------- tables


def write_table(path: Path, header: str, rows: Iterable[str]) -> None:
    """A table with its origin above it."""
    lines = [f"# {line}".rstrip() for line in header.strip().splitlines()]
    path.write_text("\n".join([*lines, *rows]) + "\n", "utf-8")


def describe_candidates(counts: Counts) -> str:
    """Where the counts come from, in the words of every header."""
    return f"""Made by tools/make_names.py. Counted over {counts.people} candidates of South Korean local
elections 1995–2014 (National Election Commission; published by teampopong/data-election, CC BY 4.0), women
weighted so that both sexes weigh the same (one in nine was a woman). What fewer than {LEAST} people had is
dropped."""


def write_given(out: Path, counts: Counts) -> None:
    """Syllables of given names by position."""
    columns = [tally.list_enough() for tally in counts.syllables.values()]
    syllables = sorted(set().union(*columns))
    rows = [
        "\t".join([syllable, *(str(column.get(syllable, 0)) for column in columns)]) for syllable in syllables
    ]
    header = f"""Syllables of given names as the South writes them; how often first of two, second, alone.
{describe_candidates(counts)}
UNCERTAIN: how names differ in the North and among the young; most candidates were born 1930–1975."""
    write_table(out / "given.tsv", header, rows)


def write_surnames(out: Path, counts: Counts, characters: Characters, written: Mapping[str, str]) -> None:
    """Surnames in the northern spelling with their character, count, share in China and Mandarin reading."""
    people = {key: count for key, count in counts.surnames.items() if count >= LEAST}
    for entry in written["rare_surnames"].split():
        sound, hanja = entry[: len(entry) // 2], entry[len(entry) // 2 :]
        people.setdefault((find_north(sound, hanja, characters), hanja), 0)
    shares: dict[tuple[str, str], int] = {}
    for name, share in pair_words(written["chinese_surnames"]).items():
        bases = [characters[char].bases or [char] for char in name]
        forms = {"".join(pair) for pair in product(*bases)}
        known = [key for key in people if key[1] in forms]
        last = "".join(options[-1] for options in bases)
        if not known and all(characters[char].readings for char in last):
            known = [("".join(characters[char].readings[0] for char in last), last)]
        if known:
            shares[max(known, key=lambda key: people.get(key, 0))] = int(share)
    surname_pinyin = pair_words(written["surname_pinyin"])
    rows = []
    for sound, hanja in sorted({*people, *shares}, key=lambda key: (key[0], -people.get(key, 0), key[1])):
        usual = [next(iter(characters[char].pinyin), "").partition(":")[0] for char in hanja]
        own = [surname_pinyin.get(char, sound) for char, sound in zip(hanja, usual, strict=True)]
        pinyin = " ".join(dict.fromkeys(["".join(own), "".join(usual)]))
        key = sound, hanja
        rows.append("\t".join([sound, hanja, str(people.get(key, 0)), str(shares.get(key, 0)), pinyin]))
    header = f"""Surnames: northern spelling (no initial law), character, count in Korea, per 100,000 in
China, Mandarin. {describe_candidates(counts)}
A count of 0 is a surname of the Korean census of 2000, or one of China, that fewer candidates had. Chinese
shares and surname readings: tools/names.toml (UNCERTAIN below the first twenty). Mandarin: Unihan 15.0; where
a surname has a reading of its own, the usual one stands after it, since clerks write it, too (朴 pu).
UNCERTAIN: the North's shares; they are taken to be alike."""
    write_table(out / "surnames.tsv", header, rows)


def write_hanja(out: Path, counts: Counts, characters: Characters) -> None:
    """Characters with their Korean readings (northern), Mandarin readings and what they are forms of."""
    rows = []
    for char, entry in sorted(characters.items()):
        bases = choose_bases(char, characters)
        readings = weigh_readings(entry)
        read = any(weigh_readings(characters[base]) for base in [char, *bases])
        if unicodedata.normalize("NFKC", char) != char or not (read or (entry.standard and entry.pinyin)):
            continue
        shown = "" if bases == [char] else "".join(bases)
        rows.append("\t".join([char, " ".join(readings), " ".join(entry.pinyin), shown]).rstrip("\t"))
    header = f"""Characters: Korean readings without the initial law (with counts in given names), Mandarin
readings (with shares), traditional or usual forms; of China's standard characters those without a Korean
reading, too. From Unihan 15.0, © 1991–2022 Unicode, Inc., Unicode License v3 (kHangul, kMandarin,
kHanyuPinlu, kTGHZ2013, kTraditionalVariant, kSemanticVariant); further forms and readings: tools/names.toml.
{describe_candidates(counts)}"""
    write_table(out / "hanja.tsv", header, rows)


def choose_bases(char: str, characters: Characters) -> list[str]:
    """The forms under which a character is looked up: traditional ones, and itself where names have it."""
    bases = list(dict.fromkeys(follow_forms(char, characters))) or [char]
    if characters[char].given.people and char not in bases:
        bases.append(char)
    return [base for base in bases if characters[base].readings or characters[base].given.people] or [char]


def follow_forms(char: str, characters: Characters) -> Iterator[str]:
    """The forms of a character, and theirs where no Korean reads either: 镇 → 鎮 → 鎭."""
    for base in characters[char].bases:
        yield base
        if not characters[char].readings and not characters[base].readings:
            yield from characters[base].bases


def weigh_readings(entry: Character) -> list[str]:
    """`영:531`, the most frequent first; those nobody had after them, without a count."""
    total = entry.given.weight.total()
    enough = {
        sound: weight
        for sound, weight in entry.given.list_enough().items()
        if sound in entry.readings or weight * 20 >= total
    }
    ranked = sorted(enough, key=lambda sound: -enough[sound])
    unused: dict[str, str] = {}
    for sound in entry.readings:
        unused.setdefault(fold_syllables(sound), sound)
    for sound in ranked:
        unused.pop(fold_syllables(sound), None)
    return [*(f"{sound}:{enough[sound]}" for sound in ranked), *unused.values()]


def write_pinyin(out: Path, characters: Characters, chinese: Mapping[str, str]) -> None:
    """For each toned syllable of Mandarin: how likely each class of Korean syllables is written so."""
    mass: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for char, entry in list(characters.items()):
        pinyin = entry.pinyin or [part for base in entry.bases for part in characters[base].pinyin[:1]]
        for sound, weight in weigh_sounds(char, entry, characters, chinese).items():
            for part in pinyin:
                spelling, _, share = part.partition(":")
                # Counter counts anything that adds up; here, shares of characters.
                mass[fold_syllables(sound)][spelling] += weight * float(share)  # type: ignore[assignment]
    table: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    rare: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for sound, shares in mass.items():
        for spelling, part_of in shares.items():
            chance = part_of / shares.total()
            (table if chance >= 0.0005 else rare)[spelling].append((max(chance, 0.0001), sound))
    known = {spelling[:-1] for spelling in table}
    # A syllable whose characters are all rare (sang: 桑) is one none the less.
    table.update((spelling, found) for spelling, found in rare.items() if spelling[:-1] not in known)
    rows = []
    for spelling in sorted(table):
        chances = sorted(table[spelling], reverse=True)
        rows.append(spelling + "\t" + " ".join(f"{sound}:{chance:.4f}" for chance, sound in chances))
    header = """Syllables of Mandarin: classes of Korean syllables, each with the chance that one of its
characters in a given name is read so. From the sources of hanja.tsv (Unicode License v3), weighted by how
often names have each character, and tools/names.toml (UNCERTAIN) for names of Chinese persons. Made by
tools/make_names.py."""
    write_table(out / "pinyin.tsv", header, rows)


def write_mandarin(out: Path, characters: Characters, rules: Mapping[str, Mapping[str, str]]) -> None:
    """Mandarin syllables in Hangul, Cyrillic and kana."""
    heard = {part.partition(":")[0][:-1] for entry in characters.values() for part in entry.pinyin}
    rows = [
        "\t".join([pinyin, *spelled])
        for pinyin in sorted(heard)
        if (spelled := spell_mandarin(pinyin, rules))
    ]
    header = """Syllables of Mandarin in other scripts: Hangul, Cyrillic (Palladius), kana as letters
(several, UNCERTAIN). Made by tools/make_names.py from the rules in tools/names.toml."""
    write_table(out / "mandarin.tsv", header, rows)


def spell_mandarin(pinyin: str, rules: Mapping[str, Mapping[str, str]]) -> list[str]:
    """One syllable in Hangul, Cyrillic and kana; nothing where it is none of standard Mandarin."""
    if pinyin in rules["whole"]:
        hangul, cyrillic, kana = rules["whole"][pinyin].split()
        return [hangul, cyrillic, " ".join(kana.split("/"))]
    size = next(size for size in (2, 1, 0) if pinyin[:size] in rules["initials"])
    initial, final = pinyin[:size], pinyin[size:]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "ü" + final[1:]
    if final not in rules["finals"]:
        return []
    onset, letters, sounds = rules["initials"][initial].replace("-", "").split(" ")
    nucleus, after, ending, vowels = rules["finals"][final].split()
    middle = nucleus[0].translate(str.maketrans("ㅑㅖㅠ", "ㅏㅔㅜ")) if onset in "ㅈㅉㅊ" else nucleus[0]
    hangul = join_syllable(onset, middle, nucleus[1:]) + after.replace("-", "")
    heard = (join_kana(sound, vowel) for sound in sounds.split("/") for vowel in vowels.split("/"))
    return [hangul, letters + ending, " ".join(dict.fromkeys(heard))]


def join_kana(sound: str, vowel: str) -> str:
    """Letters of kana: the y of sy and of ya yu yo is one, ch and j have none after them, fu is hu."""
    if sound in {"ch", "j"}:
        vowel = vowel.removeprefix("y")
    elif vowel[0] in "yi":
        sound = sound.removesuffix("y")
    return (sound + vowel).replace("hwu", "hu")


def weigh_sounds(
    char: str, entry: Character, characters: Characters, chinese: Mapping[str, str]
) -> dict[str, float]:
    """How much a character weighs in names, by its Korean reading."""
    weights = {sound: float(weight) for sound, weight in entry.given.list_enough().items()}
    if char in chinese or (not weights and entry.named):
        sounds = entry.readings or [sound for base in entry.bases for sound in characters[base].readings]
        for sound in sounds[:2]:
            weights[sound] = weights.get(sound, 0.0) + float(chinese.get(char, 0)) / CHINESE_COUNT + FLOOR
    return weights


if __name__ == "__main__":
    main()
