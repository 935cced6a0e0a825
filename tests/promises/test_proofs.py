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
from tests.dossier.invented import SIGNER, make_bag, make_statements
from tests.dossier.test_verify_sh import MISSING, run, write_bag
from tests.promises.twins import Tally, twin

from onggi.cli.main import run as onggi
from onggi.dossier.guides import load_guides
from onggi.errors import Exit, Finding
from onggi.evidence import verify
from onggi.evidence.bag import FIXED, GUIDES, SEALS, is_expected, seal_bag
from onggi.evidence.verify import check_bag, verify_bag
from onggi.proof.anchor import check_ed25519, check_mldsa, sign_root
from onggi.proof.inclusion import parse_proof, render_proof
from onggi.proof.leaf import Reason

Files = dict[str, bytes]

BAG = make_bag(2, guides=load_guides())
FREE = {*GUIDES, *(path for path in BAG if path.endswith("/read.txt"))}
"""What no hash covers but the manifests, which anyone can make again (proof.md, §5)."""

needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}")


@pytest.fixture(autouse=True)
def checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most changes leave the anchor and the keys as they are: one verification of those is enough."""
    monkeypatch.setattr(verify, "check_ed25519", cache(check_ed25519))
    monkeypatch.setattr(verify, "check_mldsa", cache(check_mldsa))


def flip(files: Files, path: str, at: int, bit: int) -> Files:
    """These files with one bit changed."""
    data = files[path]
    return files | {path: data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]}


def reseal(files: Files) -> Files:
    """What an adversary does: all manifests made again, over whatever may stand in a bag."""
    return files | seal_bag({path: data for path, data in files.items() if is_expected(path)})


@twin(997, 1)
def test_each_byte(tally: Tally, count: int) -> None:
    """Each byte of each file of a proof flipped, one at a time: not valid; no byte is harmless."""
    for path, data in BAG.items():
        for at in range(len(path) % count, len(data), count):
            assert not check_bag(flip(BAG, path, at, at % 8)).valid, (path, at)
            tally.add("flips")


@twin(997, 1)
def test_each_byte_resealed(tally: Tally, count: int) -> None:
    """The same with the manifests made again: harmless is only what is for reading, as FORMAT.md says."""
    for path in BAG.keys() - SEALS:
        for at in range(len(path) % count, len(BAG[path]), count):
            report = check_bag(reseal(flip(BAG, path, at, at % 8)))
            assert report.valid is (path in FREE), (path, at)
            tally.add("flips")


def test_reason_class_is_a_word(tally: Tally) -> None:
    """Each withheld slot given each other reason class, manifests made again: valid, as FORMAT.md says."""
    for path in (path for path in BAG if path.endswith("/proof.txt")):
        for found in re.finditer(rb"withheld [0-9a-f]{64} (\w+)", BAG[path]):
            for reason in Reason:
                data = BAG[path][: found.start(1)] + reason.encode() + BAG[path][found.end(1) :]
                assert check_bag(reseal(BAG | {path: data})).valid
                assert check_bag(BAG | {path: data}).valid is (data == BAG[path])
                tally.add("reasons")


def test_as_typed(tmp_path: Path, tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    """`onggi verify` typed for a proof that is right, and for one without each of its files: 0, then 1."""
    folder = write_bag(BAG, tmp_path / "bag")
    assert onggi(["verify", str(folder), "--json"]) == Exit.WELL
    for path, data in BAG.items():
        (folder / path).unlink()
        capsys.readouterr()
        assert onggi(["verify", str(folder), "--json"]) == Exit.FINDINGS, path
        found = json.loads(capsys.readouterr().out)["findings"]
        assert path.endswith(".json") or path in {one["where"] for one in found}, path
        (folder / path).write_bytes(data)
        tally.add("files")


# — both verifiers —

Check = tuple[str, str]
"""A check that both can make, and of what: a file, the number of a statement, or nothing."""

SAID: dict[str, str] = {
    r"missing: (\S+)": "missing",
    r"a link or special file in the folder: ": "link",
    r"does not belong to the bag: |an empty folder, of which no manifest speaks: ": "extra",
    r"cannot be read: (\S+)": "unreadable",
    r"too large: (\S+)": "large",
    r"((?:bagit|bag-info|(?:tag)?manifest-sha(?:256|512))\.txt): ": "changed",
    r"statements are numbered ": "numbers",
    r"(?:ed25519|mldsa44)\.pem is an ": "keys",
    r"allowed_signers holds ": "signers",
    r"anchor\.txt has not the form ": "anchor",
    r"without both keys no signature ": "unsigned",
    r"the (?:Ed25519|ML-DSA-44) signature names ": "names",
    r"the Ed25519 signature is right": "ed25519",
    r"the ML-DSA-44 signature is right": "mldsa",
    r"statement (\d+): proof\.txt has not the form ": "form",
    r"statement (\d+): what is shown ": "leaf",
    r"statement (\d+): leads to ": "path",
    r"statement (\d+): shown a second time": "twice",
}
"""What verify.sh says of a check that failed."""

FOUND = {
    "evidence.bag.missing": "missing",
    "evidence.bag.link": "link",
    "evidence.bag.extra": "extra",
    "evidence.bag.unreadable": "unreadable",
    "evidence.bag.large": "large",
    "evidence.bag.changed": "changed",
    "evidence.bag.numbers": "numbers",
    "evidence.keys.form": "keys",
    "evidence.keys.signers": "signers",
    "evidence.anchor.form": "anchor",
    "evidence.anchor.unsigned": "unsigned",
    "evidence.anchor.names": "names",
    "evidence.anchor.ed25519": "ed25519",
    "evidence.anchor.mldsa": "mldsa",
    "evidence.statement.form": "form",
    "evidence.statement.slots": "leaf",
    "evidence.statement.leaf": "leaf",
    "evidence.statement.path": "path",
    "evidence.statement.twice": "twice",
}
"""What `onggi verify` finds for the same."""

_LISTED = {"link", "extra", "unreadable", "large"}
_OF_FILES = {"missing", "unreadable", "large", "changed"}


def name_found(finding: Finding) -> Check:
    """The check that a finding of ours is about."""
    check = FOUND[finding.code]
    number = re.search(r"statement-(\d+)/", finding.where)
    if check in _OF_FILES:
        return check, finding.where
    return check, number[1] if number and check in ("form", "leaf", "path", "twice") else ""


def name_said(line: str) -> Check:
    """The check that a line of verify.sh is about."""
    for pattern, check in SAID.items():
        if found := re.match(pattern, line):
            return check, found[1] if found.groups() else ""
    raise AssertionError(line)


def ask_both(folder: Path) -> bool:
    """The verdict on a folder, once both verifiers have said the same of every check that both can make."""
    report, (status, said) = verify_bag(folder), run(folder)
    found = {name_found(finding) for finding in report.findings}
    failed = {name_said(line[8:]) for line in said.splitlines() if line.startswith("FAILED  ")}
    if any(check == "missing" and path in FIXED for check, path in found):
        # Of a bag without one of its parts verify.sh says no more than that; ours goes on.
        found = {
            (check, path)
            for check, path in found
            if check in _LISTED or (check == "missing" and path in FIXED)
        }
    elif "??      the ML-DSA-44 signature" in said:
        found.discard(("mldsa", ""))
    assert found == failed
    # An anchor with no right ML-DSA-44 signature is refused where that can be checked, and only there.
    assert report.valid == (status == 0) or [one.code for one in report.findings] == ["evidence.anchor.mldsa"]
    return report.valid


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
            "data/statement-1/names.json",
            "data/statement-07/what.json",
            "data/keys/.x",
        ]
    )
    return files | {path: b"more\n"}


def double(files: Files, dice: random.Random) -> Files:
    path, number = dice.choice(sorted(files)), dice.choice([1, 2, 3, 4, 10, 9999])
    if path.startswith("data/statement-"):
        return files | {re.sub(r"-\d+/", f"-{number}/", path): files[path]}
    return files | {f"data/statement-{number}/read.txt": files[path]}


def repeat_statement(files: Files, dice: random.Random) -> Files:
    one, to = dice.choice([1, 2]), dice.choice([2, 3, 4, 6])
    again = {
        path.replace(f"statement-{one}/", f"statement-{to}/"): data
        for path, data in files.items()
        if f"statement-{one}/" in path
    }
    return files | again


def rename(files: Files, dice: random.Random) -> Files:
    one, to = dice.choice(sorted(files)), dice.choice(sorted(BAG))
    moved = {path: data for path, data in files.items() if path != one}
    return moved | {dice.choice([to, one + ".old", one.upper()]): files[one]}


def swap(files: Files, dice: random.Random) -> Files:
    one, other = dice.sample(sorted(files), 2)
    return files | {one: files[other], other: files[one]}


def change_number(files: Files, dice: random.Random) -> Files:
    path = dice.choice([path for path in sorted(files) if path.endswith("proof.txt")] or ["data/anchor.txt"])
    numbers = list(re.finditer(rb"(?<= )\d{1,10}(?=\n)|(?<=\n)\d+(?=\n)", files.get(path, b"")))
    if not numbers:
        return files
    found = dice.choice(numbers)
    fresh = dice.choice(
        [b"0", b"1", b"3", b"64", b"128", b"00", b"4294967296", b"9999999999", b"-1", b"0x40"]
    )
    return files | {path: files[path][: found.start()] + fresh + files[path][found.end() :]}


def change_line(files: Files, dice: random.Random) -> Files:
    path = dice.choice([path for path in sorted(files) if path.endswith((".txt", ".pem"))] or sorted(files))
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
    statements, anchor = make_statements(2)
    forged = dice.choice(
        [
            replace(anchor, ed25519=bytes(64)),
            replace(anchor, mldsa=bytes(2420)),
            replace(anchor, ed25519_id=bytes(4)),
            replace(anchor, mldsa_id=bytes(4)),
            replace(anchor, origin=anchor.origin[:-1] + ("0" if anchor.origin[-1] != "0" else "1")),
            sign_root(dice.randbytes(32), anchor.size, SIGNER),
            sign_root(anchor.root, 2 * anchor.size, SIGNER),
        ]
    )
    assert statements
    return files | {"data/anchor.txt": forged.text}


def exchange_slots(files: Files, dice: random.Random) -> Files:
    path = dice.choice([path for path in sorted(files) if path.endswith(".json")] or ["data/anchor.txt"])
    return files | {path: dice.choice([b"null", b"{}", files.get(path, b"") + b" "])}


def widen(files: Files, dice: random.Random) -> Files:
    path = f"data/statement-{dice.choice([1, 2])}/proof.txt"
    try:
        proof = parse_proof(files[path])
    except Exception:  # noqa: BLE001 - an earlier change broke it: there is nothing to widen
        return files
    at = proof.inclusion
    fresh = dice.choice(
        [
            replace(at, stratum_leaves=2 * at.stratum_leaves),
            replace(at, anchor_leaves=2 * at.anchor_leaves),
            replace(at, stratum_path=(*at.stratum_path, bytes(32))),
            replace(at, commit_path=at.commit_path[::-1]),
            replace(at, commit_index=(at.commit_index + 1) % 3),
            replace(at, stratum_index=at.stratum_index ^ 1),
        ]
    )
    return files | {path: render_proof(replace(proof, inclusion=fresh))}


CHANGES: tuple[Change, ...] = (
    flip_bit,
    cut,
    lengthen,
    precede,
    convert_lines,
    delete,
    add,
    double,
    repeat_statement,
    rename,
    swap,
    change_number,
    change_line,
    sign_again,
    exchange_slots,
    widen,
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
    """Random bits of a proof flipped, half of them with manifests made again: both verifiers say the same."""
    dice = random.Random(1)
    for number in range(count):
        path = dice.choice(sorted(BAG))
        files = flip(BAG, path, dice.randrange(len(BAG[path])), dice.randrange(8))
        resealed = number % 2 == 1
        valid = ask_both(bench.write(reseal(files) if resealed else files))
        assert valid is (resealed and (path in FREE or path in SEALS)), (path, number)
        tally.add("flips")


@pytest.mark.system
@needs_tools
@twin(10, 1_000)
def test_changes_to_both(bench: Bench, tally: Tally, count: int) -> None:
    """Files cut, converted, swapped, renamed, forged, several at once: both verifiers say the same."""
    for number in range(count):
        dice = random.Random(number)
        files = BAG
        for change in [CHANGES[number % len(CHANGES)], *dice.choices(CHANGES, k=dice.choice([0, 0, 1, 2]))]:
            files = change(files, dice)
        if number // len(CHANGES) % 2:
            files = reseal(files)
        if files and not any(other.startswith(f"{path}/") for path in files for other in files):
            tally.add("valid" if ask_both(bench.write(files)) else "not valid")


@pytest.mark.system
@needs_tools
@twin(1, 60)
def test_right_to_both(bench: Bench, tally: Tally, count: int) -> None:
    """Proofs of one to five statements of each stratum, in small and large trees: both take them."""
    for number in range(count):
        dice = random.Random(number)
        statements = dice.choice([1, 2, 3, 5])
        files = make_bag(statements, stratum=number % 3, others=dice.randrange(40), seed=number)
        assert ask_both(bench.write(files)), number
        tally.add("statements", statements)
