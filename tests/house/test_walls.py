"""The floors and walls of `.importlinter`: they hold in the real tree, and each breaks when it is crossed.

Each break is one import line added to a scratch copy of the source; it must break its own contract and no
other, so that the sentence people read is the one that tells them what they did.
"""

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
WALLS = HOUSE / ".importlinter"

# contract, module that crosses it, what it imports
BREAKS = [
    ("floors", "proof/broken.py", "onggi.vault"),
    ("floors", "model/broken.py", "onggi.vault"),
    ("floors", "words/broken.py", "onggi.errors"),
    ("floors", "unlisted/__init__.py", "os"),  # a new room must be given a floor
    ("care", "dossier/broken.py", "onggi.care"),
    ("stranger", "evidence/verify.py", "onggi.vault"),
    ("stranger", "evidence/verify.py", "onggi.ledger"),
    ("stranger", "evidence/timestamp/check.py", "onggi.vault"),
    ("stranger", "evidence/calendar/check.py", "onggi.vault"),
    ("numbers", "count/broken.py", "onggi.ledger"),
    ("numbers", "count/broken.py", "onggi.model"),
    ("numbers", "count/table.py", "onggi.ledger"),
    ("numbers", "count/differencing.py", "onggi.model.naming"),
    ("network", "vault/broken.py", "socket"),
    ("network", "web/broken.py", "urllib.request"),
    ("network", "web/broken.py", "socket"),
    ("network", "web/serve.py", "http.client"),
    ("network", "cli/open.py", "asyncio"),
    ("network", "evidence/timestamp/check.py", "http.client"),
    ("network", "evidence/calendar/gather.py", "http.client"),
    ("crypto", "ledger/broken.py", "cryptography.hazmat.primitives.hashes"),
    ("crypto", "evidence/verify.py", "cryptography.x509"),
    ("dice", "vault/broken.py", "secrets"),
    ("dice", "model/broken.py", "uuid"),
    ("plaintext", "ledger/broken.py", "sqlite3"),
    ("plaintext", "cli/broken.py", "tempfile"),
    ("decoders", "evidence/derive.py", "onggi.evidence.redraw"),
    ("decoders", "dossier/broken.py", "onggi.evidence.metadata_pdf"),
    ("decoders", "cli/broken.py", "onggi.evidence.quarantined"),
    ("sqlcipher", "vault/broken.py", "sqlcipher3.dbapi2"),
    ("pictures", "evidence/derive.py", "PIL.Image"),
    ("pictures", "dossier/broken.py", "pikepdf"),
    ("typesetting", "dossier/broken.py", "docx"),
    ("tables", "count/broken.py", "ibis"),
    ("tables", "link/broken.py", "duckdb"),
    ("tables", "dossier/broken.py", "pyarrow"),
    ("compiled", "link/broken.py", "numba"),
    ("compiled", "count/broken.py", "numba"),
    ("noise", "dossier/broken.py", "opendp.prelude"),
    ("solvers", "link/broken.py", "scipy.special"),
    ("arrays", "law/broken.py", "numpy"),
    ("arrays", "cli/broken.py", "numpy.typing"),
    ("pages", "cli/broken.py", "starlette.applications"),
    ("pages", "cli/broken.py", "uvicorn"),
    ("pages", "dossier/broken.py", "jinja2"),
    ("pages", "intake/broken.py", "python_multipart"),
    ("terminal", "web/broken.py", "rich.console"),
    ("terminal", "vault/broken.py", "getpass"),
]

# The doors: what the same walls must let through.
DOORS = [
    ("vault/remote.py", "socket"),
    ("vault/remote/folder.py", "http.client"),
    ("evidence/timestamp/send.py", "urllib.request"),
    ("evidence/timestamp/certificates.py", "cryptography.x509"),
    ("proof/broken.py", "cryptography.hazmat.primitives.hashes"),
    ("count/lists.py", "onggi.ledger"),
    ("count/lists.py", "onggi.model"),
    ("count/units.py", "onggi.ledger"),
    ("count/units.py", "onggi.model"),
    ("count/broken.py", "onggi.count.lists"),
    ("count/broken.py", "onggi.count.units"),
    ("cli/broken.py", "secrets"),
    ("cli/broken.py", "rich.console"),
    ("web/broken.py", "starlette.applications"),
    ("ledger/broken.py", "sqlcipher3.dbapi2"),
    ("evidence/redraw.py", "PIL.Image"),
    ("evidence/quarantined.py", "onggi.evidence.redraw"),
    ("paper/broken.py", "docx"),
    ("link/engine.py", "duckdb"),
    ("link/broken.py", "numpy"),
    ("count/compiled.py", "numba"),
    ("count/noise.py", "opendp.prelude"),
    ("count/broken.py", "scipy.special"),
    ("count/broken.py", "numpy"),
]


def contract_names() -> dict[str, str]:
    """Each contract's short id and its sentence."""
    walls = ConfigParser()
    walls.read(WALLS, "utf-8")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): walls[name]["name"] for name in walls.sections() if prefix in name}


def judge_source(folder: Path) -> tuple[int, set[str], str]:
    """What import-linter says of `folder`/src: exit code, sentences of broken contracts, whole output."""
    # The scratch source stands before the installed one on the path; the width keeps a sentence on its line.
    surroundings = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "500", "NO_COLOR": "1"}
    command = "from importlinter.cli import lint_imports_command as check; check()"
    arguments = ["--config", str(WALLS), "--no-cache", "--no-logo"]
    done = subprocess.run(
        [sys.executable, "-c", command, *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
    )
    broken = re.findall(r"^(.+?) ?BROKEN\b", done.stdout, re.MULTILINE)
    return done.returncode, set(broken), done.stdout + done.stderr


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of our modules in a folder of their own."""
    unneeded = shutil.ignore_patterns("__pycache__", "*.toml", "*.egg-info")
    shutil.copytree(HOUSE / "src", tmp_path / "src", ignore=unneeded)
    return tmp_path


def add_import(folder: Path, file: str, imported: str) -> None:
    """Add one import line to a module, made if it is not there."""
    module = folder / "src/onggi" / file
    module.parent.mkdir(exist_ok=True)
    (module.parent / "__init__.py").touch()
    with module.open("a", encoding="utf-8") as text:
        text.write(f"\nimport {imported}\n")


def test_walls_hold() -> None:
    code, broken, output = judge_source(HOUSE)
    assert (code, broken) == (0, set()), output


@pytest.mark.parametrize(("contract", "file", "imported"), BREAKS)
def test_wall_breaks(scratch: Path, contract: str, file: str, imported: str) -> None:
    add_import(scratch, file, imported)
    code, broken, output = judge_source(scratch)
    assert (code, broken) == (1, {contract_names()[contract]}), output


def test_doors_open(scratch: Path) -> None:
    for file, imported in DOORS:
        add_import(scratch, file, imported)
    code, broken, output = judge_source(scratch)
    assert (code, broken) == (0, set()), output


def test_every_wall_has_a_break() -> None:
    assert {contract for contract, _, _ in BREAKS} == set(contract_names())
