"""Tokens come into a vault: asked for over the network, or brought in files (timestamps.md, §2 to §5).

Each is checked and kept at once, before the next is asked for: what was answered is not lost to a power cut.
Refused: keeping what stamps nothing here, and what both readers call wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onggi.errors import Finding, OnggiError
from onggi.evidence.timestamp.certificates import MOST, build_chain, list_addresses, read_papers, write_pem
from onggi.evidence.timestamp.check import Checked, Stamp, check_token
from onggi.evidence.timestamp.reply import Token, read_reply
from onggi.evidence.timestamp.send import fetch_paper, stamp_text
from onggi.evidence.timestamp.stamps import (
    Target,
    add_papers,
    check_kept,
    find_target,
    keep_reply,
    list_anchors,
    list_targets,
    tokens_of,
)
from onggi.vault.anchoring import keep_token
from onggi.vault.opened import Compartment, Vault
from onggi.vault.tokens import Kept

_MOST_FETCHED = 4
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Gained:
    """A token that was kept, and the verdict on it."""

    kept: Kept
    checked: Checked


@dataclass
class Gathered:
    """What became of replies: those that were kept, and what was found about any of them."""

    gained: list[Gained] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def ask_authorities(
    vault: Vault,
    compartment: Compartment,
    targets: Sequence[Target],
    urls: Sequence[str],
    now: int,
    papers: bytes = b"",
    roots: bytes = b"",
) -> Gathered:
    """Have every target stamped by every authority, and keep what is worth it. `now` is in milliseconds.

    An authority that does not answer is a finding, named by its place in `urls`; the others are asked.
    """
    gathered = Gathered()
    for target in targets:
        for number, url in enumerate(urls, start=1):
            where = f"tsa {number}"
            try:
                answer = stamp_text(target.stamped, url, vault.randomness, target.algorithm)
            except OnggiError as error:
                gathered.findings.append(Finding(error.id, where, {**error.values}))
                continue
            checked = _check(target, answer.reply, papers, roots, where, answer.nonce)
            beside = papers
            if checked.worth:
                beside, missing = fetch_papers(answer.reply, papers, url)
                gathered.findings += missing
            if beside != papers:
                checked = _check(target, answer.reply, beside, roots, where, answer.nonce)
            if checked.stamp is not None and abs(checked.stamp.moment - now // 1000) > _HOUR:
                gathered.findings.append(Finding("timestamp.clock", where, grave=False))
            _keep(vault, compartment, target, answer.reply, beside, now, checked, gathered)
    return gathered


def attach_replies(
    vault: Vault,
    compartments: Iterable[Compartment],
    replies: Sequence[bytes],
    now: int,
    papers: bytes = b"",
    roots: bytes = b"",
) -> Gathered:
    """Keep replies that were brought, each beside the anchor or the token that it stamps.

    Anchors of publications count too: a dossier that waits for its stamps has one, and the vault keeps it.
    """
    gathered = Gathered()
    places = [
        (compartment, target)
        for compartment in compartments
        for text in list_anchors(vault, compartment)
        for target in list_targets(text, tokens_of(vault, compartment, text))
    ]
    for number, reply in enumerate(replies, start=1):
        where = f"reply {number}"
        try:
            found = find_target(reply, [target for _, target in places])
        except OnggiError as error:
            gathered.findings.append(Finding(error.id, where))
            continue
        # What fits nothing is judged against an anchor all the same: its status may say why.
        target = found or Target("", b"")
        checked = _check(target, reply, papers, roots, where, None)
        compartment = next((one for one, other in places if other is found), None)
        if compartment is None:
            said = [one for one in checked.findings if one.code == "timestamp.rejected"]
            gathered.findings += said or [Finding("timestamp.nothing", where)]
        else:
            _keep(vault, compartment, target, reply, papers, now, checked, gathered)
    return gathered


def attach_papers(vault: Vault, compartments: Iterable[Compartment], papers: bytes, now: int) -> Gathered:
    """Keep certificates and lists (PEM) beside the replies here already of which they say something new."""
    gathered = Gathered()
    for compartment, text in [(one, text) for one in compartments for text in list_anchors(vault, one)]:
        tokens = tokens_of(vault, compartment, text)
        for reply in dict.fromkeys(one.reply for one in tokens):
            known = [one for one in tokens if one.reply == reply]
            fuller = add_papers(known, papers, now)
            checked = check_kept(fuller, text, tokens)
            said = [_sum_up(check_kept(one, text, tokens)) for one in known]
            if checked.worth and _sum_up(checked) not in said:
                keep_token(vault, compartment, fuller)
                gathered.gained.append(Gained(fuller, checked))
                gathered.findings += checked.findings
    if not gathered.gained:
        gathered.findings.append(Finding("timestamp.papers", "papers"))
    return gathered


def fetch_papers(reply: bytes, papers: bytes, asked: str) -> tuple[bytes, list[Finding]]:
    """Certificates and lists (PEM) as of now for a reply that was checked, from where its certificates say.

    Goes over the network. `asked` is the authority's own address; what cannot be had is a finding.
    """
    token = read_reply(reply).token
    if token is None:
        return papers, []
    findings: list[Finding] = []
    papers = _fetch_issuers(token, papers, asked, findings)
    known = read_papers(papers)
    chain = build_chain(token, known.certificates, ())
    certificates = chain.certificates[:-1] if chain and chain.ends else chain.certificates if chain else ()
    for one in certificates[:_MOST_FETCHED]:
        for url in list_addresses(one)[1][:1]:
            papers += _fetch(url, asked, MOST - len(papers), findings)
    return papers, findings


def _fetch_issuers(token: Token, papers: bytes, asked: str, findings: list[Finding]) -> bytes:
    """Certificates upwards, as far as they name where their issuer is to be had."""
    for _ in range(_MOST_FETCHED):
        chain = build_chain(token, read_papers(papers).certificates, ())
        if chain is None or chain.ends:
            break
        urls = list_addresses(chain.certificates[-1])[0][:1]
        found = b"".join(_fetch(url, asked, MOST - len(papers), findings) for url in urls)
        if not found or found in papers:
            break
        papers += found
    return papers


def _fetch(url: str, asked: str, room: int, findings: list[Finding]) -> bytes:
    """What lies there as PEM; nothing where more came than there is room for beside what is known."""
    try:
        found = read_papers(fetch_paper(url, asked))
        text = write_pem((*found.certificates, *found.lists))
        if len(text) > room:
            raise OnggiError("timestamp.large")
        return text
    except OnggiError:
        findings.append(Finding("timestamp.fetch", "network", grave=False))
        return b""


def _sum_up(checked: Checked) -> tuple[Stamp | None, frozenset[str]]:
    """A verdict without the place that its findings name."""
    return checked.stamp, frozenset(finding.code for finding in checked.findings)


def _check(
    target: Target, reply: bytes, papers: bytes, roots: bytes, where: str, nonce: int | None
) -> Checked:
    return check_token(
        reply,
        target.stamped,
        algorithm=target.algorithm,
        chain=papers,
        roots=roots,
        nonce=nonce,
        where=where,
    )


def _keep(
    vault: Vault,
    compartment: Compartment,
    target: Target,
    reply: bytes,
    papers: bytes,
    now: int,
    checked: Checked,
    gathered: Gathered,
) -> None:
    gathered.findings += checked.findings
    if checked.worth:
        kept = keep_reply(vault, compartment, target, reply, papers, now)
        gathered.gained.append(Gained(kept, checked))
