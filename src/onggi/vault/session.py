"""A write session: the lock, a device of its own in a copy, and what a crash left (§9, §11)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from onggi.errors import OnggiError
from onggi.vault.enrol import settle_in
from onggi.vault.opened import Vault
from onggi.vault.writing import check_behind, recover


@contextmanager
def write_session(vault: Vault) -> Iterator[None]:
    """Be the one writer of a vault that has been read afresh.

    Whoever interrupts it leaves a folder that looks as after a finished write.

    Raises:
        OnggiError: `vault.folder.busy` while another writes, `vault.writing.behind` where acknowledged
        commits are gone.
    """
    with vault.folder.locked():
        vault.load()
        if not settle_in(vault):
            check_behind(vault)
        recover(vault)
        try:
            yield
        except KeyboardInterrupt:
            # Nothing is wrong with the disk: what a crash would leave until the next write is cleared up now.
            vault.load()
            recover(vault)
            raise
        except (OSError, OnggiError):
            # A full disk gets back at once what was begun; nothing else is tried on one that has failed.
            with suppress(OSError):
                vault.folder.sweep()
            raise
