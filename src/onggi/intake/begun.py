"""Interviews that are begun: what was typed, kept on the desk of this device until it is recorded.

What is said to be saved is sealed and on the disk. A page tells which revision it shows; one that shows an
older one loses nothing and overwrites nothing: what it brings is kept beside the other, and somebody decides.

Floor 5; touches the desk of the vault and nothing else. Clock and dice are passed in. Refused: more than a
desk should hold, a change of what is not there any more.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec
from msgspec import Struct, structs

from onggi.errors import Exit, OnggiError
from onggi.model.entity import Randomness, new_id
from onggi.vault.desk import change_desk, read_desk
from onggi.vault.opened import Vault

MOST_BEGUN = 100
MOST_CHARACTERS = 100_000
MOST_CHANGES = 50
_KEY = "begun"


class Begun(Struct, frozen=True, omit_defaults=True):
    """One interview that is begun.

    `answers` are what was typed, by field. `hand` is the open page that wrote last, `saved` when, in
    milliseconds. `changes` are what the last changes replaced, the newest last; None is a field that was not
    there. `beside` is the interview it was split from by a page that had not seen its last revision.
    `recording` is a statement of the batch it was about to become.
    """

    id: str
    revision: int
    hand: str
    saved: int
    answers: dict[str, str]
    changes: tuple[dict[str, str | None], ...] = ()
    beside: str = ""
    recording: str = ""


def list_begun(vault: Vault) -> tuple[Begun, ...]:
    """Every interview that is begun on this device, the one written last first."""
    return tuple(sorted(_read(read_desk(vault)), key=lambda one: (-one.saved, one.id)))


def find_begun(vault: Vault, id: str) -> Begun:
    """One of them. Raises `intake.begun.absent` if there is none."""
    return _find(_read(read_desk(vault)), id)


def begin(vault: Vault, answers: Mapping[str, str], hand: str, moment: int, randomness: Randomness) -> Begun:
    """Begin an interview with these answers."""
    made = Begun(new_id(randomness), 1, hand, moment, _check(answers))

    def change(begun: list[Begun]) -> list[Begun]:
        return [*begun, made]

    _change(vault, change)
    return made


def keep_answers(
    vault: Vault,
    id: str,
    seen: int,
    answers: Mapping[str, str],
    hand: str,
    moment: int,
    randomness: Randomness,
) -> Begun:
    """Keep what a page holds now, in place of what it had seen.

    What is returned has another id where the page had not seen the last revision: then it is kept beside it.
    The same page may send again what it sent already, since an answer may be lost on the way.
    """
    kept = _check(answers)
    done: list[Begun] = []

    def change(begun: list[Begun]) -> list[Begun]:
        now = _find(begun, id)
        if now.revision != seen and now.hand != hand:
            apart = next((one for one in begun if one.beside == id and one.hand == hand), None)
            now = apart or Begun(new_id(randomness), 1, hand, moment, kept, beside=id)
        done.append(_turn(now, kept, hand, moment))
        return [*(one for one in begun if one.id != now.id), done[0]]

    _change(vault, change)
    return done[0]


def undo_change(vault: Vault, id: str, seen: int, hand: str, moment: int) -> Begun:
    """Take the last change back.

    Raises:
        OnggiError: `intake.begun.undone` where there is none left, `intake.begun.changed` to a page that has
            not seen it.
    """
    done: list[Begun] = []

    def change(begun: list[Begun]) -> list[Begun]:
        now = _find(begun, id)
        if now.revision != seen and now.hand != hand:
            raise OnggiError("intake.begun.changed", exit_code=Exit.USAGE)
        if not now.changes:
            raise OnggiError("intake.begun.undone", exit_code=Exit.USAGE)
        answers = {**now.answers, **now.changes[-1]}
        back = {field: typed for field, typed in answers.items() if typed is not None}
        done.append(
            structs.replace(
                now,
                revision=now.revision + 1,
                hand=hand,
                saved=moment,
                answers=back,
                changes=now.changes[:-1],
            )
        )
        return [*(one for one in begun if one.id != id), done[0]]

    _change(vault, change)
    return done[0]


def put_away(vault: Vault, *ids: str) -> None:
    """Take interviews from the desk; those split from them stand for themselves then."""

    def change(begun: list[Begun]) -> list[Begun]:
        left = (one for one in begun if one.id not in ids)
        return [structs.replace(one, beside="") if one.beside in ids else one for one in left]

    _change(vault, change)


def set_apart(vault: Vault, id: str) -> None:
    """Let a version that was split off stand for itself: nobody need decide between the two."""

    def change(begun: list[Begun]) -> list[Begun]:
        now = _find(begun, id)
        return [*(one for one in begun if one.id != id), structs.replace(now, beside="")]

    _change(vault, change)


def mark_recording(vault: Vault, id: str, statement: str) -> None:
    """Remember which statement an interview is about to become, so that a crash does not record it twice."""

    def change(begun: list[Begun]) -> list[Begun]:
        now = _find(begun, id)
        return [*(one for one in begun if one.id != id), structs.replace(now, recording=statement)]

    _change(vault, change)


def clear_recorded(vault: Vault, is_recorded: Callable[[str], bool]) -> Collection[str]:
    """Take from the desk what was recorded just before a crash; returns the ids of it."""
    gone = [one.id for one in list_begun(vault) if one.recording and is_recorded(one.recording)]
    if gone:
        put_away(vault, *gone)
    return gone


def _turn(now: Begun, answers: dict[str, str], hand: str, moment: int) -> Begun:
    """The next revision, with what undoes it."""
    fields = dict.fromkeys((*now.answers, *answers))
    before = {
        field: now.answers.get(field) for field in fields if now.answers.get(field) != answers.get(field)
    }
    if not before:
        return structs.replace(now, hand=hand, saved=moment)
    return structs.replace(
        now,
        revision=now.revision + 1,
        hand=hand,
        saved=moment,
        answers=answers,
        changes=(*now.changes, before)[-MOST_CHANGES:],
    )


def _check(answers: Mapping[str, str]) -> dict[str, str]:
    if sum(map(len, answers.values())) > MOST_CHARACTERS:
        raise OnggiError("intake.begun.long", exit_code=Exit.USAGE, limit=MOST_CHARACTERS // 1000)
    # Half a character, as no keyboard types it, could not be written down.
    whole = {field: typed.encode("utf-8", "replace").decode() for field, typed in answers.items()}
    return {field: typed for field, typed in whole.items() if typed}


def _find(begun: Collection[Begun], id: str) -> Begun:
    found = next((one for one in begun if one.id == id), None)
    if found is None:
        raise OnggiError("intake.begun.absent", exit_code=Exit.USAGE)
    return found


def _change(vault: Vault, change: Callable[[list[Begun]], list[Begun]]) -> None:
    def rewrite(data: bytes) -> bytes:
        now = _read(data)
        after = change(now)
        if len(after) > max(MOST_BEGUN, len(now)):
            raise OnggiError("intake.begun.full", exit_code=Exit.USAGE, limit=MOST_BEGUN)
        desk: dict[str, Any] = msgspec.json.decode(data or b"{}", type=dict[str, Any])
        desk[_KEY] = after
        return msgspec.json.encode(desk)

    change_desk(vault, rewrite)


class _Desk(Struct):
    """The desk as far as it is ours; what others keep there stays."""

    begun: list[Begun] = []


def _read(data: bytes) -> list[Begun]:
    return msgspec.json.decode(data or b"{}", type=_Desk).begun
