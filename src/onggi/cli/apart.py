"""A process of its own in which a passphrase is asked: what it is from its beginning to its end.

A face. Started anew by `onggi open`, never forked. It leaves at once, because what Python would clear up by
itself may wait for work that is not to go on. Refused: a core, and a traceback, which would show lines of
what was recorded.
"""

import os
from collections.abc import Callable
from typing import NoReturn

from onggi.cli.leaving import forbid_cores, heed_signals
from onggi.cli.showing import show_error
from onggi.cli.streams import end_streams, hold_streams
from onggi.errors import Exit, OnggiError, find_place


def live_apart(work: Callable[[], int]) -> NoReturn:
    """Do it, say what went wrong, and end with its exit code."""
    forbid_cores()
    hold_streams()
    heed_signals()
    code: int = Exit.CLOSED
    try:
        code = work()
    except OnggiError as error:
        code = show_error(error, as_json=False)
    except (KeyboardInterrupt, EOFError, BrokenPipeError):
        code = Exit.INTERRUPTED
    except OSError:
        # What the system says of it holds a path, and a path may hold a name.
        code = show_error(OnggiError("cli.disk"), as_json=False)
    except BaseException as error:  # noqa: BLE001 - say where, not what
        code = show_error(OnggiError("cli.fault", place=find_place(error)), as_json=False)
    finally:
        end_streams()
        os._exit(code)
