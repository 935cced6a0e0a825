"""Who appears in a file: local keys, ids and codes of the vault, and the codes of those who are new.

A key is a word of the file alone and is not recorded. A reference is a key (`victim`), a kind and a key
(`person:victim`), or an id or code of the vault; a key wins.

Floor 5. Pure; randomness is passed in. Refused: a reference to nothing, a key that two kinds share, a code
that is wrong, of another kind or taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.intake.findings import Findings, Spot
from onggi.intake.references import References
from onggi.model.entity import LETTERS, Randomness, is_id, kind_of, make_code, new_id, read_code


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity that the file refers to; `code` is None where it was in the vault before."""

    id: str
    kind: str
    code: str | None = None


class Cast:
    """Everyone and everything that a file refers to."""

    def __init__(self, references: References, randomness: Randomness) -> None:
        self._references = references
        self._randomness = randomness
        self._new: dict[tuple[str, str], Appearance] = {}
        self._kinds: dict[str, list[str]] = {}
        self._codes: set[str] = set()
        self._found: dict[str, Appearance | None] = {}

    def make(self, kind: str, key: str, code: object, spot: Spot, findings: Findings) -> Appearance:
        """A new entity under `key`, with the code it asks for or a random one."""
        made = Appearance(new_id(self._randomness), kind, self._take_code(kind, code, spot, findings))
        self._new[kind, key] = made
        self._kinds.setdefault(key, []).append(kind)
        return made

    def know(self, key: str, found: Appearance) -> Appearance:
        """Let a key of the file mean an entity of the vault."""
        self._found[key] = found
        return found

    def find(self, reference: str, where: str) -> Appearance | Finding:
        """Whom `reference`, which stands at `where`, means."""
        kinds = self._kinds.get(reference, ())
        if len(kinds) == 1:
            return self._new[kinds[0], reference]
        if kinds:
            return Finding("intake.reference.ambiguous", where, {"kinds": ", ".join(kinds)})
        kind, _, key = reference.partition(":")
        found = self._new.get((kind, key)) or self._look_up(reference)
        return found or Finding("intake.reference.absent", where)

    def find_lacking(self, reference: str) -> tuple[str, str] | None:
        """Kind and key of a `kind:key` that nobody has yet; None for any other reference, and for a case."""
        kind, _, key = reference.partition(":")
        lacking = key and kind in LETTERS and kind != "case" and (kind, key) not in self._new
        return (kind, key) if lacking else None

    def keys(self) -> Mapping[str, str]:
        """Local key to id; a key that two kinds share stands with its kind."""
        return {
            key if len(self._kinds[key]) == 1 else f"{kind}:{key}": made.id
            for (kind, key), made in self._new.items()
        }

    def _look_up(self, reference: str) -> Appearance | None:
        if reference not in self._found:
            name = reference if is_id(reference) else read_code(reference)
            entity = self._references.find_entity(name) if name else None
            self._found[reference] = Appearance(*entity) if entity else None
        return self._found[reference]

    def _take_code(self, kind: str, asked: object, spot: Spot, findings: Findings) -> str:
        if asked is not None:
            code = read_code(asked) if isinstance(asked, str) else None
            if code is None or kind_of(code) != kind:
                findings.add(Finding("intake.code.wrong", spot.say("code")))
            elif not self._is_free(code):
                findings.add(Finding("intake.code.taken", spot.say("code")))
            else:
                self._codes.add(code)
                return code
        code = make_code(kind, self._randomness)
        while not self._is_free(code):
            code = make_code(kind, self._randomness)
        self._codes.add(code)
        return code

    def _is_free(self, code: str) -> bool:
        return code not in self._codes and self._references.code_free(code)
