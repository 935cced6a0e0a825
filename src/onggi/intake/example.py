"""The example vault: the article's case, an invented case with what its people decided, and two members.

Floor 5; reads the folder `examples`, which goes through intake like anybody's. The clock and the dice are
passed in. What was begun is removed where it does not come to its end. Refused: a place where anything lies.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import onggi
from onggi.errors import Exit, OnggiError
from onggi.intake.consent import read_consents
from onggi.intake.originals import Making, Origin, take_in
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Clock, Ledger, open_ledger
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.founding import require_free
from onggi.vault.grants import STRATA
from onggi.vault.keys import LEAST
from onggi.vault.seal import Randomness
from onggi.vault.session import write_session
from onggi.words.heads import word_list

Progress = Callable[[int, int, str], None]

_WORDS = 7
_STEPS = 7


@dataclass(frozen=True, slots=True)
class Example:
    """Where the example lies, and the ids and codes of its two cases."""

    vault: Path
    passphrase_file: Path
    article: str
    invented: str
    article_code: str
    invented_code: str


def make_example(
    folder: Path,
    randomness: Randomness,
    clock: Clock,
    progress: Progress = lambda done, total, stage: None,
) -> Example:
    """Make the example vault at `folder`, its passphrases in files beside it that only their owner reads."""
    examples = find_examples()
    require_free(folder, randomness)
    first, second = choose_passphrase(randomness), choose_passphrase(randomness)
    progress(0, _STEPS, "seal")
    vault = create_vault(folder, first, "main", LEAST, randomness)
    with _all_or_nothing(folder):
        for path, passphrase in zip(list_secrets(folder), (first, second), strict=True):
            _write_secret(path, passphrase)
        progress(1, _STEPS, "seal")
        ledger = Ledger(vault, clock)
        with write_session(vault):
            slot = add_member(vault, second, "member", LEAST)
            grant_strata(vault, vault.compartment(), vault.members.slots()[slot], STRATA, False)
        progress(2, _STEPS, "record")
        article = record_file(ledger, examples / "article/case.toml")
        progress(3, _STEPS, "record")
        invented = record_file(ledger, examples / "invented/case.toml")
        record_file(ledger, examples / "invented/list.csv", examples / "invented/list-map.toml")
        progress(4, _STEPS, "record")
        _take_in_note(ledger, invented, examples / "invented")
        progress(5, _STEPS, "record")
        record_decisions(ledger, invented, examples / "invented/consent.toml")
        progress(6, _STEPS, "record")
        colleague = open_ledger(folder, slot, second, randomness, clock)
        record_file(colleague, examples / "invented/case-2.toml")
        view = ledger.view()
        codes = view.call(article), view.call(invented)
        colleague.close()
        ledger.close()
    return Example(folder, list_secrets(folder)[0], article, invented, *codes)


def list_secrets(folder: Path) -> tuple[Path, Path]:
    """Where the passphrases of an example lie: beside its folder."""
    return folder.with_name(f"{folder.name}.passphrase"), folder.with_name(f"{folder.name}.passphrase-2")


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Remove what was made where it is stopped or fails; nothing lay there before."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        for path in list_secrets(folder):
            path.unlink(missing_ok=True)
        raise


def record_file(ledger: Ledger, file: Path, mapping: Path | None = None) -> str:
    """Record one file of the examples; returns its case."""
    compartment = ledger.vault.compartment()
    batch = read_record(
        file.read_bytes(),
        "toml" if mapping is None else "csv",
        Directory(ledger, compartment),
        ledger.vault.randomness,
        mapping=mapping.read_bytes() if mapping else None,
    )
    if isinstance(batch, list):
        raise OnggiError("cli.demo.broken", count=len(batch))
    ledger.append(compartment, batch.placed)
    return batch.case


def _take_in_note(ledger: Ledger, case: str, folder: Path) -> None:
    """The household's note as it was brought, and the copy that a person has redacted."""
    origin = Origin("P-8F3KT2H", "2019-06-12", "INVENTED: kept in the lining of a coat", "handed_by_owner")
    compartment = ledger.vault.compartment()
    kept = take_in(ledger, compartment, case, [folder / "note.txt"], origin, ledger.vault.randomness)
    made = Making(kept[0].item, "redacted", "INVENTED member", "by hand", "zh")
    compartment = ledger.vault.compartment()
    redacted = [folder / "note-redacted.txt"]
    take_in(ledger, compartment, case, redacted, Origin(), ledger.vault.randomness, made)


def record_decisions(ledger: Ledger, case: str, file: Path) -> None:
    """Record what the persons of a case of the examples decided, as if they had been asked today."""
    compartment = ledger.vault.compartment()
    day = datetime.fromtimestamp(ledger.clock() / 1000, UTC).date()
    directory = Directory(ledger, compartment)
    batch = read_consents(file.read_bytes(), case, directory, ledger.vault.randomness, day)
    if isinstance(batch, list):
        raise OnggiError("cli.demo.broken", count=len(batch))
    ledger.append(compartment, batch.placed)


def find_examples() -> Path:
    """The folder of the examples, beside the source."""
    examples = Path(onggi.__file__).parents[2] / "examples"
    if not examples.is_dir():
        raise OnggiError("cli.demo.absent", exit_code=Exit.ABSENT)
    return examples


def choose_passphrase(randomness: Randomness) -> str:
    """Seven words by lot: 77 bits."""
    words = word_list("en")
    return " ".join(words[int.from_bytes(randomness(2), "big") % len(words)] for _ in range(_WORDS))


def _write_secret(path: Path, passphrase: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(passphrase + "\n")
