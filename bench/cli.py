"""How long a person waits for help and for an answer: the median of five runs of the real command.

Each run is a process of its own, as at a prompt. An answer takes one try at a passphrase (Argon2id), which is
meant to take about a second on an old machine.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 5


def time_command(folder: Path, *words: str) -> float:
    """Seconds, the median of several runs."""
    spent = []
    for _ in range(RUNS):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "onggi.cli", *words], cwd=folder, capture_output=True)
        spent.append(time.perf_counter() - started)
        done.check_returncode()
    return statistics.median(spent)


def main() -> None:
    """Time what people do most."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors; median of {RUNS} runs, in seconds")
    key = ("--passphrase-file", "vault.passphrase")
    with TemporaryDirectory() as name:
        folder = Path(name)
        demo = [sys.executable, "-m", "onggi.cli", "demo", "vault"]
        subprocess.run(demo, cwd=folder, capture_output=True, check=True)
        for words in (
            ("--help",),
            ("record", "--help"),
            ("search", "vault", "Liaoning", *key),
            ("show", "vault", "C-7Q2WZ5C", *key),
            ("verify", "vault", *key),
        ):
            print(f"{time_command(folder, *words):6.2f}  onggi {' '.join(words[:3])}")


if __name__ == "__main__":
    main()
