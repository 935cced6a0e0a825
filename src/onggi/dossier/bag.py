"""Statements and their proofs as the files of a bag (proof.md §5). Pure: a bag is a mapping from path to
bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.evidence.bag import ANCHOR, ED25519_KEY, MLDSA_KEY, SIGNERS, seal_bag, statement_folder
from onggi.proof.anchor import Anchor
from onggi.proof.inclusion import Inclusion, make_proof, render_proof
from onggi.proof.leaf import SLOT_NAMES, Disclosed, Disclosure
from onggi.proof.signature import PublicKey


@dataclass(frozen=True, slots=True)
class ProvenStatement:
    """A statement as it is shown: its slots, its way to the anchor, and its sentences for people to read."""

    slots: tuple[Disclosure, ...]
    inclusion: Inclusion
    reading: str


def build_bag(
    statements: Sequence[ProvenStatement],
    anchor: Anchor,
    public: PublicKey,
    guides: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The files of a bag that shows `statements` under `anchor`, which `public` signed."""
    files = {
        **guides,
        ANCHOR: anchor.text,
        ED25519_KEY: public.ed25519_pem,
        MLDSA_KEY: public.mldsa_pem,
        SIGNERS: public.ssh_line,
    }
    for number, statement in enumerate(statements, start=1):
        folder = statement_folder(number)
        files[folder + "proof.txt"] = render_proof(make_proof(statement.slots, statement.inclusion))
        files[folder + "read.txt"] = statement.reading.encode()
        for name, part in zip(SLOT_NAMES, statement.slots, strict=True):
            if isinstance(part, Disclosed):
                files[f"{folder}{name}.json"] = part.slot
    return files | seal_bag(files)
