"""Known names in running text: what is found in another spelling, what is missed, and how fast.

`python bench/finding.py` prints tables and asserts nothing. Everybody in bench/names/figures.tsv is known by
each of her spellings in turn, and sought in sentences that hold each of the others. Missed are the spellings
that no sentence showed whole. False alarms and speed: a thousand names drawn by lot from the tables of
surnames and syllables, in the texts of Onggi itself, which name nobody of them but by chance.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from names import SCRIPTS, Spelling, draw_names, read_figures

from onggi.names.find import Finder

WORDS = Path(__file__).resolve().parents[1] / "src" / "onggi" / "words"
SENTENCES = {
    "Hangul": ("어제 {}가 왔다.", "{}의 어머니", "그는 {}에게 말했다"),
    "Hanja": ("昨天{}的丈夫来了。", "见到{}，", "{}說"),
    "pinyin": ("Yesterday {} came.", "with {}'s husband,"),
    "Latin": ("Yesterday {} came.", "with {}'s husband,"),
    "kana": ("昨日{}は来た。", "{}の母"),
    "Cyrillic": ("Вчера {} пришла.", "муж {} сказал"),
}
KNOWN = 1_000
SIZE = 1_000_000


def main() -> None:
    """Print what was found."""
    tell_recall(list(read_figures()))
    tell_speed(random.Random(5))


def tell_recall(people: Sequence[Sequence[Spelling]]) -> None:
    """The share of spellings found, by the script known and the script of the text; and what was missed."""
    asked, found, missed = Counter[tuple[str, str]](), Counter[tuple[str, str]](), []
    for person in people:
        for known in person:
            finder = Finder([known.text])
            for other in person:
                pair = known.script, other.script
                asked[pair] += 1
                if all(is_found(finder, sentence, other.text) for sentence in SENTENCES[other.script]):
                    found[pair] += 1
                else:
                    missed.append(f"{known.text} → {other.text}")
    print(
        f"{sum(asked.values()):,} pairs of spellings, {sum(found.values()) / sum(asked.values()):.1%} found\n"
    )
    print(f"| known ↓ in a text → | {' | '.join(SCRIPTS)} |")
    print("|---|" + "--:|" * len(SCRIPTS))
    for row in SCRIPTS:
        shares = (f"{found[row, text] / asked[row, text]:.3f}" for text in SCRIPTS)
        print(f"| {row} | {' | '.join(shares)} |")
    print(f"\n{len(missed)} missed: {' · '.join(missed)}\n")


def is_found(finder: Finder, sentence: str, name: str) -> bool:
    """Whether a whole name is found over all of its characters."""
    start = sentence.index("{}")
    found = finder.find(sentence.format(name))
    return any(one.whole and one.start <= start and one.end >= start + len(name) for one in found)


def tell_speed(dice: random.Random) -> None:
    """Megabytes of text a second, and what was found that is nobody."""
    before = time.process_time()
    finder = Finder(map("".join, draw_names(dice, KNOWN)))
    print(f"{KNOWN:,} names, made ready in {time.process_time() - before:.2f} s of one core\n")
    print("| text | MB/s | per 100,000 characters: whole names | given names |")
    print("|---|--:|--:|--:|")
    for language in ("en", "ko", "zh"):
        text = "\n".join(read_texts(language))
        occurrences = finder.find(text)  # and every script is made ready
        long = "\n".join([text] * (SIZE // len(text.encode()) + 1))
        before = time.process_time()
        finder.find(long)
        speed = len(long.encode()) / 1e6 / (time.process_time() - before)
        whole = sum(one.whole for one in occurrences)
        shares = (f"{count * 100_000 / len(text):.0f}" for count in (whole, len(occurrences) - whole))
        print(f"| {language} | {speed:.1f} | {' | '.join(shares)} |")


def read_texts(language: str) -> Iterator[str]:
    """The sentences of Onggi in a language, as they stand in its files."""
    start = f"{language} = "
    for path in sorted(WORDS.glob("*.toml")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(start):
                yield line.removeprefix(start).strip('"')


if __name__ == "__main__":
    main()
