"""Commands as works: each has one step, acknowledged where it ends well; else what it said is raised."""

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout

from tests.ledger.invented import id_of
from tests.promises.works import PASSPHRASE, WOMAN, Bases, Scene, Step, Work

from onggi.cli.main import run

_FILES = {
    "passphrase": PASSPHRASE,
    "photo.jpg": "INVENTED: not a photograph",
    "decided.toml": f'onggi = 1\n[[consent]]\nperson = "{id_of("woman")}"\ndecision = "refused"\n',
    "case.toml": 'onggi = 1\n\n[case]\ntitle = "INVENTED: a case"\nlang = "en"\n',
}
READING: Mapping[str, str] = {
    "onggi verify": "verify {vault}",
    "onggi search": "search {vault} INVENTED",
    "onggi show": f"show {{vault}} {id_of('act')}",
    "onggi log": "log {vault}",
    "onggi law": f"law {{vault}} {id_of('case')}",
    "onggi timestamp": "timestamp {vault}",
    "onggi consent list": f"consent {{vault}} {id_of('case')} list",
    "onggi second": "second {vault}",
}
WRITING: Mapping[str, str] = {
    "onggi record": "record {vault} {ground}/case.toml",
    "onggi consent record": f"consent {{vault}} {id_of('case')} record {{ground}}/decided.toml",
    "onggi consent withdraw": f"consent {{vault}} {id_of('case')} withdraw {id_of('woman')}",
    "onggi add": f"add {{vault}} {id_of('case')} {{ground}}/photo.jpg",
    "onggi erase": f"erase {{vault}} {WOMAN} --because asked",
    "onggi member add": "member {vault} add --new-passphrase-file {ground}/passphrase",
    "onggi member compartment": "member {vault} compartment south",
    "onggi copy": "copy {vault} {place}/copy",
    "onggi rebuild": "rebuild {vault}",
    "onggi prove": f"prove {{vault}} {id_of('knife')} --out {{place}}/bag",
    "onggi timestamp --request": "timestamp {vault} --request {place}/asked.tsq --compartment main",
    "onggi timestamp --ots": "timestamp {vault} --ots --request {place}/asked.ots --compartment main",
    "onggi init": "init {vault}",
}


class Refused(Exception):
    """A command ended with another code than 0."""


def lay_files(bases: Bases) -> None:
    """What the commands read."""
    for name, text in _FILES.items():
        (bases.ground / name).write_text(text, "utf-8")


def speak(scene: Scene, words: str) -> tuple[int, str]:
    """Run a command on a scene's vault; its code, and what it said on stderr."""
    root, ground = scene.root, scene.ground
    given = [word.format(vault=root, place=root.parent, ground=ground) for word in words.split(" ")]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        code = run([*given, "--passphrase-file", str(ground / "passphrase")])
    return code, said.getvalue()


def _work(words: str) -> Work:
    def do(scene: Scene) -> None:
        code, said = speak(scene, words)
        if code:
            raise Refused(f"{code} {said}")

    base = "nothing" if words.startswith("init") else "home"
    return Work((Step(do),), base, frozenset({"vault.cells.unknown", "vault.keyring.behind"}), indexed=True)


def _make(words: str) -> Callable[[str], Work]:
    return lambda tag: _work(words)


COMMANDS: Mapping[str, Callable[[str], Work]] = {
    name: _make(words) for name, words in {**READING, **WRITING}.items()
}
