"""The example vault: the article's case, an invented case with what its people decided, and two members.

A face, because it chooses passphrases and files. Its input is the folder `examples`, which goes through
intake like anybody's.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import onggi
from onggi.cli.opening import randomness, read_clock
from onggi.errors import Exit, OnggiError
from onggi.intake.consent import read_consents
from onggi.intake.originals import Making, Origin, take_in
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Clock, Ledger, open_ledger
from onggi.vault.enrol import add_member, create_vault, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.keys import LEAST
from onggi.vault.session import write_session
from onggi.words.heads import word_list

_WORDS = 7


@dataclass(frozen=True, slots=True)
class Example:
    """Where the example lies, and the ids and codes of its two cases."""

    vault: Path
    passphrase_file: Path
    article: str
    invented: str
    article_code: str
    invented_code: str


def make_example(folder: Path, clock: Clock | None = None) -> Example:
    """Make the example vault at `folder`, its passphrases in files beside it that only their owner reads.

    It is recorded when `clock` says; now, where there is none.
    """
    clock = clock or read_clock
    examples = find_examples()
    first, second = choose_passphrase(), choose_passphrase()
    vault = create_vault(folder, first, "main", LEAST, randomness)
    passphrase_file = _write_secret(folder, "passphrase", first)
    _write_secret(folder, "passphrase-2", second)
    ledger = Ledger(vault, clock)
    with write_session(vault):
        slot = add_member(vault, second, "member", LEAST)
        grant_strata(vault, vault.compartment(), vault.members.slots()[slot], STRATA, False)
    article = record_file(ledger, examples / "article/case.toml")
    invented = record_file(ledger, examples / "invented/case.toml")
    record_file(ledger, examples / "invented/list.csv", examples / "invented/list-map.toml")
    _take_in_note(ledger, invented, examples / "invented")
    record_decisions(ledger, invented, examples / "invented/consent.toml")
    record_file(open_ledger(folder, slot, second, randomness, clock), examples / "invented/case-2.toml")
    view = ledger.view()
    return Example(folder, passphrase_file, article, invented, view.call(article), view.call(invented))


def record_file(ledger: Ledger, file: Path, mapping: Path | None = None) -> str:
    """Record one file of the examples; returns its case."""
    compartment = ledger.vault.compartment()
    batch = read_record(
        file.read_bytes(),
        "toml" if mapping is None else "csv",
        Directory(ledger, compartment),
        randomness,
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
    kept = take_in(ledger, compartment, case, [folder / "note.txt"], origin, randomness)
    made = Making(kept[0].item, "redacted", "INVENTED member", "by hand", "zh")
    compartment = ledger.vault.compartment()
    take_in(ledger, compartment, case, [folder / "note-redacted.txt"], Origin(), randomness, made)


def record_decisions(ledger: Ledger, case: str, file: Path) -> None:
    """Record what the persons of a case of the examples decided, as if they had been asked that day."""
    compartment = ledger.vault.compartment()
    day = datetime.fromtimestamp(ledger.clock() / 1000, UTC).date()
    batch = read_consents(file.read_bytes(), case, Directory(ledger, compartment), randomness, day)
    if isinstance(batch, list):
        raise OnggiError("cli.demo.broken", count=len(batch))
    ledger.append(compartment, batch.placed)


def find_examples() -> Path:
    """The folder of the examples, beside the source."""
    examples = Path(onggi.__file__).parents[2] / "examples"
    if not examples.is_dir():
        raise OnggiError("cli.demo.absent", exit_code=Exit.ABSENT)
    return examples


def choose_passphrase() -> str:
    """Seven words by lot: 77 bits."""
    words = word_list("en")
    return " ".join(words[int.from_bytes(randomness(2), "big") % len(words)] for _ in range(_WORDS))


def _write_secret(folder: Path, suffix: str, passphrase: str) -> Path:
    path = folder.with_name(f"{folder.name}.{suffix}")
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(passphrase + "\n")
    return path
