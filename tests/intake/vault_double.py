"""A vault that answers what intake asks, without a ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from onggi.intake.batch import Batch
from onggi.model.naming import Naming, Sort
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text


def name_people(*names: str) -> list[Naming]:
    """Names as another case of a vault holds them."""
    return [Naming((name,), Sort.NAME, "e" * 32) for name in names]


@dataclass
class VaultDouble:
    """What the vault is said to hold; `names` is None where identity is not granted.

    `elsewhere` are entities of another case.
    """

    entities: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    statements: Mapping[str, Stratum] = field(default_factory=dict)
    names: Sequence[Naming] | None = ()
    published_sources: frozenset[str] = frozenset()
    decided: Mapping[str, Sequence[str]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    def find_entity(self, reference: str) -> tuple[str, str] | None:
        return self.entities.get(reference)

    def find_statement(self, id: str) -> Stratum | None:
        return self.statements.get(id)

    def known_names(self) -> Sequence[Naming] | None:
        return self.names

    def decisions(self, person: str) -> Sequence[str]:
        return self.decided.get(person, ())

    def appears_in(self, entity: str, case: str) -> bool:
        return entity not in self.elsewhere

    def published(self, source: str) -> bool:
        return source in self.published_sources

    def code_free(self, code: str) -> bool:
        return code not in self.entities


class Dice:
    """Randomness that a test can repeat."""

    def __init__(self) -> None:
        self._thrown = 0

    def __call__(self, size: int) -> bytes:
        self._thrown += 1
        return sha256(self._thrown.to_bytes(8, "big")).digest()[:size]


def list_codes(batch: Batch) -> dict[str, tuple[str, str]]:
    """The new entities of a batch as a vault would find them: code to id and kind."""
    kinds = {
        statement.subject: statement.value.term
        for _, statement in batch.placed
        if statement.what.property == "kind" and isinstance(statement.value, Term)
    }
    return {
        statement.value.text: (statement.subject, kinds[statement.subject])
        for _, statement in batch.placed
        if statement.what.property == "code" and isinstance(statement.value, Text)
    }
