"""How alike plain words are: one or two slips apart, or hardly alike (§2).

A slip is a letter lost, added, changed, or swapped with its neighbour. Distances are counted for many pairs
at once with the bits of whole numbers (Hyyrö 2003), so that no pair costs a loop of Python's.

Floor 4. Pure. Words are compared up to their first 64 letters. Refused: nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LONGEST = 64
FAR = 3
_BATCH = 1 << 18

Bits = NDArray[np.uint64]


class Words:
    """Words as rows of letters, and of each the set of its letters as bits."""

    def __init__(self, words: Sequence[str]) -> None:
        cut = [word[:LONGEST] for word in words]
        width = max(map(len, cut), default=1) or 1
        packed = np.array(cut, f"U{width}") if cut else np.empty(0, f"U{width}")
        self.letters: NDArray[np.uint32] = packed.view(np.uint32).reshape(len(cut), width)
        self.lengths = np.fromiter(map(len, cut), np.int64, len(cut))
        self.bags = np.zeros(len(cut), np.uint64)
        for column in range(width):
            letters = self.letters[:, column]
            bit = np.uint64(1) << (letters % np.uint32(64)).astype(np.uint64)
            self.bags |= np.where(letters > 0, bit, np.uint64(0))

    def count_slips(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int8]:
        """Slips between words of these numbers: 0, 1, 2, or 3 for more."""
        slips = np.full(len(first), FAR, np.int8)
        near = np.abs(self.lengths[first] - self.lengths[second]) < FAR
        # One slip changes at most two letters of a word, so two of the set.
        near &= np.bitwise_count(self.bags[first] ^ self.bags[second]) <= 4
        places = np.flatnonzero(near)
        for start in range(0, len(places), _BATCH):
            some = places[start : start + _BATCH]
            slips[some] = self._measure(first[some], second[some])
        return slips

    def _measure(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int8]:
        """Optimal string alignment, Hyyrö's bit-parallel form, over all pairs at once."""
        a, b, lengths = self.letters[first], self.letters[second], self.lengths[first]
        zero, one = np.uint64(0), np.uint64(1)
        plus = np.full(len(first), ~zero)
        minus = np.zeros(len(first), np.uint64)
        diagonal, matched = minus.copy(), minus.copy()
        score = lengths.copy()
        last = one << np.maximum(lengths - 1, 0).astype(np.uint64)
        for column in range(b.shape[1]):
            live = self.lengths[second] > column
            match = np.zeros(len(first), np.uint64)
            for row in range(a.shape[1]):
                same = (a[:, row] == b[:, column]) & (a[:, row] > 0)
                match |= same.astype(np.uint64) << np.uint64(row)
            swapped = (((~diagonal) & match) << one) & matched
            across = (((match & plus) + plus) ^ plus) | match | minus | swapped
            up = minus | ~(across | plus)
            down = across & plus
            score += np.where(live & ((up & last) > 0), 1, 0) - np.where(live & ((down & last) > 0), 1, 0)
            up = (up << one) | one
            plus = np.where(live, (down << one) | ~(across | up), plus)
            minus = np.where(live, up & across, minus)
            diagonal, matched = across, match
        empty = lengths == 0
        score = np.where(empty, self.lengths[second], score)
        return np.minimum(score, FAR).astype(np.int8)
