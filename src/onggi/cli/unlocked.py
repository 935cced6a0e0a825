"""The process that holds the keys while pages are shown: it asks the passphrase, unlocks, answers, and ends.

A face. Started anew by `onggi open`, never forked, so that nothing is in it but what it does itself. It ends
when the vault locks and when whoever started it is gone; it leaves at once, because what Python would clear
up by itself may wait for work that is not to go on.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from onggi.cli.apart import live_apart
from onggi.cli.opening import randomness, unlock
from onggi.errors import Exit
from onggi.web.serve import Held
from onggi.web.warming import warm_up

_LONGEST_END = 5
"""Seconds after which it is gone, whatever it was doing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which vault is to be unlocked, how, and for how many seconds. Nothing of it is secret."""

    vault: Path
    slot: int
    passphrase_file: Path | None
    hosts: tuple[str, str]
    idle: float
    longest: float


def run(wish: Wish, listener: Any, parent: Connection) -> None:
    """Be that process: tell its parent `ready`, serve when told to, hand out tokens, and say why it ends."""
    live_apart(lambda: _hold(wish, listener, Parent(parent)))


class Parent:
    """The process that began this one. When it is gone, this one goes."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._held: Held | None = None
        self._told = Event()
        self._turn = Lock()
        Thread(target=self._listen, daemon=True).start()

    def tell(self, *words: str) -> None:
        """One message. That nobody hears it any more is found out by whoever listens."""
        with self._turn, suppress(OSError):
            self._pipe.send(words)

    def hand_over(self, held: Held) -> None:
        """Say that all is ready, and wait to be told to serve."""
        self._held = held
        held.session.entered = lambda: self.tell("entered")
        self.tell("ready")
        self._told.wait()
        self.tell("token", held.session.make_token())

    def _listen(self) -> None:
        while True:
            try:
                word = self._pipe.recv()
            except (EOFError, OSError):
                break
            if word == "serve":
                self._told.set()
            elif word == "token" and self._held is not None:
                self.tell("token", self._held.session.make_token())
        if self._held is None or not self._told.is_set():
            os._exit(Exit.INTERRUPTED)
        self._held.lock("told")
        # Whatever still waits for something does not keep the keys.
        time.sleep(_LONGEST_END)
        os._exit(Exit.INTERRUPTED)


def _hold(wish: Wish, listener: Any, parent: Parent) -> int:
    Thread(target=warm_up, daemon=True).start()
    ledger = unlock(wish.vault, wish.slot, wish.passphrase_file)
    held = Held(ledger, wish.hosts, randomness, wish.idle, wish.longest)
    parent.hand_over(held)
    parent.tell("ended", held.serve(listener))
    return Exit.WELL
