"""What happened in a vault, step by step: when, by whom, and what was recorded, as far as it is open.

Reads logs and a view; of a step whose strata are not open in the view it tells that there was one. Refused:
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.vault.commits import Step
from onggi.vault.opened import Vault

TOLD = frozenset(
    {
        *("consent", "release_asked", "released", "stayed", "seconded", "judged"),
        *("printed", "handed_over", "exported", "erased", "read_identity", "withheld_as", "tabulated"),
    }
)
"""What somebody decided or did: told one by one. Of everything else is told how much there was."""

_MOST = 20
"""So many of one kind in one step are told one by one; a person reads no more."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one step recorded of one case: `told` in order, and how many statements besides."""

    case: str
    told: tuple[Held, ...]
    besides: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One step. `slot` is the keyslot of the device, `milliseconds` count from 1970."""

    compartment: str
    step: Step
    slot: int
    milliseconds: int
    recorded: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The last state of one log: that of a device, in a compartment."""

    compartment: str
    log: str
    slot: int
    seq: int
    hash: str


def list_steps(vault: Vault) -> list[tuple[str, Step]]:
    """Every step of every log with the name of its compartment, the newest first."""
    steps = [(one.name, step) for one in vault.compartments for step in one.history.steps()]
    return sorted(steps, key=lambda pair: pair[1].commit.hlc, reverse=True)


def list_heads(vault: Vault) -> list[Head]:
    """What to write down: where each log ends."""
    return [
        Head(one.name, log.id, vault.members.devices[log.device].slot, *log.head)
        for one in vault.compartments
        for log in one.history.logs.values()
    ]


def tell_steps(vault: Vault, view: View, steps: Sequence[tuple[str, Step]]) -> list[Happening]:
    """What these steps recorded."""
    found: dict[str, list[Recorded]] = {}
    tallies = view.tally([step.hash for _, step in steps])
    rows = [one for one in tallies if one.property in TOLD]
    told = view.of_commits({one.commit for one in rows}, *{one.property for one in rows}) if rows else []
    for commit in dict.fromkeys(one.commit for one in tallies):
        for case in dict.fromkeys(one.case for one in tallies if one.commit == commit):
            held = [one for one in told if (one.commit, one.statement.about.case) == (commit, case)]
            all = sum(one.count for one in tallies if (one.commit, one.case) == (commit, case))
            shown = tuple(held[:_MOST])
            found.setdefault(commit, []).append(Recorded(case, shown, all - len(shown)))
    return [
        Happening(
            name,
            step,
            vault.members.devices[step.commit.device].slot,
            step.commit.hlc[0],
            tuple(found.get(step.hash, ())),
        )
        for name, step in steps
    ]
