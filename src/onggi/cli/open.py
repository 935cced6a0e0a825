"""`onggi open`: the pages, in the person's own browser, on this machine only.

This process listens and never holds a key: a child asks the passphrase, answers with pages, and ends when the
vault locks. From then on this one answers, with a page that says so, until Enter starts another child.
"""

import multiprocessing
import sys
import webbrowser
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from onggi.cli.asking import PassphraseFile, Slot, VaultPath
from onggi.cli.beginning import SLOT, begin_vault
from onggi.cli.entry import lay_entry, make_address
from onggi.cli.help import Command
from onggi.cli.opening import randomness
from onggi.cli.showing import tell
from onggi.cli.unlocked import Wish, run
from onggi.errors import Exit
from onggi.vault.folder import Folder
from onggi.web.lease import LONGEST
from onggi.web.serve import Locked, listen, name_hosts
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_PATIENCE = 10
"""Seconds that a child which locked has to end."""


@app.command(name="open", cls=Command, help=say("open.help"))
def open_pages(
    vault: VaultPath,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=say("open.no_browser"))] = False,
    idle: Annotated[
        int, typer.Option("--idle", metavar="MINUTES", min=1, max=30, help=say("open.idle"))
    ] = 15,
) -> None:
    """Show the pages of a vault until Ctrl-C. Where none lies, whoever sits at a terminal is asked first."""
    if not Folder(vault, randomness).exists():
        passphrase_file, slot = begin_vault(vault, passphrase_file), SLOT
    listener = listen()
    hosts = name_hosts(listener, randomness)
    wish = Wish(vault, slot, passphrase_file, hosts, idle * 60, LONGEST)
    locked = Locked(listener, hosts)
    locked.start()
    lines = Lines()
    try:
        code = Child(wish, listener, locked, lines, not no_browser).live()
        if code is not None:
            raise typer.Exit(code)
        while lines.wait():
            Child(wish, listener, locked, lines, not no_browser).live()
    except KeyboardInterrupt:
        tell("open.closed")


class Lines:
    """Enter in the terminal. Nothing is read but by a person who sits there, and not while a child asks."""

    def __init__(self) -> None:
        self._reader, self._writer = multiprocessing.Pipe(duplex=False)
        self._asked = False

    @property
    def pipe(self) -> Connection:
        """Readable when Enter was pressed."""
        if not self._asked and sys.stdin.isatty():
            self._asked = True
            Thread(target=self._read, daemon=True).start()
        return self._reader

    def take(self) -> None:
        """Forget that it was pressed."""
        self._reader.recv()
        self._asked = False

    def wait(self) -> bool:
        """Wait for it; True when it was pressed."""
        wait([self.pipe])
        self.take()
        return True

    def _read(self) -> None:
        with suppress(OSError, ValueError):
            if sys.stdin.readline():
                self._writer.send(True)


class Child:
    """One life of the process that holds the keys."""

    def __init__(self, wish: Wish, listener: object, locked: Locked, lines: Lines, browser: bool) -> None:
        self._locked = locked
        self._lines = lines
        self._browser = browser
        self._hosts = wish.hosts
        self._entry: Path | None = None
        self._reason: str | None = None
        # Started anew, not forked: it inherits nothing of ours but the socket and a pipe.
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=run, args=(wish, listener, there), daemon=True)
        self._process.start()
        there.close()

    def live(self) -> int | None:
        """Until it ends. Returns its exit code where it never came to show a page, else None."""
        served = False
        try:
            while True:
                # While it asks the passphrase, the terminal is its alone.
                ready = wait([self._pipe, self._lines.pipe] if served else [self._pipe])
                if self._pipe in ready:
                    served = self._heed(*self._pipe.recv()) or served
                elif served:
                    self._lines.take()
                    self._pipe.send("token")
        except (EOFError, OSError):
            pass
        finally:
            self._end()
        if not served:
            return self._process.exitcode or Exit.CLOSED
        tell(f"open.locked.{self._reason or 'told'}")
        return None

    def _heed(self, word: str, value: str = "") -> bool:
        """What the child tells; whether it serves from now on."""
        if word == "ready":
            self._locked.stop()
            self._pipe.send("serve")
            return True
        if word == "token":
            self._show(value)
        elif word == "entered":
            self._clear()
        elif word == "ended":
            self._reason = value
        return False

    def _show(self, token: str) -> None:
        """The way in, for one use: in the browser, or on a line of its own for whoever wants to open it."""
        self._clear()
        if self._browser:
            self._entry = lay_entry(token, self._hosts, randomness)
            if self._entry is not None:
                tell("open.opening")
                webbrowser.open(self._entry.as_uri())
        else:
            tell("open.ready")
        # Not laid out: an address that is broken in two lines leads nowhere.
        sys.stdout.write(make_address(token, self._hosts[0]) + "\n")
        sys.stdout.flush()
        if sys.stdin.isatty():
            tell("open.again")

    def _clear(self) -> None:
        """Remove the file that leads in."""
        if self._entry is not None:
            with suppress(OSError):
                self._entry.unlink(missing_ok=True)
        self._entry = None

    def _end(self) -> None:
        self._clear()
        self._pipe.close()  # it ends, if it has not yet
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._locked.start()
