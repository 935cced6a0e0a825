"""What the ledger costs at N statements: append, verify, rebuild, search, show, beside floors and a peer.

    python bench/ledger.py [STATEMENTS]

Prints Markdown tables; docs/benchmarks.md keeps those of one machine and day. Each phase is a process of its
own, so that its peak of memory is its own; times are of the phase alone, without starting it. Argon2id, a
second and 256 MiB by design, is left out everywhere. The statements are invented: cases of a hundred in four
languages, places and terms among them, one note in fifty replaced by a later one; of the words in a text
three in four are common and the others as rare as words are (the tenth half as frequent as the fifth).

The floor of recording and verifying is its hashes alone. The peer of search is what SQLite has built in for
this, FTS5 with trigrams and with words as Unicode parts them, unencrypted, over the same texts.
"""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from _runs import count_bytes, run

from onggi.ledger.bigrams import normalise
from onggi.ledger.fold import fold
from onggi.ledger.ledger import Ledger, Placed, open_ledger
from onggi.ledger.view import Hit, View
from onggi.model.entity import make_code, new_id
from onggi.model.places import load_places
from onggi.model.statement import About, Said, Statement, Trace, What, write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Place, Term, Text, Value
from onggi.proof.merkle import merkle_root
from onggi.vault import keyslot
from onggi.vault.checking import check_vault
from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR
from onggi.vault.opened import open_vault
from onggi.vault.session import write_session
from onggi.vault.strata import Entry
from onggi.vault.writing import Change, write_commit

COUNT = 1_000_000
BATCH = 10_000
CASE = 100
LIMIT = 50
ROUNDS = 5
ENGLISH = "she was sold to a farmer and kept for years killing beating broker money winter river guard"
KOREAN = "그는 농촌으로 팔려 가서 여러 해 동안 갇혀 있었다"
CHINESE = "她被卖给一个农民 并被关在家里多年"
JAPANESE = "兄が国境の川を渡るのを見た"
COMMON = " ".join((ENGLISH, KOREAN, CHINESE, JAPANESE)).split()
HANGUL = (
    "가고기나다대도라로리마명미바보부사상서선성수시신아안양여영우원유이인일자장전정제조주지진천청하한해현호"
)
HAN = "人口买卖国境河北南东西山村女子男家警察公安局長農民金錢年月日夜冬春朝鮮中朴李張王劉陳楊趙黃周吳"


@dataclass
class Figure:
    """What a phase did, of how many, and what that took."""

    what: str
    count: int
    wall: float = 0.0
    processor: float = 0.0
    asked: str = ""


@contextmanager
def timed(figure: Figure) -> Iterator[Figure]:
    """Add to a figure what happens inside."""
    wall, processor = time.perf_counter(), time.process_time()
    yield figure
    figure.wall += time.perf_counter() - wall
    figure.processor += time.process_time() - processor


# — what is recorded —


def make_words() -> list[str]:
    """Words by falling frequency: Korean, Chinese and Latin in turn."""
    dice = random.Random(11)
    ways = (
        lambda: "".join(dice.choices(HANGUL, k=dice.choice((2, 2, 3)))),
        lambda: "".join(dice.choices(HAN, k=2)),
        lambda: "".join(dice.choices("abcdefghiklmnoprstuwy", k=dice.randint(4, 9))),
    )
    return [ways[number % 3]() for number in range(6_000)]


WORDS = make_words()
WEIGHTS = [1 / (rank + 5) for rank in range(len(WORDS))]


def invent(count: int) -> Iterator[Statement]:
    """As many statements, in cases of a hundred."""
    dice = random.Random(7)
    places = sorted(load_places())
    for _ in range(count // CASE):
        case, source, person = (new_id(dice.randbytes) for _ in range(3))
        made = [("case", case), ("source", source), ("person", person)]
        made += [("act", new_id(dice.randbytes)) for _ in range(10)]
        said: list[tuple[str, str, Value]] = []
        for kind, entity in made:
            said.append((entity, "kind", Term("entity_kinds", kind)))
            said.append((entity, "code", Text(make_code(kind, dice.randbytes), "zxx")))
        while len(said) < CASE:
            subject = dice.choice(made[3:])[1]
            words = dice.choices(COMMON, k=9) + dice.choices(WORDS, WEIGHTS, k=3)
            dice.shuffle(words)
            said += [
                (subject, "note", Text(f"{' '.join(words)} {dice.randrange(10**6)}", "en")),
                (subject, "place", Place(dice.choice(places))),
                (subject, "victim", Entity(person)),
            ]
        before = ""
        for subject, name, value in said[:CASE]:
            id = new_id(dice.randbytes)
            trace = Trace(supersedes=(before,)) if before and not dice.randrange(50) else Trace()
            quoted = None if name in ("kind", "code") else Said(source)
            yield Statement(What(name, value), About(id, subject, case, ""), quoted, None, trace)
            before = id if name == "note" else ""


# — phases, each in a process of its own —


def hash_alone(root: Path, count: int) -> list[Figure]:
    """The floor: five slots, the leaf over them, and the tree over the leaves."""
    figure = Figure("floor: the hashes alone", count)
    statements, salt, sha256 = invent(count), bytes(18), hashlib.sha256
    while batch := [write_slots(one) for one in islice(statements, BATCH)]:
        with timed(figure):
            leaves = [
                sha256(b"".join([sha256(salt + slot).digest() for slot in slots])).digest() for slots in batch
            ]
            merkle_root(leaves)
    return [figure]


def append(root: Path, count: int) -> list[Figure]:
    """Into the vault alone: canonical, five salted slots, trees, sealed, signed, durable."""
    vault = create_vault(root, "bench", "bench", FLOOR, os.urandom)
    clock = iter(range(10**12, 2 * 10**12)).__next__
    part = max(count // 10, BATCH)
    every = Figure(f"append, {BATCH:,} at a time", count, asked="≥ 40,000/s")
    first, last = Figure(f"… the first {part:,}", part), Figure(f"… the last {part:,}", part)
    units: dict[str, str] = {}
    statements, done = invent(count), 0
    while batch := list(islice(statements, BATCH)):
        with timed(Figure("", 0)) as spent:
            entries = []
            for one in batch:
                unit = units.setdefault(one.about.case, os.urandom(16).hex())
                about = msgspec.structs.replace(one.about, unit=unit)
                trace = msgspec.structs.replace(one.trace, recorder=vault.card.member)
                entries.append(
                    Entry(unit, write_slots(msgspec.structs.replace(one, about=about, trace=trace)))
                )
            with write_session(vault):
                write_commit(vault, vault.compartment(), {"record": Change(entries)}, clock)
        for figure in (every, *[first] * (done < part), *[last] * (done >= count - part)):
            figure.wall += spent.wall
            figure.processor += spent.processor
        done += len(batch)
    return [every, first, last]


def append_and_index(root: Path, count: int) -> list[Figure]:
    """Through the ledger: the same, and the index of the batch before is brought up each time."""
    few = min(count, 100_000)
    other = root.with_name("indexed")
    ledger = Ledger(
        create_vault(other, "bench", "bench", FLOOR, os.urandom), iter(range(10**12, 2 * 10**12)).__next__
    )
    figure = Figure("append and index", few)
    statements = invent(few)
    while batch := [(Stratum.RECORD, one) for one in islice(statements, BATCH)]:
        placed: list[Placed] = batch
        with timed(figure):
            ledger.append(ledger.vault.compartment(), placed)
            ledger.view()
    ledger.close()
    shutil.rmtree(other)
    return [figure]


def verify(root: Path, count: int) -> list[Figure]:
    """Open the vault, and verify every file, signature and statement."""
    with timed(Figure("open and verify", count, asked="≤ 20 s")) as figure:
        vault = open_vault(root, 1, "bench", os.urandom)
        report = check_vault(vault)
    assert report.findings == [] and report.counts["statements"] == count
    return [figure]


def rebuild(root: Path, count: int) -> list[Figure]:
    """Every statement read, verified, folded and indexed anew."""
    ledger = reopen(root)
    with timed(Figure("rebuild the index", count, asked="≤ 60 s")) as figure:
        assert ledger.rebuild() == count
    return [figure]


def fold_some(root: Path, count: int) -> list[Figure]:
    """The pure fold, in memory, of what a view might gather."""
    ledger = reopen(root)
    held = [one.held for word in ("money", "팔려") for one in ledger.view().search(word, limit=60_000)]
    with timed(Figure("fold in memory", len(set(one.id for one in held)))) as figure:
        fold(held, ledger.may)
    return [figure]


def show(root: Path, count: int) -> list[Figure]:
    """The portrait of an act and of a whole case, each for the first time: what `onggi show` reads."""
    view = reopen(root).view()
    found = view.search("money", limit=400)
    figures = []
    for what, entities in (
        ("show an entry", [one.held.statement.subject for one in found]),
        ("show a case of a hundred", [one.held.statement.about.case for one in found]),
    ):
        each = list(dict.fromkeys(entities))[:100]
        with timed(Figure(what, len(each))) as figure:
            for one in each:
                view.portrait(one)
        figures.append(figure)
    return figures


def reopen(root: Path) -> Ledger:
    """The ledger as a new process has it."""
    return open_ledger(root, 1, "bench", os.urandom, iter(range(3 * 10**12, 4 * 10**12)).__next__)


# — search —

SPOKEN = [word for word in WORDS[:60:6] + WORDS[600:6000:900] if not word.isascii()]
SPOKEN += ["농촌", "팔려", "갇혀", "있었다", "一个", "关在", "国境", "卖给一个"]  # of the texts
SPOKEN += ["농민", "량강", "양강도", "辽宁", "遼寧省", "행위", "사람", "가족"]  # of labels, and of nothing
QUERIES: Mapping[str, Sequence[str]] = {
    "Korean and Chinese, two characters": [word for word in SPOKEN if len(word) == 2],
    "Korean and Chinese, three and more": [word for word in SPOKEN if len(word) > 2],
    "pieces of words, codes, several words": [
        *("broker", "roke", "yanbian", "P-7F", "18", "兄", "river winter", "갇혀 money", "winter 농촌 关在"),
        *[word for word in WORDS[2:300:60] if word.isascii()],
    ],
}


@dataclass
class Search:
    """How one way of searching answers some queries: milliseconds, and the share of hits it finds."""

    way: str
    group: str
    first: float
    median: float
    late: float
    recall: float | None = None


def search(root: Path, count: int) -> list[Search]:
    """Ours, newest and best first, and everything that is found against a plain look through all texts."""
    view = reopen(root).view()
    texts = live_texts(count)
    rows = []
    for group, queries in QUERIES.items():
        for order in ("newest", "best"):
            first, median, late = time_queries(partial(find, view, order), queries)
            rows.append(Search(f"Onggi, {order} first", group, first, median, late))
        rows[-2].recall = measure_recall(texts, queries, lambda query: find_ids(view, count, query))
    return rows


def find(view: View, order: str, query: str) -> list[Hit]:
    return view.search(query, order, LIMIT)


def find_ids(view: View, limit: int, query: str) -> Iterator[str]:
    return (one.id for one in view.search(query, limit=limit))


def find_plain(connection: sqlite3.Connection, limit: int, query: str) -> list[str]:
    """The newest hits in a full-text table of SQLite."""
    phrases = " AND ".join(f'"{word}"' for word in query.split())
    newest = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [id for (id,) in connection.execute(newest, (phrases, limit))]


def search_peers(root: Path, count: int) -> list[Search]:
    """SQLite's own full-text search over the same texts; nothing in it is encrypted."""
    texts = live_texts(count)
    rows = []
    for way, tokenizer in (("trigram", "trigram"), ("unicode61", "unicode61")):
        path = root.with_name(way)
        connection = sqlite3.connect(path)
        connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5 (text, id UNINDEXED, tokenize='{tokenizer}')"
        )
        connection.executemany(
            "INSERT INTO texts (text, id) VALUES (?,?)", ((text, id) for id, text in texts.items())
        )
        connection.commit()
        for group, queries in QUERIES.items():
            first, median, late = time_queries(partial(find_plain, connection, LIMIT), queries)
            recall = measure_recall(texts, queries, partial(find_plain, connection, count))
            rows.append(Search(f"SQLite FTS5 {way}", group, first, median, late, recall))
        connection.close()
        path.unlink()
    return rows


def live_texts(count: int) -> dict[str, str]:
    """The normalised text of every statement that has one and is not replaced, oldest first."""
    texts: dict[str, str] = {}
    for one in invent(count):
        for replaced in one.trace.supersedes:
            texts.pop(replaced, None)
        if isinstance(one.value, Text):
            texts[one.id] = normalise(one.value.text)
    return texts


def measure_recall(
    texts: Mapping[str, str], queries: Sequence[str], ask: Callable[[str], Iterable[str]]
) -> float:
    """What share of the texts in which every word stands is found; the mean over queries that have any."""
    shares = []
    for query in queries:
        words = normalise(query).split()
        expected = {id for id, text in texts.items() if all(word in text for word in words)}
        if expected:
            shares.append(len(expected.intersection(ask(query))) / len(expected))
    return statistics.mean(shares)


def time_queries(ask: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float, float]:
    """Milliseconds: of the slowest first answer; then, all warm, the median and the 95th of a hundred."""
    spent = [[clock(partial(ask, query)) for query in queries] for _ in range(ROUNDS + 1)]
    warm = [one for times in spent[1:] for one in times]
    return max(spent[0]), statistics.median(warm), statistics.quantiles(warm, n=20)[18]


def clock(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1_000


# — all of it —

PHASES: Mapping[str, Callable[[Path, int], Sequence[Figure | Search]]] = {
    phase.__name__: phase
    for phase in (
        hash_alone,
        append,
        verify,
        rebuild,
        append_and_index,
        fold_some,
        show,
        search,
        search_peers,
    )
}


def main(count: int) -> None:
    """Run all phases one after the other and print the tables."""
    figures: list[tuple[Figure, int]] = []
    searches: list[Search] = []
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder) / "vault"
        for phase in PHASES:
            spent, said = run([sys.executable, __file__, str(count), phase, str(root)])
            for row in map(json.loads, said.splitlines()):
                if "way" in row:
                    searches.append(Search(**row))
                else:
                    figures.append((Figure(**row), spent.peak))
        packs, index = (count_bytes(root / place) >> 20 for place in ("packs", "index"))
    print(f"\n{count:,} statements · {packs:,} MiB of packs · {index:,} MiB of index\n")
    print_table(
        ("", "statements", "wall s", "CPU s", "per CPU s", "peak MiB", "asked"),
        (
            (one.what, f"{one.count:,}", f"{one.wall:.2f}", f"{one.processor:.2f}")
            + (f"{one.count / max(one.processor, 0.001):,.0f}", f"{peak:,}", one.asked)
            for one, peak in figures
        ),
    )
    print(f"\nSearch, {LIMIT} hits, milliseconds\n")
    print_table(
        ("", "", "slowest cold", "median", "p95", "recall"),
        (
            (one.group, one.way, *(f"{spent:.2f}" for spent in (one.first, one.median, one.late)))
            + ("" if one.recall is None else f"{one.recall:.1%}",)
            for one in sorted(searches, key=lambda one: one.group)
        ),
    )


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table in Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(row)} |")


def stretch_cheaply(passphrase: str, salt: bytes, *_: object) -> bytes:
    """Instead of Argon2id."""
    return hashlib.sha256(passphrase.encode() + salt).digest()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        vars(keyslot)["stretch"] = stretch_cheaply
        for row in PHASES[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[1])):
            print(json.dumps(asdict(row)))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
