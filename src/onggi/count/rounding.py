"""Numbers of a table to the nearest five. Pure.

It takes away, and protects nobody by itself: what may be shown is decided before, on the exact numbers. A
number is never rounded below k, so that no number stands in a table that would not be shown.
"""

BASE = 5


def round_number(number: int, k: int, base: int = BASE) -> int:
    """The nearest multiple of the base, or the first one from k on; nothing stays nothing."""
    if number == 0:
        return 0
    return max((number + base // 2) // base, -(-k // base)) * base
