"""What stands in the memory behind an object: everything that can be reached from it without leaving data.

Modules, classes and the globals of functions are left out: through them everything leads to everything.
"""

import functools
import gc
from collections.abc import Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

_SHARED = (ModuleType, type, CodeType, BuiltinFunctionType, functools._lru_cache_wrapper)


def reach(root: object) -> Iterator[object]:
    """Every object that can be reached from one, each once."""
    seen = {id(root)}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, FunctionType):
            near: list[object] = [one.__closure__, one.__defaults__, one.__kwdefaults__]
        else:
            near = gc.get_referents(one)
        for other in near:
            if id(other) not in seen and not isinstance(other, _SHARED):
                seen.add(id(other))
                waiting.append(other)


def find_bytes(root: object) -> bytes:
    """All text and bytes behind an object, one after the other."""
    found = []
    for one in reach(root):
        if isinstance(one, str):
            found.append(one.encode("utf-8", "surrogatepass"))
        elif isinstance(one, (bytes, bytearray, memoryview)):
            found.append(bytes(one))
    return b"\n".join(found)
