"""One of two readers: `openssl ts -verify`, a process of its own that gets everything through pipes.

Nothing is written to a disk. It is given no surroundings but the PATH by which it was found, so that no
configuration of this machine decides.
"""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum

_PATIENCE = 30  # seconds; it takes hundredths


class Answer(Enum):
    """What a reader says of a token."""

    RIGHT = "right"
    WRONG = "wrong"
    UNABLE = "unable"
    ABSENT = "absent"


def ask_openssl(
    reply: bytes, stamped: bytes, trusted: bytes, others: bytes, moment: int, partial: bool, listed: bool
) -> Answer:
    """What openssl says of a reply at `moment`, if it trusts the certificates `trusted` (PEM).

    `partial`: what is trusted need not sign itself; `listed`: `trusted` holds a list for the one that signed.
    """
    program = shutil.which("openssl")
    # On Windows no process can be handed a pipe by its number. And one that lies in the folder we happen to
    # be in, which may be a stranger's bag, is not started.
    if program is None or not os.path.isabs(program) or os.name == "nt":
        return Answer.ABSENT
    words = [program, "ts", "-verify", "-attime", str(moment)]
    words += ["-partial_chain"] * partial + ["-crl_check"] * listed
    try:
        with _lend(
            [("-in", reply), ("-data", stamped), ("-CAfile", trusted), ("-untrusted", others)]
        ) as lent:
            done = subprocess.run(  # noqa: S603 - a fixed command; what is checked goes through pipes
                words + [word for option, number in lent for word in (option, f"/dev/fd/{number}")],
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "OPENSSL_CONF": os.devnull},
                pass_fds=[number for _, number in lent],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
            )
    except (OSError, subprocess.TimeoutExpired):
        return Answer.UNABLE
    if done.returncode == 0 and done.stdout.strip() == b"Verification: OK":
        return Answer.RIGHT
    return Answer.WRONG if b"Verification: FAILED" in done.stdout else Answer.UNABLE


@contextmanager
def _lend(contents: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, int]]]:
    """A pipe for each of these, out of which its bytes come; empty ones get none."""
    lent: list[tuple[str, int]] = []
    feeders: list[threading.Thread] = []
    try:
        for option, data in contents:
            if data:
                reading, writing = os.pipe()
                lent.append((option, reading))
                feeders.append(threading.Thread(target=_feed, args=(writing, data), daemon=True))
                feeders[-1].start()
        yield lent
    finally:
        for _, reading in lent:
            os.close(reading)  # a feeder that nobody read to the end ends by this
        for feeder in feeders:
            feeder.join()


def _feed(writing: int, data: bytes) -> None:
    with suppress(OSError), open(writing, "wb", buffering=0) as pipe:
        view = memoryview(data)
        while view:
            view = view[pipe.write(view) :]
