"""What processes asked the system for, as strace saw it: whole buffers, and the files they went to."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Whatever changes a folder, moves bytes, or reaches another process or machine. A question mark: not every
# machine knows it.
_CALLS = (
    "write,writev,pwrite64,pwritev,?pwritev2,sendfile,splice,tee,vmsplice,?copy_file_range,?open,?creat,openat,"
    "?openat2,?mkdir,mkdirat,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat,?mknod,mknodat,"
    "%network,memfd_create,?io_uring_setup,ptrace,?process_vm_writev,shmget,mq_open,?add_key,execve,execveat"
)
_CALL = re.compile(rb"(\d+) +(\w+)\((.*)")
_HEX = rb"((?:\\x[0-9a-f]{2})*)"
_TARGET = re.compile(rb"(\d+)<" + _HEX + rb">")
_PLACE = re.compile(rb"(?:<" + _HEX + rb'>, )?"' + _HEX + rb'"')
_WRITES = frozenset({b"write", b"writev", b"pwrite64", b"pwritev", b"pwritev2"})
_OPENS = frozenset({b"open", b"openat", b"openat2"})
_CHANGES = frozenset({b"creat", b"mkdir", b"mkdirat", b"rename", b"renameat", b"renameat2"})
_STARTS = frozenset({b"execve", b"execveat"})
_TEXT = re.compile(b'"' + _HEX + b'"')
_TO_WRITE = re.compile(rb"\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")


@dataclass
class Trace:
    """What processes did: bytes by where they went, files and folders that were changed, programs that were
    started with their words, all other calls.

    What went to standard output and error stands under `1` and `2`, into a pipe under `pipe:[…]`.
    """

    written: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    changed: set[Path] = field(default_factory=set)
    started: list[tuple[str, ...]] = field(default_factory=list)
    other: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def watch(trace: Path) -> tuple[str, ...]:
    """What to put before a command; nothing where there is no strace."""
    if shutil.which("strace") is None:
        return ()
    # All text in hex, nothing cut, and each number of an open file with its path.
    return ("strace", "-f", "-qq", "-xx", "-y", "-s", "40000000", "-o", str(trace), "-e", f"trace={_CALLS}")


def read_trace(trace: Path, folder: Path) -> Trace:
    """What strace wrote down of commands that ran in `folder`; not of their launcher, the first process."""
    found = Trace()
    launcher = 0
    for process, name, arguments in _read_calls(trace):
        launcher = launcher or process
        if process == launcher:
            continue
        if name in _WRITES:
            target = _TARGET.match(arguments)
            assert target, arguments[:100]
            place = target[1] if target[1] in (b"1", b"2") else _decode(target[2])
            for buffer in arguments.split(b'"')[1::2]:
                found.written[place.decode()] += _decode(buffer)
        elif name in _CHANGES or name in _OPENS:
            if name in _CHANGES or _TO_WRITE.search(arguments):
                found.changed |= set(_find_places(arguments, folder))
        elif name in _STARTS:
            found.started.append(tuple(_decode(one).decode() for one in _TEXT.findall(arguments)))
        else:
            found.other[name.decode()] += 1
    return found


def _read_calls(trace: Path) -> Iterator[tuple[int, bytes, bytes]]:
    with trace.open("rb") as lines:
        for line in lines:
            call = _CALL.match(line)  # signals, endings, and the second half of calls are none
            if call:
                assert b'"...' not in line, "a buffer was cut"
                yield int(call[1]), call[2], call[3]


def _find_places(arguments: bytes, folder: Path) -> Iterator[Path]:
    for beside, name in _PLACE.findall(arguments):
        yield folder / _decode(beside).decode() / _decode(name).decode()


def _decode(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())
