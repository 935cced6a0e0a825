"""A wall of the system around a process: no connection, no file to open, no other program, from here on.

Linux alone has it. The kernel is asked to refuse the calls themselves (seccomp, as a program of eight-byte
steps; see seccomp(2) and linux/filter.h), which needs no right and holds in most containers; where it cannot,
to give the process a network of its own with nothing in it (namespaces(7)), which needs a right that many
containers refuse. What is open already stays usable. Nothing here can be undone. Refused: nothing; whoever
asks is told which wall stands, if any.
"""

import ctypes
import os
import struct
import sys

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_MODE_FILTER = 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Where the kernel shows a program which call it is, and for which processor."""
_REFUSE, _ALLOW, _KILL = 0x00050001, 0x7FFF0000, 0x80000000
"""The first with EPERM."""
_FOREIGN = 0x40000000
"""From here on, calls of a second kind that the same processor has, and which nobody uses."""

# socket, connect, execve, execveat, ptrace, process_vm_readv and writev, unshare, setns, io_uring_setup, and
# openat, openat2 (open): asm/unistd_64.h and asm-generic/unistd.h.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 310, 311, 272, 308, 425, 257, 437, 2)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 270, 271, 97, 268, 425, 56, 437)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def raise_wall() -> str | None:
    """Raise what this system has: `calls` or `network`, the name of the wall that stands; None for neither.

    The process must have one thread only: others would stand outside.
    """
    if sys.platform != "linux":
        return None
    own = ctypes.CDLL(None, use_errno=True)
    own.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _refuse_calls(own):
        return "calls"
    return "network" if own.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0 else None


def _refuse_calls(own: ctypes.CDLL) -> bool:
    known = _CALLS.get(os.uname().machine)
    if known is None or struct.calcsize("P") != 8:  # another processor, or one in an older dress
        return False
    steps = _write_program(*known)
    program = _Program(len(steps) // 8, steps)
    return bool(own.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _write_program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Steps of the kernel's little language: what to do, how many to skip if so and if not, a number."""
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, len(calls) + 1, 0, _FOREIGN),
        *((_IF_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
