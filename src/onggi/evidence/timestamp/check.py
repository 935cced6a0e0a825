"""The verdict on one token: what it says, who vouches, whether two readers accept it (timestamps.md, §3).

Knows no vault, so that a stranger can use it; asks no clock, since a token is judged at its own time.
`check_token` never raises, whatever it is given as a reply.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from onggi.errors import Finding, OnggiError
from onggi.evidence.timestamp.certificates import (
    Chain,
    Papers,
    build_chain,
    covers_moment,
    fingerprint,
    judge_lists,
    quietly,
    read_papers,
    renew_before,
    say_key,
    say_name,
    write_pem,
)
from onggi.evidence.timestamp.library import ask_library, can_read
from onggi.evidence.timestamp.openssl import Answer, ask_openssl
from onggi.evidence.timestamp.reply import GRANTED, Token, read_reply, sort_certificates
from onggi.evidence.timestamp.request import HASHES, hash_stamped

UNCHECKED = "timestamp.unchecked.openssl"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token says, and who vouches for it.

    Moments are seconds since 1970, UTC; fingerprints are SHA-256, hex. `root` and `root_fingerprint` are of
    the chain's end, a root only if `complete`; `pinned` if the reader has fixed it.
    """

    moment: int
    authority: str
    fingerprint: str
    root: str
    root_fingerprint: str
    complete: bool
    pinned: bool
    listed: bool
    algorithm: str
    key: str
    policy: str
    renew_by: int

    @property
    def time(self) -> str:
        """The token's time, ISO 8601, UTC."""
        return say_moment(self.moment)


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a reply. `stamp` is None where it says nothing that could be judged."""

    findings: tuple[Finding, ...]
    stamp: Stamp | None = None
    not_checked: tuple[str, ...] = ()
    worth: bool = False
    """Whether it fits what is stamped and is to be kept: it is good, or nobody could say it is not."""
    chain: Chain | None = None
    """The certificates by which it was judged."""

    @property
    def valid(self) -> bool:
        """Whether it shows that what is stamped existed at the time of `stamp`, if one trusts who signed."""
        return self.stamp is not None and not any(finding.grave for finding in self.findings)


@quietly()
def check_token(
    reply: bytes,
    stamped: bytes,
    *,
    algorithm: str = "sha256",
    chain: bytes = b"",
    lists: bytes = b"",
    roots: bytes = b"",
    nonce: int | None = None,
    policy: str | None = None,
    where: str = "token",
) -> Checked:
    """Judge a reply over the bytes `stamped`, with certificates and lists that came beside it (PEM).

    `roots` (PEM) are those that the reader trusts, `nonce` and `policy` what was asked; `where` is the place
    that findings name. `chain` and `lists` that cannot be read count as not there.
    """
    token, against = _read(reply, stamped, algorithm, nonce, policy, where)
    if token is None:
        return Checked(tuple(against))
    papers, pins = _read_papers(chain + lists), _read_papers(roots).certificates
    built = build_chain(token, papers.certificates, pins)
    if built is None:
        against.append(Finding("timestamp.certificate", where))
        return Checked(tuple(against), worth=not any(one.code != "timestamp.certificate" for one in against))
    findings, lists_for_it = judge_lists(built, papers.lists, token.moment, where)
    # openssl counts whoever stands on a list as withdrawn from the first; so it is given lists to confirm.
    clean = not {"timestamp.revoked", "timestamp.withdrawn"} & {finding.code for finding in findings}
    shown = [one for one in lists_for_it if clean and covers_moment(one, token.moment)]
    if not built.ends:
        findings.append(Finding("timestamp.chain", where, grave=False))
    if roots and not built.pinned:
        findings.append(Finding("timestamp.root", where))
    answers: dict[str, Answer] = {}
    told: list[Finding] = []
    unchecked: tuple[str, ...] = ()
    # Readers have nothing to say of a token over something else.
    if not any(one.code == "timestamp.imprint" for one in against):
        answers = _ask(reply, stamped, algorithm, token, built, write_pem(shown), findings, where)
        told, unchecked = _weigh(answers, where)
    stamp = Stamp(
        token.moment,
        say_name(built.certificates[0]),
        fingerprint(built.certificates[0]),
        say_name(built.certificates[-1]),
        fingerprint(built.certificates[-1]),
        built.ends,
        built.pinned,
        bool(lists_for_it),
        algorithm,
        say_key(built.certificates[0]),
        token.policy,
        renew_before(built),
    )
    refused = Answer.WRONG in answers.values() and Answer.RIGHT not in answers.values()
    worth = not against and not (refused and built.ends)
    return Checked((*against, *findings, *told), stamp, unchecked, worth, built)


def say_moment(moment: int) -> str:
    """A moment as ISO 8601, UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(
    reply: bytes, stamped: bytes, algorithm: str, nonce: int | None, policy: str | None, where: str
) -> tuple[Token | None, list[Finding]]:
    """The token in a reply, and what speaks against it before any signature is looked at."""
    try:
        read = read_reply(reply)
    except OnggiError as error:
        return None, [Finding(error.id, where)]
    if read.token is None or read.status not in GRANTED:
        return None, [Finding("timestamp.rejected", where, {"status": read.status})]
    token, against = read.token, []
    if read.behind:
        against.append(Finding("timestamp.behind", where, {"count": read.behind}))
    if (token.algorithm, token.digest) != (HASHES[algorithm], hash_stamped(stamped, algorithm)):
        against.append(Finding("timestamp.imprint", where))
    if nonce is not None and token.nonce != nonce:
        against.append(Finding("timestamp.nonce", where))
    if policy is not None and token.policy != policy:
        against.append(Finding("timestamp.policy", where))
    return token, against


def _read_papers(data: bytes) -> Papers:
    try:
        return read_papers(data)
    except OnggiError:
        return Papers()


def _ask(
    reply: bytes,
    stamped: bytes,
    algorithm: str,
    token: Token,
    chain: Chain,
    shown: bytes,
    findings: list[Finding],
    where: str,
) -> dict[str, Answer]:
    """What each reader says; that one was given another order of certificates is told."""
    ordered = reply
    if not can_read(reply):
        ordered = sort_certificates(reply, token)
        if can_read(ordered):
            findings.append(Finding("timestamp.order", where, grave=False))
    library = ask_library(ordered, hash_stamped(stamped, algorithm), chain) if chain.rooted else Answer.UNABLE
    openssl = ask_openssl(
        reply,
        stamped,
        chain.top_pem + shown,
        chain.rest_pem,
        token.moment,
        partial=not chain.ends or chain.pinned,
        listed=bool(shown),
    )
    return {"rfc3161-client": library, "openssl": openssl}


def _weigh(answers: dict[str, Answer], where: str) -> tuple[list[Finding], tuple[str, ...]]:
    """What follows from what the readers say (timestamps.md, §4)."""
    said = {answer: name for name, answer in answers.items()}
    unchecked = (UNCHECKED,) if Answer.ABSENT in said else ()
    if Answer.RIGHT in said and Answer.WRONG in said:
        values: dict[str, str | int] = {"right": said[Answer.RIGHT], "wrong": said[Answer.WRONG]}
        return [Finding("timestamp.readers", where, values)], unchecked
    if Answer.RIGHT not in said:
        return [Finding("timestamp.signature", where)], unchecked
    if Answer.UNABLE in said:
        return [Finding("timestamp.unable", where, {"reader": said[Answer.UNABLE]}, grave=False)], unchecked
    return [], unchecked
