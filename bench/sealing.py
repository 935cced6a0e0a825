"""Sealing files: one of 1 GB and twenty thousand small ones, beside restic and borg in the same run.

`python bench/sealing.py [MEGABYTES [FILES]]` prints a table of wall and CPU seconds, best of three, each
tool into a fresh store on the same disk. The floor is what the hashes and the cipher alone take on one
core: SHA-256 of what comes in and of what is stored, AES-256-GCM between. Restic and borg are measured
where they are installed (Debian: restic, borgbackup), and said to be missing where not. The figures are of
the machine and the day; docs/benchmarks.md keeps them.
"""

import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ONGGI = [sys.executable, "-m", "onggi.cli"]
ROUNDS = 3
PIECE = 1 << 20


def main() -> None:
    """Measure, and print the table."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Path(folder)
        big, small = place / "big", place / "small"
        make_big(big, megabytes)
        total = make_small(small, files)
        print(f"\n1 file of {megabytes} MB · {files} files, {total / 1e6:.0f} MB · best of {ROUNDS}\n")
        print(f"{'':10}{'1 file: wall s':>16}{'CPU s':>8}{'many: wall s':>16}{'CPU s':>8}")
        print_row("floor", (measure_floor(big), measure_floor(small)))
        for name, tool in (("onggi", run_onggi), ("restic", run_restic), ("borg", run_borg)):
            if name != "onggi" and shutil.which(name) is None:
                print(f"{name:10}  not installed here, not measured")
                continue
            print_row(name, tuple(best(partial(tool, place, what)) for what in (big, small)))


def print_row(name: str, figures: tuple[tuple[float, float], ...]) -> None:
    """One line of the table."""
    print(f"{name:10}" + "".join(f"{wall:16.2f}{cpu:8.2f}" for wall, cpu in figures), flush=True)


def best(measure: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """The round with the least wall time."""
    return min(measure() for _ in range(ROUNDS))


def run_onggi(place: Path, what: Path) -> tuple[float, float]:
    """`onggi add` of everything into a fresh vault; unlocking it (Argon2id, about a second) is part of it."""
    vault, secret, case = place / "vault", place / "secret", place / "case.toml"
    secret.write_text("a passphrase for the benchmark\n")
    case.write_text('onggi = 1\n[case]\ntitle = "Benchmark"\nlang = "en"\n')
    keys = ["--passphrase-file", str(secret)]
    call([*ONGGI, "init", str(vault), *keys])
    answer = call([*ONGGI, "record", str(vault), str(case), *keys, "--json"])
    code = answer.split('"case": "')[1][:32]
    with timed() as spent:
        call([*ONGGI, "add", str(vault), code, *list_files(what), *keys])
    shutil.rmtree(vault)
    return spent[0], spent[1]


def run_restic(place: Path, what: Path) -> tuple[float, float]:
    """`restic backup` without compression into a fresh repository."""
    store = place / "restic"
    surroundings = os.environ | {"RESTIC_PASSWORD": "x", "RESTIC_CACHE_DIR": str(place / "cache")}
    call(["restic", "-q", "-r", str(store), "init"], surroundings)
    with timed() as spent:
        call(["restic", "-q", "-r", str(store), "backup", "--compression", "off", str(what)], surroundings)
    shutil.rmtree(store)
    return spent[0], spent[1]


def run_borg(place: Path, what: Path) -> tuple[float, float]:
    """`borg create` without compression into a fresh repository."""
    store = place / "borg"
    surroundings = os.environ | {"BORG_PASSPHRASE": "x", "BORG_BASE_DIR": str(place / "borg-base")}
    call(["borg", "init", "-e", "repokey", str(store)], surroundings)
    with timed() as spent:
        call(["borg", "create", "-C", "none", f"{store}::a", str(what)], surroundings)
    shutil.rmtree(store)
    return spent[0], spent[1]


def measure_floor(what: Path) -> tuple[float, float]:
    """Two SHA-256 and one AES-256-GCM over all bytes, on reused memory, without reading or writing a disk."""
    cipher, buffer, out = AESGCM(bytes(32)), bytearray(PIECE), bytearray(PIECE + 16)
    length = sum(Path(file).stat().st_size for file in list_files(what))
    with timed() as spent:
        for at in range(0, length, PIECE):
            size = min(PIECE, length - at)
            hashlib.sha256(memoryview(buffer)[:size])
            cipher.encrypt_into(bytes(12), memoryview(buffer)[:size], None, memoryview(out)[: size + 16])
            hashlib.sha256(memoryview(out)[: size + 16])
    return spent[0], spent[1]


@contextmanager
def timed() -> Iterator[list[float]]:
    """Wall and CPU seconds of what happens inside, children and the flush to disk included."""
    spent: list[float] = []
    before, started = cpu_seconds(), time.perf_counter()
    yield spent
    os.sync()
    spent += (time.perf_counter() - started, cpu_seconds() - before)


def cpu_seconds() -> float:
    """User and system seconds of this process and of all its children that have ended."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


def call(command: list[str], surroundings: dict[str, str] | None = None) -> str:
    """Run a command; its failure ends the benchmark with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


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
