"""The most memory that this process has held.

Floor 4; asks the system. Refused: nothing.
"""


def measure_peak() -> int:
    """In MiB; 0 where the system does not say."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024
