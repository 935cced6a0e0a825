"""A vault to count in: the one of the ledger's tests."""

from tests.ledger.conftest import bench, cheap_passphrases, template

__all__ = ["bench", "cheap_passphrases", "template"]
