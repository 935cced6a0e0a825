"""Everything random in a publication, drawn from one seed: so it can be made again, byte for byte.

Pure. HMAC-SHA-256 in counter mode (NIST SP 800-108r1, §4.1), the seed as key. The seed is 32 random bytes,
fresh for each publication, and lies only in the vault, sealed under the log key of its compartment. It opens
nothing that the dossier does not show: what is withheld is not in the publication at all.
"""

import hmac

SEED = 32


class Stream:
    """As many bytes as asked for, each time others; the same ones again for the same seed and label."""

    def __init__(self, seed: bytes, label: str) -> None:
        self._seed = seed
        self._label = label.encode()
        self._count = 0
        self._left = b""

    def __call__(self, length: int) -> bytes:
        while len(self._left) < length:
            self._count += 1
            # Counter first, then the label and a zero byte that ends it: no two labels share a block.
            block = self._count.to_bytes(4, "big") + self._label + b"\0"
            self._left += hmac.digest(self._seed, block, "sha256")
        taken, self._left = self._left[:length], self._left[length:]
        return taken
