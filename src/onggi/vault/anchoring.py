"""Anchors made where they are wanted, and the time stamps that are kept over them (§10).

Writes in a session of its own; whoever has read the vault reads it afresh afterwards. Refused: an anchor by
whoever was not granted to release, since what it signs is shown outside.
"""

from dataclasses import replace
from hashlib import sha256

from onggi.errors import Exit, OnggiError
from onggi.proof.signature import Signer
from onggi.vault.anchors import Anchoring, make_anchor, read_anchor
from onggi.vault.opened import Compartment, Vault
from onggi.vault.session import write_session
from onggi.vault.tokens import Kept, write_token
from onggi.vault.trails import KeptTrail, write_trail
from onggi.vault.writing import store_entry, write_objects


def require_release(vault: Vault, compartment: Compartment) -> Signer:
    """The publication key. Refuses with `vault.anchors.release` whoever was not granted to show outside."""
    if vault.publication is None or vault.device.id not in compartment.grants.release:
        raise OnggiError("vault.anchors.release", exit_code=Exit.REFUSED)
    return vault.publication


def cover_commit(vault: Vault, compartment: Compartment, commit: str) -> Anchoring:
    """An anchor that covers a commit; a new one over all commits of the compartment where there is none."""
    for anchoring in vault.anchors(compartment):
        if commit in anchoring.ways:
            return anchoring
    return _make(vault, compartment)


def cover_all(vault: Vault, compartment: Compartment) -> Anchoring:
    """An anchor that covers every commit of a compartment, the latest among those there are; or a new one."""
    found = find_cover(vault, compartment)
    return found if found is not None else _make(vault, compartment)


def find_cover(vault: Vault, compartment: Compartment) -> Anchoring | None:
    """An anchor that covers every commit of a compartment, if there is one.

    Of several it is the one with the most tokens and trails, so that what was begun is gone on with.
    """
    commits = {step.hash for step in compartment.history.steps()}
    kept = [one.anchor for one in vault.tokens(compartment)]
    kept += [one.anchor for one in vault.trails(compartment)]
    covers = [one for one in vault.anchors(compartment) if commits <= one.ways.keys()]
    return max(covers, key=lambda one: kept.count(sha256(one.text).hexdigest()), default=None)


def keep_token(vault: Vault, compartment: Compartment, kept: Kept) -> None:
    """Keep a token beside the anchors of a compartment; durable when this returns. None is kept twice."""
    name = compartment.id
    with write_session(vault):
        compartment = vault.compartment(name)
        if any(replace(one, when=kept.when) == kept for one in vault.tokens(compartment)):
            return
        write_objects(vault, {compartment.log_domain: [store_entry(vault, write_token(kept), "token")]})


def keep_trail(vault: Vault, compartment: Compartment, kept: KeptTrail) -> None:
    """Keep a trail beside the anchors of a compartment; durable when this returns. None is kept twice."""
    name = compartment.id
    with write_session(vault):
        compartment = vault.compartment(name)
        if any(replace(one, when=kept.when) == kept for one in vault.trails(compartment)):
            return
        write_objects(vault, {compartment.log_domain: [store_entry(vault, write_trail(kept), "trail")]})


def _make(vault: Vault, compartment: Compartment) -> Anchoring:
    name = compartment.id
    require_release(vault, compartment)  # before the lock is taken, and again as it stands then
    with write_session(vault):
        compartment = vault.compartment(name)
        signer = require_release(vault, compartment)
        stored = make_anchor(compartment.history.steps(), signer, vault.randomness)
        write_objects(vault, {compartment.log_domain: [store_entry(vault, stored, "anchor")]})
    return read_anchor(stored)
