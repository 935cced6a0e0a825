"""What can be read of a file without looking at it, as plain data. Pure; refused: nothing."""

from msgspec import Struct


class Legible(Struct, frozen=True):
    """The words that were found in it, more than once where they can be read in more than one order.

    `whole` is whether that is all there is to see: no picture, no drawing, no letter that nobody can name.
    """

    text: str = ""
    whole: bool = False
