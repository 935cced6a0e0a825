"""One page of a long list. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging(Generic[T]):
    """The items of one page, which page it is, and of how many."""

    items: Sequence[T]
    page: int
    last: int
    count: int

    @classmethod
    def of(cls, items: Sequence[T], page: int, size: int) -> "Paging[T]":
        """A page of some items; the nearest where there is no such page."""
        last = max(1, -(-len(items) // size))
        page = min(max(page, 1), last)
        return cls(items[(page - 1) * size : page * size], page, last, len(items))
