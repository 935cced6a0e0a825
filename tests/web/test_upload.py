"""Files that come in: each whole, or nothing of it anywhere; whatever a browser, or something else, sends."""

import itertools
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.promises import office as invented
from tests.web.visiting import Answered, House, Visitor

from onggi.model.value import Text, Unknown
from onggi.web.jobs import Job
from onggi.web.upload import Begun, Ended, Event, Opening, Over, Piece, Splitter, read_opening

BOUNDARY = "----WebKitFormBoundaryINVENTED"
CONTENT = os.urandom(300_000)
ORIGIN_SAID = ("brought_by", "received_on", "came_from", "obtained_by")
ORIGIN = {"came_from": "a drawer", "received": "2019년 6월", "obtained": "sent"}
CANARY = b"CANARY: the yellow lantern by the mill "


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    yield Visitor(house)
    house.desk.jobs.stop_all()


@pytest.fixture
def case(house: House) -> str:
    view = house.ledger.view()
    (found,) = [
        view.call(held.statement.about.case)
        for held in view.of_property("title")
        if held.statement.value == Text(invented.TITLE, "en")
    ]
    return found


def write_form(fields: Mapping[str, str], name: str | None, content: bytes, after: bytes = b"") -> bytes:
    """A form as a browser writes it, its file last."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{typed}\r\n'.encode()
        for key, typed in fields.items()
    ]
    if name is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + content)
    return b"".join(parts) + after + f"\r\n--{BOUNDARY}--\r\n".encode()


def send(
    visitor: Visitor,
    case: str,
    content: bytes = CONTENT,
    name: str | None = "INVENTED.jpg",
    *,
    seal: str | None = None,
    cut: int = 0,
    after: bytes = b"",
    length: str | None = "",
    fields: Mapping[str, str] | None = None,
) -> Answered:
    given = {"seal": seal if seal is not None else visitor.house.session.seal, **(fields or {})}
    body = write_form(given, name, content, after)
    said = str(len(body)) if length == "" else length
    lines = visitor.head(
        "POST", content_type=f"multipart/form-data; boundary={BOUNDARY}", content_length=said
    )
    return visitor.house.ask("POST", f"/case/{case}/add", lines, body[: len(body) - cut])


def wait(visitor: Visitor, answered: Answered) -> Job:
    assert answered.status == 303, answered.text
    job = visitor.house.desk.jobs.find(answered.headers["location"].rpartition("/")[2])
    assert job is not None
    for _ in range(2000):
        if job.over:
            return job
        time.sleep(0.01)
    raise AssertionError("it does not end")


def count_items(visitor: Visitor) -> int:
    view = visitor.house.desk.receive("/", "en", {}, {}, {}).view()
    return sum(view.kind_of(held.statement.subject) == "item" for held in view.of_property("code"))


def test_a_file_is_sealed_as_it_comes_and_has_its_page(visitor: Visitor, case: str) -> None:
    before = count_items(visitor)
    job = wait(visitor, send(visitor, case, fields=ORIGIN))
    assert job.state == "done", job.error
    assert count_items(visitor) == before + 1
    page = visitor.get(job.path)
    assert page.status == 200
    assert "image/jpeg" not in page.text or "jpeg" in page.text
    assert "INVENTED.jpg" not in page.text, "the name of a file is identity"


@pytest.mark.parametrize("size", [1, 63, 64 * 1024, 1_000_000])
def test_every_byte_arrives(visitor: Visitor, case: str, size: int) -> None:
    content = os.urandom(size)
    job = wait(visitor, send(visitor, case, content))
    assert job.state == "done", job.error
    code = job.path.rpartition("/")[2]
    answered = visitor.post(f"/item/{code}/file", {"reason": "INVENTED"})
    assert answered.body == content
    assert answered.headers["content-disposition"] == f'attachment; filename="{code}"'
    assert answered.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "content",
    [
        f"\r\n--{BOUNDARY[:-1]}x".encode() * 50,
        b"\r\n--" * 5_000,
        f"--{BOUNDARY}--\r\n".encode(),
        b"\r\n",
        b"\r" * 70_000,
    ],
)
def test_what_looks_like_the_end_of_a_form_is_kept_as_it_is(
    visitor: Visitor, case: str, content: bytes
) -> None:
    job = wait(visitor, send(visitor, case, content))
    assert job.state == "done", job.error
    code = job.path.rpartition("/")[2]
    assert visitor.post(f"/item/{code}/file", {"reason": "INVENTED"}).body == content


@pytest.mark.parametrize("cut", [1, 2, 40, 1000, 200_000])
def test_of_a_file_that_is_broken_off_nothing_is_kept(visitor: Visitor, case: str, cut: int) -> None:
    before = count_items(visitor)
    job = wait(visitor, send(visitor, case, cut=cut))
    if cut > 60:
        assert (job.state, job.error and job.error.id) == ("failed", "web_item.broken")
    else:
        assert job.state == "failed"
    assert count_items(visitor) == before


def test_a_part_behind_the_file_is_no_part_of_it(visitor: Visitor, case: str) -> None:
    before = count_items(visitor)
    more = f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\ny'.encode()
    assert wait(visitor, send(visitor, case, after=more)).state == "failed"
    assert count_items(visitor) == before


@pytest.mark.parametrize("length", ["1", "-5", "x", "9" * 30, None])
def test_a_length_that_is_none_is_refused_or_nothing_is_kept(
    visitor: Visitor, case: str, length: str | None
) -> None:
    before = count_items(visitor)
    answered = send(visitor, case, length=length)
    assert answered.status == 400
    assert count_items(visitor) == before


def test_a_length_that_is_too_long_keeps_nothing(visitor: Visitor, case: str) -> None:
    before = count_items(visitor)
    assert wait(visitor, send(visitor, case, length="400000")).state == "failed"
    assert count_items(visitor) == before


def test_a_form_without_its_seal_is_refused(visitor: Visitor, case: str) -> None:
    before = count_items(visitor)
    assert send(visitor, case, seal="").status == 403
    assert send(visitor, case, seal="0" * 64).status == 403
    assert visitor.house.desk.jobs.all() == []
    assert count_items(visitor) == before


def test_without_a_file_the_form_says_so_and_keeps_what_was_typed(visitor: Visitor, case: str) -> None:
    answered = send(visitor, case, b"", "", fields={"came_from": "INVENTED drawer"})
    assert answered.status == 422
    assert 'href="#file"' in answered.text and "INVENTED drawer" in answered.text
    assert send(visitor, case, name=None).status == 400


def test_that_nobody_knows_is_said_in_any_of_the_languages(visitor: Visitor, case: str) -> None:
    typed = {"person": "不详", "received": "모름", "came_from": "Not known", "obtained": "unknown"}
    job = wait(visitor, send(visitor, case, fields=typed))
    assert job.state == "done", job.error
    ledger = visitor.house.ledger
    view = ledger.open_identity(ledger.vault.compartment(), None, "INVENTED: a look")
    item = view.find(job.path.rpartition("/")[2])
    said = [held.statement.value for name in ORIGIN_SAID for held in view.live(item, name)]
    assert said == [Unknown()] * 4


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("received", "sometime"),
        ("obtained", "stolen"),
        ("person", "P-0000000"),
        ("came_from", "a\x1b[31m"),
        ("of", "I-0000000"),
    ],
)
def test_what_cannot_be_understood_is_refused_before_the_file_is_read(
    visitor: Visitor, case: str, field: str, typed: str
) -> None:
    answered = send(visitor, case, fields={field: typed})
    assert answered.status == 422
    assert f'href="#{field}"' in answered.text
    assert visitor.house.desk.jobs.all() == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a" * 10_000, "<script>alert(1)</script>", "\u202egpj.exe", "%22%0d%0aX: y", "김"],
)
def test_a_hostile_name_is_text_and_stands_in_identity_alone(visitor: Visitor, case: str, name: str) -> None:
    job = wait(visitor, send(visitor, case, name=name))
    assert job.state == "done", job.error
    page = visitor.get(job.path)
    assert page.status == 200
    assert name not in page.text and "passwd" not in page.text


def test_nothing_of_it_lies_readable_on_the_disk(visitor: Visitor, case: str, tmp_path: Path) -> None:
    wait(visitor, send(visitor, case, CANARY * 5_000))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CANARY not in path.read_bytes()


def test_a_look_is_signed_first_and_needs_a_reason(visitor: Visitor, case: str) -> None:
    code = wait(visitor, send(visitor, case, b"no picture")).path.rpartition("/")[2]
    ledger = visitor.house.ledger

    def looks() -> int:
        return len(list(ledger.view(strata=["identity"]).of_property("read_item")))

    before = looks()
    assert visitor.post(f"/item/{code}/look", {"reason": " "}).status == 422
    assert visitor.post(f"/item/{code}/file", {"reason": ""}).status == 422
    assert looks() == before
    answered = visitor.post(f"/item/{code}/look", {"reason": "INVENTED"})
    assert answered.status == 422, "what is no picture is not drawn"
    assert looks() == before + 1


def test_a_handling_is_signed_with_its_reason(visitor: Visitor, case: str) -> None:
    code = wait(visitor, send(visitor, case)).path.rpartition("/")[2]
    assert visitor.post(f"/item/{code}/note", {"event": "printed", "note": ""}).status == 422
    assert visitor.post(f"/item/{code}/note", {"event": "erased", "note": "x"}).status == 422
    answered = visitor.post(f"/item/{code}/note", {"event": "printed", "note": "INVENTED reason"})
    assert answered.status == 303
    held = list(visitor.house.ledger.view(strata=["identity"]).of_property("printed"))
    assert [one.statement.value for one in held] == [Text("INVENTED reason", "und")]


def write_files(fields: Mapping[str, str], files: Sequence[tuple[str, bytes]]) -> bytes:
    """A form as a browser writes it, with all files behind its fields."""
    head = write_form(fields, None, b"")[: -len(f"\r\n--{BOUNDARY}--\r\n")]
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
        + b"Content-Type: application/octet-stream\r\n\r\n"
        + content
        + b"\r\n"
        for name, content in files
    ]
    return head + b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def send_files(
    visitor: Visitor, case: str, files: Sequence[tuple[str, bytes]], cut: int = 0, **fields: str
) -> Job:
    body = write_files({"seal": visitor.house.session.seal, **fields}, files)
    media = f"multipart/form-data; boundary={BOUNDARY}"
    lines = visitor.head("POST", content_type=media, content_length=str(len(body)))
    return wait(visitor, visitor.house.ask("POST", f"/case/{case}/add", lines, body[: len(body) - cut]))


def read_items(visitor: Visitor, job: Job) -> list[bytes | None]:
    """What was sealed, file by file, as the page of the job lists it; None for one that was refused."""
    page = visitor.get(job.path).text
    found = re.findall(r'<li>(?:<a class="code"[^>]*href="/item/([^"]+)"|<div class="notice wrong")', page)
    return [visitor.post(f"/item/{one}/file", {"reason": "INVENTED"}).body if one else None for one in found]


def test_several_files_are_items_of_their_own_in_the_order_of_the_form(visitor: Visitor, case: str) -> None:
    before = count_items(visitor)
    contents = [os.urandom(size) for size in (5, 70_000, 1, 200_000)]
    named = [
        ("a/INVENTED-2.jpg", contents[0]),
        ("", b""),
        *(("a/b.bin", one) for one in contents[1:]),
        ("", b""),
    ]
    job = send_files(visitor, case, named, came_from="a drawer")
    assert job.state == "done", job.error
    assert count_items(visitor) == before + 4
    assert read_items(visitor, job) == contents
    page = visitor.get(job.path).text
    assert "INVENTED-2" not in page and "b.bin" not in page, "names of files are identity"
    assert visitor.get(f"/case/{case}/added/{'0' * 32}").status == 404


def test_one_that_is_refused_does_not_take_the_others_with_it(visitor: Visitor, case: str) -> None:
    made = wait(visitor, send(visitor, case)).path.rpartition("/")[2]
    before = count_items(visitor)
    files = [
        ("1.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nshe wept\n"),
        ("2.vtt", b"WEBVTT\n\n00:05.000 --> 00:02.000\nbackwards\n"),
        ("3.txt", b"she wept\n\nand left\n"),
    ]
    job = send_files(visitor, case, files, of=made, made_as="transcript", lang="en")
    assert read_items(visitor, job) == [files[0][1], None, files[2][1]]
    assert count_items(visitor) == before + 2


@pytest.mark.parametrize("cut", [1, 3, 60, 150_000])
def test_of_a_form_that_is_broken_off_what_came_whole_stays(visitor: Visitor, case: str, cut: int) -> None:
    contents = [b"INVENTED first", os.urandom(100_000), os.urandom(100_000)]
    job = send_files(visitor, case, [("x", one) for one in contents], cut)
    whole = 1 if cut == 150_000 else 2
    assert read_items(visitor, job) == [*contents[:whole], None]


@pytest.mark.parametrize("sizes", ["", "14 300000 9", "14 5 9", "-1 x 9", "9" * 5000])
def test_a_file_too_large_to_wait_for_is_taken_as_it_comes_where_its_length_is_told(
    visitor: Visitor, case: str, sizes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onggi.web.upload.HELD", 100_000)
    contents = [b"INVENTED first", os.urandom(300_000), b"the last"]
    job = send_files(visitor, case, [("x", one) for one in contents], sizes=sizes)
    right = sizes == "14 300000 9"
    assert read_items(visitor, job) == [contents[0], contents[1] if right else None, contents[2]]
    job = send_files(visitor, case, [("x", one) for one in contents[:2]], sizes="")
    assert read_items(visitor, job) == contents[:2], "the last one needs no word of its length"


@given(
    files=st.lists(
        st.binary(max_size=300) | st.just(f"\r\n--{BOUNDARY[:-1]}".encode()), min_size=1, max_size=4
    ),
    cuts=st.lists(st.integers(1, 200), min_size=1, max_size=8),
    unchosen=st.integers(0, 3),
)
def test_a_form_is_split_alike_in_whatever_pieces_it_comes(
    files: list[bytes], cuts: list[int], unchosen: int
) -> None:
    """Also where fields stand behind the files for which nobody chose one."""
    body = write_files({}, [*(("x", one) for one in files), *[("", b"")] * unchosen])
    opening = read_opening(body, BOUNDARY.encode())
    assert isinstance(opening, Opening)
    splitter = Splitter(BOUNDARY.encode(), opening.at, len(body))
    rest, events = body[opening.at :], list[Event]()
    for size in itertools.cycle(cuts):
        if not rest:
            break
        events += splitter.feed(rest[:size])
        rest = rest[size:]
    events += splitter.finish()
    assert events[-1] == Over(True) and events.count(Ended()) == len(files)
    found = [b""]
    for one in events:
        match one:
            case Begun():
                found.append(b"")
            case Piece(data=data):
                found[-1] += data
    assert found == files


@given(st.binary(max_size=400), st.integers(1, 50))
def test_what_is_no_form_is_never_said_to_be_whole(noise: bytes, size: int) -> None:
    splitter = Splitter(BOUNDARY.encode(), 0, len(noise))
    events = [one for at in range(0, len(noise), size) for one in splitter.feed(noise[at : at + size])]
    events += splitter.finish()
    whole = noise.endswith(f"\r\n--{BOUNDARY}--\r\n".encode())
    assert (events[-1] == Over(True)) <= whole
