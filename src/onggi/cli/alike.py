"""`onggi link VAULT`: who of the persons of a vault may be one, with reasons, for people to judge.

Identity is opened for it, which is signed. Names are shown on a terminal only: `--json` and the page of
`--report`, which leaves through `dossier`, hold codes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onggi.cli.alike_rows import describe_pair, list_lines
from onggi.cli.contracts.link import Suggestions
from onggi.cli.opening import unlock
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.ledger.view import View
from onggi.link.peak import measure_peak
from onggi.words import language

if TYPE_CHECKING:
    from onggi.link.suggested import Suggested

_MOST_SHOWN = 20  # pairs on a terminal; --json lists all


def suggest_persons(
    vault: Path,
    because: str | None,
    compartment: str | None,
    engine: str,
    seed: int,
    passphrase_file: Path | None,
    slot: int,
    json: bool,
    report: Path | None,
) -> None:
    """Compare the persons of a compartment, record what is suggested, list it, and write a page of it."""
    from onggi import __version__
    from onggi.dossier.suggesting import check_suggestions, hand_out_suggestions
    from onggi.link.account import make_account
    from onggi.link.engine import open_engine
    from onggi.link.suggest import suggest_pairs
    from onggi.link.suggested import write_suggestions

    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    if report is not None:
        check_suggestions(ledger, within, report)
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
    lines = [] if json else list_lines(suggested.found[:_MOST_SHOWN], suggested.names, view)
    account = make_account(suggested, view.call, __version__, engine, measure_peak())
    new = write_suggestions(ledger, within, view, suggested, __version__)
    if report is not None:
        answer["sha256"] = hand_out_suggestions(ledger, within, account, language(), because or "", report)
    if json:
        show_json({**answer, "recorded": new})
    for text, indent, style in lines:
        show_line(text, indent, style)
    _tell_end(suggested, new, json)
    if report is not None:
        tell("cli.link.reported")


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
        "suggestions": [describe_pair(one, view) for one in suggested.found],
    }


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
