"""Pieces of a figure on pages: none is cut, and a heading stays with what follows it.

Pure. Pieces know how high they are; what is on them does not matter here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """Something that takes a part of a page: a heading, or what stands under one."""

    height: float
    heading: str = ""
    held: T | None = None


def break_pages(pieces: Sequence[Piece[T]], room: float) -> list[list[Piece[T]]]:
    """Pieces by page, a heading said again where it goes on; what is higher than a page has its own."""
    pages: list[list[Piece[T]]] = [[]]
    heading: Piece[T] | None = None
    for at, piece in enumerate(pieces):
        heads = piece.held is None
        heading = piece if heads else heading
        needed = piece.height + (pieces[at + 1].height if heads and at + 1 < len(pieces) else 0)
        if pages[-1] and sum(one.height for one in pages[-1]) + needed > room:
            pages.append([heading] if heading is not None and not heads else [])
        pages[-1].append(piece)
    return [page for page in pages if page]
