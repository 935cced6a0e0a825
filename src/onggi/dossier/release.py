"""The one decision whether something may leave, and the one place that writes it outside a vault.

Floor 5; writes one new folder, or one new file that holds a hash, coded days, a table or coded pairs, and
nothing else. It fails closed. Of a dossier everything was decided before (`judge`, `build`), of a table in
`tabulate`. What is shown alone (`prove`) leaves only from the record stratum, only if its source was
published before, and only once it was screened for names. A bag that would not verify never leaves.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from onggi.dossier.table_file import is_table
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.bag import is_expected
from onggi.evidence.calendar.question import is_question
from onggi.evidence.content import Content, Scale, cut_pieces, weigh
from onggi.evidence.timestamp.request import is_request
from onggi.evidence.verify import check_bag
from onggi.law.agenda import is_agenda

if TYPE_CHECKING:
    from onggi.link.account import Account

# Every file and folder carries this time, so that a bag does not tell when it was made: 2000-01-01T00:00:00Z.
MOMENT = 946_684_800

_BINARY = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the decision asks about a statement.

    Its stratum, whether its source is published, and whether somebody who may see names has looked that none
    stands in it.
    """

    stratum: str
    published: bool
    screened: bool


def decide_release(candidates: Sequence[Candidate]) -> tuple[Finding, ...]:
    """What stands against releasing these statements, in their order in the bag."""
    findings = []
    for number, candidate in enumerate(candidates, start=1):
        if candidate.stratum != "record":
            findings.append(Finding("release.stratum", f"provenance:{number}"))
        elif not candidate.published:
            findings.append(Finding("release.unpublished", f"provenance:{number}"))
        elif not candidate.screened:
            findings.append(Finding("release.unscreened", f"provenance:{number}"))
    return tuple(findings)


def release_bag(candidates: Sequence[Candidate], files: Mapping[str, Content], out: Path) -> None:
    """Write the bag `files`, which shows exactly `candidates`, as the new folder `out`; all of it or nothing.

    Raises:
        OnggiError: `release.stratum`, `release.unpublished` or `release.unscreened`, where the decision is
            no; what `write_bag` raises.
    """
    against = decide_release(candidates)
    if against:
        raise OnggiError(against[0].code, exit_code=Exit.REFUSED, count=len(against))
    write_bag(files, out, statements=len(candidates))


def write_bag(files: Mapping[str, Content], out: Path, *, statements: int) -> None:
    """Write a bag, of which everything was decided, as the new folder `out`; all of it or nothing.

    `statements` is how many the decision was about: those of the publication, or of the provenance where
    that is all.

    Raises:
        OnggiError: `release.unverified`, where the bag is none, shows another number of statements, or a
            stream is not what it was when it was weighed; `release.place`, `release.taken`,
            `release.unfinished` or `release.write`, where it cannot be written.
    """
    report = check_bag(files)
    if report.statements != statements or not report.valid:
        raise OnggiError("release.unverified")
    check_place(out)
    unfinished = _name_unfinished(out)
    try:
        unfinished.mkdir(mode=0o700)
    except FileExistsError:
        raise OnggiError("release.unfinished", exit_code=Exit.USAGE) from None
    except OSError:
        raise OnggiError("release.write") from None
    try:
        _write_files(files, unfinished)
        unfinished.rename(out)  # onto an empty folder this is atomic too; onto anything else it fails
        _sync_folder(out.parent)
    except BaseException as error:  # a stream may raise anything: whatever it is, nothing half stays
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, OSError):
            raise OnggiError("release.write") from None
        raise


def release_request(request: bytes, out: Path) -> None:
    """Write a request to an authority or a calendar as the new file `out`; it holds a hash and nothing else.

    Raises:
        OnggiError: `release.request` for any other bytes; `release.place`, `release.taken`,
            `release.unfinished` or `release.write`, where it cannot be written.
    """
    _write_alone(decide_request(request), out)


def decide_request(request: bytes) -> bytes:
    """The same bytes, where they are a request that may leave. Raises `release.request` for any others."""
    if not (is_request(request) or is_question(request)):
        raise OnggiError("release.request")
    return request


def release_agenda(agenda: bytes, out: Path) -> None:
    """Write a calendar of coded titles as the new file `out`; it holds rules, a case's code and days.

    Raises:
        OnggiError: `release.agenda` for any other bytes; `release.place`, `release.taken`,
            `release.unfinished` or `release.write`, where it cannot be written.
    """
    if not is_agenda(agenda):
        raise OnggiError("release.agenda")
    _write_alone(agenda, out)


def release_table(table: bytes, out: Path) -> None:
    """Write a table as the new file `out`; it holds kinds and numbers, and no number below k.

    Raises:
        OnggiError: `release.table` for any other bytes; `release.place`, `release.taken`,
            `release.unfinished` or `release.write`, where it cannot be written.
    """
    if not is_table(table):
        raise OnggiError("release.table")
    _write_alone(table, out)


def make_suggestions(account: "Account", lang: str) -> bytes:
    """Who may be one person as a page, by codes alone.

    Raises:
        OnggiError: `release.suggestions` where it holds anything but codes, numbers and our own words.
    """
    from onggi.link.account import is_coded, write_account  # here, for what link stands on is heavy
    from onggi.paper.html import make_html

    if not is_coded(account):
        raise OnggiError("release.suggestions")
    return make_html(write_account(account, lang))


def release_suggestions(account: "Account", lang: str, out: Path) -> str:
    """Write who may be one person as the new page `out`; returns its SHA-256, in hex.

    Raises:
        OnggiError: what `make_suggestions` raises; `release.place`, `release.taken`, `release.unfinished` or
            `release.write`, where it cannot be written.
    """
    page = make_suggestions(account, lang)
    _write_alone(page, out)
    return sha256(page).hexdigest()


def check_new(out: Path) -> None:
    """Refuse a place where a new file could not be written: as `check_place` does."""
    check_place(out)
    if out.exists():
        raise OnggiError("release.taken", exit_code=Exit.USAGE)


def _write_alone(data: bytes, out: Path) -> None:
    check_new(out)
    unfinished = _name_unfinished(out)
    try:
        _write_file(unfinished, data)
        unfinished.rename(out)
        _sync_folder(out.parent)
    except FileExistsError:
        raise OnggiError("release.unfinished", exit_code=Exit.USAGE) from None
    except BaseException as error:  # as a bag: nothing half stays
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OnggiError("release.write") from None
        raise


def check_place(out: Path) -> None:
    """Refuse a place where a bag could not be written: `release.place`, `release.taken`, or
    `release.unfinished`, where an earlier attempt left something."""
    if not out.name or not out.parent.is_dir():
        raise OnggiError("release.place", exit_code=Exit.USAGE)
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise OnggiError("release.taken", exit_code=Exit.USAGE)
    if os.path.lexists(_name_unfinished(out)):
        raise OnggiError("release.unfinished", exit_code=Exit.USAGE)


def left_nothing(out: Path) -> bool:
    """Whether nothing lies at a place, nor half of it beside it; where that cannot be seen, something may."""
    try:
        beside = os.path.lexists(_name_unfinished(out))
        return not beside and (not os.path.lexists(out) or (out.is_dir() and not any(out.iterdir())))
    except OSError:
        return False


def _name_unfinished(out: Path) -> Path:
    # A sibling, so that the rename stays within one file system. A fixed name: what a crash left there is
    # found by the next attempt and named, and nothing that we did not make ourselves is ever removed.
    return out.with_name(out.name + ".unfinished")


def _write_files(files: Mapping[str, Content], folder: Path) -> None:
    if not all(map(is_expected, files)):  # check_bag saw to it; this line keeps a path from leading elsewhere
        raise OnggiError("release.unverified")
    folders = {parent for path in files for parent in PurePosixPath(path).parents}
    for inner in sorted(folders):  # the outermost first
        (folder / inner).mkdir(mode=0o700, exist_ok=True)
    for path, content in files.items():
        _write_file(folder / path, content)
    for inner in folders:  # when nothing more is made in them: that would change their time
        os.utime(folder / inner, (MOMENT, MOMENT))
        _sync_folder(folder / inner)


def _write_file(target: Path, content: Content) -> None:
    mode = 0o700 if target.suffix == ".sh" else 0o600
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb") as file:
        scale = Scale()
        for piece in cut_pieces(content):
            file.write(scale.add(piece))
        if scale.read() != weigh(content):
            raise OnggiError("release.unverified")
        file.flush()
        os.fsync(file.fileno())
    os.utime(target, (MOMENT, MOMENT))


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; the rename is what the system makes durable
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
