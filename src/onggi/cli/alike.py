"""`onggi link VAULT`: who of the persons of a vault may be one, with reasons, for people to judge.

Identity is opened for it, which is signed. Names are shown on a terminal only: `--json` holds codes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onggi.cli.contracts import AlikeRow, Suggestions
from onggi.cli.opening import unlock
from onggi.cli.peak import measure_peak
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.ledger.view import View
from onggi.names.compare import compare
from onggi.words import known, say

if TYPE_CHECKING:
    from onggi.link.suggested import Suggested, Suggestion

_MOST_SHOWN = 20  # pairs on a terminal; --json lists all
_NAME = "name"


def suggest_persons(
    vault: Path,
    because: str | None,
    compartment: str | None,
    engine: str,
    seed: int,
    passphrase_file: Path | None,
    slot: int,
    json: bool,
) -> None:
    """Compare the persons of a compartment, record what is suggested, and list it."""
    from onggi import __version__
    from onggi.link.engine import open_engine
    from onggi.link.suggest import suggest_pairs
    from onggi.link.suggested import write_suggestions

    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    view = ledger.open_identity(within, None, because or "", strata=("identity",))
    within = ledger.vault.compartment(within.id)
    suggested = suggest_pairs(
        view,
        within.id,
        ledger.vault.card.member,
        __version__,
        seed,
        lambda: open_engine(engine),
        lambda stage: tell(f"cli.link.stage.{stage}"),
    )
    answer = _describe(suggested, view)
    lines = [] if json else _list_lines(suggested, view)
    new = write_suggestions(ledger, within, view, suggested, __version__)
    if json:
        show_json({**answer, "recorded": new})
    for text, indent, style in lines:
        show_line(text, indent, style)
    _tell_end(suggested, new, json)


def _describe(suggested: "Suggested", view: View) -> Suggestions:
    """All of it as the contract has it, without a name."""
    return {
        "persons": suggested.persons,
        "learned": suggested.learned,
        "seed": suggested.seed,
        "settings": suggested.settings,
        "peak_mib": measure_peak(),
        "apart": suggested.apart,
        "recorded": 0,
        "flags": [describe_finding(flag) for flag in suggested.flags],
        "suggestions": [_describe_pair(one, view) for one in suggested.found],
    }


def _describe_pair(one: "Suggestion", view: View) -> AlikeRow:
    return {
        "a": view.call(one.a),
        "b": view.call(one.b),
        "probability": round(one.probability, 4),
        "conflict": one.look.conflict,
        "unsure": one.look.unsure,
        "traits": [
            {
                "name": trait.name,
                "level": trait.level,
                "weight": float(trait.weight),
                "reason": "" if trait.name == _NAME else _say_trait(trait.name, trait.level),
            }
            for trait in one.traits
        ],
    }


def _list_lines(suggested: "Suggested", view: View) -> list[tuple[str, int, str]]:
    """What a person reads: both with their names, why they may be one, and how to say what she holds."""
    lines: list[tuple[str, int, str]] = []
    for one in suggested.found[:_MOST_SHOWN]:
        codes = view.call(one.a), view.call(one.b)
        for code, entity in zip(codes, (one.a, one.b), strict=True):
            names = " · ".join(suggested.names[entity]) or say("cli.link.nameless")
            lines.append((f"{code}  {names}", 0, "bold"))
        marks = [say("cli.link.probability", probability=f"{one.probability:.2f}")]
        marks += [say("cli.link.conflict")] if one.look.conflict else []
        marks += [say("cli.link.unsure")] if one.look.unsure else []
        lines.append((" · ".join(marks), 4, ""))
        for trait in one.traits:
            said = (
                _say_names(suggested.names[one.a], suggested.names[one.b])
                if trait.name == _NAME
                else _say_trait(trait.name, trait.level)
            )
            lines.append((f"{trait.weight}  {said}", 4, ""))
        lines.append((say("cli.link.judge", a=codes[0], b=codes[1]), 4, "dim"))
    return lines


def _say_names(mine: tuple[str, ...], others: tuple[str, ...]) -> str:
    """By which reading the two names that agree most can be one."""
    found = max((compare(a, b) for a in mine for b in others), key=lambda one: one.evidence)
    return say(found.says, reading=found.reading)


def _say_trait(name: str, level: str) -> str:
    id = f"link.reason.{name}.{level.replace(' ', '_')}"
    return say(id) if known(id) else f"{name}: {level}"


def _tell_end(suggested: "Suggested", new: int, json: bool) -> None:
    show_findings(suggested.flags)
    if not json and len(suggested.found) > _MOST_SHOWN:
        tell("cli.link.more", count=len(suggested.found) - _MOST_SHOWN)
    if suggested.apart:
        tell("cli.link.apart", count=suggested.apart)
    tell(
        "cli.link.suggested",
        persons=suggested.persons,
        count=len(suggested.found),
        new=new,
        seed=suggested.seed,
        settings=suggested.settings,
        peak=measure_peak(),
    )
    tell("cli.link.nobody")
