"""A small reader of stories: commands as a person types them, and what must come of each.

`onggi …`            runs a command here; `< FILE` feeds it, `$name` is what `keep` kept, `$one` and `$two`
                     say a member's slot and passphrase file
`sh …`               runs a line of shell that knows nothing of Onggi
`exit N`             what the last one ended with; 0 where nothing is said
`stdout RE`          stands somewhere in what it said; `! stdout RE` does not; so with `stderr`
`json COMMAND`       what it said is JSON and has that command's published form
`keep NAME PATH`     keeps something out of that JSON, as in `keep id 0.statement`
`same NAME PATH`     what is there now is what was kept; `! same` is not
`lang ko`, `day D`   in which language, and on which day, all that follows is done
`-- NAME --`         what follows is a file
"""

import json
import os
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conforming import find_deviations
from tests.cli.conftest import set_clock

from onggi.cli.contracts import ANSWERS
from onggi.cli.main import run

MEMBERS = {
    "one": "--passphrase-file vault.passphrase",
    "two": "--as 2 --passphrase-file vault.passphrase-2",
}


def read_story(text: str) -> tuple[list[str], dict[str, str]]:
    """The lines of a story, and the files it brings."""
    head, *parts = re.split(r"^-- (\S+) --\n", text, flags=re.MULTILINE)
    return head.splitlines(), dict(zip(parts[::2], parts[1::2], strict=True))


class Teller:
    """Runs the lines of one story in the folder where it stands."""

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capture = capture
        self._patch = patch
        self._kept: dict[str, str] = dict(MEMBERS)
        self._code = 0
        self._said = {"stdout": "", "stderr": ""}
        self._answer: Any = None

    def tell(self, lines: list[str]) -> None:
        """Run every line, and fail at the first that does not hold."""
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            following = next((one for one in lines[number:] if one.strip()), "")
            wrong = self._tell_line(line, not following.startswith("exit "))
            if wrong:
                said = "\n".join((f"line {number}: {line}", wrong, *self._said.values()))
                pytest.fail(said, pytrace=False)

    def _tell_line(self, line: str, well: bool) -> str:
        """What does not hold, or nothing."""
        denied = line.startswith("! ")
        word, _, rest = line.removeprefix("! ").partition(" ")
        match word:
            case "onggi" | "sh":
                self._run(word, self._fill(rest))
                return f"exit {self._code}" if well and self._code else ""
            case "exit":
                return f"exit {self._code}" if self._code != int(rest) else ""
            case "stdout" | "stderr":
                found = re.search(rest, self._said[word], re.MULTILINE)
                return "" if bool(found) != denied else f"found: {found}"
            case "json":
                self._answer = json.loads(self._said["stdout"])
                return "\n".join(find_deviations(ANSWERS[rest], self._answer))
            case "keep":
                name, path = rest.split()
                self._kept[name] = str(self._find(path))
            case "same":
                name, path = rest.split()
                there = str(self._find(path))
                return "" if (self._kept[name] == there) != denied else f"{self._kept[name]} and {there}"
            case "lang":
                self._patch.setenv("ONGGI_LANG", rest)
            case "day":
                moment = datetime.fromisoformat(rest).replace(tzinfo=UTC)
                set_clock(self._patch, int(moment.timestamp() * 1000))
            case _:
                return "no such word in a story"
        return ""

    def _fill(self, words: str) -> str:
        return re.sub(r"\$(\w+)", lambda found: self._kept.get(found[1], found[0]), words)

    def _run(self, word: str, rest: str) -> None:
        if word == "sh":
            # Nothing of ours can help: no HOME, no PYTHONPATH, none of our folders on the PATH.
            surroundings = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
            done = subprocess.run(["bash", "-c", rest], capture_output=True, text=True, env=surroundings)
            self._code = done.returncode
            self._said = {"stdout": done.stdout, "stderr": done.stderr}
            return
        rest, _, fed = rest.partition(" < ")
        stdin = TextIOWrapper(BytesIO(Path(fed.strip()).read_bytes() if fed else b""))
        self._capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", stdin)
            self._code = run(shlex.split(rest))
        self._said = dict(zip(("stdout", "stderr"), self._capture.readouterr(), strict=True))

    def _find(self, path: str) -> Any:
        found = self._answer
        for step in path.split("."):
            if step == "#":
                found = len(found)
            elif "=" in step:
                key, value = step.split("=")
                found = next(one for one in found if str(one[key]) == value)
            else:
                found = found[int(step) if isinstance(found, list) else step]
        return found


def write_files(files: dict[str, str]) -> None:
    """Put a story's files where it stands."""
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
        os.chmod(name, 0o600)
