"""verify.sh, run as a stranger would: with the tools of the system, and of the same opinion as
evidence.verify."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.invented import SIGNER, Grove, make_dossier, make_proof
from tests.dossier.shell import MISSING, PATH, SCRIPT, ask_both, run, write_bag
from tests.proof.vectors import read_vectors

from onggi.dossier.guides import load_guides
from onggi.evidence.bag import seal_bag
from onggi.evidence.verify import verify_bag
from onggi.proof.anchor import sign_root

BAG = make_proof(2, guides=load_guides())
ANCHOR = "data/anchors/1.txt"
PROOF = "data/provenance/proof.txt"
LINES = "data/provenance/statements.jsonl"

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return write_bag(BAG, tmp_path / "bag")


def test_a_right_bag_is_valid(bag: Path) -> None:
    status, said = run(bag)
    assert status == 0
    assert SIGNER.public.fingerprint in said.replace(" ", "")
    assert "FAILED" not in said


@pytest.mark.parametrize("name", ["proof", "dossier"])
def test_the_independent_bags_are_valid(tmp_path: Path, name: str) -> None:
    files = {path: text.encode() for path, text in read_vectors("bags")[name].items()}
    status, said = run(write_bag(files, tmp_path))
    assert status == 0
    assert read_vectors("proof")["fingerprint"] in said.replace(" ", "")
    assert "another one than this" in said  # its verify.sh is a stand-in


@pytest.mark.parametrize(("stratum", "others"), [(0, 0), (1, 5), (2, 14)])
def test_all_shapes_of_trees(tmp_path: Path, stratum: int, others: int) -> None:
    assert run(write_bag(make_proof(1, stratum=stratum, others=others), tmp_path))[0] == 0


@pytest.mark.parametrize("count", [0, 1, 2, 5, 8, 27])
def test_all_sizes_of_publications(tmp_path: Path, count: int) -> None:
    files = make_dossier(count, provenance=False, guides=load_guides())
    assert ask_both(write_bag(files, tmp_path)) == set()


def test_more_than_one_batch(tmp_path: Path) -> None:
    """Slots and leaves beyond what one sha256sum is given at a time, and a wrong one among the last."""
    files = make_dossier(1203, provenance=False, guides=load_guides())
    assert ask_both(write_bag(files, tmp_path / "right")) == set()
    path = "data/publication/statements.jsonl"
    wrong = files | {path: files[path].replace(b"invented 1303", b"invented 1304")}
    failed = ask_both(write_bag(wrong | seal_bag(wrong), tmp_path / "wrong"))
    assert failed == {("statement.leaf", "publication:1203")}


def test_from_any_folder(bag: Path, tmp_path: Path) -> None:
    for where, arguments in (
        (bag, ["bash", "verify.sh"]),
        (tmp_path, ["bash", "bag/verify.sh"]),
        (bag / "data", ["bash", "../verify.sh"]),
        (tmp_path, ["bash", str(SCRIPT), "bag"]),
        (bag / "data", ["bash", "-c", 'bash -s .. < "$0"', str(SCRIPT)]),
    ):
        done = subprocess.run(arguments, cwd=where, env={"PATH": PATH}, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), arguments


def test_a_folder_with_an_awkward_name(tmp_path: Path) -> None:
    assert run(write_bag(BAG, tmp_path / "-n $(touch x) 'é\n"))[0] == 0
    assert not (tmp_path / "x").exists()


def test_nothing_is_changed(bag: Path) -> None:
    for path in bag.rglob("*"):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = {path: path.stat().st_mtime_ns for path in bag.rglob("*")}
    assert run(bag)[0] == 0
    assert {path: path.stat().st_mtime_ns for path in bag.rglob("*")} == before
    for path in bag.rglob("*"):
        path.chmod(stat.S_IRWXU)


def test_without_network(bag: Path) -> None:
    isolated = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare --net is not allowed here")
    done = subprocess.run([*isolated, "bash", str(SCRIPT), str(bag)], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en_GB.UTF-8", "statements 2,"), ("ko_KR.UTF-8", "진술 2건"), ("zh_CN.UTF-8", "陈述 2 条")],
)
def test_it_speaks_three_languages(bag: Path, lang: str, words: str) -> None:
    assert words in run(bag, LANG=lang)[1]


def test_changed_bytes_are_seen_by_both(bag: Path) -> None:
    for path, content in BAG.items():
        at = len(content) * 2 // 3
        changed = bytearray(content)
        changed[at] ^= 1
        (bag / path).write_bytes(changed)
        assert not verify_bag(bag).valid, path
        assert run(bag)[0] == 1, path
        (bag / path).write_bytes(content)
    assert run(bag)[0] == 0


@pytest.mark.soak
def test_every_changed_byte_is_seen(bag: Path) -> None:
    for path, content in BAG.items():
        for at in range(len(content)):
            changed = bytearray(content)
            changed[at] ^= 1
            (bag / path).write_bytes(changed)
            assert run(bag)[0] == 1, (path, at)
        (bag / path).write_bytes(content)


def test_missing_files_are_seen_by_both(bag: Path) -> None:
    for path, content in BAG.items():
        (bag / path).unlink()
        assert not verify_bag(bag).valid, path
        assert run(bag)[0] == 1, path
        (bag / path).write_bytes(content)


def test_a_changed_checker_is_named(bag: Path) -> None:
    liar = b"#!/usr/bin/env bash\necho 'VALID'\n"
    (bag / "verify.sh").write_bytes(liar)
    status, said = run(bag)
    assert status == 1
    assert "FAILED  bag.changed tagmanifest-sha256.txt" in said
    # Who can change a script can make manifests again; the script from elsewhere still tells them apart.
    status, said = run(write_bag(seal_bag(BAG | {"verify.sh": liar}), bag))
    assert status == 0
    assert "another one than this" in said


def add_file(bag: Path) -> None:
    (bag / "data/notes.txt").write_bytes(b"")


def add_trail(bag: Path) -> None:
    """A file of OpenTimestamps where tokens lie: no bag carries one in this version."""
    (bag / "data/anchors/1-1.ots").write_bytes(b"\x00OpenTimestamps")


def add_escape(bag: Path) -> None:
    (bag / "\x1b]0;owned\x07\n").write_bytes(b"")


def add_option(bag: Path) -> None:
    (bag / "--help").write_bytes(b"")


def add_folder(bag: Path) -> None:
    (bag / "data/empty").mkdir()


def add_deep_folder(bag: Path) -> None:
    (bag / "data/keys/more").mkdir()


def link_file(bag: Path) -> None:
    (bag / "data/anchors/1.txt").rename(bag.parent / "1.txt")
    (bag / "data/anchors/1.txt").symlink_to(bag.parent / "1.txt")


def link_folder(bag: Path) -> None:
    (bag / "data/keys").rename(bag.parent / "keys")
    (bag / "data/keys").symlink_to(bag.parent / "keys")


def make_pipe(bag: Path) -> None:
    (bag / "data/anchors/1.txt").unlink()
    os.mkfifo(bag / "data/anchors/1.txt")


def make_large(bag: Path) -> None:
    with (bag / "data/provenance/read.txt").open("r+b") as file:
        file.truncate(64 * 2**20 + 1)


def insert_zero_byte(bag: Path) -> None:
    # Bash drops zero bytes when it reads a line; what it read must not pass for what is there.
    path = bag / PROOF
    path.write_bytes(path.read_bytes().replace(b"statement 1", b"state\x00ment 1"))
    reseal(bag)


def insert_zero_byte_into_a_slot(bag: Path) -> None:
    path = bag / LINES
    path.write_bytes(path.read_bytes().replace(b"invented", b"inv\x00ented", 1))
    reseal(bag)


def cut_last_newline(bag: Path) -> None:
    path = bag / ANCHOR
    path.write_bytes(path.read_bytes()[:-1])
    reseal(bag)


def cut_last_newline_of_slots(bag: Path) -> None:
    path = bag / LINES
    path.write_bytes(path.read_bytes()[:-1])
    reseal(bag)


def change_slot(bag: Path) -> None:
    path = bag / LINES
    path.write_bytes(path.read_bytes().replace(b"invented 2", b"invented 3"))
    reseal(bag)


def sign_other_root(bag: Path) -> None:
    (bag / ANCHOR).write_bytes(sign_root(bytes(32), 64, SIGNER).text)
    reseal(bag)


def respell_key(bag: Path) -> None:
    path = bag / "data/keys/ed25519.pem"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    reseal(bag)


def inject_number(bag: Path) -> None:
    path = bag / PROOF
    path.write_bytes(path.read_bytes().replace(b"statement 1 ", b"statement a[$(touch${IFS}x)] ", 1))
    reseal(bag)


def inject_index(bag: Path) -> None:
    path = bag / PROOF
    path.write_bytes(path.read_bytes().replace(b"\nnode 1 ", b"\nnode 1 a[$(touch${IFS}x)]", 1))
    reseal(bag)


def inject_pattern(bag: Path) -> None:
    path = bag / PROOF
    path.write_bytes(path.read_bytes().replace(b"statement 1 ", b"statement * ", 1))
    reseal(bag)


def inject_format(bag: Path) -> None:
    """What printf would obey, in a slot and in place of a salt."""
    for path, old, new in (
        (LINES, b"invented 1", b"%s\\n%n\\x41"),
        (PROOF, b"statement 1 ", b"statement %s "),
    ):
        (bag / path).write_bytes((bag / path).read_bytes().replace(old, new, 1))
    reseal(bag)


def reseal(bag: Path) -> None:
    """Make all manifests again, as an adversary does."""
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    write_bag(seal_bag(files), bag)


@pytest.mark.parametrize(
    "attack",
    [
        add_file,
        add_trail,
        add_escape,
        add_option,
        add_folder,
        add_deep_folder,
        link_file,
        link_folder,
        make_pipe,
        make_large,
        insert_zero_byte,
        insert_zero_byte_into_a_slot,
        cut_last_newline,
        cut_last_newline_of_slots,
        change_slot,
        sign_other_root,
        respell_key,
        inject_number,
        inject_index,
        inject_pattern,
        inject_format,
    ],
)
def test_attacks_are_seen_by_both(bag: Path, attack: Callable[[Path], None]) -> None:
    attack(bag)
    assert ask_both(bag)
    assert "\x1b" not in run(bag)[1]
    assert not list(bag.rglob("x"))


def test_half_a_script_says_nothing(bag: Path, tmp_path: Path) -> None:
    script = SCRIPT.read_bytes()
    for size in range(200, len(script) - 2, 997):
        half = tmp_path / "half.sh"
        half.write_bytes(script[:size])
        done = subprocess.run(["bash", str(half), str(bag)], capture_output=True, check=False)
        assert done.returncode, size
        assert not done.stdout, size


def test_no_folder(tmp_path: Path) -> None:
    assert run(tmp_path / "absent")[0] == 2
    assert run(tmp_path)[0] == 1


def test_a_missing_tool_is_named(bag: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in (
        "bash",
        "base64",
        "cat",
        "cp",
        "date",
        "mktemp",
        "od",
        "openssl",
        "rm",
        "sha256sum",
        "sha512sum",
        "sort",
        "split",
        "stat",
    ):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    status, said = run(bag, PATH=str(tools))
    assert status == 2
    assert "xxd" in said


def stand_in(folder: Path, body: str) -> str:
    """A PATH on which `openssl` is a Python script: `real(...)` runs the true one."""
    folder.mkdir()
    program = folder / "openssl"
    program.write_text(
        f"#!{sys.executable}\n"
        "import subprocess, sys\n"
        "from pathlib import Path\n"
        f"real = lambda: sys.exit(subprocess.call([{shutil.which('openssl')!r}, *sys.argv[1:]]))\n" + body,
        "utf-8",
    )
    program.chmod(0o700)
    return f"{folder}:{PATH}"


# Openssl 3.5 as far as verify.sh asks for it: loads an ML-DSA-44 key, and verifies with it.
KNOWS_MLDSA = """
import warnings; warnings.simplefilter("ignore")
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
arguments = dict(zip(sys.argv, sys.argv[1:]))
key = load_pem_public_key(Path(arguments.get("-inkey") or arguments["-in"]).read_bytes())
if not isinstance(key, MLDSA44PublicKey):
    real()
if sys.argv[1] == "pkeyutl":
    key.verify(Path(arguments["-sigfile"]).read_bytes(), Path(arguments["-in"]).read_bytes())
"""
WITHOUT_MLDSA = """
if any("mldsa44" in argument for argument in sys.argv):
    sys.exit(1)
real()
"""
WITHOUT_ED25519 = "sys.exit(1)\n"
BELIEVES_ALL = "sys.exit(0)\n"


def knows_mldsa(folder: Path) -> bool:
    """Whether the openssl that is here loads an ML-DSA-44 key: 3.5 or later."""
    (folder / "key.pem").write_bytes(SIGNER.public.mldsa_pem)
    words = ["openssl", "pkey", "-pubin", "-in", str(folder / "key.pem"), "-noout"]
    return subprocess.run(words, capture_output=True).returncode == 0


@pytest.mark.parametrize("own", [False, True], ids=["stand-in", "openssl"])
def test_mldsa_is_checked_where_openssl_knows_it(bag: Path, tmp_path: Path, own: bool) -> None:
    if own and not knows_mldsa(tmp_path):
        pytest.skip("openssl here is older than 3.5")
    path = PATH if own else stand_in(tmp_path / "new", KNOWS_MLDSA)
    status, said = run(bag, PATH=path)
    assert status == 0
    assert "ok      anchor 1: the ML-DSA-44 signature is right" in said
    assert "0 not checked" in said
    anchor = Grove(2).anchor
    for forged in (bytes(2420), anchor.mldsa[:-1] + bytes([anchor.mldsa[-1] ^ 1])):
        wrong = make_proof(anchor=replace(anchor, mldsa=forged), guides=load_guides())
        status, said = run(write_bag(wrong, bag), PATH=path)
        assert status == 1
        assert "FAILED  anchor.mldsa data/anchors/1.txt" in said


def test_mldsa_is_named_where_openssl_does_not(bag: Path, tmp_path: Path) -> None:
    status, said = run(bag, PATH=stand_in(tmp_path / "old", WITHOUT_MLDSA))
    assert status == 0
    assert "??      anchor 1: the ML-DSA-44 signature could not be checked" in said
    assert "1 not checked" in said


@pytest.mark.parametrize("body", [WITHOUT_ED25519, BELIEVES_ALL])
def test_without_ed25519_nothing_is_valid(bag: Path, tmp_path: Path, body: str) -> None:
    status, said = run(bag, PATH=stand_in(tmp_path / "odd", body))
    assert status == 1
    assert "this openssl cannot check Ed25519" in said


def test_the_caller_cannot_hide_a_file(bag: Path) -> None:
    add_file(bag)
    assert run(bag, GLOBIGNORE="*notes*", CDPATH="/", IFS="/", POSIXLY_CORRECT="1")[0] == 1


@pytest.mark.parametrize("path", ["data/keys/ed25519.pem", "data/anchors/1.txt", PROOF, LINES])
def test_empty_files_are_no_crash(bag: Path, path: str) -> None:
    (bag / path).write_bytes(b"")
    reseal(bag)
    assert not verify_bag(bag).valid
    assert run(bag)[0] == 1
