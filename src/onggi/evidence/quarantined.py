"""What runs apart: it confines itself, then answers one question after the other until nobody asks any more.

`python -m onggi.evidence.quarantined PROCESS`, started by `quarantine` and by nothing else. It reads standard
input, writes standard output, and opens nothing once it is confined: neither a file nor a connection. What
the system has no limit for (Windows) is bounded by sizes and by the patience of who asked.
"""

import ctypes
import os
import signal
import struct
import sys
from typing import BinaryIO

import msgspec
from PIL import Image

from onggi.errors import OnggiError
from onggi.evidence.archive import unpack_archive
from onggi.evidence.copies import Copy
from onggi.evidence.kinds import HEAD, PICTURES, find_kind
from onggi.evidence.look import Look
from onggi.evidence.metadata_heif import look_at_heif
from onggi.evidence.metadata_image import look_at_picture
from onggi.evidence.metadata_office import look_at_office
from onggi.evidence.metadata_pdf import look_at_pdf
from onggi.evidence.pdf_fonts import CODECS
from onggi.evidence.pdf_text import read_pdf
from onggi.evidence.quarantine import Answer
from onggi.evidence.redraw import redraw_picture
from onggi.evidence.resound import look_at_sound, rewrite_sound
from onggi.evidence.rewrite import rewrite_pdf
from onggi.evidence.wall import raise_wall

MEMORY = 1536 * 1024 * 1024
SECONDS = {b"look": 10, b"copy": 60, b"read": 20, b"unpack": 60}
"""Working time, not time by the clock."""

_ASKED = struct.Struct(">8sQ")
_ANSWERED = struct.Struct(">QQ")
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
# What Python would otherwise read from the disk when a file first needs it.
_CHARACTERS = ("cp437", "utf-16", *CODECS)


def main(asker: int) -> None:
    """Answer the process `asker` until it asks no more."""
    asked, answered = _take_streams()
    confine()
    if sys.platform == "linux" and os.getppid() != asker:  # killed before we could ask to be told
        return
    while head := asked.read(_ASKED.size):
        task, length = _ASKED.unpack(head)
        data = asked.read(length)
        if len(data) != length:
            return
        limit_time(SECONDS[task.strip()])
        answer, content = answer_safely(task.strip(), data)
        told = msgspec.json.encode(answer)
        answered.write(_ANSWERED.pack(len(told), len(content)))
        answered.write(told)
        answered.write(content)
        answered.flush()


def answer_safely(task: bytes, data: bytes) -> tuple[Answer, bytes]:
    """The answer to one question. A decoder may raise anything, and none of it says more than *broken*."""
    try:
        if task == b"look":
            return Answer(look=look_into(data)), b""
        if task == b"read":
            legible = read_pdf(data)
            text = legible.text.encode("utf-8", "replace")
            return Answer(legible=msgspec.structs.replace(legible, text="")), text
        if task == b"unpack":
            unpacked, whole = unpack_archive(data)
            return Answer(unpacked=unpacked), whole
        copy = write_anew(data)
        return Answer(copy=msgspec.structs.replace(copy, content=b"")), copy.content
    except OnggiError as error:
        return Answer(error=error.id), b""
    except MemoryError:
        return Answer(error="evidence.limits"), b""
    except Exception:  # noqa: BLE001 - whatever it was, it was the file; what it says could be of the file
        return Answer(error="evidence.broken"), b""


def look_into(data: bytes) -> Look:
    """What a file of one of our kinds says of itself."""
    kind = find_kind(data[:HEAD])
    if kind in PICTURES:
        return look_at_picture(data, kind)
    if kind == "heif":
        return look_at_heif(data)
    if kind == "pdf":
        return look_at_pdf(data)
    if kind == "zip":
        return look_at_office(data)
    if kind == "wav":
        return look_at_sound(data)
    return Look("other_form")


def write_anew(data: bytes) -> Copy:
    """A copy of a picture, a PDF or plain sound. Raises `evidence.copy.form` for any other file."""
    kind = find_kind(data[:HEAD])
    if kind in PICTURES:
        return redraw_picture(data, kind)
    if kind == "pdf":
        return rewrite_pdf(data)
    if kind == "wav":
        return rewrite_sound(data)
    raise OnggiError("evidence.copy.form")


def confine() -> str | None:
    """Give up what is not needed to decode: memory beyond a limit, files, further processes, a core.

    The answer is the wall that stands besides (`raise_wall`): the network, files and programs are behind it.
    """
    Image.preinit()
    for one in _CHARACTERS:
        "村".encode(one, "replace").decode(one)
    if sys.platform == "win32":
        return None
    import resource

    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (lowest, lowest))
        except (OSError, ValueError):  # macOS has no limit of this kind
            continue
    if sys.platform != "linux":
        return None
    own = ctypes.CDLL(None)
    wall = raise_wall()
    own.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    # Whoever asked may be killed while we work. After the wall: a new network takes such a wish away.
    own.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return wall


def limit_time(seconds: int) -> None:
    """End this process once it has worked so much longer than until now."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Our pipes, out of reach of what a library prints."""
    asked, answered = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    return asked, answered


if __name__ == "__main__":
    main(int(sys.argv[1]))
