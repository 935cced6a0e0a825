"""How far a count out of a vault was when it was cut short, sealed on the desk of this device (§7).

Touches the desk of the vault and nothing else. One run is kept, the last; what others lay on the desk stays.
What cannot be kept, because another writes or the desk is damaged, stops no count: it is made again.
"""

from contextlib import suppress
from functools import partial
from typing import Any

import msgspec

from onggi.count.checkpoint import Kept
from onggi.errors import OnggiError
from onggi.vault.desk import change_desk, read_desk
from onggi.vault.opened import Vault

_KEY = "count"


def begin_run(vault: Vault, run: str) -> tuple[Kept, bool]:
    """The stages of a run (`name_run`) that are done, and where the next are kept; and whether another run
    was kept there, which the first of them replaces."""
    kept, found = Kept(run, partial(_keep, vault)), b""
    with suppress(OnggiError, OSError):
        found = _read(read_desk(vault))
    return kept, bool(found) and not kept.read(found)


def end_run(vault: Vault, kept: Kept) -> None:
    """Take a run that is over from the desk; another one stays."""
    with suppress(OnggiError, OSError):
        if Kept(kept.run).read(_read(read_desk(vault))):
            change_desk(vault, partial(_place, None))


def _keep(vault: Vault, data: bytes) -> bool:
    try:
        # As text: a chain that did not move has an R-hat without end, which is no JSON to others.
        change_desk(vault, partial(_place, data.decode()))
    except (OnggiError, OSError):
        return False
    return True


def _place(kept: str | None, data: bytes) -> bytes:
    desk: dict[str, Any] = msgspec.json.decode(data or b"{}", type=dict[str, Any])
    desk.pop(_KEY, None)
    return msgspec.json.encode(desk if kept is None else desk | {_KEY: kept})


def _read(data: bytes) -> bytes:
    return msgspec.json.decode(data or b"{}", type=_Desk).count.encode()


class _Desk(msgspec.Struct):
    """The desk as far as it is ours."""

    count: str = ""
