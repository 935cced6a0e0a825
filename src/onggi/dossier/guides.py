"""What goes along in every bag for people: how to check it, the checker, the format.

Reads package data and nothing else. FORMAT.md is docs/design/proof.md, byte for byte (a test compares them):
whoever holds a bag can write a second verifier without us.
"""

from importlib.resources import files

from onggi.evidence.bag import GUIDES


def load_guides() -> dict[str, bytes]:
    """The guides as files of a bag."""
    return {name: files(__package__).joinpath(name).read_bytes() for name in GUIDES}
