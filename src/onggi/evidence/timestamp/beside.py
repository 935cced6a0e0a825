"""The verdict on a token that lies beside its anchor in a bag (proof.md §5): nothing is left open.

In a bag the root is the last of the chain and no other, each file has one spelling, and whoever stands on a
list is withdrawn, whenever that was. One finding at most, named by the first check of proof.md §6 that
fails, as `verify.sh` names it.
"""

from dataclasses import replace

from onggi.errors import Finding, OnggiError
from onggi.evidence.timestamp.certificates import (
    build_chain,
    is_cleared,
    judge_lists,
    lists_of,
    read_papers,
    read_spelled,
    write_pem,
)
from onggi.evidence.timestamp.check import Checked, check_token
from onggi.evidence.timestamp.reply import read_reply

UNABLE = "timestamp.unchecked.reader"

_MOST_LISTS = 16
_GRANTED = 0  # and not 1, with modifications: nobody asked for anything that could be modified


def check_beside(reply: bytes, anchor: bytes, chain: bytes, lists: bytes, where: str) -> Checked:
    """Judge a reply over an anchor file, with the chain and the lists (none if empty) that lie beside it.

    Never raises. What one of two readers could not judge is in `not_checked`.
    """
    root = _read_root(reply, chain)
    if not root:
        return Checked((Finding("evidence.token.form", where),))
    checked = check_token(reply, anchor, chain=chain, roots=root, where=where)
    codes = {finding.code for finding in checked.findings}
    fault = _find_fault(checked, lists)
    return replace(
        checked,
        findings=(Finding(f"evidence.token.{fault}", where),) if fault else (),
        not_checked=(*checked.not_checked, *[UNABLE] * ("timestamp.unable" in codes)),
    )


def lay_beside(reply: bytes, papers: bytes) -> tuple[bytes, bytes] | None:
    """The chain and the lists that lie beside a token in a bag, out of all that is known (PEM).

    None where no chain of it has an end, or a list tells that it is withdrawn: in a bag that has no place. Of
    several lists the latest are taken.
    """
    try:
        token, known = read_reply(reply).token, read_papers(papers)
    except OnggiError:
        return None
    built = build_chain(token, known.certificates, ()) if token else None
    if token is None or built is None or not built.rooted:
        return None
    told, _ = judge_lists(built, known.lists, token.moment, "")
    own = lists_of(built, known.lists)
    if any(finding.grave for finding in told) or (own and not is_cleared(built, own)):
        return None
    return write_pem(built.certificates), write_pem(own[-_MOST_LISTS:])


def _read_root(reply: bytes, chain: bytes) -> bytes:
    """The last certificate of a chain, PEM; nothing where that or the reply has not the form of a bag."""
    try:
        read, papers = read_reply(reply), read_spelled(chain)
    except OnggiError:
        return b""
    well = read.status == _GRANTED and not read.behind and not papers.lists
    return write_pem(papers.certificates[-1:]) if well else b""


def _find_fault(checked: Checked, lists: bytes) -> str:
    if any(finding.code == "timestamp.imprint" for finding in checked.findings):
        return "imprint"
    if not checked.valid or not checked.chain or not (checked.chain.pinned and checked.chain.rooted):
        return "signature"
    try:
        papers = read_spelled(lists)
    except OnggiError:
        return "revocation"
    if lists and (papers.certificates or not is_cleared(checked.chain, papers.lists)):
        return "revocation"
    return ""
