"""The files of one form as bytes in memory, each once and no longer than it may be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError
from onggi.web.upload import Delivery


@dataclass(frozen=True, slots=True)
class Given:
    """One file: how its name ends is all that is taken from that."""

    name: str
    data: bytes


def read_files(delivery: Delivery, sizes: Mapping[str, int], watch: Callable[[], None]) -> dict[str, Given]:
    """What was chosen for each field, each once; of each so many bytes and one more, which tells that there
    are too many. `watch` is called while none is there.

    Raises:
        OnggiError: `web_bring.several` for another field, or one that has several; `web_item.broken` where
            not all came.
    """
    given: dict[str, Given] = {}
    for upload in delivery.files(watch):
        if upload.field in given or upload.field not in sizes:
            raise OnggiError("web_bring.several", exit_code=Exit.USAGE)
        given[upload.field] = Given(upload.name, upload.read(sizes[upload.field]))
    if delivery.broken:
        raise OnggiError("web_item.broken")
    return given
