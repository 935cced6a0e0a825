"""A place on this machine that somebody typed into a form: a folder or a file, by its whole path."""

from pathlib import Path

_HOME = "~/"
_SEPARATORS = "/\\"


def read_place(typed: str) -> Path | None:
    """The place, or None for what is no whole path; `~/` is one's own folder."""
    text = typed.strip()
    if not text or not text.isprintable():
        return None
    path = Path.home() / text.removeprefix(_HOME) if text.startswith(_HOME) else Path(text)
    return path if path.is_absolute() else None


def read_beside(typed: str, other: Path) -> Path | None:
    """The same; or a name alone, which is that of a folder beside another one."""
    name = typed.strip()
    alone = name.isprintable() and not any(sign in name for sign in _SEPARATORS)
    if alone and name.strip(".") and not Path(name).drive:
        return other.resolve().parent / name
    return read_place(typed)
