"""Looks for bytes that break one parser, led by which of our lines they reach (atheris, which is libFuzzer).

Started as `python -m tests.promises.fuzz NAME RUNS FOLDER`. Examples of what the parser reads are where it
begins. An input that broke it, or took longer than ten seconds, is left in FOLDER as `broke-…`, and ends the
process.
"""

import base64
import json
import sys
from hashlib import sha256
from pathlib import Path

import atheris

atheris.enabled_hooks.add("str")  # how near a text came to what it is compared with is seen, too
with atheris.instrument_imports(include=["onggi"]):
    from tests.promises.targets import TARGETS, TOKENS, feed, unguarded

_LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", "-len_control=0", "-print_final_stats=1")
_LONGEST_WORD = 64


def list_beginnings(name: str) -> list[bytes]:
    """What a parser reads, and what once broke it."""
    broke = json.loads(Path(__file__).with_name("broke.json").read_text("utf-8"))
    return [*TARGETS[name][1], *(base64.b64decode(one) for one in broke.get(name, ()))]


def write_word(word: bytes) -> str:
    """A word for libFuzzer's dictionary."""
    return "".join(f"\\x{byte:02x}" for byte in word)


def main(name: str, runs: str, folder: str) -> None:
    """Look so many times; this does not return."""
    begun, words = Path(folder) / "begun", Path(folder) / "words"
    begun.mkdir(exist_ok=True)
    for data in list_beginnings(name):
        (begun / sha256(data).hexdigest()[:16]).write_bytes(data)
    words.write_text("".join(f'"{write_word(one)}"\n' for one in TOKENS if 0 < len(one) <= _LONGEST_WORD))
    places = (f"-dict={words}", f"-artifact_prefix={folder}/broke-", str(begun))
    arguments = [sys.argv[0], *_LIMITS, f"-runs={runs}", *places]
    with unguarded():
        atheris.Setup(arguments, lambda data: feed(name, data))
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
