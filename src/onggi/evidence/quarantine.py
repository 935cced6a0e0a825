"""Bytes that somebody sent are decoded in a process apart, which holds no key and may not do much.

What reads a picture or a PDF is large, old, and written to be fast; files are made to break it. So it runs in
a process that was started anew (no key, name or open file of ours is in its memory) and confined itself
before it read anything (`quarantined`): so much memory, so much time, no file it could write. If it dies,
that is an answer. What goes there and back goes through pipes, never through a file.

It starts one process, when first asked, and ends it with the `with` block. Refused: more bytes than
`LARGEST`.
"""

import os
import struct
import subprocess
import sys
from threading import Timer
from types import TracebackType
from typing import IO, Self, TypeAlias

import msgspec

from onggi.errors import Exit, OnggiError
from onggi.evidence.archive import Unpacked, lay_out
from onggi.evidence.copies import Copy
from onggi.evidence.folder import Contents
from onggi.evidence.kinds import HEAD, find_kind
from onggi.evidence.legible import Legible
from onggi.evidence.look import Look

Bytes: TypeAlias = bytes | bytearray | memoryview

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked into or drawn anew; both processes hold all of them."""

_PATIENCE = 90.0
"""Seconds by the clock, on a machine that is busy with other things; its own limit counts working time."""

_TOO_LARGE = "evidence.archive.large"
_ASKED = struct.Struct(">8sQ")
_ANSWERED = struct.Struct(">QQ")
# Where Python finds itself and what it runs; nothing else of our surroundings is its business.
_SURROUNDINGS = ("PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "SYSTEMROOT", "LD_LIBRARY_PATH")


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of it: one of the four, or the id of what stands against it."""

    look: Look | None = None
    copy: Copy | None = None
    legible: Legible | None = None
    unpacked: Unpacked | None = None
    error: str | None = None


class Quarantine:
    """The process apart, while it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def look(self, data: Bytes) -> Look:
        """What a file says of itself; whatever it is, the answer is a look, never an error."""
        view = memoryview(data)
        if find_kind(bytes(view[:HEAD])) is None:
            return Look("other_form")
        if len(view) > LARGEST:
            return Look("too_large", found=("evidence.look.large",))
        try:
            answer, _ = self._ask(b"look", view)
        except OnggiError:
            return Look("stopped", found=("evidence.look.stopped",))
        if answer.look is None:
            outcome = "stopped" if answer.error == "evidence.limits" else "broken"
            return Look(outcome, found=(f"evidence.look.{outcome}",))
        return answer.look

    def read(self, data: Bytes) -> Legible:
        """The words of a PDF; of any other file, and of one that cannot be read, none, and not the whole."""
        view = memoryview(data)
        if find_kind(bytes(view[:HEAD])) != "pdf" or len(view) > LARGEST:
            return Legible()
        try:
            answer, content = self._ask(b"read", view)
        except OnggiError:
            return Legible()
        if answer.legible is None:
            return Legible()
        return msgspec.structs.replace(answer.legible, text=content.decode("utf-8", "replace"))

    def copy(self, data: Bytes) -> Copy:
        """A picture, a PDF or plain sound written anew, with nothing but what is seen or heard in it.

        Raises:
            OnggiError: `evidence.copy.form` for any other file, `evidence.copy.large`, `evidence.broken`,
                `evidence.locked`, `evidence.limits`, or `evidence.copy.stopped`, where it took too much.
        """
        view = memoryview(data)
        if len(view) > LARGEST:
            raise OnggiError("evidence.copy.large", exit_code=Exit.REFUSED, limit=LARGEST // 2**20)
        answer, content = self._ask(b"copy", view)
        if answer.copy is None:
            raise OnggiError(answer.error or "evidence.copy.stopped", exit_code=Exit.REFUSED)
        return msgspec.structs.replace(answer.copy, content=content)

    def unpack(self, data: Bytes) -> Contents:
        """What a ZIP archive holds of a bag, as `folder.read_folder` has it.

        Raises:
            OnggiError: `evidence.archive.large` for one of more than `LARGEST` or of too much,
                `evidence.archive.form` for any other that cannot be read.
        """
        view = memoryview(data)
        if len(view) > LARGEST:
            raise OnggiError(_TOO_LARGE, exit_code=Exit.FINDINGS)
        try:
            answer, content = self._ask(b"unpack", view)
        except OnggiError:
            answer, content = Answer(error=_TOO_LARGE), b""
        if answer.unpacked is None:
            large = answer.error in (_TOO_LARGE, "evidence.limits")
            raise OnggiError(_TOO_LARGE if large else "evidence.archive.form", exit_code=Exit.FINDINGS)
        return lay_out(answer.unpacked, content)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close_quietly(stream)
            process.wait()

    def _ask(self, task: bytes, data: memoryview) -> tuple[Answer, bytes]:
        process = self._start()
        if process.stdin is None or process.stdout is None:
            raise OnggiError("evidence.copy.stopped", exit_code=Exit.REFUSED)
        patience = Timer(_PATIENCE, process.kill)
        patience.start()
        try:
            process.stdin.write(_ASKED.pack(task.ljust(8), len(data)))
            process.stdin.write(data)
            process.stdin.flush()
            told, length = _ANSWERED.unpack(_read_exactly(process.stdout, _ANSWERED.size))
            if told > LARGEST or length > 8 * LARGEST:
                raise EOFError
            answer = msgspec.json.decode(_read_exactly(process.stdout, told), type=Answer)
            return answer, _read_exactly(process.stdout, length)
        except (OSError, EOFError, msgspec.MsgspecError):
            # It died: of its limits, of ours, or of the file. The next file finds a new one.
            self.close()
            raise OnggiError("evidence.copy.stopped", exit_code=Exit.REFUSED) from None
        except BaseException:
            self.close()
            raise
        finally:
            patience.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # Our own interpreter and our own module; nothing of the file stands on its command line.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-s", "-P", "-m", "onggi.evidence.quarantined", str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=_list_surroundings(),
            )
        return self._process


def _list_surroundings() -> dict[str, str]:
    """A home is named, so that Python does not ask the system (which may ask the network) for one."""
    kept = {name: os.environ[name] for name in _SURROUNDINGS if name in os.environ}
    return {**kept, "HOME": os.sep}


def _read_exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError
    return data


def _close_quietly(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # what it did not read any more
        return
