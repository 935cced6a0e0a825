"""Pages as text: templates, sentences in the reader's language, and nothing that runs.

Everything is escaped; what a template asks for and was not handed stops the page (a blank would be believed).
Only two things are written as they are: the pictures of `figures`, which escape every text themselves, and
the hidden field that seals a form. Codes that stand in a sentence are kept whole. Refused: a template
outside this package.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onggi.errors import Finding
from onggi.figures.figure import Figure
from onggi.web.days import say_day
from onggi.web.earlier import can_show, keep_day
from onggi.web.frame import Frame
from onggi.web.sections import CASE_PARTS, SECTIONS
from onggi.web.spacing import part_texts, space_text
from onggi.words import known, say
from onggi.words.whereabouts import say_where

TONGUES = (("en", "English"), ("ko", "한국어"), ("zh", "中文"))
"""The languages, each by its own name."""

_FEW = 6  # characters of the id of a member whom this vault does not know
_CODES = re.compile(r"\b([A-Z]-[0-9A-Z]{7})\b", re.ASCII)
_CODE_MARKUP = Markup('<span class="code" translate="no">{}</span>')


def render(template: str, frame: Frame, /, **values: Any) -> str:
    """A page, or a part of one (`parts/…`), in the language of its frame, and as of its day."""
    page = environment().get_template(template).render(speak(frame), **values)
    return keep_day(page, frame.as_of) if frame.as_of else page


def say_finding(finding: Finding, tongue: str) -> tuple[str, str]:
    """What was found, and what it means or what to do; the second may be empty.

    Where a sentence speaks of commands, `web.instead.<its id>` stands for it here, or, where only what to do
    does, `web.hint.<its id>`.
    """
    values = {"where": say_where(finding.where, tongue), **finding.values}
    id = f"web.instead.{finding.code}" if known(f"web.instead.{finding.code}") else finding.code
    hint = f"web.hint.{id}" if known(f"web.hint.{id}") else f"{id}.hint"
    what = say(id, tongue, **values) if known(id) else id
    return what, say(hint, tongue, **values) if known(hint) else ""


def speak(frame: Frame) -> Mapping[str, Any]:
    """What every template may ask: sentences in one language, and what the frame holds."""
    tongue, day = frame.tongue, frame.as_of
    return {
        "frame": frame,
        "tongue": tongue,
        "tongues": TONGUES,
        "sections": SECTIONS,
        "parts": [one for one in CASE_PARTS if day is None or can_show(f"/case/-{one.path}")],
        "then": say_day(day.isoformat(), tongue) if day else "",
        "seal": Markup('<input type="hidden" name="seal" value="{}">').format(frame.csrf),
        "t": lambda id, **said: say(id, tongue, **said),
        "what": lambda finding: say_finding(finding, tongue)[0],
        "meaning": lambda finding: say_finding(finding, tongue)[1],
        "member": lambda id: f"{frame.members.get(id, id[:_FEW])}",
        "picture": _place,
    }


def _place(figure: Figure) -> Markup:
    """The picture itself. `figures.svg` escapes every text and writes neither script, link nor style."""
    return Markup(figure.svg)  # noqa: S704 - nothing of it was handed in as markup


def mark_codes(text: str) -> Markup:
    """A sentence in which each code is one: in its typeface, never broken, never translated."""
    return Markup("").join(
        _CODE_MARKUP.format(part) if at % 2 else part for at, part in enumerate(_CODES.split(text))
    )


@cache
def environment() -> Environment:
    """The templates of this package."""
    made = Environment(
        loader=PackageLoader("onggi.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["codes"] = mark_codes
    made.filters["spaced"] = space_text
    made.globals["gap"] = part_texts
    return made
