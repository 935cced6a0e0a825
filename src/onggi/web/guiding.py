"""The first quarter of an hour on the example vault: seven steps; where and how each is done, and if it was.

Over a view of the record and what this session walked. Refused: a vault that does not hold the example.
"""

import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup, escape

from onggi.dossier.recipients import find_recipient
from onggi.errors import OnggiError
from onggi.ledger.decided import list_decided
from onggi.ledger.left import list_left
from onggi.ledger.view import View
from onggi.model.consent import GIVEN
from onggi.model.vocabulary import find_term, load_properties
from onggi.web.frame import Guided
from onggi.web.visit import Visit
from onggi.words import say

CASE, WOMAN, FRIEND, DAUGHTER = "C-7Q2WZ5C", "P-8F3KT2H", "P-2M9XCVC", "P-5ZP1GQ7"
RECIPIENT, PURPOSE = "UN-SP", "research"
PROPERTY, SPELLING = "left_on", "Ri Yong-hui"
SECOND = 2
"""The keyslot of the example's other member."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its id, where and how it is done, a command where it takes one, and whether it was done."""

    id: str
    href: str
    press: Markup
    command: str
    done: bool


def find_example(view: View) -> str | None:
    """The invented case of the example, where the vault holds it."""
    try:
        case, _ = view.find(CASE), view.find(WOMAN)
    except OnggiError:
        return None
    return case if view.kind_of(case) == "case" else None


def list_steps(visit: Visit) -> list[Step]:
    """All seven, in their order; none where the vault does not hold the example."""
    view = visit.view()
    case = find_example(view)
    if case is None:
        return []
    order = visit.orders.find_last(case)
    asked = f"/{order}" if order else ""
    left = f"{asked}/done" if order else "#left"
    return [
        Step(
            id,
            href.format(asked=asked, left=left),
            _say_press(id, visit.tongue),
            _find_command(visit) if id == "build" else "",
            visit.walked.holds(id, case) or bool(shows and shows(view, case, visit.today)),
        )
        for id, href, shows in _STEPS
    ]


def find_next(visit: Visit) -> Guided | None:
    """What comes next to somebody who follows the guide; nothing to whoever does not."""
    steps = list_steps(visit) if visit.walked.following else []
    for number, step in enumerate(steps, start=1):
        if not step.done:
            return Guided(step.id, number, len(steps), step.href, step.press, step.command)
    return Guided("", len(steps), len(steps)) if steps else None


def _say_press(step: str, tongue: str) -> Markup:
    """What is pressed and typed in a step, with every label as it stands on the screen."""
    purpose, given = find_term("consent_purposes", PURPOSE), find_term("consent_decisions", GIVEN)
    said = {
        "property": load_properties()[PROPERTY].labels[tongue],
        "spelling": SPELLING,
        "purpose": purpose.labels[tongue] if purpose else PURPOSE,
        "given": given.labels[tongue] if given else GIVEN,
        "recipient": find_recipient(RECIPIENT).name(tongue),
        "daughter": say("web_dossier.plan.without", tongue, what=DAUGHTER),
        **{name: say(id, tongue) for name, id in _LABELS.get(step, {}).items()},
    }
    told = {name: escape(text) for name, text in said.items()}
    codes = {name: _CODE.format(code) for name, code in (("woman", WOMAN), ("friend", FRIEND))}
    return Markup(say(f"web_guide.{step}.press", tongue, **told, **codes))  # noqa: S704 - all is escaped


def _find_command(visit: Visit) -> str:
    """How the other member of the example opens the vault, in another terminal."""
    vault = visit.ledger.vault.folder.root.absolute()
    program = Path(sys.executable).with_name("onggi")
    words = ("open", str(vault), "--as", str(SECOND), "--passphrase-file", f"{vault}.passphrase-{SECOND}")
    return shlex.join((str(program) if program.exists() else "onggi", *words))


def _have_agreed(view: View, case: str, today: date) -> bool:
    """Whether both agreed to what the guide asks for, and still do."""
    agreed = {
        view.code_of(one.person)
        for one in list_decided(view, case, today)
        for each in one.decisions
        if each.consent.decision == GIVEN
        and each.found is None
        and (each.consent.purpose, each.consent.recipient) == (PURPOSE, RECIPIENT)
    }
    return {WOMAN, FRIEND} <= agreed


def _has_left(view: View, case: str, today: date) -> bool:
    """Whether a dossier of the case left."""
    return any(one.release is not None and not one.stayed for one in list_left(view, case))


_CODE = Markup('<span class="code" translate="no">{}</span>')

_Shows = Callable[[View, str, date], bool]

_STEPS: tuple[tuple[str, str, _Shows | None], ...] = (
    ("record", f"/record?case={CASE}", None),
    ("find", "/search", None),
    ("conflict", f"/case/{CASE}#conflicts", None),
    ("refused", f"/case/{CASE}/dossier", None),
    ("consent", f"/case/{CASE}/consent", _have_agreed),
    ("build", f"/case/{CASE}/dossier{{asked}}", _has_left),
    ("verify", f"/case/{CASE}/dossier{{left}}", None),
)

_LABELS: Mapping[str, Mapping[str, str]] = {
    "record": {
        "begin": "web_record.begin.do",
        "code_field": "web_record.field.code",
        "words_field": "web_record.field.words",
        "property_field": "web_record.field.property",
        "value_field": "web_record.field.value",
        "check": "web_record.check",
        "record": "web_record.record",
    },
    "find": {
        "more": "web_search.more",
        "names": "web_search.names.yes",
        "find": "web.frame.find",
        "close": "web.frame.close",
    },
    "conflict": {"conflicts": "web_case.conflicts"},
    "refused": {"look": "web_dossier.look"},
    "consent": {"save": "web_consent.form.save", "pressed": "web_consent.check.pressed"},
    "build": {"go": "web_dossier.build.go", "waiting": "web_waiting.title", "sign": "web_waiting.sign"},
    "verify": {"again": "web_dossier.done.again"},
}
"""What is pressed or filled in, by the name it has in the sentence of its step."""
