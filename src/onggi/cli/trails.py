"""Trails of OpenTimestamps as rows and lines: what attests an anchor, and what of that was checked."""

from collections.abc import Sequence

from onggi.cli.contracts.stamps import AttestedRow, TrailRow
from onggi.cli.showing import show_line, tell
from onggi.evidence.calendar.check import Attested
from onggi.evidence.calendar.health import Held
from onggi.evidence.timestamp.check import say_moment
from onggi.words import say


def describe_trail(held: Held) -> TrailRow:
    """A trail that is kept, as a row."""
    return TrailRow(
        trail=held.kept.id,
        anchor=held.kept.anchor,
        proven=held.checked.proven,
        attested=[_describe(one) for one in held.checked.attested],
    )


def _describe(one: Attested) -> AttestedRow:
    return AttestedRow(
        state=one.state.value,
        calendar=one.address or None,
        block=one.height,
        time=say_moment(one.header.moment) if one.header else None,
        hash=one.header.hash if one.header else None,
        message=one.message or None,
    )


def show_trail(row: TrailRow, indent: int) -> None:
    """A trail and, below it, each attestation."""
    show_line(say("cli.trail.kept", trail=row["trail"][:16]), indent)
    for one in row["attested"]:
        values: dict[str, str | int] = {
            "calendar": one["calendar"] or "",
            "block": one["block"] or 0,
            "time": one["time"] or "",
            "hash": one["hash"] or "",
        }
        show_line(say(f"cli.trail.{one['state']}", **values), indent + 4)


def tell_limits(rows: Sequence[TrailRow]) -> None:
    """What a trail is not, where there is one."""
    if rows:
        tell("cli.trail.extra")
