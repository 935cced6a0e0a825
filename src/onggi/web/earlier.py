"""An earlier day: which pages show what was known then, and how one stays there from page to page. Pure.

The day stands behind the question mark of every address. Refused: anything that records; a page that cannot
be shown so, since today would be taken for then.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape, unescape

from onggi.errors import Exit, OnggiError
from onggi.web.guards import SAFE

ASKED = "as_of"
"""What the day is called behind the question mark; empty is today."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PAGES = re.compile(
    r"/case/[^/]+(/people|/chronology|/map|/statements|/law(/days|/warnings|/norm/[^/]+)?|/consent)?"
    r"|/(about|act|at|event|group|intervention|item|person|place|source|statement)/[^/]+"
    r"|/source/[^/]+/told/[^/]+"
)
_LINK = re.compile(r'(?<= href=")/[^"]*')


def can_show(path: str) -> bool:
    """Whether the page at a path can be shown as of an earlier day: it reads a view, or no vault at all."""
    return _PAGES.fullmatch(path) is not None


def find_day(method: str, path: str, asked: Mapping[str, Sequence[str]], today: date) -> date | None:
    """The day as of which a page is asked for; None is today.

    Raises:
        OnggiError: `web_earlier.still` for what may record; `web_earlier.day` and `web_earlier.future` for
            what is no earlier day; `web_earlier.elsewhere` for a page that shows today alone.
    """
    values = asked.get(ASKED, ())
    if not any(values):
        return None
    if method not in SAFE:
        raise OnggiError("web_earlier.still", exit_code=Exit.REFUSED)
    day = read_day(values[0]) if len(values) == 1 else None
    if day is None:
        raise OnggiError("web_earlier.day", exit_code=Exit.USAGE)
    if day >= today:
        raise OnggiError("web_earlier.future", exit_code=Exit.USAGE)
    if not can_show(path):
        raise OnggiError("web_earlier.elsewhere", exit_code=Exit.REFUSED)
    return day


def read_day(text: str) -> date | None:
    """A day as an address writes it."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def stay(target: str, day: date) -> str:
    """An address as of a day, where its page can be shown so; one that says its day is left as it is."""
    address, mark, place = target.partition("#")
    path, _, query = address.partition("?")
    if not can_show(path) or f"{ASKED}=" in query:
        return target
    return f"{path}?{query}{'&' if query else ''}{ASKED}={day.isoformat()}{mark}{place}"


def keep_day(page: str, day: date) -> str:
    """A page whose links lead to pages as of the same day, wherever these can be shown so."""
    return _LINK.sub(lambda found: escape(stay(unescape(found[0]), day)), page)
