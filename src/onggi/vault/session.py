"""A write session: the lock, a device of its own in a copy, and what a crash left (§9, §11)."""

from collections.abc import Iterator
from contextlib import contextmanager

from onggi.vault.enrol import settle_in
from onggi.vault.opened import Vault
from onggi.vault.writing import check_behind, recover


@contextmanager
def write_session(vault: Vault) -> Iterator[None]:
    """Be the one writer of a vault that has been read afresh.

    Raises:
        OnggiError: `vault.folder.busy` while another writes, `vault.writing.behind` where acknowledged
        commits are gone.
    """
    with vault.folder.locked():
        vault.load()
        if not settle_in(vault):
            check_behind(vault)
        recover(vault)
        yield
