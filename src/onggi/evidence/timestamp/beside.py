"""The verdict on a token that lies beside its anchor in a bag (proof.md §5): nothing is left open.

In a bag the root is the last of the chain and no other, each file has one spelling, and whoever stands on a
list is withdrawn, whenever that was. One finding at most, named by the first check of proof.md §6 that
fails, as `verify.sh` names it.
"""

from dataclasses import replace

from onggi.errors import Finding, OnggiError
from onggi.evidence.timestamp.certificates import (
    Chain,
    build_chain,
    is_cleared,
    is_linked,
    is_spelled,
    judge_lists,
    lists_of,
    read_papers,
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
    if not (_is_granted(reply) and is_spelled(chain, b"CERTIFICATE")):
        return Checked((Finding("evidence.token.form", where),))
    root = _find_root(chain)
    checked = check_token(reply, anchor, chain=chain, roots=root, where=where)
    codes = {finding.code for finding in checked.findings}
    fault = _find_fault(checked, root, lists)
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


def _is_granted(reply: bytes) -> bool:
    try:
        read = read_reply(reply)
    except OnggiError:
        return False
    return read.status == _GRANTED and not read.behind


def _find_root(chain: bytes) -> bytes:
    """The last certificate of a chain, PEM; nothing where they do not lead to it, each signed by the next."""
    try:
        certificates = read_papers(chain).certificates
    except OnggiError:
        return b""
    return write_pem(certificates[-1:]) if is_linked(certificates) else b""


def _find_fault(checked: Checked, root: bytes, lists: bytes) -> str:
    if any(finding.code == "timestamp.imprint" for finding in checked.findings):
        return "imprint"
    if not (root and checked.valid and checked.chain and checked.chain.pinned and checked.chain.rooted):
        return "signature"
    return "revocation" if lists and not _clears(lists, checked.chain) else ""


def _clears(lists: bytes, chain: Chain) -> bool:
    try:
        return is_spelled(lists, b"X509 CRL") and is_cleared(chain, read_papers(lists).lists)
    except OnggiError:
        return False
