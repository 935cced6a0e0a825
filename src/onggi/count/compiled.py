"""Functions made into machine code when they are first called; the one place that meets numba.

The code is kept beside the source for the next start, as Python keeps its own, and nowhere else: where that
folder cannot be written it is made anew each time (some ten seconds), rather than left in a user's home. It
holds nothing of what was counted.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compile_function(function: Function) -> Function:
    """The same function in machine code. It lets other threads run."""
    made: Any = njit(nogil=True, cache=os.access(Path(__file__).parent, os.W_OK))(function)
    return cast(Function, made)
