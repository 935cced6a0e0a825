"""`derived.txt`: which statement or item of the provenance became which of the publication (proof.md §5).

Pure. It is attested by whoever releases, and proves nothing; that it was attested is what the publication
covers. Refused: a pair with something that is not there.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from onggi.errors import OnggiError

_FORM = re.compile(
    rb"statement (?P<recorded>[1-9][0-9]{0,4}) (?P<shown>[1-9][0-9]{0,4})"
    rb"|item (?P<original>[1-9][0-9]{0,4}) (?P<path>data/items/[a-z0-9.-]{1,40})"
)


@dataclass(frozen=True, slots=True)
class Derived:
    """Pairs of numbers of statements, provenance first; pairs of an item's number there and a path here."""

    statements: tuple[tuple[int, int], ...] = ()
    items: tuple[tuple[int, str], ...] = ()


def render_derived(derived: Derived) -> bytes:
    """The bytes of `derived.txt`."""
    statements = [f"statement {recorded} {shown}\n" for recorded, shown in sorted(set(derived.statements))]
    items = [f"item {original} {path}\n" for original, path in sorted(set(derived.items))]
    return "".join(statements + items).encode()


def parse_derived(text: bytes, recorded: int, originals: int, shown: int, paths: Collection[str]) -> Derived:
    """Read `derived.txt` of a bag with so many statements and items recorded, and shown statements and paths.

    Raises:
        OnggiError: `evidence.derived.form`, where a byte is not as it must be.
    """
    forms = [_FORM.fullmatch(line) for line in text.split(b"\n")[:-1]]
    found = [form for form in forms if form]
    derived = Derived(
        tuple((int(form["recorded"]), int(form["shown"])) for form in found if form["recorded"]),
        tuple((int(form["original"]), form["path"].decode()) for form in found if form["path"]),
    )
    if (
        not found
        or render_derived(derived) != text
        or any(first > recorded or second > shown for first, second in derived.statements)
        or any(first > originals or second not in paths for first, second in derived.items)
    ):
        raise OnggiError("evidence.derived.form")
    return derived
