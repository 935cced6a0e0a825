"""Sealing, verifying, copying and erasing beside restic and borg: one large file, many small ones.

`python bench/sealing.py [MEGABYTES [FILES]]` prints Markdown tables; docs/benchmarks.md keeps those of one
machine and day. Tools take turns, each into a fresh store on the disk of the folder it is called in, with the
source in the system's cache; the least of three rounds counts. Restic and borg are measured where they are
installed (Debian: restic, borgbackup), and said to be missing where not; neither compresses.

The floor is what the hashes and the cipher alone take on one core and on memory that is used again: SHA-256
of what comes in and of what is stored and AES-256-GCM between them for sealing and for verifying, one SHA-256
for a copy. It reads and writes no disk.
"""

import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from _runs import Spent, count_bytes, least, read_through, run
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ROUNDS = 3
PIECE = 1 << 20
UNLOCK = "passphrase"
"""Opening alone, which is a part of all that Onggi does: Argon2id, meant to take a second."""

Costs = dict[str, Spent]


class Tool(Protocol):
    """One of those that are compared. `stored` is how many bytes lie on the disk after sealing."""

    name: str
    stored: int

    def measure(self, what: Path) -> Costs:
        """What each step costs, on a store of its own."""


class Onggi:
    """`onggi add`, verify, copy and erase, in processes of their own as at a prompt."""

    name = "onggi"

    def __init__(self, place: Path) -> None:
        self._vault, self._copy = place / "vault", place / "vault-copy"
        self._secret, self._record = place / "secret", place / "case.toml"
        self._secret.write_text("a passphrase for the benchmark\n")
        self._record.write_text(
            'onggi = 1\n[case]\ncode = "C-7Q2WZ5C"\ntitle = "Benchmark"\nlang = "en"\n'
            '[person.witness]\ncode = "P-8F3KT2H"\nrole = ["witness"]\n'
        )
        self.stored = 0

    def measure(self, what: Path) -> Costs:
        vault = str(self._vault)
        self._call("init", vault)
        self._call("record", vault, str(self._record))
        costs = {UNLOCK: self._call("log", vault)}
        costs["seal"] = self._call("add", vault, "C-7Q2WZ5C", *list_files(what), "--person", "P-8F3KT2H")
        self.stored = count_bytes(self._vault)
        costs["verify"] = self._call("verify", vault)
        costs["copy"] = self._call("copy", vault, str(self._copy))
        # Whoever looks first after much was added waits for the index, and so would `erase`.
        costs["first look"] = self._call("search", vault, "0", "--identity", "--because", "benchmark")
        # The unit of the person who brought the files: all of them go.
        costs["erase"] = self._call("erase", vault, "P-8F3KT2H", "--because", "benchmark")
        shutil.rmtree(self._vault)
        shutil.rmtree(self._copy)
        return costs

    def _call(self, *words: str) -> Spent:
        keys = ("--passphrase-file", str(self._secret))
        return run([sys.executable, "-m", "onggi.cli", *words, *keys])[0]


class Restic:
    """`restic backup`, `check --read-data` and `copy`, without compression."""

    name = "restic"

    def __init__(self, place: Path) -> None:
        self._store, self._copy, self._cache = (place / f"restic-{name}" for name in ("a", "b", "cache"))
        self._surroundings = os.environ | {
            "RESTIC_PASSWORD": "x",
            "RESTIC_FROM_PASSWORD": "x",
            "RESTIC_CACHE_DIR": str(self._cache),
        }
        self.stored = 0

    def measure(self, what: Path) -> Costs:
        source, target = str(self._store), str(self._copy)
        self._call("-r", source, "init")
        costs = {"seal": self._call("-r", source, "backup", "--compression", "off", str(what))}
        self.stored = count_bytes(self._store)
        costs["verify"] = self._call("-r", source, "check", "--read-data")
        self._call("-r", target, "init", "--from-repo", source, "--copy-chunker-params")
        costs["copy"] = self._call("-r", target, "copy", "--compression", "off", "--from-repo", source)
        for store in (self._store, self._copy, self._cache):
            shutil.rmtree(store)
        return costs

    def _call(self, *words: str) -> Spent:
        return run(["restic", "-q", *words], self._surroundings)[0]


class Borg:
    """`borg create` and `check --verify-data`, without compression; it has no command that copies."""

    name = "borg"

    def __init__(self, place: Path) -> None:
        self._store, self._base = place / "borg", place / "borg-base"
        self._surroundings = os.environ | {"BORG_PASSPHRASE": "x", "BORG_BASE_DIR": str(self._base)}
        self.stored = 0

    def measure(self, what: Path) -> Costs:
        store = str(self._store)
        self._call("init", "-e", "repokey", store)
        costs = {"seal": self._call("create", "-C", "none", f"{store}::a", str(what))}
        self.stored = count_bytes(self._store)
        costs["verify"] = self._call("check", "--verify-data", store)
        shutil.rmtree(self._store)
        shutil.rmtree(self._base)
        return costs

    def _call(self, *words: str) -> Spent:
        return run(["borg", *words], self._surroundings)[0]


def main() -> None:
    """Measure, and print the tables."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Path(folder)
        big, small = place / "big", place / "small"
        make_big(big, megabytes)
        total = make_small(small, files)
        compare(f"1 file of {megabytes} MB", place, big)
        compare(f"{files} files, {total / 1e6:.0f} MB", place, small)


def compare(title: str, place: Path, what: Path) -> None:
    """Measure all tools in turn on one source, and print their table."""
    tools = find_tools(place)
    rounds: dict[str, list[Costs]] = {tool.name: [] for tool in tools}
    floors: list[Costs] = []
    for _ in range(ROUNDS):
        floors.append(measure_floors(what))
        for tool in tools:
            read_through(what)
            rounds[tool.name].append(tool.measure(what))
    costs = {name: merge_rounds(found) for name, found in rounds.items()}
    print_table(title, tools, costs, merge_rounds(floors))


def find_tools(place: Path) -> list[Tool]:
    """Onggi, and those of its peers that are installed."""
    tools: list[Tool] = [Onggi(place)]
    for peer in (Restic, Borg):
        if shutil.which(peer.name):
            tools.append(peer(place))
        else:
            print(f"{peer.name} is not installed here and was not measured.")
    return tools


def merge_rounds(rounds: list[Costs]) -> Costs:
    """The least that each step took."""
    return {step: least([one[step] for one in rounds]) for step in rounds[0]}


def print_table(title: str, tools: list[Tool], costs: Mapping[str, Costs], floors: Costs) -> None:
    """A Markdown table: a row for each step and tool."""
    print(f"\n### {title}\n")
    print("| step | tool | wall s | CPU s | CPU ÷ floor | peak MiB | stored MB |")
    print("|---|---|--:|--:|--:|--:|--:|")
    print_row(UNLOCK, "onggi", costs["onggi"][UNLOCK])
    for step in ("seal", "verify", "copy", "first look", "erase"):
        floor = floors.get(step)
        if floor:
            print_row(step, "floor", floor, floor)
        for tool in tools:
            spent = costs[tool.name].get(step)
            if spent:
                print_row(step, tool.name, spent, floor, tool.stored if step == "seal" else 0)
            if spent and floor and tool.name == "onggi":
                print_row(step, "onggi, once unlocked", spent - costs["onggi"][UNLOCK], floor)
    sys.stdout.flush()


def print_row(step: str, tool: str, spent: Spent, floor: Spent | None = None, stored: int = 0) -> None:
    """One line of a table; what there is no figure for stays empty."""
    ratio = f"{spent.processor / floor.processor:.1f}" if floor else ""
    peak, size = spent.peak or "", f"{stored / 1e6:.0f}" if stored else ""
    print(f"| {step} | {tool} | {spent.wall:.2f} | {spent.processor:.2f} | {ratio} | {peak} | {size} |")


def measure_floors(what: Path) -> Costs:
    """The floors of a source, by step."""
    length = sum(Path(file).stat().st_size for file in list_files(what))
    cipher, buffer, out = AESGCM(bytes(32)), memoryview(bytearray(PIECE)), memoryview(bytearray(PIECE + 16))

    def seal(size: int) -> None:
        hashlib.sha256(buffer[:size])
        cipher.encrypt_into(bytes(12), buffer[:size], None, out[: size + 16])
        hashlib.sha256(out[: size + 16])

    def copy(size: int) -> None:
        hashlib.sha256(buffer[:size])

    sealing = time_pieces(length, seal)
    return {"seal": sealing, "verify": sealing, "copy": time_pieces(length, copy)}


def time_pieces(length: int, work: Callable[[int], None]) -> Spent:
    """What it costs to do some work on so many bytes, piece by piece."""
    started, before = time.perf_counter(), time.process_time()
    for at in range(0, length, PIECE):
        work(min(PIECE, length - at))
    return Spent(time.perf_counter() - started, time.process_time() - before)


def list_files(what: Path) -> list[str]:
    """A file, or all files of a folder."""
    return [str(file) for file in sorted(what.iterdir())] if what.is_dir() else [str(what)]


def make_big(path: Path, megabytes: int) -> None:
    """A file that cannot be compressed."""
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(1_000_000))


def make_small(folder: Path, count: int) -> int:
    """Files of the sizes of small pictures and notes, log-normal around 7 kB; returns their total."""
    sizes, total = random.Random(1), 0
    folder.mkdir()
    for number in range(count):
        length = int(sizes.lognormvariate(8.9, 0.9))
        (folder / f"{number:05d}").write_bytes(os.urandom(length))
        total += length
    return total


if __name__ == "__main__":
    main()
