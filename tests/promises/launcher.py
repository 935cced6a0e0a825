"""Starts commands: a process in which Onggi is loaded, and which forks into each command it is told to run.

It reads one line of JSON for each and says the number of the new process; after an empty line, its exit
status when it has ended.
With `dear` passphrases cost what they must; without, nothing, because starting and stretching would take more
time than the commands themselves. Each command has a session, a folder and an environment of its own, and
ends as Python ends.
"""

import json
import os
import sys
from contextlib import redirect_stderr
from hashlib import sha256
from importlib import import_module
from io import StringIO
from pkgutil import walk_packages

import onggi
from onggi.cli.main import main, run
from onggi.model.places import load_places
from onggi.model.vocabulary import load_properties, load_vocabularies
from onggi.vault import keyslot
from onggi.vault.keys import Cost


def stretch_cheaply(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
    """Stands for Argon2id."""
    return sha256(f"{passphrase} {slot}".encode() + salt).digest()


def become(words: list[str], folder: str, environment: dict[str, str], said: str, fed: str) -> None:
    """Be a command."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(fed, os.O_RDONLY), 0)
    for number, name in ((1, f"{said}.out"), (2, f"{said}.err")):
        os.dup2(os.open(name, os.O_WRONLY), number)
    sys.argv = ["onggi", *words]
    main()


def warm_up() -> None:
    """Load all that commands load."""
    for module in walk_packages(onggi.__path__, "onggi."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    load_properties()
    load_vocabularies()
    load_places()
    with redirect_stderr(StringIO()):
        run(["search", os.devnull, "nothing"])


def serve() -> None:
    """Fork into commands until nobody asks for more."""
    warm_up()
    if "dear" not in sys.argv[1:]:
        setattr(keyslot, "stretch", stretch_cheaply)  # noqa: B010 - not its own name, says mypy
    for line in iter(sys.stdin.buffer.readline, b""):
        child = os.fork()
        if child == 0:
            become(**json.loads(line))
        answer(child)
        sys.stdin.buffer.readline()  # until now its number is its own, also when it has ended
        answer(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def answer(number: int) -> None:
    """Say a number to whoever asked."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
