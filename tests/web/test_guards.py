"""Each guard alone: what it lets through, and everything near it that it must not."""

import pytest

from onggi.web.guards import (
    ELSEWHERE,
    HOST,
    ORIGIN,
    STRANGER,
    check_cookie,
    check_host,
    check_origin,
    check_site,
    same_secret,
)

NAME = "0123456789abcdef0123456789abcdef.localhost:4711"
PLAIN = "127.0.0.1:4711"


def head(**lines: str) -> list[tuple[bytes, bytes]]:
    """Headers as a server hands them on."""
    return [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in lines.items()]


@pytest.mark.parametrize("host", [NAME, PLAIN])
def test_our_own_hosts_pass(host: str) -> None:
    assert check_host(head(host=host), (NAME, PLAIN)) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.test",
        "evil.test:4711",
        "localhost:4711",
        "127.0.0.1",
        "127.0.0.1:4712",
        "127.0.0.1:4711.evil.test",
        "127.0.0.2:4711",
        "[::1]:4711",
        "0.0.0.0:4711",
        NAME.upper(),
        NAME + ".",
        NAME.split(":")[0],
        NAME.replace(".localhost", ".localhost.evil.test"),
        "x@" + NAME,
        NAME + "/",
        NAME + ", " + NAME,
        " " + NAME,
    ],
)
def test_any_other_host_is_refused(host: str) -> None:
    assert check_host(head(host=host), (NAME, PLAIN)) == HOST


def test_no_host_and_two_hosts_are_refused() -> None:
    assert check_host([], (NAME,)) == HOST
    assert check_host(head(host=NAME) * 2, (NAME,)) == HOST
    assert check_host([*head(host=NAME), *head(HOST="evil.test")], (NAME,)) == HOST


def test_once_in_by_name_the_plain_address_is_none() -> None:
    assert check_host(head(host=PLAIN), (NAME,)) == HOST


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_site_passes(site: str | None) -> None:
    assert check_site(head(sec_fetch_site=site) if site else []) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, none", "SAME-ORIGIN", "own"])
def test_any_other_site_is_refused(site: str) -> None:
    assert check_site(head(sec_fetch_site=site)) == ELSEWHERE


def test_a_worker_is_refused() -> None:
    assert check_site(head(sec_fetch_site="same-origin", service_worker="script")) == ELSEWHERE


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_needs_no_origin(method: str) -> None:
    assert check_origin(method, [], NAME) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "X"])
def test_everything_else_needs_one(method: str) -> None:
    assert check_origin(method, [], NAME) == ORIGIN
    assert check_origin(method, head(origin=f"http://{NAME}"), NAME) is None


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        f"https://{NAME}",
        f"http://{PLAIN}",
        f"http://{NAME}/",
        f"http://{NAME} http://{NAME}",
        "http://evil.test",
        f"http://{NAME}.evil.test",
        f"HTTP://{NAME}",
    ],
)
def test_any_other_origin_is_refused_also_beside_our_own_referer(origin: str) -> None:
    lines = head(origin=origin, referer=f"http://{NAME}/case/C-1")
    assert check_origin("POST", lines, NAME) == ORIGIN


@pytest.mark.parametrize(
    ("referer", "passes"),
    [
        (f"http://{NAME}/case/C-1", True),
        (f"http://{NAME}/", True),
        (f"http://{NAME}", False),
        (f"http://{NAME}.evil.test/", False),
        (f"https://{NAME}/", False),
        (f"http://evil.test/?http://{NAME}/", False),
        ("", False),
    ],
)
def test_referer_stands_for_an_origin_that_is_absent(referer: str, passes: bool) -> None:
    assert (check_origin("POST", head(referer=referer), NAME) is None) is passes


SECRET = "ab" * 32


@pytest.mark.parametrize(
    "cookie", [f"onggi={SECRET}", f"a=b; onggi={SECRET}; c=d", f"onggi=other; onggi={SECRET}"]
)
def test_the_cookie_passes_beside_any_other(cookie: str) -> None:
    assert check_cookie(head(cookie=cookie), SECRET) is None


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "onggi=",
        "onggi",
        f"Onggi={SECRET}",
        f"onggi={SECRET[:-1]}",
        f"onggi={SECRET}x",
        f'onggi="{SECRET}"',
        f"onggi={SECRET.upper()}",
        f"other={SECRET}",
        f"a=onggi={SECRET}",
        "onggi=é한",
    ],
)
def test_any_other_cookie_is_a_stranger(cookie: str) -> None:
    lines = [(b"cookie", cookie.encode("utf-8"))]
    assert check_cookie(lines, SECRET) == STRANGER


def test_before_anybody_came_in_everybody_is_a_stranger() -> None:
    for cookie in ("", "onggi=", "onggi=None"):
        assert check_cookie(head(cookie=cookie), None) == STRANGER


def test_a_secret_is_only_itself() -> None:
    assert same_secret(SECRET, SECRET)
    assert not same_secret("", SECRET)
    assert not same_secret("\udcff", SECRET)
