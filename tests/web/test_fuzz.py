"""Every page is asked for in every way: none answers 500, none shows a name before identity was opened."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import compile_path
from tests.promises import office as invented
from tests.promises.office import Office, borrow, made_cheap
from tests.web.visiting import NAME, Answered, House, Visitor, open_house, quote

from onggi.web.guards import COOKIE
from onggi.web.headers import ALWAYS
from onggi.web.pages import gather

HIDDEN = (invented.NAME, invented.PHONE, invented.NORTHERN)
EXAMPLES = int(os.environ.get("ONGGI_EXAMPLES", "60"))

# What breaks parsers, pages and terminals.
NASTY = (
    "",
    " ",
    "\0",
    "../../etc/passwd",
    "%2e%2e%2f",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{% include 'base.html' %}",
    "' OR 1=1 --",
    '"*"',
    "NEAR(",
    "a" * 10_000,
    "\u202egnp.exe",
    "\u200f\u2066\u2069",
    "\ufeff",
    "\ud7ff\ue000\U0010ffff",
    "한글 李 Ри",
    "2009-13-45",
    "9" * 40,
    "-1",
    "1e999",
    "NaN",
    "C-0000000",
    "yes",
    "2020-02-29",
    "renew",
    "20",
    "0" * 32,
)


@pytest.fixture(scope="module")
def shared(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all requests: what one leaves behind, the next one meets."""
    with made_cheap():
        yield open_house(borrow(office.vault, tmp_path_factory.mktemp("shared") / "vault"))


@pytest.fixture(scope="module")
def words(office: Office) -> list[str]:
    """What a person could send: ids and codes that are there, and what is none."""
    with made_cheap():
        view = invented.enter_ledger(office.vault, invented.ANNA).view()
    codes = [code for id in office.keys.values() if (code := view.code_of(id))]
    return [*office.keys.values(), *codes, "person", "en", "1", "2", "on", *NASTY]


def is_sound(answer: Answered, house: House) -> bool:
    """Whether an answer may be given: no fault, guarded, and no name while identity is closed."""
    if answer.status >= 500 and answer.status != 507:
        raise AssertionError(answer.text)
    assert {name: answer.headers[name.lower()] for name in ALWAYS} == ALWAYS
    if house.desk.identity.signed is None:
        assert [one for one in HIDDEN if one.encode() in answer.body] == []
    return True


# What pages call their fields is told by the templates; words of none are sent, too. Not `file` and `folder`:
# what stands there might be written.
FIELDS = (
    "case",
    "reason",
    "back",
    "query",
    "to",
    "id",
    "page",
    "property",
    "value",
    "lang",
    "source",
    "words",
    "do",
    "what",
    "which",
    "anyway",
    "unit",
    "locator",
    "distance",
    "x",
    "kind",
    "reply",
    "read",
    "draws",
    "population",
    "name",
    "other",
)


@given(data=st.data())
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_no_page_fails_whatever_is_sent(shared: House, words: list[str], data: st.DataObject) -> None:
    said = st.sampled_from(words) | st.text(max_size=40)
    method, path, _ = data.draw(st.sampled_from(gather()))
    _, template, convertors = compile_path(path)
    parts = {name: quote(data.draw(said)) or "-" for name in convertors}
    target = template.format(**parts)
    asked = data.draw(st.dictionaries(st.sampled_from(("page", "order", "as_of", "x")), said, max_size=2))
    if asked:
        target += "?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    visitor = Visitor(shared)
    if method == "GET":
        answer = visitor.get(target)
    else:
        fields = data.draw(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), said, max_size=6))
        answer = visitor.post(target, {name: value for name, value in fields.items() if name != "seal"})
    assert is_sound(answer, shared)
    shared.desk.identity.close()


HEADERS = (
    "host",
    "origin",
    "referer",
    "cookie",
    "sec-fetch-site",
    "content-type",
    "accept-language",
    "range",
    "x",
)


@given(
    method=st.sampled_from(("GET", "POST", "HEAD", "PUT", "TRACE", "")) | st.text(max_size=6),
    target=st.sampled_from(("/", "/open", "/open?t=%", "/lock", "/alive", "/static/%2e%2e/app.py"))
    | st.text(max_size=60),
    lines=st.lists(
        st.tuples(
            st.sampled_from(HEADERS), st.sampled_from((NAME, "none", f"{COOKIE}=x")) | st.text(max_size=30)
        ),
        max_size=8,
    ),
    body=st.binary(max_size=200),
)
@settings(max_examples=EXAMPLES * 3, suppress_health_check=list(HealthCheck))
def test_no_request_gets_through_or_breaks_anything(
    shared: House, method: str, target: str, lines: list[tuple[str, str]], body: bytes
) -> None:
    answer = shared.ask(method, target, [*lines], body)
    assert is_sound(answer, shared)
    assert answer.status in (200, 401, 403, 405, 421) and (answer.status != 200 or "/door.css" in target)


def test_the_search_for_names_finds_them(house: House, office: Office) -> None:
    """The control: where identity was opened, a view of that case, and of no other, has the name."""

    def names(case: str) -> bool:
        return bool(house.desk.receive("/", "en", {}, {}, {}).view(office.keys[case]).search(invented.NAME))

    visitor = Visitor(house)
    assert not names("case")
    asked = {"about": office.keys["case"], "reason": "asked by the committee", "back": "/"}
    assert visitor.post("/identity/open", asked).status == 303
    assert names("case") and not names("north:case")
    visitor.post("/identity/close", {"back": "/"})
    assert not names("case")


def test_opening_is_signed_and_needs_a_reason(house: House, office: Office) -> None:
    visitor = Visitor(house)
    ledger = house.ledger
    before = len(ledger.open_identity(ledger.vault.compartment(), None, "a look").live_of("read_identity"))
    asked = {"about": office.keys["case"], "reason": "asked by the committee", "back": "/"}
    assert visitor.post("/identity/open", {**asked, "reason": " "}).status == 422
    assert house.desk.identity.signed is None
    for _ in range(2):
        assert visitor.post("/identity/open", asked).status == 303
    view = ledger.read_on(ledger.vault.compartment())
    assert len(view.live_of("read_identity")) == before + 2
    for _ in range(3):  # pages that are looked at afterwards sign nothing more
        house.desk.receive("/", "en", {}, {}, {}).view(office.keys["case"])
    assert len(ledger.read_on(ledger.vault.compartment()).live_of("read_identity")) == before + 2
