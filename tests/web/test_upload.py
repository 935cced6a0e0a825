"""A file that comes in: whole, or nothing of it anywhere; whatever a browser, or something else, sends."""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.promises import office as invented
from tests.web.visiting import Answered, House, Visitor

from onggi.model.value import Text
from onggi.web.jobs import Job

BOUNDARY = "----WebKitFormBoundaryINVENTED"
CONTENT = os.urandom(300_000)
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
