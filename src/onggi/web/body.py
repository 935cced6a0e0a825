"""What a browser sent in a form or behind a question mark, as fields.

Pure. Refused, with None: text that is not UTF-8, a percent sign that means nothing, more fields than a form
of ours has.
"""

import re
from collections.abc import Mapping

Fields = Mapping[str, tuple[str, ...]]

MOST_FIELDS = 1000
LARGEST = 1024 * 1024
"""Bytes of a form."""

FORM = "application/x-www-form-urlencoded"
_COARSE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CODED = re.compile(rb"%([0-9A-Fa-f]{2})")


def read_form(body: bytes, media: str | None) -> Fields | None:
    """The fields of a form. One without a body has none."""
    if not body:
        return {}
    if media is None or media.partition(";")[0].strip().lower() != FORM:
        return None
    return read_fields(body)


def read_fields(data: bytes) -> Fields | None:
    """`name=value&…`, each name with its values in their order."""
    found: dict[str, tuple[str, ...]] = {}
    pairs = [pair for pair in data.split(b"&") if pair]
    if len(pairs) > MOST_FIELDS:
        return None
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        decoded = _decode(name), _decode(value)
        if decoded[0] is None or decoded[1] is None:
            return None
        found[decoded[0]] = (*found.get(decoded[0], ()), decoded[1])
    return found


def _decode(text: bytes) -> str | None:
    """Text as it was typed; browsers end a line with CR LF, we with LF."""
    if _COARSE.search(text):
        return None
    raw = _CODED.sub(lambda hit: bytes((int(hit[1], 16),)), text.replace(b"+", b" "))
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
