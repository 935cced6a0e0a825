"""The way in from this machine: a file that only its owner can read, and that posts its token by itself.

A face. It touches one file, where the system keeps what lives as long as a session, in memory where it has
such a place. On a command line the token would stand in the list of processes, for everybody to see. The
file holds nothing of a vault.
"""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

from onggi.words import language, say

_PLACES = ("XDG_RUNTIME_DIR", "TMPDIR", "TEMP")


def make_address(token: str, host: str) -> str:
    """The same as an address, for whoever opens it by hand."""
    return f"http://{host}/open?t={token}"


def lay_entry(token: str, hosts: tuple[str, str], dice: Callable[[int], bytes]) -> Path | None:
    """Lay the file; None where there is no place for it."""
    page = write_entry(token, hosts).encode("utf-8")
    for place in (*(os.environ.get(name) for name in _PLACES), "/tmp"):  # noqa: S108 - a new file, by a name nobody can guess
        if place and Path(place).is_dir():
            path = Path(place) / f"{dice(16).hex()}.html"
            try:
                number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except OSError:
                continue
            with open(number, "wb") as file:
                file.write(page)
            return path
    return None


def write_entry(token: str, hosts: tuple[str, str]) -> str:
    """The page: it posts to the name that is ours alone; a button leads to the plain address."""
    lang = language()
    named, plain = (
        f'<form method="post" action="http://{host}/open">'
        f'<input type="hidden" name="t" value="{token}"><p>{{}}</p></form>'
        for host in hosts
    )
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>·</title></head>'
        '<body onload="document.forms[0].submit()"><main>'
        + named.format(f"<button>{escape(say('open.entry', lang))}</button>")
        + plain.format(
            f"{escape(say('open.plain', lang))} <button>{escape(say('open.entry_plain', lang))}</button>"
        )
        + "</main></body></html>\n"
    )
