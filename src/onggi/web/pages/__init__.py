"""The pages, a module for each group of them. Each names its routes; `gather` brings them together.

A page is called with a `Visit` and returns what `answers` makes. Refused: two pages of one path.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from onggi.web.answers import Answer
from onggi.web.visit import Visit

Route = tuple[str, str, Callable[[Visit], Answer]]


def gather() -> list[Route]:
    """Every route of every module here: method, path, page."""
    names = sorted(one.name for one in iter_modules(__path__))
    routes: list[Route] = [route for name in names for route in import_module(f"{__name__}.{name}").ROUTES]
    taken = {(method, path) for method, path, _ in routes}
    if len(taken) < len(routes):
        raise ValueError("two pages of one path")
    return routes
