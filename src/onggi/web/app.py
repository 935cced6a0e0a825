"""From a request to a page: guards, form, page, reply; whatever goes wrong on the way has a page, too.

An ASGI application. It touches the ledger only through `ask`, which calls in the one thread that owns it.
Refused: a request that a guard turns away, before more of it is read than its head.
"""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Protocol, TypeVar

from starlette.routing import compile_path

from onggi.errors import Finding
from onggi.web import door, guards
from onggi.web.answers import Answer, File, Go, Show
from onggi.web.assets import read_asset
from onggi.web.body import LARGEST, read_fields, read_form
from onggi.web.desk import Desk
from onggi.web.earlier import find_day, stay
from onggi.web.faults import find_status, name_fault
from onggi.web.frame import Frame, Opened
from onggi.web.guards import Headers, Refusal
from onggi.web.guiding import find_next
from onggi.web.rendering import render
from onggi.web.replies import Reply, cut_range, send_file, send_page, send_to
from onggi.web.session import Session
from onggi.web.upload import Delivery, Opening, Splitter, closing, measure_files, read_boundary, read_opening
from onggi.web.visit import Visit
from onggi.words import LANGUAGES, language

T = TypeVar("T")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Handler = Callable[[Visit], Answer]
Route = tuple[str, str, Handler]

_TOKEN_LARGEST = 4096
_STATIC = "/static/"
_WATCHED = "/jobs/"
"""A page that looks again by itself: to watch is no work."""


class Ask(Protocol):
    """Calls something in the thread that owns the ledger, and waits for what it returns."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]: ...


class App:
    """The pages of one unlocked vault. `lock` is called with the reason, and ends the process soon after."""

    def __init__(
        self,
        session: Session,
        desk: Desk,
        routes: Sequence[Route],
        ask: Ask,
        lock: Callable[[str], None],
        aside: Ask | None = None,
    ) -> None:
        """`aside` calls in another thread than the ledger's: what waits for a job to read on."""
        self._session = session
        self._desk = desk
        self._ask = ask
        self._aside = aside or ask
        self._lock = lock
        self._routes = [(method, compile_path(path)[0], handler) for method, path, handler in routes]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or none that is not HTTP."""
        if scope["type"] != "http":
            return
        try:
            reply = cut_range(await self._answer(scope, receive), guards.find_one(scope["headers"], "range"))
        except Exception as error:  # noqa: BLE001 - it would end in a log, with lines of what was recorded
            wrong = name_fault(error)
            tongue = self._tongue(scope["headers"])
            text = door.write_door(wrong.id, link="", languages=(tongue,), **wrong.values)
            reply = send_page(text, find_status(wrong))
        await send_reply(reply, scope["method"], send, self._ask)

    async def _answer(self, scope: Message, receive: Receive) -> Reply:
        method, path, headers = scope["method"], scope["path"], scope["headers"]
        session = self._session
        host = guards.find_one(headers, "host") or ""
        if path == door.STYLE_PATH and method in guards.SAFE:
            return door.send_style()
        if path == "/open":
            refusal = guards.check_host(headers, session.hosts)
            return door.refuse(refusal) if refusal else await self._enter(scope, receive, host)
        refusal = (
            guards.check_host(headers, session.answers_to)
            or guards.check_site(headers)
            or guards.check_origin(method, headers, host)
            or guards.check_cookie(headers, session.cookie)
        )
        if refusal:
            return door.refuse(refusal)
        if path == "/alive":  # a page that looks whether it is still open; nobody works by that
            return Reply(204) if method in guards.SAFE else door.refuse(guards.METHOD)
        if path.startswith(_STATIC) and method in guards.SAFE:
            asset = read_asset(path.removeprefix(_STATIC))
            return Reply(200, *asset) if asset else door.refuse(guards.ABSENT)
        if not (path.startswith(_WATCHED) and method in guards.SAFE):
            session.lease.touch(session.clock())
        return await self._dispatch(scope, receive)

    async def _enter(self, scope: Message, receive: Receive, host: str) -> Reply:
        """Swap the token for a cookie. Alone of all pages it may be posted to from a file of this machine."""
        method, headers = scope["method"], scope["headers"]
        if method not in ("GET", "POST"):
            return door.refuse(guards.METHOD)
        if method == "GET":
            if guards.check_site(headers) or guards.find_one(headers, "sec-purpose") is not None:
                return door.refuse(guards.ELSEWHERE)
            fields = read_fields(scope["query_string"])
        else:
            body = await _read_body(receive, _TOKEN_LARGEST)
            fields = None if body is None else read_form(body, guards.find_one(headers, "content-type"))
        tokens = (fields or {}).get("t", ())
        if len(tokens) != 1 or not self._session.enter(tokens[0], host):
            return door.refuse(guards.TOKEN)
        cookie = f"{guards.COOKIE}={self._session.cookie}; Path=/; HttpOnly; SameSite=Strict"
        plain = host != self._session.hosts[0]
        reply = door.send_entered(plain) if method == "POST" or plain else send_to("/")
        return Reply(reply.status, reply.body, extra={**reply.extra, "Set-Cookie": cookie})

    async def _dispatch(self, scope: Message, receive: Receive) -> Reply:
        """Find the page, read its form, call it."""
        method, path, headers = scope["method"], scope["path"], scope["headers"]
        asked = read_fields(scope["query_string"])
        if asked is None:
            return door.refuse(guards.FORM)
        fields: Mapping[str, Sequence[str]] = {}
        boundary = read_boundary(guards.find_one(headers, "content-type")) if method == "POST" else None
        if boundary is not None:
            return await self._take_in(scope, receive, boundary, asked)
        if method not in guards.SAFE:
            body = await _read_body(receive, LARGEST)
            if body is None:
                return door.refuse(guards.LARGE)
            read = read_form(body, guards.find_one(headers, "content-type"))
            if read is None:
                return door.refuse(guards.FORM)
            seals = read.get("seal", ())
            if len(seals) != 1 or not guards.same_secret(seals[0], self._session.seal):
                return door.refuse(guards.SEAL)
            fields = read
        if path == "/lock" and method == "POST":
            # Not a way to another page: who would answer there is just changing.
            self._lock("button")
            return door.send_locked()
        if path == "/language" and method == "POST":
            return self._speak(fields)
        found = self._find(method, path)
        if isinstance(found, Refusal):
            return door.refuse(found)
        handler, parts = found
        return await self._ask(
            partial(self._call, method, handler, path, self._tongue(headers), parts, asked, fields)
        )

    async def _take_in(
        self, scope: Message, receive: Receive, boundary: bytes, asked: Mapping[str, Sequence[str]]
    ) -> Reply:
        """A form with files: its fields are read and its page is called before the first file is there."""
        headers, path = scope["headers"], scope["path"]
        begun = await _read_opening(receive, boundary)
        if begun is None:
            return door.refuse(guards.FORM)
        opening, data, more = begun
        seals = opening.fields.get("seal", ())
        if len(seals) != 1 or not guards.same_secret(seals[0], self._session.seal):
            return door.refuse(guards.SEAL)
        end = measure_files(guards.find_one(headers, "content-length"), opening, boundary)
        found = self._find("POST", path)
        if isinstance(found, Refusal):
            return door.refuse(found)
        if end is None:
            return door.refuse(guards.FORM)
        sizes = (opening.fields.get("sizes") or ("",))[-1]
        upload = Delivery(opening.name, opening.at, end, sizes, opening.field)
        handler, parts = found
        said = path, self._tongue(headers), parts, asked, opening.fields
        call = partial(self._call, "POST", handler, *said, upload)
        reply = await self._ask(call)
        splitter = Splitter(boundary, opening.at, end + len(closing(boundary)))
        await self._pass_on(receive, upload, splitter, data[opening.at :], more)
        return reply

    async def _pass_on(
        self, receive: Receive, upload: Delivery, splitter: Splitter, data: bytes, more: bool
    ) -> None:
        """Hand the files on as they come.

        What nobody reads is read all the same: a browser hears no answer before it has sent everything.
        """
        while True:
            if upload.taken:
                await self._aside(partial(upload.hear, splitter.feed(data)))
            if not more:
                break
            data, more = await _read_more(receive)
        if upload.taken:
            await self._aside(partial(upload.hear, splitter.finish()))

    def _find(self, method: str, path: str) -> tuple[Handler, Mapping[str, str]] | Refusal:
        wanted = "GET" if method == "HEAD" else method
        elsewhere = False
        for known, pattern, handler in self._routes:
            if hit := pattern.match(path):
                if known == wanted:
                    return handler, hit.groupdict()
                elsewhere = True
        return guards.METHOD if elsewhere else guards.ABSENT

    def _call(
        self,
        method: str,
        handler: Handler,
        path: str,
        tongue: str,
        parts: Mapping[str, str],
        asked: Mapping[str, Sequence[str]],
        fields: Mapping[str, Sequence[str]],
        upload: Delivery | None = None,
    ) -> Reply:
        """In the thread of the ledger: a page, as its reply. A page that fails is one, too."""
        day = None
        try:
            day = find_day(method, path, asked, self._desk.today())
            visit = self._desk.receive(path, tongue, parts, asked, fields)
            visit = replace(visit, upload=upload, as_of=day)
            return self._reply(handler(visit), visit)
        except Exception as error:  # noqa: BLE001 - as above
            return self._fail(error, path, tongue, day)

    def _reply(self, answer: Answer, visit: Visit) -> Reply:
        match answer:
            case Go():
                return send_to(stay(answer.path, visit.as_of) if visit.as_of else answer.path)
            case File():
                return send_file(answer.name, answer.chunks, answer.media)
            case Show():
                frame = Frame(
                    visit.tongue,
                    self._session.seal,
                    self._way_back(visit.path),
                    answer.section,
                    self._opened(visit),
                    find_next(visit) if answer.section != "guide" and not visit.as_of else None,
                    {card.member: slot for slot, card in visit.ledger.vault.members.slots().items()},
                    visit.as_of,
                    visit.corrections.count,
                )
                return send_page(render(answer.template, frame, **answer.values), answer.status)

    def _opened(self, visit: Visit) -> Opened | None:
        signed = visit.identity.signed
        if signed is None:
            return None
        return Opened(visit.ledger.view().code_of(signed.case) or "" if signed.case else "", signed.reason)

    def _speak(self, fields: Mapping[str, Sequence[str]]) -> Reply:
        """Another language from now on."""
        wanted = (fields.get("to") or ("",))[-1]
        if wanted in LANGUAGES:
            self._session.tongue = wanted
        return send_to((fields.get("back") or ("/",))[-1])

    def _tongue(self, headers: Headers) -> str:
        """The language that was chosen; else the first of ours that the browser asks for."""
        if self._session.tongue:
            return self._session.tongue
        asked = (guards.find_one(headers, "accept-language") or "").lower()
        wishes = [wish.strip()[:2] for wish in asked.split(",")]
        return next((wish for wish in wishes if wish in LANGUAGES), language())

    def _fail(self, error: Exception, path: str, tongue: str, day: date | None) -> Reply:
        """What went wrong: an id with its sentence and what to do; never what was being written."""
        wrong = name_fault(error)
        signed = self._desk.identity.signed
        frame = Frame(
            *(tongue, self._session.seal, self._way_back(path), ""),
            Opened("", signed.reason) if signed else None,
            as_of=day,
        )
        text = render("error.html", frame, finding=Finding(wrong.id, "", wrong.values))
        return send_page(text, find_status(wrong))

    def _way_back(self, path: str) -> str:
        """The path of a page, to see it in another language; the first page, where it was posted to alone."""
        return "/" if isinstance(self._find("GET", path), Refusal) else path


async def _read_body(receive: Receive, most: int) -> bytes | None:
    """All of the body; None where it is longer than `most`, or was broken off."""
    found = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        found += message.get("body", b"")
        if len(found) > most:
            return None
        if not message.get("more_body", False):
            return bytes(found)


async def _read_more(receive: Receive) -> tuple[bytes, bool]:
    """What came next of a body, and whether more does."""
    message = await receive()
    if message["type"] != "http.request":
        return b"", False
    return message.get("body", b""), message.get("more_body", False)


async def _read_opening(receive: Receive, boundary: bytes) -> tuple[Opening, bytes, bool] | None:
    """What stands before a file: its fields, the bytes that came so far, and whether more do."""
    data, more = b"", True
    while more and len(data) <= LARGEST:
        came, more = await _read_more(receive)
        data += came
        found = read_opening(data, boundary)
        if isinstance(found, Opening):
            return found, data, more
        if not found:
            return None
    return None


async def send_reply(reply: Reply, method: str, send: Send, ask: Ask | None = None) -> None:
    """Send a reply; a stream is drawn from the thread that owns the ledger, piece by piece."""
    headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in reply.headers.items()]
    if isinstance(reply.body, bytes):
        headers.append((b"Content-Length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    if isinstance(reply.body, bytes):
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else reply.body})
        return
    if ask is not None and method != "HEAD":
        while chunk := await ask(partial(next, reply.body, b"")):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
