"""What a page answers: a page to show, another to go to, or a file to keep. Plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Show:
    """A template with its values; `section` is the part of the app that it belongs to."""

    template: str
    values: Mapping[str, Any]
    status: int
    section: str


@dataclass(frozen=True, slots=True)
class Go:
    """Another page of ours, after something was done."""

    path: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that the browser stores and never opens by itself; `name` is one of ours, never a sender's."""

    name: str
    chunks: bytes | Iterator[bytes]
    media: str


Answer = Show | Go | File


def show(template: str, /, *, status: int = 200, section: str = "", **values: Any) -> Show:
    """Show a template. Status 422 where something of a form is wrong."""
    return Show(template, values, status, section)


def go(path: str) -> Go:
    """Go to another page of ours; anything else leads to the first page."""
    return Go(path)


def hand_out(name: str, chunks: bytes | Iterator[bytes], media: str = "application/octet-stream") -> File:
    """Hand out a file, to be stored."""
    return File(name, chunks, media)
