"""Builds examples/dossiers: three dossiers of the example vault, by the commands that a person would type.

Signatures, codes and tokens differ each time, so nothing is built that is there already. `make docs` builds
all three where one is absent; `make docs ARGS=--dossiers` builds them anew: whoever changes what a dossier
shows does so, and commits the result. They come from one fresh vault, under one key; the vault and its
passphrases are gone when this ends. Their time stamps are carried, not asked for over a network: `--request`,
two authorities named EXAMPLE that answer with openssl (tests/evidence/authority.py), `timestamp --attach`.
Needs openssl.
"""

import json
import shutil
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the authorities are those of the tests

from tests.evidence.authority import Authority, build_authority  # noqa: E402

from onggi.cli.main import run  # noqa: E402
from onggi.errors import Exit  # noqa: E402

PLACE = ROOT / "examples/dossiers"
AUTHORITIES = ("EXAMPLE One", "EXAMPLE Two")


@dataclass(frozen=True)
class Ordered:
    """One dossier: its folder, whose case, what somebody types to have it, and what she accepts."""

    name: str
    case: str
    words: tuple[str, ...]
    accepts: tuple[str, ...] = ()


# All but the woman are left out: her neighbour said no, her friend took back her yes, two were not asked.
LEFT_OUT = ("P-R6HD4JS", "P-2M9XCVC", "P-RZHS7MT", "P-FKY6K7G")
DOSSIERS = (
    Ordered(
        "article-archive",
        "article",
        ("--for", "ARCHIVE", "--purpose", "research", "--organisation", "EXAMPLE archive (invented)"),
    ),
    Ordered("article-pattern", "article", ("--for", "PATTERN", "--purpose", "publication")),
    Ordered(
        "invented-un-sp",
        "invented",
        (
            *("--for", "UN-SP", "--purpose", "accountability", "--identity", "--words"),
            *(word for code in LEFT_OUT for word in ("--without", code)),
            *(word for lang in ("en", "ko", "zh") for word in ("--lang", lang)),
        ),
        ("release.warning", "release.rare"),
    ),
)


class Desk:
    """A folder with a fresh example vault, at which both of its members sit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._vault = str(folder / "vault")
        made = _ask(["demo", self._vault])
        self._cases: dict[str, str] = made["cases"]
        self._first = ("--passphrase-file", made["passphrase_file"])
        self._second = ("--as", "2", "--passphrase-file", f"{self._vault}.passphrase-2")

    def make(self, one: Ordered, authorities: Sequence[Authority], out: Path) -> None:
        """Order it, let both members sign what has to be signed, have it stamped, and hand it over."""
        order = ["dossier", self._vault, self._cases[one.case], *one.words, *self._first]
        because = ("--because", "INVENTED: she asked that her State be asked")
        if one.accepts:
            accepted = (word for code in one.accepts for word in ("--accept", code))
            waiting = _ask([*order, *because, *accepted, "--out", str(out)], Exit.REFUSED)["waits"]
            _ask(["second", self._vault, waiting, "--because", "INVENTED: I have read it", *self._second])
        asked = self._folder / f"{one.name}.tsq"
        # It waits for its stamps, which is not to have been handed over.
        _ask([*order, *because, "--request", str(asked), "--out", str(out)])
        for authority in authorities:
            reply, papers = (self._folder / f"{one.name}.{kind}" for kind in ("tsr", "pem"))
            reply.write_bytes(authority.reply(asked.read_bytes()))
            papers.write_bytes(authority.chain_pem + authority.crl_pem)
            carried = ("--attach", str(reply), "--chain", str(papers))
            _ask(["timestamp", self._vault, *carried, *self._first])
        handed = _ask([*order, *because, "--out", str(out)])
        sys.stdout.write(f"{one.name}: {handed['shown']} statements, {handed['tokens']} time stamps\n")


def make_dossiers() -> None:
    """Replace all that stand there, once all of them are made."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        made = Path(folder) / "made"
        made.mkdir()
        authorities = [
            build_authority(Path(folder) / f"authority-{number}", name)
            for number, name in enumerate(AUTHORITIES, start=1)
        ]
        for one in DOSSIERS:
            desk.make(one, authorities, made / one.name)
        for one in DOSSIERS:
            shutil.rmtree(PLACE / one.name, ignore_errors=True)
            shutil.copytree(made / one.name, PLACE / one.name)


def _ask(words: list[str], expected: int = Exit.WELL) -> Any:
    """The answer of a command, run as a person would run it."""
    answer, noise = StringIO(), StringIO()
    with redirect_stdout(answer), redirect_stderr(noise):
        code = run([*words, "--json"])
    if code != expected:
        sys.exit(f"{words[0]} ended with {code}.\n{answer.getvalue()}{noise.getvalue()}")
    return json.loads(answer.getvalue())


if __name__ == "__main__":
    if "--dossiers" in sys.argv[1:] or not all((PLACE / one.name).is_dir() for one in DOSSIERS):
        make_dossiers()
