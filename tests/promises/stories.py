"""The work of a day in commands full of canary words, the refused and the stopped ones too.

Everything a person put there to be read (input, passphrases, the bag of a proof) lies in `given`, outside the
folder that is watched.
"""

import json
import signal
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.evidence.invented import make_png
from tests.promises.canaries import MARKS, make_word, make_words, write_story
from tests.promises.desks import Launched, Said, stop_while_writing

from onggi.errors import Exit

BECAUSE = ("--because", make_words(90_000))
MAIN = ("--compartment", make_words(90_001))
IDENTITY = ("--identity", *BECAUSE, *MAIN)

BROKEN = 'onggi = 1\n[case]\ntitle = "{0}"\nlang = "ko"\n[[statement]]\nabout = "{0}"\nproperty = "{0}"\n'
LEAKING = """onggi = 1
case = "{case}"
[person.p]
[[statement]]
about = "p"
property = "note"
value = {{ text = "{name}", lang = "ko" }}
"""
MAP = """onggi = 1
case = "{case}"
[[statement]]
about = "person:{{no}}"
property = "alias"
value = {{ text = "{{name}}", lang = "ko" }}
"""


DECIDED = """onggi = 1
[[consent]]
person = "{person}"
decision = "given"
purpose = "evidence"
organisation = "{0}"
covers = ["facts"]
given_by = "proxy"
because = "{1}"
interest = "{2}"
words = "{3}"
lang = "ko"
form = "voice"
checks.risks = "yes"
checks.no_loss = "yes"
checks.said_back = "yes"
checks.able = "yes"
checks.safe = "yes"
checks.alone = "no"
checks.pressed = "no"
"""


@dataclass
class Day:
    """A desk at which somebody works, and what she did there."""

    launched: Launched
    given: Path
    done: list[str] = field(default_factory=list)
    stories: list[Path] = field(default_factory=list)
    case: str = ""
    person: str = ""
    other: str = ""

    @property
    def vault(self) -> Path:
        return self.launched.desk.folder / "vault"

    def write(self, name: str, text: str) -> Path:
        """Something a person has: a file of input."""
        path = self.given / name
        path.write_text(text, "utf-8")
        return path

    def run(self, *words: str | Path, code: int = Exit.WELL, key: str = "one", **how: Any) -> Said:
        """Run a command with a passphrase, which must end as it should."""
        called = [str(word) for word in words]
        if key:
            called += ["--passphrase-file", str(self.given / f"{key}.passphrase")]
        said = self.launched.run(*called, **how)
        self.done.append(called[0])
        assert said.code == code, (called, said)
        return said

    def ask(self, *words: str | Path, **how: Any) -> Any:
        """What a command answers as JSON."""
        return json.loads(self.run(*words, "--json", **how).out)

    def find(self, mark: str) -> list[dict[str, Any]]:
        """The statements with a word in them, in all strata."""
        found = self.ask("search", "vault", mark, *IDENTITY, "--order", "best", "--limit", "99999")
        assert found
        return list(found)


def work_fully(day: Day, count: int) -> None:
    """Record `count` statements, and use every command in most of its ways."""
    begin(day)
    record_stories(day, count)
    fill_up(day)
    decide(day)
    tell_apart(day)
    look_up(day)
    hand_out(day)
    be_refused(day)
    day.run("demo", "demo", key="")
    # The last one leaves what it had staged; the others clear up behind themselves.
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        be_stopped(day, told)


def work_briefly(day: Day) -> None:
    """Whatever writes, once."""
    begin(day)
    record_stories(day, 10)
    day.run("add", "vault", day.case, day.write(f"{make_words(90_010)}.txt", make_words(90_011)))
    keep_photo(day)
    hand_out(day)
    day.run("erase", "vault", day.person, *BECAUSE, code=Exit.USAGE)
    be_stopped(day, signal.SIGTERM)


def begin(day: Day) -> None:
    """A vault of two members."""
    for number, key in enumerate(("one", "two", "wrong")):
        day.write(f"{key}.passphrase", make_words(90_020 + number) + "\n")
    day.run("init", "vault", *MAIN)
    day.run("member", "vault", "add", "--new-passphrase-file", day.given / "two.passphrase")
    day.run("member", "vault", "grant", "2", "record", "identity", "care", *MAIN)


def record_stories(day: Day, count: int) -> None:
    """Statements from a few files."""
    share = max(count // 8, 10)
    for at in range(0, count, share):
        text = write_story(range(at, min(at + share, count)))
        day.stories.append(day.write(f"{make_words(91_000 + at // share)}.toml", text))
        recorded = day.ask("record", "vault", day.stories[-1])
        day.case, keys = recorded["case"], recorded["keys"]
        day.person, day.other = keys["p0"], keys["p1"]


def fill_up(day: Day) -> None:
    """The other ways in: a pipe, a table, files, another member, another compartment."""
    fed = day.write("fed", write_story(range(3)))
    day.run("record", "vault", "-", "--as", "2", key="two", feed=fed)
    table = day.write("list.csv", f"no,name\n1,{make_words(90_030)}\n")
    day.run("record", "vault", table, "--map", day.write("map", MAP.format(case=day.case)))
    day.run("record", "vault", fed, "--dry-run")
    kept = day.write(f"{make_words(90_031)}.txt", make_words(90_032) * 3000)
    said = ("--received", "2020-01", "--from", make_words(90_035), "--how", "sent")
    day.run("add", "vault", day.case, kept, table, "--person", day.person, *said)
    keep_photo(day)
    day.run("member", "vault", "compartment", make_words(90_033))
    day.run("member", "vault", "list")
    listed = day.find(make_word("Latin", 90_030))[0]["entity"]
    day.run("erase", "vault", listed, *BECAUSE)


def keep_photo(day: Day) -> None:
    """A picture that says who made it; a copy that does not; a translation of it; and what became of them."""
    photo = day.given / f"{make_words(90_036)}.png"
    photo.write_bytes(make_png({b"iTXt": b"Author\0\0\0\0\0" + make_words(90_037).encode()}))
    (kept,) = day.ask("add", "vault", day.case, photo, "--brought-by", day.person)
    day.run("strip", "vault", kept["code"], *BECAUSE)
    words = day.write("words.txt", make_words(90_038))
    made = ("--made-as", "translation", "--translator", make_words(90_039))
    day.run("add", "vault", day.case, words, "--of", kept["code"], *made)
    day.run("custody", "vault", kept["code"], "--handed-over", make_words(90_044), *IDENTITY)


def decide(day: Day) -> None:
    """What she agreed to, signed by two, and taken back; and what was refused of it."""
    words = [make_words(number) for number in range(90_060, 90_064)]
    decided = day.write(f"{make_words(90_064)}.toml", DECIDED.format(*words, person=day.person))
    day.run("consent", "vault", day.case, "record", decided, *MAIN)
    day.run("consent", "vault", day.case, "list", *MAIN)
    waiting = day.ask("second", "vault", "--as", "2", key="two")[0]["statement"]
    day.run("second", "vault", waiting, *BECAUSE, code=Exit.REFUSED)
    day.run("second", "vault", waiting, *BECAUSE, "--as", "2", key="two")
    wrong = day.write("wrong.toml", DECIDED.format(*words, person=make_words(90_065)))
    day.run("consent", "vault", day.case, "record", wrong, *MAIN, code=Exit.FINDINGS)
    day.run("consent", "vault", day.case, "withdraw", day.person, *BECAUSE, *MAIN)


def tell_apart(day: Day) -> None:
    """Who may be one; two who are judged so, with a reason, and taken back; and a judgement without one."""
    day.run("link", "vault", *BECAUSE, *MAIN)
    day.run("screen", "vault")
    day.run("screen", "vault", "--all")
    judged = day.ask("judge", "vault", day.person, day.other, "same", *BECAUSE, *MAIN)
    day.run("judge", "vault", *MAIN)
    day.run("judge", "vault", "--undo", judged["statement"], *BECAUSE, *MAIN)
    day.run("judge", "vault", day.person, day.other, "different", *MAIN, code=Exit.USAGE)


def look_up(day: Day) -> None:
    """All that only reads, or should."""
    day.run("search", "vault", MARKS["Han"])
    for mark in (*MARKS.values(), unicodedata.normalize("NFD", MARKS["Hangul"])):
        day.find(mark)
    day.run("show", "vault", day.case, *IDENTITY)
    day.run("show", "vault", day.case, "--as-of", "2020-01-01", "--json")
    head = day.ask("log", "vault")["heads"][0]["words"]
    day.run("verify", "vault", "--head", head)
    day.run("timestamp", "vault")
    day.run("law", "vault", day.case, "--json")
    day.run("law", "vault", day.case, "--reverse", *BECAUSE, *MAIN)
    day.run("norms", "CN-CL-232", key="")
    day.run("rebuild", "vault")
    day.run("names", "-", key="", feed=day.write("asked", make_words(90_050) + "\n"))


def hand_out(day: Day) -> None:
    """A copy that is worked in, a proof, a table, and a dossier to which nobody agreed."""
    day.run("copy", "vault", "copy")
    day.run("record", "copy", day.stories[0], *MAIN)
    found = day.find(MARKS["Latin"])
    proven = next(one for one in found if one["source"] and one["property"] == "note")["statement"]
    hidden = next(one for one in found if one["stratum"] != "record")["statement"]
    day.run("prove", "vault", proven, "--out", day.given / "bag")
    day.run("prove", "vault", hidden, "--out", day.given / "no", code=Exit.REFUSED)
    day.run("verify", day.given / "bag", key="")
    day.run("count", "vault", *MAIN, code=Exit.REFUSED)
    day.run("count", "vault", "--list", *MAIN)
    day.run("table", "vault", "--rows", "age", *MAIN, code=Exit.REFUSED)
    day.run("record", "vault", day.write("many", _write_many(range(90_100, 90_112))), *MAIN)
    day.run("table", "vault", "--rows", "type", "--unit", "act", *MAIN, "--out", day.given / "table.csv")
    asked = ("--for", "OHCHR-SEOUL", "--purpose", "accountability", "--words")
    out = ("--out", day.given / "dossier")
    day.run("dossier", "vault", day.case, *asked, *out, *IDENTITY, code=Exit.REFUSED)
    day.run("timestamp", "vault", "--request", day.given / "asked.tsq", *MAIN)


def be_refused(day: Day) -> None:
    """What cannot be done; and what is wrong with a file is said without showing it."""
    day.run("init", "vault", code=Exit.USAGE)
    day.run("show", "vault", day.case, key="wrong", code=Exit.LOCKED)
    day.run("open", "vault", "--no-browser", key="wrong", code=Exit.LOCKED)  # right: tests/web/test_opened.py
    broken = day.write("broken.toml", BROKEN.format(make_words(90_040)))
    leaking = day.write("leaking.toml", LEAKING.format(case=day.case, name=make_words(1)))
    for refused in (broken, leaking):
        said = day.run("record", "vault", refused, *MAIN, code=Exit.FINDINGS)
        assert not any(mark in said.out + said.err for mark in MARKS.values())
    day.run("show", "vault", make_words(90_041), code=Exit.USAGE)
    day.run("search", "vault", MARKS["Latin"], "--identity", *MAIN, code=Exit.USAGE)
    day.run("add", "vault", day.case, day.given / make_words(90_042), code=Exit.USAGE)
    day.run("erase", "vault", make_words(90_043), *BECAUSE, code=Exit.USAGE)
    day.run("copy", "vault", "copy", code=Exit.USAGE)


def be_stopped(day: Day, told: signal.Signals) -> None:
    """A write that ends in the middle."""
    code = -told if told == signal.SIGKILL else Exit.INTERRUPTED
    stop = stop_while_writing(day.vault, told)
    day.run("record", "vault", day.stories[0], *MAIN, code=code, meanwhile=stop)


def _write_many(numbers: range) -> str:
    """A record file with an act against somebody for each number, and words beside it."""
    lines = ['onggi = 1\n[case]\ntitle = "INVENTED"\nlang = "ko"\n[defaults]\nlang = "ko"']
    for one in numbers:
        lines += [f"[person.p{one}]", f'[act.a{one}]\ntype = "sale"\nvictim = "p{one}"']
        lines += ["[[statement]]", f'about = "p{one}"\nproperty = "note"\nvalue = "{make_words(one)}"']
    return "\n".join(lines) + "\n"
