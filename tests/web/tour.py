"""Every page of the app, and how somebody comes to it: what is opened, looked at and held against axe.

`PLAIN` are pages that stand at a path of the example vault; `REACHED` those that something must be done for
first, which `take_tour` does, once. Together with `HANDED`, which answer no page, they are all that can be
asked for: `test_tour.py` holds them against the routes of the app, so that no page is forgotten.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page
from tests.dossier.crowds import write_people
from tests.dossier.invented import make_proof
from tests.evidence.test_archive import pack
from tests.proof.vectors import read_vectors
from tests.web.opening import Opened

from onggi.cli.opening import randomness, read_clock
from onggi.intake.example import record_file
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.model.entity import make_code
from onggi.web.earlier import can_show

CASE, WOMAN, FRIEND = "C-7Q2WZ5C", "P-8F3KT2H", "P-2M9XCVC"
HOUSE = make_code("place", lambda count: bytes(count))
PLAIN = {
    "/": "/",
    "/guide": "/guide",
    "/cases": "/cases",
    "/case/{ref}": f"/case/{CASE}",
    "/case/{ref}/people": f"/case/{CASE}/people",
    "/case/{ref}/chronology": f"/case/{CASE}/chronology",
    "/case/{ref}/map": f"/case/{CASE}/map",
    "/case/{ref}/statements": f"/case/{CASE}/statements",
    "/case/{ref}/law": f"/case/{CASE}/law",
    "/case/{ref}/law/days": f"/case/{CASE}/law/days",
    "/case/{ref}/law/warnings": f"/case/{CASE}/law/warnings",
    "/case/{ref}/consent": f"/case/{CASE}/consent",
    "/case/{ref}/consent/new": f"/case/{CASE}/consent/new",
    "/case/{ref}/consent/file": f"/case/{CASE}/consent/file",
    "/case/{ref}/dossier": f"/case/{CASE}/dossier",
    "/case/{ref}/add": f"/case/{CASE}/add",
    "/case/{ref}/earlier": f"/case/{CASE}/earlier",
    "/recorded/{ref}": f"/recorded/{CASE}",
    "/identity/{ref}": f"/identity/{WOMAN}",
    "/person/{ref}": f"/person/{WOMAN}",
    "/person/{ref}/erase": f"/person/{WOMAN}/erase",
    "/case/{ref}/erase": f"/case/{CASE}/erase",
    "/search": "/search",
    "/names": "/names",
    "/names/table": "/names/table",
    "/norms": "/norms",
    "/norms/own": "/norms/own",
    "/review": "/review",
    "/review/judged": "/review/judged",
    "/review/judged/former": "/review/judged/former",
    "/review/page": "/review/page",
    "/review/tables": "/review/tables",
    "/review/two": "/review/two",
    "/review/two/{one}": f"/review/two/{WOMAN}",
    "/review/two/{one}/{other}": f"/review/two/{WOMAN}/{FRIEND}",
    "/record": "/record",
    "/bring": f"/bring?case={CASE}",
    "/numbers": "/numbers",
    "/numbers/count": "/numbers/count",
    "/numbers/tables": "/numbers/tables",
    "/numbers/lists": "/numbers/lists",
    "/waiting": "/waiting",
    "/screening": "/screening",
    "/log": "/log",
    "/bag": "/bag",
    "/another": "/another",
    "/members": "/members",
    "/stamps": "/stamps",
    "/jobs": "/jobs",
}
OVERLAPS = "name,camp,clinic,court,sent back before,age\n" + "".join(
    f"INVENTED,{marks},{one % 2},{20 + one}\n" * 9
    for marks, times in {
        "1,0,0": 12,
        "0,1,0": 10,
        "0,0,1": 9,
        "1,1,0": 5,
        "1,0,1": 4,
        "0,1,1": 4,
        "1,1,1": 2,
    }.items()
    for one in range(times)
)
"""A table of people on three lists."""

HANDED = {
    "/shown/{id}": "bytes of a picture or of a sound",
    "/about/{ref}": "leads on to the page of what it is",
    "/names/table/{id}/scores.csv": "scores of a table of names, to be stored",
    "/review/tables/{id}/file/{name}": "what came of linking tables, to be stored",
    "/numbers/answer/{id}/{file}": "a file of the report of a table",
}
UNSHOWN = {
    "/about/{ref}": "leads on to the page of what it is",
    "/place/{ref}": "the one that is found was recorded today",
    "/case/{ref}/law/warnings": "only where names are open",
}
"""Pages that can be shown as of an earlier day and are not seen so in a tour."""
DAYS = 3
"""So many days ago the example is made: what is done in a tour comes later than all that is in it."""
Reach = Callable[[Page, Opened], dict[str, str]]
_SEND = """async ([action, fields]) => {
  const form = [...document.querySelectorAll("form")].find(one => one.getAttribute("action") === action);
  const body = new URLSearchParams(new FormData(form));
  for (const [name] of fields) body.delete(name);
  for (const [name, value] of fields) body.append(name, value);
  const answer = await fetch(action, { method: "POST", body });
  return [answer.status, new URL(answer.url).pathname];
}"""
PATIENCE = 60_000
"""Milliseconds that a machine has which is busy with other things."""


def take_tour(opened: Opened) -> dict[str, str]:
    """Do what leads to each page; returns the path of each by its route."""
    seen = opened.visit("/")
    found = dict(PLAIN)
    for reach in REACHED.values():
        found |= reach(seen.page, opened)
    seen.page.context.close()
    return found


def find_earlier(found: Mapping[str, str], opened: Opened) -> dict[str, str]:
    """The pages of a tour that can be shown as of an earlier day, as of the day of the example."""
    page = opened.visit(f"/case/{CASE}").page
    item = page.locator("#items + p a").first.get_attribute("href")
    page.context.close()
    day = datetime.fromtimestamp(read_clock() / 1000, UTC).date() - timedelta(DAYS)
    pages = {**found, "/item/{ref}": str(item)}
    shown = {route: path for route, path in pages.items() if can_show(route) and route not in UNSHOWN}
    return {f"{route}/then": f"{path}?as_of={day}" for route, path in shown.items()}


def send(page: Page, opened: Opened, at: str, action: str = "", **fields: str | tuple[str, ...]) -> str:
    """Fill in a form that stands at a path, and send it; returns where that led."""
    page.goto(opened.origin + at)
    return _fill_in(page, action or at, fields)


def _fill_in(page: Page, action: str, fields: Mapping[str, str | tuple[str, ...]]) -> str:
    """Send the form of this page with that action; a field may be chosen several times."""
    chosen = ((name, (value,) if isinstance(value, str) else value) for name, value in fields.items())
    status, path = page.evaluate(_SEND, [action, [(name, one) for name, values in chosen for one in values]])
    assert status == 200, (action, status)
    return str(path)


def await_job(page: Page, opened: Opened, path: str) -> str:
    """Where a job ends."""
    page.goto(opened.origin + path)
    result = page.locator("main p > a.button")
    result.wait_for(timeout=PATIENCE)
    return str(result.get_attribute("href"))


def _find_kinds(page: Page, opened: Opened) -> dict[str, str]:
    """One of each kind that has a page of its own."""
    _record_crowd(opened)
    found = {"/place/{ref}": f"/place/{HOUSE}"}
    for at in (f"/case/{CASE}", f"/case/{CASE}/people", f"/case/{CASE}/map", f"/case/{CASE}/statements"):
        page.goto(opened.origin + at)
        for path in page.evaluate("[...document.querySelectorAll('main a')].map(one => one.pathname)"):
            found.setdefault(f"/{path.split('/')[1]}/{{ref}}", path)
    page.goto(opened.origin + found["/source/{ref}"])
    told = page.locator("#interviews + ul a").first.get_attribute("href")
    kinds = {route: path for route, path in found.items() if route in _KINDS}
    return {**kinds, _TOLD: str(told)}


def _search(page: Page, opened: Opened) -> dict[str, str]:
    return {"/found/{id}": send(page, opened, "/search", query="Liaoning")}


def _look_up(page: Page, opened: Opened) -> dict[str, str]:
    """Buying a woman, from the list and from the law of a case."""
    found = {}
    for route, at in (("/norm/{mark}", "/norms"), ("/case/{ref}/law/norm/{mark}", f"/case/{CASE}/law")):
        page.goto(opened.origin + at)
        buying = f"main {'li' if at == '/norms' else 'details'}:has-text('CN-CL-241') a[href*='/norm/']"
        found[route] = str(page.locator(buying).first.get_attribute("href"))
    return found


def _record(page: Page, opened: Opened) -> dict[str, str]:
    """An interview as far as a check, one that two windows wrote in, and the page of taking it away."""
    told = {
        "interview": "2019년 6월 12일",
        "source-source_kind": "interview",
        "who-1-kind": "person",
        "who-1-code": WOMAN,
        "told-1-about": "who-1",
        "told-1-property": "고향을 떠난 때",
        "told-1-value": "작년 봄",
        "told-1-words": "INVENTED: 작년 봄에 데려갔어요",
    }
    begun = send(page, opened, "/record", case=CASE, lang="ko")
    send(page, opened, begun, **told, do="keep")
    twice = send(page, opened, "/record", case=CASE, lang="ko")
    stale = {"revision": "1"}
    send(page, opened, twice, **told, do="keep")
    beside = send(page, opened, twice, **{**told, "told-1-value": "2012"}, **stale, do="keep")
    assert beside.endswith("/beside"), beside
    return {
        "/record/{id}": begun,
        "/record/{id}/check": f"{begun}/check",
        "/record/{id}/away": f"{begun}/away",
        "/record/{id}/beside": beside,
    }


def _bring(page: Page, opened: Opened) -> dict[str, str]:
    """A file of decisions as somebody sees it before it is recorded."""
    page.goto(f"{opened.origin}/case/{CASE}/consent/file")
    refusal = f'onggi = 1\n[[consent]]\nperson = "{WOMAN}"\ndecision = "refused"\nlang = "en"\nwords = "no"\n'
    page.set_input_files("#file", {"name": "x.toml", "mimeType": "text/plain", "buffer": refusal.encode()})
    page.locator("main form button").first.click()
    page.wait_for_url("**/jobs/*")
    return {"/bring/{id}": await_job(page, opened, page.url.removeprefix(opened.origin))}


def _suggest(page: Page, opened: Opened) -> dict[str, str]:
    """A page of suggestions, made while names were open."""
    page.goto(f"{opened.origin}/review/page")
    page.fill("#reason", "INVENTED: who may be one")
    page.locator("main form button").first.click()
    page.locator("main form[action='/review/page'] button").click()
    page.wait_for_url("**/jobs/*")
    made = await_job(page, opened, page.url.removeprefix(opened.origin))
    page.locator(".opened button").click()
    return {"/review/page/{id}": made}


def _score_names(page: Page, opened: Opened) -> dict[str, str]:
    """A table of two pairs, one of which holds a name that cannot be read."""
    page.goto(f"{opened.origin}/names/table")
    page.fill("#pasted", "a,b\n리영희,李英姬\n1984,이영희\n")
    page.locator("main form button").first.click()
    page.wait_for_url("**/jobs/*")
    return {"/names/table/{id}": await_job(page, opened, page.url.removeprefix(opened.origin))}


def _bring_tables(page: Page, opened: Opened) -> dict[str, str]:
    """Two lists of invented people, linked with clusterings drawn; a row of one is left out."""
    names = ("리영희", "李英姬", "박금순", "朴今顺")
    rows = [f"{at},{name},{1970 + at // 2},x\n" for at, name in enumerate(names)]
    tables = (
        "record_id,name,birth_year,village\n" + "".join(rows),
        "record_id,name,birth_year\na,이영희,1970\nb,Pak Kum Sun,1971\nb,x,\nc,Li Yingji,1980\n",
    )
    page.goto(f"{opened.origin}/review/tables")
    files: list[FilePayload] = [
        {"name": "x.csv", "mimeType": "text/csv", "buffer": one.encode()} for one in tables
    ]
    page.set_input_files("#tables", files)
    page.locator("main form button").first.click()
    page.wait_for_url("**/jobs/*")
    seen = await_job(page, opened, page.url.removeprefix(opened.origin))
    linked = await_job(page, opened, send(page, opened, seen, draws="20"))
    return {"/review/tables/{id}": seen, "/review/tables/{id}/linked": linked}


def _add_items(page: Page, opened: Opened) -> dict[str, str]:
    """A picture that was brought, then two more at once."""
    job, item = _add_pictures(page, opened, 1)
    return {
        "/jobs/{id}": job,
        "/item/{ref}": item,
        "/case/{ref}/added/{id}": _add_pictures(page, opened, 2)[1],
    }


def _add_pictures(page: Page, opened: Opened, count: int) -> tuple[str, str]:
    """Pictures that show nothing; returns the job, and where it ends."""
    files: list[FilePayload] = []
    for one in range(count):
        stream = BytesIO()
        Image.linear_gradient("L").resize((480, 300 + 10 * one + count)).save(stream, "PNG")
        files.append({"name": f"{one}.png", "mimeType": "image/png", "buffer": stream.getvalue()})
    page.goto(f"{opened.origin}/case/{CASE}/add")
    page.fill("#came_from", "INVENTED: a drawer")
    page.fill("#received", "2019년 6월")
    page.set_input_files("#file", files)
    page.locator("main form button").first.click()
    page.wait_for_url("**/jobs/*")
    job = page.url.removeprefix(opened.origin)
    return job, await_job(page, opened, job)


def _change(page: Page, opened: Opened) -> dict[str, str]:
    """A statement of hers, to be corrected or taken back."""
    page.goto(f"{opened.origin}/person/{WOMAN}")
    path = str(page.locator("main a[href^='/statement/']").first.get_attribute("href"))
    route = "/statement/{id}"
    return {route: path, f"{route}/correct": f"{path}/correct", f"{route}/withdraw": f"{path}/withdraw"}


def _prove(page: Page, opened: Opened) -> dict[str, str]:
    """What the article says was confessed to, and where the proof of it was written."""
    ledger = _enter(opened)
    route, held = "/statement/{id}", next(ledger.view().of_property("confessed_to"))
    ledger.close()
    job = send(page, opened, f"/statement/{held.id}/prove", folder=_beside(opened, "bag"))
    return {
        f"{route}/prove": f"/statement/{held.id}/prove",
        f"{route}/proved/{{order}}": await_job(page, opened, job),
    }


def _check(page: Page, opened: Opened) -> dict[str, str]:
    return {"/log/checked/{id}": await_job(page, opened, send(page, opened, "/log", "/log/verify"))}


def _rebuild(page: Page, opened: Opened) -> dict[str, str]:
    return {"/log/rebuilt/{id}": await_job(page, opened, send(page, opened, "/log", "/log/rebuild"))}


def _check_bag(page: Page, opened: Opened) -> dict[str, str]:
    """A bag of which one byte was changed, packed."""
    files = make_proof()
    packed = pack(files | {"VERIFY.md": files["VERIFY.md"] + b"INVENTED"})
    page.goto(f"{opened.origin}/bag")
    page.set_input_files("#archive", {"name": "x.zip", "mimeType": "application/zip", "buffer": packed})
    page.locator("main form button").first.click()
    page.wait_for_url("**/jobs/*")
    return {"/bag/{id}": await_job(page, opened, page.url.removeprefix(opened.origin))}


def _hold_against(page: Page, opened: Opened) -> dict[str, str]:
    roots = read_vectors("token")["root"]
    return {"/stamps/against/{id}": send(page, opened, "/stamps", "/stamps/against", roots=roots)}


def _copy(page: Page, opened: Opened) -> dict[str, str]:
    job = send(page, opened, "/log", "/log/copy", folder=_beside(opened, "copy"))
    return {"/log/copied/{id}": await_job(page, opened, job)}


def _make_another(page: Page, opened: Opened) -> dict[str, str]:
    """A new vault, at a place that is kept in step with a cloud."""
    folder = str(Path(opened.example.vault).parent / "Dropbox/another")
    words = "INVENTED: seven words of nobody"
    at = send(page, opened, "/another", kind="new", folder=folder)
    job = send(page, opened, at, passphrase=words, again=words)
    return {"/another/{id}": at, "/another/{id}/made": await_job(page, opened, job)}


def _count(page: Page, opened: Opened) -> dict[str, str]:
    job = send(page, opened, "/numbers/count", population="INVENTED: people sold")
    return {"/numbers/answer/{id}": await_job(page, opened, job)}


def _tabulate(page: Page, opened: Opened) -> dict[str, str]:
    """Of the crowd: too few are in the example to be shown in any table."""
    job = send(page, opened, "/numbers/tables", unit="victim", rows="type", columns="sex")
    return {"/numbers/table/{id}": await_job(page, opened, job)}


def bring_overlaps(page: Page, origin: str, table: str = OVERLAPS) -> None:
    """A table of people as somebody sees it who chooses its lists next, or what is wrong with it."""
    page.goto(f"{origin}/numbers/lists")
    page.check("input[name=kind][value=people]")
    page.fill("#population", "INVENTED: people sent back")
    page.fill("#window", "2005–2010")
    page.set_input_files("#table", {"name": "x.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.locator("main form .button").click()
    page.locator("main p > a.button[href^='/numbers/']").click(timeout=PATIENCE)


def choose_overlaps(page: Page, origin: str) -> None:
    """What was understood of it."""
    bring_overlaps(page, origin)
    for box in page.locator("input[name=list]").all()[:3]:
        box.check()
    page.locator("button[value=choose]").click()


def count_overlaps(page: Page, origin: str) -> None:
    """What came of it."""
    choose_overlaps(page, origin)
    count_overlap(page)


def count_overlap(page: Page) -> None:
    """From what was understood to what came of it, now or before."""
    if page.locator("button[value=count]").count():
        page.locator("button[value=count]").click()
    # Four models are many rounds for a machine that is busy.
    page.locator("main p > a.button[href^='/numbers/answer/']").click(timeout=5 * PATIENCE)


def _choose_overlaps(page: Page, opened: Opened) -> dict[str, str]:
    choose_overlaps(page, opened.origin)
    return {"/numbers/lists/{id}": page.url.removeprefix(opened.origin)}


def _release(page: Page, opened: Opened) -> dict[str, str]:
    """A dossier that is refused, and what became of another, which waits for a second member."""
    at = f"/case/{CASE}/dossier"
    refused = send(page, opened, at, purpose="research", recipient="UN-SP")
    for person in (WOMAN, "P-2M9XCVC"):
        _agree(page, opened, person)
    plan = send(page, opened, at, purpose="research", recipient="UN-SP", leave_out="P-5ZP1GQ7")
    page.goto(opened.origin + plan)
    accepts = page.evaluate("[...document.querySelectorAll('input[name=accepts]')].map(one => one.value)")
    folder, because = _beside(opened, "dossier"), "INVENTED: they asked for it"
    job = send(page, opened, plan, f"{plan}/build", folder=folder, accepts=tuple(accepts), because=because)
    route = "/case/{ref}/dossier/{id}"
    return {
        route: refused,
        f"{route}/read": f"{refused}/read",
        f"{route}/withheld": f"{refused}/withheld",
        f"{route}/done": await_job(page, opened, job),
    }


def _agree(page: Page, opened: Opened, person: str) -> None:
    """Record that a person said yes to research by one reader."""
    fields: dict[str, str | tuple[str, ...]] = {
        **{f"checks.{name}": "yes" for name in ("risks", "no_loss", "said_back", "able", "safe", "alone")},
        **{"checks.pressed": "no", "covers": ("facts", "words", "documents", "media")},
        **{"person": person, "decision": "given", "purpose": "research", "recipient": "UN-SP"},
        **{"form": "voice", "shown": "pseudonym"},
    }
    page.goto(f"{opened.origin}/case/{CASE}/consent/new")
    led = _fill_in(page, page.url.removeprefix(opened.origin), fields)
    assert led == f"/case/{CASE}/consent", led


def _record_crowd(opened: Opened) -> None:
    """A case of forty people who were sold, and of a place, recorded by another process."""
    ledger = _enter(opened)
    file = Path(_beside(opened, "crowd.toml"))
    file.write_text(f'{write_people(100, 40)}[place.house]\ncode = "{HOUSE}"\ntitle = "INVENTED"\n', "utf-8")
    record_file(ledger, file)
    ledger.close()


def _enter(opened: Opened) -> Ledger:
    """The same vault, by another process."""
    passphrase = opened.example.passphrase_file.read_text("utf-8").strip()
    return open_ledger(opened.example.vault, 1, passphrase, randomness, read_clock)


def _beside(opened: Opened, name: str) -> str:
    return str(Path(opened.example.vault).with_name(name))


KINDS = ("group", "event", "act", "place", "source", "intervention", "at")
_KINDS = tuple(f"/{kind}/{{ref}}" for kind in KINDS)
_TOLD = "/source/{ref}/told/{commit}"
REACHED: dict[tuple[str, ...], Reach] = {
    (*_KINDS, _TOLD): _find_kinds,
    ("/found/{id}",): _search,
    ("/norm/{mark}", "/case/{ref}/law/norm/{mark}"): _look_up,
    ("/record/{id}", "/record/{id}/check", "/record/{id}/away", "/record/{id}/beside"): _record,
    ("/bring/{id}",): _bring,
    ("/names/table/{id}",): _score_names,
    ("/review/page/{id}",): _suggest,
    ("/review/tables/{id}", "/review/tables/{id}/linked"): _bring_tables,
    ("/jobs/{id}", "/item/{ref}", "/case/{ref}/added/{id}"): _add_items,
    ("/statement/{id}", "/statement/{id}/correct", "/statement/{id}/withdraw"): _change,
    ("/statement/{id}/prove", "/statement/{id}/proved/{order}"): _prove,
    ("/log/checked/{id}",): _check,
    ("/log/rebuilt/{id}",): _rebuild,
    ("/log/copied/{id}",): _copy,
    ("/another/{id}", "/another/{id}/made"): _make_another,
    ("/bag/{id}",): _check_bag,
    ("/stamps/against/{id}",): _hold_against,
    ("/numbers/answer/{id}",): _count,
    ("/numbers/table/{id}",): _tabulate,
    ("/numbers/lists/{id}",): _choose_overlaps,
    tuple(f"/case/{{ref}}/dossier/{{id}}{end}" for end in ("", "/read", "/withheld", "/done")): _release,
}
"""What must be done, by the routes it leads to."""
