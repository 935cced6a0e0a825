"""`withheld.jsonl`: every cut that was made before something was shown, and why (proof.md §5).

Pure. One canonical object a line, sorted, none twice. Refused: a cut of a statement that is not there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onggi.errors import OnggiError

HOWS = ("withheld", "coarsened", "pseudonymised")

_FORM = re.compile(
    rb'\{"count":(?P<count>[1-9][0-9]{0,5}),"how":"(?P<how>withheld|coarsened|pseudonymised)",'
    rb'"kind":"(?P<kind>[a-z_]{1,24})","reason":"(?P<reason>[a-z_]{1,24})"'
    rb'(?:,"statement":(?P<statement>[1-9][0-9]{0,4}))?\}'
)


@dataclass(frozen=True, slots=True)
class Cut:
    """So many cuts of a kind, for a reason class; where it concerns one, its statement's number, else 0."""

    how: str
    kind: str
    reason: str
    count: int = 1
    statement: int = 0


def render_cuts(cuts: Iterable[Cut]) -> bytes:
    """The bytes of `withheld.jsonl`. A cut that cannot be written so is a ValueError."""
    lines = sorted(map(_render, cuts))
    if len(set(lines)) < len(lines) or not all(map(_FORM.fullmatch, lines)):
        raise ValueError("a cut is told once, in words of a to z and _")
    return b"".join(line + b"\n" for line in lines)


def parse_cuts(text: bytes, statements: int) -> tuple[Cut, ...]:
    """Read `withheld.jsonl` of a publication with so many statements.

    Raises:
        OnggiError: `evidence.withheld.form`, where a byte is not as it must be.
    """
    lines = text.split(b"\n")
    forms = [_FORM.fullmatch(line) for line in lines[:-1]]
    cuts = tuple(_read(form) for form in forms if form)
    # Written again and compared: order, repetition, and what is no line at all.
    if (
        len(set(cuts)) < len(forms)
        or render_cuts(cuts) != text
        or any(one.statement > statements for one in cuts)
    ):
        raise OnggiError("evidence.withheld.form")
    return cuts


def _render(cut: Cut) -> bytes:
    end = f',"statement":{cut.statement}' if cut.statement else ""
    return (
        f'{{"count":{cut.count},"how":"{cut.how}","kind":"{cut.kind}","reason":"{cut.reason}"{end}}}'
    ).encode()


def _read(form: re.Match[bytes]) -> Cut:
    return Cut(
        form["how"].decode(),
        form["kind"].decode(),
        form["reason"].decode(),
        int(form["count"]),
        int(form["statement"] or 0),
    )
