"""What is kept of a publication in the vault, so that it can be made again byte for byte.

Floor 5; reads and writes the vault. A dossier is often made in two goes: prepared, then stamped or signed by
a second member, then handed over. What is handed over is what was prepared.
"""

from onggi.dossier.seed import SEED, Stream
from onggi.vault.opened import Compartment, Vault
from onggi.vault.publications import Prepared, write_publication
from onggi.vault.session import write_session
from onggi.vault.writing import store_entry, write_objects


def find_prepared(vault: Vault, compartment: Compartment, plan: str) -> Prepared | None:
    """What was prepared under a plan, the latest; None if nothing was."""
    found = [one for one in vault.publications(compartment) if one.plan == plan]
    return max(found, key=lambda one: one.moment, default=None)


def new_prepared(vault: Vault, plan: str, moment: int) -> Prepared:
    """A new seed for a plan, as of a moment in milliseconds; nothing is signed yet."""
    return Prepared(plan, vault.randomness(SEED), moment, b"")


def keep_prepared(vault: Vault, compartment: Compartment, prepared: Prepared) -> None:
    """Keep what was signed; durable when this returns."""
    name = compartment.id
    with write_session(vault):
        domain = vault.compartment(name).log_domain
        write_objects(vault, {domain: [store_entry(vault, write_publication(prepared), "publication")]})


def stream_dataset(prepared: Prepared) -> Stream:
    """What ids and codes are drawn from."""
    return Stream(prepared.seed, "onggi dataset")


def stream_tree(prepared: Prepared) -> Stream:
    """What salts and padding are drawn from."""
    return Stream(prepared.seed, "onggi publication")
