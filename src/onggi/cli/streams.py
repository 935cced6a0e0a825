"""The three streams of a process, whatever it was started with.

A face. A stream that is closed, full or no longer read is opened on nothing: what cannot be told must not
undo what was done, and the number of a closed stream would be taken by the next file that is opened, which
somebody might then write a sentence into. Output is UTF-8, whatever the locale.
"""

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def hold_streams() -> None:
    """Make sure that the three streams are there and speak UTF-8."""
    spare = os.open(os.devnull, os.O_RDWR)
    while spare < len(_MODES):
        spare = os.open(os.devnull, os.O_RDWR)
    os.close(spare)
    for number, (name, mode) in enumerate(_MODES.items()):
        if getattr(sys, name) is None:  # closed when Python started
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def mute_stream(name: str) -> None:
    """Let nothing be written there any more, also not what is still waiting when Python ends."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, getattr(sys, name).fileno())
    os.close(nothing)


def end_streams() -> None:
    """Write what is waiting. What cannot be written is dropped: Python would complain and change the code."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except OSError:
            mute_stream(name)
