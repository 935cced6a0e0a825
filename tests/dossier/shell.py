"""verify.sh as a stranger runs it, and what it says held against what evidence.verify finds."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from onggi.evidence.bag import FIXED
from onggi.evidence.verify import BagReport, verify_bag

SCRIPT = Path(__file__).parents[2] / "src/onggi/dossier/verify.sh"
MISSING = [tool for tool in ("bash", "openssl", "xxd", "sha256sum") if shutil.which(tool) is None]
PATH = os.environ["PATH"]

Check = tuple[str, str]
"""The name of a check and the file or number that it concerns, as both verifiers print them (proof.md §6)."""

_FAILED = re.compile(r"FAILED  (?P<check>\S+) (?P<where>\S+): .")
_LISTED = {"bag.link", "bag.extra", "bag.unreadable", "bag.large"}


def write_bag(files: Mapping[str, bytes], folder: Path) -> Path:
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


def list_failed(said: str) -> set[Check]:
    """The checks that verify.sh says failed."""
    lines = [line for line in said.splitlines() if line.startswith("FAILED")]
    forms = [_FAILED.match(line) for line in lines]
    assert all(forms), lines
    return {(form["check"], form["where"]) for form in forms if form}


def list_found(report: BagReport) -> set[Check]:
    """The checks that evidence.verify says failed."""
    return {(finding.code.partition(".")[2], finding.where) for finding in report.findings}


def ask_both(folder: Path) -> set[Check]:
    """The checks that fail for a folder, once both verifiers have said the same of all that both can make."""
    report, (status, said) = verify_bag(folder), run(folder)
    found, failed = list_found(report), list_failed(said)
    broken = any(check == "bag.missing" and path in FIXED for check, path in found)
    if broken:
        # Of a bag without one of its own parts verify.sh says no more than that; ours goes on.
        found = {(check, path) for check, path in found if check in _LISTED or path in FIXED}
        found = {(check, path) for check, path in found if check in _LISTED or check == "bag.missing"}
    elif "ML-DSA-44" in said and "??      " in said:
        found = {(check, path) for check, path in found if check != "anchor.mldsa"}
    assert found == failed
    # An anchor with no right ML-DSA-44 signature is refused where that can be checked, and only there.
    only_mldsa = {check for check, _ in list_found(report)} == {"anchor.mldsa"}
    assert report.valid == (status == 0) or only_mldsa
    return list_found(report)
