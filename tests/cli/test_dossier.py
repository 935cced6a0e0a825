"""`onggi dossier` and what may be typed after it: a plain sentence, the right code, and nothing half."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.dossier.cases import BUYER, NAME, NEIGHBOUR, NOW, SECOND, WOMAN, Invented
from tests.dossier.conftest import built, invented
from tests.ledger.invented import PASSPHRASE

from onggi.cli import opening
from onggi.cli.main import run
from onggi.dossier.recipients import find_recipient
from onggi.errors import Exit
from onggi.words import LANGUAGES, say

__all__ = ["built", "invented"]

USUAL = {"--for": "UN-SP", "--purpose": "accountability", "--lang": "en"}
IDENTITY = ("--identity", "--because", "to test")


@dataclass
class Desk:
    """A member at a terminal with the invented case; what was said last is kept."""

    invented: Invented
    folder: Path
    capsys: pytest.CaptureFixture[str]
    said: str = ""

    def dossier(self, *more: str, passphrase: str = PASSPHRASE, **changed: str | None) -> int:
        """Run the command as usual, but for what is changed."""
        words = {**USUAL, **{f"--{name}": word for name, word in changed.items()}}
        (self.folder / "passphrase").write_text(passphrase, "utf-8")
        given = [part for name, word in words.items() if word is not None for part in (name, word)]
        code = run(
            ["dossier", str(self.invented.root), self.invented.case, *given, *more]
            + ["--passphrase-file", str(self.folder / "passphrase")]
        )
        out, err = self.capsys.readouterr()
        self.said = " ".join((out + err).split())
        return code

    def left(self) -> list[str]:
        """What stands on the desk besides the vault and the passphrase."""
        return sorted({path.name for path in self.folder.iterdir()} - {"vault", "passphrase"})

    def released(self) -> int:
        """How often the record says that something left."""
        view = self.invented.open().view()
        return len(view.live(view.find(self.invented.case), "released"))


@pytest.fixture
def desk(
    invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    ticks = iter(range(NOW + 3 * 10**6, 2 * 10**12, 1000))
    monkeypatch.setattr(opening, "read_clock", lambda: next(ticks))
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.setenv("COLUMNS", "10000")
    return Desk(invented, tmp_path, capsys)


def out(desk: Desk, name: str = "out") -> tuple[str, str]:
    return "--out", str(desk.folder / name)


@pytest.mark.parametrize(
    ("changed", "sentence", "code"),
    [
        ({"for": "UN-PS"}, "dossier.recipient", Exit.USAGE),
        ({"for": "un-sp"}, "dossier.recipient", Exit.USAGE),
        ({"for": ""}, "dossier.recipient", Exit.USAGE),
        ({"for": "../UN-SP"}, "dossier.recipient", Exit.USAGE),
        ({"for": "ICJ"}, "dossier.unavailable", Exit.REFUSED),
        ({"for": "ARCHIVE"}, "dossier.organisation", Exit.USAGE),
        ({"purpose": "everything"}, "dossier.purpose", Exit.USAGE),
        ({"lang": "fr"}, "cli.dossier.tongue", Exit.USAGE),
        ({"lang": ""}, "cli.dossier.tongue", Exit.USAGE),
        ({"show": "everything"}, "dossier.class", Exit.USAGE),
        ({"without": "P-0000000"}, "ledger.absent", Exit.USAGE),
        ({"without": "whatever"}, "ledger.absent", Exit.USAGE),
        ({"named": "P-0000000"}, "ledger.absent", Exit.USAGE),
    ],
)
def test_a_word_nobody_knows(desk: Desk, changed: dict[str, str], sentence: str, code: Exit) -> None:
    assert desk.dossier(*out(desk), **changed) == code, desk.said
    assert say(sentence, "en") in desk.said and say(f"{sentence}.hint", "en") in desk.said, desk.said
    assert desk.left() == [] and desk.released() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_the_language_of_whoever_asks(
    desk: Desk, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert desk.dossier(*out(desk), **{"for": "UN-PS"}) == Exit.USAGE
    assert say("dossier.recipient", lang) in desk.said


def test_a_case_that_is_none(desk: Desk) -> None:
    for case in (WOMAN, "C-0000000", "0" * 32, "", "x" * 5000):
        desk.invented.case, before = case, desk.invented.case
        assert desk.dossier(*out(desk), *IDENTITY) == Exit.USAGE
        assert say("dossier.case", "en") in desk.said, desk.said
        desk.invented.case = before
    assert desk.left() == []


def test_a_name_is_given_to_nobody_without_identity(desk: Desk) -> None:
    assert desk.dossier(*out(desk), "--named", WOMAN) == Exit.USAGE
    assert say("dossier.named", "en") in desk.said, desk.said
    assert desk.left() == []


def test_who_is_named_is_a_person(desk: Desk) -> None:
    assert desk.dossier(*out(desk), *IDENTITY, "--named", desk.invented.case) == Exit.USAGE
    assert say("dossier.nobody", "en") in desk.said, desk.said


def test_no_place_to_write_to(desk: Desk) -> None:
    assert desk.dossier() == Exit.USAGE
    assert say("cli.dossier.nowhere", "en") in desk.said


def make_full(place: Path) -> None:
    place.mkdir()
    (place / "theirs").write_text("theirs", "utf-8")


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder with something in it": (make_full, "release.taken"),
    "a file": (lambda place: place.write_text("theirs", "utf-8"), "release.taken"),
    "a link to nothing": (lambda place: place.symlink_to("nothing"), "release.taken"),
    "a link to a folder": (lambda place: place.symlink_to(place.parent / "vault"), "release.taken"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_place_that_is_taken_stays_as_it_is(desk: Desk, kind: str) -> None:
    make, sentence = PLACES[kind]
    make(desk.folder / "out")
    before = [
        (path, path.lstat().st_mtime_ns) for path in (desk.folder / "out", *(desk.folder / "out").glob("*"))
    ]
    assert desk.dossier(*out(desk), *IDENTITY) == Exit.USAGE
    assert say(sentence, "en") in desk.said
    assert [(path, path.lstat().st_mtime_ns) for path, _ in before] == before and desk.left() == ["out"]


def test_a_place_that_is_not_there(desk: Desk) -> None:
    assert desk.dossier(*out(desk, "missing/out")) == Exit.USAGE
    assert say("release.place", "en") in desk.said and desk.left() == []


def test_refused_without_consent_and_nothing_is_written(desk: Desk) -> None:
    assert desk.dossier(*out(desk), *IDENTITY) == Exit.REFUSED
    assert say("consent.absent", "en") in desk.said and WOMAN in desk.said
    assert NAME not in desk.said and desk.left() == [] and desk.released() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_looks_first_reads_the_risks(desk: Desk, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    assert desk.dossier("--dry-run", **{"for": "CN-POLICE"}) == Exit.REFUSED
    body = find_recipient("CN-POLICE")
    for text in (body.risks(lang), body.learning(lang)):
        assert text in desk.said
    assert say("release.dangerous.hint", lang, risks=body.risks(lang)) in desk.said


def agree(desk: Desk) -> None:
    for code in (WOMAN, NEIGHBOUR):
        desk.invented.agree(code)


ACCEPT = ("--accept", "release.rare", "--accept", "release.tokens")


def hand_over(desk: Desk, *more: str) -> int:
    """Accepted, signed by the second member, and asked for once more."""
    code = desk.dossier(*out(desk), *IDENTITY, *ACCEPT, *more)
    if code == Exit.REFUSED and "release.rare" not in desk.said:
        (decision,) = [word for word in desk.said.replace("`", " ").split() if len(word) == 32][:1]
        desk.invented.second(decision)
        code = desk.dossier(*out(desk), *IDENTITY, *ACCEPT[2:], *more)
    return code


def test_accepted_by_two_it_is_handed_over(desk: Desk) -> None:
    agree(desk)
    assert hand_over(desk) == Exit.WELL, desk.said
    assert desk.left() == ["out"] and desk.released() == 1
    assert run(["verify", str(desk.folder / "out")]) == Exit.WELL


def test_a_language_twice_is_one(desk: Desk) -> None:
    agree(desk)
    assert hand_over(desk, "--lang", "en", "--lang", "ko") == Exit.WELL, desk.said
    documents = sorted(path.name for path in (desk.folder / "out/data/documents").glob("*.pdf"))
    assert documents == ["dossier-en.pdf", "dossier-ko.pdf"]


@pytest.mark.parametrize("code", ["release.unheard", "consent.absent", "release.dangerous", ""])
def test_what_is_not_there_is_not_accepted(desk: Desk, code: str) -> None:
    agree(desk)
    assert desk.dossier(*out(desk), *IDENTITY, "--accept", code) == Exit.USAGE
    assert say("release.accepts", "en") in desk.said
    assert desk.left() == [] and desk.released() == 0


def test_nothing_is_accepted_without_a_reason(desk: Desk) -> None:
    agree(desk)
    assert desk.dossier(*out(desk), "--accept", "release.rare") == Exit.USAGE
    assert say("release.reason", "en") in desk.said


def test_a_disk_that_refuses_leaves_nothing_half(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(desk)
    monkeypatch.setattr("onggi.dossier.release._write_file", _refuse)
    assert hand_over(desk) == Exit.CLOSED
    assert say("release.write", "en") in desk.said
    assert desk.left() == [] and str(desk.folder / "out") not in desk.said


def _refuse(*words: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may do everything may write there")
def test_a_folder_in_which_nobody_may_write(desk: Desk) -> None:
    agree(desk)
    (desk.folder / "sealed").mkdir(mode=0o500)
    assert hand_over(desk) == Exit.WELL
    assert desk.dossier(*out(desk, "sealed/out"), *IDENTITY, *ACCEPT[2:]) == Exit.CLOSED
    assert say("release.write", "en") in desk.said


@pytest.mark.parametrize(
    "where",
    ["dossier.build.redact", "dossier.build.make_papers", "dossier.build.build_dossier_bag"]
    + ["dossier.release._write_file", "dossier.release._sync_folder"],
)
def test_stopped_in_the_middle_it_leaves_nothing_half(
    desk: Desk, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(desk)

    def stop(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if where.endswith("redact"):
            patch.setattr(f"onggi.{where}", stop)
            assert desk.dossier(*out(desk), *IDENTITY) == Exit.INTERRUPTED
        else:
            assert desk.dossier(*out(desk), *IDENTITY, *ACCEPT) == Exit.REFUSED
            (decision,) = [word for word in desk.said.replace("`", " ").split() if len(word) == 32][:1]
            desk.invented.second(decision)
            patch.setattr(f"onggi.{where}", stop)
            assert desk.dossier(*out(desk), *IDENTITY, *ACCEPT[2:]) == Exit.INTERRUPTED
    assert desk.left() in ([], ["out"]) and (where.endswith("_sync_folder") or desk.left() == [])


def test_a_member_who_may_not_release_is_told_so(desk: Desk) -> None:
    agree(desk)
    assert desk.dossier(*out(desk), *IDENTITY, "--as", "2", passphrase=SECOND) == Exit.REFUSED
    assert say("vault.anchors.release", "en").split("{")[0] in desk.said and desk.left() == []


def test_nothing_that_is_said_without_identity_names_anybody(desk: Desk) -> None:
    agree(desk)
    for more in ((), ("--dry-run",), ("--json",), ("--without", BUYER), ("--words",), ("--exact",)):
        desk.dossier(*out(desk), *more)
        assert NAME not in desk.said and "리" not in desk.said
        assert NEIGHBOUR not in desk.said, "that she is who speaks lies in identity"
    assert desk.left() == []
