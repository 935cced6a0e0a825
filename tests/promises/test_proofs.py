"""P2. A proof that was changed by one byte is no proof, for both verifiers, which agree on every check.

`onggi verify` and `verify.sh` share no code: what one finds is held against what the other says, check by
check, on proofs that are right, that are damaged, and that an adversary has made manifests for again.
"""

import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from tests.dossier.invented import SIGNER, Grove, make_dossier, make_proof, publish, reseal
from tests.dossier.shell import MISSING, ask_both, write_bag
from tests.promises.twins import Tally, twin

from onggi.cli.main import run as onggi
from onggi.dossier.guides import load_guides
from onggi.errors import Exit, OnggiError
from onggi.evidence import verify
from onggi.evidence.bag import GUIDES, SEALS
from onggi.evidence.verify import check_bag
from onggi.proof.anchor import check_ed25519, check_mldsa, sign_root
from onggi.proof.leaf import Reason
from onggi.proof.part import parse_part, render_part

Files = dict[str, bytes]

PROOF = make_proof(2, guides=load_guides())
DOSSIER = make_dossier(3, guides=load_guides())
BAGS = {"proof": PROOF, "dossier": DOSSIER}
FREE = {"proof": {*GUIDES, "data/provenance/read.txt"}, "dossier": {*GUIDES}}
"""What no hash covers but the manifests, which anyone can make again (proof.md, §5)."""

needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}")
each_bag = pytest.mark.parametrize("name", BAGS)


@pytest.fixture(autouse=True)
def checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most changes leave the anchors and the keys as they are: one verification of those is enough."""
    monkeypatch.setattr(verify, "check_ed25519", cache(check_ed25519))
    monkeypatch.setattr(verify, "check_mldsa", cache(check_mldsa))


def flip(files: Files, path: str, at: int, bit: int) -> Files:
    """These files with one bit changed."""
    data = files[path]
    return files | {path: data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]}


@each_bag
@twin(997, 1)
def test_each_byte(tally: Tally, count: int, name: str) -> None:
    """Each byte of each file of a bag flipped, one at a time: not valid; no byte is harmless."""
    bag = BAGS[name]
    for path, data in bag.items():
        for at in range(len(path) % count, len(data), count):
            assert not check_bag(flip(bag, path, at, at % 8)).valid, (path, at)
            tally.add("flips")


@each_bag
@twin(997, 1)
def test_each_byte_resealed(tally: Tally, count: int, name: str) -> None:
    """The same with the manifests made again: harmless is only what is for reading, as FORMAT.md says."""
    bag = BAGS[name]
    for path in bag.keys() - SEALS:
        for at in range(len(path) % count, len(bag[path]), count):
            changed = flip(bag, path, at, at % 8)
            reason = name == "proof" and is_reason(bag[path], changed[path])
            assert check_bag(reseal(changed)).valid is (path in FREE[name] or reason), (path, at)
            tally.add("flips")


def is_reason(old: bytes, new: bytes) -> bool:
    """Whether two texts differ in nothing but a reason class, and what stands there is still a word."""
    blank = re.compile(rb"(?<=:)[a-z]{1,20}(?= )")
    return blank.sub(b"", old) == blank.sub(b"", new)


def test_reason_class_is_a_word(tally: Tally) -> None:
    """Each withheld slot given each other reason class, manifests made again: valid in a proof alone."""
    for name, bag in BAGS.items():
        path = "data/provenance/proof.txt"
        for found in re.finditer(rb"[0-9a-f]{64}:(\w+)", bag[path]):
            for reason in Reason:
                data = bag[path][: found.start(1)] + reason.encode() + bag[path][found.end(1) :]
                same = data == bag[path]
                assert check_bag(reseal(bag | {path: data})).valid is (same or name == "proof")
                assert check_bag(bag | {path: data}).valid is same
                tally.add("reasons")


@each_bag
def test_as_typed(tmp_path: Path, tally: Tally, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """`onggi verify` typed for a bag that is right, and for one without each of its files: 0, then 1."""
    bag = BAGS[name]
    folder = write_bag(bag, tmp_path / "bag")
    assert onggi(["verify", str(folder), "--json"]) == Exit.WELL
    for path, data in bag.items():
        (folder / path).unlink()
        capsys.readouterr()
        assert onggi(["verify", str(folder), "--json"]) == Exit.FINDINGS, path
        found = json.loads(capsys.readouterr().out)["findings"]
        assert path.endswith("read.txt") or path in {one["where"] for one in found}, path
        (folder / path).write_bytes(data)
        tally.add("files")


# — both verifiers —

Change = Callable[[Files, random.Random], Files]


def flip_bit(files: Files, dice: random.Random) -> Files:
    path = dice.choice(sorted(files))
    return flip(files, path, dice.randrange(len(files[path])), dice.randrange(8)) if files[path] else files


def cut(files: Files, dice: random.Random) -> Files:
    path = dice.choice(sorted(files))
    return files | {path: files[path][: dice.choice([0, 1, len(files[path]) // 2, -1])]}


def lengthen(files: Files, dice: random.Random) -> Files:
    path = dice.choice(sorted(files))
    return files | {path: files[path] + dice.choice([b"\n", b" ", b"\x00", b"junk", files[path]])}


def precede(files: Files, dice: random.Random) -> Files:
    path = dice.choice(sorted(files))
    return files | {path: dice.choice([b"\xef\xbb\xbf", b"\n", b" "]) + files[path]}


def convert_lines(files: Files, dice: random.Random) -> Files:
    paths = [dice.choice(sorted(files))] if dice.random() < 0.7 else list(files)
    return files | {path: files[path].replace(b"\n", b"\r\n") for path in paths}


def delete(files: Files, dice: random.Random) -> Files:
    gone = dice.choice(sorted(files))
    return {path: data for path, data in files.items() if path != gone}


def add(files: Files, dice: random.Random) -> Files:
    path = dice.choice(
        [
            "data/notes.txt",
            "README",
            "data/items/item-03.jpg",
            "data/items/item-9.exe",
            "data/anchors/0.txt",
            "data/documents/dossier.pdf.exe",
            "data/keys/.x",
        ]
    )
    return files | {path: b"more\n"}


def double(files: Files, dice: random.Random) -> Files:
    """A numbered file once more, under a number that may be taken."""
    path, number = dice.choice(sorted(files)), dice.choice([1, 2, 3, 4, 9, 99])
    fresh = re.sub(r"(?<=item-)\d+|(?<=anchors/)\d+", str(number), path)
    return files | {fresh if fresh != path else f"data/items/item-{number}.bin": files[path]}


def rename(files: Files, dice: random.Random) -> Files:
    one, to = dice.choice(sorted(files)), dice.choice(sorted(DOSSIER))
    moved = {path: data for path, data in files.items() if path != one}
    return moved | {dice.choice([to, one + ".old", one.upper()]): files[one]}


def swap(files: Files, dice: random.Random) -> Files:
    one, other = dice.sample(sorted(files), 2)
    return files | {one: files[other], other: files[one]}


def change_number(files: Files, dice: random.Random) -> Files:
    path = dice.choice([path for path in sorted(files) if path.endswith("proof.txt")] or sorted(files))
    numbers = list(re.finditer(rb"(?<= )\d{1,10}(?= )|(?<=\n)\d+(?=\n)", files[path]))
    if not numbers:
        return files
    found = dice.choice(numbers)
    fresh = dice.choice(
        [b"0", b"1", b"2", b"3", b"64", b"128", b"00", b"4294967296", b"9999999999", b"-1", b"0x40", b""]
    )
    return files | {path: files[path][: found.start()] + fresh + files[path][found.end() :]}


def change_line(files: Files, dice: random.Random) -> Files:
    path = dice.choice(
        [path for path in sorted(files) if path.endswith((".txt", ".pem", ".jsonl"))] or sorted(files)
    )
    lines = files[path].splitlines(keepends=True) or [b""]
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(3):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
        case 1:
            lines.insert(at, lines[other])
        case _:
            del lines[at]
    return files | {path: b"".join(lines)}


def sign_again(files: Files, dice: random.Random) -> Files:
    anchor = dice.choice([Grove(2).anchor, publish().anchor])
    forged = dice.choice(
        [
            anchor,
            replace(anchor, ed25519=bytes(64)),
            replace(anchor, mldsa=bytes(2420)),
            replace(anchor, ed25519_id=bytes(4)),
            replace(anchor, mldsa_id=bytes(4)),
            replace(anchor, origin=anchor.origin[:-1] + ("0" if anchor.origin[-1] != "0" else "1")),
            sign_root(dice.randbytes(32), anchor.size, SIGNER),
            sign_root(anchor.root, 2 * anchor.size, SIGNER),
        ]
    )
    return files | {f"data/anchors/{dice.choice([1, 1, 2])}.txt": forged.text}


def exchange_slots(files: Files, dice: random.Random) -> Files:
    paths = [path for path in sorted(files) if path.endswith("statements.jsonl")]
    if not paths:
        return files
    path = dice.choice(paths)
    lines = files[path].split(b"\n")
    lines[dice.randrange(len(lines))] = dice.choice([b"null", b"{}", b"", lines[0] + b" ", b"%s\\x41", b"*"])
    return files | {path: b"\n".join(lines)}


def widen(files: Files, dice: random.Random) -> Files:
    """A proof that is written rightly, and says something else."""
    path = dice.choice([path for path in sorted(files) if path.endswith("proof.txt")] or sorted(files))
    try:
        part = parse_part(files[path])
    except OnggiError:  # an earlier change broke it: there is nothing to widen
        return files
    tree = dice.choice(part.trees)
    climb, at = tree.climb, part.trees.index(tree)
    wrong = dice.choice(
        [
            replace(tree, leaves=2 * tree.leaves),
            replace(tree, leaves=3),
            replace(tree, anchor=tree.anchor % 4 + 1),
            replace(tree, climb=replace(climb, stratum=(climb.stratum + 1) % 3)),
            replace(tree, climb=replace(climb, commit_path=climb.commit_path[::-1])),
            replace(tree, climb=replace(climb, commit_path=climb.commit_path[:1])),
            replace(tree, climb=replace(climb, entry=replace(climb.entry, index=climb.entry.index ^ 1))),
            replace(
                tree, climb=replace(climb, entry=replace(climb.entry, path=(*climb.entry.path, bytes(32))))
            ),
        ]
    )
    forged = dice.choice(
        [
            replace(part, trees=(*part.trees[:at], wrong, *part.trees[at + 1 :])),
            replace(part, trees=(*part.trees, tree)),
            replace(part, statements=part.statements[::-1]),
            replace(part, statements=(*part.statements, *part.statements[:1])),
            replace(part, items=part.items[1:]),
            replace(part, contents=None),
            replace(part, nodes={**part.nodes, (1, 0, dice.randrange(16)): bytes(32)}),
            replace(part, nodes=dict(list(part.nodes.items())[1:])),
        ]
    )
    return files | {path: render_part(forged)}


def change_lists(files: Files, dice: random.Random) -> Files:
    path = dice.choice(["data/withheld.jsonl", "data/provenance/derived.txt"])
    fresh = dice.choice(
        [
            b"",
            b"statement 1 1\n",
            b"statement 1 2\nstatement 1 1\n",
            b"statement 1 9\n",
            b"statement 01 1\n",
            b"item 1 data/items/item-1.jpg\n",
            b"item 9 data/items/item-1.jpg\n",
            b"item 1 data/items/item-9.jpg\n",
            b'{"count":1,"how":"withheld","kind":"words","reason":"source"}\n' * dice.choice([1, 2]),
            b'{"count":0,"how":"withheld","kind":"words","reason":"source"}\n',
            b'{"count":1,"how":"hidden","kind":"words","reason":"source"}\n',
            b'{"count":1,"how":"withheld","kind":"words","reason":"source","statement":9}\n',
            b'{"count":1,"how":"withheld","kind":"words","reason":"source","statement":3}\n',
            b'{"count":1, "how":"withheld","kind":"words","reason":"source"}\n',
        ]
    )
    return files | {path: fresh}


CHANGES: tuple[Change, ...] = (
    flip_bit,
    cut,
    lengthen,
    precede,
    convert_lines,
    delete,
    add,
    double,
    rename,
    swap,
    change_number,
    change_line,
    sign_again,
    exchange_slots,
    widen,
    change_lists,
)


@dataclass
class Bench:
    """A folder to write bags into, one after the other."""

    folder: Path

    def write(self, files: Files) -> Path:
        """These files and no others."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return write_bag(files, self.folder)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "bag")


@pytest.mark.system
@needs_tools
@twin(4, 2_000)
def test_flips_to_both(bench: Bench, tally: Tally, count: int) -> None:
    """Random bits of a bag flipped, half of them with manifests made again: both verifiers say the same."""
    dice = random.Random(1)
    for number in range(count):
        name = dice.choice([*BAGS])
        bag = BAGS[name]
        path = dice.choice(sorted(bag))
        files = flip(bag, path, dice.randrange(len(bag[path])), dice.randrange(8))
        resealed = number % 2 == 1
        valid = not ask_both(bench.write(reseal(files) if resealed else files))
        free = path in FREE[name] or path in SEALS or (name == "proof" and is_reason(bag[path], files[path]))
        assert valid is (resealed and free), (path, number)
        tally.add("flips")


@pytest.mark.system
@needs_tools
@twin(16, 1_000)
def test_changes_to_both(bench: Bench, tally: Tally, count: int) -> None:
    """Files cut, converted, swapped, renamed, forged, several at once: both verifiers say the same."""
    for number in range(count):
        dice = random.Random(number)
        files = dice.choice([PROOF, DOSSIER, DOSSIER])
        for change in [CHANGES[number % len(CHANGES)], *dice.choices(CHANGES, k=dice.choice([0, 0, 1, 2]))]:
            files = change(files, dice)
        if number // len(CHANGES) % 2 or dice.random() < 0.3:
            files = reseal(files)
        if files and not any(other.startswith(f"{path}/") for path in files for other in files):
            tally.add("not valid" if ask_both(bench.write(files)) else "valid")


@pytest.mark.system
@needs_tools
@twin(2, 60)
def test_right_to_both(bench: Bench, tally: Tally, count: int) -> None:
    """Bags of one to nine statements, of each stratum, in small and large trees: both take them."""
    for number in range(count):
        dice = random.Random(number)
        statements = dice.choice([1, 2, 3, 5, 9])
        if number % 2:
            files = make_dossier(max(statements, 2), seed=number)
        else:
            files = make_proof(statements, stratum=number // 2 % 3, others=dice.randrange(40), seed=number)
        assert ask_both(bench.write(files)) == set(), number
        tally.add("statements", statements)
