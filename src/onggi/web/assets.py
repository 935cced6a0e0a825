"""The files of a page: style, scripts, shapes, fonts. Each by a name that is known before anybody asks.

Reads this package and the fonts of `paper`, which pages share: a browser fetches one only where the machine
has no letters of its own. Refused: every other name, so that no path can lead anywhere.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
}
_FONTS = (
    "NotoSansCJKkr-Regular.otf",
    "NotoSansCJKkr-Bold.otf",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansCJKsc-Bold.otf",
)


def read_asset(name: str) -> tuple[bytes, str] | None:
    """The bytes of a file under `/static/` and their media type; None for a name that is not one."""
    found = _list_assets().get(name)
    return (found.read_bytes(), _TYPES[name[name.rindex(".") :]]) if found else None


@cache
def _list_assets() -> Mapping[str, Traversable]:
    """Every file by its name."""
    own = files("onggi.web").joinpath("static")
    vendored = own.joinpath("vendor")
    fonts = files("onggi.paper").joinpath("fonts")
    return {
        **{one.name: one for one in own.iterdir() if one.is_file()},
        **{f"vendor/{one.name}": one for one in vendored.iterdir() if one.name.endswith(".js")},
        **{f"fonts/{name}": fonts.joinpath(name) for name in _FONTS},
    }
