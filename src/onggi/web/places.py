"""A place on this machine that somebody typed into a form: a folder or a file, by its whole path."""

from pathlib import Path

_HOME = "~/"


def read_place(typed: str) -> Path | None:
    """The place, or None for what is no whole path; `~/` is one's own folder."""
    text = typed.strip()
    if not text or not text.isprintable():
        return None
    path = Path.home() / text.removeprefix(_HOME) if text.startswith(_HOME) else Path(text)
    return path if path.is_absolute() else None
