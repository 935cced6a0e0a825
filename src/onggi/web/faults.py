"""Whatever went wrong, as an error with a sentence: where it was, and never what was read. Pure."""

from onggi.errors import Exit, OnggiError, find_place

_STATUS = {
    Exit.USAGE: 422,
    Exit.FINDINGS: 422,
    Exit.REFUSED: 403,
    Exit.ABSENT: 404,
    Exit.CLOSED: 409,
    Exit.LOCKED: 409,
}


def name_fault(error: BaseException) -> OnggiError:
    """An error of ours as it is; of anything else the kind and the place."""
    if isinstance(error, OnggiError):
        return error
    if isinstance(error, MemoryError):
        return OnggiError("web_door.memory")
    if isinstance(error, OSError):
        # What the system says of it holds a path, and a path may hold a name.
        return OnggiError("web_door.disk")
    return OnggiError("web_door.fault", place=find_place(error))


def find_status(error: OnggiError) -> int:
    """The status that goes with an error; 500 is for our own faults alone."""
    if error.id == "web_door.fault":
        return 500
    return 507 if error.id in ("web_door.disk", "web_door.memory") else _STATUS.get(error.exit_code, 409)
