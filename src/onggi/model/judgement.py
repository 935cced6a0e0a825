"""Judgement: what a member holds of two entries, that they are one, or two, or that it cannot be told yet.

It says so of the entry it is about and of the `other`. Nothing is merged by it: who is who is a view of the
judgements that stand, and retracting one undoes it. Where one of the two is accused of something, `two` is
set, and "same" counts only once a second member has signed it: a wrong one would be an accusation.

Pure data. Refused: nothing; who may judge what is decided in `ledger.judging`.
"""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

Verdict: TypeAlias = Literal["same", "different", "unsure"]
"""One and the same, two, or not to be told yet."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class Judgement(Struct, frozen=True, tag="judgement", tag_field="type", omit_defaults=True, gc=False):
    """The other entry, what is held, why, and whether it takes two members to hold it."""

    other: str
    verdict: Verdict
    because: str
    two: bool = False

    @property
    def texts(self) -> list[str]:
        """Everything in it that somebody wrote in words of her own."""
        return [self.because]

    @property
    def waits(self) -> bool:
        """Whether it counts only with a second signature: to keep two apart, one member is enough."""
        return self.two and self.verdict == "same"
