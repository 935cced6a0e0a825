"""`onggi timestamp`: since when the record stands, said by authorities outside."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli import opening
from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.stamps import AnchorRow, HealthRow, Requested, Stamped, TokenRow
from onggi.cli.help import Command
from onggi.cli.reading import read_input
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.cli.trails import describe_trail, show_trail, tell_limits
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.calendar.gather import Gathered as Trails
from onggi.evidence.calendar.gather import (
    ask_calendars,
    attach_trails,
    carry_question,
    complete_trails,
    list_awaited,
)
from onggi.evidence.calendar.header import Header
from onggi.evidence.timestamp.check import Checked, say_moment
from onggi.evidence.timestamp.gather import Gathered, ask_authorities, attach_papers, attach_replies
from onggi.evidence.timestamp.health import Health, find_targets, read_health
from onggi.evidence.timestamp.stamps import Target
from onggi.ledger.ledger import Ledger
from onggi.vault.opened import Compartment as Opened
from onggi.vault.tokens import Kept
from onggi.words import say
from onggi.words.digits import group_digits

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Papers = Annotated[
    list[Path] | None,
    typer.Option("--chain", metavar="PEM", help=say("cli.timestamp.chain"), show_default=False),
]
Roots = Annotated[
    list[Path] | None,
    typer.Option("--root", metavar="PEM", help=say("cli.timestamp.root"), show_default=False),
]


@app.command(cls=Command, help=say("cli.timestamp.help"))
def timestamp(
    vault: VaultPath,
    tsa: Annotated[
        list[str] | None,
        typer.Option("--tsa", metavar="URL", help=say("cli.timestamp.tsa"), show_default=False),
    ] = None,
    request: Annotated[
        Path | None,
        typer.Option("--request", metavar="FILE", help=say("cli.timestamp.request"), show_default=False),
    ] = None,
    attach: Annotated[
        list[Path] | None,
        typer.Option("--attach", metavar="FILE", help=say("cli.timestamp.attach"), show_default=False),
    ] = None,
    calendar: Annotated[
        list[str] | None,
        typer.Option("--calendar", metavar="URL", help=say("cli.timestamp.calendar"), show_default=False),
    ] = None,
    ots: Annotated[bool, typer.Option("--ots", help=say("cli.timestamp.ots"))] = False,
    headers: Annotated[
        Path | None,
        typer.Option("--headers", metavar="FILE", help=say("cli.timestamp.headers"), show_default=False),
    ] = None,
    renew: Annotated[bool, typer.Option("--renew", help=say("cli.timestamp.renew"))] = False,
    chain: Papers = None,
    root: Roots = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Have anchors stamped, keep what authorities answer, and say how long proofs last."""
    from onggi.evidence.calendar.header import MOST as MOST_HEADERS
    from onggi.evidence.calendar.header import read_headers
    from onggi.evidence.calendar.trail import is_trail
    from onggi.evidence.timestamp.certificates import MOST as MOST_PAPERS
    from onggi.evidence.timestamp.certificates import read_papers
    from onggi.evidence.timestamp.reply import MOST
    from onggi.evidence.timestamp.send import read_host

    asked = [bool(tsa), bool(calendar), request is not None, bool(attach)]
    apart = [
        sum(asked) > 1,
        renew and not any(asked[:3]),
        chain and bool(calendar or request),
        ots and (request is None or renew),
        headers is not None and bool(tsa or request or (calendar and not renew)),
    ]
    if any(apart):
        raise OnggiError("cli.timestamp.together", exit_code=Exit.USAGE)
    hosts = [read_host(url) for url in (*(tsa or ()), *(calendar or ()))]
    given = [read_input(file, MOST, "cli.timestamp.file") for file in attach or ()]
    papers, roots = (_read_all(files or [], MOST_PAPERS) for files in (chain, root))
    read_papers(papers)
    if root and not read_papers(roots).certificates:  # else every authority would be taken for hers
        raise OnggiError("timestamp.pem", exit_code=Exit.USAGE)
    blocks = read_headers(_read_all([headers], MOST_HEADERS)) if headers else {}
    ledger = opening.unlock(vault, slot, passphrase_file)
    now = opening.read_clock()
    within = [ledger.vault.compartment(compartment)] if compartment else ledger.vault.compartments
    if attach:
        replies, trails = ([one for one in given if is_trail(one) is meant] for meant in (False, True))
        brought = attach_trails(ledger.vault, within, trails, now, blocks)
        gathered = attach_replies(ledger.vault, within, replies, now, papers, roots)
        _tell_gathered(gathered, len(replies), brought, json)
    elif request is not None:
        _write_request(ledger, ledger.vault.compartment(compartment), request, renew, ots, now, json)
    elif calendar:
        place = ledger.vault.compartment(compartment)
        _tell_gathered(Gathered(), 0, _ask_calendars(ledger, place, calendar, renew, now, blocks), json)
    elif tsa:
        place = ledger.vault.compartment(compartment)
        targets = find_targets(ledger.vault, place, renew, now)
        for host in hosts if targets else ():
            tell("cli.timestamp.reveals", host=host)
        gathered = ask_authorities(ledger.vault, place, targets, tsa, now, papers, roots)
        if not targets:
            tell("cli.timestamp.fresh")
        _tell_gathered(gathered, len(tsa) * len(targets), Trails(), json)
    elif papers:
        gathered = attach_papers(ledger.vault, within, papers, now)
        _tell_gathered(gathered, max(1, len(gathered.gained)), Trails(), json)
    else:
        healths = [read_health(ledger.vault, one, now // 1000, roots, blocks) for one in within]
        _tell_health(healths, json)


def _ask_calendars(
    ledger: Ledger, place: Opened, urls: list[str], renew: bool, now: int, blocks: Mapping[int, Header]
) -> Trails:
    """Give the calendars an anchor, or ask them what became of what they were given."""
    from onggi.evidence.timestamp.send import read_host
    from onggi.vault.anchoring import require_release

    if not renew:
        text = find_targets(ledger.vault, place, False, now)[0].stamped
        for url in urls:
            tell("cli.trail.reveals", host=read_host(url))
        return ask_calendars(ledger.vault, place, text, urls, now)
    require_release(ledger.vault, place)
    awaited = list_awaited(ledger.vault, place, urls)
    for url in awaited:
        tell("cli.trail.asks", host=read_host(url))
    if not awaited:
        tell("cli.trail.fresh")
    return complete_trails(ledger.vault, place, awaited, now, blocks)


def _read_all(files: list[Path], most: int) -> bytes:
    return b"\n".join(read_input(file, most, "cli.timestamp.file") for file in files)


def _write_request(
    ledger: Ledger, place: Opened, out: Path, renew: bool, ots: bool, now: int, as_json: bool
) -> None:
    from onggi.dossier.release import release_request
    from onggi.evidence.timestamp.request import make_request

    targets = find_targets(ledger.vault, place, renew, now)
    if ots:
        release_request(carry_question(place, targets[0].stamped), out)
    elif targets:
        release_request(make_request(targets[0].stamped, targets[0].algorithm, opening.randomness).raw, out)
    first = targets[0] if targets else Target("", b"")
    left = max(len(targets) - 1, 0)
    if as_json:
        show_json(
            Requested(
                request=str(out) if targets else None,
                anchor=first.anchor or None,
                renews=first.renews or None,
                left=left,
            )
        )
    said = "cli.trail.carries" if ots else "cli.timestamp.carries"
    tell(said if targets else "cli.timestamp.fresh")
    if left:
        tell("cli.timestamp.left", count=left)


def _tell_gathered(gathered: Gathered, wanted: int, brought: Trails, as_json: bool) -> None:
    ok = sum(one.checked.valid for one in gathered.gained) == wanted and brought.well
    rows = [_describe(one.kept, one.checked, False) for one in gathered.gained]
    trails = [describe_trail(one) for one in brought.held]
    findings = [*gathered.findings, *brought.findings]
    if as_json:
        said = [describe_finding(finding) for finding in findings]
        show_json(Stamped(ok=ok, tokens=rows, trails=trails, findings=said))
    else:
        for row in rows:
            _show_token(row, 0)
        for trail in trails:
            show_trail(trail, 0)
        _show_notes(findings, [one.checked for one in gathered.gained])
        tell_limits(trails)
    if wanted:
        tell("cli.timestamp.kept", count=len(rows))
    if brought.wanted:
        tell("cli.trail.count", count=len(trails))
    raise typer.Exit(Exit.WELL if ok else Exit.FINDINGS)


def _tell_health(healths: list[Health], as_json: bool) -> None:
    findings = [finding for one in healths for finding in one.findings]
    rows = [_describe_health(one) for one in healths]
    if as_json:
        show_json(rows)
    else:
        for row in rows:
            show_line(
                say(
                    "cli.timestamp.health",
                    name=row["compartment"],
                    commits=row["commits"],
                    anchored=row["anchored"],
                    stamped=row["stamped"],
                )
            )
            for anchor in row["anchors"]:
                values = {"commits": anchor["commits"], "tokens": len(anchor["tokens"])}
                show_line(say("cli.timestamp.anchor", anchor=anchor["anchor"][:16], **values), 2)
                for token in anchor["tokens"]:
                    _show_token(token, 4)
                for trail in anchor["trails"]:
                    show_trail(trail, 4)
        checked = [one.checked for each in healths for anchor in each.anchors for one in anchor.tokens]
        _show_notes(findings, checked)
        tell_limits([trail for row in rows for anchor in row["anchors"] for trail in anchor["trails"]])
    raise typer.Exit(Exit.FINDINGS if any(finding.grave for finding in findings) else Exit.WELL)


def _describe_health(health: Health) -> HealthRow:
    anchors = [
        AnchorRow(
            anchor=anchor.hash,
            commits=anchor.commits,
            tokens=[_describe(one.kept, one.checked, one.renewed) for one in anchor.tokens],
            trails=[describe_trail(one) for one in anchor.trails],
        )
        for anchor in health.anchors
    ]
    return HealthRow(
        compartment=health.compartment,
        commits=health.commits,
        anchored=health.anchored,
        stamped=health.stamped,
        anchors=anchors,
        unchecked=health.unchecked,
        findings=[describe_finding(finding) for finding in health.findings],
    )


def _describe(kept: Kept, checked: Checked, renewed: bool) -> TokenRow:
    stamp = checked.stamp
    return TokenRow(
        token=kept.id,
        anchor=kept.anchor,
        renews=kept.renews or None,
        valid=checked.valid,
        time=stamp.time if stamp else None,
        authority=stamp.authority if stamp else None,
        fingerprint=stamp.fingerprint if stamp else None,
        root=stamp.root if stamp else None,
        root_fingerprint=stamp.root_fingerprint if stamp else None,
        complete=stamp.complete if stamp else None,
        listed=stamp.listed if stamp else None,
        algorithm=stamp.algorithm if stamp else None,
        key=stamp.key if stamp else None,
        renew_by=say_moment(stamp.renew_by)[:10] if stamp else None,
        renewed=renewed,
    )


def _show_token(row: TokenRow, indent: int) -> None:
    token = row["token"][:16]
    if row["time"] is None:
        show_line(say("cli.timestamp.unread", token=token), indent)
        return
    said = "cli.timestamp.good" if row["valid"] else "cli.timestamp.bad"
    show_line(say(said, time=row["time"], authority=str(row["authority"]), token=token), indent)
    show_line(say("cli.timestamp.print", fingerprint=group_digits(str(row["fingerprint"]))), indent + 4)
    ages = "cli.timestamp.renewed" if row["renewed"] else "cli.timestamp.ages"
    values = {"algorithm": str(row["algorithm"]), "key": str(row["key"])}
    if not row["renewed"]:
        values["day"] = str(row["renew_by"])
    show_line(say(ages, **values), indent + 4)


def _show_notes(findings: list[Finding], checked: list[Checked]) -> None:
    """Findings on stderr, what could not be checked, and that trust is the reader's own."""
    show_findings(findings)
    show_findings(
        [Finding(code, "openssl") for code in sorted({code for one in checked for code in one.not_checked})]
    )
    if any(one.stamp is not None for one in checked):
        tell("cli.timestamp.trust")
