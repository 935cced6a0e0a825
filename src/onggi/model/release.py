"""Release: the decision that something may leave, and that it did.

Both are statements about the case. What exactly was meant is bound by `plan`, the SHA-256 of everything that
would leave and of every finding that stood against it: whoever signs second signs that, and if one letter
of it changes, nothing is signed.

Pure data. Refused: nothing; what may leave is decided in `dossier`.
"""

from msgspec import Struct

FOR_TWO = frozenset({"release.dangerous", "release.rare", "release.suspect", "release.warning"})
"""Findings that nobody takes upon herself alone."""


class Release(Struct, frozen=True, tag="release", tag_field="type", omit_defaults=True, gc=False):
    """For whom and for what something may leave, or left.

    `accepts` are the ids of findings somebody takes upon herself, and `because` says why; `persons` are those
    on whose consent it rests; `anchor` names what was handed over, once it was.
    """

    recipient: str
    purpose: str
    plan: str
    organisation: str | None = None
    accepts: tuple[str, ...] = ()
    because: str | None = None
    persons: tuple[str, ...] = ()
    anchor: str | None = None

    @property
    def texts(self) -> list[str]:
        """Everything in it that somebody wrote in words of her own."""
        return [text for text in (self.organisation, self.because) if text]
