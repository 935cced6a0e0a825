"""The vault of the ledger's tests: one for the whole session, copied for each test."""

from pathlib import Path

import pytest
from tests.ledger.conftest import bench, cheap_passphrases, template
from tests.ledger.invented import Bench, append, id_of, kind, record

from onggi.intake.originals import Making, Origin, take_in
from onggi.ledger.ledger import Ledger

__all__ = ["bench", "cheap_passphrases", "template"]


class Desk:
    """A vault with a case, a woman and somebody else in it, and files that are taken in."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench = bench
        self.folder = folder
        self.ledger: Ledger = bench.open()
        append(self.ledger, *record(kind("case", "case"), kind("woman", "person"), kind("act", "act")))

    def add(self, name: str, data: bytes, origin: Origin | None = None, making: Making | None = None) -> str:
        """The id of an item that a file became."""
        return self.add_all({name: data}, origin, making)[0]

    def add_all(
        self, files: dict[str, bytes], origin: Origin | None = None, making: Making | None = None
    ) -> list[str]:
        """The ids of the items that files became."""
        paths = [self.folder / name for name in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        compartment = self.ledger.vault.compartment()
        kept = take_in(
            self.ledger, compartment, id_of("case"), paths, origin or Origin(), self.bench.dice, making
        )
        self.kept = kept
        return [one.item for one in kept]


@pytest.fixture
def desk(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A vault to add files to; nothing waits for the disk."""
    monkeypatch.setattr("onggi.vault.folder._sync", lambda file: None)
    (tmp_path / "files").mkdir()
    return Desk(bench, tmp_path / "files")
