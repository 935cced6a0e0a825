"""The story `make run` tells: what Onggi does, on the example vault, with the commands a person would type.

A face. Every line of it comes from a real command's answer or from the shell's; it is told in the reader's
language and ends with one command to go on with.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from onggi.cli.main import run
from onggi.cli.showing import introduce
from onggi.errors import Exit
from onggi.words import say

_WIDTH = 110

# What is told of the article's case: a property, and which of the statements that have it.
_TOLD = (("left_on", 0), ("method", 1), ("confessed_to", 0), ("response", 1))

# What he did, and what the officials who let him go did.
_NORMS = ("CN-CL-232", "CN-CL-399")


def tell_story(folder: Path) -> int:
    """Make the example at `folder` and tell it; returns 0 if all went as it must."""
    folder.mkdir(parents=True, exist_ok=True)
    vault = folder / "vault"
    _say("title")
    made = _ask("demo", str(vault))
    keys = ("--passphrase-file", made["passphrase_file"])

    def ask(command: str, *words: str) -> Any:
        return _ask(command, str(vault), *words, *keys)

    chapters: tuple[Callable[[], bool], ...] = (
        lambda: _tell_sources(ask, made["cases"]["article"]),
        lambda: _tell_search(ask),
        lambda: _tell_identity(ask),
        lambda: _tell_likeness(ask),
        lambda: _tell_verify(ask),
        lambda: _tell_proof(ask, folder / "proof", made["cases"]["article"]),
        lambda: _tell_refusal(ask, folder / "refused", made["cases"]["invented"]),
        lambda: _tell_law(ask, made["cases"]["article"]),
    )
    well = all([chapter() for chapter in chapters])
    _say("next", vault=os.path.relpath(vault), file=os.path.relpath(made["passphrase_file"]))
    return Exit.WELL if well else Exit.FINDINGS


def _tell_sources(ask: Callable[..., Any], case: str) -> bool:
    shown = ask("show", case)
    _say("sources")
    for name, place in _TOLD:
        one = [one for one in shown["statements"] if one["property"] == name][place]
        _line(one["sentence"])
        _say("said", source=one["source_code"], distance=one["distance"], grade=_grade(one))
    conflict = shown["conflicts"][0] if shown["conflicts"] else {"statements": []}
    _say("conflict")
    for one in shown["statements"]:
        if one["statement"] in conflict["statements"]:
            _line(f"≠ {one['text']}  ({one['source_code']})")
    return bool(conflict["statements"])


def _tell_search(ask: Callable[..., Any]) -> bool:
    found = ask("search", "遼寧")
    _say("search", count=len(found))
    for one in found[-1:]:
        _line(f"{one['code']} · {one['text']}")
    return bool(found)


def _tell_identity(ask: Callable[..., Any]) -> bool:
    closed = ask("search", "리영희")
    reason = ("--limit", "999", "--identity", "--because", say("story.reason"))
    opened = ask("search", "리영희", *reason)
    _say("identity", closed=len(closed), opened=len(opened))
    for one in [one for one in opened if one["text"] == "리영희"][:1]:
        _line(f"{one['code']} · {one['text']}")
    spelled = ask("search", "Li Yingji", *reason)
    _say("spelled", spelled=len(spelled))
    for one in spelled[:1]:
        _line(f"{one['code']} ≈ {one['spelled']}")
    return not closed and bool(opened) and bool(spelled)


def _tell_likeness(ask: Callable[..., Any]) -> bool:
    """Who may be one person, why, and that it is judged and undone by people."""
    reason = ("--because", say("story.reason"))
    first, *_ = ask("link", *reason)["suggestions"]
    judged = ask("judge", first["a"], first["b"], "same", *reason)
    ask("judge", "--undo", judged["statement"], *reason)
    again, *_ = ask("link", *reason)["suggestions"]
    _say("alike", probability=f"{first['probability']:.2f}")
    _line(
        f"{first['a']} ≈ {first['b']}: " + " ".join(filter(None, (one["reason"] for one in first["traits"])))
    )
    return {first["a"], first["b"]} == {again["a"], again["b"]}


def _tell_verify(ask: Callable[..., Any]) -> bool:
    report = ask("verify")
    _say("verified", **{what: report["counts"][what] for what in ("packs", "commits", "statements")})
    return bool(report["ok"])


def _tell_proof(ask: Callable[..., Any], bag: Path, case: str) -> bool:
    statements = ask("show", case)["statements"]
    statement = next(one["statement"] for one in statements if one["property"] == "confessed_to")
    ask("prove", statement, "--out", str(bag))
    well, verdict = _check(bag)
    _say("proof")
    _line(verdict)
    target = bag / "data/provenance/statements.jsonl"
    data = bytearray(target.read_bytes())
    data[-2] ^= 1
    changed = bag.with_name("changed")
    shutil.copytree(bag, changed)
    (changed / "data/provenance/statements.jsonl").write_bytes(data)
    broken, verdict = _check(changed)
    _say("changed")
    _line(verdict)
    return well and not broken


def _tell_refusal(ask: Callable[..., Any], bag: Path, case: str) -> bool:
    asked = ("--for", "OHCHR-SEOUL", "--purpose", "accountability")
    why = ("--identity", "--because", say("story.reason"))
    answer = ask("dossier", case, *asked, *why, "--out", str(bag))
    against = sorted(
        (one for one in answer["findings"] if one["code"].startswith("consent.")),
        key=lambda one: (one["code"], one["where"]),
    )
    _say("refused")
    for one in {one["code"]: one for one in reversed(against)}.values():  # the first of each kind
        _line(introduce(one["where"], one["what"]))
    _line(say("cli.dossier.refused"))
    return bool(against) and not answer["written"] and not bag.exists()


def _tell_law(ask: Callable[..., Any], case: str) -> bool:
    answer = ask("law", case)
    norms = {one["id"]: one for one in answer["norms"]}
    _say("law")
    for norm in (norms[id] for id in _NORMS):
        states = [element["state"] for element in norm["elements"]]
        sources = max(element["sources"] for element in norm["elements"])
        told = {state: states.count(state) for state in ("supported", "contradicted", "not_known")}
        _line(say("story.norm", norm=norm["id"], title=norm["title"], sources=sources, **told))
    avenues = [avenue["status"] for avenue in answer["avenues"]]
    _line(say("story.avenues", **{one: avenues.count(one) for one in ("open", "not_open", "dangerous")}))
    _line(answer["notice"])
    return "dangerous" in avenues


def _check(bag: Path) -> tuple[bool, str]:
    """What the bag's own checker says in a shell that knows nothing of Onggi; ours where there is no bash."""
    bash = shutil.which("bash")
    if bash is None or shutil.which("openssl") is None or shutil.which("xxd") is None:
        report = _ask("verify", str(bag))
        return report["ok"], say("story.shell")
    script = (bag if bag.name == "proof" else bag.with_name("proof")) / "verify.sh"
    # The environment is emptied but for where commands lie: nothing of ours can help the checker.
    surroundings = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "ONGGI_LANG") if name in os.environ
    }
    done = subprocess.run(  # noqa: S603 - our own script, on a folder we made
        [bash, str(script), str(bag)], capture_output=True, text=True, env=surroundings, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode == 0, lines[-1] if lines else ""


def _ask(command: str, *words: str) -> Any:
    """The JSON answer of a command, run as a person would run it."""
    answer, noise = StringIO(), StringIO()
    with redirect_stdout(answer), redirect_stderr(noise):
        code = run([command, *words, "--json"])
    if not answer.getvalue():
        sys.stderr.write(noise.getvalue())
        sys.exit(code)
    return json.loads(answer.getvalue())


def _grade(one: dict[str, Any]) -> str:
    return f"{one['reliability'] or '–'}{one['credibility'] or '–'}"


def _say(id: str, **values: str | int) -> None:
    print(say(f"story.{id}", **values))


def _line(text: str) -> None:
    print("    " + (text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"))


if __name__ == "__main__":
    sys.exit(tell_story(Path(sys.argv[1])))
