"""Every way to ask for a page that is not a way in; and what goes wrong says so, and nothing else."""

import re

import pytest
from tests.promises.office import ANNA, Office, enter_ledger, made_cheap
from tests.web.visiting import NAME, PLAIN, Answered, House, Visitor

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, hand_out
from onggi.web.app import Route
from onggi.web.body import LARGEST
from onggi.web.headers import ALWAYS
from onggi.web.session import TOKEN_LIVES
from onggi.web.visit import Visit
from onggi.words import say

SECRET = "리영희 <script>alert(1)</script>"


def echo(visit: Visit) -> Answer:
    """A page that hands back what it was given, so that a test can see it."""
    told = repr((visit.tongue, dict(visit.parts), dict(visit.asked), dict(visit.fields)))
    return hand_out("given.txt", told.encode())


def fail(visit: Visit) -> Answer:
    """A page with a fault, of one of the kinds there are."""
    kinds = {
        "ours": OnggiError("ledger.reason", exit_code=Exit.USAGE),
        "refused": OnggiError("ledger.identity", exit_code=Exit.REFUSED),
        "absent": OnggiError("vault.absent", exit_code=Exit.ABSENT),
        "disk": OSError(f"/home/{SECRET}"),
        "memory": MemoryError(SECRET),
        "fault": ValueError(SECRET),
        "silent": OnggiError("no.such.sentence"),
    }
    raise kinds[visit.parts["kind"]]


def stream(visit: Visit) -> Answer:
    """A file in pieces; its name and type are what somebody sent."""
    return hand_out(visit.field("name"), iter([b"<script>", b"alert(1)", b"</script>"]))


def leave(visit: Visit) -> Answer:
    """Go where somebody asked for."""
    return go(visit.field("back"))


ROUTES: list[Route] = [
    ("GET", "/", echo),
    ("GET", "/echo/{id}", echo),
    ("POST", "/echo/{id}", echo),
    ("GET", "/fail/{kind}", fail),
    ("POST", "/stream", stream),
    ("POST", "/leave", leave),
]


@pytest.fixture(scope="module")
def ledger(office: Office) -> Ledger:
    """Its admin's ledger; nothing is written here."""
    with made_cheap():
        return enter_ledger(office.vault, ANNA)


@pytest.fixture
def house(ledger: Ledger) -> House:
    """A vault behind its guards, with pages made for these tests."""
    return House(ledger, ROUTES)


@pytest.fixture
def visitor(house: House) -> Visitor:
    """Somebody who came in."""
    return Visitor(house)


def refused(answer: Answered, id: str, status: int) -> bool:
    """Whether that guard refused, in three languages, with every header, and repeated nothing."""
    said = all(say(f"web_door.{id}", tongue) in answer.text for tongue in ("en", "ko", "zh"))
    guarded = ALWAYS.items() <= {name: answer.headers.get(name.lower()) for name in ALWAYS}.items()
    return (said, answer.status, guarded, "evil" in answer.text) == (True, status, True, False)


# ------------------------------------------------------------------------------------------- the way in


def test_a_token_is_swapped_for_a_strict_cookie(house: House) -> None:
    token = house.session.make_token()
    answer = house.ask("GET", f"/open?t={token}", [("host", NAME), ("sec-fetch-site", "none")])
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(
        r"onggi=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict", answer.headers["set-cookie"]
    )
    assert token not in answer.headers["set-cookie"]


def test_a_token_opens_once_by_whatever_way(house: House) -> None:
    for first in ("GET", "POST"):
        token = house.session.make_token()
        assert enter(house, first, token).status in (200, 303)
        for again in ("GET", "POST"):
            answer = enter(house, again, token)
            assert refused(answer, "token", 403)
            assert "set-cookie" not in answer.headers


def enter(house: House, method: str, token: str, **more: str) -> Answered:
    """Come in by a link, or by the file that posts."""
    if method == "GET":
        return house.ask("GET", f"/open?t={token}", [("host", NAME), *more.items()])
    lines = [
        ("host", NAME),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("content-type", "application/x-www-form-urlencoded"),
        *more.items(),
    ]
    return house.ask("POST", "/open", lines, f"t={token}".encode())


def test_a_page_from_a_file_may_post_the_token_and_gets_a_link(house: House) -> None:
    answer = enter(house, "POST", house.session.make_token())
    assert answer.status == 200
    assert '<a href="/">' in answer.text
    assert "location" not in answer.headers


def test_the_token_alone_counts_there(house: House) -> None:
    for method in ("GET", "POST"):
        for token in ("", "0" * 64, "%00", "t", "%F0%9F%92%A9"):
            assert refused(enter(house, method, token), "token", 403)
    assert house.session.cookie is None


def test_two_tokens_are_none(house: House) -> None:
    token = house.session.make_token()
    assert refused(house.ask("GET", f"/open?t={token}&t={token}", [("host", NAME)]), "token", 403)
    assert refused(enter(house, "POST", f"{token}&t=x"), "token", 403)
    assert enter(house, "GET", token).status == 303


def test_a_link_in_another_page_does_not_use_the_token_up(house: House) -> None:
    token = house.session.make_token()
    lines = [("host", NAME), ("sec-fetch-site", "cross-site")]
    assert refused(house.ask("GET", f"/open?t={token}", lines), "elsewhere", 403)
    ahead = [("host", NAME), ("sec-purpose", "prefetch")]
    assert refused(house.ask("GET", f"/open?t={token}", ahead), "elsewhere", 403)
    assert refused(house.ask("HEAD", f"/open?t={token}", [("host", NAME)]), "method", 405) is False
    assert enter(house, "GET", token).status == 303


def test_another_name_does_not_use_the_token_up(house: House) -> None:
    token = house.session.make_token()
    assert refused(house.ask("GET", f"/open?t={token}", [("host", "evil.test:4711")]), "host", 421)
    assert enter(house, "GET", token).status == 303


def test_an_old_token_is_none(house: House) -> None:
    token = house.session.make_token()
    house.clock.now += TOKEN_LIVES + 1
    assert refused(enter(house, "GET", token), "token", 403)


def test_by_the_plain_address_it_is_said_what_that_costs(house: House) -> None:
    token = house.session.make_token()
    answer = house.ask("GET", f"/open?t={token}", [("host", PLAIN)])
    assert answer.status == 200
    assert say("web_door.plain", "ko") in answer.text
    assert 'http-equiv="refresh"' not in answer.text  # it is to be read
    visitor = Visitor(house, PLAIN)
    assert visitor.get("/").status == 200
    assert refused(visitor.get("/", host=NAME), "host", 421)


def test_a_long_token_is_not_even_read(house: House) -> None:
    assert refused(enter(house, "POST", "0" * 5000), "token", 403)


# ------------------------------------------------------------------------------------------- the guards


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT"])
@pytest.mark.parametrize("target", ["/", "/echo/1", "/alive", "/lock", "/language", "/static/app.css", "/no"])
def test_nobody_who_did_not_come_in_sees_anything(house: House, method: str, target: str) -> None:
    for cookie in (None, "onggi=", f"onggi={'0' * 64}"):
        lines = [("host", NAME), ("origin", f"http://{NAME}")] + ([("cookie", cookie)] if cookie else [])
        answer = house.ask(method, target, lines)
        assert answer.status == 401
        assert method == "HEAD" or refused(answer, "stranger", 401)
    assert house.locked == []


@pytest.mark.parametrize("target", ["/", "/echo/1", "/alive", "/static/app.css", "/no"])
def test_another_name_that_leads_here_gets_nothing(visitor: Visitor, target: str) -> None:
    for host in ("evil.test", "evil.test:4711", "localhost:4711", PLAIN, None):
        assert refused(visitor.get(target, host=host), "host", 421)
        assert refused(visitor.post(target, host=host), "host", 421)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_gets_nothing_even_with_the_cookie(visitor: Visitor, site: str) -> None:
    assert refused(visitor.get("/", sec_fetch_site=site), "elsewhere", 403)
    assert refused(visitor.post("/echo/1", sec_fetch_site=site), "elsewhere", 403)


@pytest.mark.parametrize("origin", ["null", "http://127.0.0.1:8080", "https://evil.test", None])
def test_a_form_of_another_page_changes_nothing(visitor: Visitor, origin: str | None) -> None:
    assert refused(visitor.post("/echo/1", origin=origin), "origin", 403)
    assert refused(visitor.post("/lock", origin=origin), "origin", 403)
    assert visitor.house.locked == []


def test_an_old_browser_may_send_a_referer_instead(visitor: Visitor) -> None:
    mine = f"http://{NAME}/echo/1"
    assert visitor.post("/echo/1", origin=None, sec_fetch_site=None, referer=mine).status == 200
    evil = "http://evil.test/"
    assert refused(visitor.post("/echo/1", origin=None, sec_fetch_site=None, referer=evil), "origin", 403)


@pytest.mark.parametrize("seal", [None, "0" * 64, "é", "\0"])
def test_a_form_without_its_seal_changes_nothing(visitor: Visitor, seal: str | None) -> None:
    assert refused(visitor.post("/echo/1", seal=seal), "seal", 403)
    assert refused(visitor.post("/lock", seal=seal), "seal", 403)
    assert visitor.house.locked == []


def test_two_seals_are_none(visitor: Visitor) -> None:
    seal = visitor.house.session.seal
    body = f"seal={seal}&seal={seal}".encode()
    assert refused(visitor.house.ask("POST", "/echo/1", visitor.head("POST"), body), "seal", 403)


def test_the_seal_of_another_session_is_none(visitor: Visitor) -> None:
    before = visitor.house.session.seal
    later = Visitor(visitor.house)
    assert refused(later.post("/echo/1", seal=before), "seal", 403)
    assert later.post("/echo/1").status == 200


def test_whoever_was_in_before_is_out(visitor: Visitor) -> None:
    lines = visitor.head("GET")
    Visitor(visitor.house)
    assert refused(visitor.house.ask("GET", "/", lines), "stranger", 401)


@pytest.mark.parametrize("media", ["text/plain", "multipart/form-data; boundary=x", "application/json", None])
def test_a_form_of_another_kind_is_refused(visitor: Visitor, media: str | None) -> None:
    assert refused(visitor.post("/echo/1", content_type=media), "form", 400)


@pytest.mark.parametrize(
    "body", [b"a=%", b"a=%zz", b"a=%ff", b"%c0%80=1", b"a=\xff", b"&".join([b"a=1"] * 1001)]
)
def test_a_form_that_cannot_be_read_is_refused(visitor: Visitor, body: bytes) -> None:
    assert refused(visitor.house.ask("POST", "/echo/1", visitor.head("POST"), body), "form", 400)


def test_a_form_that_is_too_long_is_refused(visitor: Visitor) -> None:
    body = b"a=" + b"x" * LARGEST
    assert refused(visitor.house.ask("POST", "/echo/1", visitor.head("POST"), body), "large", 413)


def test_what_was_typed_arrives_as_it_was(visitor: Visitor) -> None:
    typed = "‮한글\r\n李 + % & = \0 <b>\U0001f4a9" + "가" * 10_000
    answer = visitor.post("/echo/1", {"words": typed})
    assert repr(typed.replace("\r\n", "\n")) in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "XYZ"])
def test_other_methods_do_nothing(visitor: Visitor, method: str) -> None:
    body = f"seal={visitor.house.session.seal}".encode()
    assert visitor.house.ask(method, "/echo/1", visitor.head("POST"), body).status == 405


@pytest.mark.parametrize(
    "target",
    ["/..", "/echo/../fail", "//evil.test/", "/echo/1/2", "/static/../app.py", "/static/vendor/", "/%00"],
)
def test_a_path_that_is_none_leads_nowhere(visitor: Visitor, target: str) -> None:
    assert refused(visitor.get(target), "absent", 404)


# -------------------------------------------------------------------------------------------- the pages


def test_every_answer_is_guarded(visitor: Visitor) -> None:
    answers = [
        visitor.get("/"),
        visitor.get("/alive"),
        visitor.get("/static/app.css"),
        visitor.get("/door.css"),
        visitor.get("/fail/fault"),
        visitor.get("/no"),
        visitor.post("/leave", {"back": "/echo/1"}),
        visitor.post("/stream", {"name": "C-1.txt"}),
        visitor.post("/lock"),
        visitor.house.ask("GET", "/", []),
    ]
    for answer in answers:
        assert {name: answer.headers[name.lower()] for name in ALWAYS} == ALWAYS
        assert answer.headers.keys().isdisjoint({"server", "x-powered-by", "etag", "last-modified"})


def test_nothing_inline_is_allowed() -> None:
    policy = ALWAYS["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "data:" not in policy and "http" not in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("ours", 422), ("refused", 403), ("absent", 404), ("disk", 507), ("memory", 507), ("fault", 500)],
)
def test_what_goes_wrong_says_so_and_shows_nothing(visitor: Visitor, kind: str, status: int) -> None:
    answer = visitor.get(f"/fail/{kind}")
    assert answer.status == status
    for part in ("리영희", "script>alert", "/home", "Traceback", ".py"):
        assert part not in answer.text
    assert visitor.get("/").status == 200


def test_a_fault_names_its_kind_and_place(visitor: Visitor) -> None:
    assert re.search(r"\(ValueError [\w?:]+\)", visitor.get("/fail/fault").text)


def test_an_error_without_a_sentence_is_still_a_page(visitor: Visitor) -> None:
    answer = visitor.get("/fail/silent")
    assert answer.status == 409
    assert "no.such.sentence" in answer.text


def test_a_file_is_stored_and_never_opened(visitor: Visitor) -> None:
    answer = visitor.post("/stream", {"name": "C-1.txt"})
    assert answer.body == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"] == 'attachment; filename="C-1.txt"'
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name", ["", "../../x", 'x"; filename="y.exe', "이름.jpg", "a\r\nSet-Cookie: x=y", ".x"]
)
def test_a_file_is_never_called_as_somebody_likes(visitor: Visitor, name: str) -> None:
    answer = visitor.post("/stream", {"name": name})
    assert answer.headers["content-disposition"] == 'attachment; filename="file"'


@pytest.mark.parametrize(
    "back",
    [
        "",
        "echo/1",
        "//evil.test",
        "/\\evil.test",
        "/\t/evil.test",
        "\\\\evil.test",
        "https://evil.test/",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/이름",
        "/" + "a" * 600,
    ],
)
def test_the_way_back_is_our_own(visitor: Visitor, back: str) -> None:
    for answer in (
        visitor.post("/leave", {"back": back}),
        visitor.post("/language", {"to": "ko", "back": back}),
    ):
        assert (answer.status, answer.headers["location"]) == (303, "/")


def test_the_way_back_is_followed(visitor: Visitor) -> None:
    back = "/case/C-7Q2WZ5C?page=2#note"
    assert visitor.post("/leave", {"back": back}).headers["location"] == back


def test_the_language_is_the_browsers_until_one_is_chosen(visitor: Visitor) -> None:
    assert visitor.get("/", accept_language="zh-TW,ko;q=0.9").text.startswith("('zh'")
    assert visitor.get("/", accept_language="fr, ko-KR;q=0.5").text.startswith("('ko'")
    visitor.post("/language", {"to": "xx", "back": "/"})
    assert visitor.get("/", accept_language="zh").text.startswith("('zh'")
    visitor.post("/language", {"to": "ko", "back": "/"})
    assert visitor.get("/", accept_language="zh").text.startswith("('ko'")


# ---------------------------------------------------------------------------------------------- locking


def test_the_button_locks_and_has_the_browser_forget(visitor: Visitor) -> None:
    answer = visitor.post("/lock")
    assert visitor.house.locked == ["button"]
    assert refused(answer, "locked", 423)
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'


def test_a_page_that_only_looks_whether_it_is_open_keeps_nothing_open(visitor: Visitor) -> None:
    lease, clock = visitor.house.session.lease, visitor.house.clock
    clock.now += lease.idle - 1
    assert visitor.get("/alive").status == 204
    assert visitor.get("/static/app.css").status == 200
    assert visitor.house.ask("GET", "/", [("host", NAME)]).status == 401
    assert lease.why_ended(clock.now + 1) == "idle"
    visitor.get("/")
    assert lease.why_ended(clock.now + 1) is None
