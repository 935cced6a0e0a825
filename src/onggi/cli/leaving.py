"""How a process leaves: without a core of its memory, and tidily when it is told to go.

A face: it speaks with the system about this process and touches no file. Called once, before anything secret
is in memory. What the platform does not have is left out: Windows writes no cores of this kind and knows
neither prctl nor a hangup.
"""

import ctypes
import signal
import sys
import time
from types import FrameType

# Told to go by the system or by a terminal that closes; Ctrl-C is an interrupt already.
_TOLD_TO_GO = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_PR_SET_DUMPABLE = 4
_AT_ONCE = 1_000_000_000  # nanoseconds


def forbid_cores() -> None:
    """Let a crash leave no core, and no other process of the same user look into this one."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # A crash reporter that is fed through a pipe gets a core whatever the limit says, but not of this.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def heed_signals() -> None:
    """Go as after Ctrl-C when told to go, so that what was begun is cleared up; unless that is ignored."""
    last = -_AT_ONCE

    def interrupt(number: int, frame: FrameType | None) -> None:
        # A terminal that closes says so more than once, and the second must not break into the clearing up.
        nonlocal last
        before, last = last, time.monotonic_ns()
        if last - before >= _AT_ONCE:
            raise KeyboardInterrupt

    for number in _TOLD_TO_GO:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, interrupt)
