"""Who may ask: four guards before every page, in one order, each with its own refusal.

Pure. Host (somebody's name that leads to this machine), where the request comes from, Origin of whatever
changes something, cookie. The seal of a form is the fifth; it stands in the body and is looked at when that
was read. Refused: whatever is missing, doubled or not exactly what it must be.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

Headers = Sequence[tuple[bytes, bytes]]

SAFE = ("GET", "HEAD")
COOKIE = "onggi"
_OWN_SITES = ("same-origin", "none")
_HOST = re.compile(r"[0-9a-f.]{1,64}(localhost)?:[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which guard refused (an id under `web_door`), and the status it answers with."""

    id: str
    status: int


HOST = Refusal("host", 421)
ELSEWHERE = Refusal("elsewhere", 403)
ORIGIN = Refusal("origin", 403)
SEAL = Refusal("seal", 403)
STRANGER = Refusal("stranger", 401)
TOKEN = Refusal("token", 403)
METHOD = Refusal("method", 405)
ABSENT = Refusal("absent", 404)
LARGE = Refusal("large", 413)
FORM = Refusal("form", 400)


def find_one(headers: Headers, name: str) -> str | None:
    """The value of a header that stands there once; None where it is missing.

    Two of a kind are answered with a value that fits nothing.
    """
    wanted = name.lower().encode("ascii")
    found = [value.decode("latin-1") for key, value in headers if key.lower() == wanted]
    if len(found) > 1:
        return "\0"
    return found[0] if found else None


def check_host(headers: Headers, hosts: Sequence[str]) -> Refusal | None:
    """Whether the request was meant for us: name and port, to the letter."""
    host = find_one(headers, "host")
    return None if host is not None and _HOST.fullmatch(host) and host in hosts else HOST


def check_site(headers: Headers) -> Refusal | None:
    """Whether the browser says that our own page, or the person herself, asks. Old browsers do not say."""
    site = find_one(headers, "sec-fetch-site")
    if site is not None and site not in _OWN_SITES:
        return ELSEWHERE
    # A worker would outlive the page, and see everything that it asks for.
    return ELSEWHERE if find_one(headers, "service-worker") is not None else None


def check_origin(method: str, headers: Headers, host: str) -> Refusal | None:
    """Whether what changes something comes from a page of ours.

    Where no Origin is sent, Referer stands for it; where neither is, it is refused.
    """
    if method in SAFE:
        return None
    own = f"http://{host}"
    origin, referer = find_one(headers, "origin"), find_one(headers, "referer")
    if origin is not None:
        return None if origin == own else ORIGIN
    return None if referer is not None and referer.startswith(f"{own}/") else ORIGIN


def check_cookie(headers: Headers, secret: str | None) -> Refusal | None:
    """Whether the browser is the one that came in with the token."""
    if secret is None:
        return STRANGER
    known = [same_secret(one, secret) for one in _read_cookies(headers)]
    return None if any(known) else STRANGER


def same_secret(given: str, secret: str) -> bool:
    """Whether two secrets are one, without telling by the time where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode("ascii"))


def _read_cookies(headers: Headers) -> list[str]:
    """Every value sent under our name; another program of this machine may have set one, too."""
    pairs = [
        piece.strip().partition("=")
        for key, value in headers
        if key.lower() == b"cookie"
        for piece in value.decode("latin-1").split(";")
    ]
    return [value for name, _, value in pairs if name == COOKIE]
