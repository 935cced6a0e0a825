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
from tests.dossier.invented import SIGNER, make_bag, make_statements
from tests.proof.vectors import read_vectors

from onggi.dossier.bag import build_bag
from onggi.dossier.guides import load_guides
from onggi.evidence.bag import seal_bag
from onggi.evidence.verify import verify_bag
from onggi.proof.anchor import sign_root

SCRIPT = Path(__file__).parents[2] / "src/onggi/dossier/verify.sh"
TOOLS = ("bash", "openssl", "xxd", "sha256sum")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
BAG = make_bag(2, guides=load_guides())
PATH = os.environ["PATH"]

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]


def write_bag(files: dict[str, bytes], folder: Path) -> Path:
    """Write files as they are, right or wrong."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def run(folder: Path, script: Path = SCRIPT, **environ: str) -> tuple[int, str]:
    """Exit status and all that was said, in an environment that holds nothing but a PATH."""
    done = subprocess.run(
        ["bash", str(script), str(folder)], env={"PATH": PATH} | environ, capture_output=True, check=False
    )
    assert not done.stderr, done.stderr.decode()
    said = done.stdout.decode()
    verdict = said.splitlines()[-1].split(" · ")[0]
    assert {0: "VALID", 1: "NOT VALID", 2: "NOT CHECKED"}[done.returncode] == verdict
    return done.returncode, said


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return write_bag(BAG, tmp_path / "bag")


def test_a_right_bag_is_valid(bag: Path) -> None:
    status, said = run(bag)
    assert status == 0
    assert SIGNER.public.fingerprint in said.replace(" ", "")
    assert "FAILED" not in said


def test_the_independent_bag_is_valid(tmp_path: Path) -> None:
    files = {path: text.encode() for path, text in read_vectors("bag").items()}
    status, said = run(write_bag(files, tmp_path))
    assert status == 0
    assert read_vectors("proof")["fingerprint"] in said.replace(" ", "")
    assert "another one than this" in said  # its verify.sh is a stand-in


@pytest.mark.parametrize(("stratum", "others"), [(0, 0), (1, 5), (2, 14)])
def test_all_shapes_of_trees(tmp_path: Path, stratum: int, others: int) -> None:
    assert run(write_bag(make_bag(1, stratum=stratum, others=others), tmp_path))[0] == 0


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
    [("en_GB.UTF-8", "statements;"), ("ko_KR.UTF-8", "진술 2건"), ("zh_CN.UTF-8", "陈述 2 条")],
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
    assert "FAILED  tagmanifest-sha256.txt" in said
    # Who can change a script can make manifests again; the script from elsewhere still tells them apart.
    status, said = run(write_bag(seal_bag(BAG | {"verify.sh": liar}), bag))
    assert status == 0
    assert "another one than this" in said


def add_file(bag: Path) -> None:
    (bag / "data/notes.txt").write_bytes(b"")


def add_escape(bag: Path) -> None:
    (bag / "\x1b]0;owned\x07\n").write_bytes(b"")


def add_option(bag: Path) -> None:
    (bag / "--help").write_bytes(b"")


def add_folder(bag: Path) -> None:
    (bag / "data/empty").mkdir()


def add_deep_folder(bag: Path) -> None:
    (bag / "data/keys/more").mkdir()


def rename_statement(bag: Path) -> None:
    (bag / "data/statement-1").rename(bag / "data/statement-3")


def link_file(bag: Path) -> None:
    (bag / "data/anchor.txt").rename(bag.parent / "anchor.txt")
    (bag / "data/anchor.txt").symlink_to(bag.parent / "anchor.txt")


def link_folder(bag: Path) -> None:
    (bag / "data/keys").rename(bag.parent / "keys")
    (bag / "data/keys").symlink_to(bag.parent / "keys")


def make_pipe(bag: Path) -> None:
    (bag / "data/anchor.txt").unlink()
    os.mkfifo(bag / "data/anchor.txt")


def make_large(bag: Path) -> None:
    with (bag / "data/statement-1/read.txt").open("r+b") as file:
        file.truncate(16 * 2**20 + 1)


def insert_zero_byte(bag: Path) -> None:
    # Bash drops zero bytes when it reads a line; what it read must not pass for what is there.
    path = bag / "data/statement-1/proof.txt"
    path.write_bytes(path.read_bytes().replace(b"leaf ", b"le\x00af "))
    reseal(bag)


def cut_last_newline(bag: Path) -> None:
    path = bag / "data/anchor.txt"
    path.write_bytes(path.read_bytes()[:-1])
    reseal(bag)


def change_slot(bag: Path) -> None:
    (bag / "data/statement-2/what.json").write_bytes(b'{"property":"act.type"}')
    reseal(bag)


def repeat_statement(bag: Path) -> None:
    shutil.copytree(bag / "data/statement-2", bag / "data/statement-3")
    reseal(bag)


def sign_other_root(bag: Path) -> None:
    (bag / "data/anchor.txt").write_bytes(sign_root(bytes(32), 64, SIGNER).text)
    reseal(bag)


def respell_key(bag: Path) -> None:
    path = bag / "data/keys/ed25519.pem"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    reseal(bag)


def inject_number(bag: Path) -> None:
    path = bag / "data/statement-1/proof.txt"
    path.write_bytes(path.read_bytes().replace(b"stratum-index ", b"stratum-index a[$(touch${IFS}x)]"))
    reseal(bag)


def reseal(bag: Path) -> None:
    """Make all manifests again, as an adversary does."""
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    write_bag(seal_bag(files), bag)


@pytest.mark.parametrize(
    "attack",
    [
        add_file,
        add_escape,
        add_option,
        add_folder,
        add_deep_folder,
        rename_statement,
        link_file,
        link_folder,
        make_pipe,
        make_large,
        insert_zero_byte,
        cut_last_newline,
        change_slot,
        repeat_statement,
        sign_other_root,
        respell_key,
        inject_number,
    ],
)
def test_attacks_are_seen_by_both(bag: Path, attack: Callable[[Path], None]) -> None:
    attack(bag)
    assert not verify_bag(bag).valid
    status, said = run(bag)
    assert status == 1
    assert "\x1b" not in said
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
        "mktemp",
        "openssl",
        "rm",
        "sha256sum",
        "sha512sum",
        "sort",
        "tr",
        "wc",
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


def test_mldsa_is_checked_where_openssl_knows_it(bag: Path, tmp_path: Path) -> None:
    path = stand_in(tmp_path / "new", KNOWS_MLDSA)
    status, said = run(bag, PATH=path)
    assert status == 0
    assert "ok      the ML-DSA-44 signature is right" in said
    assert "0 not checked" in said
    statements, anchor = make_statements()
    for forged in (bytes(2420), anchor.mldsa[:-1] + bytes([anchor.mldsa[-1] ^ 1])):
        wrong = build_bag(statements, replace(anchor, mldsa=forged), SIGNER.public, load_guides())
        status, said = run(write_bag(wrong, bag), PATH=path)
        assert status == 1
        assert "FAILED  the ML-DSA-44 signature" in said


def test_mldsa_is_named_where_openssl_does_not(bag: Path, tmp_path: Path) -> None:
    status, said = run(bag, PATH=stand_in(tmp_path / "old", WITHOUT_MLDSA))
    assert status == 0
    assert "??      the ML-DSA-44 signature could not be checked" in said
    assert "1 not checked" in said


@pytest.mark.parametrize("body", [WITHOUT_ED25519, BELIEVES_ALL])
def test_without_ed25519_nothing_is_valid(bag: Path, tmp_path: Path, body: str) -> None:
    status, said = run(bag, PATH=stand_in(tmp_path / "odd", body))
    assert status == 1
    assert "FAILED  this openssl cannot check Ed25519" in said


def test_the_caller_cannot_hide_a_file(bag: Path) -> None:
    add_file(bag)
    assert run(bag, GLOBIGNORE="*notes*", CDPATH="/", IFS="/", POSIXLY_CORRECT="1")[0] == 1


@pytest.mark.parametrize("path", ["data/keys/ed25519.pem", "data/anchor.txt", "data/statement-1/proof.txt"])
def test_empty_files_are_no_crash(bag: Path, path: str) -> None:
    (bag / path).write_bytes(b"")
    reseal(bag)
    assert not verify_bag(bag).valid
    assert run(bag)[0] == 1
