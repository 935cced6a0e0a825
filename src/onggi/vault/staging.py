"""Packs on their way to the disk: one is hashed and written while the next is being filled.

Touches the disk through `folder`. What is staged is synced, lies in tmp/ and counts for nothing yet. An error
of the disk comes out of the next call; once the block is left, nothing is being written any more.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from onggi.vault.folder import Buffer, Folder, make_buffer
from onggi.vault.packs import CLASSES, pack_name

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Staged: TypeAlias = tuple[Path, str]
"""A file in tmp/, and the name it is to have."""

# What is smaller is on the disk before a thread has begun.
_WORTH_A_THREAD = CLASSES[2]


class Staging:
    """Buffers for packs of one size, filled in turn: fresh memory costs more than the cipher."""

    def __init__(self, folder: Folder, size: int) -> None:
        self._folder = folder
        self._buffers = [make_buffer(size)]
        self._writer = _start_writer() if size >= _WORTH_A_THREAD else None
        # For each pack what tells where it was staged, once it was, or raises what kept it from that.
        self._results: list[Callable[[], Staged]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.shutdown(cancel_futures=True)

    @property
    def buffer(self) -> Buffer:
        """Room for the next pack; what stood there before may still do."""
        return self._buffers[len(self._results) % len(self._buffers)]

    def stage(self) -> None:
        """Hand over what `buffer` holds now. Waits until the pack before it is on the disk."""
        if self._writer is None:
            staged = stage_pack(self._folder, self.buffer)
            self._results.append(lambda: staged)
            return
        if len(self._buffers) == 1:
            self._buffers.append(make_buffer(len(self.buffer)))
        self._results.append(self._writer.submit(stage_pack, self._folder, self.buffer).result)
        for result in self._results[-2:-1]:
            result()

    def finish(self) -> list[Staged]:
        """All that was staged, in order, once the last of it is on the disk."""
        return [result() for result in self._results]


def _start_writer() -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor  # most commands write nothing large

    return ThreadPoolExecutor(1)


def stage_pack(folder: Folder, data: Buffer) -> Staged:
    """Stage a whole pack under the name its bytes give it."""
    digest = sha256(data).hexdigest()
    return folder.stage(data), pack_name(digest)
