"""Every piece of a page once, with invented values: looked at, and held against axe, in three languages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from onggi.errors import Finding
from onggi.figures.timeline import Dating, Event, draw_timeline
from onggi.web.form import Form
from onggi.web.frame import Frame, Guided, Opened
from onggi.web.rendering import environment, speak
from onggi.web.shown import Opposed, Piece, Quote, Shown
from onggi.web.waiting import Task
from onggi.words import say

_PAGE = Path(__file__).with_name("gallery.html").read_text("utf-8")


def draw_gallery(tongue: str) -> str:
    """The page."""
    opened = Opened("C-7Q2WZ5C", "a call to arrange a meeting")
    guided = Guided("build", 6, 7, "/x", say("web_guide.build.tell", tongue), "onggi open /x/vault --as 2")
    frame = Frame(tongue, "seal", "/", "cases", opened, guided)
    return environment().from_string(_PAGE).render(speak(frame), **_values(tongue))


def _values(tongue: str) -> dict[str, object]:
    woman, call = (Piece(code, href=f"/x/{code}", code=True) for code in ("P-8F3KT2H", "S-VN7E3A1"))
    words = Quote(
        Piece("문은 밖에서 잠겨 있었습니다.", "ko"),
        Piece("The door was locked from outside.", "en"),
        "INVENTED",
    )
    agreeing = (Piece("S-2M9XCVC", href="/x", code=True),)

    def said_of(n: str, property: str, value: tuple[Piece, ...], **differing: Any) -> Shown:
        plain = Shown(
            id=n * 32,
            subject=woman,
            property=property,
            value=value,
            denied=False,
            contested=False,
            covered=False,
            stratum="record",
            source=call,
            near="",
            grade="",
            agreeing=(),
            locator="00:12:04",
            day="12 June 2026",
            recorder="4f2a9c",
            words=words,
        )
        return replace(plain, **differing)

    grade = "graded B2: usually reliable, probably true"
    left = Piece("2009년 봄", "ko"), Piece("“그해 봄”", "ko")
    said = [
        said_of(
            "a",
            "Left on",
            left,
            changeable=True,
            contested=True,
            near="saw or did it",
            grade=grade,
            agreeing=agreeing,
        ),
        said_of(
            "b", "登记", (Piece("未登记", "zh"),), denied=True, stratum="identity", source=None, words=None
        ),
        said_of("e", "Telephone", (Piece("+86 100 0000 0001"),), covered=True, stratum="identity"),
        said_of("c", "Note", (Piece("INVENTED. " * 30, "en"),)),
    ]
    sold = Dating("2009-06-01", "2009-06-30", "S-1"), Dating("2010-01-01", None, "S-2")
    events = [
        Event("Departure", (Dating("2009-03-01", "2009-05-31", "S-1"),)),
        Event("Sale", sold, conflict=True),
        Event("Years in the house", (Dating("2009-07-01", "2013-02-11", "S-1", lasting=True),)),
    ]
    typed = {"reason": ("<script>",), "words": ("문은 밖에서",), "near": ("0",), "also": ("en", "zh")}
    findings = Finding("ledger.reason", "reason"), Finding("ledger.query", "near")
    return {
        "form": Form(typed, findings),
        "near": [("0", "Saw it", "was there"), ("1", "Heard it")],
        "waiting": [
            Task("≠ P-8F3KT2H · Left on", "/x", "S-VN7E3A1, S-2M9XCVC", "≠ 2", "doubt"),
            Task("P-8F3KT2H ~ P-2M9XCVC", "/y", tag="0.83"),
        ],
        "said": said,
        "opposed": Opposed("d" * 32, woman, "Left on", tuple(said)),
        "figures": draw_timeline(events, title="Chronology", lang=tongue),
        "head": ["Code", "What", "Count"],
        "rows": [[(woman,), "Departure", "12"], [(call,), "Sale", "1,200"]],
        "about": [("Code", (woman,)), ("Title", "INVENTED: sold on the way to work")],
    }
