"""Digits as people compare them aloud or on paper. Pure."""


def group_digits(fingerprint: str) -> str:
    """A fingerprint in fours."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
